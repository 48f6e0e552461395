/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "core/due.h"
#include "tests/tap.h"

/*
 * Due dates that come from what stands around the item: parents, what replaces
 * what, bodies and their meetings.
 */
static dayno day_of(const char *text)
{
	dayno day;

	ck_assert_msg(date_parse(text, &day), "%s is no date", text);
	return day;
}

static struct item *add_item(struct registry *r, const char *id, const char *parent,
                             const char *rule)
{
	struct rule parsed;

	r->items = arena_grow(&r->arena, r->items, r->n_items, &r->cap_items, sizeof(*r->items));
	struct item *i = &r->items[r->n_items++];
	*i = item_blank();
	i->id = arena_dup(&r->arena, id);
	i->title = "T";
	i->parent = arena_dup(&r->arena, parent);
	i->kind = ITEM_DOCUMENT;
	ck_assert(rule_parse(&r->arena, rule, &parsed));
	rules_add(&r->arena, &i->rules, parsed);
	return i;
}

START_TEST(a_child_follows_its_parent)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_item(&r, "A", NULL, "EVERY 4Y")->decided = day_of("2024-02-29");
	add_item(&r, "B", "A", "WITH_PARENT");
	add_item(&r, "C", "B", "WITH_PARENT");
	add_item(&r, "D", "Z", "WITH_PARENT");
	due_compute(&r, &r.items[2], day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.due, day_of("2028-02-29"));
	ck_assert_str_eq(due.reasons[0].parent->id, "B");
	ck_assert(!due.loop);
	due_compute(&r, &r.items[3], day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.status, DUE_ASK);
	ck_assert_str_eq(due.ask[0], "överordnat dokument");
	r.items[0].retired = true;
	due_compute(&r, &r.items[1], day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.status, DUE_ASK);
	registry_release(&r);
}
END_TEST

START_TEST(parents_that_loop_are_refused)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_item(&r, "A", "B", "WITH_PARENT");
	add_item(&r, "B", "C", "WITH_PARENT");
	add_item(&r, "C", "A", "WITH_PARENT");
	add_item(&r, "D", "D", "WITH_PARENT");
	for (size_t i = 0; i < r.n_items; i++) {
		due_compute(&r, &r.items[i], day_of("2027-01-11"), &a, &due);
		ck_assert(due.loop);
		ck_assert_int_eq(due.status, DUE_ASK);
		ck_assert_int_eq(due.due, DAY_NONE);
	}
	registry_release(&r);
}
END_TEST

/* Two rules that follow the parent, forty generations: must not double. */
START_TEST(generations_cost_no_more_than_their_number)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;
	char id[8], parent[8];

	registry_init(&r);
	for (int i = 10; i < 50; i++) {
		snprintf(id, sizeof(id), "I%d", i);
		snprintf(parent, sizeof(parent), "I%d", i + 1);
		const char *rule = i == 49 ? "END 2027-01-01" : "WITH_PARENT";
		struct item *one = add_item(&r, id, parent, rule);
		for (int k = 0; k < 3; k++)
			rules_add(&r.arena, &one->rules, one->rules.at[0]);
	}
	due_compute(&r, &r.items[0], day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.due, day_of("2027-01-01"));
	ck_assert_int_eq(due.status, DUE_OVERDUE);
	registry_release(&r);
}
END_TEST

static void add_meeting(struct registry *r, const char *body, const char *day, const char *stop)
{
	r->meetings = arena_grow(&r->arena, r->meetings, r->n_meetings, &r->cap_meetings,
	                         sizeof(*r->meetings));
	r->meetings[r->n_meetings++] = (struct meeting){
		.body = body, .day = day_of(day), .stop = stop ? day_of(stop) : DAY_NONE,
		.preparation = DAY_NONE, .summons = DAY_NONE, .adjusted_by = DAY_NONE,
	};
}

