/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_NET_TRANSPORT_H
#define OVERSYN_NET_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/ack.h"
#include "core/retry.h"
#include "core/zone.h"

/*
 * Where mail goes and where it comes from. Bytes in, bytes out; nothing here
 * knows what a letter is. Used by the courier, which holds the credentials
 * and no database.
 */
enum tls_mode {
	TLS_IMPLICIT, /* TLS from the first byte (RFC 8314) */
	TLS_STARTTLS, /* refused if the server does not offer it */
	TLS_NONE,     /* refused for any host that is not a loopback address */
};

enum { SENDER_CONNECTIONS_MOST = 16 }; /* of one sender, over SMTP */

/* What time it is and how long to wait; tests bring their own, so that ten
 * minutes of silence need not be sat through. */
struct net_clock {
	int64_t (*now_ms)(void *ctx);
	/* As poll() on one descriptor, for `ms` milliseconds at most. */
	int (*wait)(void *ctx, int fd, short events, int64_t ms);
	void *ctx;
};

/* How to log in. The names are those of IANA's list of SASL mechanisms. */
#define AUTH_WAYS(X) \
	X(AUTO, "auto") /* the best that the server offers, in the order below; no tokens */ \
	X(SCRAM_SHA_256, "SCRAM-SHA-256") \
	X(SCRAM_SHA_1, "SCRAM-SHA-1") \
	X(PLAIN, "PLAIN") \
	X(LOGIN, "LOGIN") \
	X(XOAUTH2, "XOAUTH2") /* the password is an access token */

enum auth_way {
#define X(way, name) AUTH_##way,
	AUTH_WAYS(X)
#undef X
	AUTH_WAY_COUNT
};

const char *auth_way_name(enum auth_way way);
/* AUTH_WAY_COUNT: there is no such way. Case does not matter. */
enum auth_way auth_way_of(const char *name);

struct server {
	const char *host; /* name the certificate must bear */
	uint16_t port;    /* 0: the standard port of the protocol and mode */
	enum tls_mode tls;
	const char *ca_file;        /* PEM; NULL: the system's */
	const char *pin; /* the server's key must be one of these, too; NULL: any (see pin_check) */
	const char *user, *password; /* NULL: no authentication */
	enum auth_way auth;
	/* OAuth 2.0 client credentials (RFC 6749 §4.4): where tokens are had, https;
	 * `password` is the client's secret then. NULL: the password is the token. */
	const char *token_url, *client_id, *scope;
	const char *token_ca_file; /* PEM; NULL: the system's */
	int timeout_s;              /* longest silence and longest connect; 0: 30 */
	int connections;            /* SMTP: most at once; 0: 1 */
	const struct net_clock *clock; /* outlives what is opened with it; NULL: the machine's */
};

/* Whether `pin` is the SHA-256 of a public key (SubjectPublicKeyInfo, as RFC
 * 7469 counts it) in base64 or hexadecimal, or several of them with spaces
 * between. It is asked for beside chain and host name, never instead. */
int pin_check(const char *pin, struct err *e) MUST_USE;

/* ---- out ---- */

struct submit_result {
	enum submit_verdict verdict;
	char answer[512]; /* the server's words, or what went wrong; one line */
};

struct sender;

/* A Maildir: mail is delivered to DIR as a local delivery agent would
 * (tmp, fsync, rename to new). `domain_dir` false: one Maildir for all; true:
 * DIR/<address> per recipient, as the demo wants it. */
int sender_maildir(const char *dir, bool per_recipient, struct sender **out, struct err *e) MUST_USE;
/* SMTP submission (RFC 6409). Connects at the first mail, and keeps the connections
 * for the next ones. Where the server offers PIPELINING (RFC 2920), a mail costs one
 * round trip. Where it offers DSN (RFC 3461), it is asked to report failure and delay
 * with the headers alone, and with the Message-ID as envelope identifier. */
int sender_smtp(const struct server *server, const char *helo, struct sender **out, struct err *e)
	MUST_USE;

/*
 * A program of this machine that submits mail as sendmail(8) does, by its whole path:
 * run without a shell as PROGRAM -t -i -f FROM, with the mail on its standard input.
 * It takes the recipient from the mail, so a mail whose To is not the one recipient,
 * or that has Cc or Bcc, is not given to it. It has ten minutes on that clock (NULL:
 * the machine's); then it and what it started are ended.
 */
int sender_sendmail(const char *program, const struct net_clock *clock, struct sender **out,
                    struct err *e) MUST_USE;

/* Hands one mail over. Never fails as a function: the verdict says it all. */
void sender_submit(struct sender *s, const char *from, const char *to, const char *bytes,
                   size_t len, const char *message_id, struct submit_result *out);

/* One mail to hand over; nothing is owned. */
struct submission {
	const char *from, *to, *bytes, *message_id;
	size_t len;
	struct ack ack; /* the caller's own: it is only carried along */
};
/* How the i-th of them ended. 0: go on; else nothing more is begun, and what is begun
 * (its content is on its way) is told to its end. */
