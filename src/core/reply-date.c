/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-date.h"

enum word_kind { MONTH, WEEKDAY, COUNT, UNIT, ORDINAL, VAGUE };

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

const char *date_word(const struct dating *d, size_t ahead)
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

bool date_is(const struct dating *d, size_t ahead, const char *w)
{
	return strcmp(date_word(d, ahead), w) == 0;
}

bool date_skip(struct dating *d, const char *w)
{
	if (!date_is(d, 0, w))
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

int date_number(const char *w)
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
	/* 29 February may be years away, and a day of last autumn most of a year: hardly meant. */
	else if (after != DAY_NONE && after - d->from > LONG_AGO && date_ymd(after).y != y)
		d->doubt = "the next such day is far away, and no year is said";
	return after;
}

static dayno with_year(struct dating *d, int m, int day)
{
	int y = date_number(date_word(d, 0));

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
	const char *w = date_word(d, 0), *g[3];
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
	int y = date_number(date_word(d, 0));

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

	if (date_is(d, 0, "sista")) { /* "sista (i) mars", "sista dagen i mars" */
		size_t k = date_is(d, 1, "dagen") ? 2 : 1;
		k += date_is(d, k, "i") || date_is(d, k, "av") ? 1 : 0;
		m = look_up(MONTH, date_word(d, k));
		if (m == NO_WORD)
			return DAY_NONE;
		d->i += k + 1;
		return last_of_month(d, m);
	}
	m = look_up(MONTH, date_word(d, 0));
	if (m != NO_WORD) { /* "March 15" */
		day = day_number(date_word(d, 1));
		if (day == NO_WORD || look_up(ORDINAL, date_word(d, 1)) != NO_WORD)
			return DAY_NONE;
		d->i += 2;
		return with_year(d, m, day);
	}
	day = day_number(date_word(d, 0));
	if (day == NO_WORD)
		return DAY_NONE;
	size_t k = date_is(d, 1, "i") || date_is(d, 1, "of") ? 2 : 1;
	m = look_up(MONTH, date_word(d, k));
	if (m != NO_WORD) {
		d->i += k + 1;
		return with_year(d, m, day);
	}
	/* "den 15:e" and "den 15", but not "15" */
	if (d->past || (!definite && date_word(d, 0)[strspn(date_word(d, 0), "0123456789")] != ':'))
		return DAY_NONE;
	d->i++;
	return next_numbered_day(d, day);
}

/* "två veckor", "14 dagar", "2v", "ytterligare en månad", "en vecka till" */
static dayno length_of_time(struct dating *d)
{
	const char *w;
	int n, unit;

	if (!date_skip(d, "ytterligare"))
		date_skip(d, "another");
	w = date_word(d, 0);
	n = look_up(COUNT, w);
	if (n == NO_WORD)
		n = date_number(w);
	if (n != NO_WORD) {
		size_t more = date_is(d, 1, "more") || date_is(d, 1, "extra") ? 1 : 0;
		unit = look_up(UNIT, date_word(d, 1 + more));
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
	for (size_t k = 0; k < ARRAY_LEN(after) && !date_skip(d, after[k]); k++)
		;
	return date_add(d->from, n, (enum unit_of_time)unit);
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
	bool next = date_skip(d, "nästa") || date_skip(d, "next");
	int weekday = look_up(WEEKDAY, date_word(d, 0));
	dayno day;

	if (weekday == NO_WORD)
		return DAY_NONE;
	d->i++;
	if (next)
		return date_on_weekday(d, weekday, true);
	size_t at = d->i;
	day = date_in_week(d, weekday);
	if (day != DAY_NONE || d->doubt)
		return day;
	d->i = at;
	bool definite = date_skip(d, "den") || date_skip(d, "the");
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
	return date_on_weekday(d, weekday, false);
}

static dayno after_a_while(struct dating *d)
{
	return date_skip(d, "om") || date_skip(d, "in") || date_skip(d, "within") || date_skip(d, "inom") ? length_of_time(d) : DAY_NONE;
}

/* "hösten", "i slutet av mars", "mars": a time, but no day. */
static dayno vague(struct dating *d)
{
	bool some = look_up(MONTH, date_word(d, 0)) != NO_WORD ||
	            (date_is(d, 0, "i") && look_up(MONTH, date_word(d, 1)) != NO_WORD);

	for (size_t k = 0; k < 4; k++)
		some = some || look_up(VAGUE, date_word(d, k)) != NO_WORD;
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

	bool on = date_skip(&d, "på") || date_skip(&d, "on");
	bool definite = !on && (date_skip(&d, "den") || date_skip(&d, "the"));
	bool found = attempt(&d, with_weekday, &day) || attempt(&d, numeric, &day) ||
	             attempt(&d, definite ? definite_words : bare_words, &day);
	if (!found && !definite && !d.past)
		found = attempt(&d, date_named, &day) || attempt(&d, date_holiday, &day) || attempt(&d, after_a_while, &day) ||
		        attempt(&d, date_week_after, &day) || attempt(&d, length_of_time, &day) ||
		        attempt(&d, date_plain_week, &day) || attempt(&d, vague, &day);
	else if (!found)
		found = attempt(&d, date_named, &day) || attempt(&d, date_holiday, &day);
	if (!found || !d.i)
		return false;
	if ((date_is(&d, 0, "kl") || date_is(&d, 0, "klockan")) && date_word(&d, 1)[0] >= '0' && date_word(&d, 1)[0] <= '9')
		d.i += 2;
	*out = (struct when){ .day = day, .doubt = d.doubt, .used = d.i,
	                      .other = d.doubt && d.other > from ? d.other : DAY_NONE };
	return true;
}

/* "2027-02-30", "31/4", "30.2.2027", "2027-01", "20270230", "15:e" */
static bool shaped(const char *w)
{
	int part[3] = { 0 };
	size_t len[3] = { 0 }, n = 0;
	char mark = '\0';

	for (const char *at = w; n < 3; at++) {
		len[n] = strspn(at, "0123456789");
		if (!len[n] || len[n] > 8)
			return false;
		part[n] = digits(at, len[n]);
		at += len[n++];
		if (!*at)
			break;
		if (n == 1 && len[0] <= 2 && (!strcmp(at, ":e") || !strcmp(at, ":a")))
			return true;
		if (n == 3 || !strchr("/.-", *at))
			return false;
		mark = *at;
	}
	bool month = part[1] >= 1 && part[1] <= 12;
	if (n == 3)
		return (len[0] == 4 || len[0] <= 2) && len[1] <= 2 && (len[2] == 4 || len[2] <= 2);
	if (n == 2)
		return len[0] <= 2 && len[1] <= 2 ? mark == '/' || (mark == '.' && month)
		                                  : len[0] == 4 && len[1] == 2 && mark == '-' && month;
	if (len[0] == 6) /* as years go by: a number of another kind has seldom a month there */
		return digits(w + 2, 2) >= 1 && digits(w + 2, 2) <= 12 && digits(w + 4, 2) <= 31;
	return len[0] == 8 && (text_starts(w, "19") || text_starts(w, "20"));
}

bool reply_day_shaped(const struct token *t, size_t n)
{
	bool month = look_up(MONTH, t->word) != NO_WORD;
	const char *next = n > 1 ? t[1].word : "";

	return shaped(t->word) || (month && day_number(next) != NO_WORD && date_number(next) != NO_WORD)
	       || (day_number(t->word) != NO_WORD && look_up(MONTH, next) != NO_WORD);
}
