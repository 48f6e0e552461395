/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "core/registry.h"
#include "tests/tap.h"

static dayno day(const char *text)
{
	dayno d;

	ck_assert_msg(date_parse(text, &d), "%s is no date", text);
	return d;
}

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

/* What other people's programs say: 2020 to 2060, every day of them. */
enum { FROZEN_FROM = 2020, FROZEN_TO = 2060, FROZEN_NAMES = 820 };
static struct frozen {
	dayno day;
	char name[40];
	bool eve;
} frozen[FROZEN_NAMES];
static size_t n_frozen;

static void freeze(int line, char **field, int n)
{
	ck_assert_msg(n == 3 && n_frozen < FROZEN_NAMES, "holidays-2020-2060.txt:%d", line);
	struct frozen *f = &frozen[n_frozen++];
	*f = (struct frozen){ .day = day(field[0]), .eve = !strcmp(field[2], "afton") };
	strncpy(f->name, field[1], sizeof(f->name) - 1);
}

/* Whether the table has this name (any, for NULL) on the day. */
static bool is_frozen(dayno d, const char *name, bool eve)
{
	for (size_t i = 0; i < n_frozen; i++)
		if (frozen[i].day == d && frozen[i].eve == eve &&
		    (!name || !strcmp(frozen[i].name, name)))
			return true;
	return false;
}

START_TEST(every_day_of_forty_years_is_as_others_say)
{
	struct workcal eves_off = { .eves_off = true };
	dayno last = date_of(FROZEN_TO, 12, 31);
	char text[DATE_TEXT];

	n_frozen = 0;
	tap_table("tests/cases/holidays-2020-2060.txt", freeze);
	ck_assert_uint_eq(n_frozen, FROZEN_NAMES);
	for (dayno d = date_of(FROZEN_FROM, 1, 1); d <= last; d++) {
		const char *name = workday_holiday(d), *eve = workday_eve(d);
		bool weekend = date_weekday(d) >= 6, off = is_frozen(d, NULL, false);
		bool is_eve = is_frozen(d, NULL, true) || is_frozen(d + 1, "Kristi himmelsfärdsdag", false);

		date_text(d, text);
		ck_assert_msg(name ? is_frozen(d, name, false) : !off, "%s: %s", text, name);
		ck_assert_msg(workday_is(NULL, d) == !(off || weekend), "%s", text);
		ck_assert_msg((eve != NULL) == (is_eve && !weekend), "%s: %s", text, eve);
		ck_assert_msg(!eve || is_frozen(d, eve, true) || strstr(eve, "Kristi"), "%s", text);
		ck_assert_msg(workday_is(&eves_off, d) == !(off || weekend || is_eve), "%s", text);
	}
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

static void ask_name(int line, char **field, int n)
{
	ck_assert_msg(n == 4, "days-off.txt:%d: date | eves | squeeze days | name", line);
	struct registry r AUTO(registry_release);
	registry_init(&r);
	r.settings.eves_work = !strcmp(field[1], "ja");
	r.settings.squeeze_work = !strcmp(field[2], "ja");
	struct workcal cal = registry_workcal(&r);
	dayno d = day(field[0]);
	const char *name = workday_name(&cal, d);
	ck_assert_msg(!strcmp(name ? name : "-", field[3]), "days-off.txt:%d: %s", line, name);
	ck_assert_msg(workday_is(&cal, d) == !name, "days-off.txt:%d", line);
}

START_TEST(a_day_off_says_why)
{
	const struct day_off own[] = {
		{ day("2027-01-05"), true, "trettondagsafton" },
		{ day("2027-03-25"), false, NULL },
		{ day("2027-03-26"), false, "kommunens dag" },
		{ day("2027-05-07"), true, NULL },
		{ day("2027-09-01"), false, NULL },
	};
	struct workcal cal = { .own = own, .n_own = ARRAY_LEN(own), .eves_off = true,
		.squeeze_off = true };

	tap_table("tests/cases/days-off.txt", ask_name);
	/* The municipality's own table wins, per date. */
	ck_assert_ptr_null(workday_name(&cal, day("2027-01-05")));
	ck_assert_str_eq(workday_name(&cal, day("2027-03-25")), "skärtorsdagen");
	ck_assert_str_eq(workday_name(&cal, day("2027-03-26")), "kommunens dag");
	ck_assert_ptr_null(workday_name(&cal, day("2027-05-07")));
	ck_assert_str_eq(workday_name(&cal, day("2027-09-01")), "ledig dag");
	ck_assert_str_eq(workday_name(NULL, day("2027-05-06")), "Kristi himmelsfärdsdag");
	ck_assert(!workday_is(&cal, DAY_NONE));
}
END_TEST

/* How many working days a year has, at least and at most. */
static void count_years(const struct workcal *cal, int least, int most)
{
	for (int y = 1900; y <= 2200; y++) {
		int n = 0;
		for (dayno d = date_of(y, 1, 1); d <= date_of(y, 12, 31); d++)
			n += workday_is(cal, d);
		ck_assert_msg(n >= least && n <= most, "%d: %d working days", y, n);
	}
}

START_TEST(years_have_their_working_days)
{
	struct workcal plain = { .own = NULL };
	struct workcal eves = { .eves_off = true }, both = { .eves_off = true, .squeeze_off = true };

	/* 260 to 262 weekdays, less those of up to fourteen holidays. */
	count_years(&plain, 247, 256);
	count_years(&eves, 242, 252);
	count_years(&both, 235, 251);
}
END_TEST

static void count_there_and_back(const struct workcal *cal, dayno d)
{
	dayno before = workday_on_or_before(cal, d), after = workday_on_or_after(cal, d);

	ck_assert(workday_is(cal, before) && workday_is(cal, after));
	ck_assert(before <= d && d <= after);
	ck_assert_int_eq(workday_on_or_before(cal, before), before);
	ck_assert_int_eq(workday_on_or_after(cal, after), after);
	ck_assert_int_eq(workday_on_or_before(cal, after), after);
	if (before != d)
		ck_assert_int_eq(workday_add(cal, before, 1), after);
	for (int n = 1; n <= 40; n += 13) {
		dayno later = workday_add(cal, before, n);
		ck_assert_int_eq(workday_add(cal, later, -n), before);
		int between = 0;
		for (dayno at = before + 1; at <= later; at++)
			between += workday_is(cal, at);
		ck_assert_int_eq(between, n);
	}
}

START_TEST(counting_back_undoes_counting_on)
{
	struct workcal plain = { .own = NULL }, both = { .eves_off = true, .squeeze_off = true };
	dayno last = date_of(2200, 10, 1);

	for (dayno d = date_of(1900, 1, 5); d <= last; d += 11) {
		count_there_and_back(&plain, d);
		count_there_and_back(&both, d);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("workday");
	TCase *t = tcase_create("workday");

	tcase_add_test(t, holidays_agree_with_the_table);
	tcase_add_test(t, every_day_of_forty_years_is_as_others_say);
	tcase_add_test(t, working_days_are_counted);
	tcase_add_test(t, the_municipality_has_the_last_word);
	tcase_add_test(t, a_day_off_says_why);
	tcase_add_test(t, years_have_their_working_days);
	tcase_add_test(t, counting_back_undoes_counting_on);
	suite_add_tcase(s, t);
	return tap_run(s);
}
