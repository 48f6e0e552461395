/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/date.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200 };

static bool leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

int date_days_in_month(int y, int m)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return m == 2 && leap(y) ? 29 : days[m - 1];
}

bool date_valid(int y, int m, int d)
{
	return y >= FIRST_YEAR && y <= LAST_YEAR && m >= 1 && m <= 12 && d >= 1 &&
	       d <= date_days_in_month(y, m);
}

/* Days since the epoch, counting years from March so that the leap day comes
 * last; 719468 is 0000-03-01 (Hinnant, "chrono-compatible low-level date
 * algorithms"). Years here are never negative. */
dayno date_of(int y, int m, int d)
{
	int year = m <= 2 ? y - 1 : y;
	int era = year / 400, of_era = year % 400;
	int of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
	int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;

	return era * 146097 + day_of_era - 719468;
}

static bool in_range(int64_t day)
{
	return day >= date_of(FIRST_YEAR, 1, 1) && day <= date_of(LAST_YEAR, 12, 31);
}

struct ymd date_ymd(dayno day)
{
	int64_t z = (int64_t)day + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int m = (int)(mp < 10 ? mp + 3 : mp - 9);

	return (struct ymd){
		.y = (int)(yoe + era * 400) + (m <= 2),
		.m = m,
		.d = (int)(doy - (153 * mp + 2) / 5) + 1,
	};
}

int date_weekday(dayno day)
{
	int r = (int)(((int64_t)day + 3) % 7); /* the epoch was a Thursday */

	return (r < 0 ? r + 7 : r) + 1;
}

/* The Monday of week 1: the week that holds 4 January. */
static dayno first_monday(int year)
{
	dayno fourth = date_of(year, 1, 4);

	return fourth - (date_weekday(fourth) - 1);
}

int date_week(dayno day, int *year)
{
	/* The week belongs to the year of its Thursday. */
	dayno thursday = day + 4 - date_weekday(day);
	int y = date_ymd(thursday).y;

	if (year)
		*year = y;
	return (thursday - date_of(y, 1, 1)) / 7 + 1;
}

dayno date_of_week(int year, int week, int weekday)
{
	if (year < FIRST_YEAR || year > LAST_YEAR || week < 1 || week > 53 || weekday < 1 ||
	    weekday > 7)
		return DAY_NONE;
	dayno day = first_monday(year) + (week - 1) * 7 + weekday - 1;
	if (week == 53 && first_monday(year + 1) <= day)
		return DAY_NONE;
	return day;
}

static dayno add_months(dayno day, int64_t n)
{
	struct ymd at = date_ymd(day);
	int64_t month = (int64_t)at.y * 12 + (at.m - 1) + n;

	if (month < FIRST_YEAR * 12 || month > LAST_YEAR * 12 + 11)
		return DAY_NONE;
	int y = (int)(month / 12), m = (int)(month % 12) + 1;
	int last = date_days_in_month(y, m);
	return date_of(y, m, at.d < last ? at.d : last);
}

dayno date_add(dayno day, int n, enum unit_of_time unit)
{
	if (!in_range(day))
		return DAY_NONE;
	switch (unit) {
	case UNIT_MONTH:
		return add_months(day, n);
	case UNIT_YEAR:
		return add_months(day, (int64_t)n * 12);
	case UNIT_DAY:
	case UNIT_WEEK:
		break;
	}
	int64_t sum = day + (int64_t)n * (unit == UNIT_WEEK ? 7 : 1);
	return in_range(sum) ? (dayno)sum : DAY_NONE;
}

dayno date_nth_weekday(int y, int m, int nth, int weekday)
{
	dayno first = date_of(y, m, 1);

	return first + (weekday - date_weekday(first) + 7) % 7 + (nth - 1) * 7;
}

dayno date_easter(int y)
{
	int a = y % 19, b = y / 100, c = y % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return date_of(y, n / 31, n % 31 + 1);
}

/* Digits at text[from … from + count - 1], or -1. */
static int digits(const char *text, int from, int count)
{
	int n = 0;

	for (int i = from; i < from + count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		n = n * 10 + (text[i] - '0');
	}
	return n;
}

bool date_parse(const char *text, dayno *out)
{
	/* Each part is read only when what stands before it did not end the text. */
	int y = text ? digits(text, 0, 4) : -1;
	int m = y >= 0 && text[4] == '-' ? digits(text, 5, 2) : -1;
	int d = m >= 0 && text[7] == '-' ? digits(text, 8, 2) : -1;

	if (d < 0 || text[10] || !date_valid(y, m, d))
		return false;
	*out = date_of(y, m, d);
	return true;
}

static char *put(char *at, int n, int count)
{
	for (int i = count - 1; i >= 0; i--, n /= 10)
		at[i] = (char)('0' + n % 10);
	return at + count;
}

char *date_text(dayno day, char out[DATE_TEXT])
{
	char *at = out;

	if (in_range(day)) {
		struct ymd t = date_ymd(day);
		at = put(at, t.y, 4);
		*at++ = '-';
		at = put(at, t.m, 2);
		*at++ = '-';
		at = put(at, t.d, 2);
	}
	*at = '\0';
	return out;
}
