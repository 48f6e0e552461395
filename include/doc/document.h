/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_DOC_DOCUMENT_H
#define OVERSYN_DOC_DOCUMENT_H

#include <stddef.h>

#include "base/arena.h"

/*
 * The first pages of a governing document as text that core/header.h can read:
 * from PDF, Word (.docx), OpenDocument (.odt) or plain text, told apart by
 * their bytes. Runs in the reader.
 */
enum {
	DOCUMENT_MAX_BYTES = 50 << 20,    /* a larger file is not looked into */
	DOCUMENT_MAX_TEXT = 256 << 10,    /* more is cut at the end of a line */
	DOCUMENT_MAX_EXPANDED = 64 << 20, /* of all parts of a zip together */
	DOCUMENT_MAX_ENTRIES = 5000,      /* of a zip */
	DOCUMENT_MAX_DEPTH = 250,         /* of XML */
	DOCUMENT_MAX_PAGES = 20,
	DOCUMENT_PAGES = 3, /* where nobody says another number */
};

struct document {
	const char *text;  /* UTF-8, a line each; NULL: it cannot be read */
	const char *fault; /* then: what is wrong and what to mend, English; else NULL */
};

/*
 * Reads the first `pages` pages, in reading order. A row of a table is one
 * line with tabs between its cells, and so are columns that a wide gap parts.
 * A page header of Word or OpenDocument comes first: it is where many
 * municipalities write what the document is. Soft hyphens are kept; deleted
 * and hidden text, comments and notes are not text. Total: any bytes give
 * text or a fault. Both strings are in the arena.
 */
void document_read(struct arena *a, const char *bytes, size_t len, int pages, struct document *out);

/* As mail_warm_up(): what the libraries want to open, they open here. */
void document_warm_up(void);

#endif
