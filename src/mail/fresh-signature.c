/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* What stands below an answer and is none: how to reach the writer, and the program it was
 * written in. */

static size_t count_words(const char *s)
{
	size_t n = 0;

	for (; *s; s += strcspn(s, " "), s += strspn(s, " "))
		n++;
	return n;
}

bool fresh_device_line(const char *s)
{
	static const char *const openings[] = {
		"skickat från ", "skickades från ", "skickad från ", "skickat via ", "skickat med ",
		"sänt från ", "sänt via ", "skickat säkert med ", "hämta outlook ", "skaffa outlook ",
		"hämtat från outlook", "hämta bluemail", "sent from ", "sent via ", "sent with ", "sent by ",
		"sent securely with ", "get outlook ", "get bluemail", "sendt fra ", "sendt via ",
		"sendt med ", "send fra min ", "hent outlook ", "få outlook ", "last ned outlook ",
		"lähetetty ", "hanki outlook ", "hae outlook ", "gesendet von ", "gesendet mit ",
		"von meinem ", "von meiner ", "outlook für ", "outlook for ", "yahoo mail:",
		"<a href=\"https://aka.ms", "enviado ", "envoyé de",
	};

	s += strspn(s, "*_ ");
	return text_starts_any(s, openings, ARRAY_LEN(openings)) && fresh_is_phrase(s, PHRASES_DEVICE);
}

bool fresh_signs_off(const char *s)
{
	static const char *const signoffs[] = {
		"mvh", "m.v.h", "m v h", "med vänlig hälsning", "med vänliga hälsningar", "vänlig hälsning",
		"vänliga hälsningar", "vänligen", "bästa hälsningar", "hälsningar", "hälsning", "hälsar",
		"med hälsning", "vh", "v.h", "allt gott", "med bästa hälsning", "regards", "kind regards",
		"best regards", "best wishes", "sincerely", "yours sincerely", "cheers",
		"med vennlig hilsen", "vennlig hilsen", "mvh.", "med venlig hilsen", "venlig hilsen",
		"hilsen", "mit freundlichen grüßen", "freundliche grüße", "mfg", "viele grüße",
		"ystävällisin terveisin", "terveisin", "--",
	};

	for (size_t i = 0; i < ARRAY_LEN(signoffs); i++) {
		if (*s != *signoffs[i] || !text_starts(s, signoffs[i]))
			continue;
		const char *rest = s + strlen(signoffs[i]);
		if ((!*rest || strchr(" ,/.!-", *rest)) && count_words(s) <= 8)
			return true;
	}
	return s[0] == '/' && s[1] && count_words(s) <= 3;
}

static size_t digits(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += *s >= '0' && *s <= '9';
	return n;
}

/* "08-123 45 67", "123 45": numbers as one writes them for telephones and towns, no day's. */
static size_t number_groups(const char *s)
{
	size_t groups = 0, n = 0;

	if (text_starts(s, "20") && strlen(s) >= 10 && s[4] == '-' && s[7] == '-')
		return 0;
	for (; *s; s++) {
		bool digit = *s >= '0' && *s <= '9';
		if (!digit && !strchr("+-/()., ", *s))
			return 0;
		groups += digit && !n;
		n = digit ? n + 1 : 0;
	}
	return groups;
}

/* "facebook.com/kommunen" */
static bool is_domain(const char *word)
{
	const char *dot = strchr(word, '@') ? NULL : strchr(word, '.');

	return dot && dot - word >= 2 && dot[1] >= 'a' && dot[1] <= 'z' && dot[2] >= 'a' && dot[2] <= 'z' &&
	       !number_groups(word) && !(word[0] >= '0' && word[0] <= '9');
}

