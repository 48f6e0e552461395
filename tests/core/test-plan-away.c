/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "core/plan.h"
#include "tests/core/desk.h"
#include "tests/tap.h"

static void away(const char *role, const char *from, const char *to)
{
	town.absences = arena_grow(&town.arena, town.absences, town.n_absences, &town.cap_absences,
	                           sizeof(*town.absences));
	town.absences[town.n_absences++] = (struct absence){
		.role = role, .from = town_day(from), .to = town_day(to), .source = "register",
	};
}

/* KS's item must be ready on 15 February, its last reminder goes on the 10th; today
 * is the 1st, and the reminder is due. */
static struct review *asked_kd(void)
{
	add("A", "kd", "KS");
	return stand("A", 5, "kd@t.example");
}

static void goes_to_the_deputy(enum rung rung)
{
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_DEPUTY);
	ck_assert_str_eq(plan.letters[0].holder->id, "bkd");
	ck_assert_str_eq(plan.letters[0].ref, "");
	ck_assert_int_eq(plan.letters[0].items[0].n, 1);
	ck_assert_int_eq(plan.letters[0].items[0].review.n, 5);
	ck_assert_int_eq(plan.letters[0].items[0].rung, rung);
	ck_assert_str_eq(plan.letters[0].items[0].review.deputy, "bkd");
	ck_assert_str_eq(plan.letters[0].items[0].holder->id, "kd");
}

START_TEST(a_holder_who_is_back_in_time_is_left_in_peace)
{
	asked_kd();
	away("kd", "2027-01-25", "2027-02-09");
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	in.today = town_day("2027-02-10");
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_REVIEW);
	ck_assert_int_eq(plan.letters[0].rung, RUNG_LAST_REMIND);
}
END_TEST

START_TEST(a_deputy_is_asked_in_place_of_a_reminder)
{
	static const struct unsent unsent[] = { { "X.1", "" } };

	asked_kd();
	away("kd", "2027-01-25", "2027-02-10");
	in.unsent = unsent; /* what the holder was to get waits */
	in.n_unsent = 1;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_int_eq(plan.looks[0].next, in.today + 1);
	in.n_unsent = 0;
	pass();
	goes_to_the_deputy(RUNG_REMIND);
}
END_TEST

/* As soon as it is known, and once: not again before there is a new rung. */
START_TEST(a_deputy_is_asked_at_once_and_not_twice)
{
	struct review *r = asked_kd();

	r->rung = RUNG_REMIND;
	r->last_notice = town_day("2027-02-01");
	in.today = town_day("2027-02-03");
	away("kd", "2027-02-02", "2027-02-26");
	pass();
	goes_to_the_deputy(RUNG_REMIND);
	r->deputy = "bkd";
	r->last_notice = in.today++;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_int_eq(plan.looks[0].next, town_day("2027-02-10"));
	in.today = town_day("2027-02-10");
	pass();
	goes_to_the_deputy(RUNG_LAST_REMIND);
}
END_TEST

START_TEST(no_letter_on_a_day_off)
{
	asked_kd()->rung = RUNG_REMIND;
	away("kd", "2027-02-02", "2027-02-26");
	in.today = town_day("2027-02-06");
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_int_eq(plan.looks[0].next, town_day("2027-02-08"));
}
END_TEST

static void deputy_away(void)
{
	away("bkd", "2027-01-25", "2027-02-26");
}

static void deputy_gone(void)
{
	town_role(&town, "bkd")->to = town_day("2027-01-31");
}

static void deputy_same(void)
{
	town_role(&town, "bkd")->address = "KD@t.example";
}

static void no_deputy(void)
{
	town_role(&town, "kd")->deputy = NULL;
}

static void (*const nobody[])(void) = { deputy_away, deputy_gone, deputy_same, no_deputy };

START_TEST(where_nobody_stands_in_the_holder_is_reminded)
{
	asked_kd();
	away("kd", "2027-01-25", "2027-02-26");
	nobody[_i]();
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_REVIEW);
	ck_assert_str_eq(plan.letters[0].holder->id, "kd");
}
END_TEST

/* What is far too late goes on upwards, whoever is away. */
START_TEST(an_absence_does_not_stop_the_ladder)
{
	struct review *r = asked_kd();

	town.settings.contact_role = "sc";
	r->rung = RUNG_OVERDUE;
	r->deputy = "bkd";
	r->last_notice = town_day("2027-02-16");
	in.today = town_day("2027-03-08");
	away("kd", "2027-01-25", "2027-06-30");
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_ESCALATION);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("plan-away");
	TCase *t = tcase_create("plan-away");

	tcase_add_checked_fixture(t, desk_lay, desk_clear);
	tcase_add_test(t, a_holder_who_is_back_in_time_is_left_in_peace);
	tcase_add_test(t, a_deputy_is_asked_in_place_of_a_reminder);
	tcase_add_test(t, a_deputy_is_asked_at_once_and_not_twice);
	tcase_add_test(t, no_letter_on_a_day_off);
	tcase_add_loop_test(t, where_nobody_stands_in_the_holder_is_reminded, 0, ARRAY_LEN(nobody));
	tcase_add_test(t, an_absence_does_not_stop_the_ladder);
	suite_add_tcase(s, t);
	return tap_run(s);
}
