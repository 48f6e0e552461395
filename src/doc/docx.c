/* SPDX-License-Identifier: EUPL-1.2 */
/* WordprocessingML (ECMA-376, ISO/IEC 29500): .docx, .docm, .dotx. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "internal.h"
#include "xml.h"
#include "zip.h"

/* Inside a paragraph or a run; they nest, since a run can hold a text box. */
struct inside {
	bool run, hidden;
};

struct docx {
	struct arena *a;
	struct sheet *sheet;
	struct inside at[DOCUMENT_MAX_DEPTH + 1];
	size_t n; /* at[n] is where we are */
	bool in_text;
	/* A content control that nobody has filled in shows a hint in place of a
	 * value; it is written in brackets, as forms without controls do. */
	enum { HINT_NONE, HINT_COMING, HINT_OPEN } hint;
	bool hint_bare; /* it has no bracket of its own */
	/* The headers of the first section, by the ids of their relationships. */
	const char *first, *standard;
	bool title_page, section_ended, continuous;
};

static const char *local(const char *name)
{
	return xml_local(name, "wordprocessingml");
}

static bool is(const char *word, const char *other)
{
	return strcmp(word, other) == 0;
}

/* A property that is there is on, unless it says that it is not. */
static bool on(const char **attributes)
{
	const char *val = xml_attribute(attributes, "val");

	return !val || (!is(val, "0") && !is(val, "false") && !is(val, "off"));
}

static bool one_of(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is(word, list[i]))
			return true;
	return false;
}

/* What no reader of the page sees, or would see twice. */
static bool left_out(const char *name, const char *word)
{
	static const char *const out[] = {
		"del", "moveFrom", "tabs", "footnote", "endnote", "rt", "sectPrChange", "pPrChange",
		"rPrChange", "tblPrChange", "trPrChange", "tcPrChange",
	};

	return one_of(word, out, ARRAY_LEN(out))
	       || is(xml_local(name, "markup-compatibility"), "Fallback");
}

static void take_header(struct docx *d, const char **attributes)
{
	const char *type = xml_attribute(attributes, "type"), *id = xml_attribute(attributes, "id");

	if (d->section_ended || !id)
		return;
	if (type && is(type, "first"))
		d->first = arena_dup(d->a, id);
	else if (!type || is(type, "default"))
		d->standard = arena_dup(d->a, id);
}

static void begin_section(struct docx *d, const char *word, const char **attributes)
{
	const char *val = xml_attribute(attributes, "val");

	if (is(word, "headerReference"))
		take_header(d, attributes);
	else if (is(word, "titlePg") && !d->section_ended)
		d->title_page = on(attributes);
	else if (is(word, "type"))
		d->continuous = val && is(val, "continuous");
}

static void go_inside(struct docx *d, bool run)
{
	bool hidden = d->at[d->n].hidden;

	d->at[++d->n] = (struct inside){ .run = run, .hidden = hidden };
}

static void begin_in_run(struct docx *d, const char *word, const char **attributes)
{
	const char *type = xml_attribute(attributes, "type");

	if (is(word, "vanish"))
		d->at[d->n].hidden = on(attributes);
	else if (is(word, "t"))
		d->in_text = true;
	else if (is(word, "lastRenderedPageBreak") || (is(word, "br") && type && is(type, "page")))
		sheet_page(d->sheet);
	else if (is(word, "tab") || is(word, "ptab"))
		sheet_tab(d->sheet);
	else if (is(word, "br") || is(word, "cr"))
		sheet_break(d->sheet);
	else if (is(word, "noBreakHyphen"))
		sheet_text(d->sheet, "-", 1);
	else if (is(word, "softHyphen"))
		sheet_text(d->sheet, "\xc2\xad", 2);
}

static bool begin(void *ctx, const char *name, const char **attributes)
{
	struct docx *d = ctx;
	const char *word = local(name);

	if (left_out(name, word))
		return false;
	if (is(word, "p")) {
		go_inside(d, false);
		sheet_paragraph(d->sheet);
	} else if (is(word, "tr")) {
		sheet_row(d->sheet);
	} else if (is(word, "tc")) {
		sheet_cell(d->sheet);
	} else if (is(word, "pageBreakBefore") && on(attributes)) {
		sheet_page(d->sheet);
	} else if (is(word, "showingPlcHdr")) {
		d->hint = on(attributes) ? HINT_COMING : HINT_NONE;
	} else if (is(word, "sectPr")) {
		d->continuous = false;
	} else if (is(word, "r")) {
		go_inside(d, true);
	} else if (d->at[d->n].run) {
		begin_in_run(d, word, attributes);
	} else {
		begin_section(d, word, attributes);
	}
	return true;
}

