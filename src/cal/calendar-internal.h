/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_CAL_CALENDAR_INTERNAL_H
#define OVERSYN_SRC_CAL_CALENDAR_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "cal/invite.h"

/* ---- calendar-sift.c ---- */

/* The unfolded lines that passed, each with CRLF. */
struct sifted {
	struct buf text;
	bool calendar; /* BEGIN:VCALENDAR was there */
	int depth;     /* of all that is open */
	int open;      /* of what passed */
	struct calendar_reply *facts; /* the first event's, as they are met */
	int in_event, events;
};

/* Unfolds and sifts; false when the bytes go beyond what a calendar needs. */
bool calendar_sift(const char *bytes, size_t len, struct sifted *s);

/* ---- calendar-facts.c ---- */

/* Takes what an unfolded line of an event says beside who answers what. */
void calendar_take_fact(const char *line, struct calendar_reply *out);

/* ---- calendar-time.c ---- */

/* DTSTART, DTEND or DTSTAMP; false when the time is not one to be sure of. */
bool calendar_time(const char *line, instant *out, bool *all_day);

#endif
