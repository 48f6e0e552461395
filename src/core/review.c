/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/review.h"

#include <assert.h>
#include <string.h>

#include "base/attr.h"

/*
 * What a cell may say. 0 is no answer, so that a cell that somebody forgot
 * can never pass for "go back to planned".
 */
enum cell { UNANSWERED = 0, NOT_NOW, TO_FIRST };

/* The table's words, short so that a row fits a line. */
enum {
	OPEN = TO_FIRST + REVIEW_OPEN,
	EDIT = TO_FIRST + REVIEW_CHANGES,
	STRAY = TO_FIRST + REVIEW_MISDIRECTED,
	AWAIT = TO_FIRST + REVIEW_AWAITING,
	DONE = TO_FIRST + REVIEW_CLOSED,
	GONE = TO_FIRST + REVIEW_CANCELLED,
	NEWER = TO_FIRST + REVIEW_SUPERSEDED,
	NO = NOT_NOW,
};

/* A row names all its events, in their order: one that is left out does not compile. */
#define ROW(state, invite, remind, approve, pending, changes, extend, disown, decide, refer, \
            postpone, reopen, cancel, replace, undo, part, beside, disown_part) \
	[REVIEW_##state] = { \
		[REVIEW_ON_INVITE] = invite, \
		[REVIEW_ON_REMIND] = remind, \
		[REVIEW_ON_APPROVE] = approve, \
		[REVIEW_ON_APPROVE_PENDING] = pending, \
		[REVIEW_ON_ASK_CHANGES] = changes, \
		[REVIEW_ON_EXTEND] = extend, \
		[REVIEW_ON_DISOWN] = disown, \
		[REVIEW_ON_DECIDE] = decide, \
		[REVIEW_ON_REFER] = refer, \
		[REVIEW_ON_POSTPONE] = postpone, \
		[REVIEW_ON_REOPEN] = reopen, \
		[REVIEW_ON_CANCEL] = cancel, \
		[REVIEW_ON_REPLACE] = replace, \
		[REVIEW_ON_UNDO] = undo, \
		[REVIEW_ON_APPROVE_PART] = part, \
		[REVIEW_ON_APPROVE_BESIDE] = beside, \
		[REVIEW_ON_DISOWN_PART] = disown_part, \
	}

static_assert(REVIEW_STATE_COUNT == 8, "a new state needs its row below");
static_assert(REVIEW_EVENT_COUNT == 17, "a new event needs its column below");

/*
 * PLANNED: nobody has been shown anything, so nobody can answer.
 * OPEN: a decision is not taken without the holder's sign-off; a § that comes
 *   first goes to the coordinator. To be sent again is a REMIND.
 * CHANGES: the coordinator has the ball, so no rung goes out and no extension
 *   is needed; but the holder may answer again, and a later clear GODKÄNNS
 *   stands: it is from the same person, to the same version.
 * MISDIRECTED: the person said that the item is not theirs. An approval from
 *   them contradicts that and is no sign-off until somebody has sorted it out
 *   and reopened the review.
 * AWAITING: the holder has signed, and may take that back until the body has
 *   decided. What the body refers back or rejects is to be worked on again: it is
 *   changes that somebody asked for, and the sign-off is used up; what it tables or
 *   takes off the agenda still waits.
 * CLOSED: stays so, but for its own signer, who may take the sign-off back for a
 *   while. The table knows no time: whether it is too late, a body has decided
 *   or the item has had another review, core/apply.h asks before it gets here.
 * PART, BESIDE: one of several has approved, and others must too; the second while
 *   what somebody asked for stands. The one who has said that a part is not theirs
 *   is sorted out beside the others, who go on.
 * UNDO always opens. What the answer before had made of the review, if that still
 *   stands, is done again from there: see apply-undo.c.
 */
static const unsigned char life[REVIEW_STATE_COUNT][REVIEW_EVENT_COUNT] = {
	/*  state        inv   rem   appr  pend   chng  ext   disown  dec   refer post   reopen  cancel  repl   undo  part  besd  part */
	ROW(PLANNED,     OPEN, NO,   NO,   NO,    NO,   NO,   NO,     NO,   NO,   NO,    NO,     GONE,   NEWER, NO,   NO,   NO,   NO),
	ROW(OPEN,        NO,   OPEN, DONE, AWAIT, EDIT, OPEN, STRAY,  NO,   NO,   NO,    NO,     GONE,   NEWER, OPEN, OPEN, EDIT, OPEN),
	ROW(CHANGES,     NO,   NO,   DONE, AWAIT, EDIT, NO,   STRAY,  NO,   NO,   NO,    OPEN,   GONE,   NEWER, OPEN, OPEN, EDIT, EDIT),
	ROW(MISDIRECTED, NO,   NO,   NO,   NO,    NO,   NO,   NO,     NO,   NO,   NO,    OPEN,   GONE,   NEWER, OPEN, NO,   NO,   NO),
	ROW(AWAITING,    NO,   NO,   NO,   NO,    NO,   NO,   NO,     DONE, EDIT, AWAIT, OPEN,   GONE,   NEWER, OPEN, NO,   NO,   NO),
	ROW(CLOSED,      NO,   NO,   NO,   NO,    NO,   NO,   NO,     NO,   NO,   NO,    NO,     NO,     NO,    OPEN, NO,   NO,   NO),
	ROW(CANCELLED,   NO,   NO,   NO,   NO,    NO,   NO,   NO,     NO,   NO,   NO,    NO,     NO,     NO,    NO,   NO,   NO,   NO),
	ROW(SUPERSEDED,  NO,   NO,   NO,   NO,    NO,   NO,   NO,     NO,   NO,   NO,    NO,     NO,     NO,    NO,   NO,   NO,   NO),
};

static const char *const state_names[] = {
#define X(name, word) [REVIEW_##name] = word,
	REVIEW_STATES(X)
#undef X
};

static const char *const event_names[] = {
#define X(name, word) [REVIEW_ON_##name] = word,
	REVIEW_EVENTS(X)
#undef X
};

static_assert(ARRAY_LEN(state_names) == REVIEW_STATE_COUNT, "every state has a name");
static_assert(ARRAY_LEN(event_names) == REVIEW_EVENT_COUNT, "every event has a name");

struct review_step review_next(enum review_state state, enum review_event event)
{
	unsigned cell = life[state][event];

	if (cell < TO_FIRST)
		return (struct review_step){ .ok = false, .next = state };
	return (struct review_step){ .ok = true, .next = (enum review_state)(cell - TO_FIRST) };
}

bool review_terminal(enum review_state state)
{
	return state == REVIEW_CLOSED || state == REVIEW_CANCELLED || state == REVIEW_SUPERSEDED;
}

const char *review_state_name(enum review_state state)
{
	return state_names[state];
}

int review_state_by_name(const char *name)
{
	for (int i = 0; i < REVIEW_STATE_COUNT; i++)
		if (!strcmp(state_names[i], name))
			return i;
	return -1;
}

const char *review_event_name(enum review_event event)
{
	return event_names[event];
}
