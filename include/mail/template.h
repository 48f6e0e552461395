/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_MAIL_TEMPLATE_H
#define OVERSYN_MAIL_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/*
 * Mustache (mustache(5), the public specification 1.4): {{name}},
 * {{#section}}…{{/section}}, {{^inverted}}, {{! comment}}, {{> part}}, with its
 * rules for lines that hold only a tag. Left out on purpose, and refused with
 * file and line: {{{name}}} and {{&name}} (a value is always escaped; how is a
 * parameter of the rendering), {{=<% %>=}} (other delimiters), {{a.b}} and {{.}}
 * (values have plain names), {{<parent}} and {{$block}}. There are no lambdas: a
 * value is text, a truth value or a list, never a function. A name that the
 * values do not hold, and a part that is not there, is an error and not an
 * empty string: it is a typing mistake.
 */
struct tvalue; /* text, a truth value, or a list of value sets */

enum { TSET_ROWS = 64 };

struct tset { /* named values; inner sets see the outer ones */
	struct tvalue *rows[TSET_ROWS]; /* by name: the latest of a name first */
	const struct tset *outer;
};

struct tvalue {
	struct tvalue *next; /* in its row */
	const char *name;
	size_t len; /* of the name */
	enum { TVALUE_TEXT, TVALUE_FLAG, TVALUE_LIST } type;
	const char *text; /* TVALUE_TEXT; a section on it is taken when it is not empty */
	bool flag;        /* TVALUE_FLAG */
	struct tset *list; /* TVALUE_LIST: n sets */
	size_t n;
};

/* A name must live as long as the set; a text is copied, and NULL is "". */
void tset_text(struct arena *a, struct tset *s, const char *name, const char *text);
void tset_flag(struct arena *a, struct tset *s, const char *name, bool flag);
void tset_list(struct arena *a, struct tset *s, const char *name, struct tset *list, size_t n);

enum escape {
	ESCAPE_NONE,     /* values as they are */
	ESCAPE_MARKDOWN, /* no Markdown or HTML in a value takes effect */
};

/* Where {{> part}} finds its text: gives the text and the name that errors
 * show. Whatever it gives may live in the arena. ERR_FOUND where there is no
 * such part: that is said with the line that asks for it; any other error is
 * the part's own. A template asks once for each place where it stands. */
struct template_parts {
	int (*find)(void *where, struct arena *a, const char *part, const char **shown,
	            const char **text, struct err *e);
	void *where;
};

/* Renders the template text; `name` is for errors ("sv/reminder.md:12: …"),
 * parts may be NULL. ERR_USAGE on an unknown name or a section that does not
 * close. */
int template_render(const char *name, const char *text, const struct template_parts *parts,
                    const struct tset *values, enum escape escape, struct buf *out,
                    struct err *e) MUST_USE;

/* A subject longer than this has its values shortened ("…"), so that what
 * stands last in it, the ref, is not cut off by somebody else. */
enum { SUBJECT_COLUMNS = 150 };

/*
 * A letter's template: its first line is the subject ("Subject: …"), then an
 * empty line, then Markdown with tables. Gives subject, text (the Markdown
 * with values as they are; lines are as written, those over 76 columns broken at
 * a space, a table's rows left whole, no line over 998 octets) and an HTML document
 * (lang set, no script, no remote content; a picture, or a link to anything but
 * mailto: and https:, is refused) from a Markdown library that
 * knows tables. The flag {{#html}} tells a template which of the two it is
 * rendered for: a link is of use only in one.
 */
struct rendered {
	struct buf subject, text, html;
};
#define RENDERED_INIT { BUF_INIT, BUF_INIT, BUF_INIT }
void rendered_release(struct rendered *r);
int template_letter(const char *name, const char *text, const struct template_parts *parts,
                    const struct tset *values, const char *language, struct rendered *out,
                    struct err *e) MUST_USE;

/*
 * The same in two steps, for who writes many letters of one template: it is read
 * once. What is given to the first must live as long as the arena, and so does
 * what it makes; its parts are read when a letter first needs them, and kept.
 */
struct letter_template;
int letter_template_read(struct arena *a, const char *name, const char *text,
                         const struct template_parts *parts, struct letter_template **out,
                         struct err *e) MUST_USE;
int letter_template_render(struct letter_template *t, const struct tset *values,
                           const char *language, struct rendered *out, struct err *e) MUST_USE;

/* Goes through every section of a letter's template, also those that these
 * values would skip: a mistake in a line that is seldom shown is found now. */
int template_check(const char *name, const char *text, const struct template_parts *parts,
                   const struct tset *values, struct err *e) MUST_USE;

#endif
