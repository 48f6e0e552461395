/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "smtp.h"

/*
 * Submission by libetpan's commands over our own stream. libetpan's return
 * values lie (450 and 550 are one error to it), so every answer is judged by
 * its code, its words and the phase in which it came.
 */
enum {
	DOT_S = 600, /* RFC 5321 §4.5.3.2.6: the server may think this long after the dot */
	ENVID_MOST = 100, /* RFC 3461 §4.4 */
};

static void hang_up(struct smtp_sender *s)
{
	if (s->smtp) {
		stream_bound(s->stream, 5, SMTP_ANSWER_BYTES);
		mailsmtp_free(s->smtp);
	}
	s->smtp = NULL;
	stream_free(s->stream);
	s->stream = NULL;
}

void smtp_bound(struct smtp_sender *s)
{
	stream_bound(s->stream, s->stream->timeout_s, SMTP_ANSWER_BYTES);
}

/* The answer's code; 0 if there was none: libetpan keeps the previous one. */
static int answer_code(const struct smtp_sender *s)
{
	return stream_trouble(s->stream) ? 0 : s->smtp->response_code;
}

bool smtp_refused(struct smtp_sender *s, enum submit_phase phase, int hoped,
                  struct submit_result *out)
{
	int code = answer_code(s);
	char words[200];

	if (code == hoped)
		return false;
	const char *trouble = stream_trouble(s->stream);
	if (code == 0) {
		submit_say(out, retry_judge(phase, 0, NULL), "%s: %s", s->server.host,
		           trouble ? trouble : "its answer is not that of an SMTP server");
		return true;
	}
	server_words(s->smtp->response, words);
	submit_say(out, retry_judge(phase, code, words), "%d %s", code, words);
	return true;
}

static void say_error(const struct err *e, struct submit_result *out)
{
	/* what only a person can mend holds the queue */
	submit_say(out, e->kind == ERR_OUTSIDE ? SUBMIT_BUSY : SUBMIT_HELD, "%s", e->text);
}

static bool start_tls(struct smtp_sender *s, struct submit_result *out)
{
	struct err e = ERR_INIT;

	if (!s->offers.starttls) {
		submit_say(out, SUBMIT_HELD,
		           "%s does not offer STARTTLS, and mail does not leave in the clear: "
		           "use TLS from the first byte, or mend the server", s->server.host);
		return false;
	}
	smtp_bound(s);
	mailesmtp_starttls(s->smtp);
	if (smtp_refused(s, PHASE_TLS, 220, out))
		return false;
	if (stream_start_tls(s->stream, &e)) {
		say_error(&e, out);
		return false;
	}
	return smtp_hello(s, out); /* what was offered in the clear counts for nothing */
}

static bool dial(struct smtp_sender *s, struct submit_result *out)
{
	struct err e = ERR_INIT;

	if (s->server.token_url && token_get(&s->server, &s->token, &e)) {
		say_error(&e, out);
		return false;
	}
	if (stream_open(&s->server, &s->stream, &e)) {
		say_error(&e, out);
		return false;
	}
	s->smtp = mailsmtp_new(0, NULL);
	if (!s->smtp)
		abort();
	smtp_bound(s);
	mailsmtp_connect(s->smtp, stream_etpan(s->stream));
	if (smtp_refused(s, PHASE_CONNECT, 220, out) || !smtp_hello(s, out))
		return false;
	if (s->server.tls == TLS_STARTTLS && !start_tls(s, out))
		return false;
	return smtp_log_in(s, out);
}

/* The line that served the previous mail, if it still does; else a new one. */
static bool ready(struct smtp_sender *s, struct submit_result *out)
{
	if (s->smtp && s->server.token_url && token_stale(&s->server, &s->token))
		hang_up(s);
	if (s->smtp) {
		smtp_bound(s);
		mailsmtp_reset(s->smtp);
		if (answer_code(s) == 250)
			return true;
		hang_up(s);
	}
	return dial(s, out);
}

/* libetpan ends every mail with a line end of its own. */
static size_t without_last_line_end(const char *bytes, size_t len)
{
	if (len && bytes[len - 1] == '\n')
		len--;
	if (len && bytes[len - 1] == '\r')
		len--;
	return len;
}

