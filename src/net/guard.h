/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_GUARD_H
#define OVERSYN_SRC_NET_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "news.h"

/*
 * Looks at what a server says before libetpan does, for libetpan dies on some
 * of it (reference: fuzzing of 1.9.4): a greeting or a `+` line with a
 * response code is a NULL dereference, deep parentheses are a stack overflow,
 * a literal's size is allocated unseen. Whether it is IMAP shows in the first
 * byte: an IMAP greeting starts with `*`, an SMTP one with a digit.
 */
enum { GUARD_HEAD = 1024, GUARD_LINE_MAX = 65536, GUARD_PARENS_MAX = 100 };

struct guard {
	bool greeted;     /* the first line has passed */
	bool imap;
	bool fetch;       /* inside a FETCH answer: only there are literals */
	uint64_t literal; /* bytes of a literal still to come */
	size_t line;      /* bytes of this line so far */
	int parens;       /* opened in this answer */
	char head[GUARD_HEAD]; /* the line's beginning */
	char tail[24];    /* its end, to see a literal's size */
	size_t tail_len;
	struct news news; /* noted from the lines that pass */
};

/* What is wrong with these bytes; NULL: nothing. `most`: the largest literal. */
const char *guard_check(struct guard *g, const char *bytes, size_t len, uint64_t most);

#endif
