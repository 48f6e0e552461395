/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_BASE_CSV_H
#define OVERSYN_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * Semicolon-separated values as Swedish spreadsheets write them: UTF-8 with
 * or without BOM, CRLF or LF, fields quoted with " (doubled inside), quoted
 * fields may hold newlines (RFC 4180 with ; for ,). Rows are read one by one
 * from bytes that the caller keeps.
 */
struct csv {
	const char *at, *end;
	char separator;  /* ';' from csv_init(); may be set before the first row */
	int next_line;   /* number of the next physical line, from 1 */
	int line;        /* line on which the current row starts */
	char **field;    /* the current row; valid until the next csv_row() */
	size_t n;
	size_t cap;
	struct buf text; /* the fields' bytes, NUL after each */
	const char *fault; /* after -1: what was wrong, without its place; n is its column */
};

void csv_init(struct csv *c, const char *bytes, size_t len); /* skips a BOM */
void csv_release(struct csv *c);

/*
 * Reads the next row that is not empty. Returns 1 with c->field[0 … n-1],
 * 0 at the end, -1 with ERR_FOUND and a text that names line and column
 * (unclosed quote, text after a closing quote, NUL, not UTF-8); the next call
 * goes on with the line after it. Fields are trimmed of outer white space
 * unless quoted. A row whose fields are all empty is an empty row.
 */
int csv_row(struct csv *c, struct err *e) MUST_USE;

/* Writes one field as it must stand (quoted only where needed). */
void csv_put(struct buf *out, const char *field);

#endif
