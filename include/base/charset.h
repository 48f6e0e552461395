/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_BASE_CHARSET_H
#define OVERSYN_BASE_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* What a byte of windows-1252 means; U+FFFD for its five empty places. */
uint32_t charset_western(unsigned char byte);

/*
 * Appends as UTF-8 the text that a spreadsheet saved, in whichever way it did:
 * UTF-8 with or without BOM, UTF-16 with BOM ("Unicode text"; without one when
 * every other byte is NUL), else windows-1252. False when the bytes are no text
 * in any of them: NUL, half a surrogate pair, an empty place.
 */
bool charset_guess(const char *bytes, size_t len, struct buf *out);

#endif
