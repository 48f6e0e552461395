/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <string.h>

#include "base/text.h"
#include "src/mail/internal.h"

/*
 * The text of our own letters, found where mail_compose() puts it: it is wanted for every
 * answer, and a parser that is made for everybody's mail takes long over ours. What is
 * not to the letter as we write it is left to that parser.
 */
static const char head[] = "\r\nContent-Type: text/plain; charset=utf-8\r\n"
                           "Content-Transfer-Encoding: quoted-printable\r\n\r\n";

static const char *after(const char *from, const char *end, const char *what, size_t len)
{
	const char *at = memmem(from, (size_t)(end - from), what, len);

	return at ? at + len : NULL;
}

/* The line that a part stands under, "--" and its mark, which ends at `end`. */
static const char *mark_before(const char *bytes, const char *end)
{
	const char *at = end;

	while (at > bytes && at[-1] != '\n')
		at--;
	return end - at > 2 && at[0] == '-' && at[1] == '-' ? at : NULL;
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Quoted-printable as we write it, no other; NULL otherwise. */
static char *decoded(struct arena *a, const char *at, size_t len)
{
	char *text = arena_alloc(a, len + 1), *to = text;
	const char *end = at + len;

	while (at < end) {
		if (*at != '=') {
			*to++ = *at++;
			continue;
		}
		if (end - at < 3)
			return NULL;
		if (at[1] != '\r' || at[2] != '\n') {
			int high = hex(at[1]), low = hex(at[2]);
			if (high < 0 || low < 0 || !(high | low))
				return NULL;
			*to++ = (char)(high << 4 | low);
		}
		at += 3;
	}
	*to = '\0';
	return text;
}

char *own_text(struct arena *a, const char *bytes, size_t len)
{
	const char *end = bytes + len, *from = after(bytes, end, head, sizeof(head) - 1);
	const char *mark = from ? mark_before(bytes, from - (sizeof(head) - 1)) : NULL;
	char close[80];

	if (!mark)
		return NULL;
	size_t n = (size_t)(from - (sizeof(head) - 1) - mark);
	if (n + 2 >= sizeof(close))
		return NULL;
	memcpy(close, "\r\n", 2);
	memcpy(close + 2, mark, n);
	const char *next = after(from, end, close, n + 2);
	if (!next || after(next, end, "text/plain", 10))
		return NULL;
	size_t size = (size_t)(next - from) - n - 2;
	if (size > MAIL_MAX_TEXT || memchr(from, '\0', size))
		return NULL;
	char *text = decoded(a, from, size);
	return text && text_is_utf8(text, strlen(text)) && !text_blank(text) ? text : NULL;
}
