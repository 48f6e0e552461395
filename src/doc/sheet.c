/* SPDX-License-Identifier: EUPL-1.2 */
#include "sheet.h"

#include <string.h>

#include "base/mem.h"
#include "doc/document.h"

enum {
	FRAMES_MAX = 64,        /* things within things; deeper ones are let go */
	CELL_LINES = 8,         /* a cell with more holds prose, not a field */
	CELL_BYTES = 1000,
	PAGE_BYTES = 8 << 10,   /* a page that nothing ends: twice a full one */
};

enum frame_kind { FRAME_PARAGRAPH, FRAME_CELL, FRAME_ROW };

/* What is open. The text of a paragraph; a cell's lines, each with its end;
 * a row's cells, each ended by a NUL. */
struct frame {
	enum frame_kind kind;
	struct buf text;
	bool nested; /* a cell that holds a table; a row that has such a cell */
};

void sheet_init(struct sheet *s, int pages)
{
	*s = (struct sheet){ .out = BUF_INIT, .pages_left = pages };
}

void sheet_release(struct sheet *s)
{
	while (s->n)
		buf_release(&s->frames[--s->n].text);
	mem_free(s->frames);
	buf_release(&s->out);
}

static void open_frame(struct sheet *s, enum frame_kind kind)
{
	s->frames = mem_grow(s->frames, s->n, &s->cap, sizeof(*s->frames));
	s->frames[s->n++] = (struct frame){ .kind = kind, .text = BUF_INIT };
}

/* The innermost frame, if it is of the kind. */
static struct frame *top(struct sheet *s, enum frame_kind kind)
{
	struct frame *f = s->n ? &s->frames[s->n - 1] : NULL;

	return f && f->kind == kind && s->n <= FRAMES_MAX ? f : NULL;
}

/* Closes the innermost frame: XML that is well formed closes in order. */
static struct frame close_frame(struct sheet *s, enum frame_kind kind)
{
	if (!s->n || s->frames[s->n - 1].kind != kind)
		return (struct frame){ .text = BUF_INIT };
	return s->frames[--s->n];
}

static void put(struct sheet *s, const char *text, size_t len)
{
	if (s->full)
		return;
	if (s->out.len + len + 1 > DOCUMENT_MAX_TEXT) {
		s->full = true;
		return;
	}
	buf_add(&s->out, text, len);
	buf_chr(&s->out, '\n');
	if (s->out.len - s->page_began > PAGE_BYTES)
		sheet_page(s);
}

/* A line that is ready goes to the cell that it stands in, else out. */
static void emit(struct sheet *s, const char *text, size_t len)
{
	struct frame *cell = NULL;

	for (size_t i = s->n; i && !cell; i--)
		if (s->frames[i - 1].kind == FRAME_CELL)
			cell = &s->frames[i - 1];
	if (!cell) {
		put(s, text, len);
	} else if (cell->text.len + len < DOCUMENT_MAX_TEXT) {
		buf_add(&cell->text, text, len);
		buf_chr(&cell->text, '\n');
	}
}

static void emit_lines(struct sheet *s, const char *text, size_t len)
{
	for (const char *end = text + len; text < end;) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t n = stop ? (size_t)(stop - text) : (size_t)(end - text);
		emit(s, text, n);
		text += n + 1;
	}
}

void sheet_line(struct sheet *s, const char *text, size_t len)
{
	put(s, text, len);
}

void sheet_append(struct sheet *s, const struct sheet *other)
{
	size_t room = DOCUMENT_MAX_TEXT - s->out.len;

	buf_add(&s->out, other->out.data, other->out.len < room ? other->out.len : room);
}

static bool page_empty(const struct sheet *s)
{
	bool empty = s->out.len == s->page_began;

	for (size_t i = 0; i < s->n; i++)
		empty = empty && !s->frames[i].text.len;
	return empty;
}

static void turn_page(struct sheet *s)
{
	s->turning = false;
	s->page_began = s->out.len;
	s->full = s->full || --s->pages_left <= 0;
}

void sheet_page(struct sheet *s)
{
	if (page_empty(s))
		return;
	s->turning = true;
	if (!s->n)
		turn_page(s);
}

static void closed(struct sheet *s)
{
	if (!s->n && s->turning)
		turn_page(s);
}

/* ---- paragraphs ---- */

void sheet_paragraph(struct sheet *s)
{
	open_frame(s, FRAME_PARAGRAPH);
}

void sheet_text(struct sheet *s, const char *text, size_t len)
{
	struct frame *f = top(s, FRAME_PARAGRAPH);

	if (!f || s->full || f->text.len + len > DOCUMENT_MAX_TEXT)
		return;
	for (size_t i = 0; i < len; i++)
		buf_chr(&f->text, (unsigned char)text[i] < ' ' ? ' ' : text[i]);
}

