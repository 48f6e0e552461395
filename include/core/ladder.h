/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_LADDER_H
#define OVERSYN_CORE_LADDER_H

#include "core/registry.h"
#include "core/review.h"

/* The rungs that a review climbs while nobody answers, all counted from
 * act_by with the municipality's settings. The last two are told to others than
 * its holder. */
#define RUNGS(X) \
	X(NONE, "none") \
	X(INVITE, "invitation") \
	X(REMIND, "reminder") \
	X(LAST_REMIND, "last-reminder") \
	X(OVERDUE, "overdue") \
	X(ESCALATE, "escalation") /* the holder's superior, who may answer instead */ \
	X(CHAIR, "chair")         /* the chair of its body, for information */

enum rung {
#define X(name, word) RUNG_##name,
	RUNGS(X)
#undef X
	RUNG_COUNT
};

const char *rung_name(enum rung r);
int rung_by_name(const char *name); /* -1: none */

struct ladder { /* what the rungs of one review are counted from */
	const struct settings *settings;
	const struct workcal *cal;
	dayno act_by; /* DAY_NONE: no rung is ever reached */
	dayno last;   /* of the latest notice, when it has left; DAY_NONE: none. The last reminder
	                 and the overdue notice may follow the next day */
	dayno stop;   /* ladder_stop_from() on: the body's next stop date; DAY_NONE: not known */
};

enum { LADDER_REST_DAYS = 7 }; /* at least, between an invitation and its reminder */

/* With nothing known but the day. */
struct ladder ladder_to(const struct settings *s, const struct workcal *cal, dayno act_by);

/*
 * The day a rung falls on: a working day, moved out of a recess (to the
 * first working day after it, or, where that would be past act_by, to the last
 * one before it; from the overdue notice on it is not moved for a recess).
 * After a late start the first reminder would fall a day or two after the
 * invitation: it rests, the last one and what follows do not.
 * A superior is told no sooner after the overdue notice, nor a chair after the
 * superior, than the settings lie apart; but a chair three working days before
 * the body's next stop date, so that the matter can be taken up.
 */
dayno ladder_day(const struct ladder *l, enum rung r);

/*
 * The rung to send today, given the highest one sent so far: the latest that
 * has been reached and is higher than `sent`. Rungs missed in downtime
 * collapse into it; but nobody is told of a person who was not, so past the
 * overdue notice they come one at a time. RUNG_NONE: nothing today (also on days
 * off, on the day of the latest notice, and for invitations and reminders in a recess).
 */
enum rung ladder_rung(const struct ladder *l, enum rung sent, dayno today);

/* The next day on which ladder_rung() could answer differently; DAY_NONE: never. */
dayno ladder_next(const struct ladder *l, enum rung sent, dayno today);

/* The first stop date that leaves a superior who was told on `last` time to act
 * before the chair is told. */
dayno ladder_stop_from(const struct workcal *cal, dayno last);

#endif
