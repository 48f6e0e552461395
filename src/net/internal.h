/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_INTERNAL_H
#define OVERSYN_SRC_NET_INTERNAL_H

#include "net/transport.h"

/* The first member of every sender and receiver: how this kind does it. */
struct sender_ops {
	void (*submit)(struct sender *s, const char *from, const char *to, const char *bytes,
	               size_t len, const char *message_id, struct submit_result *out);
	void (*free)(struct sender *s);
};

struct sender {
	const struct sender_ops *ops;
};

struct receiver_ops {
	int (*fetch)(struct receiver *r, size_t limit, receive_fn *take, void *ctx, struct err *e);
	int (*done)(struct receiver *r, uint32_t uidvalidity, uint32_t uid, const char *name,
	            struct err *e);
	/* As receiver_watch(), but with -1 in w->fd, and 0, where it cannot be told;
	 * NULL: never. */
	int (*watch)(struct receiver *r, int64_t now, struct watch *w, struct err *e);
	void (*free)(struct receiver *r);
};

struct receiver {
	const struct receiver_ops *ops;
	int64_t look_at; /* ms: when to look, where nobody tells; 0: nobody waits */
};

/* Fills *out; the answer is made one line of printable text. */
void submit_say(struct submit_result *out, enum submit_verdict verdict, const char *fmt, ...)
	PRINTF(3, 4);
void line_tidy(char *text);

#endif
