/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_DATE_H
#define OVERSYN_CORE_DATE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Civil dates of the proleptic Gregorian calendar (ISO 8601), 1900–2200.
 * A dayno counts days since 1970-01-01; dates are compared and subtracted as
 * the integers they are. No time of day, no zone: see core/zone.h for those.
 */
typedef int32_t dayno;

#define DAY_NONE INT32_MIN /* unknown; sorts before every date */

enum { DATE_TEXT = 11 }; /* "2027-01-11" and its NUL */

struct ymd {
	int y, m, d; /* m 1–12, d 1–31 */
};

enum unit_of_time { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR };

bool date_valid(int y, int m, int d); /* false for 31 February and outside 1900–2200 */
dayno date_of(int y, int m, int d);   /* of a valid date */
struct ymd date_ymd(dayno day);
int date_weekday(dayno day); /* ISO 8601: Monday 1 … Sunday 7 */
int date_days_in_month(int y, int m);

/* ISO 8601 week number; *year gets the year the week belongs to. */
int date_week(dayno day, int *year);
/* The given weekday of an ISO week; DAY_NONE if the year has no such week. */
dayno date_of_week(int year, int week, int weekday);

/*
 * Adds n units (n may be negative). Months and years are calendar months: a
 * day that the month lacks becomes its last day (29 Feb + 1 Y = 28 Feb).
 */
dayno date_add(dayno day, int n, enum unit_of_time unit);

/* The nth (1 …) weekday of a month: the second Sunday of September … */
dayno date_nth_weekday(int y, int m, int nth, int weekday);
dayno date_easter(int y); /* Easter Sunday, western (Meeus/Jones/Butcher) */

/* "2027-01-11" strictly; false when it is no date. */
bool date_parse(const char *text, dayno *out);
/* Writes ISO 8601 and returns out; "" for DAY_NONE. */
char *date_text(dayno day, char out[DATE_TEXT]);

#endif
