/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_TOKEN_H
#define OVERSYN_SRC_NET_TOKEN_H

#include "net/transport.h"

/*
 * An access token by OAuth 2.0 client credentials (RFC 6749 §4.4), as Exchange
 * Online wants them: fetched over HTTPS with the certificate verified, kept in
 * memory, fetched anew five minutes before it runs out.
 */
struct token {
	char *text;      /* NULL: none */
	int64_t good_ms; /* on the server's clock: until then */
	instant date;    /* that its server said it was; INSTANT_NONE */
};

#define TOKEN_INIT { .text = NULL, .good_ms = 0, .date = INSTANT_NONE }

/* Whether there is none, or it is about to run out. */
bool token_stale(const struct server *s, const struct token *t);
/* A token that is good for some minutes. ERR_OUTSIDE: try again; ERR_USAGE:
 * the token server does not know us, or is no token server. */
int token_get(const struct server *s, struct token *t, struct err *e) MUST_USE;
void token_drop(struct token *t); /* wipes it */

#endif
