/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_MAIL_ESCAPE_H
#define OVERSYN_SRC_MAIL_ESCAPE_H

#include "base/buf.h"
#include "mail/template.h"

/*
 * Writes a value so that it stays one: no line end or other control character
 * (each becomes a space), no mark that turns the direction of the text around,
 * no broken UTF-8 (U+FFFD), and under ESCAPE_MARKDOWN nothing that Markdown or
 * HTML would read as its own. Holds within a paragraph, a table cell, a
 * heading, a link's text and a link's address; not within `code`.
 */
void escape_value(const char *value, enum escape escape, struct buf *out);

/* Text for an HTML element or a quoted attribute. */
void escape_html(const char *text, struct buf *out);

/*
 * Appends text with its long lines broken at a space, so that they stay within
 * WRAP_COLUMNS; lines that go on with its sentence are taken along, and a list
 * item goes on under its words. A row of a table stays one
 * line where it can, and so does a word (an address, a number) that is too long;
 * but no line gets longer than the LINE_OCTETS of RFC 5322 §2.1.1.
 */
enum { WRAP_COLUMNS = 76, LINE_OCTETS = 998 };
void wrap_text(const char *text, struct buf *out);

/* Markdown with tables to the inside of <body>; raw HTML in it is text. */
int markdown_html(const char *markdown, struct buf *out, struct err *e) MUST_USE;

#endif
