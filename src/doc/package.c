/* SPDX-License-Identifier: EUPL-1.2 */
/* Which kind of document a zip is. */
#include <string.h>

#include "base/text.h"
#include "internal.h"
#include "xml.h"
#include "zip.h"

static const char neither[] =
	"this is neither a Word document (.docx) nor an OpenDocument text (.odt): save the document as one "
	"of them, or as PDF";

struct root {
	struct arena *a;
	const char *main_part;
};

static bool begin(void *ctx, const char *name, const char **attributes)
{
	struct root *r = ctx;
	const char *type = xml_attribute(attributes, "Type"), *target = xml_attribute(attributes, "Target");

	if (!r->main_part && type && target && !strcmp(xml_local(name, "relationships"), "Relationship")
	    && text_ends(type, "/officeDocument"))
		r->main_part = arena_dup(r->a, target + (*target == '/'));
	return true;
}

static void end(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
}

/* Word's main part is named by the package; "word/document.xml", nearly always. */
static const char *read_word(struct arena *a, struct zip *z, const struct buf *relations,
                             struct sheet *out)
{
	static const struct xml_handler handler = { .begin = begin, .end = end };
	struct root r = { .a = a };

	if (xml_walk(relations->data, relations->len, &handler, &r) != XML_READ)
		return "the document's XML is damaged: save it anew in Word, or as PDF";
	if (!r.main_part)
		return neither;
	if (text_starts(r.main_part, "xl/"))
		return "this is an Excel workbook: save the document as Word (.docx) or PDF";
	if (text_starts(r.main_part, "ppt/"))
		return "this is a PowerPoint presentation: save the document as Word (.docx) or PDF";
	return docx_read(a, z, r.main_part, out);
}

static const char *read_any(struct arena *a, const char *bytes, size_t len, struct sheet *out)
{
	struct zip z = { .bytes = bytes, .len = len };
	struct buf relations AUTO(buf_release) = BUF_INIT, type AUTO(buf_release) = BUF_INIT;
	int got = zip_part(&z, "_rels/.rels", &relations);

	if (got > 0)
		return read_word(a, &z, &relations, out);
	if (got == 0)
		got = zip_part(&z, "mimetype", &type);
	if (got < 0)
		return z.fault;
	return text_starts(type.data, "application/vnd.oasis.opendocument.text") ? odt_read(&z, out) : neither;
}

const char *package_read(struct arena *a, const char *bytes, size_t len, struct sheet *out)
{
	const char *fault = read_any(a, bytes, len, out);

	return fault || out->out.len ? fault
	       : "the document holds no text, perhaps a picture of it: write its first page as text";
}
