/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "core/date.h"
#include "src/core/reply-internal.h"

enum word_kind { MONTH, WEEKDAY, COUNT, UNIT, ORDINAL, VAGUE };
enum { NO_WORD = -1, JUST_BEEN = 31, LONG_AGO = 183 };

static const struct {
	enum word_kind kind;
	const char *word;
	int n;
} words[] = {
#define MONTH(w, k) { MONTH, w, k },
#define WEEKDAY(w, k) { WEEKDAY, w, k },
#define COUNT(w, k) { COUNT, w, k },
#define UNIT(w, k) { UNIT, w, k },
#define ORDINAL(w, k) { ORDINAL, w, k },
#define VAGUE(w) { VAGUE, w, 0 },
#include "src/core/reply-date.inc"
#undef MONTH
#undef WEEKDAY
#undef COUNT
#undef UNIT
#undef ORDINAL
#undef VAGUE
};

struct dating {
	const struct token *t;
	size_t n, i;
	dayno from;
	bool past, english;
	const char *doubt;
	dayno other; /* the other reading, where one is in doubt */
};

/* "" past the last word, so that nothing looks too far. */
static const char *word(const struct dating *d, size_t ahead)
{
	return d->i + ahead < d->n ? d->t[d->i + ahead].word : "";
}

static int look_up(enum word_kind kind, const char *w)
{
	for (size_t k = 0; k < ARRAY_LEN(words); k++)
		if (words[k].kind == kind && strcmp(words[k].word, w) == 0)
			return words[k].n;
	return NO_WORD;
}

static bool is(const struct dating *d, size_t ahead, const char *w)
{
	return strcmp(word(d, ahead), w) == 0;
}

static bool skip(struct dating *d, const char *w)
{
	if (!is(d, 0, w))
		return false;
	d->i++;
	return true;
}

static int digits(const char *w, size_t len)
{
	int n = 0;

	if (!len || len > 4 || strspn(w, "0123456789") < len)
		return NO_WORD;
	for (size_t k = 0; k < len; k++)
		n = n * 10 + (w[k] - '0');
	return n;
}

static int number(const char *w)
{
	return digits(w, strlen(w));
}

static dayno exactly(struct dating *d, int y, int m, int day)
{
	if (!date_valid(y, m, day))
		return DAY_NONE;
	dayno found = date_of(y, m, day);
	if (!d->past && found <= d->from)
		d->doubt = "that day has passed";
	return found;
}

/* Without a year: the next such day, or the latest. */
static dayno nearest(struct dating *d, int m, int day)
{
	int y = date_ymd(d->from).y;
	dayno before = DAY_NONE, after = DAY_NONE;

	for (int k = -1; k <= 1; k++) {
		if (!date_valid(y + k, m, day))
			continue;
		dayno found = date_of(y + k, m, day);
		if (found <= d->from)
			before = found;
		else if (after == DAY_NONE)
			after = found;
	}
	if (d->past) {
		if (before == DAY_NONE || d->from - before > LONG_AGO)
			d->doubt = "it is not said which year";
		return before;
	}
	if (before != DAY_NONE && d->from - before <= JUST_BEEN)
		d->doubt = "that day has just passed, and no year is said";
	return after; /* 29 February may be years away: then it was hardly meant */
}

static dayno with_year(struct dating *d, int m, int day)
{
	int y = number(word(d, 0));

	if (m < 1 || m > 12 || day < 1 || day > 31)
		return DAY_NONE;
	if (y < 1900 || y > 2200)
		return nearest(d, m, day);
	d->i++;
	return exactly(d, y, m, day);
}

/* The other reading of "03/04", month first; with a year, or with none. */
static dayno month_first(const struct dating *d, int m, int day, int y)
{
	struct dating again = *d;

	return y ? exactly(&again, y, m, day) : with_year(&again, m, day);
}

