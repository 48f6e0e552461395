/* SPDX-License-Identifier: EUPL-1.2 */
/* What a body's secretary is asked after its meetings. */
#include <string.h>

#include "core/plan.h"
#include "tests/core/desk.h"
#include "tests/tap.h"

static struct inquiry inquiries[8];

static struct body *body_of(const char *id)
{
	for (size_t i = 0; i < town.n_bodies; i++)
		if (!strcmp(town.bodies[i].id, id))
			return &town.bodies[i];
	ck_abort_msg("no body %s", id);
	return NULL;
}

static void meets(const char *day, const char *stop)
{
	struct meeting m = { .body = "SON", .day = town_day(day), .hour = -1, .minute = -1,
	                     .stop = town_day(stop), .preparation = DAY_NONE, .summons = DAY_NONE,
	                     .adjusted_by = DAY_NONE };

	town.meetings = arena_grow(&town.arena, town.meetings, town.n_meetings, &town.cap_meetings,
	                           sizeof(m));
	town.meetings[town.n_meetings++] = m;
}

/* SON has a secretary, and meets on 2027-03-17, 2027-04-21 and 2027-05-19. */
static void lay(void)
{
	desk_lay();
	struct role sekr = { .id = "sekr", .address = "sekr@t.example", .org = "SON",
	                     .kind = ROLE_CHIEF, .from = DAY_NONE, .to = DAY_NONE };
	town.roles = arena_grow(&town.arena, town.roles, town.n_roles, &town.cap_roles,
	                        sizeof(*town.roles));
	town.roles[town.n_roles++] = sekr;
	body_of("SON")->secretary = "Sekr@t.example";
	meets("2027-03-17", "2027-02-24");
	meets("2027-04-21", "2027-03-31");
	meets("2027-05-19", "2027-04-28");
	in.inquiries = inquiries;
}

/* A review that its holder signed on the day, and the body must decide on. */
static struct review *signed_off(const char *item, int n, const char *day)
{
	add(item, "sc", "SON")->needs_decision = true;
	struct review *r = stand(item, n, "sc@t.example");

	letters[0].role = "sc";
	letters[0].body = "SON";
	r->id = arena_fmt(&arena, "%s.1", item);
	r->state = REVIEW_AWAITING;
	r->signed_on = town_day(day);
	return r;
}

/* It was asked about the meeting `times` times, last on the day. */
static struct inquiry *asked_about(const struct review *r, const char *meeting, const char *day,
                                   int times)
{
	struct inquiry *q = &inquiries[in.n_inquiries++];

	*q = (struct inquiry){
		.review = r->id, .item = r->item, .meeting = town_day(meeting), .letter = "GR-9",
		.address = "sekr@t.example", .n = 5, .day = town_day(day), .times = times,
	};
	return q;
}

static size_t on(const char *day)
{
	in.today = town_day(day);
	pass();
	return plan.n_letters;
}

START_TEST(the_secretary_is_asked_after_the_meeting)
{
	signed_off("A", 4, "2027-02-10");
	signed_off("B", 7, "2027-02-24"); /* the stop date itself is in time */
	ck_assert_uint_eq(on("2027-03-17"), 0);
	ck_assert_uint_eq(on("2027-03-18"), 1);
	const struct plan_letter *l = &plan.letters[0];
	ck_assert_int_eq(l->kind, PLAN_DECISION);
	ck_assert_str_eq(l->holder->id, "sekr");
	ck_assert_str_eq(l->body->id, "SON");
	ck_assert_str_eq(l->ref, "");
	ck_assert_int_eq(l->meeting, town_day("2027-03-17"));
	ck_assert_uint_eq(l->n, 2);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(l->items[i].n, i + 1);
		ck_assert_int_eq(l->items[i].inquiry.n, i + 1);
		ck_assert_int_eq(l->items[i].inquiry.times, 1);
		ck_assert_int_eq(l->items[i].review.n, i ? 7 : 4); /* in the holder's letter */
	}
}
END_TEST

