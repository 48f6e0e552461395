/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_BASE_ERR_H
#define OVERSYN_BASE_ERR_H

#include "base/attr.h"

/*
 * An error is a value: what kind it is (which becomes the program's exit
 * status) and a sentence for a person that says what to mend. A function
 * that can fail takes `struct err *e` last and returns 0, or -1 with *e
 * filled. An outcome that the domain expects (an unknown sender, a due date
 * that cannot be computed) is never an error: it is an enum in the result.
 * Running out of memory aborts: every pass is transactional.
 */
enum err_kind {
	ERR_NONE = 0,
	ERR_FOUND = 1,   /* a check found something, or an input was refused */
	ERR_USAGE = 2,   /* wrong command line or configuration */
	ERR_OUTSIDE = 3, /* the outside world failed: try again */
	ERR_SAFETY = 4,  /* refused, because going on could do harm */
};

struct err {
	enum err_kind kind;
	char text[1024];
};

#define ERR_INIT { .kind = ERR_NONE, .text = "" }

/* Fills *e and returns -1, so that `return err_set(e, …)` reads well. A text
 * that does not fit is cut at the end; the end of a sentence can be spared. */
int err_set(struct err *e, enum err_kind kind, const char *fmt, ...) PRINTF(3, 4);

/* Puts "context: " before what *e says, keeps its kind, returns -1. */
int err_wrap(struct err *e, const char *fmt, ...) PRINTF(2, 3);

#endif
