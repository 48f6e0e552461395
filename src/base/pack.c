/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/pack.h"

#include <string.h>

#include "base/text.h"

void pack_number(struct buf *out, uint64_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_chr(out, (char)(unsigned char)(n >> (8 * i) & 0xFF));
}

void pack_string(struct buf *out, const char *s, size_t most)
{
	size_t len = s ? strnlen(s, most) : 0;

	pack_number(out, s ? len + 1 : 0, 4);
	if (s)
		buf_add(out, s, len);
}

uint64_t unpack_number(struct unpack *u, int bytes)
{
	uint64_t n = 0;

	if (u->bad || u->left < (size_t)bytes) {
		u->bad = true;
		return 0;
	}
	for (int i = 0; i < bytes; i++)
		n |= (uint64_t)(unsigned char)u->at[i] << (8 * i);
	u->at += bytes;
	u->left -= (size_t)bytes;
	return n;
}

size_t unpack_count(struct unpack *u, size_t most)
{
	size_t n = (size_t)unpack_number(u, 4);

	u->bad = u->bad || n > most;
	return u->bad ? 0 : n;
}

const char *unpack_string(struct unpack *u, size_t most)
{
	size_t len = (size_t)unpack_number(u, 4);

	if (u->bad || !len)
		return NULL;
	len--;
	if (len > u->left || len > most || memchr(u->at, '\0', len) || !text_is_utf8(u->at, len)) {
		u->bad = true;
		return NULL;
	}
	const char *s = arena_dupn(u->a, u->at, len);
	u->at += len;
	u->left -= len;
	return s;
}
