/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "core/plan.h"
#include "tests/core/desk.h"
#include "tests/tap.h"

static struct body *body_of(const char *id)
{
	for (size_t i = 0; i < town.n_bodies; i++)
		if (!strcmp(town.bodies[i].id, id))
			return &town.bodies[i];
	ck_abort_msg("no body %s", id);
	return NULL;
}

/* A chair for SON, and a day three weeks after SON's item should have been ready. */
static void lay(void)
{
	desk_lay();
	struct role chair = { .id = "ordf", .address = "ordf@t.example", .org = "SON",
	                      .kind = ROLE_ELECTED, .from = DAY_NONE, .to = DAY_NONE };
	town.roles = arena_grow(&town.arena, town.roles, town.n_roles, &town.cap_roles,
	                        sizeof(*town.roles));
	town.roles[town.n_roles++] = chair;
	body_of("SON")->chair = "ordf@t.example";
	in.today = town_day("2027-03-08");
}

/* The holder was told on 16 February that it is late. */
static struct review *late(const char *item, int n)
{
	struct review *r = stand(item, n, "sc@t.example");

	letters[0].role = "sc";
	letters[0].body = "SON";
	r->rung = RUNG_OVERDUE;
	r->last_notice = town_day("2027-02-16");
	return r;
}

START_TEST(a_superior_is_told_of_all_that_is_late)
{
	add("A", "sc", "SON");
	add("B", "sc", "SON");
	late("A", 4);
	late("B", 7)->id = "X.2";
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	const struct plan_letter *l = &plan.letters[0];
	ck_assert_int_eq(l->kind, PLAN_ESCALATION);
	ck_assert_str_eq(l->holder->id, "kd");
	ck_assert_str_eq(l->body->id, "SON");
	ck_assert_str_eq(l->ref, "");
	ck_assert_uint_eq(l->n, 2);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(l->items[i].n, i + 1);
		ck_assert_int_eq(l->items[i].rung, RUNG_ESCALATE);
		ck_assert_int_eq(l->items[i].review.rung, RUNG_ESCALATE);
		ck_assert_int_eq(l->items[i].review.state, REVIEW_OPEN);
		ck_assert_int_eq(l->items[i].review.n, i ? 7 : 4); /* in the holder's letter */
		ck_assert_str_eq(l->items[i].review.letter, "GR-1");
		ck_assert_str_eq(l->items[i].holder->id, "sc");
		ck_assert_int_eq(l->items[i].told, town_day("2027-02-16"));
	}
}
END_TEST

START_TEST(a_chair_is_told_after_the_superior)
{
	add("A", "sc", "SON");
	struct review *r = late("A", 1);
	r->rung = RUNG_ESCALATE;
	r->last_notice = in.today;
	in.today = town_day("2027-03-30"); /* 15 working days later, over Easter, is 31 March */
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	in.today = town_day("2027-03-31");
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_CHAIR);
	ck_assert_str_eq(plan.letters[0].holder->id, "ordf");
	r->rung = RUNG_CHAIR;
	r->last_notice = in.today;
	in.today += 200;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
}
END_TEST

START_TEST(a_chair_is_told_before_the_papers_close)
{
	struct meeting m = { .body = "SON", .day = town_day("2027-04-07"), .hour = -1, .minute = -1,
	                     .stop = town_day("2027-03-24"), .preparation = DAY_NONE,
	                     .summons = DAY_NONE, .adjusted_by = DAY_NONE };

	add("A", "sc", "SON");
	struct review *r = late("A", 1);
	r->rung = RUNG_ESCALATE;
	r->last_notice = in.today;
	town.meetings = arena_grow(&town.arena, town.meetings, 0, &town.cap_meetings, sizeof(m));
	town.meetings[town.n_meetings++] = m;
	in.today = town_day("2027-03-18");
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	in.today = town_day("2027-03-19");
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_CHAIR);
}
END_TEST

/* Somebody elected leads nobody's work: no letter asks them to answer. */
START_TEST(an_elected_superior_is_told_as_a_chair)
{
	town_role(&town, "sc")->superior = "ordf";
	add("A", "sc", "SON");
	late("A", 1);
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_CHAIR);
	ck_assert_int_eq(plan.letters[0].items[0].review.rung, RUNG_CHAIR);
}
END_TEST