START_TEST(papers_after_the_stop_date_come_up_at_the_next_meeting)
{
	signed_off("A", 1, "2027-02-25");
	ck_assert_uint_eq(on("2027-03-18"), 0);
	ck_assert_uint_eq(on("2027-04-21"), 0);
	ck_assert_uint_eq(on("2027-04-22"), 1);
	ck_assert_int_eq(plan.letters[0].meeting, town_day("2027-04-21"));
	town.meetings[1].cancelled = true;
	ck_assert_uint_eq(on("2027-04-22"), 0);
	ck_assert_uint_eq(on("2027-05-20"), 1);
}
END_TEST

START_TEST(no_letter_goes_out_on_a_day_off)
{
	signed_off("A", 1, "2027-02-10");
	town.meetings[0].day = town_day("2027-03-24");
	ck_assert_uint_eq(on("2027-03-25"), 1); /* Maundy Thursday is a working day */
	town.meetings[0].day = town_day("2027-03-25");
	ck_assert_uint_eq(on("2027-03-26"), 0); /* Good Friday */
	ck_assert_uint_eq(on("2027-03-29"), 0); /* Easter Monday */
	ck_assert_uint_eq(on("2027-03-30"), 1);
	ck_assert_int_gt(plan.looks[0].next, in.today);
}
END_TEST

