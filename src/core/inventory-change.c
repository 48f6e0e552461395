/* SPDX-License-Identifier: EUPL-1.2 */
/* What a confirmed difference does to the register. */
#include <inttypes.h>
#include <string.h>

#include "core/amendment.h"
#include "core/apply.h"
#include "core/plan.h"
#include "inventory-internal.h"

const char *inventory_fate_name(enum inventory_fate fate)
{
	static const char *const names[] = {
		[INVENTORY_ADDED] = "added", [INVENTORY_CHANGED] = "changed", [INVENTORY_REMOVED] = "removed",
	};

	return names[fate];
}

/* "namn, status" */
static const char *columns_of(struct arena *a, const struct inventory_edit *e)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < e->n; i++)
		buf_fmt(&b, "%s%s", i ? ", " : "", inventory_column_name(e->fields[i].column));
	return arena_dup(a, b.data ? b.data : "");
}

static void add_edit(struct change *c, struct arena *a, const struct item_edit *edit)
{
	c->edits = arena_grow(a, c->edits, c->n_edits, &c->cap_edits, sizeof(*edit));
	c->edits[c->n_edits++] = *edit;
}

/* Versions and names of columns: no values, which may be what never leaves. */
static void change_one(const struct item *inventory, const struct inventory_edit *e,
                       const struct confirmation *x, dayno day, struct arena *a, struct change *c)
{
	struct item *to = arena_alloc(a, sizeof(*to));
	bool was_retired = e->item && e->item->retired;

	*to = inventory_apply(inventory, e, day, a);
	struct item_edit edit = {
		.item = to, .inventory = inventory->id, .confirmation = x->token_hash, .role = x->role,
		.day = day, .fate = inventory_fate_name(e->fate), .added = e->fate == INVENTORY_ADDED,
		.retired = to->retired && !was_retired, .columns = columns_of(a, e),
	};
	memcpy(edit.letter, x->letter, sizeof(edit.letter));
	add_edit(c, a, &edit);
	amend_asset(c, a, e->item, to, day);
	change_record(c, a, "asset-edited", to->id,
	              arena_fmt(a, "inventory=%s\nletter=%s\nmail=inbox-%" PRId64 "\nfate=%s\nretired=%s\n"
	                        "columns=%s\nbefore=%s\nafter=%s\n", inventory->id, x->letter,
	                        x->table_mail, edit.fate, edit.retired ? "yes" : "no", edit.columns,
	                        e->item ? plan_version(a, e->item) : "", plan_version(a, to)));
}

void inventory_change(struct registry *all, const struct item *inventory,
                      const struct inventory_difference *d, const struct confirmation *x, dayno day,
                      struct arena *a, struct change *c)
{
	const char *id = inventory->id;
	char after[INVENTORY_VERSION];
	size_t first = c->n_edits;

	for (size_t i = 0; i < d->n; i++)
		change_one(inventory, &d->edits[i], x, day, a, c);
	for (size_t i = first; i < c->n_edits; i++) {
		all->items = arena_grow(&all->arena, all->items, all->n_items, &all->cap_items,
		                        sizeof(*all->items));
		all->items[all->n_items++] = *c->edits[i].item;
	}
	registry_index(all); /* keeps the later of two with the same id */
	inventory_version(all, registry_item(all, id), day, after);
	change_record(c, a, "inventory-edited", id,
	              arena_fmt(a, "letter=%s\nmail=inbox-%" PRId64 "\nadded=%zu\nchanged=%zu\nretired=%zu\n"
	                        "listed_before=v%s\nlisted_after=v%s\n", x->letter, x->table_mail,
	                        d->n_added, d->n_changed, d->n_retired, d->version, after));
}
