/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/inventory.h"

#include <string.h>

#include "base/csv.h"
#include "base/digest.h"
#include "base/text.h"
#include "inventory-internal.h"

/* ---- what it lists ---- */

static bool same_body(const struct registry *r, const struct item *asset, const struct body *body,
                      dayno day)
{
	const struct body *b = registry_letter_body(r, asset, day);

	return b && body && strcmp(b->id, body->id) == 0;
}

/* How far above the asset's holder a role stands; -1: not above it. */
static int steps_up(const struct registry *r, const char *from, const char *to)
{
	const char *at = from;

	/* No chain is longer than there are roles; one that loops ends there. */
	for (size_t n = 0; at && to && n <= r->n_roles; n++) {
		if (strcmp(at, to) == 0)
			return (int)n;
		const struct role *role = registry_role(r, at);
		at = role ? role->superior : NULL;
	}
	return -1;
}

/* Of a body's inventories, the one that the asset is in. */
static const struct item *inventory_of(const struct registry *r, const struct item *asset,
                                       const struct item **inventories, size_t n)
{
	const struct item *best = inventories[0];
	int nearest = -1;

	for (size_t i = 0; i < n && n > 1; i++) {
		int steps = steps_up(r, asset->responsible, inventories[i]->responsible);
		if (steps >= 0 && (nearest < 0 || steps < nearest)) {
			nearest = steps;
			best = inventories[i];
		}
	}
	return best;
}

/* The inventories of a body, retired ones left out. */
static size_t siblings(const struct registry *r, const struct body *body, dayno day,
                       struct arena *a, const struct item ***out)
{
	size_t n = 0, cap = 0;

	*out = NULL;
	for (size_t i = 0; i < r->n_items; i++) {
		const struct item *item = &r->items[i];
		if (item->kind != ITEM_INVENTORY || item->retired || !same_body(r, item, body, day))
			continue;
		*out = arena_grow(a, *out, n, &cap, sizeof(**out));
		(*out)[n++] = item;
	}
	return n;
}

size_t inventory_assets(const struct registry *r, const struct item *inventory, dayno day,
                        struct arena *a, const struct item ***out)
{
	const struct body *body = registry_letter_body(r, inventory, day);
	const struct item **inventories;
	size_t n_inventories = siblings(r, body, day, a, &inventories), n = 0, cap = 0;

	*out = NULL;
	if (inventory->kind != ITEM_INVENTORY || !n_inventories)
		return 0;
	for (size_t i = 0; i < r->n_items; i++) {
		const struct item *item = &r->items[i];
		if (item->kind != ITEM_ASSET || item->retired || !same_body(r, item, body, day) ||
		    inventory_of(r, item, inventories, n_inventories) != inventory)
			continue;
		*out = arena_grow(a, *out, n, &cap, sizeof(**out));
		(*out)[n++] = item;
	}
	return n;
}

/* ---- how it is written ---- */

struct listing listing_make(const struct registry *r, const struct item *inventory, dayno day,
                            struct arena *a)
{
	struct listing l = {.r = r, .inventory = inventory, .day = day, .a = a};

	l.n = inventory_assets(r, inventory, day, a, &l.assets);
	l.roles = arena_alloc(a, (r->n_roles + 1) * sizeof(*l.roles));
	for (size_t i = 0; i < r->n_roles; i++) {
		const struct role *role = &r->roles[i];
		if (role->to == DAY_NONE || role->to >= day)
			l.roles[l.n_roles++] = (struct role_name){
				.title = text_fold(a, role->title ? role->title : ""),
				.id = text_fold(a, role->id),
				.address = text_fold(a, role->address ? role->address : ""),
				.role = role,
			};
	}
	return l;
}

static void write_rows(const struct listing *l, struct buf *out)
{
	for (int c = 0; c < INVENTORY_COLUMN_COUNT; c++) {
		buf_str(out, c ? ";" : "");
		csv_put(out, inventory_column_name((enum inventory_column)c));
	}
	buf_str(out, "\r\n");
	for (size_t i = 0; i < l->n; i++) {
		for (int c = 0; c < INVENTORY_COLUMN_COUNT; c++) {
			const char *shown = inventory_shown(l, l->assets[i], (enum inventory_column)c);
			buf_str(out, c ? ";" : "");
			csv_put(out, inventory_guarded(l->a, shown));
		}
		buf_str(out, "\r\n");
	}
}

void listing_version(const struct listing *l, char out[INVENTORY_VERSION])
{
	struct buf all AUTO(buf_release) = BUF_INIT;
	uint8_t digest[DIGEST_SIZE];

	for (size_t i = 0; i < l->n; i++) {
		const struct item *item = l->assets[i];
		for (int c = 0; c < INVENTORY_COLUMN_COUNT; c++) {
			bool hidden = c == INVENTORY_NAME && item->name_protected;
			const char *value = inventory_value(l, item, (enum inventory_column)c);
			buf_str(&all, value && !hidden ? value : "");
			buf_chr(&all, '\n');
		}
	}
	digest_sha256(all.data, all.len, digest);
	digest_hex(digest, (INVENTORY_VERSION - 1) / 2, out);
}

void inventory_version(const struct registry *r, const struct item *inventory, dayno day,
                       char out[INVENTORY_VERSION])
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct listing l = listing_make(r, inventory, day, &a);

	listing_version(&l, out);
}

void inventory_write(const struct registry *r, const struct item *inventory, dayno day,
                     const char *ref, struct buf *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct listing l = listing_make(r, inventory, day, &a);
	char version[INVENTORY_VERSION];

	listing_version(&l, version);
	/* One cell, so that it survives columns that are moved; a letter before the
	 * digits, so that no spreadsheet makes a number of them. */
	buf_fmt(out, "\xef\xbb\xbf" INVENTORY_MARK " %s %s v%s;", ref, inventory->id, version);
	csv_put(out, "Ändra inte den här raden. Tomt i ny K, ny R, ny T betyder oförändrat. "
	             "En ny post skrivs på en ny rad utan id.");
	buf_str(out, "\r\n");
	write_rows(&l, out);
}
