/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_SMTP_H
#define OVERSYN_SRC_NET_SMTP_H

#include "base/buf.h"
#include "internal.h"
#include "smtp-pipe.h"
#include "stream-internal.h"
#include "token.h"

/*
 * Submission over our own stream. Not by libetpan's commands: they wait for each
 * answer, and what they return lies (450 and 550 are one error to them). Every answer
 * is judged by its code, its words and the phase in which it came.
 *
 *	smtp.c smtp-ehlo.c smtp-auth.c   a connection, up to the login
 *	smtp-pipe.c       what is said then, in which order, and what answers mean for it
 *	smtp-session.c    the same in bytes, over one connection
 *	smtp-content.c    a mail as it is said
 *	smtp-batch.c      many mails over several connections
 */

/* What a server said that it can do; forgotten when TLS starts. */
struct smtp_offers {
	bool heard; /* it said what it can do */
	bool starttls, dsn, size, pipelining, burl;
	size_t size_most; /* 0: it does not say */
	char auth[512];   /* " PLAIN LOGIN ", in capitals; "": none */
};

/* An answer, line by line. */
struct smtp_answer {
	int code;        /* 0: it is not that of an SMTP server */
	struct buf text; /* what follows the code, a line each */
	bool begun;      /* more lines are to come */
};

/* Takes a line without its end. False: more of them belong to this answer. */
bool smtp_answer_line(struct smtp_answer *a, const char *line);

enum { SMTP_ANSWER_BYTES = 1 << 16, SMTP_READ_MOST = 4096 };
#define SMTP_NO_MAIL SIZE_MAX

/* One connection. */
struct smtp_session {
	struct smtp_sender *of;
	struct stream *stream; /* NULL: none */
	struct smtp_offers offers;
	struct buf in;
	size_t read; /* so much of it is done with */
	struct smtp_answer answer;
	struct buf secrets; /* while it logs in: what the answer may not be told with, a line each */
	/* ---- from the login on ---- */
	struct pipe pipe;
	struct buf out;
	size_t written;
	size_t dot_at;        /* where in `out` the content has come to its end */
	size_t envelope, content; /* whose; SMTP_NO_MAIL: nobody's */
	bool wants_room;      /* the stream took not all of it */
	bool dovecot;         /* it says that it is one, see smtp_follow */
	bool followed;        /* the envelope stands behind a content */
};

/*
 * Whether the next envelope may be said behind a content. RFC 2920 has it so, and
 * Dovecot 2.3 dies of it (smtp-server-transaction.c: pending_rcpt_cmds == 0): it hands
 * the mail on and answers no more, so that each would go twice. One that is known by its
 * greeting, or by BURL, is not tried; of others, one connection tries it first.
 */
enum smtp_follow {
	FOLLOW_UNTRIED,
	FOLLOW_TRYING,
	FOLLOW_GOOD,
	FOLLOW_BAD, /* a connection broke there: one more round trip for each mail from now on */
};

struct smtp_sender {
	struct sender base;
	struct server server;
	char *helo;
	struct token token; /* where there is a token_url */
	struct smtp_session session[SENDER_CONNECTIONS_MOST];
	enum smtp_follow follow;
	size_t most;         /* of them, as the setting says */
	int64_t alone_until; /* ms: it refused one more, so it is not asked until then */
	int epoll;           /* all of them */
	struct stream_seen *seen; /* NULL: nobody asks */
};

/* Many mails, on their way over all connections. */
struct smtp_batch {
	struct smtp_sender *s;
	const struct submission *m;
	size_t n, next;                        /* those before `next` were taken */
	size_t back[SENDER_CONNECTIONS_MOST], backs; /* … and these not begun after all */
	submitted_fn *told;
	void *ctx;
	bool stop; /* nothing more is begun */
};

/* ---- until the login ---- */

/* Time and bytes for the next command and its answer. */
void smtp_bound(struct smtp_session *c);
/* Says one line, which ends with CR LF, and waits for its answer. Returns the code;
 * 0: trouble, or no answer of an SMTP server. NULL: only reads. Wipes nothing. */
int smtp_ask(struct smtp_session *c, const char *line);
/* Whether what was read holds the end of an answer; it is in c->answer then. */
bool smtp_answered(struct smtp_session *c);
/* Reads some; 0: nothing has come, and it was not to be waited for. -1: trouble. */
ssize_t smtp_read(struct smtp_session *c, bool wait);
/* Fills *out when the answer was not the hoped-for one. */
bool smtp_refused(struct smtp_session *c, enum submit_phase phase, int hoped,
                  struct submit_result *out);
/* What an answer means that came in that phase; code 0: none, or none of an SMTP server. */
void smtp_judge(const struct smtp_session *c, enum submit_phase phase, int code,
                const char *text, struct submit_result *out);

/* Each fills *out and returns false when it did not go well. */
bool smtp_hello(struct smtp_session *c, struct submit_result *out);  /* EHLO */
bool smtp_log_in(struct smtp_session *c, struct submit_result *out); /* AUTH (RFC 4954) */
/* The way that it would choose; AUTH_WAY_COUNT: the server offers none that will do. */
enum auth_way smtp_way(const struct smtp_session *c);
/* Connects, secures and logs in; the connection stays, however it went. */
bool smtp_dial(struct smtp_session *c, struct submit_result *out);
/* All of it; what does not go well ends with no connection. */
bool smtp_open(struct smtp_session *c, struct submit_result *out);
void smtp_hang_up(struct smtp_session *c); /* QUITs, where that can be said */

/* ---- mails ---- */

/* MAIL and RCPT as the server's offers have them. */
void smtp_add_mail(struct buf *out, const struct smtp_offers *o, const struct submission *m);
void smtp_add_rcpt(struct buf *out, const struct smtp_offers *o, const struct submission *m);
/* The mail and its dot (RFC 5321 §4.5.2): every line ends with CR LF, and a dot stands
 * before one that a line begins with. */
void smtp_add_content(struct buf *out, const char *bytes, size_t len);

/* Begins a mail of the batch there; false: none is left, or it must not. */
bool smtp_begin(struct smtp_session *c, struct smtp_batch *b);
/* Something has come, or there is room: takes it, and goes on. */
void smtp_serve(struct smtp_session *c, struct smtp_batch *b);
/* No answer will come: who waited for it is told, and the connection is left. */
void smtp_lost(struct smtp_session *c, struct smtp_batch *b);
/* Hangs up; a mail whose envelope alone was said is given back. */
void smtp_leave(struct smtp_session *c, struct smtp_batch *b);

/* The next mail that this server may be given; false: none. */
bool smtp_take(struct smtp_batch *b, const struct smtp_session *c, size_t *i);
void smtp_tell(struct smtp_batch *b, size_t i, const struct submit_result *r);
void smtp_submit_many(struct sender *base, const struct submission *m, size_t n,
                      submitted_fn *told, void *ctx);

#endif
