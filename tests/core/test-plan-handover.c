/* SPDX-License-Identifier: EUPL-1.2 */
/* Somebody else answers for something: one letter, and one only. */
#include <string.h>

#include "core/merge.h"
#include "core/plan.h"
#include "tests/core/desk.h"
#include "tests/tap.h"

static void held(const char *item, const char *role)
{
	item_of(item)->held_by = role;
}

static const struct plan_look *look(const char *item)
{
	for (size_t i = 0; i < plan.n_looks; i++)
		if (!strcmp(plan.looks[i].item->id, item))
			return &plan.looks[i];
	ck_abort_msg("no look at %s", item);
	return NULL;
}

static size_t letters_of(enum plan_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < plan.n_letters; i++)
		n += plan.letters[i].kind == kind;
	return n;
}

START_TEST(who_answers_is_noted_without_a_letter_at_first)
{
	add("A", "kd", "KS");
	pass();
	ck_assert_uint_eq(letters_of(PLAN_HAND_OVER), 0);
	ck_assert_str_eq(look("A")->holder, "kd");
	held("A", "kd");
	pass();
	ck_assert_ptr_null(look("A")->holder);
}
END_TEST

/* A is open, B is not yet due, C awaits its body: all are handed over in one letter,
 * which asks A anew. */
START_TEST(one_letter_hands_over_and_asks_what_is_open)
{
	add("A", "kd", "KS");
	add("B", "kd", "KS");
	add("C", "kd", "KS");
	struct review *a = stand("A", 1, "kd@t.example");
	a->mails = 5;
	struct review *c = stand("C", 2, "kd@t.example");
	c->id = "C.1";
	c->state = REVIEW_AWAITING;
	c->signed_on = town_day("2027-01-20");
	item_of("B")->decided = town_day("2026-12-01");
	held("A", "sc");
	held("B", "sc");
	held("C", "sc");
	pass();
	ck_assert_uint_eq(plan.n_superseded, 1);
	ck_assert_str_eq(plan.superseded[0].id, "X.1");
	ck_assert_uint_eq(plan.n_letters, 1);
	const struct plan_letter *l = &plan.letters[0];
	ck_assert_int_eq(l->kind, PLAN_HAND_OVER);
	ck_assert_str_eq(l->holder->id, "kd");
	ck_assert_uint_eq(l->n, 3);
	ck_assert_int_eq(l->asked, 1);
	ck_assert(l->items[0].opened);
	ck_assert_int_eq(l->items[0].n, 1);
	ck_assert_int_eq(l->items[0].review.mails, 1); /* the new holder starts anew */
	ck_assert_str_eq(l->items[0].before->id, "sc");
	ck_assert(!l->items[1].opened);
	ck_assert_int_eq(l->items[1].n, 0);
	ck_assert(!l->items[2].opened);
	ck_assert_int_eq(l->act_by, l->items[0].review.act_by);
	ck_assert_int_eq(look("A")->next, in.today + 1);
}
END_TEST

START_TEST(that_day_nothing_else_is_sent)
{
	add("A", "kd", "KS");
	held("A", "kd");
	item_of("A")->held_since = in.today;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_int_eq(look("A")->next, in.today + 1);
	in.today++;
	pass();
	ck_assert_uint_eq(letters_of(PLAN_REVIEW), 1);
}
END_TEST

START_TEST(it_waits_for_a_working_day_but_for_no_recess)
{
	static struct recess recess = { .key = "sportlov" };

	add("A", "kd", "KS");
	held("A", "sc");
	in.today = town_day("2027-02-06"); /* a Saturday */
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_int_eq(look("A")->next, in.today + 1);
	in.today = town_day("2027-02-08");
	recess.at = (struct period){ town_day("2027-02-08"), town_day("2027-02-14") };
	town.recess = &recess;
	town.n_recess = 1;
	pass();
	ck_assert_uint_eq(letters_of(PLAN_HAND_OVER), 1);
	ck_assert_int_eq(plan.letters[0].asked, 0); /* no invitation starts in it */
}
END_TEST

/* The one before was asked in January, and had till the 15th: not answered is not new. */
START_TEST(what_was_asked_before_a_recess_is_asked_in_it)
{
	static struct recess recess = { .key = "sportlov" };

	add("A", "kd", "KS");
	stand("A", 1, "sc@t.example");
	held("A", "sc");
	in.today = town_day("2027-02-09");
	recess.at = (struct period){ town_day("2027-02-08"), town_day("2027-02-14") };
	town.recess = &recess;
	town.n_recess = 1;
	pass();
	ck_assert_uint_eq(plan.n_superseded, 1);
	ck_assert_uint_eq(letters_of(PLAN_HAND_OVER), 1);
	ck_assert_int_eq(plan.letters[0].asked, 1);
	ck_assert_int_eq(plan.letters[0].items[0].review.rung, RUNG_INVITE);
}
END_TEST

