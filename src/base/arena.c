/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { LARGE = 256, BLOCK = 16384 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	_Alignas(max_align_t) char bytes[];
};

/* The list itself lives in the arena. */
struct arena_owned {
	struct arena_owned *next;
	void *block;
};

void arena_release(struct arena *a)
{
	for (; a->owned; a->owned = a->owned->next)
		mem_free(a->owned->block);
	while (a->head) {
		struct arena_block *next = a->head->next;

		mem_free(a->head);
		a->head = next;
	}
}

static void *take(struct arena *a, size_t size)
{
	size_t align = _Alignof(max_align_t);

	if (size > SIZE_MAX / 2)
		abort();
	size = (size + align - 1) / align * align;
	if (!a->head || a->head->size - a->head->used < size) {
		size_t want = size > BLOCK ? size : BLOCK;
		struct arena_block *b = mem_alloc(sizeof(*b) + want);

		b->next = a->head;
		b->used = 0;
		b->size = want;
		a->head = b;
	}
	void *p = a->head->bytes + a->head->used;
	a->head->used += size;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(take(a, size), 0, size);
}

char *arena_dup(struct arena *a, const char *s)
{
	return s ? arena_dupn(a, s, strlen(s)) : NULL;
}

char *arena_dupn(struct arena *a, const char *s, size_t len)
{
	if (len == SIZE_MAX)
		abort();
	char *copy = take(a, len + 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

void *arena_own(struct arena *a, void *block)
{
	struct arena_owned *o = take(a, sizeof(*o));

	*o = (struct arena_owned){ .next = a->owned, .block = block };
	a->owned = o;
	return block;
}

char *arena_fmt(struct arena *a, const char *fmt, ...)
{
	char text[256];
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		abort();
	char *s = take(a, (size_t)n + 1);
	if ((size_t)n < sizeof(text))
		memcpy(s, text, (size_t)n + 1);
	else
		vsnprintf(s, (size_t)n + 1, fmt, again);
	va_end(again);
	return s;
}

void *arena_grow(struct arena *a, void *p, size_t n, size_t *cap, size_t size)
{
	size_t bytes;

	if (n < *cap)
		return p;
	/* of what is large there is mostly one */
	size_t want = *cap ? *cap * 2 : size > LARGE ? 1 : 8;
	if (want <= n)
		want = n + 1;
	if (__builtin_mul_overflow(want, size, &bytes))
		abort();
	void *q = arena_alloc(a, bytes);
	if (n)
		memcpy(q, p, n * size);
	*cap = want;
	return q;
}
