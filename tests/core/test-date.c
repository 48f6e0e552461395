/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "core/date.h"
#include "core/workday.h"
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

static void ask_holiday(int line, char **field, int n)
{
	dayno d = day(field[0]);
	const char *name = workday_holiday(d);

	ck_assert_int_eq(n, 4);
	ck_assert_msg(strcmp(name ? name : "-", field[2]) == 0, "holidays.txt:%d: %s", line, name);
	ck_assert_msg(workday_is(NULL, d) == (strcmp(field[3], "ja") == 0), "holidays.txt:%d", line);
	ck_assert_msg(date_week(d, NULL) == atoi(field[1]), "holidays.txt:%d", line);
}

START_TEST(holidays_agree_with_the_table)
{
	int named = 0;

	tap_table("tests/cases/holidays.txt", ask_holiday);
	/* And the rule knows no more than the table's six years. */
	for (dayno d = date_of(2026, 1, 1); d <= date_of(2031, 12, 31); d++)
		named += workday_holiday(d) != NULL;
	ck_assert_int_eq(named, 6 * 16);
}
END_TEST

START_TEST(working_days_are_counted)
{
	struct workcal plain = {.own = NULL};
	dayno thursday = date_of(2027, 5, 6); /* Kristi himmelsfärdsdag */
	static const struct {
		int from[3], n, to[3];
	} cases[] = {
		{{2027, 5, 6}, 1, {2027, 5, 7}},
		{{2027, 5, 6}, -1, {2027, 5, 5}},
		{{2027, 3, 25}, 1, {2027, 3, 30}}, /* over Easter */
		{{2026, 12, 23}, 1, {2026, 12, 28}},
		{{2026, 12, 30}, 1, {2027, 1, 4}},
		{{2027, 1, 11}, 0, {2027, 1, 11}},
		{{2027, 1, 10}, 0, {2027, 1, 10}},
		{{2027, 1, 11}, -3, {2027, 1, 5}},
		{{2027, 1, 11}, 25, {2027, 2, 15}},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const int *f = cases[i].from, *t = cases[i].to;
		ck_assert_int_eq(workday_add(&plain, date_of(f[0], f[1], f[2]), cases[i].n),
		                 date_of(t[0], t[1], t[2]));
	}
	ck_assert_int_eq(workday_on_or_after(&plain, thursday), thursday + 1);
	ck_assert_int_eq(workday_on_or_before(&plain, thursday), thursday - 1);
	struct workcal squeezed = {.squeeze_off = true};
	ck_assert_int_eq(workday_on_or_after(&squeezed, thursday), date_of(2027, 5, 10));
	ck_assert_int_eq(workday_on_or_before(&plain, DAY_NONE), DAY_NONE);
	ck_assert_int_eq(workday_add(&plain, date_of(2200, 12, 30), 2147483647), DAY_NONE);
}
END_TEST

START_TEST(the_municipality_has_the_last_word)
{
	dayno friday = date_of(2027, 5, 7);
	const struct day_off own[] = {
		{friday - 1, true, "arbetar ändå"},
		{friday, false, "klämdag"},
	};
	const struct period recess[] = {{date_of(2027, 6, 28), date_of(2027, 8, 8)}};
	struct workcal cal = {.own = own, .n_own = 2, .recess = recess, .n_recess = 1};

	ck_assert(workday_is(&cal, friday - 1));
	ck_assert(!workday_is(&cal, friday));
	ck_assert(workday_is(&cal, friday + 3));
	ck_assert_ptr_null(workday_recess(&cal, date_of(2027, 6, 27)));
	ck_assert_ptr_eq(workday_recess(&cal, date_of(2027, 6, 28)), recess);
	ck_assert_ptr_eq(workday_recess(&cal, date_of(2027, 8, 8)), recess);
	ck_assert_ptr_null(workday_recess(&cal, date_of(2027, 8, 9)));
	/* A table that leaves no working day must not hang the program. */
	struct day_off *all = calloc(2000, sizeof(*all));
	for (int i = 0; i < 2000; i++)
		all[i].day = friday - 1000 + i;
	struct workcal none = {.own = all, .n_own = 2000};
	ck_assert_int_eq(workday_on_or_after(&none, friday), friday);
	free(all);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("date");
	TCase *t = tcase_create("date");

	tcase_add_test(t, the_calendar_answers_its_table);
	tcase_add_test(t, every_day_comes_back_from_its_text);
	tcase_add_test(t, instants_follow_swedish_clocks);
	tcase_add_test(t, holidays_agree_with_the_table);
	tcase_add_test(t, working_days_are_counted);
	tcase_add_test(t, the_municipality_has_the_last_word);
	suite_add_tcase(s, t);
	return tap_run(s);
}
