/* SPDX-License-Identifier: EUPL-1.2 */
/* What a pass does about an item that several approve. */
#include <string.h>

#include "core/merge.h"
#include "core/plan.h"
#include "tests/core/desk.h"
#include "tests/tap.h"

static struct item *add_joint(const char *approvers, enum quorum q)
{
	struct item *i = add("A", "kd", "KS");

	i->approvers = approvers;
	i->quorum = q;
	return i;
}

/* The part of one of them in the open review, invited long ago in a letter of its own. */
static struct review *sit(const char *seat, enum verdict said)
{
	static const char *const refs[] = { "GR-1", "GR-2", "GR-3" };
	size_t k = in.n_reviews;
	struct review *r = stand("A", 1, "");

	r->seat = seat;
	r->said = said;
	memcpy(r->letter, refs[k], sizeof("GR-1"));
	letters[k] = (struct letter){
		.role = seat, .body = "KS", .address = town_role(&town, seat)->address,
	};
	memcpy(letters[k].ref, refs[k], sizeof("GR-1"));
	in.n_letters = k + 1;
	return r;
}

static const struct plan_letter *letter_to(const char *role)
{
	for (size_t i = 0; i < plan.n_letters; i++)
		if (!strcmp(plan.letters[i].holder->id, role))
			return &plan.letters[i];
	ck_abort_msg("no letter to %s", role);
	return NULL;
}

static void finds(const char *what)
{
	pass();
	ck_assert_uint_eq(plan.n_findings, what ? 1 : 0);
	if (what)
		ck_assert_str_eq(plan.findings[0].what, what);
}

START_TEST(each_has_a_letter_of_their_own)
{
	add_joint("kd sc", QUORUM_ALL);
	add("B", "kd", "KS"); /* in the letter that kd gets anyhow */
	finds(NULL);
	ck_assert_uint_eq(plan.n_letters, 2);
	ck_assert_uint_eq(letter_to("kd")->n, 2);
	ck_assert_uint_eq(letter_to("sc")->n, 1);
	ck_assert_str_eq(letter_to("sc")->items[0].review.seat, "sc");
	ck_assert_str_eq(letter_to("kd")->items[0].review.seat, "kd");
	ck_assert_ptr_null(letter_to("kd")->items[1].review.seat);
}
END_TEST

START_TEST(who_has_answered_is_not_reminded)
{
	add_joint("kd sc", QUORUM_ALL);
	sit("kd", VERDICT_APPROVE);
	sit("sc", VERDICT_NONE);
	finds(NULL);
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_str_eq(letter_to("sc")->ref, "GR-2");
	ck_assert_int_eq(letter_to("sc")->rung, RUNG_REMIND);
}
END_TEST

START_TEST(who_comes_to_a_role_is_asked_beside_the_others)
{
	add_joint("kd sc", QUORUM_ALL);
	sit("kd", VERDICT_APPROVE);
	sit("sc", VERDICT_NONE);
	letters[1].address = "who.left@t.example";
	finds(NULL);
	ck_assert_uint_eq(plan.n_superseded, 0); /* what kd has said stands */
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_str_eq(letter_to("sc")->ref, "");
	ck_assert_str_eq(letter_to("sc")->items[0].review.id, "X.1");
}
END_TEST

START_TEST(a_change_voids_what_all_were_shown)
{
	add_joint("kd sc", QUORUM_ALL);
	sit("kd", VERDICT_APPROVE);
	sit("sc", VERDICT_NONE)->version = "another";
	standing[0].version = "another";
	finds(NULL);
	ck_assert_uint_eq(plan.n_superseded, 2);
	ck_assert_uint_eq(plan.n_letters, 2);
	ck_assert(letter_to("kd")->items[0].opened);
	ck_assert_str_eq(letter_to("kd")->ref, "");
}
END_TEST

START_TEST(while_changes_are_asked_nobody_is_reminded)
{
	add_joint("kd sc", QUORUM_ALL);
	sit("kd", VERDICT_CHANGES)->state = REVIEW_CHANGES;
	sit("sc", VERDICT_NONE)->state = REVIEW_CHANGES;
	finds(NULL);
	ck_assert_uint_eq(plan.n_letters, 0);
}
END_TEST

START_TEST(the_author_and_the_officer_are_not_asked)
{
	add_joint("kd sc bkd dso", QUORUM_TWO)->author = "sc";
	finds(NULL);
	ck_assert_uint_eq(plan.n_letters, 2);
	ck_assert_uint_eq(letter_to("kd")->n, 1);
	ck_assert_uint_eq(letter_to("bkd")->n, 1);
}
END_TEST

START_TEST(too_few_are_found)
{
	add_joint("kd dso", QUORUM_TWO);
	finds("fewer persons can approve it than must");
	ck_assert_uint_eq(plan.n_letters, 1); /* who can be asked is */
	ck_assert_int_le(plan.looks[0].next, in.today + PLAN_FIND_AGAIN_DAYS);
}
END_TEST

START_TEST(nobody_is_found)
{
	add_joint("sc", QUORUM_ONE)->author = "sc";
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_findings, 2);
	ck_assert_str_eq(plan.findings[1].what, "nobody who approves it can be asked today");
}
END_TEST

