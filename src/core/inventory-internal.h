/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_INVENTORY_INTERNAL_H
#define OVERSYN_CORE_INVENTORY_INTERNAL_H

#include "core/inventory.h"

/*
 * inventory.c lists and writes; inventory-value.c knows how a cell is shown and
 * read; inventory-read.c holds a grid against what was shown; inventory-text.c
 * keeps a difference; inventory-apply.c makes assets of it, inventory-change.c a change.
 */
#define INVENTORY_MARK "oversyn"

/* A role that has not ended, and by what it can be called: folded, never NULL. */
struct role_name {
	const char *title, *id, *address;
	const struct role *role;
};

/* One inventory on one day, with what its cells need. */
struct listing {
	const struct registry *r;
	const struct item *inventory;
	dayno day;
	struct arena *a;
	const struct item **assets;
	size_t n;
	struct role_name *roles;
	size_t n_roles;
};

struct listing listing_make(const struct registry *r, const struct item *inventory, dayno day,
                            struct arena *a);

/* Of what the rows say: values, so that another title of a role is no change. */
void listing_version(const struct listing *l, char out[INVENTORY_VERSION]);

/* The value itself: an id, an ISO date, words; NULL: none, or never shown. */
const char *inventory_value(const struct listing *l, const struct item *i,
                            enum inventory_column column);
/* What stands in a cell of an asset's row, before formulas are guarded. */
const char *inventory_shown(const struct listing *l, const struct item *i,
                            enum inventory_column column);
/* As it is written: formulas behind an apostrophe. */
const char *inventory_guarded(struct arena *a, const char *shown);
/* The key of the column in struct item's `shown`; NULL: it has none. */
const char *inventory_key(enum inventory_column column);
/* The column that a heading names; INVENTORY_COLUMN_COUNT: none. */
enum inventory_column inventory_column_of(struct arena *a, const char *heading);

/* What the asset is in the column from now on, its `shown` too; value NULL: nothing. */
void inventory_set(struct arena *a, struct item *i, enum inventory_column column, const char *value);

/* What became of a cell. */
enum cell_is { CELL_SAME, CELL_NEW, CELL_BAD };

/* Reads a cell of a row: asset `i`, or NULL for a new one. CELL_NEW fills *out
 * but for what must not be shown; CELL_BAD sets *fault. */
enum cell_is inventory_cell(const struct listing *l, const struct item *i,
                            enum inventory_column column, const char *cell,
                            struct inventory_field *out, enum grid_fault *fault);

/* Leaves of the edit what the text of a difference says too; false: nothing. */
bool inventory_was_shown(struct arena *a, const char *text, struct inventory_edit *e);

/* A value as a person reads it: a role's title, a date, words; "" for NULL. */
const char *inventory_words(const struct listing *l, enum inventory_column column, const char *value);

#endif
