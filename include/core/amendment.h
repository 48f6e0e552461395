/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_AMENDMENT_H
#define OVERSYN_CORE_AMENDMENT_H

#include <stdbool.h>

#include "core/change.h"
#include "core/import.h"

/*
 * What an answer made of one field of the register, beside what the register's files
 * said of it: so that the same file, read in again, does not take it back.
 *
 * Files and answers both write the register. Of a field that an answer has changed, an
 * import tells three values apart: what the file says, what the register has, and what
 * the file said when it was last read. Where the first and the last are the same, nobody
 * has said anything new, and the answer stands; where they differ, somebody has written
 * in the file since, and meant it. Where the last is not known, or there was no such row,
 * the answer stands until the file says the same.
 */
enum amendment_before {
	AMENDMENT_SAID,    /* `said` is what the files said */
	AMENDMENT_UNKNOWN, /* they said something that is not known: from before it was kept */
	AMENDMENT_NEW,     /* there was no such row: it came by the answer */
};

enum amendment_fate {
	AMENDMENT_STANDS, /* or no file had its row */
	AMENDMENT_AGREED, /* the file says the same by now */
	AMENDMENT_REWRITTEN, /* the file says something new, and that is taken */
	AMENDMENT_OVERWRITTEN, /* taken, because somebody wants the file's */
};

struct amendment {
	const char *what;  /* "item", "absence", "exception" */
	const char *id;    /* an item's; "ROLE FIRST-DAY"; "ITEM DUE-DAY KIND" */
	const char *field; /* an item's: a key of core/shown.h; else "to" */
	const char *said;  /* as core/shown.h writes values; NULL: nothing */
	enum amendment_before before;
	dayno since;       /* the day of the latest answer */
	enum amendment_fate fate; /* set by amendment_import() */
};

const char *amendment_before_name(enum amendment_before b); /* "said", "unknown", "new" */
enum amendment_before amendment_before_by_name(const char *name);
const char *amendment_fate_name(enum amendment_fate f); /* "stands", "agreed" … */

/* What an answer changes, added to the change: an asset (was NULL: it is new), an absence,
 * an exception. `r` is the register as it was. */
void amend_asset(struct change *c, struct arena *a, const struct item *was, const struct item *is, dayno day);
void amend_absence(struct change *c, struct arena *a, const struct registry *r, const struct absence *x, dayno day);
void amend_exception(struct change *c, struct arena *a, const struct registry *r, const struct exception *x,
                     dayno day);

/*
 * What becomes of amendments when files are read in. `before` is what is stored, *files
 * what was read, settled; it takes over what stands. Each value that is kept or given
 * up is said in *notes, a line with its place. An asset that came by an answer, under an id
 * by which the file means another, is a fault. `overwrite`: take what the files say.
 * How many were kept is returned.
 */
size_t amendment_import(struct amendment *at, size_t n, const struct registry *before, bool overwrite,
                        struct registry *files, struct complaints *c, struct buf *notes);

#endif
