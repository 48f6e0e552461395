/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_EDITS_H
#define OVERSYN_STORE_EDITS_H

#include "store/store.h"

/* What confirmed tables did to an asset, by its id, or after a letter, by its
 * reference; the oldest first. */
int store_edits(struct store *s, struct arena *a, const char *what, struct item_edit **out, size_t *n,
                struct err *e) MUST_USE;

/* What was answered about a review, the oldest first. */
struct said {
	const char *verdict, *role, *address, *text; /* text NULL: nothing more */
	instant at;
	bool told;      /* entered by the coordinator, not by mail */
	bool withdrawn; /* by ÅNGRA */
};
int store_review_said(struct store *s, struct arena *a, const char *review, struct said **out, size_t *n,
                      struct err *e) MUST_USE;

#endif
