/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "doc/document.h"

#include <string.h>

#include "base/text.h"
#include "internal.h"

static bool begins(const char *bytes, size_t len, const char *magic, size_t n)
{
	return len >= n && !memcmp(bytes, magic, n);
}

#define BEGINS(magic) begins(bytes, len, magic, sizeof(magic) - 1)

enum format { FORMAT_TEXT, FORMAT_PDF, FORMAT_ZIP, FORMAT_OLE, FORMAT_RTF, FORMAT_UTF16 };

/* A PDF's mark may stand somewhat into the file (ISO 32000-1, annex H). */
static bool is_pdf(const char *bytes, size_t len)
{
	return memmem(bytes, len < 1024 ? len : 1024, "%PDF-", 5) != NULL;
}

static enum format format_of(const char *bytes, size_t len)
{
	if (BEGINS("PK\3\4") || BEGINS("PK\5\6"))
		return FORMAT_ZIP;
	if (BEGINS("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
		return FORMAT_OLE;
	if (BEGINS("{\\rtf"))
		return FORMAT_RTF;
	if (BEGINS("\xff\xfe") || BEGINS("\xfe\xff"))
		return FORMAT_UTF16;
	return is_pdf(bytes, len) ? FORMAT_PDF : FORMAT_TEXT;
}

static const char *text_read(const char *bytes, size_t len, struct sheet *out)
{
	if (!text_is_utf8(bytes, len) || memchr(bytes, '\0', len))
		return "this is not UTF-8 text, nor PDF, Word (.docx) or OpenDocument (.odt): save it as one of "
		       "them";
	buf_add(&out->out, bytes, len < DOCUMENT_MAX_TEXT ? len : DOCUMENT_MAX_TEXT);
	return NULL;
}

static const char *read_as(enum format format, struct arena *a, const char *bytes, size_t len, int pages,
                           struct sheet *out)
{
	switch (format) {
	case FORMAT_TEXT:
		return text_read(bytes, len, out);
	case FORMAT_PDF:
		return pdf_read(bytes, len, pages, out);
	case FORMAT_ZIP:
		return package_read(a, bytes, len, out);
	case FORMAT_OLE:
		return "this is a Word document of the old kind (.doc), or one protected with a password: save it "
		       "as .docx without a password, or as PDF";
	case FORMAT_RTF:
		return "this is rich text (.rtf): save it as Word (.docx) or PDF";
	case FORMAT_UTF16:
		return "this is text in UTF-16: save it as UTF-8";
	}
	return NULL;
}

/* Whole characters of it, as a string. */
static const char *tidy(struct arena *a, struct buf *b)
{
	while (b->len && !text_is_utf8(b->data, b->len) && b->len + 4 > DOCUMENT_MAX_TEXT)
		buf_cut(b, b->len - 1);
	return text_is_utf8(b->data, b->len) ? arena_dupn(a, b->data, b->len) : NULL;
}

void document_read(struct arena *a, const char *bytes, size_t len, int pages, struct document *out)
{
	struct sheet sheet AUTO(sheet_release);

	*out = (struct document){ .text = NULL };
	pages = pages < 1 ? 1 : pages > DOCUMENT_MAX_PAGES ? DOCUMENT_MAX_PAGES : pages;
	sheet_init(&sheet, pages);
	if (len > DOCUMENT_MAX_BYTES)
		out->fault = "the file is larger than 50 MB: save its first pages as a file of their own";
	else
		out->fault = read_as(format_of(bytes, len), a, bytes, len, pages, &sheet);
	if (!out->fault)
		out->text = tidy(a, &sheet.out);
	if (!out->fault && !out->text)
		out->fault = "the file's text is damaged: save it anew, or as plain text in UTF-8";
}

void document_warm_up(void)
{
	pdf_warm_up();
}
