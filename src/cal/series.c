/* SPDX-License-Identifier: EUPL-1.2 */
/* Recurrences (RFC 5545 §3.3.10), as far as meetings recur: counted here, with
 * an end in sight, for libraries count foreign rules for as long as they say. */
#include "series.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "cal/meetings.h"

static const char not_understood[] =
	"the recurrence \"%s\" is not understood: weeks or months with an end are; make it single "
	"meetings, or such a series";

enum { INTERVAL_MAX = 99, COUNT_MAX = 9999, RULE_SHOWN = 100 };

/* The number that the text begins with, with its sign; *end after it. */
static bool number(const char *v, int most, int *out, const char **end)
{
	bool minus = *v == '-';

	v += *v == '-' || *v == '+';
	size_t n = strspn(v, "0123456789");
	*end = v + n;
	if (!n || n > 4)
		return false;
	*out = (int)strtol(v, NULL, 10) * (minus ? -1 : 1);
	return *out != 0 && abs(*out) <= most;
}

static bool whole(const char *v, int most, int *out)
{
	const char *end;

	return number(v, most, out, &end) && !*end && *out > 0;
}

static bool numbers(const char *v, int most, int *out, int room, int *n)
{
	for (*n = 0; *n < room; v++) {
		if (!number(v, most, &out[*n], &v))
			return false;
		++*n;
		if (!*v)
			return true;
		if (*v != ',')
			return false;
	}
	return false;
}

static int weekday(const char *v)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

	for (int i = 0; i < 7; i++)
		if (!strncasecmp(v, names[i], 2))
			return i + 1;
	return 0;
}

static bool read_by_day(struct series *s, const char *v)
{
	for (;; v++) {
		int nth = 0;

		if (s->n_by_day == (int)ARRAY_LEN(s->by_day))
			return false;
		if ((*v < 'A' || *v > 'z') && !number(v, 5, &nth, &v))
			return false;
		int day = weekday(v);
		if (!day || (v[2] && v[2] != ','))
			return false;
		s->by_day[s->n_by_day].nth = nth;
		s->by_day[s->n_by_day++].weekday = day;
		v += 2;
		if (!*v)
			return true;
	}
}

static bool read_part(struct arena *a, struct series *s, const char *name, const char *v, int *freqs)
{
	if (!strcasecmp(name, "FREQ")) {
		++*freqs;
		s->monthly = !strcasecmp(v, "MONTHLY");
		return s->monthly || !strcasecmp(v, "WEEKLY");
	}
	if (!strcasecmp(name, "INTERVAL"))
		return whole(v, INTERVAL_MAX, &s->interval);
	if (!strcasecmp(name, "COUNT"))
		return whole(v, COUNT_MAX, &s->count);
	if (!strcasecmp(name, "UNTIL")) {
		s->has_until = true;
		return !when_read(a, "", v, strlen(v), &s->until);
	}
	if (!strcasecmp(name, "WKST"))
		return (s->week_start = weekday(v)) && !v[2];
	if (!strcasecmp(name, "BYDAY"))
		return read_by_day(s, v);
	if (!strcasecmp(name, "BYMONTHDAY"))
		return numbers(v, 31, s->by_month_day, (int)ARRAY_LEN(s->by_month_day),
		               &s->n_by_month_day);
	if (!strcasecmp(name, "BYSETPOS"))
		return numbers(v, 31, s->by_set_pos, (int)ARRAY_LEN(s->by_set_pos), &s->n_by_set_pos);
	return false;
}

/* What RFC 5545 does not allow together. */
static bool agrees(const struct series *s)
{
	if (s->count && s->has_until)
		return false;
	if (s->n_by_set_pos && !s->n_by_day && !s->n_by_month_day)
		return false;
	for (int i = 0; !s->monthly && i < s->n_by_day; i++)
		if (s->by_day[i].nth)
			return false;
	return s->monthly || !s->n_by_month_day;
}

