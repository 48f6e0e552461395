/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "smtp.h"

/*
 * EHLO, and how an answer is read. Not by libetpan: it goes round for ever at
 * a tab between the ways to log in, knows neither SCRAM nor XOAUTH2, and says
 * this machine's host name.
 */

/* "250-text" or "250 text"; returns the code, 0 for what is no answer. */
static int read_code(const char *line, bool *more)
{
	if (strspn(line, "0123456789") != 3 || line[0] < '2' || line[0] > '5')
		return 0;
	if (line[3] && line[3] != ' ' && line[3] != '-')
		return 0;
	*more = line[3] == '-';
	return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

static int read_answer(struct smtp_sender *s)
{
	mailsmtp *m = s->smtp;
	int code = 0;
	bool more = true;

	if (!mmap_string_assign(m->response_buffer, ""))
		abort();
	while (more) {
		const char *line = mailstream_read_line_remove_eol(m->stream, m->line_buffer);
		int here = line ? read_code(line, &more) : 0;
		bool same = !code || here == code;
		code = same ? here : 0;
		if (!code)
			break;
		if (!mmap_string_append(m->response_buffer, line + 3 + (line[3] != '\0')) ||
		    !mmap_string_append_c(m->response_buffer, '\n'))
			abort();
	}
	m->response = m->response_buffer->str;
	m->response_code = code;
	return code;
}

int smtp_ask(struct smtp_sender *s, const char *line)
{
	s->smtp->response_code = 0;
	smtp_bound(s);
	if (line && (mailstream_write(s->smtp->stream, line, strlen(line)) < 0 ||
	             mailstream_flush(s->smtp->stream) < 0))
		return 0;
	return read_answer(s);
}

/* The next word of a line; its length in *len, 0 at the line's end. */
static const char *next_word(const char *at, size_t *len)
{
	at += strspn(at, " \t\r=");
	*len = strcspn(at, " \t\r\n");
	return at;
}

static void take_ways(struct smtp_offers *o, const char *at)
{
	size_t used = strlen(o->auth), len;

	for (at = next_word(at, &len); len; at = next_word(at + len, &len)) {
		if (len + 3 > sizeof(o->auth) - used)
			return; /* nobody has so many */
		if (!used)
			o->auth[used++] = ' ';
		for (size_t i = 0; i < len; i++)
			o->auth[used++] = at[i] >= 'a' && at[i] <= 'z' ? (char)(at[i] - 32) : at[i];
		o->auth[used++] = ' ';
		o->auth[used] = '\0';
	}
}

static bool is_word(const char *at, size_t len, const char *word)
{
	return len == strlen(word) && strncasecmp(at, word, len) == 0;
}

static void take_offer(struct smtp_offers *o, const char *line)
{
	size_t len;
	const char *word = next_word(line, &len), *rest = word + len;

	if (is_word(word, len, "STARTTLS"))
		o->starttls = true;
	else if (is_word(word, len, "DSN"))
		o->dsn = true;
	else if (is_word(word, len, "AUTH"))
		take_ways(o, rest);
	else if (len > 5 && strncasecmp(word, "AUTH=", 5) == 0)
		take_ways(o, word + 4); /* a form of old, still said beside the other */
	else if (is_word(word, len, "SIZE")) {
		o->size = true;
		word = next_word(rest, &len);
		bool number = len && len < 16 && strspn(word, "0123456789") == len;
		o->size_most = number ? (size_t)strtoull(word, NULL, 10) : 0;
	}
}

static void take_offers(struct smtp_sender *s)
{
	s->offers = (struct smtp_offers){ 0 };
	/* the first line is its name */
	for (const char *at = strchr(s->smtp->response, '\n'); at && at[1]; at = strchr(at + 1, '\n'))
		take_offer(&s->offers, at + 1);
	s->smtp->esmtp = MAILSMTP_ESMTP | (s->offers.starttls ? MAILSMTP_ESMTP_STARTTLS : 0) |
		(s->offers.dsn ? MAILSMTP_ESMTP_DSN : 0) |
		(s->offers.size ? MAILSMTP_ESMTP_SIZE : 0);
}

bool smtp_hello(struct smtp_sender *s, struct submit_result *out)
{
	struct buf line AUTO(buf_release) = BUF_INIT;

	buf_fmt(&line, "EHLO %s\r\n", s->helo);
	smtp_ask(s, line.data);
	if (smtp_refused(s, PHASE_CONNECT, 250, out))
		return false;
	take_offers(s);
	return true;
}
