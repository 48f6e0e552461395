/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_LOGIN_H
#define OVERSYN_SRC_NET_LOGIN_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * What is secret about a login, as it is said to a server, and how to know it again in
 * the answer: a server that says it back must not have it stand in the log.
 */
void login_wipe(struct buf *b); /* releases it; what stood there is gone */
void login_base64(struct buf *out, const void *bytes, size_t len);
void login_xoauth2(struct buf *out, const char *user, const char *token);

enum {
	LOGIN_PART = 4,       /* characters of a password that say too much */
	LOGIN_PART_LONG = 8,  /* of what a machine has made */
};
/* Whether words hold so long a part of one of the secrets, which stand a line each, or
 * the whole of a shorter one. */
bool login_says_back(const char *words, const struct buf *secrets, size_t part);
/* The same of a server's words that stand in quotes in what we say went wrong. */
bool login_quotes_back(const char *said, const struct buf *secrets, size_t part);

#endif
