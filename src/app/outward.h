/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_OUTWARD_H
#define OVERSYN_SRC_APP_OUTWARD_H

#include "app/letter.h"
#include "core/plan.h"

/* What the planned letter says, as its templates name it. */
void outward_words(const struct pass *p, struct arena *a, const struct plan_letter *l,
                   const struct letter *letter, struct letter_words *w);

/* Tells the holders of reviews that end because there is nothing left to review: one
 * mail for each letter that they stand in, added to the change. Who is no longer in the
 * role is told nothing. */
int outward_ended(struct pass *p, struct arena *a, const struct plan *plan, struct change *c,
                  struct err *e) MUST_USE;
/* Adds to the change that makes the plan's reviews void what becomes of their letters'
 * events, and the mails that say so. */
int outward_withdraw(struct pass *p, struct arena *a, const struct plan *plan, struct change *c,
                     struct err *e) MUST_USE;

/* Several texts in a row. */
const char *outward_joined(struct arena *a, const char *const *at, size_t n) MUST_USE;

#endif
