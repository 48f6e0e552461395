/* SPDX-License-Identifier: EUPL-1.2 */
#include "encode.h"

#include <string.h>

#include "base/text.h"

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char HEX[] = "0123456789ABCDEF";

enum { WORD_MAX = 75 }; /* an encoded word's length, RFC 2047 §2 */

bool encode_is_ascii(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text >= 0x80)
			return false;
	}
	return true;
}

static char *put_base64(const unsigned char *p, size_t len, char *to)
{
	for (; len >= 3; p += 3, len -= 3) {
		unsigned v = (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];

		*to++ = DIGITS[v >> 18];
		*to++ = DIGITS[v >> 12 & 63];
		*to++ = DIGITS[v >> 6 & 63];
		*to++ = DIGITS[v & 63];
	}
	if (len) {
		unsigned v = (unsigned)p[0] << 16 | (len > 1 ? (unsigned)p[1] << 8 : 0);

		*to++ = DIGITS[v >> 18];
		*to++ = DIGITS[v >> 12 & 63];
		*to++ = len > 1 ? DIGITS[v >> 6 & 63] : '=';
		*to++ = '=';
	}
	return to;
}

enum { TAKE = MAIL_LINE / 4 * 3 }; /* octets of a line of base64 */

size_t encode_base64_size(size_t len)
{
	size_t rest = len % TAKE;

	return len / TAKE * (MAIL_LINE + 2) + (rest ? (rest + 2) / 3 * 4 + 2 : 0);
}

void encode_base64(const char *bytes, size_t len, struct buf *out)
{
	char *to = buf_extend(out, encode_base64_size(len));

	for (size_t at = 0; at < len; at += TAKE) {
		size_t n = len - at < TAKE ? len - at : TAKE;
		to = put_base64((const unsigned char *)bytes + at, n, to);
		*to++ = '\r';
		*to++ = '\n';
	}
}

static void put_hex(unsigned char c, struct buf *out)
{
	char *to = buf_extend(out, 3);

	to[0] = '=';
	to[1] = HEX[c >> 4];
	to[2] = HEX[c & 15];
}

/* Whether the character at p must be written as =XX. */
static bool must_quote(const char *p, bool line_start)
{
	unsigned char c = (unsigned char)*p;

	if (c == ' ' || c == '\t')
		return p[1] == '\n' || p[1] == '\r' || p[1] == '\0';
	if (c < 0x20 || c >= 0x7f || c == '=')
		return true;
	return line_start && (c == '.' || !strncmp(p, "From ", 5));
}

/* How many octets at p go as they are, at most so many; a line's first is looked at alone
 * where it may have to be quoted for that. */
static size_t plain_run(const char *p, size_t most, bool line_start)
{
	if ((unsigned char)*p >= 0x80 || (line_start && (*p == '.' || *p == 'F')))
		return 0;
	size_t n = text_printable(p, most);
	const char *equals = n ? memchr(p, '=', n) : NULL;

	if (equals)
		n = (size_t)(equals - p);
	return n && p[n - 1] == ' ' && must_quote(p + n - 1, false) ? n - 1 : n;
}

/* The line that is being written, at the end of what there is: how much it holds is its
 * column. */
struct line {
	char *text;
	size_t n;
};

static void begin_line(struct line *l, struct buf *out)
{
	l->text = buf_extend(out, MAIL_LINE + 2);
	l->n = 0;
}

/* Gives back the room that it did not need. */
static void end_line(struct line *l, struct buf *out)
{
	buf_cut(out, out->len - (MAIL_LINE + 2) + l->n);
}

static void put_line(struct line *l, const char *end, size_t len, struct buf *out)
{
	memcpy(l->text + l->n, end, len);
	l->n += len;
	end_line(l, out);
	begin_line(l, out);
}

/* One octet, quoted where it must be. */
static void put_octet(const char *p, struct line *l, struct buf *out)
{
	bool quote = must_quote(p, l->n == 0);

	if (l->n + (quote ? 3 : 1) > MAIL_LINE - 1) {
		put_line(l, "=\r\n", 3, out);
		quote = must_quote(p, true);
	}
	l->text[l->n++] = quote ? '=' : *p;
	if (quote) {
		l->text[l->n++] = HEX[(unsigned char)*p >> 4];
		l->text[l->n++] = HEX[(unsigned char)*p & 15];
	}
}

void encode_quoted_printable(const char *text, struct buf *out)
{
	const char *end = text + strlen(text);
	struct line l;

	buf_reserve(out, (size_t)(end - text) / 4 * 5 + MAIL_LINE + 2);
	begin_line(&l, out);
	for (const char *p = text; p < end;) {
		size_t left = (size_t)(end - p), room = MAIL_LINE - 1 - l.n;
		size_t run = plain_run(p, left < room ? left : room, l.n == 0);

		if (run) {
			memcpy(l.text + l.n, p, run);
			l.n += run;
			p += run;
			continue;
		}
		if (*p == '\n')
			put_line(&l, "\r\n", 2, out);
		else if (*p != '\r' || p[1] != '\n')
			put_octet(p, &l, out);
		p++;
	}
	if (l.n)
		put_line(&l, "\r\n", 2, out);
	end_line(&l, out);
}

/* RFC 2047 §5 (3): what may stand as it is wherever a word may. */
static bool plain_in_word(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       c == '!' || c == '*' || c == '+' || c == '-' || c == '/';
}

static size_t q_width(const char *p, size_t len)
{
	size_t width = 0;

	for (size_t i = 0; i < len; i++)
		width += plain_in_word((unsigned char)p[i]) || p[i] == ' ' ? 1 : 3;
	return width;
}

static void put_q(const char *p, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		if (p[i] == ' ')
			buf_chr(out, '_');
		else if (plain_in_word((unsigned char)p[i]))
			buf_chr(out, p[i]);
		else
			put_hex((unsigned char)p[i], out);
	}
}

static size_t b_width(size_t len)
{
	return (len + 2) / 3 * 4;
}

/* The length in bytes of the character at p: words are cut between two. */
static size_t character(const char *p)
{
	size_t n = 1;

	while (((unsigned char)p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

void encode_words(const char *text, size_t column, struct buf *out)
{
	static const char *const before[] = { "=?utf-8?b?", "=?utf-8?q?" };
	const size_t frame = strlen("=?utf-8?q?") + strlen("?=");
	size_t all = strlen(text);
	bool q = q_width(text, all) <= b_width(all);

	for (const char *p = text; *p;) {
		size_t room = MAIL_LINE > column + frame ? MAIL_LINE - column - frame : 0;
		size_t n = 0;

		if (room > WORD_MAX - frame)
			room = WORD_MAX - frame;
		for (size_t width = 0; p[n];) {
			size_t more = character(p + n);

			width = q ? width + q_width(p + n, more) : b_width(n + more);
			if (width > room)
				break;
			n += more;
		}
		if (n == 0 && column > 1) {
			buf_str(out, "\r\n ");
			column = 1;
			continue;
		}
		if (n == 0) /* a run of stray continuation bytes: never in UTF-8 */
			return;
		buf_str(out, before[q]);
		if (q)
			put_q(p, n, out);
		else
			(void)put_base64((const unsigned char *)p, n, buf_extend(out, b_width(n)));
		buf_str(out, "?=");
		p += n;
		if (*p) {
			buf_str(out, "\r\n ");
			column = 1;
		}
	}
}
