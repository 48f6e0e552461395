/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_BRAKE_H
#define OVERSYN_CORE_BRAKE_H

#include "core/registry.h"

/*
 * The storm brake: a pass that wants to send many more letters than was to be
 * foreseen when the last one ran sends none of them. Then either the clock, a file
 * that was imported or the program is wrong, and a person must look; or a lot has
 * come that nobody could foresee, and a person says so. Nothing is lost: what was not
 * written is written by the next pass, once it is released or the cause is mended.
 */
enum brake_state {
	BRAKE_OFF,
	BRAKE_ON,       /* a pass has stopped, and the coordinator knows */
	BRAKE_RELEASED, /* `wanted` letters may go out, foreseen or not */
};

const char *brake_state_name(enum brake_state s);
enum brake_state brake_state_by_name(const char *name); /* unknown: BRAKE_OFF */

struct brake {
	dayno passed; /* the day of the last pass that was done; DAY_NONE: none was */
	enum brake_state state;
	int wanted; /* letters that the pass that stopped wanted to send; BRAKE_RELEASED:
	             * that may still go */
};

/* How long the program may have been away, in days, and what fell due meanwhile
 * still be foreseen: a clock that is years off foresees nothing. */
enum { BRAKE_AWAY_DAYS = 31 };

/* What fell on a day after this one was to be foreseen by the pass of `today`;
 * DAY_NONE: everything was, no pass has been. */
dayno brake_since(const struct brake *b, dayno today);

/* Whether to stop before `wanted` letters, of which `foreseen` were to be foreseen. */
bool brake_stops(const struct settings *s, const struct brake *b, int wanted, int foreseen);

/* The brake once a pass has sent `sent` of the `wanted` letters, or has stopped. */
struct brake brake_after(const struct brake *b, dayno today, bool stopped, int wanted, int sent);

#endif