static void add_bodies(struct registry *r)
{
	static const struct {
		const char *id;
		enum body_kind kind;
	} bodies[] = { { "KF", BODY_COUNCIL }, { "KS", BODY_BOARD }, { "KSAU", BODY_GROUP } };

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		r->bodies = arena_grow(&r->arena, r->bodies, r->n_bodies, &r->cap_bodies,
		                       sizeof(*r->bodies));
		struct body *one = &r->bodies[r->n_bodies++];
		*one = body_blank();
		one->id = bodies[i].id;
		one->kind = bodies[i].kind;
	}
	add_meeting(r, "KF", "2027-09-27", NULL);
	add_meeting(r, "KF", "2027-10-25", NULL);
	add_meeting(r, "KS", "2027-09-14", "2027-08-24");
	add_meeting(r, "KS", "2027-10-12", "2027-09-21");
	add_meeting(r, "KS", "2027-11-16", NULL);
	add_meeting(r, "KSAU", "2027-09-28", "2027-09-16");
	add_meeting(r, "KSAU", "2027-11-02", "2027-10-21");
}

START_TEST(work_is_ready_before_the_meeting)
{
	static const struct {
		const char *rule, *act_by;
		enum act_basis basis;
		bool decision;
	} cases[] = {
		{ "EVENT rsa", "2027-09-21", ACT_MEETING, true },
		{ "END 2027-12-01", "2027-10-26", ACT_MEETING, true },
		/* stop unknown: 21 days */
		{ "END 2028-03-01", "2028-01-19", ACT_NO_CALENDAR, true },
		{ "END 2027-02-01", "2026-12-21", ACT_NO_CALENDAR, true },
		/* before the first */
		{ "END 2027-10-29", "2027-10-29", ACT_DUE, false },
		{ "END 2027-10-31", "2027-10-29", ACT_WORKDAY, false },
		{ "END 2027-12-26", "2027-12-23", ACT_WORKDAY, false },
		{ "OPEN", NULL, ACT_NONE, true },
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_bodies(&r);
	struct item *i = add_item(&r, "S", NULL, cases[_i].rule);
	i->body = "KS";
	i->needs_decision = cases[_i].decision;
	i->decided = day_of("2024-06-17");
	due_compute(&r, i, day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.act_basis, cases[_i].basis);
	ck_assert_int_eq(due.act_by, cases[_i].act_by ? day_of(cases[_i].act_by) : DAY_NONE);
	ck_assert_int_eq(due.meeting != NULL, cases[_i].basis == ACT_MEETING);
	registry_release(&r);
}
END_TEST

START_TEST(a_meeting_that_has_had_it_is_not_the_next_one)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_bodies(&r);
	r.n_meetings = 0;
	add_meeting(&r, "KS", "2027-11-16", NULL);
	add_meeting(&r, "KS", "2028-11-21", NULL); /* after the year has gone */
	struct item *i = add_item(&r, "S", NULL, "EVERY 1Y");
	i->body = "KS";
	i->needs_decision = true;
	i->reviewed = day_of("2027-11-16");
	due_compute(&r, i, day_of("2027-12-01"), &a, &due);
	ck_assert_int_eq(due.act_basis, ACT_NO_CALENDAR);
	ck_assert_int_eq(due.act_by, day_of("2028-10-05"));
	/* The day before it another one still could. */
	i->reviewed = day_of("2027-11-15");
	due_compute(&r, i, day_of("2027-12-01"), &a, &due);
	ck_assert_int_eq(due.act_basis, ACT_MEETING);
	registry_release(&r);
}
END_TEST

START_TEST(a_council_decision_passes_board_and_group)
{
	struct registry r;

	registry_init(&r);
	add_bodies(&r);
	struct chain c = due_chain(&r, day_of("2027-10-31"));
	ck_assert_int_eq(c.council->day, day_of("2027-10-25"));
	ck_assert_int_eq(c.board->day, day_of("2027-10-12"));
	ck_assert_int_eq(c.group->day, day_of("2027-09-28"));
	ck_assert(c.reaches);
	c = due_chain(&r, day_of("2020-01-01"));
	ck_assert_ptr_null(c.council);
	ck_assert_ptr_null(c.group);
	ck_assert(!c.reaches);
	registry_release(&r);
}
END_TEST

