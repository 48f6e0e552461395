/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_CAL_LINES_H
#define OVERSYN_SRC_CAL_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* The content lines of iCalendar (RFC 5545 §3.1), unfolded one by one from
 * bytes that the caller keeps. CRLF, LF or CR; a BOM is skipped. */
struct lines {
	const char *at, *end;
	int next_line;   /* number of the next physical line, from 1 */
	int line;        /* where the current one begins */
	struct buf text; /* the current one */
};

void lines_init(struct lines *l, const char *bytes, size_t len);
void lines_release(struct lines *l);
bool lines_next(struct lines *l); /* false at the end; empty lines are given too */

/* Whether the line is of the property: the name, in any case, then ":" or ";". */
bool line_is(const char *line, const char *name);
/* The value: after the first colon that no quote hides; NULL: there is none. */
const char *line_value(const char *line);
/* A parameter's value, before the first such colon; *len without quotes. NULL. */
const char *line_parameter(const char *line, const char *name, size_t *len);

#endif
