/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_BOOKING_H
#define OVERSYN_CORE_BOOKING_H

#include "core/change.h"
#include "core/workday.h"

/*
 * What becomes of a letter's calendar event when its reviews have changed. Pure.
 * One letter has one event, on the last working day on or before the first day that
 * an open review of it must be ready: it follows them, and never is there a second.
 */
enum booking {
	BOOKING_STAYS,   /* nothing is sent */
	BOOKING_LISTS,   /* same time, but other reviews are left: a REQUEST with the same SEQUENCE */
	BOOKING_MOVES,   /* another day: a REQUEST with the next SEQUENCE */
	BOOKING_RETURNS, /* it was cancelled, and an answer has been taken back: the same */
	BOOKING_GOES,    /* nothing is left to do: a CANCEL with the next SEQUENCE */
};

/* The reviews of the letter as they were and as they are, in the same order. *day is
 * set for MOVES and RETURNS. An event whose day has passed is let be. */
enum booking booking_next(const struct workcal *cal, const struct letter *l,
                          const struct review *before, const struct review *after, size_t n,
                          dayno today, dayno *day);

/* Makes the letter's event what was decided: its day, its usual time, its SEQUENCE. */
void booking_take(struct letter *l, enum booking b, dayno day);

#endif
