/* SPDX-License-Identifier: EUPL-1.2 */
/* A difference as it is kept while it waits to be confirmed. */
#include <string.h>

#include "base/text.h"
#include "inventory-internal.h"

static const char fates[] = {
	[INVENTORY_ADDED] = '+', [INVENTORY_CHANGED] = '~', [INVENTORY_REMOVED] = '-',
};

/* How a line about a field begins. An added asset is known by its row: its id is
 * only the next free one, whichever that is when it comes to be. */
static const char *begin(struct arena *a, const struct inventory_edit *e, const char *column)
{
	const char *which = e->item ? e->item->id : arena_fmt(a, "row %d", e->row);

	return arena_fmt(a, "\n%c\t%s\t%s\t", fates[e->fate], which, column);
}

/* One line, and no tab in it. */
static const char *tidied(struct arena *a, const char *value)
{
	return value ? text_tidy(a, value) : "";
}

const char *inventory_text(struct arena *a, const struct inventory_difference *d)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	buf_str(&b, d->version);
	for (size_t i = 0; i < d->n; i++) {
		const struct inventory_edit *e = &d->edits[i];

		if (e->fate == INVENTORY_REMOVED)
			buf_str(&b, begin(a, e, ""));
		for (size_t k = 0; k < e->n; k++) {
			const struct inventory_field *f = &e->fields[k];

			buf_fmt(&b, "%s%s\t%s", begin(a, e, inventory_column_name(f->column)),
			        tidied(a, f->was), tidied(a, f->value));
		}
	}
	buf_chr(&b, '\n');
	return arena_dup(a, b.data);
}

bool inventory_was_shown(struct arena *a, const char *text, struct inventory_edit *e)
{
	size_t n = 0;

	if (e->fate == INVENTORY_REMOVED)
		return strstr(text, begin(a, e, ""));
	for (size_t i = 0; i < e->n; i++)
		if (strstr(text, begin(a, e, inventory_column_name(e->fields[i].column))))
			e->fields[n++] = e->fields[i];
	e->n = n;
	return n > 0;
}