/* Two say that it is not theirs. */
START_TEST(all_have_answered_and_it_is_not_enough)
{
	add_joint("kd sc bkd", QUORUM_TWO);
	sit("kd", VERDICT_APPROVE);
	sit("sc", VERDICT_WRONG_PERSON);
	sit("bkd", VERDICT_NONE);
	finds(NULL);
	standing[2].said = VERDICT_WRONG_PERSON;
	finds("all who approve it have answered, and that is not enough");
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_int_le(plan.looks[0].next, in.today + PLAN_FIND_AGAIN_DAYS);
}
END_TEST

START_TEST(two_seats_that_come_to_one_person_are_found)
{
	add_joint("kd sc", QUORUM_ALL);
	sit("kd", VERDICT_APPROVE);
	sit("sc", VERDICT_NONE);
	town_role(&town, "sc")->address = "kd@t.example";
	finds("all who approve it have answered, and that is not enough");
	ck_assert_uint_eq(plan.n_letters, 0);
}
END_TEST

/* Whatever concerns personal data, however many approve it. */
START_TEST(the_officer_is_told_once_for_all)
{
	size_t copies = 0;

	add_joint("kd sc", QUORUM_ALL)->kind = ITEM_PROCESSING;
	sit("kd", VERDICT_APPROVE);
	sit("sc", VERDICT_NONE)->rung = RUNG_REMIND;
	finds(NULL);
	for (size_t i = 0; i < plan.n_letters; i++)
		copies += plan.letters[i].kind == PLAN_COPY;
	ck_assert_uint_eq(copies, 1);
	ck_assert_str_eq(letter_to("dso")->items[0].review.id, "X.1");
}
END_TEST

START_TEST(it_is_over_with_the_item)
{
	add_joint("kd sc", QUORUM_ALL)->retired = true;
	sit("kd", VERDICT_APPROVE);
	sit("sc", VERDICT_NONE);
	finds(NULL);
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_superseded, 2);
	ck_assert_int_eq(plan.superseded[1].state, REVIEW_CANCELLED);
}
END_TEST

/* What their body sent back, each is reminded of in his own letter; it is found once. */
START_TEST(what_was_sent_back_is_reminded_of_in_every_seat)
{
	const struct rest rest = { .item = "A", .since = town_day("2026-11-02"), .sent_back = true };

	add_joint("kd sc", QUORUM_ALL);
	sit("kd", VERDICT_APPROVE)->state = REVIEW_CHANGES;
	sit("sc", VERDICT_APPROVE)->state = REVIEW_CHANGES;
	letters[0].address = town_role(&town, "kd")->address;
	in.rests = &rest;
	in.n_rests = 1;
	in.today = town_day("2027-02-03"); /* thirty days after their last notice */
	pass();
	ck_assert_uint_eq(plan.n_letters, 2);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_int_eq(plan.letters[i].kind, PLAN_BACK);
		ck_assert_str_eq(plan.letters[i].ref, i ? "GR-2" : "GR-1");
		ck_assert_str_eq(plan.letters[i].holder->id, i ? "sc" : "kd");
	}
	ck_assert_uint_eq(plan.n_findings, 1);
	in.today = town_day("2027-02-02");
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
}
END_TEST

/* The part of one of them waits for a mail; the other's does not. */
START_TEST(each_seat_waits_for_its_own_mail)
{
	static const struct unsent unsent[] = { { "X.1", "" }, { "X.1", "kd" } };

	add_joint("kd sc", QUORUM_ALL);
	sit("kd", VERDICT_NONE);
	sit("sc", VERDICT_NONE);
	letters[0].role = "kd";
	letters[0].address = "kd@t.example";
	in.unsent = unsent;
	in.n_unsent = 2;
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_str_eq(plan.letters[0].holder->id, "sc");
	ck_assert_int_eq(plan.looks[0].next, in.today + 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("plan-joint");
	TCase *tc = tcase_create("plan-joint");

	tcase_add_checked_fixture(tc, desk_lay, desk_clear);
	tcase_add_test(tc, each_has_a_letter_of_their_own);
	tcase_add_test(tc, who_has_answered_is_not_reminded);
	tcase_add_test(tc, who_comes_to_a_role_is_asked_beside_the_others);
	tcase_add_test(tc, a_change_voids_what_all_were_shown);
	tcase_add_test(tc, while_changes_are_asked_nobody_is_reminded);
	tcase_add_test(tc, the_author_and_the_officer_are_not_asked);
	tcase_add_test(tc, too_few_are_found);
	tcase_add_test(tc, nobody_is_found);
	tcase_add_test(tc, all_have_answered_and_it_is_not_enough);
	tcase_add_test(tc, two_seats_that_come_to_one_person_are_found);
	tcase_add_test(tc, the_officer_is_told_once_for_all);
	tcase_add_test(tc, each_seat_waits_for_its_own_mail);
	tcase_add_test(tc, it_is_over_with_the_item);
	tcase_add_test(tc, what_was_sent_back_is_reminded_of_in_every_seat);
	suite_add_tcase(s, tc);
	return tap_run(s);
}
