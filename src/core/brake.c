/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/brake.h"

#include <stdint.h>

#include <string.h>

#include "base/attr.h"

static const char *const names[] = {
	[BRAKE_OFF] = "off", [BRAKE_ON] = "on", [BRAKE_RELEASED] = "released",
};

const char *brake_state_name(enum brake_state s)
{
	return names[s];
}

enum brake_state brake_state_by_name(const char *name)
{
	for (size_t i = 0; name && i < ARRAY_LEN(names); i++)
		if (!strcmp(names[i], name))
			return (enum brake_state)i;
	return BRAKE_OFF;
}

dayno brake_since(const struct brake *b, dayno today)
{
	if (b->passed == DAY_NONE)
		return DAY_NONE;
	/* A pass that ran later the same day, or by a clock that was ahead, has seen no
	 * more than yesterday's. */
	dayno since = b->passed < today ? b->passed : today - 1;
	return today - since > BRAKE_AWAY_DAYS ? today - BRAKE_AWAY_DAYS : since;
}

bool brake_stops(const struct settings *s, const struct brake *b, int wanted, int foreseen)
{
	int allowed = s->storm_letters;

	/* The first pass has nothing to be held against. */
	if (b->passed == DAY_NONE)
		return false;
	if (foreseen > allowed / s->storm_factor)
		allowed = foreseen > INT32_MAX / s->storm_factor ? INT32_MAX : foreseen * s->storm_factor;
	if (b->state == BRAKE_RELEASED && b->wanted > 0)
		allowed = b->wanted > INT32_MAX - allowed ? INT32_MAX : b->wanted + allowed;
	return wanted > allowed;
}

struct brake brake_after(const struct brake *b, dayno today, bool stopped, int wanted, int sent)
{
	struct brake next = { .passed = today, .state = BRAKE_OFF };

	if (stopped)
		return (struct brake){ .passed = b->passed, .state = BRAKE_ON, .wanted = wanted };
	/* What the ceiling left behind was released with the rest, and is no surprise to
	 * the pass after a first one. */
	if (wanted > sent && (b->state == BRAKE_RELEASED || b->passed == DAY_NONE))
		next = (struct brake){ .passed = today, .state = BRAKE_RELEASED, .wanted = wanted - sent };
	return next;
}
