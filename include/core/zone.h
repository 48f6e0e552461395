/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_ZONE_H
#define OVERSYN_CORE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/date.h"

/*
 * An instant is a count of seconds since 1970-01-01T00:00:00Z. Wall-clock
 * time is that of Europe/Stockholm, the only zone Swedish municipalities
 * live in: UTC+1, and UTC+2 between 01:00 UTC on the last Sunday of March
 * and of October (Directive 2000/84/EC). Computed here, so that core needs
 * no zone file.
 */
typedef int64_t instant;

#define INSTANT_NONE INT64_MIN

struct wall {
	dayno day;
	int hour, minute, second;
	int offset; /* seconds east of UTC */
};

enum { INSTANT_TEXT = 26 }; /* "2027-01-11T08:00:00+01:00" and its NUL */

struct wall zone_wall(instant t);
/* The instant of a wall-clock time; in the spring gap the time is taken as
 * winter time, in the autumn overlap as the first of the two (RFC 5545 §3.3.5). */
instant zone_instant(dayno day, int hour, int minute, int second);

/* ISO 8601 with offset or Z, or a bare date (midnight, Swedish time). */
bool zone_parse(const char *text, instant *out);
char *zone_text(instant t, char out[INSTANT_TEXT]);

#endif
