/* SPDX-License-Identifier: EUPL-1.2 */
#include "mail/mailto.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

/* RFC 3986 §2.3; not isalnum(), which asks the locale. */
static bool unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

static void percent(unsigned char c, struct buf *out)
{
	static const char digits[] = "0123456789ABCDEF";

	if (unreserved(c)) {
		buf_chr(out, (char)c);
		return;
	}
	char *to = buf_extend(out, 3);
	to[0] = '%';
	to[1] = digits[c >> 4];
	to[2] = digits[c & 15];
}

/* One character, or one line end, from *s. */
static void put(const char **s, struct buf *out)
{
	const char *from = *s;

	if (*from == '\r' || *from == '\n') {
		buf_str(out, "%0D%0A");
		*s += from[0] == '\r' && from[1] == '\n' ? 2 : 1;
		return;
	}
	(void)text_next(s);
	for (; from < *s; from++)
		percent((unsigned char)*from, out);
}

void mailto_link(const char *address, const char *subject, const char *body, struct buf *out)
{
	size_t start = out->len;

	buf_str(out, "mailto:");
	for (const char *c = address; *c; c++) {
		if (*c == '@')
			buf_chr(out, '@');
		else
			percent((unsigned char)*c, out);
	}
	buf_str(out, "?subject=");
	while (*subject)
		put(&subject, out);
	buf_str(out, "&body=");
	mailto_body(start, body, out);
}

void mailto_body(size_t start, const char *body, struct buf *out)
{
	while (*body) {
		size_t before = out->len;

		put(&body, out);
		if (out->len - start > MAILTO_MAX) {
			buf_cut(out, before);
			break;
		}
	}
}
