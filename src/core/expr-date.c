/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "expr-internal.h"

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Exactly n digits, then one of the signs in `end` (or the end, for ""). */
static bool fixed(const char **at, int n, const char *end, int *out)
{
	int value = 0;

	for (int i = 0; i < n; i++, (*at)++) {
		if (!digit(**at))
			return false;
		value = value * 10 + (**at - '0');
	}
	*out = value;
	if (!*end)
		return !**at;
	if (!**at || !strchr(end, **at))
		return false;
	(*at)++;
	return true;
}

static bool one_or_two(const char **at, const char *end, int *out)
{
	const char *from = *at;

	if (fixed(at, 2, end, out))
		return true;
	*at = from;
	return fixed(at, 1, end, out);
}

int word_year(const char *word)
{
	int y;

	return fixed(&word, 4, "", &y) && y >= 1900 && y <= 2200 ? y : 0;
}

static struct found_date whole_month(int y, int m)
{
	return (struct found_date){
		.first = date_of(y, m, 1),
		.last = date_of(y, m, date_days_in_month(y, m)),
		.month_only = true,
	};
}

static bool put_day(int y, int m, int d, struct found_date *out)
{
	if (!date_valid(y, m, d))
		return false;
	*out = (struct found_date){ .first = date_of(y, m, d), .last = date_of(y, m, d) };
	return true;
}

/* "2024-06-17", "20240617", "2026-08", "17.6.2024". */
static bool one_word(const char *word, struct found_date *out)
{
	int y, m, d;
	const char *at = word;

	if (fixed(&at, 4, "-./", &y) && fixed(&at, 2, "-./", &m) && fixed(&at, 2, "", &d))
		return put_day(y, m, d, out);
	at = word;
	if (strlen(word) == 8 && !strpbrk(word, "-./") &&
	    fixed(&at, 4, "0123", &y) && y >= 1900 && y <= 2200) {
		at = word + 4;
		m = (at[0] - '0') * 10 + (at[1] - '0');
		at += 2;
		return fixed(&at, 2, "", &d) && put_day(y, m, d, out);
	}
	at = word;
	if (fixed(&at, 4, "-", &y) && fixed(&at, 2, "", &m) && date_valid(y, m, 1)) {
		*out = whole_month(y, m);
		return true;
	}
	at = word;
	if (one_or_two(&at, "./", &d) && one_or_two(&at, "./-", &m) && fixed(&at, 4, "", &y))
		return put_day(y, m, d, out);
	return false;
}

/* "29/11 2017". */
static bool day_slash_month(const char *word, int year, struct found_date *out)
{
	int m, d;

	return year && one_or_two(&word, "/", &d) && one_or_two(&word, "", &m) &&
	       put_day(year, m, d, out);
}

/* A day of a month is written 1, 01, 1:a or första. */
static int day_number(const char *word)
{
	int n = word_ordinal(word);

	return n ? n : digit(*word) ? word_number(word) : 0;
}

/* The year at word i, a comma or "år" before it: words taken, or 0. */
static size_t year_word(const struct words *w, size_t i, int *year)
{
	size_t from = i;

	i += words_is(w, i, ",");
	i += words_is(w, i, "år");
	*year = word_year(words_at(w, i));
	return *year ? i + 1 - from : 0;
}

static size_t by_month(const struct words *w, size_t i, struct found_date *out)
{
	int month = word_month(words_at(w, i)), year;
	size_t n = year_word(w, i + 1, &year);

	if (month && year) {
		*out = whole_month(year, month);
		return 1 + n;
	}
	year = word_year(words_at(w, i));
	month = word_month(words_at(w, i + 1));
	if (month && year) {
		*out = whole_month(year, month);
		return 2;
	}
	return 0;
}

/* "den 18 mars 2014", "1:a maj 2027" */
static size_t by_day(const struct words *w, size_t i, struct found_date *out)
{
	int day = day_number(words_at(w, i)), month = word_month(words_at(w, i + 1)), year;
	size_t n = year_word(w, i + 2, &year);

	return day && month && n && put_day(year, month, day, out) ? 2 + n : 0;
}

