/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_IMAP_ANSWER_H
#define OVERSYN_SRC_NET_IMAP_ANSWER_H

#include "imap.h"

/* What one FETCH answer says about its mail. */
struct imap_said {
	struct imap_mail mail;
	const struct mailimap_msg_att_body_section *body; /* NULL: it says none */
};

/* Told of each answer as it comes, so that only one is in memory. The session is in
 * the middle of a command: it must not be used. */
typedef void imap_said_fn(void *ctx, const struct imap_said *s);

/* UID FETCH. Frees both wishes, which must not be NULL. As libetpan returns. */
int imap_ask(struct imap *m, struct mailimap_set *set, struct mailimap_fetch_type *type,
             imap_said_fn *said, void *ctx);

#endif
