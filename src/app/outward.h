/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_OUTWARD_H
#define OVERSYN_SRC_APP_OUTWARD_H

#include "app/letter.h"
#include "core/plan.h"

/* What the planned letter says, as its templates name it. */
void outward_words(const struct pass *p, struct arena *a, const struct plan_letter *l,
                   const struct letter *letter, struct letter_words *w);

/* Several texts in a row. */
const char *outward_joined(struct arena *a, const char *const *at, size_t n) MUST_USE;

#endif