/* "2027-03-15", "15/3", "15.3.2027", "15/3-27", "20270315", "270315" */
static dayno numeric(struct dating *d)
{
	const char *w = word(d, 0), *g[3];
	size_t len[3], n = 0;

	for (const char *at = w; n < 3;) {
		g[n] = at;
		len[n] = strspn(at, "0123456789");
		if (!len[n])
			return DAY_NONE;
		at += len[n++];
		if (!*at)
			break;
		if (n == 3 || !strchr("/.-", *at))
			return DAY_NONE;
		at++;
	}
	d->i++;
	if (n == 1 && len[0] == 8)
		return exactly(d, digits(w, 4), digits(w + 4, 2), digits(w + 6, 2));
	if (n == 1 && len[0] == 6)
		return exactly(d, 2000 + digits(w, 2), digits(w + 2, 2), digits(w + 4, 2));
	if (n == 1 || len[1] > 2)
		return DAY_NONE;
	int a = digits(g[0], len[0]), b = digits(g[1], len[1]);
	if (d->english && len[0] <= 2 && g[0][len[0]] != '-' && a <= 12 && b <= 12 && a != b) {
		d->doubt = "it could be day and month, or month and day";
		int y = n < 3 ? 0 : digits(g[2], len[2]);
		d->other = month_first(d, a, b, len[2] == 2 && n == 3 ? 2000 + y : y);
	}
	if (n == 2)
		return g[0][len[0]] == '-' || len[0] > 2 ? DAY_NONE : with_year(d, b, a);
	int c = digits(g[2], len[2]);
	if (len[0] == 4)
		return exactly(d, a, b, c);
	if (len[2] == 4)
		return exactly(d, c, b, a);
	if (len[2] != 2 || len[0] > 2)
		return DAY_NONE;
	return g[0][len[0]] == '-' ? exactly(d, 2000 + a, b, c) : exactly(d, 2000 + c, b, a);
}

/* "15", "15:e", "15th", "femtonde"; NO_WORD: none. */
static int day_number(const char *w)
{
	size_t len = strspn(w, "0123456789");
	const char *end = w + len;
	int n = len <= 2 ? digits(w, len) : NO_WORD;

	if (n == NO_WORD)
		return look_up(ORDINAL, w);
	return !*end || !strcmp(end, ":e") || !strcmp(end, ":a") || !strcmp(end, "e") || !strcmp(end, "th")
	       || !strcmp(end, "st") || !strcmp(end, "nd") || !strcmp(end, "rd") ? n : NO_WORD;
}

/* The next day of the month with that number: "den 15:e". */
static dayno next_numbered_day(const struct dating *d, int day)
{
	struct ymd at = date_ymd(d->from);

	for (int k = 0; k < 3; k++) {
		int m = (at.m - 1 + k) % 12 + 1, y = at.y + (at.m - 1 + k) / 12;
		if (date_valid(y, m, day) && date_of(y, m, day) > d->from)
			return date_of(y, m, day);
	}
	return DAY_NONE;
}

static dayno last_of_month(struct dating *d, int m)
{
	int y = number(word(d, 0));

	if (y >= 1900 && y <= 2200) {
		d->i++;
		return exactly(d, y, m, date_days_in_month(y, m));
	}
	y = date_ymd(d->from).y;
	dayno day = date_of(y, m, date_days_in_month(y, m));
	return day > d->from ? day : date_of(y + 1, m, date_days_in_month(y + 1, m));
}

static dayno in_words(struct dating *d, bool definite)
{
	int m, day;

	if (is(d, 0, "sista")) { /* "sista (i) mars", "sista dagen i mars" */
		size_t k = is(d, 1, "dagen") ? 2 : 1;
		k += is(d, k, "i") || is(d, k, "av") ? 1 : 0;
		m = look_up(MONTH, word(d, k));
		if (m == NO_WORD)
			return DAY_NONE;
		d->i += k + 1;
		return last_of_month(d, m);
	}
	m = look_up(MONTH, word(d, 0));
	if (m != NO_WORD) { /* "March 15" */
		day = day_number(word(d, 1));
		if (day == NO_WORD || look_up(ORDINAL, word(d, 1)) != NO_WORD)
			return DAY_NONE;
		d->i += 2;
		return with_year(d, m, day);
	}
	day = day_number(word(d, 0));
	if (day == NO_WORD)
		return DAY_NONE;
	size_t k = is(d, 1, "i") || is(d, 1, "of") ? 2 : 1;
	m = look_up(MONTH, word(d, k));
	if (m != NO_WORD) {
		d->i += k + 1;
		return with_year(d, m, day);
	}
	/* "den 15:e" and "den 15", but not "15" */
	if (d->past || (!definite && word(d, 0)[strspn(word(d, 0), "0123456789")] != ':'))
		return DAY_NONE;
	d->i++;
	return next_numbered_day(d, day);
}

