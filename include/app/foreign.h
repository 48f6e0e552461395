/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_FOREIGN_H
#define OVERSYN_APP_FOREIGN_H

#include "app/options.h"
#include "app/reader.h"
#include "base/buf.h"

/*
 * Files that others made and that only the reader may look into. The reader
 * is started with the first of them; the text and values are the arena's.
 */
struct foreign {
	struct reader *reader; /* NULL: none was needed yet */
	int pages;             /* of a document that are read */
};

/* Takes the number of pages from the configuration, where there is one. */
int foreign_open(const struct options *o, struct foreign *out, struct err *e) MUST_USE;
void foreign_close(struct foreign *f);

/*
 * A governing document's first pages as text. 1 with *text; 0 with *fault,
 * what is wrong with the bytes and what to mend, without the file's name; -1
 * with *e when no reader can be started.
 */
int foreign_document(struct foreign *f, struct arena *a, const struct buf *bytes, const char **text,
                     const char **fault, struct err *e) MUST_USE;

/* A calendar of meetings. As above: 1 with *out; 0 with *fault; -1 with *e. */
int foreign_meetings(struct foreign *f, struct arena *a, const struct buf *bytes,
                     struct calendar_file *out, const char **fault, struct err *e) MUST_USE;

#endif
