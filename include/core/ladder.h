/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_LADDER_H
#define OVERSYN_CORE_LADDER_H

#include "core/registry.h"
#include "core/review.h"

/* The rungs that a review climbs while nobody answers, all counted from
 * act_by with the municipality's settings. */
#define RUNGS(X) \
	X(NONE, "none") \
	X(INVITE, "invitation") \
	X(REMIND, "reminder") \
	X(LAST_REMIND, "last-reminder") \
	X(OVERDUE, "overdue")

enum rung {
#define X(name, word) RUNG_##name,
	RUNGS(X)
#undef X
	RUNG_COUNT
};

const char *rung_name(enum rung r);
int rung_by_name(const char *name); /* -1: none */

/* The day a rung falls on: a working day, moved out of a recess (to the
 * first working day after it, or, where that would be past act_by, to the last
 * one before it; an overdue notice is not moved for a recess). */
dayno ladder_day(const struct settings *s, const struct workcal *cal, dayno act_by, enum rung r);

/*
 * The rung to send today, given the highest one sent so far: the latest that
 * has been reached and is higher than `sent`. Rungs missed in downtime
 * collapse into it. RUNG_NONE: nothing today (also on days off, and for
 * invitations and reminders in a recess).
 */
enum rung ladder_rung(const struct settings *s, const struct workcal *cal, dayno act_by,
                      enum rung sent, dayno today);

/* The next day on which ladder_rung() could answer differently; DAY_NONE: never. */
dayno ladder_next(const struct settings *s, const struct workcal *cal, dayno act_by,
                  enum rung sent, dayno today);

#endif