/* "två veckor", "14 dagar", "2v", "ytterligare en månad", "en vecka till" */
static dayno length_of_time(struct dating *d)
{
	const char *w;
	int n, unit;

	if (!skip(d, "ytterligare"))
		skip(d, "another");
	w = word(d, 0);
	n = look_up(COUNT, w);
	if (n == NO_WORD)
		n = number(w);
	if (n != NO_WORD) {
		size_t more = is(d, 1, "more") || is(d, 1, "extra") ? 1 : 0;
		unit = look_up(UNIT, word(d, 1 + more));
		d->i += 2 + more;
	} else {
		size_t len = strspn(w, "0123456789");
		n = digits(w, len);
		unit = look_up(UNIT, w + len);
		d->i++;
	}
	if (n < 1 || n > 366 || unit == NO_WORD)
		return DAY_NONE;
	static const char *const after[] = { "till", "framåt", "extra", "ytterligare", "more" };
	for (size_t k = 0; k < ARRAY_LEN(after) && !skip(d, after[k]); k++)
		;
	return date_add(d->from, n, (enum unit_of_time)unit);
}

/* "v. 12", "vecka 12", "v12"; the week's number, NO_WORD: none. */
static int week_number(struct dating *d)
{
	const char *w = word(d, 0);
	int n = NO_WORD;

	if (is(d, 0, "vecka") || is(d, 0, "v") || is(d, 0, "week")) {
		n = number(word(d, 1));
		d->i += 2;
	} else if (*w == 'v') {
		n = number(w + (w[1] == '.' ? 2 : 1));
		d->i++;
	}
	return n >= 1 && n <= 53 ? n : NO_WORD;
}

/* A week is its Monday, unless another day of it is named. */
static dayno of_week(struct dating *d, int weekday)
{
	int n = week_number(d), y;

	if (n == NO_WORD)
		return DAY_NONE;
	int day = weekday == NO_WORD ? 1 : weekday;
	y = number(word(d, 0));
	if (y >= 1900 && y <= 2200) {
		d->i++;
		dayno found = date_of_week(y, n, day);
		if (found != DAY_NONE && !d->past && found <= d->from)
			d->doubt = "that week has passed";
		return found;
	}
	date_week(d->from, &y);
	dayno before = date_of_week(y, n, day), after = before;
	if (before == DAY_NONE || before <= d->from)
		after = date_of_week(y + 1, n, day);
	if (after == DAY_NONE) {
		d->doubt = "no such week is near";
		return before;
	}
	if (before != DAY_NONE && before <= d->from && d->from - before <= JUST_BEEN)
		d->doubt = "that week has begun or just passed, and no year is said";
	return d->past ? before : after;
}

static dayno next_monday(const struct dating *d)
{
	return d->from + 8 - date_weekday(d->from);
}

/* "fredag", "på fredag"; "nästa fredag" may be this week's or the next's. */
static dayno of_weekday(struct dating *d, int weekday, bool next)
{
	if (!skip(d, "i"))
		skip(d, "in");
	if ((is(d, 0, "nästa") && is(d, 1, "vecka")) || (is(d, 0, "next") && is(d, 1, "week"))) {
		d->i += 2;
		return next_monday(d) + weekday - 1;
	}
	int ahead = (weekday - date_weekday(d->from) + 7) % 7;
	dayno coming = d->from + (ahead ? ahead : 7);
	if (d->past) {
		d->doubt = "a weekday alone is no date";
		return DAY_NONE;
	}
	if (next) {
		bool ours = ahead && next_monday(d) > coming;

		d->doubt = "it could be this week or the next";
		d->other = ours ? coming : coming + 7;
		return ours ? coming + 7 : coming;
	}
	if (!ahead)
		d->doubt = "it could be today or in a week";
	return coming;
}

static dayno named_day(struct dating *d)
{
	static const struct {
		const char *first, *second;
		int days;
	} named[] = {
		{ "idag", NULL, 0 }, { "i", "dag", 0 }, { "today", NULL, 0 }, { "imorgon", NULL, 1 },
		{ "i", "morgon", 1 }, { "imorn", NULL, 1 }, { "tomorrow", NULL, 1 }, { "övermorgon", NULL, 2 },
		{ "i", "övermorgon", 2 }, { "igår", NULL, -1 }, { "i", "går", -1 }, { "yesterday", NULL, -1 },
	};

	for (size_t k = 0; k < ARRAY_LEN(named); k++) {
		if (!is(d, 0, named[k].first) || (named[k].second && !is(d, 1, named[k].second)))
			continue;
		d->i += named[k].second ? 2 : 1;
		if (!d->past && named[k].days <= 0)
			d->doubt = "that day has passed";
		return d->from + named[k].days;
	}
	return DAY_NONE;
}

