/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "core/date.h"
#include "src/mail/internal.h"

/* What an automatic reply says of the absence: facts for a person or a
 * proposal, never an answer. What is not surely a date is none. */
enum { TEXT = 4000, WORD = 40, FAR = 300 /* days: an old reply left on */ };

struct words {
	char **at; /* folded, without marks at the ends, but for a leading "(" */
	size_t n, cap;
};

static void split(struct arena *a, const char *folded, struct words *out)
{
	for (const char *at = folded; *at;) {
		size_t len = strcspn(at, " "), from = 0, to = len;
		while (from < to && strchr("(\"'*,;:!", at[from]))
			from++;
		while (to > from && strchr(").,;:!\"'*", at[to - 1]))
			to--;
		if (to > from && to - from <= WORD) {
			out->at = arena_grow(a, out->at, out->n, &out->cap, sizeof(*out->at));
			out->at[out->n++] = arena_dupn(a, at + from, to - from);
		}
		at += len;
		at += strspn(at, " ");
	}
}

static bool is(const struct words *w, size_t i, const char *word)
{
	return i < w->n && strcmp(w->at[i], word) == 0;
}

static bool among(const struct words *w, size_t i, const char *const *list, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (is(w, i, list[k]))
			return true;
	return false;
}

/* ---- dates ---- */

static int month(const struct words *w, size_t i)
{
	static const char *const names[] = {
		"jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
		"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
	};
	static const char *const rests[] = {
		"", "t", "uari", "uary", "ruari", "ruary", "s", "ch", "il", "i", "e", "y", "usti", "ust", "tember",
		"ober", "ember", "anuari", "n", "l", "uar", "ruar", "ts",
	};

	if (i >= w->n)
		return 0;
	for (int m = 0; m < 24; m++) {
		if (!text_starts(w->at[i], names[m]))
			continue;
		for (size_t k = 0; k < ARRAY_LEN(rests); k++)
			if (strcmp(w->at[i] + 3, rests[k]) == 0)
				return m % 12 + 1;
	}
	return 0;
}

/* "1", "1:a", "15:e", "1st": the number, 0 when it is none. */
static int number(const char *s)
{
	static const char *const tails[] = { "", ":a", ":e", "a", "e", "st", "nd", "rd", "th" };
	int n = 0;
	size_t len = strspn(s, "0123456789");

	if (!len || len > 4)
		return 0;
	for (size_t i = 0; i < len; i++)
		n = n * 10 + (s[i] - '0');
	for (size_t i = 0; i < ARRAY_LEN(tails); i++)
		if (strcmp(s + len, tails[i]) == 0)
			return n;
	return 0;
}

/* The year that makes it lie ahead, when none is written. */
static dayno in_year(int y, int m, int d, dayno received)
{
	if (y)
		return date_valid(y, m, d) ? date_of(y, m, d) : DAY_NONE;
	if (received == DAY_NONE)
		return DAY_NONE;
	for (y = date_ymd(received).y; y <= date_ymd(received).y + 1; y++)
		if (date_valid(y, m, d) && date_of(y, m, d) >= received - 1)
			return date_of(y, m, d) - received > FAR ? DAY_NONE : date_of(y, m, d);
	return DAY_NONE;
}

/* "15/8", "15/8-2027", "2027-02-01", "1.2.2027". */
static dayno written(const char *s, dayno received, bool english)
{
	int part[3] = { 0 }, n = 0;
	char mark[3] = "";
	dayno day;

	if (date_parse(s, &day))
		return day;
	while (n < 3) {
		size_t len = strspn(s, "0123456789");
		if (!len || len > 4)
			return DAY_NONE;
		for (size_t i = 0; i < len; i++)
			part[n] = part[n] * 10 + (*s++ - '0');
		n++;
		if (!*s)
			break;
		if (n == 3 || !strchr("/.-", *s))
			return DAY_NONE;
		mark[n - 1] = *s++;
	}
	if (n < 2 || mark[0] == '-' || (n == 2 && mark[0] == '.'))
		return DAY_NONE;
	int year = n == 3 ? part[2] + (part[2] < 100 ? 2000 : 0) : 0;
	if (english && part[0] <= 12 && part[1] <= 12 && part[0] != part[1])
		return DAY_NONE;
	if (english && part[0] <= 12 && part[1] > 12)
		return in_year(year, part[0], part[1], received);
	return in_year(year, part[1], part[0], received);
}

