/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "mail/template.h"

#include <string.h>

#include "base/text.h"
#include "escape.h"
#include "template-tags.h"

struct run {
	struct template *t;
	struct template_mode mode;
	struct buf *out;
	struct err *e;
};

/* Names differ in these more than in what is between: enough to spread them. */
static size_t row_of(const char *name, size_t len)
{
	unsigned char first = (unsigned char)name[0], last = (unsigned char)name[len - 1],
	              middle = (unsigned char)name[len / 2];

	return (first * 5U + middle * 3U + last + len * 7U) % TSET_ROWS;
}

static void tset_add(struct tset *s, struct tvalue *v)
{
	struct tvalue **row = &s->rows[row_of(v->name, v->len)];

	v->next = *row;
	*row = v;
}

void tset_text(struct arena *a, struct tset *s, const char *name, const char *text)
{
	struct tvalue *v = arena_alloc(a, sizeof(*v));

	*v = (struct tvalue){ .name = name,
	                      .len = strlen(name),
	                      .type = TVALUE_TEXT,
	                      .text = text && *text ? arena_dup(a, text) : "" };
	tset_add(s, v);
}

void tset_flag(struct arena *a, struct tset *s, const char *name, bool flag)
{
	struct tvalue *v = arena_alloc(a, sizeof(*v));

	*v = (struct tvalue){
		.name = name, .len = strlen(name), .type = TVALUE_FLAG, .flag = flag
	};
	tset_add(s, v);
}

void tset_list(struct arena *a, struct tset *s, const char *name, struct tset *list, size_t n)
{
	struct tvalue *v = arena_alloc(a, sizeof(*v));

	*v = (struct tvalue){
		.name = name, .len = strlen(name), .type = TVALUE_LIST, .list = list, .n = n
	};
	tset_add(s, v);
}

static int fail(const struct run *r, const struct tag *tag, const char *what)
{
	return template_fail(r->t, tag->at, what, tag, r->e);
}

static const struct tvalue *lookup(const struct tset *set, const struct tag *tag)
{
	for (size_t row = row_of(tag->name, tag->len); set; set = set->outer) {
		for (const struct tvalue *v = set->rows[row]; v; v = v->next) {
			if (v->len == tag->len && !memcmp(v->name, tag->name, tag->len))
				return v;
		}
	}
	return NULL;
}

/* Cut after it has been repaired: only then has it characters. */
static void put_short(const char *value, const struct run *r)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf whole AUTO(buf_release) = BUF_INIT;

	escape_value(value, ESCAPE_NONE, &whole);
	if (whole.len)
		escape_value(text_cut(&a, whole.data, r->mode.longest), r->mode.escape, r->out);
}

static int put_value(const struct run *r, const struct tag *tag, const struct tset *set)
{
	const struct tvalue *v = lookup(set, tag);

	if (!v)
		return fail(r, tag, "unknown name");
	if (v->type != TVALUE_TEXT)
		return fail(r, tag, "opens a section, is no text:");
	if (r->mode.longest)
		put_short(v->text, r);
	else
		escape_value(v->text, r->mode.escape, r->out);
	return 0;
}

static int put_tags(const struct run *r, size_t first, size_t end, const struct tset *set, int depth);

/* What is between a section's two tags. */
static int put_inside(const struct run *r, size_t open, const struct tset *set, int depth)
{
	return put_tags(r, open + 1, r->t->tags[open].close, set, depth);
}

/* A list within its own section would make its sets their own outer sets. */
static bool inside(const struct tvalue *v, const struct tset *set)
{
	for (; set; set = set->outer) {
		for (size_t i = 0; i < v->n; i++) {
			if (set == &v->list[i])
				return true;
		}
	}
	return false;
}

static int each(const struct run *r, size_t open, const struct tvalue *v, const struct tset *set,
                int depth)
{
	if (inside(v, set))
		return fail(r, &r->t->tags[open], "a list within itself:");
	for (size_t i = 0; i < v->n; i++) {
		v->list[i].outer = set;
		if (put_inside(r, open, &v->list[i], depth))
			return -1;
	}
	return 0;
}

static bool truth(const struct tvalue *v)
{
	switch (v->type) {
	case TVALUE_TEXT:
		return *v->text != '\0';
	case TVALUE_FLAG:
		return v->flag;
	case TVALUE_LIST:
		break;
	}
	return v->n > 0;
}

