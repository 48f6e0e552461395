/* SPDX-License-Identifier: EUPL-1.2 */
#include "escape.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* What turns the reading direction around can show one address and mean
 * another ("Trojan Source"): a value has no need of it. */
static bool turns_direction(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e ||
	       c == 0x200f || c == 0x061c;
}

/* C0, DEL, C1 and the two Unicode line ends. */
static bool ends_or_controls(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

static bool ascii_punctuation(uint32_t c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
	       (c >= '{' && c <= '~');
}

static void put_markdown(uint32_t c, struct buf *out)
{
	switch (c) {
	case '<':
		buf_str(out, "&lt;");
		return;
	case '>':
		buf_str(out, "&gt;");
		return;
	case '&':
		buf_str(out, "&amp;");
		return;
	default:
		break;
	}
	if (ascii_punctuation(c))
		buf_add(out, (const char[]){ '\\', (char)c }, 2);
	else
		text_put(out, c);
}

/* Broken UTF-8 gives U+FFFD for each byte that is not ASCII: what the letters
 * were cannot be known, that something stood there can. */
static void repair(const char *value, struct buf *out)
{
	for (; *value; value++) {
		if ((unsigned char)*value < 0x80)
			buf_chr(out, *value);
		else
			text_put(out, 0xfffd);
	}
}

static bool letter_or_digit(unsigned c)
{
	return (c | 0x20) - 'a' < 26 || c - '0' < 10; /* below, it is a large number */
}

/* How many octets go as they are, whatever stands around them. */
static size_t plain_run(const char *value, size_t len, enum escape escape)
{
	const char *at = value;

	if (escape == ESCAPE_NONE)
		return text_printable(value, len);
	while (letter_or_digit((unsigned char)*at))
		at++;
	return (size_t)(at - value);
}

void escape_value(const char *value, enum escape escape, struct buf *out)
{
	struct buf repaired AUTO(buf_release) = BUF_INIT;
	size_t len = strlen(value);

	if (!text_is_utf8(value, len)) {
		repair(value, &repaired);
		value = repaired.data;
		len = repaired.len;
	}
	const char *end = value + len;
	/* In Markdown two spaces at a line's end are a line break, and one beside
	 * ** keeps it from closing: one between words, none at either end. */
	bool space = false, begun = false;
	for (;;) {
		size_t run = plain_run(value, (size_t)(end - value), escape);

		if (run) {
			if (space)
				buf_chr(out, ' ');
			buf_add(out, value, run);
			value += run;
			space = false;
			begun = true;
		}
		uint32_t c = text_next(&value);
		if (!c)
			return;
		if (turns_direction(c))
			continue;
		if (ends_or_controls(c))
			c = ' ';
		if (escape == ESCAPE_NONE) {
			text_put(out, c);
			continue;
		}
		if (c == ' ') {
			space = begun;
			continue;
		}
		if (space)
			buf_chr(out, ' ');
		put_markdown(c, out);
		space = false;
		begun = true;
	}
}

void escape_html(const char *text, struct buf *out)
{
	for (; *text; text++) {
		size_t run = strcspn(text, "<>&\"");

		buf_add(out, text, run);
		text += run;
		switch (*text) {
		case '<':
			buf_str(out, "&lt;");
			break;
		case '>':
			buf_str(out, "&gt;");
			break;
		case '&':
			buf_str(out, "&amp;");
			break;
		case '"':
			buf_str(out, "&quot;");
			break;
		default:
			return;
		}
	}
}
