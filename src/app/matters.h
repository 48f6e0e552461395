/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_MATTERS_H
#define OVERSYN_SRC_APP_MATTERS_H

#include "app/letter.h"

/* Mail to the coordinator, which no brake stops. The register is loaded. */

/* Who it is today; NULL, which is logged: nobody who can be written to. */
const struct role *coordinator_of(struct pass *p);
/* A letter of its own, with the next serial. */
int coordinator_letter(struct pass *p, struct arena *a, const struct role *to, struct letter *out,
                       struct err *e) MUST_USE;
/* Writes it by the template of that name, and adds it to the change. */
int coordinator_write(struct pass *p, struct arena *a, const struct role *to, const char *name,
                      struct letter *letter, struct letter_words *w, struct change *c,
                      struct err *e) MUST_USE;

#endif
