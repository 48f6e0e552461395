/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <string.h>

#include "base/text.h"
#include "escape.h"

/* Where a line is to be broken: at the last space within the columns or, where
 * there is none, at the first one after them; the whole line otherwise. */
static size_t break_at(const char *line, size_t len, size_t columns)
{
	const char *at = line, *limit = line + len, *space = NULL;
	size_t column = 0;

	if (len <= columns) /* no more characters than octets */
		return len;
	while (at < limit && (column <= columns || !space)) {
		if (*at == ' ' && at > line)
			space = at;
		(void)text_next(&at);
		column++;
	}
	return space && column > columns ? (size_t)(space - line) : len;
}

/* The same in octets, and there a long word is broken too. */
static size_t fits(const char *line, size_t len, size_t octets)
{
	size_t n = octets;

	if (len <= octets)
		return len;
	while (n && line[n] != ' ')
		n--;
	if (n)
		return n;
	for (n = octets; (line[n] & 0xc0) == 0x80; n--)
		;
	return n;
}

static size_t hanging(const char *line)
{
	return text_starts(line, "- ") ? 2 : 0;
}

static void wrap_line(const char *line, size_t len, struct buf *out)
{
	bool row = *line == '|' && len <= LINE_OCTETS;
	size_t in = 0, hang = hanging(line);

	while (len > 0) {
		size_t n = row || text_starts(line, "---") ? len : break_at(line, len, WRAP_COLUMNS - in);

		n = fits(line, n, LINE_OCTETS - in);
		if (in)
			buf_fmt(out, "%*s", (int)in, "");
		buf_add(out, line, n);
		line += n;
		len -= n;
		for (; len > 0 && *line == ' '; len--)
			line++;
		if (len > 0)
			buf_chr(out, '\n');
		in = hang;
	}
}

/* A number that is no list's ("1. ", "2) "). */
static bool counts(const char *line)
{
	size_t digits = strspn(line, "0123456789");

	return digits && line[digits] != '.' && line[digits] != ')';
}

/* Whether a line goes on with the sentence of the one before it. */
static bool goes_on(const char *line)
{
	unsigned char c = (unsigned char)line[0], d = c ? (unsigned char)line[1] : 0;

	return (c >= 'a' && c <= 'z') || c == '"' || c == '(' || (c == 0xc3 && d >= 0xa0) || counts(line);
}

/* A line that is too long takes the rest of its sentence along: no short line
 * is left in the middle of it. */
static const char *take_sentence(const char *text, struct buf *out)
{
	const char *end = strchrnul(text, '\n');

	buf_add(out, text, (size_t)(end - text));
	while (*text != '|' && out->len > WRAP_COLUMNS && text_width(out->data) > WRAP_COLUMNS && *end &&
	       goes_on(end + 1)) {
		text = end + 1;
		end = strchrnul(text, '\n');
		buf_chr(out, ' ');
		buf_add(out, text, (size_t)(end - text));
	}
	return end;
}

void wrap_text(const char *text, struct buf *out)
{
	struct buf line AUTO(buf_release) = BUF_INIT;

	while (*text) {
		buf_clear(&line);
		text = take_sentence(text, &line);
		if (line.len)
			wrap_line(line.data, line.len, out);
		if (!*text)
			break;
		buf_chr(out, '\n');
		text++;
	}
}
