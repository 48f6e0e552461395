/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_REVISION_H
#define OVERSYN_CORE_REVISION_H

#include "core/change.h"
#include "core/due.h"

/*
 * A governing document's way through the bodies. Once its holder has signed, the
 * responsible body chooses at its meeting: A, it is kept, or B, somebody gets a mandate
 * to revise it. What was revised, and what cannot simply be kept because its validity
 * ends or nobody has decided on it yet, goes to the body that decides it; only that
 * body's decision starts its clock anew. Pure.
 */

/* Whether the item can only be decided anew: there is nothing to keep. */
bool revision_due(const struct item *i, const struct due *d);

/* What is asked about the review, from what its bodies answered so far: `inquiries` are
 * the item's, or more. */
enum inquiry_about revision_about(const struct item *i, const struct due *d,
                                  const struct inquiry *inquiries, size_t n, const char *review);

/* The body that decides the item, as its words say ("KF"), on a day; else the one that
 * answers for it. NULL: there is none. */
const struct body *revision_decider(const struct registry *r, const struct item *i, dayno day);

/* The body that is asked that, on a day. */
const struct body *revision_body(const struct registry *r, const struct item *i,
                                 enum inquiry_about about, dayno day);

/* The meeting of that body that takes up what was signed on the day; the council's by
 * way of the others'. NULL: none is registered. */
const struct meeting *revision_meeting(const struct registry *r, const struct body *body,
                                       enum inquiry_about about, dayno ready);

/*
 * How things stand around a document, for those who choose: needs the whole register.
 * An inventory counts by its body, which has one or is to have one.
 */
struct revision_state {
	int routines, late_routines;       /* below the document, at any depth */
	int inventories, late_inventories; /* bodies that have one; whose is overdue */
};
void revision_count(const struct registry *r, const struct item *document, dayno today,
                    struct revision_state *out);

/* The days of a document that is to be decided in time for `due`: backwards from the
 * deciding body's last meeting before it. Where that way begins before the mandate is
 * given, on the day `from`, it is `late`: forwards from the first meeting after that. */
struct revision_way {
	struct chain at;   /* for a body on its own, `board` is its meeting */
	dayno stop;        /* papers ready; DAY_NONE: no calendar reaches that far */
	bool late;
};
struct revision_way revision_way(const struct registry *r, const struct item *document, dayno due,
                                 dayno from);

#endif
