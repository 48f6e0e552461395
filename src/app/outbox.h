/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_OUTBOX_H
#define OVERSYN_SRC_APP_OUTBOX_H

#include "app/letter.h"
#include "store/outbox.h"

/*
 * Writes to the coordinator of mail that does not arrive: that the outbox is held, at
 * once; what is late or has failed, once a day in the hours of letters. 1: there is a letter to send; 0; -1.
 */
int outbox_tell(struct pass *p, struct err *e) MUST_USE;

/* What a pass that was done must still be blamed for: an outbox that is held, a mail
 * server that is away. */
int outbox_verdict(struct pass *p, struct err *e) MUST_USE;

#endif
