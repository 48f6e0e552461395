/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "core/merge.h"
#include "core/plan.h"
#include "tests/core/desk.h"
#include "tests/tap.h"

START_TEST(one_letter_per_person_and_body)
{
	add("A", "kd", "KS");
	add("B", "kd", "SON"); /* the same person for another body */
	add("C", "sc", "SON"); /* another person for the same body */
	add("D", "kd", "KS");
	pass();
	ck_assert_uint_eq(plan.n_letters, 3);
	for (size_t i = 0; i < plan.n_letters; i++) {
		const struct plan_letter *l = &plan.letters[i];

		ck_assert_int_eq(l->kind, PLAN_REVIEW);
		ck_assert_str_eq(l->ref, "");
		for (size_t k = 0; k < l->n; k++) {
			ck_assert_str_eq(l->items[k].item->body, l->body->id);
			ck_assert_str_eq(l->items[k].item->responsible, l->holder->id);
			ck_assert_int_eq(l->items[k].review.n, (int)k + 1);
			ck_assert(l->items[k].opened);
			ck_assert_int_eq(l->items[k].review.state, REVIEW_OPEN);
			ck_assert_str_eq(l->items[k].review.version,
			                 plan_version(&arena, l->items[k].item));
		}
	}
	ck_assert_uint_eq(plan.letters[0].n, 2);
	ck_assert_str_eq(plan.letters[0].items[1].item->id, "D");
}
END_TEST

START_TEST(numbers_stay_with_their_items)
{
	add("A", "kd", "KS");
	add("B", "kd", "KS");
	stand("A", 7, "kd@t.example");
	pass(); /* A's reminder is the 14th day before: today; B is new */
	ck_assert_uint_eq(plan.n_letters, 2);
	ck_assert_str_eq(plan.letters[0].ref, "GR-1");
	ck_assert_uint_eq(plan.letters[0].n, 1);
	ck_assert_int_eq(plan.letters[0].items[0].review.n, 7);
	ck_assert_int_eq(plan.letters[0].items[0].rung, RUNG_REMIND);
	ck_assert(!plan.letters[0].items[0].opened);
	ck_assert_str_eq(plan.letters[1].ref, "");
	ck_assert_int_eq(plan.letters[1].items[0].review.n, 1);
	ck_assert_uint_eq(plan.n_superseded, 0);
}
END_TEST

START_TEST(the_same_rung_is_not_sent_twice)
{
	add("A", "kd", "KS");
	stand("A", 1, "kd@t.example")->rung = RUNG_REMIND;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
}
END_TEST

START_TEST(a_reminder_rests_after_its_invitation)
{
	add("A", "kd", "KS");
	stand("A", 1, "kd@t.example")->last_notice = in.today - LADDER_REST_DAYS + 1;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	standing[0].last_notice--;
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
}
END_TEST

/* What waits for a body has been signed. */
static void hand(struct review *r, enum review_state to)
{
	r->state = to;
	r->signed_on = to == REVIEW_AWAITING ? r->opened : DAY_NONE;
}

START_TEST(a_retired_item_cancels)
{
	add("A", "kd", "KS")->retired = true;
	add("B", "kd", "KS")->retired = true;
	hand(stand("A", 1, "kd@t.example"), REVIEW_AWAITING);
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_superseded, 1);
	ck_assert_int_eq(plan.superseded[0].state, REVIEW_CANCELLED);
	ck_assert_uint_eq(plan.n_findings, 0);
}
END_TEST

/* In whose hands the request may be for the register's change to void it. */
static const struct {
	enum review_state state;
	bool voided;
} hands[] = {
	{ REVIEW_OPEN, true },      { REVIEW_CHANGES, true }, { REVIEW_MISDIRECTED, true },
	{ REVIEW_AWAITING, false },
};

