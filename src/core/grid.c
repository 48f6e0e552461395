/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/grid.h"

#include <string.h>

#include "base/buf.h"
#include "base/charset.h"
#include "base/csv.h"
#include "base/text.h"

enum { VALUE_SHOWN = 60, ROWS_PROBED = 50, A_TABLE = 2 };

static const struct {
	const char *name, *sv, *en;
} faults[GRID_FAULT_COUNT] = {
	[GRID_READ] = {"READ", "", ""},
#define X(name, sv, en) [GRID_##name] = {#name, sv, en},
	GRID_FAULTS(X)
#undef X
};

const char *grid_fault_name(enum grid_fault fault)
{
	return faults[fault].name;
}

void grid_complain(struct arena *a, struct grid *g, enum grid_fault fault, int row, int column,
                   const char *value)
{
	struct grid_complaint c = {.fault = fault, .row = row, .column = column};

	if (g->n_complaints >= GRID_MAX_COMPLAINTS)
		return;
	if (value) {
		char *cut = text_cut(a, text_tidy(a, value), VALUE_SHOWN);
		for (char *at = cut; *at; at++)
			if ((unsigned char)*at < ' ' || *at == 0x7F)
				*at = '?';
		c.value = cut;
	}
	g->complaints = arena_grow(a, g->complaints, g->n_complaints, &g->cap_complaints,
	                           sizeof(c));
	g->complaints[g->n_complaints++] = c;
}

bool grid_formula(const char *cell)
{
	/* OWASP's list for CSV injection, with the full-width forms that Excel takes
	 * for the same. A lone dash means "nothing" here. */
	static const char *const starts[] = {"=", "@", "+", "-", "\t", "\r", "＝", "＠", "＋", "－"};

	if (strcmp(cell, "-") == 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (text_starts(cell, starts[i]))
			return true;
	return false;
}

bool grid_add(struct arena *a, struct grid *g, int number, const char *const *cell, size_t n)
{
	struct grid_row row = {.number = number};
	size_t filled = 0;

	for (size_t i = 0; i < n; i++)
		if (!text_blank(cell[i]))
			filled = i + 1;
	if (!filled)
		return true;
	if (g->n >= GRID_MAX_ROWS || filled > GRID_MAX_COLUMNS) {
		grid_complain(a, g, GRID_TOO_LARGE, 0, 0, NULL);
		return false;
	}
	row.n = filled;
	row.cell = arena_alloc(a, filled * sizeof(*row.cell));
	for (size_t i = 0; i < filled; i++) {
		row.cell[i] = "";
		if (strlen(cell[i]) > GRID_MAX_CELL)
			grid_complain(a, g, GRID_TOO_LONG, number, (int)i + 1, NULL);
		else
			row.cell[i] = text_tidy(a, cell[i]);
		g->bytes += strlen(row.cell[i]);
	}
	if (g->bytes > GRID_MAX_TEXT) {
		grid_complain(a, g, GRID_TOO_LARGE, 0, 0, NULL);
		return false;
	}
	g->rows = arena_grow(a, g->rows, g->n, &g->cap, sizeof(row));
	g->rows[g->n++] = row;
	return true;
}

/* How many of the first rows have cells enough to be a table's. */
static size_t looks_cut(const struct buf *text, char separator)
{
	struct csv csv;
	struct err e = ERR_INIT;
	size_t good = 0;

	csv_init(&csv, text->data, text->len);
	csv.separator = separator;
	for (int rows = 0; rows < ROWS_PROBED; rows++) {
		int got = csv_row(&csv, &e);
		if (!got)
			break;
		good += got > 0 && csv.n >= A_TABLE;
	}
	csv_release(&csv);
	return good;
}

static char separator_of(const struct buf *text)
{
	static const char separators[] = {';', '\t', ','};
	char best = ';';
	size_t most = 0;

	for (size_t i = 0; i < sizeof(separators); i++) {
		size_t good = looks_cut(text, separators[i]);
		if (good > most) {
			most = good;
			best = separators[i];
		}
	}
	return best;
}

static void read_rows(struct arena *a, const struct buf *text, struct grid *out)
{
	struct csv csv;
	struct err e = ERR_INIT;
	int number = 0, next = 1;
	bool room = true;

	csv_init(&csv, text->data, text->len);
	csv.separator = separator_of(text);
	for (int got; room && (got = csv_row(&csv, &e));) {
		/* Lines in between were empty; lines inside a quoted cell are no rows. */
		number += csv.line - next + 1;
		next = csv.next_line;
		if (got < 0)
			grid_complain(a, out, GRID_QUOTE, number, (int)csv.n, NULL);
		else
			room = grid_add(a, out, number, (const char *const *)csv.field, csv.n);
	}
	csv_release(&csv);
}

/* What is plainly something else, so that its bytes are not taken for cells. */
static enum grid_fault foreign(const char *bytes, size_t len)
{
	static const struct {
		const char *begin;
		enum grid_fault fault;
	} known[] = {
		{"\xd0\xcf\x11\xe0", GRID_OLD_EXCEL}, {"PK\3\4", GRID_OTHER_FORMAT},
		{"%PDF-", GRID_OTHER_FORMAT},         {"{\\rtf", GRID_OTHER_FORMAT},
		{"<", GRID_OTHER_FORMAT},             {"\x89PNG", GRID_OTHER_FORMAT},
		{"\xff\xd8\xff", GRID_OTHER_FORMAT},
	};

	if (len > GRID_MAX_BYTES)
		return GRID_TOO_LARGE;
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		size_t n = strlen(known[i].begin);
		if (len >= n && memcmp(bytes, known[i].begin, n) == 0)
			return known[i].fault;
	}
	return GRID_READ;
}

void grid_read_text(struct arena *a, const char *bytes, size_t len, struct grid *out)
{
	struct buf text AUTO(buf_release) = BUF_INIT;
	enum grid_fault fault = foreign(bytes, len);

	*out = (struct grid){.rows = NULL};
	if (!fault && !charset_guess(bytes, len, &text))
		fault = GRID_NO_TEXT;
	if (fault)
		grid_complain(a, out, fault, 0, 0, NULL);
	else
		read_rows(a, &text, out);
}

/* A, B … Z, AA … as spreadsheets name their columns. */
static void column_name(struct buf *out, int column)
{
	char name[8];
	size_t n = 0;

	for (; column > 0 && n < sizeof(name); column = (column - 1) / 26)
		name[n++] = (char)('A' + (column - 1) % 26);
	while (n)
		buf_chr(out, name[--n]);
}

const char *grid_complaint_text(struct arena *a, const struct grid_complaint *c, bool swedish)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	const char *words = swedish ? faults[c->fault].sv : faults[c->fault].en;
	const char *hole = strstr(words, "{}");

	if (c->row)
		buf_fmt(&out, swedish ? "Rad %d" : "Row %d", c->row);
	if (c->row && c->column) {
		buf_str(&out, swedish ? ", kolumn " : ", column ");
		column_name(&out, c->column);
	}
	if (c->row)
		buf_str(&out, ": ");
	if (hole) {
		buf_add(&out, words, (size_t)(hole - words));
		buf_str(&out, c->value ? c->value : "…");
		words = hole + 2;
	}
	buf_str(&out, words);
	buf_chr(&out, '.');
	if (!c->row && out.data[0] >= 'a' && out.data[0] <= 'z')
		out.data[0] = (char)(out.data[0] - 'a' + 'A');
	return arena_dupn(a, out.data, out.len);
}
