/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_WAKEUP_H
#define OVERSYN_CORE_WAKEUP_H

#include <stdbool.h>

#include "core/zone.h"

/*
 * When the next pass is to be. What is due is a state of the database and the day, never
 * a moment that can be missed (reliability.md §0 no. 10): so a clock that jumps, a machine
 * that slept and a night of 23 or 25 hours cost a pass at most.
 */
struct wakeup {
	instant passed;   /* when the last pass began; INSTANT_NONE: there was none */
	int failures;     /* passes in a row that failed, it being the last of them */
	instant retry;    /* when mail can go again; INSTANT_NONE: none waits for that */
	bool left;        /* the ceiling left letters to the next pass */
	int letters_from; /* the hour, 0 to 23, from which letters are written on a day */
};

enum {
	WAKEUP_LEFT_S = 15 * 60, /* between the passes that a ceiling makes of one */
	WAKEUP_ANY_S = 3600,     /* between passes, whatever happens */
	WAKEUP_THROTTLE_S = 60,  /* until a server that counts by the minute takes more */
	WAKEUP_FAILED_S = 60,    /* after one failure; after more of them up to */
	WAKEUP_FAILED_MOST_S = 15 * 60,
};

/* At or before `now`: at once. */
instant wakeup_next(const struct wakeup *w, instant now);

#endif
