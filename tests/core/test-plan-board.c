/* SPDX-License-Identifier: EUPL-1.2 */
/* A governing document's way through the bodies. */
#include <string.h>

#include "core/plan.h"
#include "core/renewal.h"
#include "core/revision.h"
#include "tests/core/desk.h"
#include "tests/tap.h"

static struct inquiry inquiries[8];

static void meets(const char *body, const char *day, const char *stop)
{
	struct meeting m = { .body = body, .day = town_day(day), .hour = -1, .minute = -1,
	                     .stop = stop ? town_day(stop) : DAY_NONE, .preparation = DAY_NONE,
	                     .summons = DAY_NONE, .adjusted_by = DAY_NONE };

	town.meetings = arena_grow(&town.arena, town.meetings, town.n_meetings, &town.cap_meetings,
	                           sizeof(m));
	town.meetings[town.n_meetings++] = m;
}

static void body(const char *id, enum body_kind kind)
{
	struct body b = body_blank();

	b.id = b.name = id;
	b.kind = kind;
	town.bodies = arena_grow(&town.arena, town.bodies, town.n_bodies, &town.cap_bodies, sizeof(b));
	town.bodies[town.n_bodies++] = b;
}

/* The model's bodies and their meetings of early 2027; one secretary for all. */
static void lay(void)
{
	desk_lay();
	body("KF", BODY_COUNCIL);
	body("KSAU", BODY_GROUP);
	for (size_t i = 0; i < town.n_bodies; i++)
		town.bodies[i].secretary = "sekr@t.example";
	struct role sekr = { .id = "sekr", .address = "sekr@t.example", .org = "KS",
	                     .kind = ROLE_SECRETARY, .from = DAY_NONE, .to = DAY_NONE };
	town.roles = arena_grow(&town.arena, town.roles, town.n_roles, &town.cap_roles, sizeof(sekr));
	town.roles[town.n_roles++] = sekr;
	meets("KSAU", "2027-02-23", "2027-02-11");
	meets("KSAU", "2027-03-30", "2027-03-18");
	meets("KS", "2027-03-09", "2027-02-16");
	meets("KS", "2027-04-13", "2027-03-23");
	meets("KF", "2027-03-22", NULL);
	meets("KF", "2027-04-26", NULL);
	in.inquiries = inquiries;
}

/* Signed by its holder, decided by that body. */
static struct review *signed_off(const char *item, const char *decided_by, const char *day)
{
	struct item *i = add(item, "kd", "KS");

	i->kind = ITEM_DOCUMENT;
	i->needs_decision = true;
	i->decided_by = decided_by;
	struct review *r = stand(item, (int)in.n_reviews + 1, "kd@t.example");
	r->id = arena_fmt(&arena, "%s.1", item);
	r->state = REVIEW_AWAITING;
	r->signed_on = town_day(day);
	return r;
}

static struct inquiry *asked_about(const struct review *r, enum inquiry_about about,
                                   const char *meeting, int times)
{
	struct inquiry *q = &inquiries[in.n_inquiries++];

	*q = (struct inquiry){
		.review = r->id, .item = r->item, .meeting = town_day(meeting), .letter = "GR-9",
		.address = "sekr@t.example", .n = 1, .day = town_day("2027-02-15"), .times = times,
		.about = about,
	};
	return q;
}

static size_t on(const char *day)
{
	in.today = town_day(day);
	pass();
	return plan.n_letters;
}

START_TEST(each_document_is_put_before_its_body_in_a_letter_of_its_own)
{
	signed_off("A", "KF", "2027-02-12");
	signed_off("B", "KS", "2027-02-12");
	ck_assert_uint_eq(on("2027-02-13"), 0); /* a Saturday */
	ck_assert_int_eq(plan.looks[0].next, town_day("2027-02-15"));
	ck_assert_uint_eq(on("2027-02-15"), 2);
	for (size_t i = 0; i < 2; i++) {
		const struct plan_letter *l = &plan.letters[i];

		ck_assert_int_eq(l->kind, PLAN_REVISION);
		ck_assert_str_eq(l->holder->id, "sekr");
		ck_assert_str_eq(l->body->id, "KS"); /* takes the initiative, whoever decides */
		ck_assert_int_eq(l->meeting, town_day("2027-03-09"));
		ck_assert_uint_eq(l->n, 1);
		ck_assert_int_eq(l->items[0].inquiry.times, 0);
		ck_assert_int_eq(l->items[0].inquiry.n, 1);
		ck_assert_int_eq(l->items[0].inquiry.about, INQUIRY_OPTIONS);
	}
}
END_TEST

