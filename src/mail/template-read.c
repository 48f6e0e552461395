/* SPDX-License-Identifier: EUPL-1.2 */
/* The tags of a template: found once, however often it is rendered. */
#include <string.h>

#include "base/text.h"
#include "template-tags.h"

struct reader {
	struct template *t;
	struct err *e;
	size_t open[TEMPLATE_DEPTH]; /* the sections that are open, by their tags */
	size_t depth;
};

int template_line(const struct template *t, const char *at)
{
	int line = 1;

	for (const char *p = t->text; p < at; p++)
		line += *p == '\n';
	return line;
}

int template_fail(const struct template *t, const char *at, const char *what, const struct tag *tag,
                  struct err *e)
{
	int len = tag ? (int)(tag->len < 80 ? tag->len : 80) : 0;

	return err_set(e, ERR_USAGE, "%s:%d: %s%s%.*s%s", t->name, template_line(t, at), what,
	               tag ? " \"" : "", len, tag ? tag->name : "", tag ? "\"" : "");
}

static int fail(const struct reader *r, const char *at, const char *what, const struct tag *tag)
{
	return template_fail(r->t, at, what, tag, r->e);
}

static const char *find(const char *at, const char *limit, char twice)
{
	while (at + 1 < limit && (at = memchr(at, twice, (size_t)(limit - at - 1)))) {
		if (at[1] == twice)
			return at;
		at++;
	}
	return NULL;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* A tag that is not a value takes its line with it when it is alone there. */
static void take_line(const struct reader *r, struct tag *tag)
{
	const char *from = tag->start, *to = tag->end;

	while (from > r->t->text && blank(from[-1]))
		from--;
	if (from > r->t->text && from[-1] != '\n')
		return;
	while (to < r->t->limit && blank(*to))
		to++;
	if (to < r->t->limit && *to != '\n')
		return;
	tag->indent = (size_t)(tag->start - from);
	tag->start = from;
	tag->end = to < r->t->limit ? to + 1 : to;
}

static int read_kind(const struct reader *r, struct tag *tag)
{
	switch (*tag->name) {
	case '#':
		tag->kind = TAG_SECTION;
		break;
	case '^':
		tag->kind = TAG_INVERTED;
		break;
	case '/':
		tag->kind = TAG_CLOSE;
		break;
	case '!':
		tag->kind = TAG_COMMENT;
		break;
	case '>':
		tag->kind = TAG_PART;
		break;
	case '{':
	case '&':
		return fail(r, tag->at, "values are always escaped: write {{name}}, not", tag);
	case '=':
		return fail(r, tag->at, "other delimiters than {{ and }} are not known here:", tag);
	case '<':
	case '$':
		return fail(r, tag->at, "parents and blocks are not known here:", tag);
	default:
		tag->kind = TAG_VALUE;
		return 0;
	}
	tag->name++;
	tag->len--;
	return 0;
}

/* A part is a file: its name must not lead to another folder. */
static bool part_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static int check_name(const struct reader *r, const struct tag *tag)
{
	if (tag->len == 0)
		return fail(r, tag->at, "{{…}} without a name", NULL);
	for (size_t i = 0; i < tag->len; i++) {
		char c = tag->name[i];
		if (tag->kind == TAG_PART && !part_name(c))
			return fail(r, tag->at, "a part's name is of a-z, 0-9 and \"-\", not", tag);
		if (blank(c) || c == '\n' || c == '{' || c == '}')
			return fail(r, tag->at, "no such name can be:", tag);
		if (c == '.')
			return fail(r, tag->at, "names with a dot are not known here:", tag);
	}
	return 0;
}

/* Finds the next tag at or after `at`: 1, or 0 when there is none. */
static int next_tag(const struct reader *r, const char *at, struct tag *tag)
{
	const char *open = find(at, r->t->limit, '{');
	if (!open)
		return 0;
	const char *close = find(open + 2, r->t->limit, '}');
	if (!close)
		return fail(r, open, "\"{{\" without \"}}\"", NULL);

	*tag = (struct tag){ .name = open + 2,
	                     .len = (size_t)(close - open - 2),
	                     .at = open,
	                     .start = open,
	                     .end = close + 2 };
	while (tag->len && blank(*tag->name)) {
		tag->name++;
		tag->len--;
	}
	if (tag->len && read_kind(r, tag))
		return -1;
	while (tag->len && blank(*tag->name)) {
		tag->name++;
		tag->len--;
	}
	while (tag->len && blank(tag->name[tag->len - 1]))
		tag->len--;
	if (tag->kind != TAG_VALUE)
		take_line(r, tag);
	if (tag->kind != TAG_COMMENT && check_name(r, tag))
		return -1;
	return 1;
}

/* Keeps the tags of a section paired. */
static int pair(struct reader *r, struct tag *tag)
{
	struct tag *tags = r->t->tags;

	if (tag->kind == TAG_SECTION || tag->kind == TAG_INVERTED) {
		if (r->depth == TEMPLATE_DEPTH)
			return fail(r, tag->at, "too many sections within each other:", tag);
		r->open[r->depth++] = r->t->n;
	}
	if (tag->kind == TAG_CLOSE) {
		struct tag *open = r->depth ? &tags[r->open[r->depth - 1]] : NULL;

		if (!open || open->len != tag->len || memcmp(open->name, tag->name, tag->len))
			return fail(r, tag->at, "closes what is not open here:", tag);
		open->close = r->t->n;
		r->depth--;
	}
	return 0;
}

static int read_tags(struct reader *r)
{
	struct template *t = r->t;
	struct tag tag = { .end = t->from };
	int found;

	while ((found = next_tag(r, tag.end, &tag)) > 0) {
		t->tags = arena_grow(t->arena, t->tags, t->n, &t->cap, sizeof(tag));
		if (pair(r, &tag))
			return -1;
		t->tags[t->n++] = tag;
	}
	if (found < 0 || !r->depth)
		return found;
	const struct tag *open = &t->tags[r->open[r->depth - 1]];
	return fail(r, open->at, "no {{/…}} closes the section", open);
}

int template_read(struct arena *a, const char *name, const char *text, size_t from, size_t to,
                  const struct template_parts *parts, struct template **out, struct err *e)
{
	struct template *t = arena_alloc(a, sizeof(*t));
	struct reader r = { .t = t, .e = e };

	*t = (struct template){
		.name = name, .text = text, .from = text + from, .limit = text + to, .arena = a,
	};
	if (parts)
		t->parts = *parts;
	if (read_tags(&r))
		return -1;
	*out = t;
	return 0;
}
