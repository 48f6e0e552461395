/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_MAIL_ENCODE_H
#define OVERSYN_SRC_MAIL_ENCODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { MAIL_LINE = 76 }; /* the longest line written, its CRLF not counted */

/* Bytes as base64 in lines of 76, each with CRLF. */
void encode_base64(const char *bytes, size_t len, struct buf *out);
size_t encode_base64_size(size_t len); /* what it writes of so many bytes */

/* Text as quoted-printable with CRLF line ends; also protects what mail
 * systems spoil: "From " and "." first in a line, white space last. */
void encode_quoted_printable(const char *text, struct buf *out);

/*
 * UTF-8 as RFC 2047 encoded words, folded; `column` is where on its line the
 * first one starts. Q or B, whichever is shorter as a whole.
 */
void encode_words(const char *text, size_t column, struct buf *out);

bool encode_is_ascii(const char *text);

#endif