const char *series_read(struct arena *a, const char *rule, struct series *out)
{
	char *text = arena_dup(a, rule), *rest = text;
	const char *shown = text_cut(a, text_tidy(a, rule), RULE_SHOWN);
	int freqs = 0;
	bool ok = true;

	*out = (struct series){ .interval = 1, .week_start = 1 };
	for (char *part; ok && (part = strsep(&rest, ";"));) {
		char *equals = strchr(part, '=');

		if (!*part)
			continue;
		if (equals)
			*equals = '\0';
		ok = equals && read_part(a, out, part, equals + 1, &freqs);
	}
	if (!ok || freqs != 1 || !agrees(out))
		return arena_fmt(a, not_understood, shown);
	if (!out->count && !out->has_until)
		return arena_fmt(a, "the series \"%s\" has no end: give it one", shown);
	return NULL;
}

/* ---- its days ---- */

/* Days from .. from + n − 1 that the rule names, up to a month of them. */
struct span {
	dayno day[31];
	int n;
};

static bool by_month_day(const struct series *s, int d, int days)
{
	for (int i = 0; i < s->n_by_month_day; i++)
		if (s->by_month_day[i] == d || s->by_month_day[i] == d - days - 1)
			return true;
	return !s->n_by_month_day;
}

static bool by_day(const struct series *s, int weekday, int d, int days)
{
	for (int i = 0; i < s->n_by_day; i++) {
		int nth = s->by_day[i].nth;

		if (s->by_day[i].weekday == weekday
		    && (!nth || nth == (d - 1) / 7 + 1 || nth == -((days - d) / 7 + 1)))
			return true;
	}
	return !s->n_by_day;
}

static struct span month(const struct series *s, const struct when *start, int months)
{
	struct ymd first = date_ymd(start->day);
	struct span out = { .n = 0 };
	int at = first.y * 12 + first.m - 1 + months, y = at / 12, m = at % 12 + 1;
	int days = date_days_in_month(y, m);
	bool plain = !s->n_by_day && !s->n_by_month_day;

	for (int d = 1; d <= days; d++) {
		dayno day = date_of(y, m, d);

		if (plain ? d == first.d : by_month_day(s, d, days) && by_day(s, date_weekday(day), d, days))
			out.day[out.n++] = day;
	}
	return out;
}

static struct span week(const struct series *s, const struct when *start, int weeks)
{
	int own = date_weekday(start->day);
	dayno first = start->day - (own - s->week_start + 7) % 7 + 7 * weeks;
	struct span out = { .n = 0 };

	for (dayno day = first; day < first + 7; day++)
		if (s->n_by_day ? by_day(s, date_weekday(day), 1, 1) : date_weekday(day) == own)
			out.day[out.n++] = day;
	return out;
}

static bool chosen(const struct series *s, int i, int n)
{
	for (int k = 0; k < s->n_by_set_pos; k++)
		if (s->by_set_pos[k] == i + 1 || s->by_set_pos[k] == i - n)
			return true;
	return !s->n_by_set_pos;
}

static bool ended(const struct series *s, const struct when *start, dayno day, int n)
{
	struct when at = *start;

	if (s->count)
		return n >= s->count;
	at.day = day;
	if (at.date || s->until.date)
		return when_wall(&at).day > when_wall(&s->until).day;
	return when_instant(&at) > when_instant(&s->until);
}

const char *series_days(struct arena *a, const struct series *s, const struct when *start,
                        dayno *days, int room, int *n)
{
	dayno last = date_add(start->day, SERIES_YEARS, UNIT_YEAR);

	*n = 0;
	for (int step = 0; step <= SERIES_YEARS * (s->monthly ? 12 : 53); step += s->interval) {
		struct span in = s->monthly ? month(s, start, step) : week(s, start, step);

		for (int i = 0; i < in.n; i++) {
			if (in.day[i] < start->day || !chosen(s, i, in.n))
				continue;
			if (ended(s, start, in.day[i], *n))
				return NULL;
			if (!*n && in.day[i] != start->day)
				return "it does not begin on a day of its own series: move its first day, or "
				       "make it single meetings";
			if (in.day[i] > last)
				break;
			if (*n == room)
				return arena_fmt(a, "the series has more than %d meetings: make it shorter", room);
			days[(*n)++] = in.day[i];
		}
	}
	if (ended(s, start, last + 1, *n))
		return NULL;
	return arena_fmt(a, "the series goes on for more than %d years: give it an earlier end",
	                 SERIES_YEARS);
}