enum { FRIDAY = 5 };

/* "vecka 45 2027": Monday to Friday, or the day that is named. */
static size_t by_week(const struct words *w, size_t i, int weekday, struct found_date *out)
{
	int week, year;
	size_t n = words_week(w, i, &week, &year);

	if (!n || week > 53)
		return 0;
	*out = (struct found_date){
		.first = date_of_week(year, week, weekday ? weekday : 1),
		.last = date_of_week(year, week, weekday ? weekday : FRIDAY),
		.month_only = weekday == 0,
	};
	return out->first == DAY_NONE || out->last == DAY_NONE ? 0 : n;
}

/* The date that stands at word i, no weekday before it. */
static size_t plain_date(const struct words *w, size_t i, struct found_date *out)
{
	size_t from = i, n;

	i += words_is(w, i, "den");
	n = by_day(w, i, out);
	if (!n && words_is(w, i, "sista") && (n = by_month(w, i + 1, out)) != 0) {
		out->first = out->last;
		out->month_only = false;
		n++;
	}
	if (!n && one_word(words_at(w, i), out))
		n = 1;
	if (!n && day_slash_month(words_at(w, i), word_year(words_at(w, i + 1)), out))
		n = 2;
	if (!n)
		n = by_month(w, i, out);
	if (!n)
		n = words_period_of_year(w, i, out);
	return n ? i + n - from : 0;
}

/* How many words a weekday and what binds it to its date take. */
static size_t weekday_at(const struct words *w, size_t i, int *weekday)
{
	*weekday = word_weekday(words_at(w, i));
	if (!*weekday)
		return 0;
	return words_is(w, i + 1, ",") || words_is(w, i + 1, "i") ? 2 : 1;
}

size_t words_date(const struct words *w, size_t i, struct found_date *out)
{
	int weekday;
	size_t before = weekday_at(w, i, &weekday);
	size_t n = plain_date(w, i + before, out);

	/* A weekday that is not the date's: one of them is wrong. */
	if (n && weekday && (out->first != out->last || date_weekday(out->first) != weekday))
		return 0;
	if (!n)
		n = by_week(w, i + before, weekday, out);
	return n ? before + n : 0;
}

bool words_placeholder(const char *word)
{
	static const char form[] = "0123456789x-/._:";
	static const char *const forms[] = {
		"åååå-mm-dd", "yyyy-mm-dd", "åååå", "åå-mm-dd", "åååå/mm/dd", "dd/mm", "…", "nn",
		"dd-mm-åååå", "xx:e", "x:e",
	};

	if (strstr(word, "xx") && !word[strspn(word, form)])
		return true;
	if (*word && !word[strspn(word, "_")])
		return true;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		if (strcmp(word, forms[i]) == 0)
			return true;
	}
	return false;
}

/* "-27" and "27": a year that lacks its century. */
static bool short_year(const char *word)
{
	word += *word == '-';
	return digit(word[0]) && digit(word[1]) && !word[2];
}

/* Nothing but figures and the signs of a date. */
static bool figures(const char *word, size_t *digits, size_t *signs)
{
	*digits = *signs = 0;
	for (const char *at = word; *at; at++) {
		if (digit(*at))
			(*digits)++;
		else if (strchr("-./", *at))
			(*signs)++;
		else
			return false;
	}
	return *digits > 0;
}

/* "1 maj 27", "31 februari 2027", "maj -27": the words are right, the whole is not. */
static size_t broken_words(const struct words *w, size_t i)
{
	const char *second = words_at(w, i + 1), *third = words_at(w, i + 2);
	size_t digits, signs;

	if (day_number(words_at(w, i)) && word_month(second))
		return word_year(third) || short_year(third) ? 3 : 0;
	if (word_month(words_at(w, i)))
		return short_year(second) ? 2 : 0;
	if (figures(words_at(w, i), &digits, &signs) && strchr(words_at(w, i), '/') &&
	    signs == 1)
		return word_year(second) || short_year(second) ? 2 : 0;
	return 0;
}

