/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_IMAP_H
#define OVERSYN_SRC_NET_IMAP_H

#include <libetpan/mailimap.h>

#include "internal.h"
#include "stream-internal.h"
#include "token.h"

/*
 * One IMAP session at a time, opened when it is needed. Every call leaves it
 * either usable or closed.
 */
struct imap {
	struct server server;
	char *mailbox;
	struct stream *stream;
	mailimap *session;      /* NULL: closed */
	struct token token;     /* where there is a token_url */
	uint32_t uidvalidity;   /* of the selected mailbox; 0: none is selected */
};

enum { IMAP_ANSWER_BYTES = 1 << 18 };

/* Connects, secures, logs in and selects, as far as that is not done. */
int imap_ready(struct imap *m, struct err *e) MUST_USE;
/* Looks at the mailbox afresh: a session that has died is opened anew. */
int imap_look(struct imap *m, struct err *e) MUST_USE;
void imap_close(struct imap *m); /* LOGOUT */
void imap_release(struct imap *m);

/* Time and bytes for the next command and its answer. */
void imap_bound(struct imap *m, int more_seconds, size_t bytes);
/* What went wrong with `doing`, from trouble or the server's words. Closes
 * the session when it cannot go on. Returns -1. */
int imap_fail(struct imap *m, const char *doing, struct err *e);
bool imap_has(struct imap *m, const char *capability);

#endif
