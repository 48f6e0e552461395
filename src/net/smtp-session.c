/* SPDX-License-Identifier: EUPL-1.2 */
#include "smtp.h"

#include <sys/epoll.h>

enum { DOT_S = 600 }; /* RFC 5321 §4.5.3.2.6: the server may think this long after the dot */

static bool content_sent(const struct smtp_session *c)
{
	return c->written >= c->dot_at;
}

/* The content of a mail, and time for it: for a thin line, and for the dot's answer. */
static void say_content(struct smtp_session *c, const struct submission *m)
{
	int slow = (int)(m->len >> 14 < 3600 ? m->len >> 14 : 3600);

	stream_bound(c->stream, DOT_S + slow, SMTP_ANSWER_BYTES);
	stream_patience(c->stream, DOT_S);
	smtp_add_content(&c->out, m->bytes, m->len);
	c->dot_at = c->out.len;
	c->content = c->envelope;
	c->envelope = SMTP_NO_MAIL;
}

static void say(struct smtp_session *c, const struct smtp_batch *b, const struct pipe_words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct submission *m = c->envelope == SMTP_NO_MAIL ? NULL : &b->m[c->envelope];

		switch (w->word[i]) {
		case PIPE_RSET:
			buf_str(&c->out, "RSET\r\n");
			break;
		case PIPE_MAIL:
			smtp_add_mail(&c->out, &c->offers, m);
			break;
		case PIPE_RCPT:
			smtp_add_rcpt(&c->out, &c->offers, m);
			break;
		case PIPE_DATA:
			buf_str(&c->out, "DATA\r\n");
			break;
		case PIPE_CONTENT:
			say_content(c, m);
			break;
		case PIPE_DOT:
			buf_str(&c->out, ".\r\n");
			break;
		case PIPE_WORD_COUNT:
			break;
		}
	}
}

/* Writes what it takes; the rest when there is room. */
static void push(struct smtp_session *c)
{
	ssize_t n = 1;

	while (c->written < c->out.len && n > 0) {
		n = stream_put(c->stream, c->out.data + c->written, c->out.len - c->written);
		c->written += n > 0 ? (size_t)n : 0;
	}
	bool rest = c->written < c->out.len;
	if (!rest) {
		buf_clear(&c->out);
		c->written = c->dot_at = 0;
	}
	if (rest == c->wants_room || stream_trouble(c->stream))
		return;
	struct epoll_event ev = { .events = EPOLLIN | (rest ? EPOLLOUT : 0U), .data.ptr = c };
	if (epoll_ctl(c->of->epoll, EPOLL_CTL_MOD, c->stream->fd, &ev))
		stream_fail(c->stream, "it cannot be watched");
	c->wants_room = rest;
}

static bool envelope(struct smtp_session *c, struct smtp_batch *b)
{
	size_t i;

	if (!smtp_take(b, c, &i))
		return false;
	c->envelope = i;
	struct pipe_words words = pipe_begin(&c->pipe);
	say(c, b, &words);
	return true;
}

bool smtp_begin(struct smtp_session *c, struct smtp_batch *b)
{
	if (!envelope(c, b))
		return false;
	smtp_bound(c);
	push(c);
	return true;
}

/* The next envelope behind the content, where the server bears it. */
static void follow(struct smtp_session *c, struct smtp_batch *b)
{
	enum smtp_follow *f = &c->of->follow;

	if (!c->pipe.pipelining || c->dovecot || *f == FOLLOW_TRYING || *f == FOLLOW_BAD)
		return;
	c->followed = envelope(c, b);
	if (c->followed && *f == FOLLOW_UNTRIED)
		*f = FOLLOW_TRYING;
}

/* An answer (0: none will come) while an envelope stands behind a content, or did. */
static void learn(struct smtp_session *c, enum pipe_word word, int code)
{
	enum smtp_follow *f = &c->of->follow;

	if (c->followed && code == 0 && (word == PIPE_CONTENT || *f != FOLLOW_GOOD))
		*f = FOLLOW_BAD;
	if (word != PIPE_MAIL)
		return;
	if (c->followed && code && *f == FOLLOW_TRYING)
		*f = FOLLOW_GOOD;
	c->followed = false;
}

static void tell(struct smtp_session *c, struct smtp_batch *b, const struct pipe_step *step,
                 int code)
{
	size_t *whose = step->word == PIPE_CONTENT ? &c->content : &c->envelope, i = *whose;
	const char *trouble = stream_trouble(c->stream);
	struct submit_result r;

	*whose = SMTP_NO_MAIL;
	if (step->word == PIPE_CONTENT && code < 400 && !content_sent(c))
		submit_say(&r, SUBMIT_DEFERRED, "%s: %s, before the end of the mail was sent",
		           c->of->server.host, trouble ? trouble : "it answered");
	else
		smtp_judge(c, step->phase, code, c->answer.text.data, &r);
	smtp_tell(b, i, &r);
}

void smtp_leave(struct smtp_session *c, struct smtp_batch *b)
{
	if (c->envelope != SMTP_NO_MAIL)
		b->back[b->backs++] = c->envelope;
	c->envelope = SMTP_NO_MAIL;
	if (c->followed && c->of->follow == FOLLOW_TRYING)
		c->of->follow = FOLLOW_UNTRIED;
	stream_fail(c->stream, "it is not to go on"); /* no QUIT: others wait */
	smtp_hang_up(c);
}

static void heard(struct smtp_session *c, struct smtp_batch *b, int code)
{
	bool early = c->pipe.n && c->pipe.awaited[0] == PIPE_CONTENT && !content_sent(c);
	struct pipe_step step = pipe_heard(&c->pipe, code);

	learn(c, step.word, code);
	if (step.tell)
		tell(c, b, &step, code);
	if (step.leave || early) {
		smtp_leave(c, b);
		return;
	}
	bool go_ahead = step.say.n && step.say.word[0] == PIPE_CONTENT;
	if (b->stop && c->content == SMTP_NO_MAIL)
		return; /* what is not begun by now is not */
	smtp_bound(c);
	say(c, b, &step.say);
	if (go_ahead)
		follow(c, b);
	push(c);
}

void smtp_lost(struct smtp_session *c, struct smtp_batch *b)
{
	heard(c, b, 0);
}

/* Whether more of what was read may be understood. */
static bool goes_on(const struct smtp_session *c, const struct smtp_batch *b)
{
	return c->stream && (!b->stop || c->content != SMTP_NO_MAIL);
}

void smtp_serve(struct smtp_session *c, struct smtp_batch *b)
{
	ssize_t n = 1;

	while (goes_on(c, b) && n > 0) {
		n = smtp_read(c, false);
		bool all = !c->stream->secure && n < SMTP_READ_MOST;
		while (goes_on(c, b) && smtp_answered(c))
			heard(c, b, c->answer.code);
		if (all)
			break;
	}
	if (c->stream && c->wants_room)
		push(c);
	/* a server that sends answer by answer keeps the next until this one is acknowledged */
	if (c->stream && c->pipe.n && c->pipe.awaited[0] != PIPE_CONTENT)
		stream_hurry(c->stream);
	if (c->stream && !c->pipe.n && c->in.len > c->read)
		stream_fail(c->stream, "it answers what it was not asked");
	if (c->stream && stream_trouble(c->stream))
		smtp_lost(c, b);
}
