/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_BASE_BUF_H
#define OVERSYN_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

#include "base/attr.h"

/*
 * A growing byte buffer. It carries its length, may hold NUL bytes, and is
 * always followed by a NUL, so that `b.data` can be handed to whoever wants
 * a string. Out of memory aborts.
 *
 *	struct buf b AUTO(buf_release) = BUF_INIT;
 */
struct buf {
	char *data; /* never NULL */
	size_t len;
	size_t cap; /* 0: data is the shared empty string, not ours to free */
};

extern char buf_empty[1]; /* what an empty buffer points at: never written */

#define BUF_INIT { .data = buf_empty, .len = 0, .cap = 0 }

void buf_release(struct buf *b); /* frees; b is empty and usable again */
void buf_clear(struct buf *b);   /* empties, keeps the room */
void buf_cut(struct buf *b, size_t len); /* shortens to len bytes */
char *buf_steal(struct buf *b) MUST_USE; /* the bytes, now the caller's: mem_free() */

void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_str(struct buf *b, const char *s);
void buf_chr(struct buf *b, char c);
void buf_reserve(struct buf *b, size_t len); /* room for len bytes more: for speed only */
char *buf_extend(struct buf *b, size_t len); /* len bytes that the caller fills in at once */
void buf_fmt(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_vfmt(struct buf *b, const char *fmt, va_list ap) PRINTF(2, 0);

#endif
