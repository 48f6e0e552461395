/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/review.h"
#include "tests/tap.h"

/* A small generator of our own: the same seed gives the same walk everywhere. */
static unsigned next_random(unsigned *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 16;
}

/* OVERSYN_SEED repeats a walk that failed. */
static unsigned seed(void)
{
	const char *s = getenv("OVERSYN_SEED");
	unsigned n = s ? (unsigned)strtoul(s, NULL, 10) : (unsigned)time(NULL);

	printf("# seed %u\n", n);
	fflush(stdout);
	return n;
}

START_TEST(every_state_answers_every_event)
{
	for (int s = 0; s < REVIEW_STATE_COUNT; s++) {
		for (int e = 0; e < REVIEW_EVENT_COUNT; e++) {
			struct review_step step =
				review_next((enum review_state)s, (enum review_event)e);
			ck_assert_int_ge((int)step.next, 0);
			ck_assert_int_lt((int)step.next, REVIEW_STATE_COUNT);
			if (!step.ok)
				ck_assert_int_eq((int)step.next, s);
			if (step.ok)
				ck_assert_int_ne((int)step.next, REVIEW_PLANNED);
			/* An end is one, but for the signer who takes it back. */
			if (review_terminal((enum review_state)s))
				ck_assert(step.ok == (s == REVIEW_CLOSED && e == REVIEW_ON_UNDO));
		}
	}
}
END_TEST

START_TEST(silence_and_doubt_never_close)
{
	unsigned r = seed(), first = r;

	for (int walk = 0; walk < 20000; walk++) {
		enum review_state state = REVIEW_PLANNED;
		bool approved = false, decided = false, pending = false;
		for (int i = 0; i < 24; i++) {
			enum review_event e =
				(enum review_event)(next_random(&r) % REVIEW_EVENT_COUNT);
			struct review_step step = review_next(state, e);
			if (review_terminal(state) && (state != REVIEW_CLOSED || e != REVIEW_ON_UNDO))
				ck_assert_msg(!step.ok && step.next == state, "seed %u", first);
			if (step.ok && (e == REVIEW_ON_REOPEN || e == REVIEW_ON_UNDO || e == REVIEW_ON_REFER))
				approved = pending = false;
			if (step.ok && e == REVIEW_ON_APPROVE)
				approved = true;
			if (step.ok && e == REVIEW_ON_APPROVE_PENDING)
				pending = true;
			decided = step.ok && e == REVIEW_ON_DECIDE;
			if (step.ok && step.next == REVIEW_CLOSED)
				ck_assert_msg(approved || (pending && decided),
				              "seed %u: closed by %s from %s", first,
				              review_event_name(e), review_state_name(state));
			if (step.next == REVIEW_AWAITING)
				ck_assert_msg(pending, "seed %u", first);
			state = step.next;
		}
	}
}
END_TEST

START_TEST(the_usual_lives)
{
	static const struct {
		enum review_state from;
		enum review_event event;
		bool ok;
		enum review_state to;
	} row[] = {
		{ REVIEW_PLANNED, REVIEW_ON_INVITE, true, REVIEW_OPEN },
		{ REVIEW_PLANNED, REVIEW_ON_APPROVE, false, REVIEW_PLANNED },
		{ REVIEW_OPEN, REVIEW_ON_REMIND, true, REVIEW_OPEN },
		{ REVIEW_OPEN, REVIEW_ON_APPROVE, true, REVIEW_CLOSED },
		{ REVIEW_OPEN, REVIEW_ON_APPROVE_PENDING, true, REVIEW_AWAITING },
		{ REVIEW_OPEN, REVIEW_ON_ASK_CHANGES, true, REVIEW_CHANGES },
		{ REVIEW_OPEN, REVIEW_ON_EXTEND, true, REVIEW_OPEN },
		{ REVIEW_OPEN, REVIEW_ON_DISOWN, true, REVIEW_MISDIRECTED },
		{ REVIEW_OPEN, REVIEW_ON_DECIDE, false, REVIEW_OPEN },
		{ REVIEW_CHANGES, REVIEW_ON_APPROVE, true, REVIEW_CLOSED },
		{ REVIEW_CHANGES, REVIEW_ON_REOPEN, true, REVIEW_OPEN },
		{ REVIEW_CHANGES, REVIEW_ON_REMIND, false, REVIEW_CHANGES },
		{ REVIEW_MISDIRECTED, REVIEW_ON_APPROVE, false, REVIEW_MISDIRECTED },
		{ REVIEW_MISDIRECTED, REVIEW_ON_REOPEN, true, REVIEW_OPEN },
		{ REVIEW_AWAITING, REVIEW_ON_DECIDE, true, REVIEW_CLOSED },
		{ REVIEW_AWAITING, REVIEW_ON_REFER, true, REVIEW_CHANGES },
		{ REVIEW_AWAITING, REVIEW_ON_POSTPONE, true, REVIEW_AWAITING },
		{ REVIEW_OPEN, REVIEW_ON_REFER, false, REVIEW_OPEN },
		{ REVIEW_CHANGES, REVIEW_ON_POSTPONE, false, REVIEW_CHANGES },
		{ REVIEW_CHANGES, REVIEW_ON_APPROVE_PENDING, true, REVIEW_AWAITING },
		{ REVIEW_CLOSED, REVIEW_ON_REFER, false, REVIEW_CLOSED },
		{ REVIEW_AWAITING, REVIEW_ON_APPROVE, false, REVIEW_AWAITING },
		{ REVIEW_AWAITING, REVIEW_ON_REOPEN, true, REVIEW_OPEN },
		{ REVIEW_CLOSED, REVIEW_ON_REOPEN, false, REVIEW_CLOSED },
		{ REVIEW_CLOSED, REVIEW_ON_UNDO, true, REVIEW_OPEN },
		{ REVIEW_AWAITING, REVIEW_ON_UNDO, true, REVIEW_OPEN },
		{ REVIEW_SUPERSEDED, REVIEW_ON_UNDO, false, REVIEW_SUPERSEDED },
		{ REVIEW_AWAITING, REVIEW_ON_CANCEL, true, REVIEW_CANCELLED },
		{ REVIEW_PLANNED, REVIEW_ON_REPLACE, true, REVIEW_SUPERSEDED },
		{ REVIEW_CANCELLED, REVIEW_ON_REPLACE, false, REVIEW_CANCELLED },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct review_step step = review_next(row[i].from, row[i].event);
		ck_assert_msg(step.ok == row[i].ok && step.next == row[i].to, "%s + %s gave %s",
		              review_state_name(row[i].from), review_event_name(row[i].event),
		              review_state_name(step.next));
	}
}
END_TEST

START_TEST(names_go_both_ways)
{
	for (int s = 0; s < REVIEW_STATE_COUNT; s++)
		ck_assert_int_eq(review_state_by_name(review_state_name((enum review_state)s)), s);
	ck_assert_int_eq(review_state_by_name("approved"), -1);
	ck_assert_str_eq(review_event_name(REVIEW_ON_ASK_CHANGES), "ask-changes");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("review");
	TCase *t = tcase_create("review");

	tcase_add_test(t, every_state_answers_every_event);
	tcase_add_test(t, silence_and_doubt_never_close);
	tcase_add_test(t, the_usual_lives);
	tcase_add_test(t, names_go_both_ways);
	suite_add_tcase(s, t);
	return tap_run(s);
}
