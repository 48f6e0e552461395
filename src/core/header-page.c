/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum {
	PAGE_BYTES = 64 * 1024, /* a first page is a hundredth of this */
	PAGE_LINES = 600,
	HEADER_LINES = 80,      /* labels are looked for among so many */
	SENTENCE_BYTES = 600,
};

static const struct {
	const char *words;
	enum label_class class;
} labels[] = {
#include "labels.inc"
};

static bool word_goes_on(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
}

/* Bytes of the longest label that the folded text begins with; 0 for none. */
static size_t longest_label(const char *folded, struct label *out)
{
	size_t best = 0;

	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		size_t n = strlen(labels[i].words);
		if (n <= best || !text_starts(folded, labels[i].words) || word_goes_on(folded[n]))
			continue;
		best = n;
		out->class = labels[i].class;
		out->words = labels[i].words;
	}
	return best;
}

bool label_read(struct arena *a, const char *tidy, struct label *out)
{
	const char *folded = text_fold(a, tidy);
	size_t n = longest_label(folded, out);

	if (!n)
		return false;
	/* Folding may change a letter's length: then the folded value must do. */
	const char *value = (strlen(folded) == strlen(tidy) ? tidy : folded) + n;
	value += *value == '.';
	out->sign = false;
	for (; *value && strchr(" :;=", *value); value++)
		out->sign = out->sign || *value != ' ';
	out->value = value;
	return true;
}

static bool gap_at(const char *s, size_t len, size_t i, size_t *wide)
{
	size_t n = 0, spaces = 0;
	bool cut = false;

	while (i + n < len) {
		if (s[i + n] == ' ' || s[i + n] == '\t' || s[i + n] == '|') {
			cut = cut || s[i + n] != ' ';
			n++;
		} else if (i + n + 1 < len && memcmp(s + i + n, "\xc2\xa0", 2) == 0) {
			n += 2;
		} else {
			break;
		}
		spaces++;
	}
	*wide = n;
	return cut || spaces >= 2;
}

static void add_cell(struct arena *a, struct page *page, const char *s, size_t len)
{
	const char *text = text_tidy(a, arena_dupn(a, s, len));

	if (!*text)
		return;
	page->at = arena_grow(a, page->at, page->n, &page->cap, sizeof(*page->at));
	page->at[page->n++] = (struct cell){ .text = text, .line = page->lines };
}

static void cut_line(struct arena *a, struct page *page, const char *s, size_t len)
{
	size_t before = page->n, from = 0, wide;

	for (size_t i = 0; i < len; i++) {
		if (!gap_at(s, len, i, &wide))
			continue;
		add_cell(a, page, s + from, i - from);
		from = i + wide;
		i = from - 1;
	}
	add_cell(a, page, s + from, len - from);
	if (page->n > before)
		page->lines++;
}

static bool heading(const char *tidy, struct arena *a)
{
	static const char *const headings[] = {
		"inledning", "bakgrund", "syfte", "syfte och mål", "innehåll",
		"innehållsförteckning",
		"allmänt", "inledande bestämmelser", "definitioner", "mål",
		"bakgrund och syfte",
	};
	const char *folded = text_fold(a, tidy);

	/* "1 Inledning", "1. Inledning" */
	folded += strspn(folded, "0123456789. ");
	for (size_t i = 0; i < ARRAY_LEN(headings); i++) {
		if (strcmp(folded, headings[i]) == 0)
			return true;
	}
	return false;
}

/* "Besluts-" and "datum 2025-05-05": a label that was hyphenated is whole again. */
static void join_hyphens(struct arena *a, struct page *page)
{
	struct label label;

	for (size_t i = 0; i + 1 < page->n; i++) {
		struct cell *one = &page->at[i], *next = &page->at[i + 1];
		size_t len = strlen(one->text);
		if (len < 2 || one->text[len - 1] != '-' || next->line != one->line + 1)
			continue;
		const char *whole =
			arena_fmt(a, "%.*s%s", (int)len - 1, one->text, next->text);
		if (!label_read(a, whole, &label) || strlen(label.words) < len)
			continue;
		one->used = true;
		next->text = whole;
	}
}

struct page page_read(struct arena *a, const char *text)
{
	struct page page = { .n = 0 };
	size_t left = strnlen(text, PAGE_BYTES);

	while (left && page.lines < PAGE_LINES) {
		size_t len = 0;
		while (len < left && !strchr("\r\n\f\v", text[len]))
			len++;
		cut_line(a, &page, text, len);
		len += len < left;
		text += len;
		left -= len;
	}
	join_hyphens(a, &page);
	page.header_lines = page.lines < HEADER_LINES ? page.lines : HEADER_LINES;
	for (size_t i = 0; i < page.n; i++) {
		if (page.at[i].line < page.header_lines && heading(page.at[i].text, a))
			page.header_lines = page.at[i].line;
	}
	return page;
}

static void add_sentence(struct arena *a, struct sentences *s, struct buf *text)
{
	if (text->len) {
		s->at = arena_grow(a, s->at, s->n, &s->cap, sizeof(*s->at));
		s->at[s->n++] = arena_dup(a, text->data);
	}
	buf_clear(text);
}

static void add_prose(struct arena *a, struct sentences *s, struct buf *text, const char *more)
{
	if (text->len)
		buf_chr(text, ' ');
	for (; *more; more++) {
		buf_chr(text, *more);
		bool ends = *more == '.' && (more[1] == ' ' || !more[1]);
		if (ends || text->len >= SENTENCE_BYTES) {
			add_sentence(a, s, text);
			more += more[1] == ' ';
		}
	}
}

struct sentences page_sentences(struct arena *a, const struct page *page)
{
	struct sentences s = { .n = 0 };
	struct buf text AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < page->n; i++) {
		if (page->at[i].used)
			add_sentence(a, &s, &text);
		else
			add_prose(a, &s, &text, page->at[i].text);
	}
	add_sentence(a, &s, &text);
	return s;
}
