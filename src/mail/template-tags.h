/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_MAIL_TEMPLATE_TAGS_H
#define OVERSYN_SRC_MAIL_TEMPLATE_TAGS_H

#include "mail/template.h"

/* Sections and parts in each other: no letter needs more, and a template that
 * is damaged, or a part that holds itself, cannot exhaust the stack. */
enum { TEMPLATE_DEPTH = 32 };

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
	size_t close;  /* TAG_SECTION, TAG_INVERTED: the tag that closes it */
	struct template *part; /* TAG_PART: what it leads to, once it has been asked for */
};

/* A text, or a part of one, whose tags were found: from `from` to `limit`. */
struct template {
	const char *name, *text; /* the whole text: errors name its lines */
	const char *from, *limit;
	struct template_parts parts;
	struct arena *arena; /* where it lives, and its parts will */
	struct tag *tags; /* in the order of the text */
	size_t n, cap;
};

/*
 * Finds the tags of text[from … to), and pairs those of sections. ERR_USAGE on a
 * tag that cannot be read and on a section that does not close. Everything given
 * must live as long as the arena; parts may be NULL. Parts are read when they
 * are first rendered.
 */
int template_read(struct arena *a, const char *name, const char *text, size_t from, size_t to,
                  const struct template_parts *parts, struct template **out, struct err *e) MUST_USE;

/* ERR_USAGE that says what is wrong with a tag (NULL: with the text) on its line. */
int template_fail(const struct template *t, const char *at, const char *what, const struct tag *tag,
                  struct err *e);
int template_line(const struct template *t, const char *at);

/* How a template is rendered. */
struct template_mode {
	enum escape escape;
	bool all; /* goes through every section once, to find what is wrong in any */
	size_t longest; /* characters that are kept of each value; 0: all */
};
int template_put(struct template *t, const struct template_mode *mode, const struct tset *values,
                 struct buf *out, struct err *e) MUST_USE;

#endif
