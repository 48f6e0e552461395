/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_DOC_SHEET_H
#define OVERSYN_SRC_DOC_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Text being laid out: paragraphs become lines, rows of a table become lines
 * with tabs between the cells. Things nest: a table in a cell, a text box in
 * a paragraph. Once the pages asked for are full the rest is let go.
 */
struct sheet {
	struct buf out;
	int pages_left;
	bool full, turning;
	size_t page_began; /* out.len at the last page break */
	struct frame *frames;
	size_t n, cap;
};

void sheet_init(struct sheet *s, int pages);
void sheet_release(struct sheet *s);

void sheet_paragraph(struct sheet *s);
void sheet_text(struct sheet *s, const char *text, size_t len); /* UTF-8; line ends become spaces */
void sheet_tab(struct sheet *s);
void sheet_break(struct sheet *s); /* a new line in the paragraph */
void sheet_paragraph_end(struct sheet *s);

void sheet_row(struct sheet *s);
void sheet_cell(struct sheet *s);
void sheet_cell_end(struct sheet *s);
void sheet_row_end(struct sheet *s);

/* A line of its own, outside all tables. */
void sheet_line(struct sheet *s, const char *text, size_t len);
/* What stands on another sheet comes after what stands on this one. */
void sheet_append(struct sheet *s, const struct sheet *other);
/* The next page begins, once what is open has ended; where nothing stands on
 * this one it is the same page. */
void sheet_page(struct sheet *s);

#endif
