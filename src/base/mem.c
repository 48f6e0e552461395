/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *mem_alloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		abort();
	return p;
}

void *mem_zalloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		abort();
	return p;
}

void *mem_realloc(void *p, size_t size)
{
	void *q = realloc(p, size ? size : 1);

	if (!q)
		abort();
	return q;
}

char *mem_strdup(const char *s)
{
	size_t size = strlen(s) + 1;

	return memcpy(mem_alloc(size), s, size);
}

void mem_free(void *p)
{
	free(p);
}

void *mem_grow(void *p, size_t n, size_t *cap, size_t size)
{
	size_t bytes;

	if (n < *cap)
		return p;
	size_t want = *cap ? *cap * 2 : 8;
	if (want <= n)
		want = n + 1;
	if (__builtin_mul_overflow(want, size, &bytes))
		abort();
	*cap = want;
	return mem_realloc(p, bytes);
}