/* S is revised; its children A, B, C follow one after another. */
START_TEST(a_revised_parent_opens_its_childrens_reviews_one_by_one)
{
	static const char *const days[] = { "2027-07-31", "2027-08-14", "2027-08-28" };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_item(&r, "S", NULL, "EVERY 4Y")->revised = day_of("2027-06-01");
	for (int k = 0; k < 3; k++) {
		const char id[] = { (char)('A' + k), '\0' };
		add_item(&r, id, "S", "EVERY 4Y")->reviewed = day_of("2026-05-01");
	}
	add_item(&r, "Z", "S", "EVERY 4Y")->reviewed = day_of("2027-06-01");
	registry_index(&r);
	for (int k = 0; k < 3; k++) {
		struct item *i = &r.items[k];
		struct rule every = { .kind = RULE_EVERY, .n = 4, .unit = UNIT_YEAR, .date = DAY_NONE };
		i->rules.n = 0;
		rules_add(&r.arena, &i->rules, every);
		due_compute(&r, i, day_of("2027-06-10"), &a, &due);
		ck_assert_int_eq(due.due, day_of(days[k]));
		ck_assert_int_eq(due.reasons[1].source, REASON_CASCADE);
		ck_assert_str_eq(due.reasons[1].parent->id, "S");
	}
	/* Reviewed with the revision: it follows already. */
	due_compute(&r, registry_item(&r, "Z"), day_of("2027-06-10"), &a, &due);
	ck_assert_int_eq(due.due, DAY_NONE);
	registry_release(&r);
}
END_TEST

START_TEST(children_move_to_what_replaces_their_parent)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_item(&r, "S1", NULL, "EVERY 4Y")->title = "Policy för it-säkerhet";
	struct item *new = add_item(&r, "S2", NULL, "EVERY 4Y");
	new->replaces = "policy för IT-säkerhet; Riktlinje som ingen har";
	new->decided = day_of("2027-03-01");
	struct item *newest = add_item(&r, "S3", NULL, "EVERY 4Y");
	newest->replaces = "S2";
	newest->decided = day_of("2027-05-01");
	newest->rule_text = "Vart fjärde år";
	struct item *child = add_item(&r, "T", "S1", "EVERY 4Y");
	child->rule_text = "I samband med revidering av policyn";
	child->decided = day_of("2026-05-01");
	registry_index(&r);
	ck_assert(registry_item(&r, "S1")->retired);
	ck_assert(registry_item(&r, "S2")->retired);
	ck_assert(!registry_item(&r, "S3")->retired);
	ck_assert_str_eq(registry_item(&r, "T")->parent, "S3");
	due_compute(&r, registry_item(&r, "T"), day_of("2027-06-10"), &a, &due);
	ck_assert_int_eq(due.reasons[0].due, day_of("2031-05-01"));
	/* Sixty days after the new one was decided. */
	ck_assert_int_eq(due.due, day_of("2027-06-30"));
	due_compute(&r, registry_item(&r, "S1"), day_of("2027-06-10"), &a, &due);
	ck_assert_int_eq(due.status, DUE_NONE);
	registry_release(&r);
}
END_TEST

START_TEST(affairs_of_a_body_that_ends_lie_with_its_successor)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_bodies(&r);
	r.bodies[1].ceases = day_of("2027-06-30");
	r.bodies[1].successor = "N";
	r.bodies = arena_grow(&r.arena, r.bodies, r.n_bodies, &r.cap_bodies, sizeof(*r.bodies));
	struct body *heir = &r.bodies[r.n_bodies++];
	*heir = body_blank();
	heir->id = "N";
	heir->kind = BODY_BOARD;
	heir->term_from = day_of("2027-07-01");
	heir->term_to = day_of("2029-12-31");
	add_meeting(&r, "N", "2027-10-05", "2027-09-07");
	struct item *i = add_item(&r, "S", NULL, "EVENT rsa");
	i->body = "KS";
	i->needs_decision = true;
	i->decided = day_of("2024-06-17");
	i->rule_text = "I samband med RSA";
	due_compute(&r, i, day_of("2027-01-11"), &a, &due);
	ck_assert_str_eq(due.meeting->body, "N");
	ck_assert_int_eq(due.act_by, day_of("2027-09-07"));
	ck_assert_str_eq(registry_letter_body(&r, i, day_of("2027-06-30"))->id, "KS");
	ck_assert_str_eq(registry_letter_body(&r, i, day_of("2027-07-01"))->id, "N");
	registry_release(&r);
}
END_TEST

