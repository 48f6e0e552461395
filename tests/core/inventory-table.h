/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_CORE_INVENTORY_TABLE_H
#define OVERSYN_TESTS_CORE_INVENTORY_TABLE_H

#include "core/inventory.h"
#include "tests/tap.h"

/* The model municipality's inventories as tables that go out, and come back edited. */
#define TABLE_REF "GR-27-0042-K7QD"

extern struct registry model;
void model_read(struct registry *r); /* initialises */
dayno model_today(void);
struct item *model_item(const char *id);

enum { MOST_ROWS = 64, MOST_CELLS = 16 };

struct table_file { /* rows of cells, in the arena */
	struct arena a;
	const char *cell[MOST_ROWS][MOST_CELLS];
	size_t cells[MOST_ROWS], n;
};

/* What the model's inventory `id` goes out as. */
void table_send(const char *id, struct table_file *out);
void table_take(struct table_file *f, const char *bytes, size_t len);
/* The bytes that a spreadsheet would save: "csv", "comma", "tab", "western", "unicode". */
void table_save(const struct table_file *f, const char *how, struct buf *out);
/* A row in the short words of tests/cases/inventory.txt; `text` is written over. */
void table_add_row(const struct table_file *sent, char *text, struct table_file *f);

#endif
