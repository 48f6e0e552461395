/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_DOC_INTERNAL_H
#define OVERSYN_SRC_DOC_INTERNAL_H

#include "core/grid.h"
#include "doc/document.h"
#include "sheet.h"

/*
 * The formats. Each writes what it reads to the sheet and returns NULL, or
 * the fault: a sentence without the file's name, static or from the arena.
 */
const char *pdf_read(const char *bytes, size_t len, int pages, struct sheet *out);
void pdf_warm_up(void);
/* A zip: Word or OpenDocument, told apart by what is in it. */
const char *package_read(struct arena *a, const char *bytes, size_t len, struct sheet *out);

struct zip;
const char *docx_read(struct arena *a, struct zip *z, const char *main_part, struct sheet *out);
const char *odt_read(struct zip *z, struct sheet *out);

/* A workbook: its cells, or the one complaint about all of it. */
void xlsx_read(struct arena *a, const char *bytes, size_t len, struct grid *out);

#endif
