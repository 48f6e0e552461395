/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_RESTS_H
#define OVERSYN_STORE_RESTS_H

#include "store/store.h"

/* The open reviews that wait for changes, by item; and those that wake. */
struct rests {
	struct rest *at;
	size_t n;
};
int store_rests(struct store *s, struct arena *a, struct rests *out, struct err *e) MUST_USE;
int store_awake_rests(struct store *s, struct arena *a, dayno today, struct rests *out,
                      struct err *e) MUST_USE;

#endif
