/* SPDX-License-Identifier: EUPL-1.2 */
/* The time in a Received field: foreign bytes, so nothing is taken that is not just
 * as RFC 5322 §3.3 has it. */
#include <config.h>

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "core/doctor.h"

struct reader {
	const char *at, *end;
};

static void skip(struct reader *r)
{
	while (r->at < r->end && strchr(" \t\r\n,", *r->at))
		r->at++;
}

/* A number of `least` to `most` digits; -1: there is none. */
static int number(struct reader *r, int least, int most)
{
	int n = 0, digits = 0;

	while (r->at < r->end && *r->at >= '0' && *r->at <= '9' && digits < most) {
		n = n * 10 + (*r->at++ - '0');
		digits++;
	}
	return digits < least ? -1 : n;
}

/* The number of one of `n` words of three letters, from 1; 0: it is none of them. */
static int word(struct reader *r, const char (*words)[4], int n)
{
	for (int i = 0; r->end - r->at >= 3 && i < n; i++)
		if (!strncasecmp(r->at, words[i], 3)) {
			r->at += 3;
			return i + 1;
		}
	return 0;
}

static bool sign(struct reader *r, char c)
{
	bool is = r->at < r->end && *r->at == c;

	r->at += is;
	return is;
}

/* Seconds east of UTC; false: it is no zone. */
static bool zone(struct reader *r, int *east)
{
	bool west = r->at < r->end && *r->at == '-';

	if (r->end - r->at >= 3 && !strncasecmp(r->at, "GMT", 3)) {
		*east = 0;
		return true;
	}
	if (!west && !(r->at < r->end && *r->at == '+'))
		return false;
	r->at++;
	int n = number(r, 4, 4);
	*east = (n / 100 * 60 + n % 100) * (west ? -60 : 60);
	return n >= 0 && n / 100 < 15 && n % 100 < 60;
}

static instant date(struct reader *r)
{
	static const char days[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
		"Oct", "Nov", "Dec" };
	int east = 0;

	skip(r);
	(void)word(r, days, ARRAY_LEN(days));
	skip(r);
	int d = number(r, 1, 2);
	skip(r);
	int m = word(r, months, ARRAY_LEN(months));
	skip(r);
	int y = number(r, 4, 4);
	skip(r);
	int hour = number(r, 2, 2);
	bool clock = sign(r, ':');
	int minute = number(r, 2, 2), second = sign(r, ':') ? number(r, 2, 2) : 0;
	skip(r);
	if (!clock || d < 1 || d > 31 || !m || y < 1990 || hour < 0 || hour > 23 || minute < 0
	    || minute > 59 || second < 0 || second > 60 || !zone(r, &east))
		return INSTANT_NONE;
	if (!date_valid(y, m, d))
		return INSTANT_NONE;
	instant since = (instant)date_of(y, m, d) - date_of(1970, 1, 1);
	return since * 86400 + hour * 3600 + minute * 60 + second - east;
}

instant doctor_received(const char *text, size_t len)
{
	const char *last = memrchr(text, ';', len);
	struct reader r = { .at = last ? last + 1 : text, .end = text + len };

	return date(&r);
}

/* Where the field that begins at `at` ends: a line that begins with a blank goes on. */
static const char *field_end(const char *at, const char *end)
{
	const char *nl = memchr(at, '\n', (size_t)(end - at));

	while (nl && nl + 1 < end && (nl[1] == ' ' || nl[1] == '\t'))
		nl = memchr(nl + 1, '\n', (size_t)(end - nl - 1));
	return nl ? nl + 1 : end;
}

instant doctor_first_received(const char *bytes, size_t len)
{
	const char *end = bytes + len;
	instant found = INSTANT_NONE;

	for (const char *at = bytes, *next; at < end && *at != '\n' && *at != '\r'; at = next) {
		next = field_end(at, end);
		if (next - at > 9 && !strncasecmp(at, "Received:", 9))
			found = doctor_received(at, (size_t)(next - at));
	}
	return found;
}