typedef int submitted_fn(void *ctx, size_t i, const struct submit_result *r);
/* Hands many over, and tells of each as it ends, once and in any order; those that were
 * never begun are not told of. */
void sender_submit_many(struct sender *s, const struct submission *m, size_t n,
                        submitted_fn *told, void *ctx);
/* The same in two steps, for who has something else to do meanwhile: the courier's goes on
 * between them, one of this process does all of it in the second. They are told of in the
 * second; until it is over, m and ctx live on, and neither this sender nor a receiver
 * beside it is asked for anything else. */
void sender_submit_begin(struct sender *s, const struct submission *m, size_t n,
                         submitted_fn *told, void *ctx);
void sender_submit_end(struct sender *s);
/* At most so many are begun and not told of, and none behind them is begun: where nothing
 * more is heard of a sender with so many connections (0: one), only the first so many of
 * those that were not told of are in doubt. */
int submit_window(int connections);
void sender_free(struct sender *s); /* QUITs */

/* ---- in ---- */

struct fetched {
	const char *source;        /* names the place: "maildir:/srv/in", "imap:host/INBOX" */
	uint32_t uidvalidity, uid; /* 0 for a Maildir */
	const char *name;          /* Maildir file name; NULL over IMAP */
	instant received;          /* INTERNALDATE, or the file's time; INSTANT_NONE unknown */
	const char *bytes;
	size_t len;
	bool cut; /* larger than `limit`, or it did not come to its end: a first piece is here */
	uint64_t size; /* of the whole, as the server says; 0 unknown */
};

enum { RECEIVER_PIECE = 1 << 18 }; /* bytes of a mail that are asked for at once */

struct receiver;

int receiver_maildir(const char *dir, struct receiver **out, struct err *e) MUST_USE;
/* IMAP4rev1: UID FETCH … BODY.PEEK[] in bounded pieces, many small mails with one
 * command, in memory that depends on no mailbox; UID commands only.
 * Flags that people set change nothing, but what they have marked \Deleted is
 * theirs to remove and is not read. A mailbox that may only be read is refused.
 * Handled mail is moved to the folder `handled` (made if absent), by UID MOVE
 * or COPY + \Deleted + UID EXPUNGE. */
int receiver_imap(const struct server *server, const char *mailbox, const char *handled,
                  struct receiver **out, struct err *e) MUST_USE;

/* Gives every waiting mail to `take`, oldest first; `take` returns 0 to go on, -1 to
 * stop (the error is then the callback's own), or 1: that is enough. Then the server is
 * asked for no more, but what it has said by then is given still; the fetch ends well,
 * and what is left is a reason to look again. One that the server does not give keeps
 * nobody waiting: the rest are given, and, where that was all, it is an error then. */
typedef int receive_fn(void *ctx, const struct fetched *m, struct err *e);
int receiver_fetch(struct receiver *r, size_t limit, receive_fn *take, void *ctx, struct err *e)
	MUST_USE;
/* The mail is safely kept: put it out of the way. Idempotent. */
int receiver_done(struct receiver *r, uint32_t uidvalidity, uint32_t uid, const char *name,
                  struct err *e) MUST_USE;
/* Where a mail lies, as `struct fetched` has it. */
struct mail_place {
	uint32_t uidvalidity, uid;
	const char *name;
};
/* The same with many. What goes wrong with one does not keep the others from it. */
int receiver_done_many(struct receiver *r, const struct mail_place *m, size_t n, struct err *e)
	MUST_USE;
void receiver_free(struct receiver *r);

/* ---- waiting for mail ---- */

struct watch {
	int fd;        /* when it can be read from, watch again; -1: nothing to poll */
	int64_t until; /* and then in any case; ms, as net_now_ms() counts */
};

/* How often to look where nobody tells (no IDLE, or it broke; a Maildir), and how
 * long one IDLE lasts: a mailbox is looked at that often, whatever its server
 * says, and no server or firewall ends the session before (RFC 2177: 29 minutes). */
enum { RECEIVER_POLL_S = 120, RECEIVER_IDLE_S = 540 };

/*
 * For an event loop: begins to watch, or goes on. 1: look now, with
 * receiver_fetch(); 0: nothing yet, and *w says when to ask again; -1: the server
 * is away. It waits no longer than for the answer to a command. Mail that came
 * since the last look began is not missed, and a connection that broke is a look.
 * `now` is the time on the clock that the receiver was given.
 */
int receiver_watch(struct receiver *r, int64_t now, struct watch *w, struct err *e) MUST_USE;

enum waited {
	WAITED_LOOK,
	WAITED_TIME_UP,
};

/* For who has nothing else to do: waits until `until` on that clock. */
int receiver_wait(struct receiver *r, const struct net_clock *clock, int64_t until,
                  enum waited *out, struct err *e) MUST_USE;
int64_t net_now_ms(const struct net_clock *clock); /* NULL: the machine's */

#endif
