/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "smtp.h"

/*
 * EHLO, and how an answer is read. libetpan would go round for ever at a tab between
 * the ways to log in, knows neither SCRAM nor XOAUTH2, and says this machine's host name.
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

bool smtp_answer_line(struct smtp_answer *a, const char *line)
{
	bool more = false;
	int code = read_code(line, &more);

	if (a->begun && code != a->code)
		code = 0;
	if (!a->begun)
		buf_clear(&a->text);
	a->code = code;
	a->begun = code && more;
	if (code)
		buf_str(&a->text, line + 3 + (line[3] != '\0'));
	buf_chr(&a->text, '\n');
	return !a->begun;
}

ssize_t smtp_read(struct smtp_session *c, bool wait)
{
	char bytes[SMTP_READ_MOST];

	if (c->read) {
		memmove(c->in.data, c->in.data + c->read, c->in.len - c->read);
		buf_cut(&c->in, c->in.len - c->read);
		c->read = 0;
	}
	ssize_t n = wait ? stream_read(c->stream, bytes, sizeof(bytes)) :
		stream_take(c->stream, bytes, sizeof(bytes));
	if (n > 0)
		buf_add(&c->in, bytes, (size_t)n);
	return n;
}

bool smtp_answered(struct smtp_session *c)
{
	char *end;

	while ((end = memchr(c->in.data + c->read, '\n', c->in.len - c->read))) {
		char *line = c->in.data + c->read;
		c->read = (size_t)(end - c->in.data) + 1;
		if (end > line && end[-1] == '\r')
			end--;
		*end = '\0';
		if (smtp_answer_line(&c->answer, line))
			return true;
	}
	return false;
}

int smtp_ask(struct smtp_session *c, const char *line)
{
	c->answer.code = 0;
	smtp_bound(c);
	if (line && stream_say(c->stream, line))
		return 0;
	while (!smtp_answered(c))
		if (smtp_read(c, true) < 0)
			return c->answer.code = 0;
	return c->answer.code;
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
	else if (is_word(word, len, "PIPELINING"))
		o->pipelining = true;
	else if (is_word(word, len, "BURL"))
		o->burl = true;
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

static void take_offers(struct smtp_session *c)
{
	c->offers = (struct smtp_offers){ .heard = true };
	/* the first line is its name */
	for (const char *at = strchr(c->answer.text.data, '\n'); at && at[1]; at = strchr(at + 1, '\n'))
		take_offer(&c->offers, at + 1);
}

bool smtp_hello(struct smtp_session *c, struct submit_result *out)
{
	struct buf line AUTO(buf_release) = BUF_INIT;

	buf_fmt(&line, "EHLO %s\r\n", c->of->helo);
	smtp_ask(c, line.data);
	if (smtp_refused(c, PHASE_CONNECT, 250, out))
		return false;
	take_offers(c);
	return true;
}
