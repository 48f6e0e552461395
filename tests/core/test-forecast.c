/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "core/forecast.h"
#include "core/merge.h"
#include "tests/core/town.h"
#include "tests/tap.h"

static struct arena arena;
static struct registry town;

static void lay(void)
{
	arena = (struct arena)ARENA_INIT;
	town_build(&town);
}

static void clear(void)
{
	registry_release(&town);
	arena_release(&arena);
}

static struct item *add(const char *id, const char *role, const char *rule, const char *reviewed)
{
	struct item *i = town_item(&town, id, role, "KS", NULL);

	i->rule_text = rule;
	i->reviewed = town_day(reviewed);
	return i;
}

static struct forecast look(int months)
{
	struct forecast f;

	registry_index(&town);
	forecast_make(&town, NULL, 0, town_day("2027-01-11"), months, &arena, &f);
	return f;
}

static void is(const struct forecast *f, size_t n, const char *item, const char *act_by,
               const char *letter)
{
	char text[DATE_TEXT];

	ck_assert_uint_gt(f->n, n);
	ck_assert_str_eq(f->at[n].item->id, item);
	ck_assert_str_eq(date_text(f->at[n].act_by, text), act_by);
	ck_assert_str_eq(date_text(f->at[n].letter, text), letter);
}

START_TEST(each_review_follows_from_the_one_before)
{
	add("A", "kd", "var fjärde månad", "2026-12-15");
	add("B", "sc", "vartannat år", "2025-06-01");
	struct forecast f = look(12);

	ck_assert_uint_eq(f.n, 4);
	is(&f, 0, "A", "2027-04-15", "2027-03-04");
	is(&f, 1, "B", "2027-06-01", "2027-04-20");
	is(&f, 2, "A", "2027-08-13", "2027-07-02"); /* the 15th is a Sunday */
	is(&f, 3, "A", "2027-12-13", "2027-11-01");
	ck_assert(f.at[0].first && !f.at[2].first);
}
END_TEST

START_TEST(what_is_late_is_done_today)
{
	add("A", "kd", "årligen", "2025-03-01");
	struct forecast f = look(24);

	ck_assert_uint_eq(f.n, 3);
	is(&f, 0, "A", "2027-01-11", "2027-01-11");
	is(&f, 1, "A", "2028-01-11", "2027-11-30");
	is(&f, 2, "A", "2029-01-11", "2028-11-30");
}
END_TEST

START_TEST(what_no_review_moves_comes_once)
{
	struct item *i = add("A", "kd", "årligen", "2026-12-01");

	i->rule_text = "-";
	i->validity = "2027-03-31";
	struct forecast f = look(48);
	ck_assert_uint_eq(f.n, 1);
	is(&f, 0, "A", "2027-03-31", "2027-02-17");
}
END_TEST

START_TEST(an_open_review_has_had_its_letter)
{
	struct review open = { .item = "A" };
	struct forecast f;

	add("A", "kd", "årligen", "2026-02-01");
	registry_index(&town);
	forecast_make(&town, &open, 1, town_day("2027-01-11"), 12, &arena, &f);
	ck_assert_int_eq(f.at[0].letter, DAY_NONE);
}
END_TEST

START_TEST(one_letter_serves_what_one_person_does_by_one_day)
{
	add("A", "kd", "årligen", "2026-04-15");
	add("B", "kd", "årligen", "2026-04-15");
	add("C", "sc", "årligen", "2026-04-15");
	struct forecast f = look(12);
	size_t n;
	struct week *all = forecast_weeks(&f, NULL, NULL, &arena, &n);

	ck_assert_uint_eq(n, 53);
	ck_assert_int_eq(all[0].number, 2);
	ck_assert_uint_eq(all[13].reviews, 3); /* week 15 */
	ck_assert_uint_eq(all[7].letters, 2);  /* week 9, by kd and by sc */
	ck_assert(all[13].peak == false);
	struct week *one = forecast_weeks(&f, NULL, "sc", &arena, &n);
	ck_assert_uint_eq(one[13].reviews, 1);
	one = forecast_weeks(&f, "SON", NULL, &arena, &n);
	ck_assert_uint_eq(one[13].reviews, 0);
}
END_TEST

