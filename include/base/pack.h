/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_BASE_PACK_H
#define OVERSYN_BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * Values as bytes between two processes. Numbers are little-endian; a string
 * is its length plus one in 32 bits (0: NULL) and its bytes. What is unpacked
 * is not trusted: whoever packed it has looked at hostile bytes.
 */
void pack_number(struct buf *out, uint64_t n, int bytes);
void pack_string(struct buf *out, const char *s, size_t most); /* cut at `most` bytes */

/* *bad is set, and stays, at the first thing that cannot be; every reading
 * after that gives 0 or NULL. */
struct unpack {
	struct arena *a; /* for the strings */
	const char *at;
	size_t left;
	bool bad;
};

uint64_t unpack_number(struct unpack *u, int bytes);
/* A number of things that follow: at most `most`. */
size_t unpack_count(struct unpack *u, size_t most);
/* UTF-8 without a NUL inside, at most `most` bytes. */
const char *unpack_string(struct unpack *u, size_t most);

#endif
