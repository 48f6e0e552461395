/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_CORE_APPLY_INTERNAL_H
#define OVERSYN_SRC_CORE_APPLY_INTERNAL_H

#include "core/apply.h"

/* One reply being applied. */
struct job {
	const struct apply_input *in;
	struct arena *arena;
	struct change *change;
	struct applied *out;
};

/* Whether the sender may answer for the item that day, and as whom. */
struct trust apply_trust(const struct job *j, const struct review *r, const struct item *item);
/* Adds what became of one item. */
void apply_told(struct job *j, const struct applied_item *x);
/* Takes back an answer; false: it names no item of the letter. */
bool apply_undo(struct job *j, const struct answer *ans);
/* Why a person must look: one line, English. NULL: for no reason known here. */
const char *apply_reason(const struct applied_item *x);

#endif
