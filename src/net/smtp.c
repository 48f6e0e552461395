/* SPDX-License-Identifier: EUPL-1.2 */
#include "smtp.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/mem.h"

void smtp_hang_up(struct smtp_session *c)
{
	/* in the middle of something, QUIT would be taken for another word */
	if (c->stream && !stream_trouble(c->stream) && !c->pipe.n) {
		stream_bound(c->stream, 5, SMTP_ANSWER_BYTES);
		if (!stream_say(c->stream, "QUIT\r\n"))
			while (!smtp_answered(c) && smtp_read(c, true) > 0)
				;
	}
	stream_free(c->stream);
	c->stream = NULL;
	c->answer.begun = false;
	c->pipe = (struct pipe){ .n = 0 };
	c->read = c->written = c->dot_at = 0;
	c->wants_room = c->followed = false;
	buf_clear(&c->in);
	buf_clear(&c->out);
}

void smtp_bound(struct smtp_session *c)
{
	stream_bound(c->stream, c->stream->timeout_s, SMTP_ANSWER_BYTES);
}

void smtp_judge(const struct smtp_session *c, enum submit_phase phase, int code,
                const char *text, struct submit_result *out)
{
	const char *trouble = stream_trouble(c->stream);
	char words[200];

	if (code == 0) {
		submit_say(out, retry_judge(phase, 0, NULL), "%s: %s", c->of->server.host,
		           trouble ? trouble : "its answer is not that of an SMTP server");
		return;
	}
	server_words(text, words);
	submit_say(out, retry_judge(phase, code, words), "%d %s", code, words);
}

bool smtp_refused(struct smtp_session *c, enum submit_phase phase, int hoped,
                  struct submit_result *out)
{
	if (c->answer.code == hoped)
		return false;
	smtp_judge(c, phase, c->answer.code, c->answer.text.data, out);
	return true;
}

static void say_error(const struct err *e, struct submit_result *out)
{
	/* what only a person can mend holds the queue */
	submit_say(out, e->kind == ERR_OUTSIDE ? SUBMIT_BUSY : SUBMIT_HELD, "%s", e->text);
}

static bool start_tls(struct smtp_session *c, struct submit_result *out)
{
	struct err e = ERR_INIT;

	if (!c->offers.starttls) {
		submit_say(out, SUBMIT_HELD,
		           "%s does not offer STARTTLS, and mail does not leave in the clear: "
		           "use TLS from the first byte, or mend the server", c->of->server.host);
		return false;
	}
	smtp_ask(c, "STARTTLS\r\n");
	if (smtp_refused(c, PHASE_TLS, 220, out))
		return false;
	if (stream_start_tls(c->stream, c->in.len - c->read, &e)) {
		say_error(&e, out);
		return false;
	}
	return smtp_hello(c, out); /* what was offered in the clear counts for nothing */
}

bool smtp_dial(struct smtp_session *c, struct submit_result *out)
{
	struct smtp_sender *s = c->of;
	struct err e = ERR_INIT;

	if (s->server.token_url && token_get(&s->server, &s->token, &e)) {
		say_error(&e, out);
		return false;
	}
	if (stream_open_seen(&s->server, s->seen, &c->stream, &e)) {
		say_error(&e, out);
		return false;
	}
	smtp_ask(c, NULL);
	c->dovecot = strstr(c->answer.text.data, "Dovecot") != NULL;
	if (smtp_refused(c, PHASE_CONNECT, 220, out) || !smtp_hello(c, out))
		return false;
	if (s->server.tls == TLS_STARTTLS && !start_tls(c, out))
		return false;
	return smtp_log_in(c, out);
}

bool smtp_open(struct smtp_session *c, struct submit_result *out)
{
	if (!smtp_dial(c, out)) {
		smtp_hang_up(c);
		return false;
	}
	c->pipe = (struct pipe){ .pipelining = c->offers.pipelining };
	c->dovecot = c->dovecot || c->offers.burl;
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = c };
	if (epoll_ctl(c->of->epoll, EPOLL_CTL_ADD, c->stream->fd, &ev) == 0)
		return true;
	submit_say(out, SUBMIT_BUSY, "cannot watch the connection to %s: %s", c->of->server.host,
	           strerror(errno));
	smtp_hang_up(c);
	return false;
}

static void smtp_free(struct sender *base)
{
	struct smtp_sender *s = (struct smtp_sender *)base;

	for (size_t i = 0; i < s->most; i++) {
		struct smtp_session *c = &s->session[i];
		smtp_hang_up(c);
		buf_release(&c->in);
		buf_release(&c->out);
		buf_release(&c->answer.text);
	}
	close(s->epoll);
	token_drop(&s->token);
	server_release(&s->server);
	mem_free(s->helo);
	mem_free(s);
}

static const struct sender_ops OPS = { .submit_many = smtp_submit_many, .free = smtp_free };

static bool helo_ok(const char *name)
{
	size_t n = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-[]:");

	return n > 0 && n < 256 && !name[n];
}

static size_t connections_of(const struct server *server)
{
	int n = server->connections < 1 ? 1 : server->connections;

	return n < SENDER_CONNECTIONS_MOST ? (size_t)n : SENDER_CONNECTIONS_MOST;
}

int sender_smtp(const struct server *server, const char *helo, struct sender **out, struct err *e)
{
	*out = NULL;
	if (!server->host || !*server->host)
		return err_set(e, ERR_USAGE, "no server is named for outgoing mail: set its host");
	if (helo && !helo_ok(helo))
		return err_set(e, ERR_USAGE, "\"%.80s\" is not a name for this machine: "
		               "write it as in mail.kommun.example", helo);
	if (!server->user != !server->password)
		return err_set(e, ERR_USAGE, "user name and password belong together: set both or neither");
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	if (epoll < 0)
		return err_set(e, ERR_OUTSIDE, "cannot watch connections: %s", strerror(errno));
	struct smtp_sender *s = mem_zalloc(sizeof(*s));
	s->base.ops = &OPS;
	s->epoll = epoll;
	server_copy(&s->server, server, 465, 587);
	s->helo = mem_strdup(helo ? helo : "localhost");
	s->most = connections_of(server);
	for (size_t i = 0; i < s->most; i++)
		s->session[i] = (struct smtp_session){ .of = s, .in = BUF_INIT, .out = BUF_INIT,
			.answer.text = BUF_INIT, .envelope = SMTP_NO_MAIL, .content = SMTP_NO_MAIL };
	*out = &s->base;
	return 0;
}