START_TEST(it_is_put_once_and_asked_about_in_the_same_letter)
{
	const struct review *r = signed_off("A", "KF", "2027-02-12");

	asked_about(r, INQUIRY_OPTIONS, "2027-03-09", 0);
	ck_assert_uint_eq(on("2027-03-09"), 0);
	ck_assert_int_eq(plan.looks[0].next, town_day("2027-03-10"));
	ck_assert_uint_eq(on("2027-03-10"), 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_DECISION);
	ck_assert_str_eq(plan.letters[0].ref, "GR-9");
	ck_assert_int_eq(plan.letters[0].about, INQUIRY_OPTIONS);
	ck_assert_int_eq(plan.letters[0].items[0].inquiry.times, 1);
	/* What is put off is not put again, only asked about. */
	inquiries[0].outcome = OUTCOME_TABLED;
	ck_assert_uint_eq(on("2027-03-11"), 0);
	ck_assert_uint_eq(on("2027-04-14"), 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_DECISION);
}
END_TEST

/* Its letter came too late, or there was nobody to write to: it is asked all the same. */
START_TEST(what_was_never_put_is_asked_about_with_both_proposals)
{
	signed_off("A", "KF", "2027-02-12");
	ck_assert_uint_eq(on("2027-03-09"), 0); /* too late to put it */
	ck_assert_uint_eq(on("2027-03-10"), 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_DECISION);
	ck_assert_int_eq(plan.letters[0].about, INQUIRY_OPTIONS);
}
END_TEST

/* What older programs asked goes on as it was asked. */
START_TEST(a_question_that_was_asked_plainly_stays_plain)
{
	const struct review *r = signed_off("A", "KF", "2027-02-12");

	asked_about(r, INQUIRY_REVIEW, "2027-03-09", 1)->day = town_day("2027-03-10");
	ck_assert_uint_eq(on("2027-03-19"), 1);
	ck_assert_int_eq(plan.letters[0].about, INQUIRY_REVIEW);
}
END_TEST

START_TEST(two_kinds_of_question_are_two_letters)
{
	signed_off("A", "KF", "2027-02-12");
	signed_off("B", NULL, "2027-02-12");
	item_of("B")->kind = ITEM_INVENTORY;
	ck_assert_uint_eq(on("2027-03-10"), 2);
	ck_assert_int_eq(plan.letters[0].about, INQUIRY_REVIEW);
	ck_assert_int_eq(plan.letters[1].about, INQUIRY_OPTIONS);
}
END_TEST

/* By way of the group's 30 March and the board's 13 April: each is summoned after the
 * one before it. */
START_TEST(what_was_revised_goes_to_the_body_that_decides_it)
{
	const struct review *r = signed_off("A", "KF", "2027-03-16");

	asked_about(r, INQUIRY_OPTIONS, "2027-03-09", 1)->outcome = OUTCOME_REVISE;
	ck_assert_uint_eq(on("2027-03-23"), 0);
	ck_assert_uint_eq(on("2027-04-14"), 0);
	ck_assert_uint_eq(on("2027-04-27"), 1);
	const struct plan_letter *l = &plan.letters[0];
	ck_assert_int_eq(l->kind, PLAN_DECISION);
	ck_assert_str_eq(l->body->id, "KF");
	ck_assert_int_eq(l->meeting, town_day("2027-04-26"));
	ck_assert_int_eq(l->about, INQUIRY_RENEWAL);
	/* A body on its own takes it up at its own meeting. */
	item_of("A")->decided_by = "KS";
	ck_assert_uint_eq(on("2027-04-14"), 1);
	ck_assert_str_eq(plan.letters[0].body->id, "KS");
}
END_TEST