size_t words_broken_date(const struct words *w, size_t i)
{
	const char *word = words_at(w, i);
	size_t digits, signs, n;
	struct found_date date;
	int week, year;

	if (words_date(w, i, &date))
		return 0;
	n = words_week(w, i, &week, &year);
	if (n)
		return n;
	size_t before = weekday_at(w, i, &week);
	n = before ? plain_date(w, i + before, &date) : 0;
	if (n)
		return before + n;
	if (figures(word, &digits, &signs) &&
	    ((signs >= 2 && digits >= 4) || digits == 8 ||
	     (digits == 6 && signs == 0 && words_proposal(word) != DAY_NONE)))
		return 1;
	return broken_words(w, i);
}

/* The groups of figures in a text, at most four. */
static size_t groups(const char *text, int value[4], size_t length[4])
{
	size_t n = 0;

	while (*text) {
		size_t digits = strspn(text, "0123456789");
		if (digits && (n == 4 || digits > 8))
			return 5;
		if (digits) {
			value[n] = 0;
			for (size_t i = 0; i < digits; i++)
				value[n] = value[n] * 10 + (text[i] - '0');
			length[n++] = digits;
			text += digits;
		} else {
			text++;
		}
	}
	return n;
}

static dayno day_or_none(int y, int m, int d)
{
	enum { CENTURY_TURNS = 70 };

	if (y < 100)
		y += y < CENTURY_TURNS ? 2000 : 1900;
	return date_valid(y, m, d) ? date_of(y, m, d) : DAY_NONE;
}

/* The month that is named among the words of a text. */
static int month_in(const char *text)
{
	while (*text) {
		char word[16] = "";
		size_t n = strcspn(text, " ");
		if (n < sizeof(word)) {
			memcpy(word, text, n);
			if (word_month(word))
				return word_month(word);
		}
		text += n + (text[n] == ' ');
	}
	return 0;
}

dayno words_proposal(const char *word)
{
	int value[4];
	size_t length[4];
	size_t n = groups(word, value, length), all = 0;
	int month = month_in(word);

	if (n > 4)
		return DAY_NONE;
	for (size_t i = 0; i < n; i++)
		all += length[i];
	if (month)
		return n == 2 ? day_or_none(value[1], month, value[0]) : DAY_NONE;
	if (n == 3 && all <= 6 && length[0] <= 2 && length[1] <= 2 && length[2] == 2)
		return strchr(word, '/') || strchr(word, '.')
		               ? day_or_none(value[2], value[1], value[0])
		               : day_or_none(value[0], value[1], value[2]);
	if (n == 1 && all == 6)
		return day_or_none(value[0] / 10000, value[0] / 100 % 100, value[0] % 100);
	if (all != 8)
		return DAY_NONE;
	int joined = 0;
	for (const char *at = word; *at; at++) {
		if (digit(*at))
			joined = joined * 10 + (*at - '0');
	}
	return joined >= 19000000
	               ? day_or_none(joined / 10000, joined / 100 % 100, joined % 100)
	               : DAY_NONE;
}

static size_t skip_brackets(const struct words *w, size_t i)
{
	while (i < w->n && (strcmp(w->at[i], "[") == 0 || strcmp(w->at[i], "]") == 0))
		i++;
	return i;
}

static bool has_digit(const char *text)
{
	return strpbrk(text, "0123456789") != NULL;
}

enum expr_date expr_date(const char *text, dayno *out, bool *month_only)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct words w = words_of(&a, text);
	size_t i = skip_brackets(&w, 0);
	struct found_date date;
	size_t n = words_date(&w, i, &date);

	*out = DAY_NONE;
	if (month_only)
		*month_only = false;
	if (n && skip_brackets(&w, i + n) == w.n && !w.cut) {
		*out = date.last;
		if (month_only)
			*month_only = date.month_only;
		return EXPR_DATE_FOUND;
	}
	/* "xx 2008" is a form half filled in; "2027-02-31" somebody meant. */
	for (size_t k = 0; k < w.n; k++) {
		if (words_placeholder(w.at[k]))
			return EXPR_DATE_ABSENT;
	}
	return has_digit(text) ? EXPR_DATE_BROKEN : EXPR_DATE_ABSENT;
}
