/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_HEADER_H
#define OVERSYN_CORE_HEADER_H

#include "core/due.h"
#include "core/registry.h"

/*
 * The first page of a governing document, read into facts and rules. A field
 * is typed by its value as much as by its label; labels are the table of
 * src/core/labels.inc. Total: any bytes that are UTF-8 give an answer.
 */
struct header {
	const char *title, *kind, *decided_by, *paragraph, *registry_no, *responsible, *replaces;
	dayno decided_on, revised_on, reviewed_on, valid_from, valid_until;
	struct rules rules; /* with the words they came from; ASKs included */
	struct item item;   /* the same as an item, for due_compute() */
};

/* `text` is UTF-8 in any normal form, LF or CRLF. Strings go to the arena. */
void header_read(struct arena *a, const char *text, struct header *out);

#endif
