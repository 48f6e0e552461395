/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "core/date.h"
#include "src/core/reply-internal.h"

struct word_number {
	const char *word;
	int n;
};

static const struct word_number months[] = {
	{ "januari", 1 }, { "jan", 1 }, { "january", 1 },
	{ "februari", 2 }, { "feb", 2 }, { "february", 2 },
	{ "mars", 3 }, { "mar", 3 }, { "march", 3 },
	{ "april", 4 }, { "apr", 4 },
	{ "maj", 5 }, { "may", 5 },
	{ "juni", 6 }, { "jun", 6 }, { "june", 6 },
	{ "juli", 7 }, { "jul", 7 }, { "july", 7 },
	{ "augusti", 8 }, { "aug", 8 }, { "august", 8 },
	{ "september", 9 }, { "sep", 9 }, { "sept", 9 },
	{ "oktober", 10 }, { "okt", 10 }, { "october", 10 }, { "oct", 10 },
	{ "november", 11 }, { "nov", 11 },
	{ "december", 12 }, { "dec", 12 },
};

static const struct word_number weekdays[] = {
	{ "måndag", 1 }, { "måndagen", 1 }, { "monday", 1 },
	{ "tisdag", 2 }, { "tisdagen", 2 }, { "tuesday", 2 },
	{ "onsdag", 3 }, { "onsdagen", 3 }, { "wednesday", 3 },
	{ "torsdag", 4 }, { "torsdagen", 4 }, { "thursday", 4 },
	{ "fredag", 5 }, { "fredagen", 5 }, { "friday", 5 },
	{ "lördag", 6 }, { "lördagen", 6 }, { "saturday", 6 },
	{ "söndag", 7 }, { "söndagen", 7 }, { "sunday", 7 },
};

static const struct word_number counts[] = {
	{ "en", 1 }, { "ett", 1 }, { "one", 1 }, { "a", 1 }, { "två", 2 }, { "two", 2 },
	{ "tre", 3 }, { "three", 3 }, { "fyra", 4 }, { "four", 4 }, { "fem", 5 }, { "five", 5 },
	{ "sex", 6 }, { "six", 6 }, { "sju", 7 }, { "åtta", 8 }, { "tio", 10 }, { "ten", 10 },
	{ "fjorton", 14 },
};

static const struct word_number lengths[] = { /* n: enum unit_of_time */
	{ "dag", UNIT_DAY }, { "dagar", UNIT_DAY }, { "day", UNIT_DAY }, { "days", UNIT_DAY },
	{ "vecka", UNIT_WEEK }, { "veckor", UNIT_WEEK }, { "week", UNIT_WEEK },
	{ "weeks", UNIT_WEEK }, { "månad", UNIT_MONTH }, { "månader", UNIT_MONTH },
	{ "month", UNIT_MONTH }, { "months", UNIT_MONTH },
};

enum { NO_WORD = -1 };

static int look_up(const struct word_number *table, size_t n, const char *word, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(table[i].word) == len && memcmp(table[i].word, word, len) == 0)
			return table[i].n;
	return NO_WORD;
}

static int number(const char **at, size_t most)
{
	int n = 0;
	size_t digits = 0;

	while (digits < most && (*at)[digits] >= '0' && (*at)[digits] <= '9')
		n = n * 10 + ((*at)[digits++] - '0');
	*at += digits;
	return digits ? n : NO_WORD;
}

static size_t word_length(const char *at)
{
	return strcspn(at, " .,");
}

static void skip_space(const char **at)
{
	while (**at == ' ')
		(*at)++;
}

/* Looks a word up and moves past it (a dot after an abbreviation included). */
static int word_of(const struct word_number *table, size_t n, const char **at)
{
	size_t len = word_length(*at);
	int found = look_up(table, n, *at, len);

	if (found == NO_WORD)
		return NO_WORD;
	*at += len;
	if (**at == '.')
		(*at)++;
	skip_space(at);
	return found;
}

static dayno next_after(int m, int d, dayno received)
{
	int y = date_ymd(received).y;

	/* 29 February may be years away: then it was hardly meant. */
	for (int i = 0; i <= 1; i++)
		if (date_valid(y + i, m, d) && date_of(y + i, m, d) > received)
			return date_of(y + i, m, d);
	return DAY_NONE;
}

/* The rest must be a year or nothing. */
static dayno with_year(const char *at, int m, int d, dayno received)
{
	if (m < 1 || m > 12 || d < 1 || d > 31)
		return DAY_NONE;
	if (*at == ',' || *at == '.')
		at++;
	skip_space(&at);
	if (!*at)
		return next_after(m, d, received);
	int y = number(&at, 4);
	return !*at && y >= 1900 && date_valid(y, m, d) ? date_of(y, m, d) : DAY_NONE;
}

static dayno day_and_month(const char *at, dayno received, bool english)
{
	int d = number(&at, 2), m;

	if (d == NO_WORD) { /* March 15 */
		m = word_of(months, ARRAY_LEN(months), &at);
		d = m == NO_WORD ? NO_WORD : number(&at, 2);
		return d == NO_WORD ? DAY_NONE : with_year(at, m, d, received);
	}
	if (*at == '/' || (*at == '.' && at[1] >= '0' && at[1] <= '9')) {
		char mark = *at++;
		m = number(&at, 2);
		if (english || m == NO_WORD || (*at && *at != ' ' && *at != mark && *at != '-'))
			return DAY_NONE;
		if (*at == mark || *at == '-')
			at++;
		return with_year(at, m, d, received);
	}
	if (strncmp(at, ":e", 2) == 0 || strncmp(at, "th", 2) == 0 || strncmp(at, "st", 2) == 0 ||
	    strncmp(at, "nd", 2) == 0 || strncmp(at, "rd", 2) == 0)
		at += 2;
	if (*at != ' ')
		return DAY_NONE;
	skip_space(&at);
	m = word_of(months, ARRAY_LEN(months), &at);
	return m == NO_WORD ? DAY_NONE : with_year(at, m, d, received);
}

static dayno length_of_time(const char *at, dayno received)
{
	int n = word_of(counts, ARRAY_LEN(counts), &at);

	if (n == NO_WORD)
		n = number(&at, 3);
	if (n < 1 || n > 366)
		return DAY_NONE;
	skip_space(&at);
	int unit = word_of(lengths, ARRAY_LEN(lengths), &at);
	if (unit == NO_WORD || *at)
		return DAY_NONE;
	return date_add(received, n, (enum unit_of_time)unit);
}

dayno reply_date(const char *text, dayno received, bool english)
{
	const char *at = text;
	dayno day;

	if (strncmp(at, "om ", 3) == 0 || strncmp(at, "in ", 3) == 0)
		return length_of_time(at + 3, received);
	if (strncmp(at, "den ", 4) == 0 || strncmp(at, "the ", 4) == 0)
		at += 4;
	int weekday = word_of(weekdays, ARRAY_LEN(weekdays), &at);
	if (strncmp(at, "den ", 4) == 0)
		at += 4;
	if (!date_parse(at, &day)) {
		day = day_and_month(at, received, english);
		if (day == DAY_NONE && weekday == NO_WORD)
			day = length_of_time(at, received);
	}
	/* "Monday 15 March" that is a Sunday: one of the two is a slip. */
	if (day == DAY_NONE || (weekday != NO_WORD && date_weekday(day) != weekday))
		return DAY_NONE;
	return day > received ? day : DAY_NONE;
}