START_TEST(a_secretary_who_is_silent_is_asked_again_twice)
{
	struct review *r = signed_off("A", 1, "2027-02-10");
	struct inquiry *q = asked_about(r, "2027-03-17", "2027-03-18", 1);

	ck_assert_uint_eq(on("2027-03-30"), 0);
	/* Seven working days later, over Easter. */
	ck_assert_uint_eq(on("2027-03-31"), 1);
	ck_assert_str_eq(plan.letters[0].ref, "GR-9");
	ck_assert_int_eq(plan.letters[0].items[0].n, 5); /* its number stays */
	ck_assert_int_eq(plan.letters[0].items[0].inquiry.times, 2);
	q->times = 3;
	ck_assert_uint_eq(on("2027-04-28"), 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	ck_assert_int_eq(plan.looks[0].next, in.today + PLAN_FIND_AGAIN_DAYS);
	town.settings.decision_again_workdays = 2;
	q->times = 2;
	ck_assert_uint_eq(on("2027-03-22"), 1);
}
END_TEST

START_TEST(a_new_secretary_gets_a_letter_of_their_own)
{
	struct review *r = signed_off("A", 1, "2027-02-10");

	asked_about(r, "2027-03-17", "2027-03-18", 1)->address = "gone@t.example";
	ck_assert_uint_eq(on("2027-03-31"), 1);
	ck_assert_str_eq(plan.letters[0].ref, "");
	ck_assert_int_eq(plan.letters[0].items[0].n, 1);
}
END_TEST

START_TEST(what_is_put_off_is_asked_about_after_the_next_meeting)
{
	static const enum reply_outcome put_off[] = { OUTCOME_TABLED, OUTCOME_WITHDRAWN };
	struct review *r = signed_off("A", 1, "2027-02-10");

	asked_about(r, "2027-03-17", "2027-03-18", 1)->outcome = put_off[_i];
	ck_assert_uint_eq(on("2027-03-31"), 0);
	ck_assert_uint_eq(on("2027-04-22"), 1);
	ck_assert_int_eq(plan.letters[0].meeting, town_day("2027-04-21"));
	ck_assert_str_eq(plan.letters[0].ref, "");
	ck_assert_int_eq(plan.letters[0].items[0].inquiry.times, 1);
	/* Asked, it is not asked about the meeting before again. */
	asked_about(r, "2027-04-21", "2027-04-22", 1);
	ck_assert_uint_eq(on("2027-04-23"), 0);
	ck_assert_uint_eq(on("2027-05-04"), 1);
	ck_assert_int_eq(plan.letters[0].meeting, town_day("2027-04-21"));
	ck_assert_int_eq(plan.letters[0].items[0].inquiry.times, 2);
}
END_TEST

START_TEST(a_sign_off_that_was_given_again_needs_its_own_meeting)
{
	struct review *r = signed_off("A", 1, "2027-03-22");

	asked_about(r, "2027-03-17", "2027-03-18", 1);
	ck_assert_uint_eq(on("2027-03-31"), 0);
	ck_assert_uint_eq(on("2027-04-22"), 1);
	/* Sent back and signed the very day of the meeting. */
	r->signed_on = town_day("2027-03-17");
	inquiries[0].outcome = OUTCOME_REFERRED_BACK;
	ck_assert_uint_eq(on("2027-03-31"), 0);
}
END_TEST

START_TEST(what_cannot_be_asked_is_a_finding)
{
	signed_off("A", 1, "2027-02-10");
	body_of("SON")->secretary = NULL;
	ck_assert_uint_eq(on("2027-03-17"), 0);
	ck_assert_uint_eq(plan.n_findings, 0);
	ck_assert_uint_eq(on("2027-03-18"), 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	body_of("SON")->secretary = "sekr@t.example";
	town_role(&town, "sekr")->to = town_day("2027-03-17");
	ck_assert_uint_eq(on("2027-03-18"), 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	town.n_meetings = 0;
	ck_assert_uint_eq(on("2027-03-18"), 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	ck_assert_str_eq(plan.findings[0].what, "no meeting is registered at which its body can decide");
}
END_TEST

/* The review has ended; its decision was reported from minutes that were not adjusted. */
START_TEST(minutes_are_asked_about_once_they_should_be_adjusted)
{
	const struct review ended = { .id = "A.1", .item = "A" };

	add("A", "sc", "SON")->reviewed = town_day("2027-03-17");
	struct inquiry *q = asked_about(&ended, "2027-03-17", "2027-03-18", 0);
	q->adjustment = true;
	q->day = DAY_NONE;
	q->paragraph = "§ 34";
	ck_assert_uint_eq(on("2027-03-31"), 0); /* 14 days after the meeting */
	ck_assert_int_eq(plan.looks[0].next, town_day("2027-04-01"));
	ck_assert_uint_eq(on("2027-04-01"), 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_ADJUSTED);
	ck_assert_str_eq(plan.letters[0].ref, "GR-9");
	ck_assert_int_eq(plan.letters[0].items[0].n, 5);
	ck_assert_str_eq(plan.letters[0].items[0].inquiry.paragraph, "§ 34");
	ck_assert(plan.letters[0].items[0].inquiry.adjustment);
	q->times = 1;
	q->day = in.today;
	ck_assert_uint_eq(on("2027-04-09"), 0);
	ck_assert_uint_eq(on("2027-04-12"), 1);
	town.meetings[0].adjusted_by = town_day("2027-03-20");
	q->times = 0;
	ck_assert_uint_eq(on("2027-03-22"), 1);
	q->outcome = OUTCOME_APPROVED;
	ck_assert_uint_eq(on("2027-04-13"), 0);
}
END_TEST

/* The council has a secretary of its own from the day on. */
static void council_secretary_from(const char *day)
{
	struct role role = { .id = "vsekr", .address = "kf@t.example", .org = "KS", .kind = ROLE_CHIEF,
	                     .from = town_day(day), .to = DAY_NONE };
	struct body kf = body_blank();

	town.roles = arena_grow(&town.arena, town.roles, town.n_roles, &town.cap_roles,
	                        sizeof(*town.roles));
	town.roles[town.n_roles++] = role;
	kf.id = kf.name = "KF";
	kf.kind = BODY_COUNCIL;
	kf.secretary = "kf@t.example";
	town.bodies = arena_grow(&town.arena, town.bodies, town.n_bodies, &town.cap_bodies,
	                         sizeof(*town.bodies));
	town.bodies[town.n_bodies++] = kf;
}

/* Whose decision it is need not be on whose behalf its letters are. */
static void decided_by_council(const char *id)
{
	for (size_t i = 0; i < town.n_items; i++)
		if (!strcmp(town.items[i].id, id)) {
			town.items[i].kind = ITEM_DOCUMENT;
			town.items[i].decided_by = "KF";
		}
}

static struct inquiry *ask_adjusted(const char *meeting)
{
	static const struct review ended = { .id = "A.1", .item = "A" };
	struct inquiry *q = asked_about(&ended, meeting, meeting, 0);

	q->adjustment = true;
	q->day = DAY_NONE;
	return q;
}

START_TEST(a_secretary_who_comes_is_waited_for)
{
	signed_off("A", 1, "2027-02-10");
	town_role(&town, "sekr")->from = town_day("2027-03-23");
	ck_assert_uint_eq(on("2027-03-18"), 0);
	ck_assert_int_eq(plan.looks[0].next, town_day("2027-03-23"));
	ck_assert_uint_eq(on("2027-03-23"), 1);
}
END_TEST

START_TEST(so_is_the_one_whom_a_document_is_put_before)
{
	signed_off("A", 1, "2027-02-10");
	item_of("A")->kind = ITEM_DOCUMENT;
	town_role(&town, "sekr")->from = town_day("2027-03-09");
	ck_assert_uint_eq(on("2027-02-11"), 0);
	ck_assert_int_eq(plan.looks[0].next, town_day("2027-03-09"));
	ck_assert_uint_eq(on("2027-03-09"), 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_REVISION);
}
END_TEST

START_TEST(so_is_the_one_of_another_body_that_decides)
{
	struct review *r = signed_off("A", 1, "2027-02-10");

	decided_by_council("A");
	council_secretary_from("2027-03-23");
	asked_about(r, "2027-03-17", "2027-03-18", 0)->about = INQUIRY_RENEWAL;
	for (size_t i = 0; i < town.n_meetings; i++)
		town.meetings[i].body = "KF";
	ck_assert_uint_eq(on("2027-03-18"), 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	ck_assert_int_eq(plan.looks[0].next, town_day("2027-03-23"));
	ck_assert_uint_eq(on("2027-03-23"), 1);
	ck_assert_str_eq(plan.letters[0].holder->id, "vsekr");
}
END_TEST

/* Of an item that is there no more nothing else is waited for. */
START_TEST(so_is_the_one_who_is_asked_about_minutes)
{
	struct item *item = add("A", "sc", "SON");

	item->reviewed = town_day("2027-03-17");
	item->retired = _i == 1;
	ask_adjusted("2027-03-17")->about = INQUIRY_RENEWAL;
	decided_by_council("A");
	council_secretary_from("2027-04-07");
	ck_assert_uint_eq(on("2027-04-01"), 0);
	ck_assert_uint_eq(plan.n_findings, 1);
	ck_assert_int_eq(plan.looks[0].next, town_day("2027-04-07"));
	ck_assert_uint_eq(on("2027-04-07"), 1);
	ck_assert_str_eq(plan.letters[0].holder->id, "vsekr");
}
END_TEST

/* KS would have adjusted its minutes later, and SON's meeting is none of its own. */
START_TEST(minutes_of_a_body_that_ends_are_asked_of_its_successor)
{
	add("A", "sc", "SON")->retired = true;
	ask_adjusted("2027-03-17");
	town.meetings[0].adjusted_by = town_day("2027-05-03");
	body_of("SON")->ceases = town_day("2027-04-06");
	body_of("SON")->successor = "KS";
	body_of("KS")->secretary = "sekr@t.example";
	ck_assert_uint_eq(on("2027-04-06"), 0);
	ck_assert_int_eq(plan.looks[0].next, town_day("2027-04-07"));
	ck_assert_uint_eq(on("2027-04-07"), 1);
	ck_assert_str_eq(plan.letters[0].body->id, "KS");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("plan-decision");
	TCase *t = tcase_create("plan-decision");

	tcase_add_checked_fixture(t, lay, desk_clear);
	tcase_add_test(t, the_secretary_is_asked_after_the_meeting);
	tcase_add_test(t, papers_after_the_stop_date_come_up_at_the_next_meeting);
	tcase_add_test(t, no_letter_goes_out_on_a_day_off);
	tcase_add_test(t, a_secretary_who_is_silent_is_asked_again_twice);
	tcase_add_test(t, a_new_secretary_gets_a_letter_of_their_own);
	tcase_add_loop_test(t, what_is_put_off_is_asked_about_after_the_next_meeting, 0, 2);
	tcase_add_test(t, a_sign_off_that_was_given_again_needs_its_own_meeting);
	tcase_add_test(t, what_cannot_be_asked_is_a_finding);
	tcase_add_test(t, minutes_are_asked_about_once_they_should_be_adjusted);
	tcase_add_test(t, a_secretary_who_comes_is_waited_for);
	tcase_add_test(t, so_is_the_one_whom_a_document_is_put_before);
	tcase_add_test(t, so_is_the_one_of_another_body_that_decides);
	tcase_add_loop_test(t, so_is_the_one_who_is_asked_about_minutes, 0, 2);
	tcase_add_test(t, minutes_of_a_body_that_ends_are_asked_of_its_successor);
	suite_add_tcase(s, t);
	return tap_run(s);
}
