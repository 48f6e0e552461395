/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

static const char *const greetings[] = {
	"hej", "hejsan", "hallå", "god morgon", "god dag", "hej på er", "hej igen", "hi", "hello",
};

static const char *const courtesies[] = {
	"tack", "tack så mycket", "tack på förhand", "tack för påminnelsen", "tusen tack",
	"stort tack", "ha det gott", "ha en bra dag", "ha en fin dag", "trevlig helg",
	"trevlig sommar", "god jul", "thanks", "thank you", "many thanks", "have a nice day",
};

static const char *const signoffs[] = {
	"mvh", "m v h", "med vänlig hälsning", "med vänliga hälsningar", "vänlig hälsning",
	"vänliga hälsningar", "vänligen", "bästa hälsningar", "hälsningar", "hälsning", "hälsar",
	"med hälsning", "allt gott", "vh", "regards", "kind regards", "best regards", "best wishes",
	"sincerely", "yours sincerely", "cheers",
};

static const char *const devices[] = {
	"skickat från min ", "skickat från mitt ", "skickat från outlook", "skickat från yahoo mail",
	"skickat från e-post för windows", "skickad från min ", "skickat från e-post",
	"skickades från min ", "hämta outlook för ", "skaffa outlook för ", "sent from my ",
	"sent from outlook", "get outlook for ", "sent from mail for windows", "sendt fra min ",
};

static char *folded_line(struct arena *a, const char *line)
{
	char *s = text_fold(a, line);

	for (size_t n = strlen(s); n && strchr("!.,- ", s[n - 1]); n--)
		s[n - 1] = '\0';
	return s;
}

static bool among(const char *s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(s, list[i]) == 0)
			return true;
	return false;
}

static size_t count_words(const char *s)
{
	size_t n = 0;

	for (; *s; s += strcspn(s, " "), s += strspn(s, " "))
		n++;
	return n;
}

/* A name or title: few words, nothing that could carry a meaning. */
static bool name_like(const char *folded, size_t words)
{
	return count_words(folded) <= words && strlen(folded) <= 80 && !words_guard(folded) &&
	       !words_approval(folded) && !strpbrk(folded, ":;!");
}

bool courtesy_greeting(struct arena *a, const char *line)
{
	return among(folded_line(a, line), greetings, ARRAY_LEN(greetings));
}

static bool device_line(const char *folded)
{
	for (size_t i = 0; i < ARRAY_LEN(devices); i++)
		if (text_starts(folded, devices[i]))
			return count_words(folded) <= 8 && !words_guard(folded) &&
			       !words_approval(folded);
	return false;
}

bool courtesy_line(struct arena *a, const char *line)
{
	const char *s = folded_line(a, line);

	return !*s || among(s, courtesies, ARRAY_LEN(courtesies)) || device_line(s);
}

bool courtesy_signoff(struct arena *a, const char *line)
{
	const char *s = folded_line(a, line);

	if (s[0] == '/' && s[1])
		return name_like(s + 1, 3);
	for (size_t i = 0; i < ARRAY_LEN(signoffs); i++) {
		if (!text_starts(s, signoffs[i]))
			continue;
		const char *rest = s + strlen(signoffs[i]);
		if (!*rest)
			return true;
		if (strchr(" ,/", *rest) && name_like(rest + strspn(rest, " ,/"), 4))
			return true;
	}
	return false;
}

bool courtesy_signature(struct arena *a, const char *line)
{
	const char *s = folded_line(a, line);
	/* "Tfn: 012-34 56 78", "E-post: …": a label of one word may stand. */
	const char *colon = strchr(s, ':');
	const char *rest = colon && !memchr(s, ' ', (size_t)(colon - s)) ? colon + 1 : s;

	return courtesy_line(a, line) || name_like(rest, 7);
}
