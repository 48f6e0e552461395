/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_BASE_MEM_H
#define OVERSYN_BASE_MEM_H

#include <stddef.h>

#include "base/attr.h"

/* Allocation that never returns NULL: out of memory aborts the process. */
void *mem_alloc(size_t size) MUST_USE;
void *mem_zalloc(size_t size) MUST_USE; /* zeroed */
void *mem_realloc(void *p, size_t size) MUST_USE;
char *mem_strdup(const char *s) MUST_USE;
void mem_free(void *p);

/*
 * Makes room for element number n (counted from 0) in the growing array p,
 * whose elements take `size` bytes and whose capacity is *cap elements:
 *
 *	v->at = mem_grow(v->at, v->n, &v->cap, sizeof(*v->at));
 *	v->at[v->n++] = x;
 *
 * New room is not cleared. Free with mem_free().
 */
void *mem_grow(void *p, size_t n, size_t *cap, size_t size) MUST_USE;

#endif
