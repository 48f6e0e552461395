/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_NET_DOOR_H
#define OVERSYN_NET_DOOR_H

#include "net/transport.h"

/* For who makes a kind of sender or receiver, as this folder does, and the keeper for
 * those that are in another process; whose users need net/transport.h alone. */

/* The first member of every sender and receiver: how this kind does it. */
struct sender_ops {
	/* One of these. Before this one is asked, the addresses have been judged; */
	void (*submit)(struct sender *s, const char *from, const char *to, const char *bytes,
	               size_t len, const char *message_id, struct submit_result *out);
	void (*submit_many)(struct sender *s, const struct submission *m, size_t n,
	                    submitted_fn *told, void *ctx); /* … this one judges them itself, */
	/* and so do these two, of one that can go on by itself between them. */
	void (*submit_begin)(struct sender *s, const struct submission *m, size_t n,
	                     submitted_fn *told, void *ctx);
	void (*submit_end)(struct sender *s);
	void (*free)(struct sender *s);
};

struct sender {
	const struct sender_ops *ops;
	struct {
		const struct submission *m;
		size_t n;
		submitted_fn *told;
		void *ctx;
	} begun; /* of one that cannot go on by itself */
};

struct receiver_ops {
	int (*fetch)(struct receiver *r, size_t limit, receive_fn *take, void *ctx, struct err *e);
	/* As receiver_done_many(). */
	int (*done)(struct receiver *r, const struct mail_place *m, size_t n, struct err *e);
	/* As receiver_watch(), but with -1 in w->fd, and 0, where it cannot be told;
	 * NULL: never. */
	int (*watch)(struct receiver *r, int64_t now, struct watch *w, struct err *e);
	void (*free)(struct receiver *r);
};

struct receiver {
	const struct receiver_ops *ops;
	int64_t look_at; /* ms: when to look, where nobody tells; 0: nobody waits */
};

#endif
