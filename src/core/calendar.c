/* SPDX-License-Identifier: EUPL-1.2 */
/* Whose meeting an entry of a calendar is, by its words. */
#include "core/calendar.h"

#include <string.h>

#include "base/text.h"

enum { MOST_WORDS = 120 };

/* Words in the form in which they are compared. */
struct words {
	const char *at[MOST_WORDS];
	bool used[MOST_WORDS]; /* part of a body's name */
	int n;
};

struct calendar_name {
	const struct body *body;
	bool exact; /* an id or prefix: not inflected, but for the genitive */
	struct words words;
};

static bool letter(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z')
	       || (cp >= 0xC0 && cp < 0x2000 && cp != 0xD7 && cp != 0xF7);
}

static void split(struct arena *a, const char *text, struct words *out)
{
	const char *at = text_fold(a, text ? text : ""), *from = at;

	out->n = 0;
	while (*at && out->n < MOST_WORDS) {
		const char *next = at;
		uint32_t cp = text_next(&next);
		bool word = letter(cp);

		if (!word && at > from)
			out->at[out->n++] = arena_dupn(a, from, (size_t)(at - from));
		if (cp == '&' && out->n < MOST_WORDS)
			out->at[out->n++] = "och";
		at = next;
		from = word ? from : at;
	}
	if (at > from && out->n < MOST_WORDS)
		out->at[out->n++] = arena_dupn(a, from, (size_t)(at - from));
	memset(out->used, 0, sizeof(out->used));
}

/* "nämndens", "nämnden" and "nämnd" are one word. How much of it is its stem. */
static size_t stem(const char *word)
{
	static const struct {
		const char *ending;
		size_t article;
	} definite[] = {
		{ "nämnden", 2 }, { "styrelsen", 1 }, { "utskottet", 2 }, { "beredningen", 2 },
		{ "rådet", 2 }, { "kommittén", 1 }, { "direktionen", 2 },
	};
	size_t len = strlen(word);

	if (len > 4 && word[len - 1] == 's')
		len--;
	for (size_t i = 0; i < ARRAY_LEN(definite); i++) {
		size_t n = strlen(definite[i].ending);

		if (len >= n && !strncmp(word + len - n, definite[i].ending, n))
			return len - definite[i].article;
	}
	return len;
}

static bool same_word(const char *said, const char *name, bool exact)
{
	size_t n = exact ? strlen(name) : stem(name), m = exact ? strlen(said) : stem(said);

	if (exact && m == n + 1 && said[n] == 's')
		m = n;
	return m == n && !memcmp(said, name, n);
}

static bool begins_at(const struct words *w, int at, const struct calendar_name *name)
{
	if (name->words.n > w->n - at)
		return false;
	for (int i = 0; i < name->words.n; i++)
		if (!same_word(w->at[at + i], name->words.at[i], name->exact))
			return false;
	return name->words.n > 0;
}

/* ---- the bodies ---- */

static void add(struct arena *a, struct calendar_bodies *out, const struct body *b, const char *text,
                bool exact)
{
	if (!text)
		return;
	out->names = arena_grow(a, out->names, out->n, &out->cap, sizeof(*out->names));
	struct calendar_name *name = &out->names[out->n++];
	*name = (struct calendar_name){ .body = b, .exact = exact };
	split(a, text, &name->words);
}

static bool only_one_has(const struct registry *r, const struct body *b)
{
	for (size_t i = 0; b->prefix && i < r->n_bodies; i++) {
		const struct body *other = &r->bodies[i];

		if (other != b && (!strcmp(other->id, b->prefix)
		                   || (other->prefix && !strcmp(other->prefix, b->prefix))))
			return false;
	}
	return b->prefix != NULL;
}

void calendar_bodies(struct arena *a, const struct registry *r, struct calendar_bodies *out)
{
	*out = (struct calendar_bodies){ .names = NULL };
	for (size_t i = 0; i < r->n_bodies; i++) {
		const struct body *b = &r->bodies[i];

		add(a, out, b, b->id, true);
		add(a, out, b, b->name, false);
		if (only_one_has(r, b))
			add(a, out, b, b->prefix, true);
	}
}

