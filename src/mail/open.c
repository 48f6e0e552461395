/* SPDX-License-Identifier: EUPL-1.2 */
#include <gmime/gmime.h>
#include <string.h>

#include "base/attr.h"
#include "src/mail/internal.h"

/* Taking a mail apart. */

enum { MAX_BOUNDARIES = 2 * MAIL_MAX_PARTS, MAX_DASHES = 20000 };

/* How often a word stands there, in whichever case: it is looked for by its rarest letter,
 * so that most bytes are passed over by memchr(). */
static size_t count_word(const char *bytes, size_t len, const char *word, char rarest)
{
	const char letters[2] = { rarest, g_ascii_toupper(rarest) };
	size_t before = (size_t)(strchr(word, rarest) - word), need = strlen(word), n = 0;

	for (size_t i = 0; i < 2 && (i == 0 || letters[1] != letters[0]); i++) {
		const char *end = bytes + len, *at = bytes;
		for (; (at = memchr(at, letters[i], (size_t)(end - at))) != NULL; at++)
			n += (size_t)(at - bytes) >= before && (size_t)(end - at) + before >= need &&
			     g_ascii_strncasecmp(at - before, word, need) == 0;
	}
	return n;
}

static size_t count_dashes(const char *bytes, size_t len) /* lines that may part two parts */
{
	const char *end = bytes + len, *at = bytes;
	size_t n = 0;

	for (; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
		n += end - at > 2 && at[1] == '-' && at[2] == '-';
	return n;
}

/* GMime builds a tree of everything first; what is hostile by sheer number
 * is not given to it. */
static bool too_many_parts(const char *bytes, size_t len)
{
	size_t n = count_word(bytes, len, "boundary", 'y') +
	           count_word(bytes, len, "message/rfc822", '/') +
	           count_word(bytes, len, "message/global", '/');

	return n > MAX_BOUNDARIES || count_dashes(bytes, len) > MAX_DASHES;
}

/* What another program may have read in another way. */
static void note_warning(gint64 offset, GMimeParserWarning what, const gchar *item, gpointer data)
{
	const char **doubt = data;

	(void)offset;
	(void)item;
	switch ((unsigned)what) {
	case GMIME_WARN_TRUNCATED_MESSAGE:
		*doubt = "the mail is cut off: a part of it never ends";
		break;
	case GMIME_CRIT_CONFLICTING_HEADER:
	case GMIME_CRIT_CONFLICTING_PARAMETER:
	case GMIME_WARN_DUPLICATED_PARAMETER:
	case GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY:
	case GMIME_CRIT_NESTING_OVERFLOW:
	case GMIME_CRIT_PART_WITHOUT_HEADERS_OR_CONTENT:
		*doubt = "the mail's parts can be read in two ways";
		break;
	default:
		break;
	}
}

/* Whether the parser and ourselves see the same fields in a header, and the same end of
 * it; and none of them twice of which the parser has something to say then. */
static bool reads_in_one_way(const struct raw_headers *h, const char *bytes)
{
	static const char *const once[] = { "Bcc", "Cc", "Date", "From", "In-Reply-To", "Message-ID",
	                                    "References", "Reply-To", "Sender", "Subject", "To" };

	if (h->odd || h->has_nul || !h->n || h->at[0].field != bytes)
		return false;
	for (size_t i = 0; i < h->n; i++) {
		const char *at = h->at[i].field;
		while (*at > ' ' && *at < 0x7F && *at != ':')
			at++;
		if (*at != ':')
			return false;
	}
	for (size_t i = 0; i < ARRAY_LEN(once); i++)
		if (raw_count(h, once[i]) > 1)
			return false;
	return true;
}

/* A mail without what its header says of other things than the body: the parser makes values
 * of every field that it is given, and nobody asks it for those. Empty: that would not be
 * the same to it, or the mail is too large for a header to matter. */
static void put_body(const struct raw_headers *h, const char *bytes, size_t len, struct buf *out)
{
	enum { LARGE = 1 << 16 };

	if (len > LARGE || !reads_in_one_way(h, bytes))
		return;
	const struct raw_header *last = &h->at[h->n - 1];
	const char *end = last->field + last->len;
	for (size_t i = 0; i < h->n; i++)
		if (raw_is(h->at[i].name, "Content-"))
			buf_add(out, h->at[i].field, h->at[i].len);
	buf_add(out, end, (size_t)(bytes + len - end));
}

/* The part that holds all others; NULL: it could not be read. */
static GMimeObject *topmost(GMimeParser *parser, GMimeParserOptions *options, bool whole)
{
	if (!whole)
		return g_mime_parser_construct_part(parser, options);
	GMimeMessage *message = g_mime_parser_construct_message(parser, options);
	GMimeObject *top = message ? g_object_ref(g_mime_message_get_mime_part(message)) : NULL;
	if (message)
		g_object_unref(message);
	return top;
}

bool mail_parts(struct arena *a, const char *bytes, size_t len, const struct raw_headers *h,
                struct part_facts *out)
{
	struct buf body AUTO(buf_release) = BUF_INIT;

	g_mime_init();
	if (h)
		put_body(h, bytes, len, &body);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(body.len ? body.data : bytes,
	                                                        body.len ? body.len : len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeParserOptions *options = g_mime_parser_options_new();
	const char *warned = NULL;

	*out = (struct part_facts){ .plain = NULL };
	g_mime_parser_options_set_warning_callback(options, note_warning, &warned);
	GMimeObject *top = topmost(parser, options, !body.len);

	if (top)
		parts_read(a, top, out);
	if (!out->doubt)
		out->doubt = warned;
	if (top)
		g_object_unref(top);
	g_mime_parser_options_free(options);
	g_object_unref(parser);
	g_object_unref(stream);
	return top != NULL;
}

static void split(struct arena *a, struct opened *m)
{
	if (m->parts.plain)
		fresh_split(a, m->parts.plain, &m->lines.plain);
	if (m->html.text)
		fresh_split(a, m->html.text, &m->lines.html);
	if (m->html.text && strcmp(m->html.text, m->html.unsigned_text) != 0)
		fresh_split(a, m->html.unsigned_text, &m->lines.bare);
}

void mail_take_apart(struct arena *a, const char *bytes, size_t len, struct opened *out)
{
	*out = (struct opened){
		.how = OPENED_NOT,
		.bytes = bytes,
		.said = { .cls = MAIL_OTHER, .date = INSTANT_NONE, .back = DAY_NONE },
	};
	raw_read(a, bytes, len, &out->header);
	if (out->header.too_many || too_many_parts(bytes, len))
		return;
	out->how = OPENED_HEADER;
	header_facts(a, &out->header, &out->said);
	if (!mail_parts(a, bytes, len, &out->header, &out->parts))
		return;
	out->how = OPENED;
	if (out->parts.html)
		html_read(a, out->parts.html, &out->html);
	split(a, out);
}