/* One whose validity ends, and one that nobody has decided on yet. */
START_TEST(what_cannot_be_kept_goes_there_at_once)
{
	static const struct {
		const char *validity, *rule;
		bool decided;
		enum inquiry_about about;
	} rows[] = {
		{ NULL, "årligen", true, INQUIRY_OPTIONS },
		{ "gäller till och med 2027-05-31", NULL, true, INQUIRY_RENEWAL },
		/* It is due on 2027-02-15 anyway: before the end, and on the same day. */
		{ "gäller till och med 2027-05-31", "årligen", true, INQUIRY_OPTIONS },
		{ "gäller till och med 2027-02-15", "årligen", true, INQUIRY_RENEWAL },
		{ NULL, "årligen", false, INQUIRY_RENEWAL },
	};
	signed_off("A", "KF", "2027-02-11");
	struct item *i = item_of("A");

	i->validity = rows[_i].validity;
	i->rule_text = rows[_i].rule;
	if (!rows[_i].decided)
		i->decided = i->revised = DAY_NONE;
	bool put = rows[_i].about == INQUIRY_OPTIONS;
	ck_assert_uint_eq(on("2027-02-15"), put);
	ck_assert_uint_eq(on("2027-03-10"), put);
	ck_assert_uint_eq(on("2027-03-23"), 1);
	ck_assert_int_eq(plan.letters[0].about, rows[_i].about);
	ck_assert_str_eq(plan.letters[0].body->id, put ? "KS" : "KF");
}
END_TEST

START_TEST(minutes_of_the_deciding_body_are_asked_about_there)
{
	const struct review ended = { .id = "A.1", .item = "A" };
	struct inquiry *q;

	signed_off("A", "KF", "2027-02-11");
	in.n_reviews = 0;
	q = asked_about(&ended, INQUIRY_RENEWAL, "2027-03-22", 0);
	q->adjustment = true;
	item_of("A")->retired = true; /* it was repealed */
	ck_assert_uint_eq(on("2027-04-05"), 0);
	ck_assert_int_eq(plan.looks[0].next, town_day("2027-04-06"));
	ck_assert_uint_eq(on("2027-04-06"), 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_ADJUSTED);
	ck_assert_str_eq(plan.letters[0].body->id, "KF");
	in.n_inquiries = 0;
	on("2027-04-06");
	ck_assert_int_eq(plan.looks[0].next, PLAN_NEVER);
}
END_TEST

/* ---- what rests in work ---- */

START_TEST(what_was_sent_back_is_reminded_of_and_found)
{
	static const struct {
		bool sent_back;
		const char *since, *notice, *today;
		bool reminded, found;
		const char *next;
	} rows[] = {
		{ true, "2027-03-09", "2027-01-04", "2027-04-07", false, false, "2027-04-08" },
		{ true, "2027-03-09", "2027-01-04", "2027-04-08", true, false, "2027-05-08" },
		{ true, "2027-03-09", "2027-04-08", "2027-04-09", false, false, "2027-05-08" },
		/* The thirtieth day is a Saturday. */
		{ true, "2027-03-11", "2027-04-08", "2027-05-08", false, false, "2027-05-10" },
		{ true, "2027-03-09", "2027-04-08", "2027-05-10", true, true, "2027-06-09" },
		{ true, "2027-03-09", "2027-05-10", "2027-05-11", false, true, "2027-06-09" },
		/* The coordinator has the ball. */
		{ false, "2027-03-09", "2027-01-04", "2027-04-08", false, false, "2027-05-08" },
		{ false, "2027-03-09", "2027-01-04", "2027-05-07", false, false, "2027-05-08" },
		{ false, "2027-03-09", "2027-01-04", "2027-05-08", false, true, "2027-06-07" },
	};
	struct review *r = signed_off("A", "KF", "2027-02-11");
	const struct rest rest = {
		.item = "A", .since = town_day(rows[_i].since), .sent_back = rows[_i].sent_back,
	};

	r->state = REVIEW_CHANGES;
	r->signed_on = DAY_NONE;
	r->last_notice = town_day(rows[_i].notice);
	in.rests = &rest;
	in.n_rests = 1;
	ck_assert_uint_eq(on(rows[_i].today), rows[_i].reminded);
	ck_assert_uint_eq(plan.n_findings, rows[_i].found);
	ck_assert_int_eq(plan.looks[0].next, town_day(rows[_i].next));
	if (!rows[_i].reminded)
		return;
	const struct plan_letter *l = &plan.letters[0];
	ck_assert_int_eq(l->kind, PLAN_BACK);
	ck_assert_str_eq(l->ref, "GR-1");
	ck_assert_str_eq(l->holder->id, "kd");
	ck_assert_int_eq(l->items[0].n, 1);
	ck_assert_int_eq(l->items[0].told, rest.since);
	ck_assert_int_eq(l->items[0].review.last_notice, in.today);
	ck_assert_int_eq(l->items[0].review.state, REVIEW_CHANGES);
}
END_TEST

/* ---- the way, and how things stand ---- */

