/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_BRAKES_H
#define OVERSYN_STORE_BRAKES_H

#include "core/brake.h"
#include "store/store.h"

/* The brake, what the coordinator is to be told, and dead addresses; a change
 * (store_apply()) writes matters, dead addresses and who holds what. */

int store_brake(struct store *s, struct brake *out, struct err *e) MUST_USE;

struct matters {
	struct matter *at;
	size_t n;
};
/* What the coordinator has not been told, oldest first; none where a letter of today
 * has gone. */
int store_matters_untold(struct store *s, struct arena *a, dayno today, struct matters *out,
                         struct err *e) MUST_USE;

/* Mail reaches the address again: 1; 0 it was not known to be dead; -1. */
int store_address_alive(struct store *s, const char *address, instant now, struct err *e) MUST_USE;

#endif