/* What its holder was to be told has not left yet, or did today. */
START_TEST(nobody_is_told_while_the_last_mail_waits)
{
	static const struct unsent unsent[] = { { "W.1", "" }, { "X.1", "" }, { "X.1", "kd" }, { "Z.1", "" } };

	add("A", "sc", "SON");
	struct review *r = late("A", 1);
	in.unsent = unsent;
	in.n_unsent = 4;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_findings, 0);
	ck_assert_int_eq(plan.looks[0].next, in.today + 1);
	in.n_unsent = 0;
	r->last_notice = in.today; /* it has left */
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	in.today = town_day("2027-03-18");
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	in.today = town_day("2027-03-19"); /* nine working days later */
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_ESCALATION);
}
END_TEST

/* What waits for a mail was to be foreseen; that its date has moved waits for none. */
START_TEST(what_waits_for_a_mail_is_foreseen_once_it_has_left)
{
	static const struct unsent unsent[] = { { "X.1", "" } };

	add("A", "kd", "KS");
	struct review *r = stand("A", 1, "kd@t.example");
	in.unsent = unsent;
	in.n_unsent = 1;
	in.since = in.today - 1;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	in.n_unsent = 0;
	r->last_notice = in.today - 1;
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].rung, RUNG_OVERDUE);
	ck_assert(plan.letters[0].foreseen);
	r->last_notice = in.today - 2;
	pass();
	ck_assert(!plan.letters[0].foreseen);
	in.n_unsent = 1;
	item_of("A")->decided = town_day("2026-03-22");
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert(plan.letters[0].moved);
	ck_assert_int_eq(plan.letters[0].items[0].rung, RUNG_NONE);
}
END_TEST

static void officer(void)
{
	town_role(&town, "sc")->superior = "dso";
}

static void away(void)
{
	town_role(&town, "kd")->to = town_day("2027-03-01");
}

static void same_mailbox(void)
{
	town_role(&town, "sc")->superior = "bkd";
	town_role(&town, "bkd")->address = "SC@t.example";
	town_role(&town, "bkd")->superior = "kd";
}

static void nobody(void)
{
	town_role(&town, "sc")->superior = NULL;
	town.settings.contact_role = "bkd";
}

static void loop(void)
{
	town_role(&town, "sc")->superior = "dso";
	town_role(&town, "dso")->superior = "sc";
	town.settings.contact_role = "bkd";
}

static const struct {
	const char *why, *to;
	void (*change)(void);
} above[] = {
	{ "past the data protection officer", "kd", officer },
	{ "the superior's deputy, when the superior has gone", "bkd", away },
	{ "past the holder's own other post", "kd", same_mailbox },
	{ "the coordinator, when nobody is above", "bkd", nobody },
	{ "the coordinator, when superiors loop", "bkd", loop },
};

START_TEST(who_is_above)
{
	above[_i].change();
	add("A", "sc", "SON");
	late("A", 1);
	pass();
	ck_assert_msg(plan.n_letters == 1, "%s: %zu letters", above[_i].why, plan.n_letters);
	ck_assert_msg(!strcmp(plan.letters[0].holder->id, above[_i].to), "%s: %s", above[_i].why,
	              plan.letters[0].holder->id);
}
END_TEST

START_TEST(nobody_to_tell_is_a_finding)
{
	town_role(&town, "sc")->superior = NULL;
	add("A", "sc", "SON");
	struct review *r = late("A", 1);
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	/* A chair whose time is over is not written to. */
	r->rung = RUNG_ESCALATE;
	town_role(&town, "ordf")->to = town_day("2027-03-01");
	in.today += 60;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	ck_assert_int_gt(plan.looks[0].next, in.today + 20);
}
END_TEST

/* Not of a new date and of its being late in one breath. */
START_TEST(a_date_that_moved_is_told_first)
{
	add("A", "sc", "SON");
	late("A", 1);
	item_of("A")->decided = town_day("2026-02-20"); /* due on the 20th instead */
	in.today = town_day("2027-03-15");
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_REVIEW);
	ck_assert(plan.letters[0].moved);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("plan-escalate");
	TCase *t = tcase_create("plan-escalate");

	tcase_add_checked_fixture(t, lay, desk_clear);
	tcase_add_test(t, a_superior_is_told_of_all_that_is_late);
	tcase_add_test(t, a_chair_is_told_after_the_superior);
	tcase_add_test(t, a_chair_is_told_before_the_papers_close);
	tcase_add_test(t, an_elected_superior_is_told_as_a_chair);
	tcase_add_loop_test(t, who_is_above, 0, ARRAY_LEN(above));
	tcase_add_test(t, nobody_to_tell_is_a_finding);
	tcase_add_test(t, nobody_is_told_while_the_last_mail_waits);
	tcase_add_test(t, what_waits_for_a_mail_is_foreseen_once_it_has_left);
	tcase_add_test(t, a_date_that_moved_is_told_first);
	suite_add_tcase(s, t);
	return tap_run(s);
}