/* A word that only tells how to reach somebody. */
static bool is_reach(const char *word)
{
	static const char *const words[] = { "|", "-", "–", "•", "·", ",", "/", "och", "eller", "direkt", "växel",
	                                     "(direkt)", "(växel)", "mobil", "box", "tfn", "tel", "e-post",
	                                     "på", "facebook", "instagram", "linkedin", "youtube", "sociala", "medier" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (!strcmp(word, words[i]))
			return true;
	return number_groups(word) || is_domain(word) || strstr(word, "www.") || strstr(word, "http") || strchr(word, '@') ||
	       (text_ends(word, ":") && strlen(word) <= 12);
}

/* "Storgatan 1, 123 45 Tallvinge" */
static bool has_postcode(const char *s)
{
	for (const char *at = s; *at; at++)
		if (strspn(at, "0123456789") == 3 && at[3] == ' ' && strspn(at + 4, "0123456789") == 2 &&
		    (at == s || (at - s > 1 && strchr(",|-", at[-2]))))
			return true;
	return false;
}

/* A telephone's, with what it is called before it: "Växel 0123-45 67 89". */
static bool ends_with_phone(const char *s)
{
	for (; *s; s++)
		if (text_starts(s, "+") || (*s == '0' && s[1] >= '0' && s[1] <= '9'))
			return digits(s) >= 7 && s[strspn(s, "0123456789+-/()., ")] == '\0';
	return false;
}

/* Words of a line that are none of those, and its groups of digits. */
static size_t other_words(const char *s, size_t *groups)
{
	size_t n = 0;
	char word[80];

	for (*groups = 0; *s; s += strspn(s, " ")) {
		size_t len = strcspn(s, " ");
		if (len < sizeof(word)) {
			memcpy(word, s, len);
			word[len] = '\0';
			*groups += number_groups(word);
		}
		n += len >= sizeof(word) || !is_reach(word);
		s += len;
	}
	return n;
}

/* Whether a number or a link is the last of it, but for hours and what stands in brackets:
 * "0123-45 67 89 (vardagar)", "gärna på www.x.se", but not "0123-45 67 89 avstängd". */
static bool ends_with_reach(const char *s, size_t most)
{
	size_t others = 0;
	bool reached = false;
	char word[80];

	for (; *s; s += strspn(s, " ")) {
		if (reached && (*s == '(' || fresh_is_phrase(s, PHRASES_HOURS)))
			return *s != '(' || !s[strcspn(s, ")")] || !s[strcspn(s, ")") + 1];
		size_t len = strcspn(s, " ");
		snprintf(word, sizeof(word), "%.*s", (int)(len < sizeof(word) ? len : 0), s);
		bool reach = is_reach(word);
		if (!reach && (reached || ++others > most))
			return false;
		reached = reached || (reach && (number_groups(word) || is_domain(word) || strstr(word, "www.") || strstr(word, "http")));
		s += len;
	}
	return reached;
}

/* The label's value, where the line begins with one that is a word by itself; else NULL. */
static const char *labelled(const char *s, const char *const *labels, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(labels[i]);
		unsigned char next = text_starts(s, labels[i]) ? (unsigned char)s[len] : 'a';
		if (next < 0x80 && !(next >= 'a' && next <= 'z'))
			return s + len + strspn(s + len, " :.");
	}
	return NULL;
}

/* A line of a signature that names no person: numbers, addresses, links. */
static bool is_contact(const char *s)
{
	static const char *const reach[] = {
		"tfn", "tel", "telefon", "tlf", "mobil", "mob", "växel", "direkt", "e-post", "epost",
		"e-mail", "email", "mail", "mejl", "fax", "webb", "web", "hemsida", "org.nr", "orgnr",
		"org nr", "phone", "cell", "switchboard", "puhelin", "sähköposti", "puh", "mobile", "office",
		"kontaktcenter", "kundtjänst", "medborgarservice", "facebook", "linkedin", "instagram",
		"följ oss", "läs mer", "besök oss",
	};
	static const char *const places[] = { "besöksadress", "postadress", "adress", "fakturaadress", "address",
	                                      "visit", "osoite" };
	static const char *const pictures[] = { "[cid:", "[image", "[bild", "[logo", "[ikon", "[inline",
	                                        "<https:", "<http:", "<mailto:" };
	size_t groups, others = other_words(s, &groups);
	const char *value = labelled(s, reach, ARRAY_LEN(reach));

	if (fresh_could_change(value ? value : s))
		return false;
	if (!others || text_starts_any(s, pictures, ARRAY_LEN(pictures)) || (*s == '[' && text_ends(s, "]")))
		return true;
	if (value) /* "Läs mer på www.x.se" */
		return !other_words(value, &groups) || ends_with_reach(value, 3);
	if (labelled(s, places, ARRAY_LEN(places)))
		return digits(s) > 0 && count_words(s) <= 10;
	return has_postcode(s) ? others <= 6 : ends_with_phone(s) && others <= 3;
}

static bool is_picture(const char *s)
{
	static const char *const openings[] = { "[cid:", "[image:", "[inline", "[bild:", "[logotyp",
	                                        "[logo", "[ikon", "[bild]", "[en bild som" };

	return text_starts_any(s, openings, ARRAY_LEN(openings)) && text_ends(s, "]") &&
	       !fresh_could_change(s);
}

/* "(hon/henne)": how to speak of who writes. */
static bool is_pronouns(const char *s)
{
	static const char *const said[] = { "hon/henne", "han/honom", "hen/hen", "hen/henom", "hen/hens", "de/dem",
	                                    "she/her", "he/him", "they/them" };
	size_t from = *s == '(', len = strlen(s);

	len -= from && len > 1 && s[len - 1] == ')';
	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		if (len - from == strlen(said[i]) && !strncmp(s + from, said[i], len - from))
			return true;
	return false;
}

void fresh_drop_foot(struct arena *a, const struct fresh_lines *l, size_t n, bool *keep)
{
	bool signature = false;

	fresh_drop_legal(a, l, n, keep);
	for (size_t i = 0; i < n; i++) {
		const char *s = l->folded[i];
		if (!keep[i] || !*s)
			continue;
		if (is_picture(s))
			keep[i] = false;
		else if (signature && (is_contact(s) || is_pronouns(s) || fresh_is_phrase(s, PHRASES_HOURS)))
			keep[i] = false;
		signature = signature || fresh_signs_off(s);
	}
}