static int weekday(const struct words *w, size_t i)
{
	static const char *const names[] = { "mån", "tis", "ons", "tors", "fre", "lör", "sön",
	                                     "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

	for (int k = 0; i < w->n && k < 14; k++)
		if (text_starts(w->at[i], names[k]) &&
		    (strstr(w->at[i], "dag") || strstr(w->at[i], "day")))
			return k % 7 + 1;
	return 0;
}

static bool year(const struct words *w, size_t i, int *y)
{
	int n = i < w->n && strlen(w->at[i]) == 4 ? number(w->at[i]) : 0;

	*y = n >= 2000 && n < 2200 ? n : 0;
	return *y != 0;
}

/* Between a cue and its date: "åter i tjänst måndagen den 1 februari". */
static size_t skip(const struct words *w, size_t i)
{
	static const char *const fillers[] = {
		"den", "på", "igen", "i", "tjänst", "kontoret", "jobbet", "arbetet", "arbete", "plats", "on",
		"the", "in", "office", "again", "work", "at", "to", "my", "desk", "from", "är", "jag", "först",
		"fr.o.m", "from", "från", "och", "med", "of",
	};

	while (among(w, i, fillers, ARRAY_LEN(fillers)) ||
	       (weekday(w, i) && (number(i + 1 < w->n ? w->at[i + 1] : "") || is(w, i + 1, "den") ||
	                          month(w, i + 1) || (i + 1 < w->n && strchr(w->at[i + 1], '/')) ||
	                          (i + 1 < w->n && strlen(w->at[i + 1]) == 10 && w->at[i + 1][4] == '-'))))
		i++;
	return i;
}

/* A date, week or weekday at word i; *last when it is a week's: its Sunday. */
static dayno date_at(const struct words *w, size_t i, dayno received, bool english, bool last)
{
	i = skip(w, i);
	if (i >= w->n)
		return DAY_NONE;
	int d = number(w->at[i]), y = 0;
	size_t of = i + 1 + is(w, i + 1, "of");
	if (d >= 1 && d <= 31 && month(w, of)) {
		year(w, of + 1, &y);
		return in_year(y, month(w, of), d, received);
	}
	if (month(w, i) && i + 1 < w->n && (d = number(w->at[i + 1])) >= 1 && d <= 31) {
		year(w, i + 2, &y);
		return in_year(y, month(w, i), d, received);
	}
	if (is(w, i, "vecka") || is(w, i, "v") || is(w, i, "week")) {
		int week = i + 1 < w->n ? number(w->at[i + 1]) : 0, of_year;
		if (!week || received == DAY_NONE)
			return DAY_NONE;
		date_week(received, &of_year);
		for (int k = 0; k < 2; k++) {
			dayno day = date_of_week(of_year + k, week, last ? 7 : 1);
			if (day != DAY_NONE && day >= received)
				return day - received > FAR ? DAY_NONE : day;
		}
		return DAY_NONE;
	}
	if (weekday(w, i) && received != DAY_NONE)
		return received + 1 + (weekday(w, i) - date_weekday(received) + 6) % 7;
	return written(w->at[i], received, english);
}

/* ---- cues ---- */

struct cue {
	const char *words[4];
	int plus; /* days from the date named to the first day back */
};

static const struct cue cues[] = {
	/* back on that day */
	{ { "åter" }, 0 }, { { "tillbaka" }, 0 }, { { "tillbaks" }, 0 }, { { "back" }, 0 },
	{ { "return" }, 0 }, { { "returning" }, 0 }, { { "tjänst", "igen" }, 0 }, { { "tilbake" }, 0 },
	{ { "tilbage" }, 0 }, { { "återkommer" }, 0 }, { { "återvänder" }, 0 },
	/* away up to and with it */
	{ { "t.o.m" }, 1 }, { { "tom" }, 1 }, { { "t", "o", "m" }, 1 }, { { "till", "och", "med" }, 1 },
	{ { "until", "and", "including" }, 1 }, { { "through" }, 1 },
	{ { "fram", "till", "och", "med" }, 1 },
	/* away up to it */
	{ { "fram", "till" }, 0 }, { { "till" }, 0 }, { { "until" }, 0 }, { { "til" }, 0 },
	{ { "bis" }, 1 },
};

static dayno by_cue(const struct words *w, const struct cue *c, dayno received, bool english)
{
	for (size_t i = 0; i < w->n; i++) {
		size_t k = 0;
		while (k < 4 && c->words[k] && is(w, i + k, c->words[k]))
			k++;
		if (k < 4 && c->words[k])
			continue;
		dayno day = date_at(w, i + k, received, english, c->plus > 0);
		if (day != DAY_NONE)
			return day + c->plus;
	}
	return DAY_NONE;
}

/* "vecka 28-31", "12/7-15/8", "1–15 juli", "3 juli - 8 augusti": away to the
 * end of it. */
static dayno by_range(struct arena *a, const struct words *w, dayno received, bool english)
{
	for (size_t i = 0; i < w->n; i++) {
		char *dash = strstr(w->at[i], "–");
		size_t len = dash ? strlen("–") : 1;
		dash = dash ? dash : strchr(w->at[i], '-');
		if (!dash)
			continue;
		const char *rest = dash + len;
		struct words tail = { .at = NULL };
		if (i && (is(w, i - 1, "vecka") || is(w, i - 1, "v") || is(w, i - 1, "week")))
			split(a, "vecka", &tail);
		split(a, rest, &tail);
		for (size_t k = i + 1; k < w->n && k < i + 5; k++)
			split(a, w->at[k], &tail);
		dayno day = date_at(&tail, 0, received, english, true);
		if (day != DAY_NONE && !strchr(rest, '-'))
			return day + 1;
	}
	return DAY_NONE;
}

void absence_read(struct arena *a, const char *text, dayno received, const char *const *not_these,
                  size_t n, struct mail_facts *f)
{
	struct words w = { .at = NULL };
	char *start = text_cut(a, text, TEXT);
	const char *folded = text_fold(a, start);
	bool english = strstr(folded, " the ") || strstr(folded, "i am ") || strstr(folded, "i will ") ||
	               strstr(folded, "back on ");

	split(a, folded, &w);
	f->back = DAY_NONE;
	for (size_t i = 0; i < ARRAY_LEN(cues) && f->back == DAY_NONE; i++)
		f->back = by_cue(&w, &cues[i], received, english);
	if (f->back == DAY_NONE)
		f->back = by_range(a, &w, received, english);
	if (f->back != DAY_NONE && received != DAY_NONE && f->back < received) /* one left on */
		f->back = DAY_NONE;
	f->substitute = absence_substitute(a, start, not_these, n);
}
