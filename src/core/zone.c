/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/zone.h"

#include <string.h>

enum { HOUR = 3600, DAY = 86400, WINTER = 1 * HOUR, SUMMER = 2 * HOUR };

/* 01:00 UTC on the last Sunday of a month that has 31 days. */
static instant turn(int year, int month)
{
	dayno last = date_of(year, month, 31);

	return (instant)(last - date_weekday(last) % 7) * DAY + HOUR;
}

static bool in_summer(instant t, int year)
{
	return t >= turn(year, 3) && t < turn(year, 10);
}

struct wall zone_wall(instant t)
{
	/* Outside the calendar there is nothing to tell: stay at its edge. */
	instant first = (instant)date_of(1900, 1, 1) * DAY;
	instant end = (instant)date_of(2200, 12, 31) * DAY;
	t = t < first ? first : t > end ? end : t;
	/* The clocks never turn at New Year, so the UTC year is good enough. */
	dayno utc = (dayno)((t - first) / DAY) + date_of(1900, 1, 1);
	int offset = in_summer(t, date_ymd(utc).y) ? SUMMER : WINTER;
	instant since = t + offset - first;
	int of_day = (int)(since % DAY);

	return (struct wall){
		.day = (dayno)(since / DAY) + date_of(1900, 1, 1),
		.hour = of_day / HOUR,
		.minute = of_day / 60 % 60,
		.second = of_day % 60,
		.offset = offset,
	};
}

instant zone_instant(dayno day, int hour, int minute, int second)
{
	instant local = (instant)day * DAY + hour * HOUR + minute * 60 + second;

	/* Tried as summer time first: that is the first of two in autumn; in
	 * the gap it lies before the turn, which leaves winter time. */
	return in_summer(local - SUMMER, date_ymd(day).y) ? local - SUMMER : local - WINTER;
}

static int two(const char *s)
{
	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return -1;
	return (s[0] - '0') * 10 + (s[1] - '0');
}

/* "Z", "+01:00", "-05:00": seconds east of UTC into *out. */
static bool parse_offset(const char *s, int *out)
{
	if (strcmp(s, "Z") == 0) {
		*out = 0;
		return true;
	}
	if (strlen(s) != 6 || (s[0] != '+' && s[0] != '-') || s[3] != ':')
		return false;
	int h = two(s + 1), m = two(s + 4);
	if (h < 0 || h > 14 || m < 0 || m > 59)
		return false;
	*out = (h * HOUR + m * 60) * (s[0] == '-' ? -1 : 1);
	return true;
}

bool zone_parse(const char *text, instant *out)
{
	char date[DATE_TEXT];
	dayno day;
	int offset, second = 0;

	if (!text || strlen(text) < DATE_TEXT - 1)
		return false;
	memcpy(date, text, DATE_TEXT - 1);
	date[DATE_TEXT - 1] = '\0';
	if (!date_parse(date, &day))
		return false;
	const char *at = text + DATE_TEXT - 1;
	if (!*at) {
		*out = zone_instant(day, 0, 0, 0);
		return true;
	}
	if (*at != 'T' || strlen(at) < 6 || at[3] != ':')
		return false;
	int hour = two(at + 1), minute = two(at + 4);
	at += 6;
	if (*at == ':') {
		second = strlen(at) < 3 ? -1 : two(at + 1);
		if (second < 0)
			return false;
		at += 3;
	}
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second > 59)
		return false;
	if (!parse_offset(at, &offset))
		return false;
	*out = (instant)day * DAY + hour * HOUR + minute * 60 + second - offset;
	return true;
}

static char *put_two(char *at, int n, char before)
{
	*at++ = before;
	*at++ = (char)('0' + n / 10 % 10);
	*at++ = (char)('0' + n % 10);
	return at;
}

char *zone_text(instant t, char out[INSTANT_TEXT])
{
	struct wall w = zone_wall(t);

	if (t == INSTANT_NONE || !*date_text(w.day, out)) {
		out[0] = '\0';
		return out;
	}
	char *at = out + DATE_TEXT - 1;
	at = put_two(at, w.hour, 'T');
	at = put_two(at, w.minute, ':');
	at = put_two(at, w.second, ':');
	at = put_two(at, w.offset / HOUR, '+');
	at = put_two(at, 0, ':');
	*at = '\0';
	return out;
}
