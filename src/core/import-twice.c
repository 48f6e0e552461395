/* SPDX-License-Identifier: EUPL-1.2 */
/* What two files of one run say of the same: one of them would win unseen. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/import.h"

struct row {
	const char *id, *file;
	int line;
};

static int by_id(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	if (!order)
		order = strcmp(x->file, y->file);
	return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* Within one file it is complained about where the file is read. */
static void complain_of(struct row *rows, size_t n, struct complaints *c)
{
	if (n > 1)
		qsort(rows, n, sizeof(*rows), by_id);
	for (size_t i = 1; i < n; i++)
		if (!strcmp(rows[i].id, rows[i - 1].id) && strcmp(rows[i].file, rows[i - 1].file) != 0)
			complain(c, rows[i].file, rows[i].line, 0, "%s stands already in %s on line %d: remove one "
			         "of them", rows[i].id, rows[i - 1].file, rows[i - 1].line);
}

void import_check_twice(const struct registry *files, struct complaints *c)
{
	size_t most = files->n_roles > files->n_items ? files->n_roles : files->n_items, n = 0;
	struct row *rows = mem_zalloc((most + 1) * sizeof(*rows));

	for (size_t i = 0; i < files->n_roles; i++) {
		rows[n].id = files->roles[i].id;
		n += complaints_place(c, rows[n].id, &rows[n].file, &rows[n].line);
	}
	complain_of(rows, n, c);
	n = 0;
	for (size_t i = 0; i < files->n_items; i++) {
		rows[n].id = files->items[i].id;
		n += complaints_place(c, rows[n].id, &rows[n].file, &rows[n].line);
	}
	complain_of(rows, n, c);
	mem_free(rows);
}
