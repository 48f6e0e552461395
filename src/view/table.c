/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "internal.h"

enum { GAP = 2 }; /* spaces between columns */

void table_init(struct table *t, size_t columns)
{
	*t = (struct table){ .arena = ARENA_INIT, .columns = columns };
}

void table_cell(struct table *t, const char *text)
{
	t->cell = arena_grow(&t->arena, t->cell, t->n, &t->cap, sizeof(*t->cell));
	t->cell[t->n++] = text ? clean_line(&t->arena, text) : "–";
}

static void spaces(struct buf *out, size_t n)
{
	while (n--)
		buf_chr(out, ' ');
}

/* Without spaces at the end: they would show in a mail and in a diff. */
static void write_row(const struct table *t, size_t from, const size_t *width, struct buf *out)
{
	size_t start = out->len;

	for (size_t c = 0; c < t->columns && from + c < t->n; c++) {
		const char *text = t->cell[from + c];

		buf_str(out, text);
		spaces(out, width[c] - text_width(text) + GAP);
	}
	while (out->len > start && out->data[out->len - 1] == ' ')
		buf_cut(out, out->len - 1);
	buf_chr(out, '\n');
}

void table_write(const struct table *t, struct buf *out)
{
	if (!t->columns)
		return;
	size_t *width = mem_zalloc(t->columns * sizeof(*width));

	for (size_t i = 0; i < t->n; i++) {
		size_t w = text_width(t->cell[i]);

		if (w > width[i % t->columns])
			width[i % t->columns] = w;
	}
	for (size_t i = 0; i < t->n; i += t->columns)
		write_row(t, i, width, out);
	mem_free(width);
}

void table_release(struct table *t)
{
	arena_release(&t->arena);
	*t = (struct table){ .arena = ARENA_INIT };
}
