/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_INVENTORY_H
#define OVERSYN_CORE_INVENTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "core/change.h"
#include "core/grid.h"
#include "core/registry.h"

/*
 * An inventory (förteckning över informationstillgångar) as a table that goes
 * out with its invitation and comes back edited: what it holds, how it is
 * written, what was changed in what came back, and what that makes of an asset.
 *
 * What is not shown cannot be lost. The names of protected assets, K, R and T
 * never leave by mail, so their cells go out empty, and an empty one that comes
 * back says nothing; so does a column that was taken away. Everything else that
 * was shown can be changed or emptied.
 */
enum inventory_column {
	INVENTORY_ID,
	INVENTORY_NAME,
	INVENTORY_KIND,        /* slag */
	INVENTORY_OWNER,       /* informationsägare: a role */
	INVENTORY_RESPONSIBLE, /* ansvarig: the role that reviews it; must not be emptied */
	INVENTORY_MANAGER,     /* systemförvaltare: a role */
	INVENTORY_STATUS,      /* "avvecklad" retires it */
	INVENTORY_CLASSIFIED,  /* senast_klassad: a date */
	INVENTORY_RULE,        /* intervall: empty takes the default */
	INVENTORY_K,           /* only ever filled in by who sends the file back */
	INVENTORY_R,
	INVENTORY_T,
	INVENTORY_COLUMN_COUNT
};

const char *inventory_column_name(enum inventory_column column); /* "tillgång_id" … "ny T" */

/*
 * The assets that an inventory lists on a day, by id: those whose letters its
 * body would write (registry_letter_body(): successors and "alla" included) and
 * that are not retired. Where a body has several inventories, each asset is in
 * the one whose responsible role is its own or the nearest above it, else in the
 * first by id. Other items than inventories list nothing.
 */
size_t inventory_assets(const struct registry *r, const struct item *inventory, dayno day,
                        struct arena *a, const struct item ***out) MUST_USE;

/* What the marker row names: the letter, and what was shown in it. */
enum { INVENTORY_VERSION = 17 }; /* hexadecimal, with its NUL */

/* Of everything the table shows, and of nothing that it does not. */
void inventory_version(const struct registry *r, const struct item *inventory, dayno day,
                       char out[INVENTORY_VERSION]);

/* Writes it as Swedish Excel opens it: UTF-8 with BOM, semicolons, CRLF. The
 * first row is the marker, the second names the columns. What a spreadsheet
 * would take for a formula stands behind an apostrophe. `ref` is the letter's. */
void inventory_write(const struct registry *r, const struct item *inventory, dayno day,
                     const char *ref, struct buf *out);

/* ---- what came back ---- */

struct inventory_field {
	enum inventory_column column;
	const char *old, *new; /* as a person reads it; "" for nothing. NULL: not to be shown (K, R, T,
	                        * a protected name) */
	const char *was, *value; /* what it was and becomes: an id, a date, words, a level; NULL: nothing */
};

enum inventory_fate { INVENTORY_ADDED, INVENTORY_CHANGED, INVENTORY_REMOVED };

const char *inventory_fate_name(enum inventory_fate fate); /* "added", "changed", "removed" */

struct inventory_edit {
	enum inventory_fate fate;
	const struct item *item; /* NULL: added */
	const char *id;          /* of an added one: the next free, see below */
	int row;                 /* in the file; 0: removed */
	struct inventory_field *fields;
	size_t n;
	bool retires;            /* removed, or its status says so */
	unsigned raised;         /* bits 1 << 0, 1, 2: K, R, T is higher than before, or was unknown */
};

/*
 * A new asset gets the next number after the highest that any asset of the
 * register has or had, written as the inventory's first one is ("T001", "SBN-12");
 * where it lists none, or its ids do not end in digits, as T001. A file cannot
 * choose an id: one that is not in the inventory is more likely mistyped.
 */
struct inventory_difference {
	char version[INVENTORY_VERSION]; /* of the inventory that it was compared with */
	struct inventory_edit *edits; /* in the file's order, the removed last */
	size_t n, cap;
	size_t n_listed;              /* assets that were shown */
	size_t n_added, n_changed, n_retired, n_renamed, n_owners;
	bool mass;                    /* so many retired or renamed that it must be confirmed twice */
	bool raised;
	unsigned missing;             /* bits 1 << column: taken away, so left as they were */
};

/* More than both is a mass deletion, or rows that lost their ids in sorting:
 * the municipality's settings. */
struct inventory_limits {
	int rows, percent;
};
#define INVENTORY_LIMITS { .rows = 3, .percent = 20 }

/*
 * What the grid changes in the inventory as it is now. `day` is today. True and
 * *out, or false with complaints in the grid (where it may have some already)
 * and nothing in *out: a file is taken whole or not at all.
 *
 * `held` is NULL, or inventory_text() of what the same grid changed before: then
 * the inventory may have become another one, and only what was shown counts, so
 * that a cell that others have changed meanwhile is not taken back. A grid that no
 * longer fits, or changes nothing more, is an older one (GRID_OLDER).
 */
bool inventory_compare(const struct registry *r, const struct item *inventory, dayno day,
                       const char *ref, const char *held, const struct inventory_limits *limits,
                       struct arena *a, struct grid *grid,
                       struct inventory_difference *out) MUST_USE;

/*
 * The difference as text: the version it is from, then a line for each field:
 * "~", "+" or "-", the asset's id or an added one's row in the file, column, old
 * and new value. Two texts are equal where the same was changed in the same
 * inventory. It holds what never leaves by mail.
 */
const char *inventory_text(struct arena *a, const struct inventory_difference *d) MUST_USE;

/*
 * The asset as the edit makes it, its `shown` too, as an import of the same
 * facts would: retired where it was removed, classified on `day` where K, R or T
 * changed without a date, valid from `day` where it is new.
 */
struct item inventory_apply(const struct item *inventory, const struct inventory_edit *edit, dayno day,
                            struct arena *a) MUST_USE;

/* What a confirmed difference does, added to the change: each asset as it becomes,
 * and the record of each and of the whole. `all` becomes the register after it. */
void inventory_change(struct registry *all, const struct item *inventory,
                      const struct inventory_difference *d, const struct confirmation *x, dayno day,
                      struct arena *a, struct change *c);

/* Who is told of raised K, R and T: the role that kommun.csv names as it_chef, else
 * the one with the title "it-chef", or who acts for it that day. NULL: nobody. */
const struct role *inventory_it_chief(const struct registry *r, dayno day);

#endif
