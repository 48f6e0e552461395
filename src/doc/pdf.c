/* SPDX-License-Identifier: EUPL-1.2 */
/* PDF (ISO 32000): poppler says where each letter stands; lines and columns
 * are found from that. No font is drawn, so no font is looked for. */
#include <config.h>

#include <poppler.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "internal.h"

enum {
	WORDS_MAX = 20000, /* of a page */
	END_BYTES = 4096,  /* %%EOF stands among so many last ones */
};

/* Of the height of a line: a gap that parts words, and one that parts cells. */
#define WORD_GAP 0.3
#define CELL_GAP 0.9

/* Letters that stand together; y grows downwards, in points. */
struct word {
	double left, right, top, bottom;
	const char *text;
	size_t len, letters;
};

struct words {
	struct word *at;
	size_t n, cap;
};

static void add_letter(struct words *w, const char *text, size_t len, const PopplerRectangle *r,
                       bool joins)
{
	if (!joins) {
		w->at = mem_grow(w->at, w->n, &w->cap, sizeof(*w->at));
		w->at[w->n++] = (struct word){
			.left = r->x1, .right = r->x2, .top = r->y1, .bottom = r->y2, .text = text,
		};
	}
	struct word *at = &w->at[w->n - 1];
	at->left = r->x1 < at->left ? r->x1 : at->left;
	at->right = r->x2 > at->right ? r->x2 : at->right;
	at->top = r->y1 < at->top ? r->y1 : at->top;
	at->bottom = r->y2 > at->bottom ? r->y2 : at->bottom;
	at->len = (size_t)(text - at->text) + len;
	at->letters++;
}

/* poppler writes no space where one cell of a table ends and the next begins. */
static bool touches(const PopplerRectangle *before, const PopplerRectangle *r)
{
	double height = before->y2 - before->y1, gap = r->x1 - before->x2;

	return gap < WORD_GAP * height && gap > -height && r->y1 < before->y2 && r->y2 > before->y1;
}

/* Text and boxes go side by side, one box for each code point. */
static void find_words(const char *text, const PopplerRectangle *boxes, size_t n, struct words *w)
{
	bool joins = false;

	for (size_t i = 0; *text && i < n && w->n < WORDS_MAX; i++) {
		const char *from = text;
		uint32_t c = text_next(&text);
		bool space = c <= ' ' || c == 0xA0;
		if (!space)
			add_letter(w, from, (size_t)(text - from), &boxes[i],
			           joins && touches(&boxes[i - 1], &boxes[i]));
		joins = !space;
	}
}

/* What runs up the margin is no line of the page. */
static bool upright(const struct word *w)
{
	return w->letters < 4 || w->bottom - w->top <= 1.5 * (w->right - w->left);
}

static int by_top(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	double p = x->top + x->bottom, q = y->top + y->bottom;

	return (p > q) - (p < q);
}

static int by_left(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	return (x->left > y->left) - (x->left < y->left);
}

/* Words whose middles lie within the first one's height are its line. */
static size_t line_of(const struct words *w, size_t from)
{
	size_t end = from;

	while (end < w->n && (w->at[end].top + w->at[end].bottom) / 2 < w->at[from].bottom)
		end++;
	return end > from ? end : from + 1;
}

static void write_line(struct word *at, size_t n, struct sheet *out)
{
	struct buf line AUTO(buf_release) = BUF_INIT;

	qsort(at, n, sizeof(*at), by_left);
	for (size_t i = 0; i < n; i++) {
		double gap = i ? at[i].left - at[i - 1].right : 0;
		if (i)
			buf_chr(&line, gap > CELL_GAP * (at[i].bottom - at[i].top) ? '\t' : ' ');
		buf_add(&line, at[i].text, at[i].len);
	}
	sheet_line(out, line.data, line.len);
}

static void write_words(struct words *w, struct sheet *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < w->n; i++)
		if (upright(&w->at[i]))
			w->at[kept++] = w->at[i];
	w->n = kept;
	if (w->n)
		qsort(w->at, w->n, sizeof(*w->at), by_top);
	for (size_t from = 0, end; from < w->n; from = end) {
		end = line_of(w, from);
		write_line(w->at + from, end - from, out);
	}
}

static void read_page(PopplerPage *page, struct sheet *out)
{
	struct words w = { .n = 0 };
	PopplerRectangle *boxes = NULL;
	guint n = 0;
	char *text = poppler_page_get_text(page);

	if (text && text_is_utf8(text, strlen(text)) && poppler_page_get_text_layout(page, &boxes, &n)) {
		find_words(text, boxes, n, &w);
		write_words(&w, out);
	}
	mem_free(w.at);
	g_free(boxes);
	g_free(text);
}

static const char *fault_of(GError *error)
{
	bool locked = error && error->domain == POPPLER_ERROR && error->code == POPPLER_ERROR_ENCRYPTED;

	g_clear_error(&error);
	return locked ? "the PDF is protected with a password: save it without one"
	              : "the PDF is damaged or cut off: save it again, or fetch it again";
}

/* poppler mends what it can, and would give the half of a file for the whole. */
static bool cut_off(const char *bytes, size_t len)
{
	size_t tail = len < END_BYTES ? len : END_BYTES;

	return !memmem(bytes + len - tail, tail, "%%EOF", 5);
}

const char *pdf_read(const char *bytes, size_t len, int pages, struct sheet *out)
{
	GError *error = NULL;

	if (cut_off(bytes, len))
		return fault_of(NULL);
	GBytes *copy = g_bytes_new_static(bytes, len);
	PopplerDocument *doc = poppler_document_new_from_bytes(copy, NULL, &error);
	g_bytes_unref(copy);
	if (!doc)
		return fault_of(error);
	int n = poppler_document_get_n_pages(doc), read = 0;
	for (int i = 0; i < n && i < pages; i++) {
		PopplerPage *page = poppler_document_get_page(doc, i);
		if (!page)
			continue;
		read_page(page, out);
		g_object_unref(page);
		read++;
	}
	g_object_unref(doc);
	if (!read)
		return fault_of(NULL);
	return out->out.len ? NULL
	       : "the PDF holds no text: it is a scanned picture; have its text recognised (OCR), save it as PDF "
	         "from Word, or write its first page as plain text";
}

/* The least that has a page with text: reading it once makes poppler set up
 * all that it looks for in files. */
void pdf_warm_up(void)
{
	static const char least[] =
		"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
		"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
		"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
		"4 0 obj<</Length 31>>stream\nBT /F 9 Tf 9 9 Td (Text) Tj ET\nendstream endobj\n"
		"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
		"trailer<</Root 1 0 R>>\n%%EOF\n";
	struct sheet sheet AUTO(sheet_release);

	sheet_init(&sheet, 1);
	(void)pdf_read(least, sizeof(least) - 1, 1, &sheet);
}
