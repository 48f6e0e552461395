/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* Paragraphs below an answer that lawyers wrote, and not its writer. */

size_t fresh_holds(const char *s, const char *const *list, size_t n)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		found += strstr(s, list[i]) != NULL;
	return found;
}

/* They speak of the mail, or of printing it. */
static const char *const legal_openings[] = {
	"detta e-postmeddelande", "detta e-brev", "detta mejl", "detta mail", "detta meddelande",
	"denna e-post", "det här e-postmeddelandet", "det här mejlet", "det här meddelandet",
	"informationen i detta", "meddelandet kan innehålla", "e-post till och från",
	"e-post till ", "e-post som skickas till", "e-postmeddelanden till", "alla mejl till", "mejl till och från",
	"du som mejlar", "e-posten kan", "observera att e-post", "observera att mejl", "observera att ditt mejl",
	"tänk på att e-post", "tänk på att mejl", "tänk på att ditt mejl", "vi värnar om din integritet",
	"tänk på miljön", "spara på miljön", "var rädd om miljön", "värna om miljön", "så behandlar vi",
	"så här behandlar", "så hanterar vi", "så här hanterar", "när du skickar", "när du mejlar",
	"genom att skicka", "om du skickar e-post", "vi behandlar dina personuppgifter",
	"vi behandlar personuppgifter", "för information om hur", "läs mer om hur", "läs om hur",
	"läs mer om gdpr", "om du har fått", "om du av misstag", "om du felaktigt", "this e-mail", "this email",
	"this message", "this communication", "the content of this", "the contents of this",
	"if you are not the intended", "if you have received", "please consider the environment",
	"please consider our environment", "think before you print", "consider the environment",
	"ansvarsfriskrivning", "friskrivning", "for information about", "information about how we",
	"denne e-posten", "denne e-mail", "denne mail", "diese e-mail", "diese nachricht",
	"tämä sähköposti", "tämä viesti", "e-mail transmission",
};

/* These do if they go on to. */
static const char *const print_openings[] = {
	"skriv inte ut", "behöver du skriva ut", "måste du skriva ut", "tänk på att inte skicka",
};

static const char *const about_mail[] = { "mejl", "mail", "e-post", "meddelande", "miljö" };

/* So may somebody begin who has something to say. */
static const char *const legal_beginnings[] = {
	"innehållet i detta", "när du kontaktar", "när du kommunicerar", "kommunen behandlar",
	"dina personuppgifter", "information om hur", "personuppgift", "sekretess", "konfidentiellt",
	"om du inte är", "är du inte rätt mottagare", "har du fått", "har du inte",
	"the information contained", "the information in this", "confidential", "disclaimer",
	"important notice", "when you send", "we process", "privacy", "any views", "no employee",
	"unless otherwise",
};

static const char *const legal_words[] = {
	"konfidentiell", "sekretess", "personuppgift", "gdpr", "dataskyddsförordning", "avsedd", "obehörig",
	"allmän handling", "allmänna handlingar", "offentlighetsprincip", "miljö", "skriver ut", "skriva ut",
	"utskrift", "integritetspolicy", "adressat", "confidential", "intended", "privileged",
	"unauthorized", "unauthorised", "disclos", "environment", "liability", "personal data", "privacy",
	"fortrolig", "luottamuk", "vertraulich", "känsliga uppgifter", "diarieför", "recipient",
};

/* They say it only beside one of those, or each other. */
static const char *const lesser_words[] = {
	"mottagare", "radera", "förstör", "vidarebefordra", "behandlar", "hanterar", "delete", "print", "virus",
	"copy", "misstag", "sender", "avsändare",
};

/* Where it begins like one, what comes after that; else NULL. */
static const char *after(const char *s, const char *const *openings, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_starts(s, openings[i]))
			return s + strlen(openings[i]);
	return NULL;
}

static bool opens_legal(const char *s)
{
	return after(s, legal_openings, ARRAY_LEN(legal_openings)) ||
	       after(s, print_openings, ARRAY_LEN(print_openings)) ||
	       after(s, legal_beginnings, ARRAY_LEN(legal_beginnings));
}

/* "Skriv inte ut det här mejlet" */
static bool is_of_printing(const char *s)
{
	const char *rest = after(s, print_openings, ARRAY_LEN(print_openings));

	return rest && fresh_holds(rest, about_mail, ARRAY_LEN(about_mail));
}

/* Where it speaks of the mail, two words of the trade, or one in a short line; else two more
 * than it begins with, for lawyers are not brief, and they ask nothing. */
static size_t legal_weight(const char *s)
{
	return 2 * fresh_holds(s, legal_words, ARRAY_LEN(legal_words)) + fresh_holds(s, lesser_words, ARRAY_LEN(lesser_words));
}

/* "X kommun behandlar dina personuppgifter enligt GDPR, läs mer på www.x.se" */
static bool links_to_law(const char *s)
{
	return (strstr(s, "www.") || strstr(s, "http")) && legal_weight(s) >= 3;
}

static bool is_legal(const char *s)
{
	enum { SHORT = 160, BRIEF = 60 };
	const char *rest = after(s, legal_beginnings, ARRAY_LEN(legal_beginnings));

	if (!fresh_is_phrase(s, PHRASES_LEGAL))
		return false;
	if (is_of_printing(s) || links_to_law(s))
		return true;
	if (after(s, legal_openings, ARRAY_LEN(legal_openings)))
		return legal_weight(s) >= (strlen(s) > SHORT ? 3U : 2U);
	return rest && strlen(s) >= BRIEF && !strchr(s, '?') && legal_weight(rest) >= 3;
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

void fresh_drop_legal(struct arena *a, const struct fresh_lines *l, size_t n, bool *keep)
{
	bool answered = false;

	for (size_t i = 0; i < n; i++) {
		size_t end;
		const char *first = l->folded[i];
		first += strspn(first, "*_- ");
		first += text_starts(first, "p tänk på miljön") ? 2 : 0; /* a tree, in a font of pictures */
		answered = answered || (keep[i] && !*first && *l->folded[i]); /* "--" */
		if (!keep[i] || !*first)
			continue;
		if (!answered || !(opens_legal(first) || fresh_is_phrase(first, PHRASES_LEGAL))) {
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
