/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST = 256 }; /* bytes: most texts fit at once */

char buf_empty[1] = "";

static void room(struct buf *b, size_t more)
{
	size_t need;

	if (__builtin_add_overflow(b->len, more, &need) || __builtin_add_overflow(need, 1, &need))
		abort();
	if (need <= b->cap)
		return;
	size_t cap = b->cap ? b->cap : FIRST;
	while (cap < need)
		if (__builtin_mul_overflow(cap, 2, &cap))
			abort();
	b->data = mem_realloc(b->cap ? b->data : NULL, cap);
	b->data[b->len] = '\0';
	b->cap = cap;
}

void buf_release(struct buf *b)
{
	if (b->cap)
		mem_free(b->data);
	*b = (struct buf)BUF_INIT;
}

void buf_clear(struct buf *b)
{
	buf_cut(b, 0);
}

void buf_cut(struct buf *b, size_t len)
{
	if (!b->cap || len > b->len)
		return;
	b->len = len;
	b->data[len] = '\0';
}

char *buf_steal(struct buf *b)
{
	char *data = b->cap ? b->data : mem_strdup("");

	*b = (struct buf)BUF_INIT;
	return data;
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
	if (!len)
		return;
	if (b->cap - b->len <= len)
		room(b, len);
	memcpy(b->data + b->len, bytes, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_chr(struct buf *b, char c)
{
	if (b->cap - b->len < 2)
		room(b, 1);
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

void buf_reserve(struct buf *b, size_t len)
{
	room(b, len);
}

char *buf_extend(struct buf *b, size_t len)
{
	if (!len)
		return b->data + b->len;
	room(b, len);
	b->len += len;
	b->data[b->len] = '\0';
	return b->data + b->len - len;
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vfmt(b, fmt, ap);
	va_end(ap);
}

/* What does not fit is written a second time. */
void buf_vfmt(struct buf *b, const char *fmt, va_list ap)
{
	if (!b->cap)
		room(b, 0); /* most fits then */
	size_t free = b->cap - b->len;
	va_list again;

	va_copy(again, ap);
	int n = vsnprintf(b->data + b->len, free, fmt, ap);
	if (n < 0)
		abort();
	if ((size_t)n >= free) {
		room(b, (size_t)n);
		vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	b->len += (size_t)n;
}
