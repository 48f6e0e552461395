/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mails that were taken apart, for when they are read again: an answer is, once it is
 * known what it answers. A mail is found by its bytes, so that the shelf never makes a
 * difference to what is read, only to how long it takes.
 */
#include <gmime/gmime.h>
#include <string.h>

#include "base/mem.h"
#include "src/mail/internal.h"

enum {
	PLACES = 256,        /* mails: what comes between the two readings is half as many, at most */
	EACH_MOST = 1 << 16, /* bytes of one; a larger one is taken apart each time */
	ALL_MOST = 1 << 22,  /* bytes of all */
};

struct place {
	struct arena arena;
	const char *bytes;
	size_t len;
	struct opened opened;
};

struct mail_shelf {
	struct place places[PLACES];
	size_t n, bytes;
};

struct mail_shelf *mail_shelf_new(void)
{
	return mem_zalloc(sizeof(struct mail_shelf));
}

static void clear(struct mail_shelf *s)
{
	for (size_t i = 0; i < s->n; i++)
		arena_release(&s->places[i].arena);
	s->n = s->bytes = 0;
}

void mail_shelf_free(struct mail_shelf *s)
{
	clear(s);
	mem_free(s);
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

static bool read_parts(struct arena *a, const char *bytes, size_t len, struct part_facts *p)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeParserOptions *options = g_mime_parser_options_new();
	const char *warned = NULL;

	g_mime_parser_options_set_warning_callback(options, note_warning, &warned);
	GMimeMessage *message = g_mime_parser_construct_message(parser, options);

	if (message)
		parts_read(a, g_mime_message_get_mime_part(message), p);
	if (!p->doubt)
		p->doubt = warned;
	if (message)
		g_object_unref(message);
	g_mime_parser_options_free(options);
	g_object_unref(parser);
	g_object_unref(stream);
	return message != NULL;
}

static bool open_new(struct arena *a, const char *bytes, size_t len, struct opened *out)
{
	*out = (struct opened){ .parts = { .plain = NULL } };
	if (!read_parts(a, bytes, len, &out->parts))
		return false;
	if (out->parts.html)
		html_read(a, out->parts.html, &out->html);
	return true;
}

static const struct place *find(const struct mail_shelf *s, const char *bytes, size_t len)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->places[i].len == len && !memcmp(s->places[i].bytes, bytes, len))
			return &s->places[i];
	return NULL;
}

bool mail_open(struct arena *a, const char *bytes, size_t len, struct mail_shelf *s, struct opened *out)
{
	if (!s || len > EACH_MOST)
		return open_new(a, bytes, len, out);
	const struct place *known = find(s, bytes, len);
	if (known) {
		*out = known->opened;
		return true;
	}
	if (s->n == PLACES || s->bytes + len > ALL_MOST)
		clear(s);
	struct place *p = &s->places[s->n];
	*p = (struct place){ .arena = ARENA_INIT, .len = len };
	if (!open_new(&p->arena, bytes, len, &p->opened)) {
		arena_release(&p->arena);
		return false;
	}
	p->bytes = arena_dupn(&p->arena, bytes, len);
	s->n++;
	s->bytes += len;
	*out = p->opened;
	return true;
}