START_TEST(a_successor_at_the_same_address_gets_it_too)
{
	add("A", "kd", "KS");
	stand("A", 1, "kd@t.example");
	held("A", "sc");
	town_role(&town, "sc")->address = "kd@t.example";
	town_role(&town, "sc")->to = in.today - 1;
	pass();
	ck_assert_uint_eq(plan.n_superseded, 1);
	ck_assert_uint_eq(letters_of(PLAN_HAND_OVER), 1);
	/* but who has two posts hands nothing over to himself */
	town_role(&town, "sc")->to = DAY_NONE;
	pass();
	ck_assert_uint_eq(plan.n_superseded, 0);
	ck_assert_uint_eq(letters_of(PLAN_HAND_OVER), 0);
	ck_assert_str_eq(look("A")->holder, "kd");
}
END_TEST

START_TEST(a_dead_address_is_a_vacant_role)
{
	add("A", "kd", "KS");
	stand("A", 1, "kd@t.example");
	held("A", "kd");
	struct role *kd = town_role(&town, "kd");
	kd->dead = true;
	kd->dead_from = in.today;
	pass();
	ck_assert_uint_eq(letters_of(PLAN_HAND_OVER), 1);
	ck_assert_str_eq(plan.letters[0].holder->id, "bkd"); /* the deputy */
	for (size_t i = 0; i < plan.n_letters; i++)
		ck_assert_str_ne(plan.letters[i].holder->address, "kd@t.example");
	town_role(&town, "bkd")->dead = true;
	town_role(&town, "bkd")->dead_from = in.today;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	ck_assert_uint_eq(plan.n_orphans, 1); /* nobody is left, which is told */
	ck_assert_str_eq(plan.orphans[0]->id, "A");
}
END_TEST

/* ---- chairs ---- */

static struct body *board(void)
{
	for (size_t i = 0; i < town.n_bodies; i++)
		if (!strcmp(town.bodies[i].id, "KS"))
			return &town.bodies[i];
	ck_abort_msg("no board");
	return &town.bodies[0];
}

START_TEST(a_new_chair_gets_one_letter_with_what_is_open)
{
	add("A", "kd", "KS");
	add("B", "kd", "KS");
	stand("A", 1, "kd@t.example")->rung = RUNG_REMIND;
	item_of("B")->decided = town_day("2026-12-01");
	held("A", "kd");
	held("B", "kd");
	board()->chair = "sc@t.example";
	pass();
	ck_assert_uint_eq(letters_of(PLAN_NEW_CHAIR), 0);
	size_t n = plan.n_chairs;
	ck_assert_uint_ge(n, 1); /* only noted */
	board()->chaired_by = "";
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_NEW_CHAIR);
	ck_assert_uint_eq(plan.letters[0].n, 1);
	ck_assert_int_eq(plan.letters[0].items[0].review.mails, 0); /* it is no mail about it */
	for (size_t i = 0; i < plan.n_chairs; i++)
		if (!strcmp(plan.chairs[i].body->id, "KS"))
			ck_assert_uint_eq(plan.chairs[i].letter, 1);
	board()->chaired_by = "sc";
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
}
END_TEST

/* A clock that is behind finds nobody, or who sat before; then it is put right. */
START_TEST(a_wrong_day_makes_nobody_a_new_chair)
{
	add("A", "kd", "KS");
	stand("A", 1, "kd@t.example")->rung = RUNG_REMIND;
	held("A", "kd");
	struct role *sc = town_role(&town, "sc");
	board()->chair = "sc@t.example";
	board()->chaired_by = "sc";
	for (size_t i = 0; i < town.n_bodies; i++)
		if (&town.bodies[i] != board())
			town.bodies[i].chaired_by = "";
	sc->from = in.today + 1; /* nobody sits today */
	pass();
	ck_assert_uint_eq(plan.n_chairs, 0);
	board()->chair = "bkd@t.example";
	pass();
	ck_assert_uint_eq(letters_of(PLAN_NEW_CHAIR), 0);
	ck_assert_uint_eq(plan.n_chairs, 0);
	sc->from = in.today;
	pass();
	ck_assert_uint_eq(letters_of(PLAN_NEW_CHAIR), 1);
}
END_TEST

