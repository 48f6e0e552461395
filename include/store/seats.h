/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_SEATS_H
#define OVERSYN_STORE_SEATS_H

#include "store/store.h"

/*
 * The parts of the reviews that several approve (core/quorum.h), by review and seat; of
 * others nothing. They are written by store_apply(), as reviews that name their seat.
 */
int store_seats(struct store *s, struct arena *a, const struct reviews *of, struct reviews *out,
                struct err *e) MUST_USE;

#endif