START_TEST(a_meeting_that_is_cancelled_carries_nothing)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_bodies(&r);
	struct item *i = add_item(&r, "S", NULL, "EVENT rsa");
	i->body = "KS";
	i->needs_decision = true;
	i->decided = day_of("2024-06-17");
	for (size_t k = 0; k < r.n_meetings; k++)
		if (r.meetings[k].day == day_of("2027-10-12"))
			r.meetings[k].cancelled = true;
	due_compute(&r, i, day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.meeting->day, day_of("2027-09-14"));
	ck_assert_int_eq(due.act_by, day_of("2027-08-24"));
	ck_assert_int_eq(meeting_next(&r, "KS", day_of("2027-09-15"))->day, day_of("2027-11-16"));
	ck_assert_ptr_null(meeting_next(&r, "KS", day_of("2027-11-17")));
	registry_release(&r);
}
END_TEST

/* What KF must renew starts in KSAU; what is only followed up stays with KS. */
START_TEST(a_renewal_by_the_council_starts_with_the_group)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_bodies(&r);
	struct item *i = add_item(&r, "S", NULL, "END 2027-10-31");
	i->body = "KS";
	i->decided_by = "Kommunfullmäktige";
	i->needs_decision = true;
	i->decided = day_of("2024-06-17");
	due_compute(&r, i, day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.act_basis, ACT_CHAIN);
	ck_assert_int_eq(due.act_by, day_of("2027-09-16"));
	i->decided_by = "KS";
	due_compute(&r, i, day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.act_basis, ACT_MEETING);
	ck_assert_int_eq(due.act_by, day_of("2027-09-21"));
	registry_release(&r);
}
END_TEST

START_TEST(work_that_was_planned_earlier_is_ready_then)
{
	static struct exception plan = { .item = "S", .kind = EXCEPTION_PLAN, .reason = "jämnare" };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	struct item *i = add_item(&r, "S", NULL, "EVERY 1Y");
	i->reviewed = day_of("2026-06-10");
	plan.day = day_of("2027-06-10");
	plan.to = day_of("2027-05-04");
	r.exceptions = &plan;
	r.n_exceptions = 1;
	due_compute(&r, i, day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.due, day_of("2027-06-10"));
	ck_assert_int_eq(due.act_by, day_of("2027-05-04"));
	ck_assert_int_eq(due.act_basis, ACT_PLANNED);
	registry_release(&r);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("due-register");
	TCase *t = tcase_create("due-register");

	tcase_add_test(t, a_child_follows_its_parent);
	tcase_add_test(t, parents_that_loop_are_refused);
	tcase_add_test(t, generations_cost_no_more_than_their_number);
	tcase_add_loop_test(t, work_is_ready_before_the_meeting, 0, 8);
	tcase_add_test(t, a_council_decision_passes_board_and_group);
	tcase_add_test(t, a_meeting_that_has_had_it_is_not_the_next_one);
	tcase_add_test(t, a_revised_parent_opens_its_childrens_reviews_one_by_one);
	tcase_add_test(t, children_move_to_what_replaces_their_parent);
	tcase_add_test(t, affairs_of_a_body_that_ends_lie_with_its_successor);
	tcase_add_test(t, a_meeting_that_is_cancelled_carries_nothing);
	tcase_add_test(t, a_renewal_by_the_council_starts_with_the_group);
	tcase_add_test(t, work_that_was_planned_earlier_is_ready_then);
	suite_add_tcase(s, t);
	return tap_run(s);
}
