/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/csv.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

void csv_init(struct csv *c, const char *bytes, size_t len)
{
	*c = (struct csv){.at = bytes, .end = bytes + len, .separator = ';', .next_line = 1,
	                  .text = BUF_INIT};
	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		c->at += 3;
}

void csv_release(struct csv *c)
{
	mem_free(c->field);
	buf_release(&c->text);
	c->field = NULL;
	c->n = c->cap = 0;
}

static bool line_end(const struct csv *c)
{
	return c->at == c->end || *c->at == '\n' || *c->at == '\r';
}

/* Past one line end: LF, CR LF, or the lone CR of old spreadsheets. */
static void next_line(struct csv *c)
{
	if (c->at == c->end)
		return;
	if (*c->at++ == '\r' && c->at < c->end && *c->at == '\n')
		c->at++;
	c->next_line++;
}

static void skip_blanks(struct csv *c)
{
	while (c->at < c->end && (*c->at == ' ' || *c->at == '\t') && *c->at != c->separator)
		c->at++;
}

static void skip_line(struct csv *c)
{
	while (!line_end(c))
		c->at++;
	next_line(c);
}

/* What stands between quotes; at is on the opening one. A quote that is never
 * closed must not cost the rest of the file: reading goes on after its line. */
static const char *quoted(struct csv *c)
{
	const char *opened = ++c->at;
	int opened_on = c->next_line;

	while (c->at < c->end) {
		if (*c->at == '"') {
			if (++c->at == c->end || *c->at != '"')
				return NULL;
			buf_chr(&c->text, *c->at++);
		} else if (line_end(c)) {
			const char *from = c->at;
			next_line(c);
			buf_add(&c->text, from, (size_t)(c->at - from));
		} else {
			buf_chr(&c->text, *c->at++);
		}
	}
	c->at = opened;
	c->next_line = opened_on;
	return "the quote that opens here is never closed: add a \" or remove this one";
}

static void plain(struct csv *c)
{
	const char *from = c->at;

	while (!line_end(c) && *c->at != c->separator)
		c->at++;
	const char *to = c->at;
	while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
		to--;
	buf_add(&c->text, from, (size_t)(to - from));
}

/* Reads one field into c->text; NULL, or what is wrong with it. */
static const char *read_field(struct csv *c)
{
	size_t start = c->text.len;

	skip_blanks(c);
	if (c->at < c->end && *c->at == '"') {
		const char *fault = quoted(c);
		if (fault)
			return fault;
		skip_blanks(c);
		if (!line_end(c) && *c->at != c->separator)
			return "text after a closing quote: write a quote inside a quoted field twice";
	} else {
		plain(c);
	}
	const char *bytes = c->text.data + start;
	size_t len = c->text.len - start;
	if (memchr(bytes, '\0', len))
		return "a NUL byte: save the file as CSV in UTF-8, not UTF-16";
	if (!text_is_utf8(bytes, len))
		return "not UTF-8: save the file as CSV in UTF-8";
	buf_chr(&c->text, '\0');
	c->n++;
	return NULL;
}

/* Only now: the buffer moved while it grew. */
static bool point_at_fields(struct csv *c)
{
	const char *end = c->text.data + c->text.len;
	bool any = false;
	size_t n = 0;

	for (char *at = c->text.data; at < end; at += strlen(at) + 1) {
		c->field = mem_grow(c->field, n, &c->cap, sizeof(*c->field));
		c->field[n++] = at;
		any = any || *at;
	}
	return any;
}

int csv_row(struct csv *c, struct err *e)
{
	while (c->at < c->end) {
		c->line = c->next_line;
		c->n = 0;
		buf_clear(&c->text);
		while (!(c->fault = read_field(c)) && c->at < c->end && *c->at == c->separator)
			c->at++;
		if (c->fault) {
			skip_line(c);
			c->n++;
			return err_set(e, ERR_FOUND, "line %d, column %zu: %s", c->line, c->n, c->fault);
		}
		next_line(c);
		if (point_at_fields(c))
			return 1;
	}
	c->n = 0;
	return 0;
}

void csv_put(struct buf *out, const char *field)
{
	size_t n = field ? strlen(field) : 0;

	if (!n)
		return;
	if (!strpbrk(field, ";\"\r\n") && !strchr(" \t", field[0]) && !strchr(" \t", field[n - 1])) {
		buf_str(out, field);
		return;
	}
	buf_chr(out, '"');
	for (; *field; field++) {
		if (*field == '"')
			buf_chr(out, '"');
		buf_chr(out, *field);
	}
	buf_chr(out, '"');
}
