/* SPDX-License-Identifier: EUPL-1.2 */
#include "doc/table.h"

#include <string.h>

#include "internal.h"

enum { VALUE_BYTES = 4096, MOST_NUMBER = 2000000 };

void table_read(struct arena *a, const char *bytes, size_t len, struct grid *out)
{
	*out = (struct grid){ .rows = NULL };
	if (len > GRID_MAX_BYTES)
		grid_complain(a, out, GRID_TOO_LARGE, 0, 0, NULL);
	else if (len >= 4 && memcmp(bytes, "PK\3\4", 4) == 0)
		xlsx_read(a, bytes, len, out);
	else
		grid_read_text(a, bytes, len, out);
}

void table_pack(const struct grid *g, struct buf *out)
{
	pack_number(out, g->n_complaints, 4);
	for (size_t i = 0; i < g->n_complaints; i++) {
		const struct grid_complaint *c = &g->complaints[i];
		pack_number(out, (uint64_t)c->fault, 4);
		pack_number(out, (uint64_t)c->row, 4);
		pack_number(out, (uint64_t)c->column, 4);
		pack_string(out, c->value, VALUE_BYTES);
	}
	pack_number(out, g->n, 4);
	for (size_t i = 0; i < g->n; i++) {
		pack_number(out, (uint64_t)g->rows[i].number, 4);
		pack_number(out, g->rows[i].n, 4);
		for (size_t c = 0; c < g->rows[i].n; c++)
			pack_string(out, g->rows[i].cell[c], GRID_MAX_CELL);
	}
}

static int unpack_place(struct unpack *u)
{
	uint64_t n = unpack_number(u, 4);

	u->bad = u->bad || n > MOST_NUMBER;
	return u->bad ? 0 : (int)n;
}

static void unpack_complaint(struct unpack *u, struct grid *out)
{
	uint64_t fault = unpack_number(u, 4);
	int row = unpack_place(u), column = unpack_place(u);
	const char *value = unpack_string(u, VALUE_BYTES);

	u->bad = u->bad || fault == GRID_READ || fault >= GRID_FAULT_COUNT;
	if (!u->bad)
		grid_complain(u->a, out, (enum grid_fault)fault, row, column, value);
}

static void unpack_row(struct unpack *u, struct grid *out)
{
	const char *cell[GRID_MAX_COLUMNS];
	int number = unpack_place(u);
	size_t n = unpack_count(u, GRID_MAX_COLUMNS);

	for (size_t i = 0; i < n && !u->bad; i++) {
		cell[i] = unpack_string(u, GRID_MAX_CELL);
		u->bad = u->bad || !cell[i];
	}
	/* The grid's own limits hold for what a reader gone bad says, too. */
	if (!u->bad)
		u->bad = !grid_add(u->a, out, number, cell, n);
}

bool table_unpack(struct unpack *u, struct grid *out)
{
	size_t n = unpack_count(u, GRID_MAX_COMPLAINTS);

	*out = (struct grid){ .rows = NULL };
	for (size_t i = 0; i < n && !u->bad; i++)
		unpack_complaint(u, out);
	n = unpack_count(u, GRID_MAX_ROWS);
	for (size_t i = 0; i < n && !u->bad; i++)
		unpack_row(u, out);
	return !u->bad && !u->left;
}