static void twelve_in_one_week(void)
{
	static const char *const ids[] = { "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L" };
	static const char *const roles[] = { "kd", "bkd", "sc" };
	char day[] = "2026-06-08";

	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		day[9] = (char)('0' + 4 + i % 5 + (i % 5 > 3)); /* a week of June */
		add(ids[i], roles[i % 3], "årligen", day);
	}
}

START_TEST(a_peak_is_spread_over_the_weeks_before)
{
	struct level level;

	twelve_in_one_week();
	struct forecast f = look(12);
	forecast_level(&town, &f, town_day("2027-01-11"), &arena, &level);
	ck_assert_uint_gt(level.n, 0);
	ck_assert_uint_lt(level.peak_after, level.peak_before);
	for (size_t i = 0; i < level.n; i++) {
		const struct forecast_review *x = level.at[i].review;

		ck_assert_int_lt(level.at[i].to, x->act_by);
		ck_assert_int_le(x->act_by - level.at[i].to, 60);
		ck_assert_int_ge(level.at[i].to, town_day("2027-02-22"));
		ck_assert_int_lt(date_weekday(level.at[i].to), 6);
	}
}
END_TEST

/* Applied, the due dates are as before and no more is proposed. */
START_TEST(a_plan_that_was_applied_is_smooth)
{
	struct level level, again;
	struct due before, after;

	twelve_in_one_week();
	struct forecast f = look(12);
	forecast_level(&town, &f, town_day("2027-01-11"), &arena, &level);
	size_t n = level.n;
	for (size_t i = 0; i < n; i++) {
		const struct forecast_review *x = level.at[i].review;

		town.exceptions = arena_grow(&town.arena, town.exceptions, town.n_exceptions,
		                             &town.cap_exceptions, sizeof(*town.exceptions));
		due_compute(&town, x->item, town_day("2027-01-11"), &arena, &before);
		town.exceptions[town.n_exceptions++] = (struct exception){
			.item = x->item->id, .day = x->due, .kind = EXCEPTION_PLAN,
			.to = level.at[i].to, .reason = "r",
		};
		due_compute(&town, x->item, town_day("2027-01-11"), &arena, &after);
		ck_assert_int_eq(after.due, before.due);
	}
	f = look(12);
	forecast_level(&town, &f, town_day("2027-01-11"), &arena, &again);
	ck_assert_uint_eq(again.n, 0);
	ck_assert_uint_eq(again.peak_before, level.peak_after);
}
END_TEST

START_TEST(what_is_smooth_stays_as_it_is)
{
	struct level level;

	add("A", "kd", "årligen", "2026-05-04");
	add("B", "kd", "årligen", "2026-06-08");
	struct forecast f = look(12);
	forecast_level(&town, &f, town_day("2027-01-11"), &arena, &level);
	ck_assert_uint_eq(level.n, 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("forecast");
	TCase *t = tcase_create("forecast");

	tcase_add_checked_fixture(t, lay, clear);
	tcase_add_test(t, each_review_follows_from_the_one_before);
	tcase_add_test(t, what_is_late_is_done_today);
	tcase_add_test(t, what_no_review_moves_comes_once);
	tcase_add_test(t, an_open_review_has_had_its_letter);
	tcase_add_test(t, one_letter_serves_what_one_person_does_by_one_day);
	tcase_add_test(t, a_peak_is_spread_over_the_weeks_before);
	tcase_add_test(t, a_plan_that_was_applied_is_smooth);
	tcase_add_test(t, what_is_smooth_stays_as_it_is);
	suite_add_tcase(s, t);
	return tap_run(s);
}