/* Marks every name in the words. The one body, or NULL: none or *several. */
static const struct body *body_in(const struct calendar_bodies *b, struct words *w, bool *several)
{
	const struct body *found = NULL;

	*several = false;
	for (int at = 0; at < w->n; at++) {
		const struct calendar_name *best = NULL;

		for (size_t i = 0; i < b->n; i++)
			if ((!best || b->names[i].words.n > best->words.n) && begins_at(w, at, &b->names[i]))
				best = &b->names[i];
		if (!best)
			continue;
		*several = *several || (found && found != best->body);
		found = best->body;
		for (int i = 0; i < best->words.n; i++)
			w->used[at + i] = true;
		at += best->words.n - 1;
	}
	return *several ? NULL : found;
}

/* ---- other words ---- */

/* What stands in committees' calendars beside their meetings. A '*' is any
 * beginning or end of the word; '^': only as the title's first word. */
static const struct {
	const char *pattern, *what;
} beside[] = {
	{ "*beredning", "beredning" },
	{ "*beredningen", "beredning" },
	{ "*beredningsmöte", "beredning" },
	{ "presidi*", "presidium" },
	{ "*gruppmöte", "gruppmöte" },
	{ "*gruppmöten", "gruppmöte" },
	{ "förmöte", "gruppmöte" },
	{ "stopp", "stoppdag" },
	{ "stoppdag", "stoppdag" },
	{ "stopptid", "stoppdag" },
	{ "stoppdatum", "stoppdag" },
	{ "manusstopp", "stoppdag" },
	{ "^sista", "stoppdag" },
	{ "^utskick", "utskick" },
	{ "^justering", "justering" },
	{ "reservdag", "reservdag" },
	{ "reservtid", "reservdag" },
	{ "utbildning", "utbildning" },
	{ "utbildningsdag", "utbildning" },
	{ "studiebesök", "studiebesök" },
	{ "helgdag", "helgdag" },
};

static bool matches(const char *pattern, const char *word, bool first)
{
	size_t n;

	if (*pattern == '^')
		return first && !strcmp(pattern + 1, word);
	if (*pattern == '*')
		return text_ends(word, pattern + 1);
	n = strlen(pattern);
	return pattern[n - 1] == '*' ? !strncmp(pattern, word, n - 1) : !strcmp(pattern, word);
}

static const char *beside_meetings(const struct words *w, bool title)
{
	for (int i = 0; i < w->n; i++)
		for (size_t k = 0; !w->used[i] && k < ARRAY_LEN(beside); k++)
			if (matches(beside[k].pattern, w->at[i], title && i == 0))
				return beside[k].what;
	return NULL;
}

static bool one_of(const char *word, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(word, words[i]))
			return true;
	return false;
}

static bool says_cancelled(const struct words *w)
{
	static const char *const words[] = {
		"inställt", "inställd", "inställs", "avlyst", "avlyses", "avbokad", "avbokat",
		"canceled", "cancelled",
	};

	for (int i = 0; i < w->n; i++)
		if (one_of(w->at[i], words, ARRAY_LEN(words)))
			return true;
	return false;
}

/* Whether the day it stands on is the old one or the new, nobody can tell. */
static bool says_moved(const struct words *w)
{
	static const char *const words[] = { "flyttat", "flyttad", "flyttas", "flyttades" };

	for (int i = 0; i + 1 < w->n; i++)
		if (one_of(w->at[i], words, ARRAY_LEN(words)) && !strcmp(w->at[i + 1], "till"))
			return true;
	return false;
}

struct calendar_sense calendar_sense(const struct calendar_bodies *b, const struct calendar_entry *e,
                                     const struct body *fallback)
{
	enum { TITLE, CATEGORIES, CALENDAR, TEXTS };
	const char *const texts[TEXTS] = { e->summary, e->categories, e->calendar };
	struct calendar_sense out = { .cancelled = e->cancelled };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct words words[TEXTS];
	bool several = false;

	for (int i = 0; i < TEXTS; i++) {
		bool more;

		split(&a, texts[i], &words[i]);
		const struct body *body = body_in(b, &words[i], &more);
		if (!out.body && !several) {
			out.body = body;
			several = more;
		}
	}
	if (!out.body)
		out.body = fallback;
	out.cancelled = out.cancelled || says_cancelled(&words[TITLE]);
	out.skipped = beside_meetings(&words[TITLE], true);
	if (!out.skipped)
		out.skipped = beside_meetings(&words[CATEGORIES], false);
	if (out.skipped)
		out.verdict = CALENDAR_SKIPPED;
	else if (!out.body)
		out.verdict = several ? CALENDAR_SEVERAL : CALENDAR_NO_BODY;
	else
		out.verdict = says_moved(&words[TITLE]) && !out.cancelled ? CALENDAR_AWAY
		                                                          : CALENDAR_MEETING;
	return out;
}
