/* SPDX-License-Identifier: EUPL-1.2 */
#include "smtp.h"

#include <string.h>

enum { ENVID_MOST = 100 }; /* RFC 3461 §4.4 */

/* A Message-ID as envelope identifier, in xtext (RFC 3461 §4); nothing: it has none. */
static void add_envid(struct buf *out, const char *message_id)
{
	size_t len = message_id ? strlen(message_id) : 0, from = out->len;

	if (len > 2 && message_id[0] == '<' && message_id[len - 1] == '>')
		message_id++, len -= 2;
	if (!len)
		return;
	buf_str(out, " ENVID=");
	size_t first = out->len;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)message_id[i];
		if (c > ' ' && c < 0x7f && c != '+' && c != '=')
			buf_chr(out, (char)c);
		else
			buf_fmt(out, "+%02X", c);
	}
	if (out->len - first > ENVID_MOST)
		buf_cut(out, from);
}

void smtp_add_mail(struct buf *out, const struct smtp_offers *o, const struct submission *m)
{
	buf_str(out, "MAIL FROM:<");
	buf_str(out, m->from);
	buf_chr(out, '>');
	if (o->dsn) {
		buf_str(out, " RET=HDRS");
		add_envid(out, m->message_id);
	}
	if (o->size)
		buf_fmt(out, " SIZE=%zu", m->len);
	buf_str(out, "\r\n");
}

void smtp_add_rcpt(struct buf *out, const struct smtp_offers *o, const struct submission *m)
{
	buf_str(out, "RCPT TO:<");
	buf_str(out, m->to);
	buf_str(out, o->dsn ? "> NOTIFY=FAILURE,DELAY\r\n" : ">\r\n");
}

/* One line without its end, in which a CR may stand that ends a line for itself. */
static void add_line(struct buf *out, const char *line, const char *end)
{
	for (const char *cr; (cr = memchr(line, '\r', (size_t)(end - line))); line = cr + 1) {
		if (*line == '.')
			buf_chr(out, '.');
		buf_add(out, line, (size_t)(cr - line));
		buf_str(out, "\r\n");
	}
	if (line < end && *line == '.')
		buf_chr(out, '.');
	buf_add(out, line, (size_t)(end - line));
}

/* Whether a line that ends here, before its CR LF, needs no change. */
static bool is_plain(const char *line, const char *end)
{
	return line < end && end[-1] == '\r' && *line != '.' &&
		!memchr(line, '\r', (size_t)(end - 1 - line));
}

void smtp_add_content(struct buf *out, const char *bytes, size_t len)
{
	/* the last line's end is that of the dot */
	if (len && bytes[len - 1] == '\n')
		len--;
	if (len && bytes[len - 1] == '\r')
		len--;
	const char *end = bytes + len, *as_it_is = bytes;
	for (const char *line = bytes, *lf; line < end; line = lf + 1) {
		lf = memchr(line, '\n', (size_t)(end - line));
		if (lf && is_plain(line, lf))
			continue;
		buf_add(out, as_it_is, (size_t)(line - as_it_is));
		const char *stop = lf ? lf : end;
		add_line(out, line, lf && lf > line && lf[-1] == '\r' ? lf - 1 : stop);
		if (lf)
			buf_str(out, "\r\n");
		as_it_is = lf ? lf + 1 : end;
		if (!lf)
			break;
	}
	buf_add(out, as_it_is, (size_t)(end - as_it_is));
	buf_str(out, "\r\n.\r\n");
}
