/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "mail/template.h"

#include <string.h>

#include "base/text.h"
#include "escape.h"

/* Sections and parts in each other: no letter needs more, and a template that
 * is damaged, or a part that holds itself, cannot exhaust the stack. */
enum { DEPTH_MAX = 32 };

enum tag_kind { TAG_VALUE, TAG_SECTION, TAG_INVERTED, TAG_CLOSE, TAG_PART, TAG_COMMENT };

/* One {{…}}; start and end take in the whole line where the tag stands alone
 * on it and leaves no trace. */
struct tag {
	enum tag_kind kind;
	const char *name;
	size_t len;
	const char *at; /* the first brace */
	const char *start, *end;
	size_t indent; /* TAG_PART: the blanks before one that stands alone */
};

struct run {
	const char *name;
	const char *text, *limit;
	const struct template_parts *parts;
	enum escape escape;
	bool all; /* every section is gone through once, whatever the values say */
	size_t longest; /* characters of a value; 0: as many as it has */
	struct buf *out;
	struct err *e;
};

static void tset_add(struct tset *s, struct tvalue *v)
{
	v->next = s->first;
	s->first = v;
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

static int line_of(const struct run *r, const char *at)
{
	int line = 1;

	for (const char *p = r->text; p < at; p++)
		line += *p == '\n';
	return line;
}

static int fail(const struct run *r, const char *at, const char *what, const struct tag *tag)
{
	int len = tag ? (int)(tag->len < 80 ? tag->len : 80) : 0;

	return err_set(r->e, ERR_USAGE, "%s:%d: %s%s%.*s%s", r->name, line_of(r, at), what,
	               tag ? " \"" : "", len, tag ? tag->name : "", tag ? "\"" : "");
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
static void take_line(const struct run *r, struct tag *tag)
{
	const char *from = tag->start, *to = tag->end;

	while (from > r->text && blank(from[-1]))
		from--;
	if (from > r->text && from[-1] != '\n')
		return;
	while (to < r->limit && blank(*to))
		to++;
	if (to < r->limit && *to != '\n')
		return;
	tag->indent = (size_t)(tag->start - from);
	tag->start = from;
	tag->end = to < r->limit ? to + 1 : to;
}

static int read_kind(const struct run *r, struct tag *tag)
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

static int check_name(const struct run *r, const struct tag *tag)
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
static int next_tag(const struct run *r, const char *at, struct tag *tag)
{
	const char *open = find(at, r->limit, '{');
	if (!open)
		return 0;
	const char *close = find(open + 2, r->limit, '}');
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

static const struct tvalue *lookup(const struct tset *set, const struct tag *tag)
{
	for (; set; set = set->outer) {
		for (const struct tvalue *v = set->first; v; v = v->next) {
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
		escape_value(text_cut(&a, whole.data, r->longest), r->escape, r->out);
}

static int put_value(const struct run *r, const struct tag *tag, const struct tset *set)
{
	const struct tvalue *v = lookup(set, tag);

	if (!v)
		return fail(r, tag->at, "unknown name", tag);
	if (v->type != TVALUE_TEXT)
		return fail(r, tag->at, "opens a section, is no text:", tag);
	if (r->longest)
		put_short(v->text, r);
	else
		escape_value(v->text, r->escape, r->out);
	return 0;
}

static const char *part(const struct run *r, const char *at, const struct tag *open,
                        const struct tset *set, int depth);

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

static const char *each(const struct run *r, const struct tag *tag, const struct tvalue *v,
                        const struct tset *set, int depth)
{
	const char *after = NULL;

	if (inside(v, set)) {
		(void)fail(r, tag->at, "a list within itself:", tag);
		return NULL;
	}
	for (size_t i = 0; i < v->n; i++) {
		v->list[i].outer = set;
		after = part(r, tag->end, tag, &v->list[i], depth);
		if (!after)
			break;
	}
	return after;
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

/* Renders one section and returns what follows its closing tag. */
static const char *section(const struct run *r, const struct tag *tag, const struct tset *set,
                           int depth)
{
	const struct tvalue *v = NULL;
	bool taken = false;

	if (depth >= DEPTH_MAX) {
		(void)fail(r, tag->at, "too many sections within each other:", tag);
		return NULL;
	}
	if (set) {
		v = lookup(set, tag);
		if (!v) {
			(void)fail(r, tag->at, "unknown name", tag);
			return NULL;
		}
		taken = truth(v) == (tag->kind == TAG_SECTION) || r->all;
	}
	if (taken && v->type == TVALUE_LIST && v->n && tag->kind == TAG_SECTION)
		return each(r, tag, v, set, depth + 1);
	return part(r, tag->end, tag, taken ? set : NULL, depth + 1);
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

/* A template within a template sees the same values; what is wrong in it is
 * said with its own name and line. */
static int put_part(const struct run *r, const struct tag *tag, const struct tset *set, int depth)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct run inner = *r;
	struct err why = ERR_INIT;

	if (depth >= DEPTH_MAX)
		return fail(r, tag->at, "too many parts within each other:", tag);
	if (!r->parts)
		return fail(r, tag->at, "there are no parts here:", tag);
	if (r->parts->find(r->parts->where, &a, arena_dupn(&a, tag->name, tag->len), &inner.name,
	                   &inner.text, &why))
		return why.kind == ERR_FOUND ? err_set(r->e, ERR_USAGE, "%s:%d: %s", r->name,
		                                       line_of(r, tag->at), why.text)
		                             : err_set(r->e, why.kind, "%s", why.text);
	if (tag->indent)
		inner.text = indented(&a, inner.text, tag->start, tag->indent);
	inner.limit = inner.text + strlen(inner.text);
	return part(&inner, inner.text, NULL, set, depth + 1) ? 0 : -1;
}

/*
 * Renders from `at` to the tag that closes `open` (or to the end) and returns
 * what follows; without a set it only finds the way. NULL: failed.
 */
static const char *part(const struct run *r, const char *at, const struct tag *open,
                        const struct tset *set, int depth)
{
	for (;;) {
		struct tag tag;
		int found = next_tag(r, at, &tag);

		if (found < 0)
			return NULL;
		const char *to = found ? tag.start : r->limit;
		if (set)
			buf_add(r->out, at, (size_t)(to - at));
		if (!found) {
			if (!open)
				return r->limit;
			(void)fail(r, open->at, "no {{/…}} closes the section", open);
			return NULL;
		}
		at = tag.end;
		switch (tag.kind) {
		case TAG_VALUE:
			if (set && put_value(r, &tag, set))
				return NULL;
			break;
		case TAG_SECTION:
		case TAG_INVERTED:
			at = section(r, &tag, set, depth);
			if (!at)
				return NULL;
			break;
		case TAG_CLOSE:
			if (open && open->len == tag.len && !memcmp(open->name, tag.name, tag.len))
				return at;
			(void)fail(r, tag.at, "closes what is not open here:", &tag);
			return NULL;
		case TAG_PART:
			if (set && put_part(r, &tag, set, depth))
				return NULL;
			break;
		case TAG_COMMENT:
			break;
		}
	}
}

int template_render_range(const struct template_job *job, size_t from, size_t to,
                          const struct tset *values, enum escape escape, struct buf *out,
                          struct err *e)
{
	const struct run r = { .name = job->name,
	                       .text = job->text,
	                       .limit = job->text + to,
	                       .parts = job->parts,
	                       .escape = escape,
	                       .all = job->all,
	                       .longest = job->longest,
	                       .out = out,
	                       .e = e };

	return part(&r, job->text + from, NULL, values, 0) ? 0 : -1;
}

int template_render(const char *name, const char *text, const struct template_parts *parts,
                    const struct tset *values, enum escape escape, struct buf *out,
                    struct err *e)
{
	const struct template_job job = { .name = name, .text = text, .parts = parts };

	return template_render_range(&job, 0, strlen(text), values, escape, out, e);
}