START_TEST(the_way_back_from_the_council_is_the_way_on_to_it)
{
	static const struct {
		const char *ready, *group, *board, *council; /* NULL: no calendar reaches there */
	} rows[] = {
		{ "2027-02-11", "2027-02-23", "2027-03-09", "2027-03-22" },
		{ "2027-02-12", "2027-03-30", "2027-04-13", "2027-04-26" },
		{ "2027-03-18", "2027-03-30", "2027-04-13", "2027-04-26" },
		{ "2027-03-19", NULL, NULL, NULL },
	};

	registry_index(&town);
	struct chain c = due_chain_from(&town, town_day(rows[_i].ready));
	ck_assert_int_eq(c.reaches, rows[_i].council != NULL);
	if (!c.reaches) {
		ck_assert_ptr_null(c.council);
		return;
	}
	ck_assert_int_eq(c.group->day, town_day(rows[_i].group));
	ck_assert_int_eq(c.board->day, town_day(rows[_i].board));
	ck_assert_int_eq(c.council->day, town_day(rows[_i].council));
	struct chain back = due_chain(&town, c.council->day);
	ck_assert_ptr_eq(back.council, c.council);
	ck_assert_ptr_eq(back.board, c.board);
	ck_assert_ptr_eq(back.group, c.group);
}
END_TEST

START_TEST(a_timetable_that_has_begun_is_counted_forwards)
{
	signed_off("A", "KF", "2027-02-11");
	registry_index(&town);
	const struct item *a = item_of("A");
	struct revision_way w = revision_way(&town, a, town_day("2027-04-30"), town_day("2027-02-01"));
	ck_assert(!w.late);
	ck_assert_int_eq(w.stop, town_day("2027-03-18"));
	ck_assert_int_eq(w.at.council->day, town_day("2027-04-26"));
	w = revision_way(&town, a, town_day("2027-03-31"), town_day("2027-02-15"));
	ck_assert(w.late);
	ck_assert_int_eq(w.at.council->day, town_day("2027-04-26"));
	/* Nothing is known of 2028. */
	w = revision_way(&town, a, town_day("2028-03-31"), town_day("2027-02-15"));
	ck_assert_int_eq(w.stop, DAY_NONE);
	ck_assert(!w.late);
	w = revision_way(&town, a, town_day("2027-04-30"), town_day("2027-04-01"));
	ck_assert_int_eq(w.stop, DAY_NONE);
	ck_assert(w.late);
	item_of("A")->decided_by = "KS";
	w = revision_way(&town, a, town_day("2027-04-30"), town_day("2027-02-15"));
	ck_assert_int_eq(w.stop, town_day("2027-03-23"));
	ck_assert_int_eq(w.at.board->day, town_day("2027-04-13"));
	ck_assert_ptr_null(w.at.council);
}
END_TEST

START_TEST(what_is_late_around_a_document_is_counted)
{
	static const struct {
		const char *id, *body, *parent, *decided;
		enum item_kind kind;
	} rows[] = {
		{ "A", "KS", NULL, "2026-03-01", ITEM_DOCUMENT },
		{ "R1", "KS", "A", "2025-03-01", ITEM_ROUTINE }, /* late */
		{ "R2", "KS", "R1", "2026-03-01", ITEM_ROUTINE },
		{ "R3", "KS", NULL, "2025-03-01", ITEM_ROUTINE }, /* another's */
		{ "F1", "KS", NULL, "2025-03-01", ITEM_INVENTORY }, /* late */
		{ "F2", "KS", NULL, "2025-03-01", ITEM_INVENTORY }, /* the same body's */
		{ "F3", "SON", NULL, "2026-03-01", ITEM_INVENTORY },
	};
	struct revision_state s;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct item *x = town_item(&town, rows[i].id, "kd", rows[i].body, rows[i].decided);

		x->kind = rows[i].kind;
		x->parent = rows[i].parent;
	}
	registry_index(&town);
	revision_count(&town, item_of("A"), town_day("2027-02-01"), &s);
	ck_assert_int_eq(s.routines, 2);
	ck_assert_int_eq(s.late_routines, 1);
	ck_assert_int_eq(s.inventories, 2);
	ck_assert_int_eq(s.late_inventories, 1);
}
END_TEST

/* ---- what is written back ---- */

static dayno day_of(const char *text)
{
	return strcmp(text, "-") ? town_day(text) : DAY_NONE;
}

