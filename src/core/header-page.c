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
	FULL_LINE = 45,         /* code points: a shorter line of prose has ended */
	TAB_STOP = 8,
};

size_t text_bytes(const char *text, size_t points)
{
	const char *at = text;

	while (points-- && *at)
		text_next(&at);
	return (size_t)(at - text);
}

bool text_capital(const char *text)
{
	return (*text >= 'A' && *text <= 'Z') ||
	       ((unsigned char)text[0] == 0xC3 && (unsigned char)text[1] < 0x9F);
}

bool text_small(const char *text)
{
	return (*text >= 'a' && *text <= 'z') ||
	       ((unsigned char)text[0] == 0xC3 && (unsigned char)text[1] >= 0xA0);
}

size_t text_words(const char *text)
{
	size_t n = 1;

	for (; *text; text++)
		n += *text == ' ';
	return n;
}

/* Where in its line the reader is. */
struct place {
	size_t column, tab;
};

/* Bytes of the gap that begins here; 0 when words go on. The place moves on. */
static size_t gap_bytes(const char *s, size_t len, struct place *p)
{
	struct place to = *p;
	size_t n = 0, spaces = 0;
	bool cut = false;

	while (n < len) {
		bool hard = s[n] == '\t' || s[n] == '|';
		size_t step = n + 1 < len && memcmp(s + n, "\xc2\xa0", 2) == 0 ? 2 : 1;
		if (!hard && s[n] != ' ' && step == 1)
			break;
		cut = cut || hard;
		to.tab += hard;
		to.column = s[n] == '\t' ? to.column / TAB_STOP * TAB_STOP + TAB_STOP
		                         : to.column + 1;
		n += step;
		spaces++;
	}
	if (!cut && spaces < 2)
		return 0;
	*p = to;
	return n;
}

/* Signs of a list, a heading or bold print at the front say nothing here. */
static const char *undecorated(const char *text)
{
	static const char *const marks[] = { "•", "\xef\x82\xb7", "▪", "◦", "*", "#", "–", "-", "o " };

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		size_t n = strlen(marks[i]);
		if (!text_starts(text, marks[i]))
			continue;
		while (text_starts(text + n, marks[i]))
			n += strlen(marks[i]);
		if (text[n] == ' ' && text[n + 1])
			return text + n + 1;
		/* "**Dnr:**" is bold, "-" alone is a value. */
		if ((*text == '*' || *text == '#') && text[n])
			return text + n;
		/* "o " is a bullet of old word processors when a name follows. */
		if (*text == 'o' && text_capital(text + n))
			return text + n;
	}
	return text;
}

static void add_cell(struct arena *a, struct page *page, const char *s, size_t len,
                     struct place p)
{
	bool soft = len >= 2 && memcmp(s + len - 2, "\xc2\xad", 2) == 0;
	const char *tidy = text_tidy(a, arena_dupn(a, s, len));
	const char *text = undecorated(tidy);
	const char *bold = strstr(text, "**");

	if (bold)
		text = arena_fmt(a, "%.*s%s", (int)(bold - text), text, bold + 2);
	if (soft) /* a word that goes on in the next line */
		text = arena_fmt(a, "%s-", text);
	if (!*text)
		return;
	page->at = arena_grow(a, page->at, page->n, &page->cap, sizeof(*page->at));
	page->at[page->n++] = (struct cell){
		.text = text, .line = page->lines, .column = p.column, .tab = p.tab,
		.width = text_width(text),
	};
}

/* Cuts a line into cells; false when it was blank. */
static bool cut_line(struct arena *a, struct page *page, const char *s, size_t len)
{
	size_t before = page->n, from = 0;
	struct place now = { .column = 0 }, began = now;

	for (size_t i = 0; i < len; i++) {
		struct place was = now;
		size_t gap = gap_bytes(s + i, len - i, &now);
		if (!gap) {
			now.column += ((unsigned char)s[i] & 0xC0) != 0x80;
			continue;
		}
		add_cell(a, page, s + from, i - from, began);
		/* An indent of one space or a bar at the front is no empty cell. */
		if (i == 0 && s[0] == '|')
			now.tab = was.tab;
		began = now;
		from = i + gap;
		i = from - 1;
	}
	add_cell(a, page, s + from, len - from, began);
	if (page->n == before)
		return false;
	page->lines++;
	return true;
}