static void end_hint(struct docx *d)
{
	if (d->hint == HINT_OPEN && d->hint_bare)
		sheet_text(d->sheet, "]", 1);
	d->hint = HINT_NONE;
}

static void end(void *ctx, const char *name)
{
	struct docx *d = ctx;
	const char *word = local(name);

	if (is(word, "t")) {
		d->in_text = false;
	} else if (is(word, "r")) {
		d->n--;
	} else if (is(word, "p")) {
		if (d->hint == HINT_OPEN)
			end_hint(d);
		d->n--;
		sheet_paragraph_end(d->sheet);
	} else if (is(word, "sdt")) {
		end_hint(d);
	} else if (is(word, "tc")) {
		sheet_cell_end(d->sheet);
	} else if (is(word, "tr")) {
		sheet_row_end(d->sheet);
	} else if (is(word, "sectPr")) {
		d->section_ended = true;
		if (!d->continuous)
			sheet_page(d->sheet);
	}
}

static void text(void *ctx, const char *s, size_t len)
{
	struct docx *d = ctx;

	if (!d->in_text || d->at[d->n].hidden)
		return;
	if (d->hint == HINT_COMING && len) {
		d->hint = HINT_OPEN;
		d->hint_bare = *s != '[';
		if (d->hint_bare)
			sheet_text(d->sheet, "[", 1);
	}
	sheet_text(d->sheet, s, len);
}

static const char *fault_of(enum xml_result r)
{
	switch (r) {
	case XML_READ:
		return NULL;
	case XML_HAS_DTD:
	case XML_TOO_DEEP:
		return "the document's XML is not as Word writes it, but as made to do harm: save it anew in "
		       "Word, or as PDF";
	case XML_BROKEN:
		break;
	}
	return "the document's XML is damaged: save it anew in Word, or as PDF";
}

static const char *read_part(struct docx *d, struct zip *z, const char *part)
{
	static const struct xml_handler handler = { .begin = begin, .end = end, .text = text };
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	int got = zip_part(z, part, &bytes);

	if (got < 0)
		return z->fault;
	if (!got)
		return "the document lacks the part that holds its text: save it anew in Word, or as PDF";
	return fault_of(xml_walk(bytes.data, bytes.len, &handler, d));
}

/* ---- which part is the header ---- */

struct relations {
	struct arena *a;
	const char *id, *target;
};

static bool begin_relation(void *ctx, const char *name, const char **attributes)
{
	struct relations *r = ctx;
	const char *id = xml_attribute(attributes, "Id"), *target = xml_attribute(attributes, "Target");

	if (is(xml_local(name, "relationships"), "Relationship") && id && target && is(id, r->id))
		r->target = arena_dup(r->a, target);
	return true;
}

static void end_relation(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
}

/* The part that a relationship of the main part points at; NULL. */
static const char *related(struct arena *a, struct zip *z, const char *main_part, const char *id)
{
	static const struct xml_handler handler = { .begin = begin_relation, .end = end_relation };
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	struct relations r = { .a = a, .id = id };
	const char *slash = strrchr(main_part, '/'), *file = slash ? slash + 1 : main_part;
	int folder = (int)(file - main_part);

	if (!id || zip_part(z, arena_fmt(a, "%.*s_rels/%s.rels", folder, main_part, file), &bytes) <= 0
	    || xml_walk(bytes.data, bytes.len, &handler, &r) != XML_READ || !r.target)
		return NULL;
	return *r.target == '/' ? r.target + 1 : arena_fmt(a, "%.*s%s", folder, main_part, r.target);
}

/* What stands above the first pages; a header that cannot be read is left out,
 * since the document itself could be. */
static const char *read_header(struct docx *body, struct zip *z, const char *main_part,
                               const char *id, struct sheet *out)
{
	const char *part = related(body->a, z, main_part, id);
	struct docx d = { .a = body->a, .sheet = out };

	return part ? read_part(&d, z, part) : NULL;
}

const char *docx_read(struct arena *a, struct zip *z, const char *main_part, struct sheet *out)
{
	struct sheet body AUTO(sheet_release);
	struct docx d = { .a = a, .sheet = &body };

	sheet_init(&body, out->pages_left);
	const char *fault = read_part(&d, z, main_part);
	if (!fault && d.title_page)
		fault = read_header(&d, z, main_part, d.first, out);
	if (!fault)
		fault = read_header(&d, z, main_part, d.standard, out);
	sheet_append(out, &body);
	return fault;
}
