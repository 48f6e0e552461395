/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_HEADER_H
#define OVERSYN_CORE_HEADER_H

#include "core/due.h"
#include "core/registry.h"

/*
 * The first page of a governing document, read into facts and rules. A field
 * is typed by its value as much as by its label; labels are the table of
 * src/core/labels.inc. Total: any bytes that are UTF-8 give an answer. What
 * the page does not say is NULL or DAY_NONE; nothing is inferred from a title
 * but the document's kind.
 */
struct header {
	const char *title, *kind, *decided_by, *paragraph, *registry_no, *responsible, *replaces;
	/* Whom `responsible` is taken from: a body or unit, and a post or person. */
	const char *responsible_body, *responsible_role;
	const char *parent, *related; /* överordnat dokument or bilaga till; other documents */
	const char *statutory;        /* Ja, Nej, or the law, as written; "-" is no answer: NULL */
	dayno decided_on, revised_on, reviewed_on, valid_from, valid_until;
	struct rules rules; /* with the words they came from; ASKs included */
	struct item item;   /* the same as an item, for due_compute() */
};

/* `text` is UTF-8 in any normal form, LF or CRLF, as a text file or as
 * pdftotext writes a page, with -layout or without. Strings go to the arena. */
void header_read(struct arena *a, const char *text, struct header *out);

/* Puts the words of its rules into the item's rule_text and validity, as a register has
 * them. False, and they stay empty: read from there they would not be the same rules. */
bool header_words(struct arena *a, struct header *h);

#endif
