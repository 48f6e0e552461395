/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_RENEWAL_H
#define OVERSYN_CORE_RENEWAL_H

#include "core/registry.h"

/*
 * What our own cases found out about an item that the register may not know yet: a
 * body has decided on it anew, or repealed it. It is kept beside what the register
 * says, and the later of the two counts.
 */
struct renewal {
	const char *item;       /* id; NULL where it is the item's own */
	dayno day;              /* of the decision; DAY_NONE: it was not renewed */
	const char *paragraph;  /* "§ 190"; NULL unknown */
	const char *registry_no; /* NULL: none was told, the item keeps its own */
	dayno due;              /* that it answered; DAY_NONE unknown */
	dayno ended;            /* of the decision that repealed it; DAY_NONE */
};

/*
 * Makes the item what it is after that: decided and revised that day, which starts its
 * clock and opens its children's reviews; or retired. What a holder is shown changes
 * with it. A later date in the register counts instead. Strings go to the arena.
 */
void renewal_merge(const struct renewal *n, struct arena *a, struct item *i);

#endif