/* One way to say a day; the words are where they were when it is none. */
static bool attempt(struct dating *d, dayno (*way)(struct dating *), dayno *day)
{
	size_t at = d->i;

	d->doubt = NULL;
	d->other = DAY_NONE;
	*day = way(d);
	if (*day == DAY_NONE && !d->doubt) {
		d->i = at;
		return false;
	}
	return true;
}

static dayno plain_week(struct dating *d)
{
	return of_week(d, NO_WORD);
}

static dayno week_after(struct dating *d)
{
	if (!is(d, 1, "vecka") && !is(d, 1, "week"))
		return DAY_NONE;
	if (!is(d, 0, "nästa") && !is(d, 0, "next"))
		return DAY_NONE;
	d->i += 2;
	return next_monday(d);
}

static dayno definite_words(struct dating *d)
{
	return in_words(d, true);
}

static dayno bare_words(struct dating *d)
{
	return in_words(d, false);
}

static dayno with_weekday(struct dating *d)
{
	bool next = skip(d, "nästa") || skip(d, "next");
	int weekday = look_up(WEEKDAY, word(d, 0));
	dayno day;

	if (weekday == NO_WORD)
		return DAY_NONE;
	d->i++;
	if (next)
		return of_weekday(d, weekday, true);
	size_t at = d->i;
	day = of_week(d, weekday);
	if (day != DAY_NONE || d->doubt)
		return day;
	d->i = at;
	bool definite = skip(d, "den") || skip(d, "the");
	if (attempt(d, numeric, &day) || attempt(d, definite ? definite_words : bare_words, &day)) {
		/* "Monday 15 March" that is a Sunday: one of the two is a slip. */
		if (day != DAY_NONE && date_weekday(day) != weekday) {
			int off = (weekday - date_weekday(day) + 7) % 7;

			d->doubt = "the weekday does not fit the date";
			d->other = day + (off > 3 ? off - 7 : off);
		}
		return day;
	}
	d->i = at;
	return of_weekday(d, weekday, false);
}

static dayno after_a_while(struct dating *d)
{
	return skip(d, "om") || skip(d, "in") || skip(d, "within") || skip(d, "inom") ? length_of_time(d) : DAY_NONE;
}

/* "hösten", "i slutet av mars", "mars": a time, but no day. */
static dayno vague(struct dating *d)
{
	bool some = look_up(MONTH, word(d, 0)) != NO_WORD ||
	            (is(d, 0, "i") && look_up(MONTH, word(d, 1)) != NO_WORD);

	for (size_t k = 0; k < 4; k++)
		some = some || look_up(VAGUE, word(d, k)) != NO_WORD;
	if (!some)
		return DAY_NONE;
	d->doubt = "that is a time, but no day";
	d->i = d->n;
	return DAY_NONE;
}

bool reply_when(const struct token *t, size_t n, dayno from, enum when_use use, bool english,
                struct when *out)
{
	struct dating d = { .t = t, .n = n, .from = from, .past = use == WHEN_PAST, .english = english,
	                    .other = DAY_NONE };
	dayno day = DAY_NONE;

	bool on = skip(&d, "på") || skip(&d, "on");
	bool definite = !on && (skip(&d, "den") || skip(&d, "the"));
	bool found = attempt(&d, with_weekday, &day) || attempt(&d, numeric, &day) ||
	             attempt(&d, definite ? definite_words : bare_words, &day);
	if (!found && !definite && !d.past)
		found = attempt(&d, named_day, &day) || attempt(&d, after_a_while, &day) ||
		        attempt(&d, week_after, &day) || attempt(&d, length_of_time, &day) ||
		        attempt(&d, plain_week, &day) || attempt(&d, vague, &day);
	else if (!found)
		found = attempt(&d, named_day, &day);
	if (!found || !d.i)
		return false;
	if ((is(&d, 0, "kl") || is(&d, 0, "klockan")) && word(&d, 1)[0] >= '0' && word(&d, 1)[0] <= '9')
		d.i += 2;
	*out = (struct when){ .day = day, .doubt = d.doubt, .used = d.i,
	                      .other = d.doubt && d.other > from ? d.other : DAY_NONE };
	return true;
}