static void is_asked_anew(int i)
{
	ck_assert_uint_eq(plan.n_superseded, hands[i].voided);
	ck_assert_uint_eq(plan.n_letters, hands[i].voided);
	if (!hands[i].voided)
		return;
	ck_assert_int_eq(plan.superseded[0].state, REVIEW_SUPERSEDED);
	ck_assert_str_eq(plan.letters[0].ref, "");
	ck_assert(plan.letters[0].items[0].opened);
}

START_TEST(a_changed_item_is_asked_anew)
{
	add("A", "kd", "KS");
	hand(stand("A", 1, "kd@t.example"), hands[_i].state);
	town.items[0].shown = "A, as the coordinator changed it";
	pass();
	is_asked_anew(_i);
}
END_TEST

START_TEST(a_new_holder_is_asked_anew)
{
	add("A", "kd", "KS");
	hand(stand("A", 1, "old.kd@t.example"), hands[_i].state);
	pass();
	is_asked_anew(_i);
	if (hands[_i].voided)
		ck_assert_str_eq(plan.letters[0].holder->address, "kd@t.example");
}
END_TEST

START_TEST(the_coordinator_has_the_ball)
{
	static const enum review_state states[] = { REVIEW_CHANGES, REVIEW_MISDIRECTED,
	                                            REVIEW_AWAITING };

	add("A", "kd", "KS");
	hand(stand("A", 1, "kd@t.example"), states[_i]);
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_superseded, 0);
}
END_TEST

START_TEST(the_officer_is_never_asked_to_approve)
{
	add("A", "dso", "KS");
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_str_eq(plan.letters[0].holder->id, "kd");
	/* nor another officer above, nor officers in a ring */
	town_role(&town, "kd")->kind = ROLE_OFFICER;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	town_role(&town, "kd")->superior = "dso";
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_ptr_null(plan_approver(&town, registry_item(&town, "A"), in.today));
}
END_TEST

START_TEST(nobody_outside_their_time_is_written_to)
{
	add("A", "kd", "KS");
	town_role(&town, "kd")->to = in.today - 1;
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_str_eq(plan.letters[0].holder->id, "bkd");
	town_role(&town, "bkd")->from = in.today + 1;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	ck_assert_str_eq(plan.findings[0].item->id, "A");
	town_role(&town, "bkd")->from = in.today;
	town_role(&town, "bkd")->address = NULL;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_findings, 1);
}
END_TEST

START_TEST(a_missing_holder_is_a_finding)
{
	add("A", NULL, "KS");
	add("B", "nobody", "KS");
	town_item(&town, "C", NULL, "KS", NULL)->rule_text = "tills vidare";
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_findings, 3);
}
END_TEST

static size_t questions(const char *today)
{
	in.today = town_day(today);
	pass();
	for (size_t i = 0; i < plan.n_letters; i++) {
		ck_assert_int_eq(plan.letters[i].kind, PLAN_QUESTION);
		ck_assert_int_eq(plan.letters[i].act_by, DAY_NONE);
		ck_assert_int_eq(plan.letters[i].items[0].review.n, 1);
	}
	return plan.n_letters;
}

START_TEST(what_is_not_known_is_asked_once_a_quarter)
{
	town_item(&town, "A", "kd", "KS", "2026-03-01")->rule_text = "tills vidare";
	ck_assert_uint_eq(questions("2027-01-30"), 0); /* a Saturday */
	ck_assert_uint_eq(questions(DESK_TODAY), 1);
	asked[0] = (struct question){ .item = "A", .day = town_day("2026-02-01") };
	asked[1] = (struct question){ .item = "A", .day = town_day(DESK_TODAY) };
	in.n_asked = 2;
	ck_assert_uint_eq(questions("2027-02-02"), 0);
	ck_assert_uint_eq(questions("2027-04-30"), 0); /* day 88 */
	ck_assert_uint_eq(questions("2027-05-03"), 1); /* day 91, a Monday */
	town.recess = arena_grow(&town.arena, town.recess, 0, &town.cap_recess, sizeof(*town.recess));
	town.recess[0] = (struct recess){ "uppehåll_maj", true,
		{ town_day("2000-05-01"), town_day("2000-05-09") } };
	town.n_recess = 1;
	ck_assert_uint_eq(questions("2027-05-03"), 0);
	ck_assert_uint_eq(questions("2027-05-10"), 1);
}
END_TEST

