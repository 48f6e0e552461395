/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* What stands below an answer and is none: how to reach the writer, the
 * program it was written in, and paragraphs that lawyers wrote. */

static size_t holds(const char *s, const char *const *list, size_t n)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		found += strstr(s, list[i]) != NULL;
	return found;
}

bool fresh_says_something(const char *folded)
{
	static const char *const words[] = {
		"inte", "ej", "icke", "aldrig", "ingen", "inga", "inget", "men", "utom", "förutom", "dock",
		"om", "ändra", "ändras", "ändring", "ändringar", "bort", "saknas", "saknar", "byt", "byta",
		"fel", "ska", "skall", "måste", "behöver", "ps", "obs", "not", "but", "except", "change",
		"remove", "nej", "ja", "no", "yes", "ok", "först", "när", "innan", "efter", "vänta",
		"jag", "ligger", "gäller", "läggs", "lägg", "kompletteras", "komplettera",
	};

	if (strstr(folded, "godk") || strstr(folded, "avsl") || strstr(folded, "approv") ||
	    strstr(folded, "reject") || strchr(folded, '?'))
		return true;
	for (const char *at = folded; *at;) {
		size_t len = strcspn(at, " ,.!:;()/-");
		for (size_t i = 0; i < ARRAY_LEN(words); i++)
			if (strlen(words[i]) == len && memcmp(at, words[i], len) == 0)
				return true;
		at += len ? len : 1;
	}
	return false;
}

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
		"hämta bluemail", "sent from ", "sent via ", "sent with ", "sent by ",
		"sent securely with ", "get outlook ", "get bluemail", "sendt fra ", "sendt via ",
		"sendt med ", "send fra min ", "hent outlook ", "få outlook ", "last ned outlook ",
		"lähetetty ", "hanki outlook ", "hae outlook ", "gesendet von ", "gesendet mit ",
		"von meinem ", "von meiner ", "outlook für ", "outlook for ", "yahoo mail:",
		"<a href=\"https://aka.ms", "enviado ", "envoyé de",
	};

	s += strspn(s, "*_ ");
	return text_starts_any(s, openings, ARRAY_LEN(openings)) && count_words(s) <= 12 &&
	       !fresh_says_something(s);
}

static bool signs_off(const char *s)
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

/* A line of a signature that names no person: numbers, addresses, links. */
static bool is_contact(const char *s)
{
	static const char *const labels[] = {
		"tfn", "tel", "telefon", "tlf", "mobil", "mob", "växel", "direkt", "e-post", "epost",
		"e-mail", "email", "mail:", "mejl:", "besöksadress", "besök:", "postadress", "post:",
		"adress", "fax", "webb", "web:", "hemsida", "org.nr", "orgnr", "org nr", "phone", "cell",
		"switchboard", "visit", "address", "fakturaadress", "box ", "följ oss", "läs mer",
		"facebook", "linkedin", "instagram", "besök oss", "kontaktcenter", "kundtjänst",
		"medborgarservice", "puhelin", "sähköposti", "puh", "osoite", "mobile", "office:",
		"[cid:", "[image", "[bild", "[logo", "[ikon", "[inline",
		"<https:", "<http:", "<mailto:",
	};
	size_t n = digits(s);

	return text_starts_any(s, labels, ARRAY_LEN(labels)) || strstr(s, "www.") || strstr(s, "http") ||
	       strchr(s, '@') || (n >= 5 && count_words(s) <= 10) ||
	       (*s == '[' && text_ends(s, "]"));
}

static bool is_picture(const char *s)
{
	static const char *const openings[] = { "[cid:", "[image:", "[inline", "[bild:", "[logotyp",
	                                        "[logo", "[ikon", "[bild]", "[en bild som" };

	return text_starts_any(s, openings, ARRAY_LEN(openings)) && text_ends(s, "]") &&
	       !fresh_says_something(s);
}

/* ---- legal paragraphs ---- */