void sheet_tab(struct sheet *s)
{
	if (top(s, FRAME_PARAGRAPH))
		buf_chr(&top(s, FRAME_PARAGRAPH)->text, '\t');
}

void sheet_break(struct sheet *s)
{
	if (top(s, FRAME_PARAGRAPH))
		buf_chr(&top(s, FRAME_PARAGRAPH)->text, '\n');
}

static bool blank(const char *text, size_t len)
{
	return strspn(text, " \t\n") >= len;
}

void sheet_paragraph_end(struct sheet *s)
{
	struct frame f = close_frame(s, FRAME_PARAGRAPH);

	if (!blank(f.text.data, f.text.len))
		emit_lines(s, f.text.data, f.text.len);
	buf_release(&f.text);
	closed(s);
}

/* ---- tables ---- */

void sheet_row(struct sheet *s)
{
	open_frame(s, FRAME_ROW);
}

void sheet_cell(struct sheet *s)
{
	open_frame(s, FRAME_CELL);
}

void sheet_cell_end(struct sheet *s)
{
	struct frame cell = close_frame(s, FRAME_CELL), *row = top(s, FRAME_ROW);

	if (row) {
		buf_add(&row->text, cell.text.data, cell.text.len);
		buf_chr(&row->text, '\0');
		row->nested = row->nested || cell.nested;
	}
	buf_release(&cell.text);
}

static size_t count(const char *text, char c)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == c;
	return n;
}

/* How a row is written out, by what stands in its cells. */
enum layout {
	LAYOUT_JOINED, /* one line: the lines of a cell are one value */
	LAYOUT_ZIPPED, /* as many lines as each cell has: labels and values side by side */
	LAYOUT_STACKED /* cell after cell: prose, or whole fields */
};

static enum layout layout_of(const struct frame *row)
{
	const char *cell = row->text.data, *end = cell + row->text.len;
	size_t lines = 0, filled = 0;
	bool even = true, fields = false, prose = row->nested;

	for (; cell < end; cell += strlen(cell) + 1) {
		size_t n = count(cell, '\n');
		if (!n)
			continue;
		even = even && (!filled || n == lines);
		lines = n;
		filled++;
		fields = fields || (n > 1 && count(cell, ':') > 1);
		prose = prose || n > CELL_LINES || strlen(cell) > CELL_BYTES;
	}
	if (prose || filled <= 1)
		return LAYOUT_STACKED;
	if (even && lines > 1)
		return LAYOUT_ZIPPED;
	return fields ? LAYOUT_STACKED : LAYOUT_JOINED;
}

/* Line number `which` of every cell, with tabs between. */
static void zip_line(struct sheet *s, const struct frame *row, size_t which)
{
	struct buf line AUTO(buf_release) = BUF_INIT;
	const char *cell = row->text.data, *end = cell + row->text.len;

	for (; cell < end; cell += strlen(cell) + 1) {
		const char *at = cell;
		for (size_t i = 0; i < which && *at; i++)
			at += strcspn(at, "\n") + 1;
		if (cell > row->text.data)
			buf_chr(&line, '\t');
		buf_add(&line, at, strcspn(at, "\n"));
	}
	if (!blank(line.data, line.len))
		emit(s, line.data, line.len);
}

static void join_line(struct sheet *s, const struct frame *row)
{
	struct buf line AUTO(buf_release) = BUF_INIT;
	const char *cell = row->text.data, *end = cell + row->text.len;

	for (; cell < end; cell += strlen(cell) + 1) {
		if (cell > row->text.data)
			buf_chr(&line, '\t');
		for (const char *at = cell; *at; at++) {
			if (*at != '\n')
				buf_chr(&line, *at);
			else if (at[1])
				buf_chr(&line, ' ');
		}
	}
	emit(s, line.data, line.len);
}

static void write_row(struct sheet *s, const struct frame *row)
{
	const char *cell = row->text.data, *end = cell + row->text.len;

	switch (layout_of(row)) {
	case LAYOUT_JOINED:
		join_line(s, row);
		break;
	case LAYOUT_ZIPPED:
		for (size_t i = 0; i < CELL_LINES; i++)
			zip_line(s, row, i);
		break;
	case LAYOUT_STACKED:
		for (; cell < end; cell += strlen(cell) + 1)
			emit_lines(s, cell, strlen(cell));
		break;
	}
}

void sheet_row_end(struct sheet *s)
{
	struct frame row = close_frame(s, FRAME_ROW);

	write_row(s, &row);
	buf_release(&row.text);
	for (size_t i = s->n; i; i--) {
		if (s->frames[i - 1].kind == FRAME_CELL) {
			s->frames[i - 1].nested = true;
			break;
		}
	}
	closed(s);
}