/* Two letters a day about the same would be one too many. */
START_TEST(a_new_chair_hears_what_nobody_answers_the_day_after)
{
	add("A", "kd", "KS");
	struct review *r = stand("A", 1, "kd@t.example");
	r->rung = RUNG_ESCALATE;
	r->last_notice = town_day("2027-03-01");
	in.today = town_day("2027-04-12");
	held("A", "kd");
	board()->chair = "sc@t.example";
	board()->chaired_by = "";
	pass();
	ck_assert_uint_eq(letters_of(PLAN_NEW_CHAIR), 1);
	ck_assert_uint_eq(letters_of(PLAN_CHAIR), 0);
	ck_assert_int_eq(look("A")->next, in.today + 1);
	board()->chaired_by = "sc";
	board()->chaired_since = in.today; /* another pass the same day */
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_int_eq(look("A")->next, in.today + 1);
	in.today++;
	pass();
	ck_assert_uint_eq(letters_of(PLAN_NEW_CHAIR), 0);
	ck_assert_uint_eq(letters_of(PLAN_CHAIR), 1);
}
END_TEST

/* ---- brakes ---- */

START_TEST(so_many_mails_and_no_more)
{
	add("A", "kd", "KS");
	struct review *r = stand("A", 1, "kd@t.example");
	r->mails = town.settings.review_mails - 1;
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].items[0].review.mails, town.settings.review_mails);
	r->mails++;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_capped, 1);
	ck_assert_str_eq(plan.capped[0].review, "X.1");
	/* a change underneath does not start it anew */
	town.items[0].shown = "A, as it is today";
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_superseded, 0);
	ck_assert_uint_eq(plan.n_capped, 1);
	r->mails = 3;
	pass();
	ck_assert_uint_eq(plan.n_superseded, 1);
	ck_assert_int_eq(plan.letters[0].items[0].review.mails, 4);
}
END_TEST

START_TEST(what_is_late_goes_before_what_only_asks)
{
	add("A", "kd", "KS");
	town_item(&town, "B", "sc", "SON", NULL)->rule_text = "tills vidare"; /* a question */
	add("C", "kd", "SON");
	add("D", "sc", "SON");
	registry_index(&town);
	item_of("C")->decided = town_day("2026-01-20"); /* overdue */
	item_of("D")->decided = town_day("2026-02-03"); /* the last reminder's day */
	pass();
	ck_assert_uint_eq(plan.n_letters, 4);
	ck_assert_str_eq(plan.letters[0].items[0].item->id, "C");
	ck_assert_str_eq(plan.letters[1].items[0].item->id, "D");
	ck_assert_str_eq(plan.letters[2].items[0].item->id, "A");
	ck_assert_int_eq(plan.letters[3].kind, PLAN_QUESTION);
	for (size_t i = 0; i < plan.n_letters; i++)
		ck_assert_uint_eq(look(plan.letters[i].items[0].item->id)->letter, i + 1);
}
END_TEST

/* What falls on its day was to be foreseen by the last pass; what should have gone
 * before it, or came with a file since, was not. */
START_TEST(only_what_falls_due_since_is_foreseen)
{
	add("A", "kd", "KS")->known_on = town_day("2026-01-01");
	in.today = town_day("2027-01-18"); /* its invitation */
	in.since = in.today - 3;
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert(plan.letters[0].foreseen);
	in.since = in.today;
	pass();
	ck_assert(!plan.letters[0].foreseen);
	in.since = in.today - 3;
	item_of("A")->known_on = in.today - 1;
	pass();
	ck_assert(!plan.letters[0].foreseen);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("plan-handover");
	TCase *t = tcase_create("plan-handover");

	tcase_add_checked_fixture(t, desk_lay, desk_clear);
	tcase_add_test(t, who_answers_is_noted_without_a_letter_at_first);
	tcase_add_test(t, one_letter_hands_over_and_asks_what_is_open);
	tcase_add_test(t, that_day_nothing_else_is_sent);
	tcase_add_test(t, it_waits_for_a_working_day_but_for_no_recess);
	tcase_add_test(t, what_was_asked_before_a_recess_is_asked_in_it);
	tcase_add_test(t, a_successor_at_the_same_address_gets_it_too);
	tcase_add_test(t, a_dead_address_is_a_vacant_role);
	tcase_add_test(t, a_new_chair_gets_one_letter_with_what_is_open);
	tcase_add_test(t, a_wrong_day_makes_nobody_a_new_chair);
	tcase_add_test(t, a_new_chair_hears_what_nobody_answers_the_day_after);
	tcase_add_test(t, so_many_mails_and_no_more);
	tcase_add_test(t, what_is_late_goes_before_what_only_asks);
	tcase_add_test(t, only_what_falls_due_since_is_foreseen);
	suite_add_tcase(s, t);
	return tap_run(s);
}
