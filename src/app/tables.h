/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_TABLES_H
#define OVERSYN_SRC_APP_TABLES_H

#include "core/inventory.h"
#include "src/app/inward.h"

/*
 * A table that came back: inward-table.c reads it against the inventory that it is
 * of, and asks whether what it changes is right or says why it is refused;
 * inward-edit.c does what was confirmed; table-words.c has the words of both.
 */
struct table_reading {
	struct registry *all;        /* the whole register: an inventory is of many items */
	struct grid grid;
	const struct item *of;       /* NULL: of none of the letter's inventories */
	const struct review *review; /* of that one, in the letter */
	bool taken;                  /* else the grid has complaints */
	struct inventory_difference d;
};

/* What the letter's table changes in the register as it stands; `held` as for
 * inventory_compare(). */
void table_compare(const struct pass *p, struct arena *a, const struct incoming *in,
                   const char *held, struct table_reading *t);

/* Asks for the confirmation, in the change: what the table changes, or, where it is
 * asked again, what goes. `problem` stands first in the mail; NULL: nothing. */
int table_ask(struct pass *p, struct arena *a, struct incoming *in, const struct table_reading *t,
              const struct confirmation *x, const char *problem, struct change *c,
              struct err *e) MUST_USE;

/* Says that the table cannot be used, and why, to the registered address. The
 * change then ends the mail: what inward_finish() says. */
int table_refuse(struct pass *p, struct arena *a, struct incoming *in, const struct table_reading *t,
                 const struct role *role, enum verdict said, bool alarm, struct change *c,
                 struct err *e) MUST_USE;

/* A confirmation of what the table changes, asked for by the mail that is at hand. */
struct confirmation table_confirmation(const struct pass *p, struct arena *a,
                                       const struct incoming *in, const struct table_reading *t,
                                       const struct trust *trust, const struct role *role,
                                       int64_t table_mail);

/* The rows of every field that changes, or of the assets that go or get another
 * name. Where they are more than a mail can show, *file holds all of them and the
 * words say how many are left out. */
void table_change_rows(const struct pass *p, struct arena *a, const struct inventory_difference *d,
                       struct letter_words *w, struct mail_attachment *file);
void table_mass_rows(const struct pass *p, struct arena *a, const struct inventory_difference *d,
                     struct letter_words *w, struct mail_attachment *file);
/* What became of each asset, a line each. */
void table_done_lines(const struct pass *p, struct arena *a, const struct inventory_difference *d,
                      struct letter_lines *out);
/* The assets whose K, R or T is higher than before, without the levels. */
void table_raised_rows(struct arena *a, const struct inventory_difference *d, struct letter_words *w);

#endif
