/* SPDX-License-Identifier: EUPL-1.2 */
/* OpenDocument text (ISO/IEC 26300): .odt, .ott. */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "internal.h"
#include "xml.h"
#include "zip.h"

enum { SPACES_MAX = 200 };

struct odt {
	struct sheet *sheet;
	bool headers; /* of styles.xml only the page headers are read */
	int in_header;
};

static bool is(const char *word, const char *other)
{
	return strcmp(word, other) == 0;
}

/* Deleted text, comments, notes, and what is hidden or only settings. */
static bool left_out(const char *name, const char **attributes)
{
	static const char *const out[] = { "tracked-changes", "note", "hidden-paragraph", "ruby-text" };
	const char *word = xml_local(name, "xmlns:text"), *hidden = xml_attribute(attributes, "is-hidden");

	for (size_t i = 0; i < ARRAY_LEN(out); i++)
		if (is(word, out[i]))
			return true;
	return (is(word, "hidden-text") && hidden && is(hidden, "true"))
	       || is(xml_local(name, "xmlns:office"), "annotation");
}

static void begin_text(struct odt *o, const char *word, const char **attributes)
{
	const char *count = xml_attribute(attributes, "c");
	long n = count ? strtol(count, NULL, 10) : 1;

	if (is(word, "p") || is(word, "h"))
		sheet_paragraph(o->sheet);
	else if (is(word, "tab"))
		sheet_tab(o->sheet);
	else if (is(word, "line-break"))
		sheet_break(o->sheet);
	else if (is(word, "soft-page-break"))
		sheet_page(o->sheet);
	else if (is(word, "s"))
		for (long i = 0; i < n && i < SPACES_MAX; i++)
			sheet_text(o->sheet, " ", 1);
}

static bool page_header(const char *name)
{
	const char *word = xml_local(name, "xmlns:style");

	return is(word, "header") || is(word, "header-first");
}

static bool begin(void *ctx, const char *name, const char **attributes)
{
	struct odt *o = ctx;
	const char *table = xml_local(name, "xmlns:table");

	if (left_out(name, attributes))
		return false;
	o->in_header += page_header(name);
	if (o->headers && !o->in_header)
		return true;
	begin_text(o, xml_local(name, "xmlns:text"), attributes);
	if (is(table, "table-row"))
		sheet_row(o->sheet);
	else if (is(table, "table-cell"))
		sheet_cell(o->sheet);
	return true;
}

static void end(void *ctx, const char *name)
{
	struct odt *o = ctx;
	const char *word = xml_local(name, "xmlns:text"), *table = xml_local(name, "xmlns:table");

	if (page_header(name))
		o->in_header--;
	else if (o->headers && !o->in_header)
		return;
	else if (is(word, "p") || is(word, "h"))
		sheet_paragraph_end(o->sheet);
	else if (is(table, "table-row"))
		sheet_row_end(o->sheet);
	else if (is(table, "table-cell"))
		sheet_cell_end(o->sheet);
}

static void text(void *ctx, const char *s, size_t len)
{
	struct odt *o = ctx;

	/* Outside a paragraph the sheet lets it go. */
	sheet_text(o->sheet, s, len);
}

static const char *read_part(struct odt *o, struct zip *z, const char *part)
{
	static const struct xml_handler handler = { .begin = begin, .end = end, .text = text };
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	int got = zip_part(z, part, &bytes);

	if (got < 0)
		return z->fault;
	if (got && xml_walk(bytes.data, bytes.len, &handler, o) == XML_READ)
		return NULL;
	return "the document is damaged, or protected with a password: save it anew without one, or as PDF";
}

const char *odt_read(struct zip *z, struct sheet *out)
{
	struct odt styles = { .sheet = out, .headers = true }, content = { .sheet = out };
	const char *fault = read_part(&styles, z, "styles.xml");

	return fault ? fault : read_part(&content, z, "content.xml");
}
