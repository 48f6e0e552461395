/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_DOC_TABLE_H
#define OVERSYN_DOC_TABLE_H

#include "base/pack.h"
#include "core/grid.h"

/*
 * A table that somebody sends back, as rows of cells: text with separators, or an
 * Excel workbook (.xlsx), told apart by its bytes. Runs in the reader. Of a
 * workbook the first sheet that is shown is read, and of its cells the values as
 * they are stored (a day is a serial number). One with macros, formulas, data
 * from other files or days counted from 1904 is refused: what it holds is not
 * what somebody typed. Total: any bytes give rows, complaints, or both.
 */
void table_read(struct arena *a, const char *bytes, size_t len, struct grid *out);

/* Between reader and keeper, who trusts none of it. */
void table_pack(const struct grid *g, struct buf *out);
bool table_unpack(struct unpack *u, struct grid *out);

#endif
