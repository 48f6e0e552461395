/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/reader.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "base/mem.h"
#include "child.h"
#include "reader-wire.h"

/*
 * Requests wait in a row: the reader takes one after the other and answers in that
 * order, so whichever is first in the row when it dies is what it died over. What
 * stands behind that one is asked again of the reader that comes after.
 */
enum {
	PATIENCE_MS = 20000,    /* for one request */
	MOST_ANSWER = 16 << 20, /* bytes of an answer: more is nonsense */
	MOST_HELD = 32 << 20,   /* bytes of answers that nobody has asked for yet */
};

enum state { ASKED, ANSWERED, DIED };

struct ticket {
	struct wire_request q;
	const char *field[WIRE_FIELDS]; /* the asker's, but for what `own` holds */
	struct buf own;
	enum state state;
	char *answer;
	size_t len;
	struct ticket *next;
};

struct reader {
	struct child child;
	struct ticket *first, *last; /* that have no answer yet */
	struct ticket *sending;      /* of whom the next bytes to be sent are, … */
	size_t sent;                 /* … from which on; NULL: all is sent */
	bool deaf;                   /* it takes no more, but may have said something */
	struct wire_answer head;     /* of the answer to the first, */
	size_t heard;                /* and how much of head and answer is here */
	size_t held;                 /* bytes of answers that wait to be taken */
};

int reader_start(struct reader **out, struct err *e)
{
	struct reader *r = mem_zalloc(sizeof(*r));

	if (child_start("reader", READER_ARGUMENT, -1, &r->child, e)) {
		mem_free(r);
		return -1;
	}
	*out = r;
	return 0;
}

void reader_stop(struct reader *r)
{
	if (!r)
		return;
	child_stop(&r->child);
	mem_free(r);
}

/* ---- the row ---- */

static void leaves(struct reader *r, const struct ticket *t)
{
	struct ticket *before = NULL;

	for (struct ticket *at = r->first; at != t; at = at->next)
		before = at;
	if (before)
		before->next = t->next;
	else
		r->first = t->next;
	if (r->last == t)
		r->last = before;
	if (r->sending == t) {
		r->sending = t->next;
		r->sent = 0;
	}
}

static void ticket_free(struct reader *r, struct ticket *t)
{
	if (t->state == ANSWERED)
		r->held -= t->len;
	buf_release(&t->own);
	mem_free(t->answer);
	mem_free(t);
}

/* Ends the reader; those in the row are for the next. */
static void end(struct reader *r)
{
	child_stop(&r->child);
	if (r->first) {
		mem_free(r->first->answer);
		r->first->answer = NULL;
	}
	r->sending = r->first;
	r->sent = r->heard = 0;
	r->deaf = false;
}

/* A reader gone bad may say anything: what it says must be well formed. */
static void died(struct reader *r)
{
	struct ticket *t = r->first;

	end(r);
	if (!t)
		return;
	leaves(r, t);
	t->state = DIED;
}

struct ticket *reader_send(struct reader *r, const struct wire_request *q,
                           const char *const field[WIRE_FIELDS], struct buf *own)
{
	struct ticket *t = mem_zalloc(sizeof(*t));

	t->q = *q;
	memcpy(t->field, field, sizeof(t->field));
	t->own = own ? *own : (struct buf)BUF_INIT;
	if (own)
		*own = (struct buf)BUF_INIT;
	if (r->last)
		r->last->next = t;
	else
		r->first = t;
	r->last = t;
	r->sending = r->sending ? r->sending : t;
	reader_turn(r);
	return t;
}

/* ---- to and fro ---- */

static void add_piece(struct iovec *v, int *n, size_t *skip, const void *bytes, size_t len)
{
	union { const void *from; void *to; } at = { .from = bytes }; /* sendmsg() takes no const */

	if (*skip >= len) {
		*skip -= len;
		return;
	}
	v[(*n)++] = (struct iovec){ .iov_base = (char *)at.to + *skip, .iov_len = len - *skip };
	*skip = 0;
}

/* Sends as much as goes without waiting. */
static void send_some(struct reader *r)
{
	while (r->sending && !r->deaf) {
		const struct ticket *t = r->sending;
		struct iovec v[1 + WIRE_FIELDS];
		struct msghdr m = { .msg_iov = v };
		size_t skip = r->sent, left = 0;
		int n = 0;

		add_piece(v, &n, &skip, &t->q, sizeof(t->q));
		for (int i = 0; i < WIRE_FIELDS; i++)
			if (t->field[i])
				add_piece(v, &n, &skip, t->field[i], t->q.len[i]);
		for (int i = 0; i < n; i++)
			left += v[i].iov_len;
		m.msg_iovlen = (size_t)n;
		ssize_t went = n ? sendmsg(r->child.fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT) : 0;
		if (went < 0) {
			r->deaf = errno != EINTR && errno != EAGAIN;
			return;
		}
		r->sent += (size_t)went;
		if ((size_t)went == left) {
			r->sending = t->next;
			r->sent = 0;
		}
	}
}