/* How many reviews a year opens when each is signed five days later. */
static int reviews_in_a_year(const char *rule, const char *validity)
{
	int opened = 0;

	desk_clear(); /* each rule in a town of its own */
	desk_lay();
	struct item *i = add("A", "kd", "KS");
	i->rule_text = rule;
	i->validity = validity;
	i->decided = town_day("2026-08-17");
	dayno from = town_day("2027-01-11");
	for (in.today = from; in.today < from + 365; in.today++) {
		pass();
		if (!plan.n_letters)
			continue;
		ck_assert_int_eq(plan.letters[0].kind, PLAN_REVIEW);
		opened++;
		town.items[0].reviewed = in.today += 5;
	}
	return opened;
}

START_TEST(what_is_signed_is_not_asked_again_at_once)
{
	ck_assert_int_eq(reviews_in_a_year("årligen", NULL), 1);
	ck_assert_int_eq(reviews_in_a_year(NULL, "2027-06-30"), 1);
	int monthly = reviews_in_a_year("varje månad", NULL);
	ck_assert_msg(monthly >= 12 && monthly <= 19, "%d reviews of a monthly item", monthly);
	ck_assert_int_eq(reviews_in_a_year("vart fjärde år", NULL), 0);
}
END_TEST

START_TEST(a_signed_but_undecided_date_is_a_finding)
{
	struct item *i = add("A", "kd", "KS");

	i->rule_text = NULL;
	i->validity = "2027-02-15";
	pass();
	ck_assert_int_eq(plan.letters[0].kind, PLAN_REVIEW);
	ck_assert_uint_eq(plan.n_letters, 1);
	town.items[0].reviewed = town_day("2027-01-08");
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	town.items[0].reviewed = town_day("2026-09-20"); /* before the ladder began */
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
}
END_TEST

START_TEST(merging_keeps_the_later_row)
{
	struct registry more;

	add("A", "kd", "KS");
	registry_index(&town);
	town_build(&more);
	town_item(&more, "A", "sc", "SON", "2026-05-01");
	town_item(&more, "B", "kd", "KS", "2026-05-01");
	registry_merge(&town, &more);
	registry_index(&town);
	ck_assert_uint_eq(town.n_items, 2);
	ck_assert_uint_eq(town.n_roles, 4);
	ck_assert_uint_eq(town.n_bodies, 2);
	ck_assert_str_eq(registry_item(&town, "A")->responsible, "sc");
	registry_release(&more);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("plan");
	TCase *t = tcase_create("plan");

	tcase_add_checked_fixture(t, desk_lay, desk_clear);
	tcase_add_test(t, one_letter_per_person_and_body);
	tcase_add_test(t, numbers_stay_with_their_items);
	tcase_add_test(t, the_same_rung_is_not_sent_twice);
	tcase_add_test(t, a_reminder_rests_after_its_invitation);
	tcase_add_test(t, a_retired_item_cancels);
	tcase_add_loop_test(t, a_changed_item_is_asked_anew, 0, 4);
	tcase_add_loop_test(t, a_new_holder_is_asked_anew, 0, 4);
	tcase_add_loop_test(t, the_coordinator_has_the_ball, 0, 3);
	tcase_add_test(t, the_officer_is_never_asked_to_approve);
	tcase_add_test(t, nobody_outside_their_time_is_written_to);
	tcase_add_test(t, a_missing_holder_is_a_finding);
	tcase_add_test(t, what_is_not_known_is_asked_once_a_quarter);
	tcase_add_test(t, what_is_signed_is_not_asked_again_at_once);
	tcase_add_test(t, a_signed_but_undecided_date_is_a_finding);
	tcase_add_test(t, merging_keeps_the_later_row);
	suite_add_tcase(s, t);
	return tap_run(s);
}
