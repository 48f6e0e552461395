/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_FAMILY_H
#define OVERSYN_CORE_FAMILY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Items that bear on each other's due dates: children follow the document above
 * them, one document takes the place of another, and children of one parent wait
 * for their turn. Who may have to do with each other, directly or through others,
 * is one family: to work out one of its members, load the family. It may hold
 * more than need be, never less.
 */
struct kin {
	const char *id, *title;
	const char *link;     /* kopplad_till as written: an item's id; NULL */
	const char *replaces; /* ids or titles, as written; NULL */
	bool document;        /* a document or routine: only these have children and successors */
	const char *family;   /* out: the id of its first member */
};

/* Fills in `family`. `v` is sorted by id. */
void family_find(struct kin *v, size_t n);

#endif
