/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/zone.h"
#include "tests/tap.h"

static dayno day(const char *text)
{
	dayno d = DAY_NONE;

	if (strcmp(text, "-") != 0)
		ck_assert_msg(date_parse(text, &d), "%s is no date", text);
	return d;
}

static void same_day(int line, dayno got, const char *want)
{
	char text[DATE_TEXT];

	ck_assert_msg(got == day(want), "dates.txt:%d: %s, not %s", line, date_text(got, text), want);
}

static void ask_add(int line, char **field, int n)
{
	static const char letters[] = "DWMY";

	ck_assert_int_eq(n, 5);
	enum unit_of_time unit = (enum unit_of_time)(strchr(letters, field[3][0]) - letters);
	same_day(line, date_add(day(field[1]), atoi(field[2]), unit), field[4]);
}

static void ask_week(int line, char **field, int n)
{
	int year;

	ck_assert_int_eq(n, 5);
	int week = date_week(day(field[1]), &year);
	ck_assert_msg(week == atoi(field[2]) && year == atoi(field[3]), "dates.txt:%d: %d-W%d", line,
	              year, week);
	ck_assert_msg(date_weekday(day(field[1])) == atoi(field[4]), "dates.txt:%d", line);
	same_day(line, date_of_week(year, week, date_weekday(day(field[1]))), field[1]);
}

static void ask_date(int line, char **field, int n)
{
	dayno d;

	if (strcmp(field[0], "valid") == 0)
		ck_assert_msg(date_parse(field[1], &d) == (strcmp(field[2], "ja") == 0),
		              "dates.txt:%d: %s", line, field[1]);
	else if (strcmp(field[0], "add") == 0)
		ask_add(line, field, n);
	else if (strcmp(field[0], "week") == 0)
		ask_week(line, field, n);
	else if (strcmp(field[0], "ofweek") == 0)
		same_day(line, date_of_week(atoi(field[1]), atoi(field[2]), atoi(field[3])), field[4]);
	else if (strcmp(field[0], "nth") == 0)
		same_day(line, date_nth_weekday(atoi(field[1]), atoi(field[2]), atoi(field[3]),
		                                atoi(field[4])), field[5]);
	else if (strcmp(field[0], "easter") == 0)
		same_day(line, date_easter(atoi(field[1])), field[2]);
	else
		ck_abort_msg("dates.txt:%d: unknown question %s", line, field[0]);
}

START_TEST(the_calendar_answers_its_table)
{
	tap_table("tests/cases/dates.txt", ask_date);
}
END_TEST

START_TEST(every_day_comes_back_from_its_text)
{
	char text[DATE_TEXT];
	dayno last = date_of(2200, 12, 31), d = date_of(1900, 1, 1);
	struct ymd before = {1899, 12, 31};

	for (int weekday = 1; d <= last; d++, weekday = weekday % 7 + 1) {
		struct ymd at = date_ymd(d);
		ck_assert_int_eq(date_of(at.y, at.m, at.d), d);
		ck_assert_int_eq(date_weekday(d), weekday);
		ck_assert(at.d == before.d + 1 || (at.d == 1 && at.m == before.m % 12 + 1));
		ck_assert_int_eq(day(date_text(d, text)), d);
		before = at;
	}
	ck_assert_int_eq(date_of(1970, 1, 1), 0);
	ck_assert_str_eq(date_text(DAY_NONE, text), "");
	ck_assert_str_eq(date_text(last + 1, text), "");
	ck_assert_int_eq(date_add(DAY_NONE, 1, UNIT_YEAR), DAY_NONE);
	ck_assert(!date_parse(NULL, &d));
}
END_TEST

static void ask_instant(int line, char **field, int n)
{
	instant t;
	char text[INSTANT_TEXT];
	bool ok = zone_parse(field[0], &t);

	ck_assert_msg(ok == (n == 3), "instants.txt:%d: %s", line, field[0]);
	if (!ok)
		return;
	ck_assert_msg(t == atoll(field[1]), "instants.txt:%d: %lld", line, (long long)t);
	ck_assert_str_eq(zone_text(t, text), field[2]);
}

