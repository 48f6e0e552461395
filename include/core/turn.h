/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_TURN_H
#define OVERSYN_CORE_TURN_H

#include "core/registry.h"

/*
 * What a register says changes by time alone: roles begin and end, holders go
 * away and come back, bodies end, terms of office open. The first day after
 * `day` on which something of that may change when the item is due, or who is
 * asked about it on whose behalf; at times earlier, never later. DAY_NONE: never.
 */
dayno turn_next(const struct registry *r, const struct item *i, dayno day);

/* The same of who is asked what the body decided. */
dayno turn_secretary(const struct registry *r, const struct body *b, dayno day);

#endif
