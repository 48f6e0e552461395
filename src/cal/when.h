/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_CAL_WHEN_H
#define OVERSYN_SRC_CAL_WHEN_H

#include <stdbool.h>

#include "base/arena.h"
#include "core/zone.h"

/* A DATE or DATE-TIME as it is written (RFC 5545 §3.3.4–5), in the zone that
 * it is written in: series are counted there. */
struct when {
	dayno day;
	int hour, minute, second; /* of a date: 0 */
	bool date;                /* a day without a time */
	bool utc;                 /* else Swedish time */
};

/* Reads one value, the `len` bytes from v on, with the zone that the line
 * names. What is wrong and what to mend, in the arena, or NULL. */
const char *when_read(struct arena *a, const char *line, const char *v, size_t len,
                      struct when *out);

/* The Swedish day and time; an hour that the spring skips is an hour later. */
struct wall when_wall(const struct when *w);
instant when_instant(const struct when *w);

#endif