START_TEST(instants_follow_swedish_clocks)
{
	char text[INSTANT_TEXT];
	dayno spring = date_of(2027, 3, 28), autumn = date_of(2027, 10, 31);

	tap_table("tests/cases/instants.txt", ask_instant);
	/* The gap is taken as winter time, the overlap as its first hour. */
	ck_assert_str_eq(zone_text(zone_instant(spring, 2, 30, 0), text), "2027-03-28T03:30:00+02:00");
	ck_assert_str_eq(zone_text(zone_instant(spring, 3, 0, 0), text), "2027-03-28T03:00:00+02:00");
	ck_assert_str_eq(zone_text(zone_instant(autumn, 2, 30, 0), text), "2027-10-31T02:30:00+02:00");
	ck_assert_str_eq(zone_text(zone_instant(autumn, 3, 0, 0), text), "2027-10-31T03:00:00+01:00");
	ck_assert_str_eq(zone_text(INSTANT_NONE, text), "");
	ck_assert_int_eq(zone_wall(INT64_MAX).day, date_of(2200, 12, 31));
}
END_TEST

/* Lichtenberg's form of Gauss's rule (Hartmut Lichtenberg, 1997): another way
 * to the same Sunday than the one in date_easter(). */
static dayno easter_by_gauss(int y)
{
	int k = y / 100, m = 15 + (3 * k + 3) / 4 - (8 * k + 13) / 25, s = 2 - (3 * k + 3) / 4;
	int a = y % 19, d = (19 * a + m) % 30, r = (d + a / 11) / 29;
	int og = 21 + d - r, sz = 7 - (y + y / 4 + s) % 7, oe = 7 - (og - sz) % 7;

	return date_of(y, 3, 1) + og + oe - 1;
}

START_TEST(easter_is_found_in_two_ways)
{
	for (int y = 1900; y <= 2200; y++) {
		dayno easter = date_easter(y);
		ck_assert_int_eq(easter, easter_by_gauss(y));
		ck_assert_int_eq(date_weekday(easter), 7);
		ck_assert_int_ge(easter, date_of(y, 3, 22));
		ck_assert_int_le(easter, date_of(y, 4, 25));
	}
}
END_TEST

/* Counted day by day from Monday 1 January 1900, which began week 1: a week is
 * the first of its year when four of its days lie there. */
START_TEST(weeks_are_counted_one_by_one)
{
	dayno last = date_of(2200, 12, 28);
	int year = 1900, week = 1, long_years = 0;

	for (dayno monday = date_of(1900, 1, 1); monday <= last; monday += 7) {
		for (int d = 0; d < 7; d++) {
			int got;
			ck_assert_int_eq(date_week(monday + d, &got), week);
			ck_assert_int_eq(got, year);
			ck_assert_int_eq(date_of_week(year, week, d + 1), monday + d);
		}
		bool next = date_ymd(monday + 10).y > year; /* next week's Thursday */
		if (next && week == 52)
			ck_assert_int_eq(date_of_week(year, 53, 1), DAY_NONE);
		long_years += next && week == 53;
		week = next ? 1 : week + 1;
		year += next;
	}
	/* 71 of 400 years are long (ISO 8601); of 1900 to 2200 these: */
	ck_assert_int_eq(long_years, 53);
}
END_TEST

/* There and back again, wherever the day was not clamped to a shorter month. */
START_TEST(adding_and_taking_away_meet)
{
	dayno last = date_of(2180, 12, 31);

	for (dayno d = date_of(1920, 1, 1); d <= last; d += 13) {
		for (int n = 1; n <= 240; n += 7) {
			dayno later = date_add(d, n, UNIT_MONTH), back = date_add(later, -n, UNIT_MONTH);
			struct ymd from = date_ymd(d), to = date_ymd(later);
			bool clamped = to.d != from.d;
			ck_assert_int_eq((to.y - from.y) * 12 + to.m - from.m, n);
			ck_assert(!clamped || to.d == date_days_in_month(to.y, to.m));
			ck_assert(clamped ? back < d : back == d);
		}
		ck_assert_int_eq(date_add(d, 4, UNIT_YEAR), date_add(d, 48, UNIT_MONTH));
		ck_assert_int_eq(date_add(d, 52, UNIT_WEEK), date_add(d, 364, UNIT_DAY));
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("date");
	TCase *t = tcase_create("date");

	tcase_add_test(t, the_calendar_answers_its_table);
	tcase_add_test(t, every_day_comes_back_from_its_text);
	tcase_add_test(t, easter_is_found_in_two_ways);
	tcase_add_test(t, weeks_are_counted_one_by_one);
	tcase_add_test(t, adding_and_taking_away_meet);
	tcase_add_test(t, instants_follow_swedish_clocks);
	suite_add_tcase(s, t);
	return tap_run(s);
}
