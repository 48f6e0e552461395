/* SPDX-License-Identifier: EUPL-1.2 */
/* Parts of a year: quarters, thirds, halves, and ISO weeks with their year. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "expr-internal.h"

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static const struct {
	const char *words[5];
	int months; /* in one */
} parts[] = {
	{ { "kvartal", "kvartalet", "kv", "q", "kvartals" }, 3 },
	{ { "tertial", "tertialet", "t", "tert" }, 4 },
	{ { "halvår", "halvåret", "h" }, 6 },
};

/* The part that the first n bytes name, as its number of months; 0 when none. */
static int part_months(const char *word, size_t n)
{
	for (size_t p = 0; p < ARRAY_LEN(parts); p++) {
		for (size_t i = 0; i < 5 && parts[p].words[i]; i++) {
			if (strlen(parts[p].words[i]) == n &&
			    strncmp(word, parts[p].words[i], n) == 0)
				return parts[p].months;
		}
	}
	return 0;
}

static bool put_months(int months, int nth, int *first, int *last)
{
	if (!months || nth < 1 || nth > 12 / months)
		return false;
	*last = nth * months;
	*first = *last - months + 1;
	return true;
}

/* "q4", "kv4", and what may follow its number: "" or a year ("q4-2027"). */
static bool whole_word(const char *word, int *first, int *last, const char **rest)
{
	size_t n = strcspn(word, "0123456789");

	if (!n || !digit(word[n]) || digit(word[n + 1]))
		return false;
	*rest = word + n + 1;
	return put_months(part_months(word, n), word[n] - '0', first, last);
}

size_t words_period(const struct words *w, size_t i, int *first_month, int *last_month)
{
	const char *word = words_at(w, i), *next = words_at(w, i + 1), *rest;
	int months = part_months(word, strlen(word));

	/* "h", "t" and "q" alone are no words. */
	if (months && word[1] && put_months(months, word_number(next), first_month, last_month))
		return 2;
	if (months && word[1] && put_months(months, word_ordinal(next), first_month, last_month))
		return 2;
	months = part_months(next, strlen(next));
	if (months && next[1] &&
	    put_months(months, word_ordinal(word), first_month, last_month))
		return 2;
	return whole_word(word, first_month, last_month, &rest) && !*rest;
}

/* ", år 2027": how many words the year takes, 0 when there is none. */
static size_t year_at(const struct words *w, size_t i, int *year)
{
	size_t from = i;

	i += words_is(w, i, ",");
	i += words_is(w, i, "år");
	*year = word_year(words_at(w, i));
	return *year ? i + 1 - from : 0;
}

/* "2027-q4" and "q4/2027". */
static bool period_in_word(const char *word, int *year, int *first, int *last)
{
	char text[5] = "";
	const char *rest;

	if (strspn(word, "0123456789") == 4) {
		memcpy(text, word, 4);
		*year = word_year(text);
		word += word[4] == '-' || word[4] == '/' ? 5 : 4;
		return *year && whole_word(word, first, last, &rest) && !*rest;
	}
	if (!whole_word(word, first, last, &rest) || (*rest != '-' && *rest != '/'))
		return false;
	*year = word_year(rest + 1);
	return *year != 0;
}

size_t words_period_of_year(const struct words *w, size_t i, struct found_date *out)
{
	int year = word_year(words_at(w, i)), first, last;
	size_t n = 0, years = 0;

	if (period_in_word(words_at(w, i), &year, &first, &last)) {
		n = 1;
	} else if (year) {
		years = words_is(w, i + 1, ",") ? 2 : 1;
		n = words_period(w, i + years, &first, &last);
	} else {
		n = words_period(w, i, &first, &last);
		years = n ? year_at(w, i + n, &year) : 0;
	}
	if (!n || !year || (years == 0 && n > 1))
		return 0;
	*out = (struct found_date){
		.first = date_of(year, first, 1),
		.last = date_of(year, last, date_days_in_month(year, last)),
		.month_only = true,
	};
	return n + years;
}

/* The number of "w45", "v45" or "v.45"; what follows it in *rest. */
static int week_in_word(const char *word, const char **rest)
{
	int week = 0, digits = 0;

	if (*word != 'v' && *word != 'w')
		return 0;
	word += word[1] == '.' ? 2 : 1;
	for (; digit(*word) && digits < 2; word++, digits++)
		week = week * 10 + (*word - '0');
	*rest = word;
	return digit(*word) ? 0 : week;
}

/* "vecka 45", "v 45", "v45", "v45/2027"; *year is set when it stands within. */
static size_t week_at(const struct words *w, size_t i, int *week, int *year)
{
	const char *word = words_at(w, i), *rest = "";

	if (strcmp(word, "vecka") == 0 || strcmp(word, "v") == 0 || strcmp(word, "v.") == 0 ||
	    strcmp(word, "veckan") == 0) {
		*week = word_number(words_at(w, i + 1));
		return *week ? 2 : 0;
	}
	*week = week_in_word(word, &rest);
	if (!*week)
		return 0;
	if (*rest)
		*year = *rest == '-' || *rest == '/' ? word_year(rest + 1) : 0;
	return !*rest || *year;
}

/* "2027-w45", "2027w45" and "2027v45". */
static bool week_of_year_in_word(const char *word, int *week, int *year)
{
	char text[5] = "";
	const char *rest;

	if (strspn(word, "0123456789") != 4)
		return false;
	memcpy(text, word, 4);
	*year = word_year(text);
	*week = week_in_word(word + (word[4] == '-' ? 5 : 4), &rest);
	return *year && *week && !*rest;
}

size_t words_week(const struct words *w, size_t i, int *week, int *year)
{
	size_t n, years = 1;

	*year = 0;
	if (week_of_year_in_word(words_at(w, i), week, year))
		return 1;
	int before = word_year(words_at(w, i));
	if (before) {
		n = week_at(w, i + 1, week, year);
		if (!n || *year)
			return 0;
		*year = before;
		return n + 1;
	}
	n = week_at(w, i, week, year);
	if (n && !*year)
		years = year_at(w, i + n, year);
	else
		years = 0;
	return n && *year ? n + years : 0;
}
