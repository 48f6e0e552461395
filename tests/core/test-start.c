/* SPDX-License-Identifier: EUPL-1.2 */
/* What is started opens by itself: the facts are told, and a pass does the rest. */
#include <string.h>

#include "core/report.h"
#include "core/start.h"
#include "tests/core/desk.h"
#include "tests/tap.h"

static dayno day(const char *text)
{
	return town_day(text);
}

/* An item that was decided so long ago, due each year. */
static struct item *decided(const char *id, const char *when)
{
	struct item *i = add(id, "kd", "KS");

	i->decided = day(when);
	registry_index(&town);
	return item_of(id);
}

static void tell(const struct start *s)
{
	if (s->asks) {
		town.events = arena_grow(&town.arena, town.events, town.n_events, &town.cap_events,
		                         sizeof(*town.events));
		town.events[town.n_events++] = s->event;
	}
	town.exceptions = arena_grow(&town.arena, town.exceptions, town.n_exceptions,
	                             &town.cap_exceptions, sizeof(*town.exceptions));
	town.exceptions[town.n_exceptions++] = s->plan;
	registry_index(&town);
}

/* It has no letter before it is told, and one on the day that was said after. */
static void opens(const char *id)
{
	struct start s = start_review(&town, item_of(id), false, in.today);

	ck_assert_str_eq(start_verdict_name(s.verdict), "ok");
	in.today = s.letter;
	pass();
	ck_assert_uint_eq(plan.n_letters, 0);
	tell(&s);
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_str_eq(plan.letters[0].items[0].item->id, id);
	ck_assert_int_eq(plan.letters[0].items[0].review.act_by, s.act_by);
	ck_assert_int_eq(plan.letters[0].items[0].review.due, s.due);
	ck_assert_int_eq(plan.letters[0].items[0].rung, RUNG_INVITE);
	/* The letter has gone: it is not started again. */
	ck_assert_str_eq(start_verdict_name(start_review(&town, item_of(id), true, in.today).verdict), "open");
	/* And a review of it ends what was told. */
	item_of(id)->reviewed = s.letter + 7;
	struct due d;
	due_compute(&town, item_of(id), s.letter + 8, &arena, &d);
	ck_assert(d.due == DAY_NONE || d.due > s.letter + 300);
}

START_TEST(far_ahead_it_is_asked_for)
{
	decided("X", "2026-12-01");
	struct start s = start_review(&town, item_of("X"), false, in.today);
	ck_assert(s.asks);
	ck_assert_int_eq(s.due, in.today + 60);
	opens("X");
}
END_TEST

START_TEST(near_by_it_is_only_earlier)
{
	decided("X", "2026-03-25");
	struct start s = start_review(&town, item_of("X"), false, in.today);
	ck_assert(!s.asks);
	ck_assert_int_eq(s.due, day("2027-03-25"));
	opens("X");
}
END_TEST

START_TEST(what_cannot_be_watched_can_be_started)
{
	struct item *i = decided("X", "2026-03-25");
	struct due d;

	i->decided = DAY_NONE;
	i->known_on = day("2026-01-01");
	due_compute(&town, i, in.today, &arena, &d);
	ck_assert_int_eq(d.status, DUE_ASK);
	struct start s = start_review(&town, item_of("X"), false, in.today);
	ck_assert_str_eq(start_verdict_name(s.verdict), "ok");
	tell(&s);
	pass();
	ck_assert_uint_eq(plan.n_letters, 1);
	ck_assert_int_eq(plan.letters[0].kind, PLAN_REVIEW);
}
END_TEST

START_TEST(a_letter_waits_for_the_end_of_a_recess)
{
	static struct recess rest;

	decided("X", "2026-12-01");
	rest = (struct recess){ .key = "vinter", .at = { in.today - 1, in.today + 12 } };
	town.recess = &rest;
	town.n_recess = 1;
	registry_index(&town);
	struct workcal cal = registry_workcal(&town);
	struct start s = start_review(&town, item_of("X"), false, in.today);
	ck_assert_int_eq(s.letter, report_letter_day(&cal, in.today));
	ck_assert_int_gt(s.letter, in.today + 12);
	opens("X");
}
END_TEST

START_TEST(what_is_no_time_for_is_refused)
{
	decided("X", "2026-03-01");
	ck_assert_str_eq(start_verdict_name(start_review(&town, item_of("X"), false, in.today).verdict), "anyway");
	decided("Y", "2026-12-01");
	item_of("Y")->reviewed = in.today - 10;
	ck_assert_str_eq(start_verdict_name(start_review(&town, item_of("Y"), false, in.today).verdict), "recent");
	item_of("Y")->reviewed = DAY_NONE;
	item_of("Y")->decided = in.today;
	ck_assert_str_eq(start_verdict_name(start_review(&town, item_of("Y"), false, in.today).verdict), "recent");
	item_of("Y")->retired = true;
	ck_assert_str_eq(start_verdict_name(start_review(&town, item_of("Y"), false, in.today).verdict), "retired");
	decided("Z", "2026-12-01");
	item_of("Z")->responsible = NULL;
	ck_assert_str_eq(start_verdict_name(start_review(&town, item_of("Z"), false, in.today).verdict), "nobody");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("start");
	TCase *t = tcase_create("start");

	tcase_add_checked_fixture(t, desk_lay, desk_clear);
	tcase_add_test(t, far_ahead_it_is_asked_for);
	tcase_add_test(t, near_by_it_is_only_earlier);
	tcase_add_test(t, what_cannot_be_watched_can_be_started);
	tcase_add_test(t, a_letter_waits_for_the_end_of_a_recess);
	tcase_add_test(t, what_is_no_time_for_is_refused);
	suite_add_tcase(s, t);
	return tap_run(s);
}
