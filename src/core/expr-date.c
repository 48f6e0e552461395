/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

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

static bool put_quarter(int y, int q, struct found_date *out)
{
	if (q < 1 || q > 4 || !date_valid(y, 1, 1))
		return false;
	*out = (struct found_date){
		.first = date_of(y, q * 3 - 2, 1),
		.last = whole_month(y, q * 3).last,
		.month_only = true,
	};
	return true;
}

/* "2024-06-17", "20240617", "2026-08", "2025-q4", "17.6.2024". */
static bool one_word(const char *word, struct found_date *out)
{
	int y, m, d;
	const char *at = word;

	if (fixed(&at, 4, "-./", &y) && fixed(&at, 2, "-./", &m) && fixed(&at, 2, "", &d))
		return put_day(y, m, d, out);
	at = word;
	if (strlen(word) == 8 && !strpbrk(word, "-./q") &&
	    fixed(&at, 4, "0123", &y) && y >= 1900 && y <= 2200) {
		at = word + 4;
		m = (at[0] - '0') * 10 + (at[1] - '0');
		at += 2;
		return fixed(&at, 2, "", &d) && put_day(y, m, d, out);
	}
	at = word;
	if (fixed(&at, 4, "-", &y) && *at == 'q') {
		at++;
		return fixed(&at, 1, "", &m) && put_quarter(y, m, out);
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

static const char *word_at(const struct words *w, size_t i)
{
	return i < w->n ? w->at[i] : "";
}

/* A day of a month is written 1, 01, 1:a or första. */
static int day_number(const char *word)
{
	int n = word_ordinal(word);

	return n ? n : digit(*word) ? word_number(word) : 0;
}

static size_t by_month(const struct words *w, size_t i, struct found_date *out)
{
	int month = word_month(word_at(w, i)), year = word_year(word_at(w, i + 1));

	if (month && year) {
		*out = whole_month(year, month);
		return 2;
	}
	year = word_year(word_at(w, i));
	month = word_month(word_at(w, i + 1));
	if (month && year) {
		*out = whole_month(year, month);
		return 2;
	}
	return 0;
}

static size_t by_quarter(const struct words *w, size_t i, struct found_date *out)
{
	const char *first = word_at(w, i), *second = word_at(w, i + 1);
	int year = word_year(word_at(w, i + 2));

	if (!year || strncmp(first, "kvartal", 7) != 0)
		return 0;
	return put_quarter(year, word_number(second), out) ? 3 : 0;
}

size_t words_date(const struct words *w, size_t i, struct found_date *out)
{
	size_t from = i;
	size_t n;

	if (strcmp(word_at(w, i), "den") == 0)
		i++;
	int day = day_number(word_at(w, i)), month = word_month(word_at(w, i + 1));
	int year = word_year(word_at(w, i + 2));
	if (day && month && year)
		return put_day(year, month, day, out) ? i + 3 - from : 0;
	if (strcmp(word_at(w, i), "sista") == 0 && (n = by_month(w, i + 1, out)) != 0) {
		out->first = out->last;
		out->month_only = false;
		return i + 1 + n - from;
	}
	if (one_word(word_at(w, i), out))
		return i + 1 - from;
	if (day_slash_month(word_at(w, i), word_year(word_at(w, i + 1)), out))
		return i + 2 - from;
	n = by_month(w, i, out);
	if (!n)
		n = by_quarter(w, i, out);
	return n ? i + n - from : 0;
}

bool words_placeholder(const char *word)
{
	static const char form[] = "x-/._:";
	size_t marks = strspn(word, form);

	if (strstr(word, "xx") && !word[marks])
		return true;
	return strcmp(word, "åååå-mm-dd") == 0 || strcmp(word, "yyyy-mm-dd") == 0;
}

bool words_broken_date(const struct words *w, size_t i)
{
	const char *word = word_at(w, i);
	size_t digits = 0, signs = 0;
	struct found_date date;

	if (words_date(w, i, &date))
		return false;
	for (const char *at = word; *at; at++) {
		if (digit(*at))
			digits++;
		else if (strchr("-./", *at))
			signs++;
		else
			return false;
	}
	if (signs >= 2 && digits >= 4)
		return true;
	if (digits == 8)
		return true;
	/* "31 februari 2027": every word is right, the day is not. */
	return day_number(word) && word_month(word_at(w, i + 1)) && word_year(word_at(w, i + 2));
}

dayno words_proposal(const char *word)
{
	char digits[9] = "";
	size_t n = 0;
	int y, m, d;

	for (; *word; word++) {
		if (!digit(*word))
			continue;
		if (n == 8)
			return DAY_NONE;
		digits[n++] = *word;
	}
	const char *at = digits;
	if (n != 8 || !fixed(&at, 4, "0123456789", &y))
		return DAY_NONE;
	m = (digits[4] - '0') * 10 + (digits[5] - '0');
	d = (digits[6] - '0') * 10 + (digits[7] - '0');
	return date_valid(y, m, d) ? date_of(y, m, d) : DAY_NONE;
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
