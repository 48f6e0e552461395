/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_PROBE_H
#define OVERSYN_SRC_NET_PROBE_H

#include "net/probe.h"
#include "stream-internal.h"
#include "token.h"

/* Where a visit has come before it met a server that speaks. */
enum probe_step probe_way(const struct stream_seen *seen, bool wants_tls);
void probe_take(struct arena *a, const struct stream_seen *seen, struct probe *out);
void probe_stop(struct arena *a, struct probe *out, enum probe_step step, const char *why);
/* Fetches a token where one is needed; false: there is none, and *out says why. */
bool probe_token(struct arena *a, const struct server *server, struct token *t, struct probe *out);
/* Adds a word to a list of what is offered. */
void probe_offer(struct arena *a, struct probe *out, const char *word);

#endif
