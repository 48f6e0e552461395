/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_BASE_ARENA_H
#define OVERSYN_BASE_ARENA_H

#include <stddef.h>

#include "base/attr.h"

/*
 * Memory for the many small values of one pass, one message or one register:
 * taken piece by piece, given back all at once. What an arena gave lives
 * until arena_release(). Out of memory aborts.
 *
 *	struct arena a AUTO(arena_release) = ARENA_INIT;
 */
struct arena_block;
struct arena_owned;

struct arena {
	struct arena_block *head;
	struct arena_owned *owned;
};

#define ARENA_INIT { .head = NULL, .owned = NULL }

void arena_release(struct arena *a);

void *arena_alloc(struct arena *a, size_t size) MUST_USE; /* zeroed, aligned for any type */
char *arena_dup(struct arena *a, const char *s) MUST_USE;  /* NULL stays NULL */
char *arena_dupn(struct arena *a, const char *s, size_t len) MUST_USE;
void *arena_own(struct arena *a, void *block) MUST_USE; /* one of mem_alloc(): from now on the arena's */
char *arena_fmt(struct arena *a, const char *fmt, ...) MUST_USE PRINTF(2, 3);

/*
 * Like mem_grow(), for an array that lives in the arena: the outgrown copy
 * stays until release, which costs at most as much as the array itself.
 */
void *arena_grow(struct arena *a, void *p, size_t n, size_t *cap, size_t size) MUST_USE;

#endif
