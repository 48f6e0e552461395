/* SPDX-License-Identifier: EUPL-1.2 */
/* Open reviews while the ground moves under them. */
#include <string.h>

#include "core/plan.h"
#include "tests/core/desk.h"
#include "tests/tap.h"

/* What the date was counted from is another day now: the review follows, and so
 * does the calendar event. */
START_TEST(an_open_review_moves_with_what_it_leaned_on)
{
	add("A", "kd", "KS");
	stand("A", 1, "kd@t.example")->last_notice = town_day("2027-01-29");
	item_of("A")->decided = town_day("2026-03-22");
	in.today = town_day("2027-02-02");
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	const struct plan_letter *l = &plan.letters[0];
	ck_assert(l->moved);
	ck_assert_str_eq(l->ref, "GR-1");
	ck_assert(l->items[0].moved);
	ck_assert_int_eq(l->items[0].was, town_day("2027-02-15"));
	ck_assert_int_eq(l->items[0].review.act_by, town_day("2027-03-22"));
	ck_assert_int_eq(l->items[0].review.rung, RUNG_INVITE);
	ck_assert_int_eq(l->items[0].rung, RUNG_NONE);
	ck_assert_int_eq(l->event_day, town_day("2027-03-22"));
	ck_assert_uint_eq(plan.n_superseded, 0);
}
END_TEST

START_TEST(an_event_stays_with_the_first_item_that_is_open)
{
	add("A", "kd", "KS");
	add("B", "kd", "KS");
	stand("A", 1, "kd@t.example")->last_notice = town_day("2027-01-29");
	struct review *b = stand("B", 2, "kd@t.example");
	b->id = "B.1";
	b->last_notice = town_day("2027-01-29");
	item_of("A")->decided = town_day("2026-03-22");
	in.today = town_day("2027-02-02");
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_uint_eq(plan.letters[0].n, 1);
	ck_assert_int_eq(plan.letters[0].event_day, town_day("2027-02-15"));
}
END_TEST

START_TEST(nothing_moves_in_a_recess_nor_what_was_extended)
{
	static struct recess recess = { .key = "sportlov" };

	add("A", "kd", "KS");
	struct review *r = stand("A", 1, "kd@t.example");
	r->last_notice = town_day("2027-01-29");
	item_of("A")->decided = town_day("2026-03-22");
	in.today = town_day("2027-02-02");
	recess.at = (struct period){ town_day("2027-02-01"), town_day("2027-02-07") };
	town.recess = &recess;
	town.n_recess = 1;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	in.today = town_day("2027-02-06"); /* a Saturday */
	town.n_recess = 0;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	in.today = town_day("2027-02-04");
	r->extended_until = town_day("2027-02-19");
	r->act_by = r->extended_until;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	r->extended_until = DAY_NONE;
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
}
END_TEST

START_TEST(what_the_coordinator_holds_moves_without_a_letter)
{
	add("A", "kd", "KS");
	stand("A", 1, "kd@t.example")->state = REVIEW_CHANGES;
	item_of("A")->decided = town_day("2026-03-22");
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_moved, 1);
	ck_assert_int_eq(plan.moved[0].act_by, town_day("2027-03-22"));
	ck_assert_int_eq(plan.moved[0].state, REVIEW_CHANGES);
	/* by a day before it was opened nothing moves */
	standing[0].opened = in.today + 1;
	pass();
	ck_assert_uint_eq(plan.n_moved, 0);
}
END_TEST

START_TEST(what_was_done_by_other_ways_is_asked_no_more)
{
	add("A", "kd", "KS");
	stand("A", 1, "kd@t.example");
	item_of("A")->reviewed = town_day("2027-01-20");
	pass();
	ck_assert_uint_eq(plan.n_superseded, 1);
	ck_assert_int_eq(plan.superseded[0].state, REVIEW_SUPERSEDED);
	ck_assert_uint_eq(plan.n_letters, 0);
}
END_TEST

START_TEST(a_body_that_ends_hands_its_open_reviews_on)
{
	add("A", "kd", "KS");
	stand("A", 1, "kd@t.example");
	for (size_t i = 0; i < town.n_bodies; i++)
		if (!strcmp(town.bodies[i].id, "KS")) {
			town.bodies[i].successor = "SON";
			town.bodies[i].ceases = town_day("2027-01-31");
		}
	pass();
	ck_assert_uint_eq(plan.n_superseded, 1);
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_str_eq(plan.letters[0].body->id, "SON");
	ck_assert_str_eq(plan.letters[0].ref, "");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("plan-moves");
	TCase *t = tcase_create("plan-moves");

	tcase_add_checked_fixture(t, desk_lay, desk_clear);
	tcase_add_test(t, an_open_review_moves_with_what_it_leaned_on);
	tcase_add_test(t, an_event_stays_with_the_first_item_that_is_open);
	tcase_add_test(t, nothing_moves_in_a_recess_nor_what_was_extended);
	tcase_add_test(t, what_the_coordinator_holds_moves_without_a_letter);
	tcase_add_test(t, what_was_done_by_other_ways_is_asked_no_more);
	tcase_add_test(t, a_body_that_ends_hands_its_open_reviews_on);
	suite_add_tcase(s, t);
	return tap_run(s);
}
