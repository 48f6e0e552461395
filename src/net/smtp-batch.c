/* SPDX-License-Identifier: EUPL-1.2 */
#include "smtp.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

/*
 * Many mails over several connections, in one thread. Connections are opened when
 * nothing is on its way, so that no mail's time runs out while one is waited for: at
 * the beginning as many as are of use, and again when none is left.
 */
enum {
	MAILS_FOR_ONE_MORE = 4, /* a login takes longer than a few mails do */
	ALONE_S = 600,          /* a server that refused one more is not asked so soon */
};

static bool is_busy(const struct smtp_session *c)
{
	return c->stream && c->pipe.n;
}

static size_t count(const struct smtp_sender *s, bool busy)
{
	size_t n = 0;

	for (size_t i = 0; i < s->most; i++)
		n += busy ? is_busy(&s->session[i]) : s->session[i].stream != NULL;
	return n;
}

static size_t left(const struct smtp_batch *b)
{
	return b->stop ? 0 : b->n - b->next + b->backs;
}

void smtp_tell(struct smtp_batch *b, size_t i, const struct submit_result *r)
{
	if (b->told(b->ctx, i, r))
		b->stop = true;
}

static size_t next_mail(struct smtp_batch *b)
{
	return b->backs ? b->back[--b->backs] : b->next++;
}

/* What no server need be asked about, and what this one has said beforehand. */
static bool hopeless(const struct smtp_session *c, const struct submission *m,
                     struct submit_result *out)
{
	if (!submission_ok(m, out))
		return true;
	if (!c->offers.size_most || m->len <= c->offers.size_most)
		return false;
	submit_say(out, SUBMIT_FAILED, "the mail has %zu bytes, and %s takes no more than %zu", m->len,
	           c->of->server.host, c->offers.size_most);
	return true;
}

/* Its token runs out. A fresh one does at once where tokens live for minutes. */
static bool fades(const struct smtp_session *c)
{
	const struct smtp_sender *s = c->of;

	return s->server.token_url && c->pipe.blameless && token_stale(&s->server, &s->token);
}

bool smtp_take(struct smtp_batch *b, const struct smtp_session *c, size_t *i)
{
	struct submit_result r;

	while (left(b) && !fades(c)) {
		*i = next_mail(b);
		if (!hopeless(c, &b->m[*i], &r))
			return true;
		smtp_tell(b, *i, &r);
	}
	return false;
}

/* More connections, as far as they are of use and the server lets us. */
static void open_more(struct smtp_batch *b)
{
	struct smtp_sender *s = b->s;
	struct submit_result ignored; /* there are others */

	for (size_t i = 0, n = count(s, false); i < s->most; i++) {
		if (s->session[i].stream)
			continue;
		if (left(b) <= n * MAILS_FOR_ONE_MORE || net_now_ms(s->server.clock) < s->alone_until)
			return;
		if (!smtp_open(&s->session[i], &ignored)) {
			s->alone_until = net_now_ms(s->server.clock) + ALONE_S * INT64_C(1000);
			return;
		}
		s->session[i].pipe.blameless = true; /* too many, it may say even then */
		n++;
	}
}

/* The first connection. Where there can be none, the next mail is told why. */
static void open_one(struct smtp_batch *b)
{
	struct submit_result r;
	size_t i = next_mail(b);

	if (submission_ok(&b->m[i], &r) && smtp_open(&b->s->session[0], &r))
		b->back[b->backs++] = i;
	else
		smtp_tell(b, i, &r);
}

static void begin(struct smtp_batch *b)
{
	struct smtp_sender *s = b->s;

	for (size_t i = 0; i < s->most; i++) {
		struct smtp_session *c = &s->session[i];
		if (c->stream && !c->pipe.n && fades(c))
			smtp_hang_up(c);
		if (c->stream && !c->pipe.n && !smtp_begin(c, b))
			return;
	}
}

/* What was said and not begun when it was time to stop is not begun. */
static void stop(struct smtp_batch *b)
{
	for (size_t i = 0; i < b->s->most; i++)
		if (is_busy(&b->s->session[i]) && b->s->session[i].content == SMTP_NO_MAIL)
			smtp_leave(&b->s->session[i], b);
}

static int64_t earliest(const struct smtp_sender *s)
{
	int64_t at = INT64_MAX;

	for (size_t i = 0; i < s->most; i++) {
		const struct smtp_session *c = &s->session[i];
		if (is_busy(c) && stream_until(c->stream) < at)
			at = stream_until(c->stream);
	}
	return at;
}

/* Whose time was up at `now`, and had said nothing by then. */
static void look_at_clock(struct smtp_batch *b, int64_t now)
{
	for (size_t i = 0; i < b->s->most; i++) {
		struct smtp_session *c = &b->s->session[i];
		if (is_busy(c) && stream_overdue(c->stream, now))
			smtp_lost(c, b);
	}
}

static void serve(struct smtp_batch *b)
{
	struct smtp_sender *s = b->s;
	const struct net_clock *clock = net_clock_or(s->server.clock);
	struct epoll_event ev[SENDER_CONNECTIONS_MOST];
	int64_t now = net_now_ms(clock);
	int n = epoll_wait(s->epoll, ev, SENDER_CONNECTIONS_MOST, 0);

	if (n == 0 && earliest(s) > now) {
		clock->wait(clock->ctx, s->epoll, EPOLLIN, earliest(s) - now);
		now = net_now_ms(clock);
		n = epoll_wait(s->epoll, ev, SENDER_CONNECTIONS_MOST, 0);
	}
	for (int i = 0; i < n; i++)
		smtp_serve(ev[i].data.ptr, b);
	look_at_clock(b, now);
}

void smtp_submit_many(struct sender *base, const struct submission *m, size_t n,
                      submitted_fn *told, void *ctx)
{
	struct smtp_sender *s = (struct smtp_sender *)base;
	struct smtp_batch b = { .s = s, .m = m, .n = n, .told = told, .ctx = ctx };

	for (size_t i = 0; i < s->most; i++)
		s->session[i].pipe.blameless = true; /* the server may have gone meanwhile */
	while (left(&b) || count(s, true)) {
		if (!count(s, false))
			open_one(&b);
		if (!count(s, true))
			open_more(&b);
		begin(&b);
		if (b.stop)
			stop(&b);
		if (count(s, true))
			serve(&b);
	}
}
