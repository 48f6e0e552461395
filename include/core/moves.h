/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_MOVES_H
#define OVERSYN_CORE_MOVES_H

#include "core/due.h"

/*
 * What a change of the register would do to due dates: the same items in two
 * indexed registers, before and after, on one day. Pure, so that a change can
 * be tried before it is kept.
 */
struct move {
	const struct item *item;  /* as it is after; NULL: gone */
	const struct item *was;   /* as it was before; NULL: new */
	dayno due_before, due;    /* DAY_NONE: no date */
	dayno act_by_before, act_by;
	enum due_status status_before, status;
};

struct moves {
	struct move *at; /* by item id; only those that differ */
	size_t n, cap;
	size_t compared;
};

void moves_between(const struct registry *before, const struct registry *after, dayno today,
                   struct arena *a, struct moves *out);

#endif
