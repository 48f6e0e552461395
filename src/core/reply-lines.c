/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

enum { MAX_LINES = 400 };

static bool invisible(uint32_t c)
{
	return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static bool letter(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x370);
}

/* An invisible sign between two letters hides or breaks a word. */
static bool has_hidden(const char *line)
{
	bool after_letter = false, hidden = false;

	for (const char *at = line; *at;) {
		uint32_t c = text_next(&at);
		if (invisible(c)) {
			hidden = after_letter;
			continue;
		}
		if (hidden && letter(c))
			return true;
		hidden = false;
		after_letter = letter(c);
	}
	return false;
}

static bool quote(uint32_t c)
{
	return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

/* A line that is one quotation in capitals, as letters quote the words to answer with
 * ("1 GODKÄNNS"): without its signs. In other letters it may be meant otherwise. */
static char *unquoted(struct arena *a, char *line)
{
	const char *from = line, *to = NULL;

	if (!quote(text_next(&from)))
		return line;
	for (const char *at = from; *at;) {
		const char *next = at;
		uint32_t c = text_next(&next);
		if ((c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF))
			return line;
		if (quote(c) && next[strspn(next, ".!")])
			return line;
		if (quote(c))
			to = at;
		at = next;
	}
	return to ? text_tidy(a, arena_dupn(a, from, (size_t)(to - from))) : line;
}

void reply_lines(struct arena *a, const char *text, struct lines *out)
{
	*out = (struct lines){ .at = NULL };
	for (const char *at = text; at && !out->too_many;) {
		const char *end = strchr(at, '\n');
		char *raw = arena_dupn(a, at, end ? (size_t)(end - at) : strlen(at));

		out->at = arena_grow(a, out->at, out->n, &out->cap, sizeof(*out->at));
		out->at[out->n++] = (struct line){ .text = unquoted(a, text_tidy(a, raw)), .hidden = has_hidden(raw) };
		out->too_many = out->n > MAX_LINES;
		at = end ? end + 1 : NULL;
	}
}

/* The byte that Windows-1252 shows as the character; −1: none does. */
static int byte_of(uint32_t c)
{
	static const uint16_t high[32] = {
		0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039,
		0x152, 0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
	};

	if (c < 0x80 || (c >= 0xA0 && c <= 0xFF))
		return (int)c;
	for (int i = 0; i < 32; i++)
		if (high[i] == c || c == 0x80U + (uint32_t)i)
			return 0x80 + i;
	return -1;
}

char *reply_mend(struct arena *a, const char *text)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	bool foreign = false;

	for (const char *at = text; *at;) {
		uint32_t c = text_next(&at);
		int byte = byte_of(c);
		if (byte < 0)
			return NULL;
		foreign = foreign || c >= 0x80;
		buf_chr(&bytes, (char)byte);
	}
	if (!foreign || !text_is_utf8(bytes.data, bytes.len))
		return NULL;
	return arena_dup(a, bytes.data);
}

bool lines_thumb(const struct lines *l)
{
	for (size_t i = 0; i < l->n; i++)
		for (const char *at = l->at[i].text; *at;) {
			uint32_t c = text_next(&at);
			if (c == 0x1F44D || c == 0x1F44C || c == 0x2705)
				return true;
		}
	return false;
}