START_TEST(the_later_of_register_and_decision_counts)
{
	static const struct {
		const char *decided, *revised, *renewed, *ended, *after, *no;
		bool retired;
	} rows[] = {
		{ "2024-06-17", "-", "2027-04-26", "-", "2027-04-26", "KS 2027/9", false },
		{ "2024-06-17", "2026-05-25", "2027-04-26", "-", "2027-04-26", "KS 2027/9", false },
		{ "-", "-", "2027-04-26", "-", "2027-04-26", "KS 2027/9", false },
		{ "2028-01-10", "-", "2027-04-26", "-", "2028-01-10", "KS 1", false },
		{ "2024-06-17", "-", "-", "-", "2024-06-17", "KS 1", false },
		{ "2024-06-17", "-", "-", "2027-04-26", "2024-06-17", "KS 1", true },
		{ "2028-01-10", "-", "-", "2027-04-26", "2028-01-10", "KS 1", false },
		{ "2024-06-17", "-", "2027-04-26", "2025-01-01", "2027-04-26", "KS 2027/9", false },
	};
	struct item i = item_blank();
	const struct renewal n = {
		.day = day_of(rows[_i].renewed), .paragraph = "§ 58", .registry_no = "KS 2027/9",
		.due = town_day("2027-02-15"), .ended = day_of(rows[_i].ended),
	};

	i.decided = day_of(rows[_i].decided);
	i.revised = day_of(rows[_i].revised);
	i.registry_no = "KS 1";
	i.shown = "id=A\ndecided=2024-06-17\n";
	renewal_merge(&n, &arena, &i);
	ck_assert_int_eq(i.decided, town_day(rows[_i].after));
	ck_assert_str_eq(i.registry_no, rows[_i].no);
	ck_assert_int_eq(i.retired, rows[_i].retired);
	bool renewed = !strcmp(i.registry_no, "KS 2027/9");
	ck_assert_str_eq(i.shown, renewed ? "id=A\ndecided=2027-04-26\nrevised=2027-04-26\nparagraph=§ 58\n"
	                                    "registry_no=KS 2027/9\n" : "id=A\ndecided=2024-06-17\n");
	ck_assert_int_eq(i.renewed_for, renewed ? n.due : DAY_NONE);
	ck_assert(!renewed || i.revised == i.decided);
}
END_TEST

/* A validity that a decision has answered asks for its new words, also where that came
 * before its last day. */
START_TEST(a_validity_that_was_renewed_is_asked_for)
{
	struct due d;

	signed_off("A", "KF", "2027-02-11");
	struct item *i = item_of("A");
	i->rule_text = NULL;
	i->validity = "gäller till och med 2027-05-31";
	registry_index(&town);
	due_compute(&town, i, in.today, &arena, &d);
	ck_assert_int_eq(d.due, town_day("2027-05-31"));
	i->decided = i->revised = town_day("2027-04-26");
	due_compute(&town, i, in.today, &arena, &d);
	ck_assert_int_eq(d.due, town_day("2027-05-31"));
	i->renewed_for = town_day("2027-05-31");
	due_compute(&town, i, in.today, &arena, &d);
	ck_assert_int_eq(d.due, DAY_NONE);
	ck_assert_int_eq(d.status, DUE_ASK);
	ck_assert_str_eq(d.ask[0], "ny giltighetstid");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("plan-board");
	TCase *t = tcase_create("plan-board");

	tcase_add_checked_fixture(t, lay, desk_clear);
	tcase_add_test(t, each_document_is_put_before_its_body_in_a_letter_of_its_own);
	tcase_add_test(t, it_is_put_once_and_asked_about_in_the_same_letter);
	tcase_add_test(t, what_was_never_put_is_asked_about_with_both_proposals);
	tcase_add_test(t, a_question_that_was_asked_plainly_stays_plain);
	tcase_add_test(t, two_kinds_of_question_are_two_letters);
	tcase_add_test(t, what_was_revised_goes_to_the_body_that_decides_it);
	tcase_add_loop_test(t, what_cannot_be_kept_goes_there_at_once, 0, 5);
	tcase_add_test(t, minutes_of_the_deciding_body_are_asked_about_there);
	tcase_add_loop_test(t, what_was_sent_back_is_reminded_of_and_found, 0, 9);
	tcase_add_loop_test(t, the_way_back_from_the_council_is_the_way_on_to_it, 0, 4);
	tcase_add_test(t, a_timetable_that_has_begun_is_counted_forwards);
	tcase_add_test(t, what_is_late_around_a_document_is_counted);
	tcase_add_loop_test(t, the_later_of_register_and_decision_counts, 0, 8);
	tcase_add_test(t, a_validity_that_was_renewed_is_asked_for);
	suite_add_tcase(s, t);
	return tap_run(s);
}