static const char *const legal_openings[] = {
	"detta e-postmeddelande", "detta e-brev", "detta mejl", "detta mail", "detta meddelande",
	"denna e-post", "det här e-postmeddelandet", "det här mejlet", "det här meddelandet",
	"informationen i detta", "innehållet i detta", "meddelandet kan innehålla", "e-post till och från",
	"e-post till kommunen", "e-post som skickas till", "e-posten kan", "observera att e-post",
	"observera att mejl", "tänk på att e-post", "tänk på att mejl", "tänk på miljön",
	"tänk på att inte skicka", "skriv inte ut", "behöver du skriva ut", "måste du skriva ut",
	"spara på miljön", "var rädd om miljön", "värna om miljön", "så behandlar vi",
	"så här behandlar", "så hanterar vi", "så här hanterar", "när du skickar", "när du mejlar",
	"när du kontaktar", "när du kommunicerar", "genom att skicka", "om du skickar e-post",
	"kommunen behandlar", "vi behandlar dina personuppgifter", "vi behandlar personuppgifter",
	"dina personuppgifter", "information om hur", "för information om hur", "personuppgift",
	"läs mer om hur", "läs om hur", "läs mer om gdpr", "sekretess", "konfidentiellt", "om du inte är",
	"är du inte rätt mottagare", "har du fått", "har du inte", "om du har fått", "om du av misstag",
	"this e-mail", "this email", "this message", "this communication", "the information contained",
	"the information in this", "the content of this", "the contents of this", "confidential",
	"if you are not the intended", "if you have received", "please consider the environment",
	"please consider our environment", "think before you print", "consider the environment",
	"disclaimer", "ansvarsfriskrivning", "friskrivning", "important notice", "for information about",
	"information about how we", "when you send", "we process", "denne e-posten", "denne e-mail",
	"denne mail", "diese e-mail", "diese nachricht", "tämä sähköposti", "tämä viesti", "privacy",
	"e-mail transmission", "any views", "no employee", "unless otherwise",
};

static const char *const legal_words[] = {
	"konfidentiell", "sekretess", "personuppgift", "gdpr", "dataskyddsförordning", "mottagare",
	"avsedd", "obehörig", "allmän handling", "allmänna handlingar", "offentlighetsprincip",
	"miljö", "skriver ut", "skriva ut", "utskrift", "radera", "förstör", "vidarebefordra",
	"integritetspolicy", "behandlar", "hanterar", "adressat", "confidential", "intended",
	"recipient", "privileged", "unauthorized", "unauthorised", "delete", "disclos", "environment",
	"print", "liability", "virus", "personal data", "privacy", "copy", "fortrolig", "luottamuk",
	"vertraulich", "känsliga uppgifter", "misstag", "diarieför", "sender", "avsändare",
};

/* The first line opens it; two words of the trade, or one in a short line. */
static bool is_legal(const char *s)
{
	static const char *const answers[] = {
		"godkänns", "godkänt", "godkänner", "avslås", "approved", "ändring:", "anstånd:",
		"fel person", "rejected", " jag ", " t0", "godkännas",
	};
	size_t words = holds(s, legal_words, ARRAY_LEN(legal_words));

	return text_starts_any(s, legal_openings, ARRAY_LEN(legal_openings)) &&
	       words >= (strlen(s) > 160 ? 2U : 1U) && !holds(s, answers, ARRAY_LEN(answers));
}

/* A paragraph from line i among the kept; *end gets the line after it. */
static char *paragraph(struct arena *a, const struct fresh_lines *l, size_t i, size_t n,
                       const bool *keep, size_t *end)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (*end = i; *end < n && keep[*end] && *l->folded[*end] && b.len < 8000; ++*end)
		buf_fmt(&b, "%s%s", b.len ? " " : "", l->folded[*end]);
	return arena_dupn(a, b.data, b.len);
}

static void drop_legal(struct arena *a, const struct fresh_lines *l, size_t n, bool *keep)
{
	bool answered = false;

	for (size_t i = 0; i < n; i++) {
		size_t end;
		const char *first = l->folded[i];
		first += strspn(first, "*_- ");
		if (!keep[i] || !*first)
			continue;
		if (!answered || !text_starts_any(first, legal_openings, ARRAY_LEN(legal_openings))) {
			answered = true;
			continue;
		}
		if (is_legal(first)) { /* a line that HTML gave is a paragraph */
			keep[i] = false;
			if (strlen(first) > 120)
				continue;
		}
		keep[i] = true;
		const char *all = paragraph(a, l, i, n, keep, &end);
		keep[i] = !is_legal(first);
		for (size_t j = i; is_legal(all + strspn(all, "*_- ")) && j < end; j++)
			keep[j] = false;
	}
}

void fresh_drop_foot(struct arena *a, const struct fresh_lines *l, size_t n, bool *keep)
{
	bool signature = false;

	for (size_t i = 0; i < n; i++) {
		const char *s = l->folded[i];
		if (!keep[i] || !*s)
			continue;
		if (is_picture(s))
			keep[i] = false;
		else if (signature && is_contact(s) && !fresh_says_something(s))
			keep[i] = false;
		signature = signature || signs_off(s);
	}
	drop_legal(a, l, n, keep);
}
