/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_BOUNCE_H
#define OVERSYN_SRC_APP_BOUNCE_H

#include "src/app/inward.h"

/*
 * Nobody reads mail to an address of ours any more: adds to the change that its roles
 * are vacant and that the coordinator is to be told. `source` names the incoming mail
 * or the outgoing one. *roles: how many have it. Loads the register.
 */
int bounce_dead(struct pass *p, struct arena *a, const char *address, const char *source,
                const char *said, struct change *c, int *roles, struct err *e) MUST_USE;

/* A mail server would not take a mail: that may say the same. */
int bounce_refused(struct pass *p, const struct outbox_row *row, const char *answer,
                   struct err *e) MUST_USE;

/* A report that a mail did not arrive. */
int inward_bounce(struct pass *p, struct arena *a, struct incoming *in, struct err *e) MUST_USE;

#endif