static void find_header(struct arena *a, struct page *page)
{
	page->header_lines = page->lines < HEADER_LINES ? page->lines : HEADER_LINES;
	for (size_t i = 0; i < page->n; i++) {
		const struct cell *cell = &page->at[i];
		bool alone = page_line_end(page, i) == i + 1 && (i == 0 || cell[-1].line != cell->line);
		if (cell->line >= page->header_lines)
			return;
		if (alone && !cell->used && page_heading(a, cell->text))
			page->header_lines = cell->line;
	}
}

struct page page_read(struct arena *a, const char *text)
{
	struct page page = { .n = 0 };
	size_t left = strnlen(text, PAGE_BYTES), blank = 0, gaps = 0;

	while (left && page.lines < PAGE_LINES) {
		size_t len = 0, first = page.n;
		while (len < left && !strchr("\r\n\f\v", text[len]))
			len++;
		if (!cut_line(a, &page, text, len)) {
			blank++;
		} else if (blank) {
			gaps++;
			for (size_t i = first; i < page.n; i++)
				page.at[i].blank_above = true;
			blank = 0;
		}
		size_t step = len < left ? 1 : 0;
		if (step && text[len] == '\r' && len + 1 < left && text[len + 1] == '\n')
			step = 2;
		text += len + step;
		left -= len + step;
	}
	page.airy = gaps * 4 >= page.lines * 3 && page.lines > 4;
	page_drop_chrome(a, &page);
	find_header(a, &page);
	page_mend(a, &page);
	return page;
}

size_t page_line_end(const struct page *page, size_t i)
{
	size_t end = i;

	while (end < page->n && page->at[end].line == page->at[i].line)
		end++;
	return end;
}

static void add_sentence(struct arena *a, struct sentences *s, struct buf *text, bool header)
{
	const char *from = text->data + strspn(text->data, " ");

	if (*from) {
		s->at = arena_grow(a, s->at, s->n, &s->cap, sizeof(*s->at));
		s->at[s->n].text = arena_dup(a, from);
		s->at[s->n++].header = header;
	}
	buf_clear(text);
}

/* A full stop that no abbreviation wears: "bl.a. detta", "t.o.m. 2027", "§ 144. Nu". */
static bool ends_here(const char *at)
{
	if (*at != '.' || (at[1] && at[1] != ' '))
		return false;
	return !at[1] || text_capital(at + 2) || text_starts(at + 2, "§");
}

static void add_prose(struct arena *a, struct sentences *s, struct buf *text,
                      const struct cell *cell, bool header)
{
	const char *more = cell->text;

	/* "risk-" over "och sårbarhetsanalysen" keeps its hyphen. */
	bool joint = text_starts(more, "och ") || text_starts(more, "eller ") ||
	             text_starts(more, "samt ");
	if (text->len && text->data[text->len - 1] == '-' && text_small(more) && !joint)
		buf_cut(text, text->len - 1);
	else if (text->len)
		buf_chr(text, ' ');
	for (; *more; more++) {
		bool ends = ends_here(more);
		buf_chr(text, *more);
		/* At a space, so that no letter is cut in two. */
		if (ends || (text->len >= SENTENCE_BYTES && *more == ' '))
			add_sentence(a, s, text, header);
	}
}

/* A line of the header is a paragraph of its own unless its text runs on. */
static bool runs_on(const struct cell *one, const struct cell *next)
{
	if (one->line == next->line)
		return true;
	return !next->blank_above && (one->width >= FULL_LINE || text_small(next->text));
}

struct sentences page_sentences(struct arena *a, const struct page *page)
{
	struct sentences s = { .n = 0 };
	struct buf text AUTO(buf_release) = BUF_INIT;
	bool header = true;

	for (size_t i = 0; i < page->n; i++) {
		const struct cell *cell = &page->at[i];
		bool now = cell->line < page->header_lines;
		bool breaks = now && i && !runs_on(cell - 1, cell);
		if (cell->used || breaks || now != header)
			add_sentence(a, &s, &text, header);
		header = now;
		if (!cell->used)
			add_prose(a, &s, &text, cell, header);
	}
	add_sentence(a, &s, &text, header);
	return s;
}
