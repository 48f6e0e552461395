/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_IMAP_H
#define OVERSYN_SRC_NET_IMAP_H

#include <libetpan/mailimap.h>

#include "base/buf.h"
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
	struct stream_seen *seen; /* NULL: nobody asks */
	bool heard;             /* the server said what it can do */
	bool known;             /* it asks for no login (PREAUTH) */
	uint32_t uidvalidity;   /* of the selected mailbox; 0: none is selected */
	int64_t selected;       /* ms: when it was */
	struct {
		bool on;        /* the server has our IDLE, or will */
		bool broke;     /* the last one did: the next wait is by the clock */
		unsigned int n; /* how many there were */
		int64_t asked, until; /* ms: answered before the one, ended at the other */
	} idle;
};

enum { IMAP_ANSWER_BYTES = 1 << 18 };

/* Connects, hears the greeting and secures; then logs in. */
int imap_greet(struct imap *m, struct err *e) MUST_USE;
int imap_log_in(struct imap *m, struct err *e) MUST_USE;
/* Does both and selects, as far as that is not done. */
int imap_ready(struct imap *m, struct err *e) MUST_USE;
/* Looks at the mailbox again: a session that has died is opened anew. */
int imap_look(struct imap *m, struct err *e) MUST_USE;
void imap_close(struct imap *m); /* LOGOUT */
void imap_release(struct imap *m);

/* Time and bytes for the next command and its answer. */
void imap_bound(struct imap *m, int more_seconds, size_t bytes);
/* What went wrong with `doing`, from trouble or the server's words. Closes
 * the session when it cannot go on. Returns -1. */
int imap_fail(struct imap *m, const char *doing, struct err *e);
bool imap_has(struct imap *m, const char *capability);

/* ---- reading ---- */

struct imap_mail {
	uint32_t uid;
	uint32_t size;    /* as the server says, which may be wrong; 0: it does not */
	instant received; /* INTERNALDATE; INSTANT_NONE: unknown */
	bool deleted;     /* somebody has marked it so */
};

struct imap_list {
	struct imap_mail *at;
	size_t n, cap;
};

/* What lies in the mailbox, by UID, each once, without what is marked deleted. */
int imap_list(struct imap *m, struct imap_list *l, struct err *e) MUST_USE;
void imap_list_free(struct imap_list *l);

enum imap_got {
	IMAP_FAILED = -1, /* the session may be open still: then others can be read */
	IMAP_GONE,        /* somebody has removed it meanwhile */
	IMAP_WHOLE,
	IMAP_CUT,         /* it is larger than `limit`, or did not come to its end */
};

/* Reads one mail in pieces; one that is too large costs its first. */
enum imap_got imap_read(struct imap *m, const struct imap_mail *mail, size_t limit,
                        struct buf *out, struct err *e) MUST_USE;

/* How many of the first of these may be read with one command; 0: the first must be
 * read by itself, as its size or the lack of it wants. */
enum { IMAP_MANY = 256 };
size_t imap_together(const struct imap_mail *mails, size_t n, size_t limit);
/* Reads so many at once, by UID. whole[i] says that bytes[i] has the i-th; the others
 * are to be read by themselves: they may be gone, larger than the server said, or
 * not be given. -1: the session is closed, and what is whole by then is whole. */
int imap_read_many(struct imap *m, const struct imap_mail *mails, size_t n, size_t limit,
                   struct buf *bytes, bool *whole, struct err *e) MUST_USE;

/* ---- waiting ---- */

/* As receiver_watch(). */
int imap_watch(struct imap *m, int64_t now, struct watch *w, struct err *e) MUST_USE;
void imap_idle_end(struct imap *m); /* the session is free for commands, or closed */

#endif
