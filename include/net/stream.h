/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_NET_STREAM_H
#define OVERSYN_NET_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "net/transport.h"

/*
 * The stream under libetpan: our own, because libetpan's checks no
 * certificate, waits for ever, loops on an early close and reads without
 * bound (reliability.md §1). It verifies chain and host name before a byte
 * is sent, wants TLS 1.2 or newer, keeps an absolute deadline and a byte
 * budget, takes an early close for an error and checks the lines on which
 * libetpan crashes. There is no unverified path.
 */
typedef struct _mailstream mailstream;
struct stream;

int stream_open(const struct server *server, struct stream **out, struct err *e) MUST_USE;
/* After STARTTLS was agreed in the clear: fails if bytes came early, that is, if the
 * session has `unread` ones left. */
int stream_start_tls(struct stream *s, size_t unread, struct err *e) MUST_USE;
/* libetpan's view of it. A session may close it at any time, and some of its
 * errors do; the stream itself stays, with its trouble, until stream_free(). */
mailstream *stream_etpan(struct stream *s);
/* After the session is gone, or its pointer to the stream was cleared. */
void stream_free(struct stream *s);
/* From now on: at most this many seconds, and this many bytes to be read. */
void stream_bound(struct stream *s, int seconds, size_t bytes);
/* What stopped it: "closed by the server", "no answer in 30 s"; NULL: nothing. */
const char *stream_trouble(const struct stream *s);

#endif