static int put_section(const struct run *r, size_t open, const struct tset *set, int depth)
{
	const struct tag *tag = &r->t->tags[open];
	const struct tvalue *v = lookup(set, tag);

	if (depth >= TEMPLATE_DEPTH)
		return fail(r, tag, "too many sections within each other:");
	if (!v)
		return fail(r, tag, "unknown name");
	if (truth(v) != (tag->kind == TAG_SECTION) && !r->mode.all)
		return 0;
	if (v->type == TVALUE_LIST && v->n && tag->kind == TAG_SECTION)
		return each(r, open, v, set, depth + 1);
	return put_inside(r, open, set, depth + 1);
}

/* A part that stands alone is moved in as far as its tag, before it is
 * rendered: line n is line n still. */
static const char *indented(struct arena *a, const char *text, const char *by, size_t len)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	while (*text) {
		const char *end = strchrnul(text, '\n');

		end += *end == '\n';
		buf_add(&out, by, len);
		buf_add(&out, text, (size_t)(end - text));
		text = end;
	}
	return arena_dupn(a, out.data ? out.data : "", out.len);
}

static int read_part(const struct run *r, struct tag *tag)
{
	const struct template_parts *parts = &r->t->parts;
	struct arena *a = r->t->arena;
	struct err why = ERR_INIT;
	const char *name, *text;

	if (!parts->find)
		return fail(r, tag, "there are no parts here:");
	if (parts->find(parts->where, a, arena_dupn(a, tag->name, tag->len), &name, &text, &why))
		return why.kind == ERR_FOUND ? err_set(r->e, ERR_USAGE, "%s:%d: %s", r->t->name,
		                                       template_line(r->t, tag->at), why.text)
		                             : err_set(r->e, why.kind, "%s", why.text);
	if (tag->indent)
		text = indented(a, text, tag->start, tag->indent);
	return template_read(a, name, text, 0, strlen(text), parts, &tag->part, r->e);
}

/* A template within a template sees the same values; what is wrong in it is
 * said with its own name and line. */
static int put_part(const struct run *r, struct tag *tag, const struct tset *set, int depth)
{
	struct run inner = *r;

	if (depth >= TEMPLATE_DEPTH)
		return fail(r, tag, "too many parts within each other:");
	if (!tag->part && read_part(r, tag))
		return -1;
	inner.t = tag->part;
	return put_tags(&inner, 0, inner.t->n, set, depth + 1);
}

static int put_tag(const struct run *r, size_t i, const struct tset *set, int depth)
{
	struct tag *tag = &r->t->tags[i];

	switch (tag->kind) {
	case TAG_VALUE:
		return put_value(r, tag, set);
	case TAG_SECTION:
	case TAG_INVERTED:
		return put_section(r, i, set, depth);
	case TAG_PART:
		return put_part(r, tag, set, depth);
	case TAG_CLOSE:
	case TAG_COMMENT:
		break;
	}
	return 0;
}

/* The tags from `first` up to `end`, which is left out, with the text around them. */
static int put_tags(const struct run *r, size_t first, size_t end, const struct tset *set, int depth)
{
	const struct template *t = r->t;
	const char *at = first ? t->tags[first - 1].end : t->from;

	for (size_t i = first; i < end; i++) {
		const struct tag *tag = &t->tags[i];

		buf_add(r->out, at, (size_t)(tag->start - at));
		if (put_tag(r, i, set, depth))
			return -1;
		if (tag->kind == TAG_SECTION || tag->kind == TAG_INVERTED)
			i = tag->close;
		at = t->tags[i].end;
	}
	const char *to = end < t->n ? t->tags[end].start : t->limit;
	buf_add(r->out, at, (size_t)(to - at));
	return 0;
}

int template_put(struct template *t, const struct template_mode *mode, const struct tset *values,
                 struct buf *out, struct err *e)
{
	const struct run r = { .t = t, .mode = *mode, .out = out, .e = e };

	return put_tags(&r, 0, t->n, values, 0);
}

int template_render(const char *name, const char *text, const struct template_parts *parts,
                    const struct tset *values, enum escape escape, struct buf *out,
                    struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct template *t;

	if (template_read(&a, name, text, 0, strlen(text), parts, &t, e))
		return -1;
	return template_put(t, &(struct template_mode){ .escape = escape }, values, out, e);
}