static void answered(struct reader *r)
{
	struct ticket *t = r->first;

	leaves(r, t);
	t->state = ANSWERED;
	t->len = r->head.len;
	r->held += t->len;
	r->heard = 0;
}

/* Where the next bytes go, and how many are wanted; NULL: it must not say any. */
static char *place(struct reader *r, size_t *want)
{
	struct ticket *t = r->first;

	if (!t || t == r->sending)
		return NULL;
	if (r->heard < sizeof(r->head)) {
		*want = sizeof(r->head) - r->heard;
		return (char *)&r->head + r->heard;
	}
	if (r->head.len > MOST_ANSWER)
		return NULL;
	if (!t->answer)
		t->answer = mem_alloc(r->head.len + 1);
	*want = sizeof(r->head) + r->head.len - r->heard;
	return t->answer + (r->heard - sizeof(r->head));
}

/* Hears what is there. False: it is dead, or as good as that. */
static bool hear_some(struct reader *r)
{
	for (;;) {
		size_t want = 1;
		char none, *to = place(r, &want);
		ssize_t n = recv(r->child.fd, to ? to : &none, want, MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return true;
		if (n <= 0 || !to)
			return false;
		r->heard += (size_t)n;
		if (r->heard >= sizeof(r->head) && r->heard == sizeof(r->head) + r->head.len)
			answered(r);
	}
}

static void exchange(struct reader *r)
{
	send_some(r);
	if (!hear_some(r))
		died(r);
}

void reader_turn(struct reader *r)
{
	if (r->child.pid && r->first && r->held < MOST_HELD)
		exchange(r);
}

/* Waits for whatever comes next of the first in the row. */
static int wait_some(struct reader *r, int64_t deadline, struct err *e)
{
	if (!r->child.pid && child_start("reader", READER_ARGUMENT, -1, &r->child, e))
		return -1;
	send_some(r);
	int64_t left = deadline - wire_now();
	struct pollfd p = { .fd = r->child.fd, .events = POLLIN };
	if (r->sending && !r->deaf)
		p.events |= POLLOUT;
	int n = poll(&p, 1, left > 0 ? (int)left : 0);
	if (n > 0)
		exchange(r);
	else if (left <= 0 || (n < 0 && errno != EINTR))
		died(r);
	return 0;
}

static int wait_for(struct reader *r, const struct ticket *t, struct err *e)
{
	const struct ticket *front = NULL;
	int64_t deadline = 0;

	while (t->state == ASKED) {
		if (r->first != front)
			deadline = wire_now() + PATIENCE_MS;
		front = r->first;
		if (wait_some(r, deadline, e))
			return -1;
	}
	return t->state == ANSWERED;
}

int reader_hear(struct reader *r, struct ticket *t, reader_unpack *unpack, struct arena *a, void *out,
                struct err *e)
{
	int ok = wait_for(r, t, e);

	if (ok > 0) {
		char *bytes = arena_alloc(a, t->len + 1); /* what is unpacked lies in them */
		struct unpack answer = { .a = a, .at = bytes, .left = t->len };
		if (t->len)
			memcpy(bytes, t->answer, t->len);
		if (!unpack(&answer, out)) {
			end(r);
			ok = 0;
		}
	}
	reader_drop(r, t);
	return ok;
}

void reader_drop(struct reader *r, struct ticket *t)
{
	if (!t)
		return;
	if (t->state == ASKED) {
		end(r);
		leaves(r, t);
		r->sending = r->first;
	}
	ticket_free(r, t);
}

int reader_pass_over(struct reader *r, struct ticket *t, struct err *e)
{
	int ok = t ? wait_for(r, t, e) : 0;

	reader_drop(r, t);
	return ok < 0 ? -1 : 0;
}

int reader_ask(struct reader *r, const struct wire_request *q, const char *const field[WIRE_FIELDS],
               reader_unpack *unpack, struct arena *a, void *out, struct err *e)
{
	return reader_hear(r, reader_send(r, q, field, NULL), unpack, a, out, e);
}