static void hand_over(struct smtp_sender *s, const char *bytes, size_t len,
                      struct submit_result *out)
{
	char words[200];
	int slow = (int)(len >> 14 < 3600 ? len >> 14 : 3600); /* seconds for a thin line */

	stream_bound(s->stream, DOT_S + slow, SMTP_ANSWER_BYTES);
	stream_patience(s->stream, DOT_S);
	mailsmtp_data_message(s->smtp, bytes, without_last_line_end(bytes, len));
	if (s->stream->write_failed)
		submit_say(out, SUBMIT_DEFERRED, "%s: %s, before the end of the mail was sent",
		           s->server.host, stream_trouble(s->stream));
	else if (!smtp_refused(s, PHASE_DOT, 250, out))
		submit_say(out, SUBMIT_ACCEPTED, "250 %s", server_words(s->smtp->response, words));
}

/* A Message-ID as envelope identifier, in xtext (RFC 3461 §4); "": it has none. */
static void envid_of(const char *message_id, struct buf *out)
{
	size_t len = message_id ? strlen(message_id) : 0;

	if (len > 2 && message_id[0] == '<' && message_id[len - 1] == '>')
		message_id++, len -= 2;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)message_id[i];
		bool plain = c > ' ' && c < 0x7f && c != '+' && c != '=';
		buf_fmt(out, plain ? "%c" : "+%02X", c);
	}
	if (out->len > ENVID_MOST)
		buf_clear(out);
}

static bool too_large(const struct smtp_sender *s, size_t len, struct submit_result *out)
{
	if (!s->offers.size_most || len <= s->offers.size_most)
		return false;
	submit_say(out, SUBMIT_FAILED, "the mail has %zu bytes, and %s takes no more than %zu", len,
	           s->server.host, s->offers.size_most);
	return true;
}

static void transact(struct smtp_sender *s, const char *from, const char *to, const char *bytes,
                     size_t len, const char *envid, struct submit_result *out)
{
	if (too_large(s, len, out))
		return;
	smtp_bound(s);
	/* libetpan leaves out what the server did not offer */
	mailesmtp_mail_size(s->smtp, from, 0, *envid ? envid : NULL, len);
	if (smtp_refused(s, PHASE_MAIL, 250, out))
		return;
	smtp_bound(s);
	mailesmtp_rcpt(s->smtp, to, MAILSMTP_DSN_NOTIFY_FAILURE | MAILSMTP_DSN_NOTIFY_DELAY, NULL);
	if (answer_code(s) != 251 && smtp_refused(s, PHASE_RCPT, 250, out))
		return;
	smtp_bound(s);
	mailsmtp_data(s->smtp);
	if (!smtp_refused(s, PHASE_DATA, 354, out))
		hand_over(s, bytes, len, out);
}

static void smtp_submit(struct sender *base, const char *from, const char *to, const char *bytes,
                        size_t len, const char *message_id, struct submit_result *out)
{
	struct smtp_sender *s = (struct smtp_sender *)base;
	struct buf envid AUTO(buf_release) = BUF_INIT;

	envid_of(message_id, &envid);
	bool there = ready(s, out);
	if (there)
		transact(s, from, to, bytes, len, envid.data, out);
	if (!there || stream_trouble(s->stream) || out->verdict == SUBMIT_UNCERTAIN ||
	    s->smtp->response_code == 421)
		hang_up(s);
}

static void smtp_free(struct sender *base)
{
	struct smtp_sender *s = (struct smtp_sender *)base;

	hang_up(s);
	token_drop(&s->token);
	server_release(&s->server);
	mem_free(s->helo);
	mem_free(s);
}

static const struct sender_ops OPS = { .submit = smtp_submit, .free = smtp_free };

static bool helo_ok(const char *name)
{
	size_t n = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-[]:");

	return n > 0 && n < 256 && !name[n];
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
	struct smtp_sender *s = mem_zalloc(sizeof(*s));
	s->base.ops = &OPS;
	server_copy(&s->server, server, 465, 587);
	s->helo = mem_strdup(helo ? helo : "localhost");
	*out = &s->base;
	return 0;
}
