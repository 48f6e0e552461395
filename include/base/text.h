/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_BASE_TEXT_H
#define OVERSYN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/* UTF-8 and the small text habits that Swedish needs. Strings are UTF-8,
 * NUL-terminated; positions and lengths are in bytes unless said. */

/* Strict: no overlong forms, surrogates, or code points above U+10FFFF. */
bool text_is_utf8(const char *s, size_t len);

/* How many of the octets, from the first on, are visible ASCII or a space. */
size_t text_printable(const char *s, size_t len);

/* Decodes one code point of valid UTF-8 and moves *s past it; 0 at the end. */
uint32_t text_next(const char **s);
void text_put(struct buf *out, uint32_t code_point);

size_t text_width(const char *s); /* code points, combining marks not counted */

/*
 * The form in which words are compared: NFC for Latin letters with a
 * combining ring, diaeresis, acute or grave (what macOS writes), lower case
 * (ASCII, Latin-1, Latin Extended-A), soft hyphens, BOM, zero-width and
 * bidirectional marks dropped, every white space (NBSP and line ends
 * included) one space, none at either end.
 */
char *text_fold(struct arena *a, const char *s) MUST_USE;
void text_fold_to(struct buf *out, const char *s); /* the same, appended */

/* As text_fold() but keeps case: how a value is kept after reading. */
char *text_tidy(struct arena *a, const char *s) MUST_USE;

bool text_starts(const char *s, const char *prefix);
bool text_starts_any(const char *s, const char *const *list, size_t n); /* none of which is empty */
bool text_ends(const char *s, const char *suffix);
bool text_blank(const char *s); /* NULL, empty or only white space */

/* Cuts at most n code points, never inside one, "…" appended when cut. */
char *text_cut(struct arena *a, const char *s, size_t n) MUST_USE;

/* "Ö" → "O" and so on; what is not a letter or a digit is dropped. For
 * identifiers that must be ASCII. */
char *text_ascii(struct arena *a, const char *s) MUST_USE;

#endif
