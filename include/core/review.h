/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_REVIEW_H
#define OVERSYN_CORE_REVIEW_H

#include <stdbool.h>

#include "core/zone.h"

/*
 * One occasion of reviewing one item (granskning). Its whole life is the
 * table in src/core/review.c: every state meets every event.
 */
#define REVIEW_STATES(X) \
	X(PLANNED, "planned") \
	X(OPEN, "open")               /* asked for; the holder has the ball */ \
	X(CHANGES, "changes-asked")   /* ÄNDRING: the coordinator has the ball */ \
	X(MISDIRECTED, "wrong-person") /* FEL PERSON: the coordinator has the ball */ \
	X(AWAITING, "awaiting-decision") /* signed; the body must note or decide */ \
	X(CLOSED, "closed") \
	X(CANCELLED, "cancelled") \
	X(SUPERSEDED, "superseded")

enum review_state {
#define X(name, word) REVIEW_##name,
	REVIEW_STATES(X)
#undef X
	REVIEW_STATE_COUNT
};

#define REVIEW_EVENTS(X) \
	X(INVITE, "invite")             /* the first letter goes out */ \
	X(REMIND, "remind")             /* a later rung goes out */ \
	X(APPROVE, "approve")           /* a trusted, clear GODKÄNNS */ \
	X(APPROVE_PENDING, "approve-pending") /* the same, where a body must decide too */ \
	X(ASK_CHANGES, "ask-changes")   /* ÄNDRING */ \
	X(EXTEND, "extend")             /* ANSTÅND within the limit */ \
	X(DISOWN, "disown")             /* FEL PERSON */ \
	X(DECIDE, "decide")             /* date and § from the body's secretary */ \
	X(REFER, "refer")               /* återremiss, avslag: the body wants other work */ \
	X(POSTPONE, "postpone")         /* bordlagt, utgick: it comes up at a later meeting */ \
	X(REOPEN, "reopen")             /* the coordinator sends it again */ \
	X(CANCEL, "cancel")             /* the item is retired */ \
	X(REPLACE, "replace")           /* the item was replaced, or changed under the review */ \
	X(UNDO, "undo")                 /* ÅNGRA, in its time: see core/apply.h */ \
	X(APPROVE_PART, "approve-part") /* where several approve: not enough have yet */ \
	X(APPROVE_BESIDE, "approve-beside") /* the same, while another's ÄNDRING stands */ \
	X(DISOWN_PART, "disown-part")   /* FEL PERSON from one of several */

enum review_event {
#define X(name, word) REVIEW_ON_##name,
	REVIEW_EVENTS(X)
#undef X
	REVIEW_EVENT_COUNT
};

/* The answer to an event: the next state, or "not now" with the state kept. */
struct review_step {
	bool ok;
	enum review_state next;
};

struct review_step review_next(enum review_state state, enum review_event event);
bool review_terminal(enum review_state state); /* no pass has anything to do with it */
const char *review_state_name(enum review_state state);
int review_state_by_name(const char *name); /* -1: none */
const char *review_event_name(enum review_event event);

#endif
