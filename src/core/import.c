/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/text.h"
#include "import-internal.h"

/* More than anybody mends at once; the rest is only counted. */
enum { MOST_COMPLAINTS = 1000, QUOTE_LONGEST = 40 };

void complaints_release(struct complaints *c)
{
	buf_release(&c->text);
	mem_free(c->places);
	mem_free(c->spoilt);
	*c = (struct complaints)COMPLAINTS_INIT;
}

struct complaint {
	const char *text; /* to the end of its line */
	size_t len, file; /* file: the length of its name */
	size_t group, n;  /* the first complaint of the same file; which it is itself */
	long line, column;
};

/* ":12:5: " behind a name; a name may hold colons of its own, but no ": ". */
static void find_place(struct complaint *x)
{
	const char *end = strstr(x->text, ": ");
	long number[2] = {0, 0};
	size_t found = 0;

	x->file = end && end < x->text + x->len ? (size_t)(end - x->text) : x->len;
	while (found < 2) {
		size_t at = x->file;

		while (at && x->text[at - 1] >= '0' && x->text[at - 1] <= '9')
			at--;
		if (at < 2 || at == x->file || x->text[at - 1] != ':')
			break;
		number[found++] = strtol(x->text + at, NULL, 10);
		x->file = at - 1;
	}
	x->line = number[found == 2];
	x->column = found == 2 ? number[0] : 0;
}

static int by_order(const void *a, const void *b)
{
	const struct complaint *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return (x->n > y->n) - (x->n < y->n);
}

void complaints_sort(struct complaints *c)
{
	struct buf sorted = BUF_INIT;
	struct complaint *at = mem_alloc((MOST_COMPLAINTS + 2) * sizeof(*at));
	size_t n = 0;

	for (const char *text = c->text.data; text && *text && n < MOST_COMPLAINTS + 2;) {
		size_t len = strcspn(text, "\n"), group = 0;

		at[n] = (struct complaint){.text = text, .len = len, .n = n};
		find_place(&at[n]);
		while (group < n && (at[group].file != at[n].file || memcmp(at[group].text, text, at[n].file) != 0))
			group++;
		at[n++].group = group;
		text += len + (text[len] == '\n');
	}
	if (n)
		qsort(at, n, sizeof(*at), by_order);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&sorted, "%.*s\n", (int)at[i].len, at[i].text);
	mem_free(at);
	buf_release(&c->text);
	c->text = sorted;
}

static void PRINTF(5, 0) vcomplain(struct complaints *c, const char *file, int line, int column,
                                   const char *fmt, va_list ap)
{
	if (c->n++ >= MOST_COMPLAINTS) {
		if (c->n == MOST_COMPLAINTS + 1)
			buf_str(&c->text, "… and more: mend these first\n");
		return;
	}
	buf_str(&c->text, file);
	if (line)
		buf_fmt(&c->text, ":%d", line);
	if (line && column)
		buf_fmt(&c->text, ":%d", column);
	buf_str(&c->text, ": ");
	buf_vfmt(&c->text, fmt, ap);
	buf_chr(&c->text, '\n');
}

void complain(struct complaints *c, const char *file, int line, int column, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vcomplain(c, file, line, column, fmt, ap);
	va_end(ap);
}

void import_bad(struct reader *r, size_t field, const char *fmt, ...)
{
	va_list ap;

	r->bad = true;
	va_start(ap, fmt);
	vcomplain(r->c, r->file, r->line, (int)field + 1, fmt, ap);
	va_end(ap);
}

void import_bad_at(struct reader *r, size_t to, const char *fmt, ...)
{
	size_t field = 0;
	va_list ap;

	for (size_t i = 0; i < r->n_columns; i++)
		if (r->column[i] >= 0 && r->of->columns[r->column[i]].to == to &&
		    r->of->columns[r->column[i]].cell != CELL_UNUSED)
			field = i;
	r->bad = true;
	va_start(ap, fmt);
	vcomplain(r->c, r->file, r->line, (int)field + 1, fmt, ap);
	va_end(ap);
}

const char *import_quote(struct reader *r, const char *value)
{
	char *cut = text_cut(&r->into->arena, text_tidy(&r->into->arena, value), QUOTE_LONGEST);

	for (char *at = cut; *at; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7F)
			*at = '?';
	return arena_fmt(&r->into->arena, "\"%s\"", cut);
}

void import_seen(struct reader *r, const char *key)
{
	if (!key)
		return;
	r->seen = mem_grow(r->seen, r->n_seen, &r->cap_seen, sizeof(*r->seen));
	r->seen[r->n_seen++] = (struct seen){key, r->line};
}

void import_place(struct reader *r, const char *id, size_t field)
{
	struct complaints *c = r->c;

	c->places = mem_grow(c->places, c->n_places, &c->cap_places, sizeof(*c->places));
	c->places[c->n_places++] = (struct place){id, r->file, r->line, (int)field + 1};
}

bool complaints_place(const struct complaints *c, const void *id, const char **file, int *line)
{
	for (size_t i = 0; i < c->n_places; i++) {
		if (c->places[i].id != id)
			continue;
		*file = c->places[i].file;
		*line = c->places[i].line;
		return true;
	}
	return false;
}

unsigned import_of(enum import_kind kind)
{
	switch (kind) {
	case IMPORT_BODIES:
		return OF_BODY;
	case IMPORT_UNITS:
		return OF_UNIT;
	case IMPORT_ROLES:
		return OF_ROLE;
	case IMPORT_ASSETS:
	case IMPORT_INVENTORIES:
	case IMPORT_ROUTINES:
	case IMPORT_DOCUMENTS:
	case IMPORT_TRAININGS:
	case IMPORT_HEADER:
		return OF_ITEM;
	case IMPORT_MUNICIPALITY:
	case IMPORT_MEETINGS:
	case IMPORT_HOLIDAYS:
	case IMPORT_EVENTS:
	case IMPORT_EXCEPTIONS:
	case IMPORT_KIND_COUNT:
		break;
	}
	return 0;
}

void import_doubt(struct complaints *c, enum import_kind kind)
{
	c->doubtful |= import_of(kind);
}

bool import_is_doubtful(const struct complaints *c, enum import_kind kind)
{
	unsigned of = import_of(kind);

	for (size_t i = 0; i < c->n_spoilt; i++)
		if (c->spoilt[i].of & of)
			return true;
	return c->doubtful & of;
}

/* The row will not be there, whatever names it. */
static void spoil(struct reader *r, const char *id)
{
	struct complaints *c = r->c;
	unsigned of = import_of(r->kind);

	if (!of)
		return;
	if (!id || r->kind == IMPORT_TRAININGS) { /* what stands for it has other ids */
		c->doubtful |= of;
		return;
	}
	c->spoilt = mem_grow(c->spoilt, c->n_spoilt, &c->cap_spoilt, sizeof(*c->spoilt));
	c->spoilt[c->n_spoilt++] = (struct spoilt){id, of};
}

static const char *own_id(const struct reader *r)
{
	switch (import_of(r->kind)) {
	case OF_BODY:
		return r->row.body.id;
	case OF_UNIT:
		return r->row.unit.id;
	case OF_ROLE:
		return r->row.role.id;
	default:
		return r->row.item.id;
	}
}

static bool same_column(const char *name, const char *folded)
{
	size_t n = strcspn(name, "*");

	if (!name[n])
		return strcmp(name, folded) == 0;
	return strncmp(name, folded, n) == 0 && folded[n] && !folded[n + strspn(folded + n, "0123456789")];
}

static bool is_column(const struct reader *r, const char *name)
{
	const char *folded = text_fold(&r->into->arena, name);

	for (size_t i = 0; i < r->of->n; i++)
		if (same_column(r->of->columns[i].name, folded))
			return true;
	return false;
}

/* Whether the first line names columns, once it is split so. */
static bool is_split_by(const struct reader *r, const char *bytes, size_t len, char separator)
{
	struct err e = ERR_INIT;
	struct csv csv;
	size_t known = 0;

	csv_init(&csv, bytes, len);
	csv.separator = separator;
	if (csv_row(&csv, &e) > 0)
		for (size_t f = 0; f < csv.n; f++)
			known += is_column(r, csv.field[f]);
	csv_release(&csv);
	return known > 1;
}

/* What a file is that is no such table, by its first bytes or its first line. */
static const char *other_form(const struct reader *r, const char *bytes, size_t len)
{
	static const struct {
		const char *bytes, *what;
	} forms[] = {
		{"PK\3\4", "this is a workbook (.xlsx, .ods) or another zip archive and no table in text: save it as CSV "
		           "with semicolons, in UTF-8"},
		{"\xD0\xCF\x11\xE0", "this is an old workbook (.xls) and no table in text: save it as CSV with semicolons, "
		                     "in UTF-8"},
		{"%PDF", "this is a PDF and no table in text: save it as CSV with semicolons, in UTF-8"},
		{"\xFF\xFE", "this is UTF-16: save the file as UTF-8"},
		{"\xFE\xFF", "this is UTF-16: save the file as UTF-8"},
	};

	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (len >= strlen(forms[i].bytes) && !memcmp(bytes, forms[i].bytes, strlen(forms[i].bytes)))
			return forms[i].what;
	const char *end = len ? memchr(bytes, '\n', len) : NULL;
	if (!len || memchr(bytes, ';', end ? (size_t)(end - bytes) : len))
		return NULL;
	return is_split_by(r, bytes, len, ',') ? "the columns are separated by , but must be by ;: save the file with "
	                                         "semicolons"
	       : is_split_by(r, bytes, len, '\t') ? "the columns are separated by tabs but must be by ;: save the file "
	                                            "with semicolons" : NULL;
}

static void unknown_column(struct reader *r, size_t field, const char *name)
{
	struct buf known AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < r->of->n; i++)
		buf_fmt(&known, "%s%s", i ? ", " : "", r->of->columns[i].name);
	import_bad(r, field, "unknown column %s: known are %s", import_quote(r, name), known.data);
}

/* Which column each field is. False where no row could be understood: what the first line
 * lacks hides nothing that stands in the others. */
static bool read_header(struct reader *r, const struct csv *csv)
{
	int *field_of = arena_alloc(&r->into->arena, r->of->n * sizeof(*field_of));
	bool known = false;

	r->line = csv->line;
	r->n_columns = csv->n;
	r->column = arena_alloc(&r->into->arena, csv->n * sizeof(*r->column));
	r->named = arena_alloc(&r->into->arena, csv->n * sizeof(*r->named));
	for (size_t f = 0; f < csv->n; f++) {
		const char *folded = text_fold(&r->into->arena, csv->field[f]);
		r->column[f] = -1;
		for (size_t i = 0; i < r->of->n; i++)
			if (same_column(r->of->columns[i].name, folded))
				r->column[f] = (int)i;
		if (r->column[f] < 0) {
			r->named[f] = *folded != '\0';
			if (r->named[f])
				unknown_column(r, f, csv->field[f]);
			continue;
		}
		int *before = &field_of[r->column[f]];
		if (*before) {
			import_bad(r, f, "column %s stands here and in column %d: remove one",
			           import_quote(r, folded), *before);
			r->lacking = true;
		}
		*before = (int)f + 1;
		known = true;
	}
	for (size_t i = 0; i < r->of->n; i++)
		if (r->of->columns[i].must && !field_of[i]) {
			import_bad(r, 0, "column %s is missing: add it to the first line",
			           r->of->columns[i].name);
			r->lacking = true;
		}
	return known;
}

/* A row that says nothing yet: no date, no number is known. */
static struct row empty_row(void)
{
	return (struct row){
		.body = body_blank(),
		.role = {.from = DAY_NONE, .to = DAY_NONE},
		.absence = {.from = DAY_NONE, .to = DAY_NONE},
		.training = {.from = DAY_NONE, .reviewed = DAY_NONE, .known_on = DAY_NONE},
		.exception = {.day = DAY_NONE, .to = DAY_NONE},
		.item = item_blank(),
		.meeting = {
			.day = DAY_NONE, .hour = -1, .minute = -1, .stop = DAY_NONE,
			.preparation = DAY_NONE, .summons = DAY_NONE, .adjusted_by = DAY_NONE,
		},
		.event = {.day = DAY_NONE},
		.off = {.day = DAY_NONE},
		.reviewed = DAY_NONE, .until = DAY_NONE, .contract_end = DAY_NONE,
		.moved_from = DAY_NONE,
		.yes = -1, .hidden = -1, .count = -1,
	};
}

static void read_row(struct reader *r, const struct csv *csv)
{
	r->line = csv->line;
	r->bad = r->lacking;
	r->placeholder = false;
	r->row = empty_row();
	if (csv->n != r->n_columns) {
		import_bad(r, csv->n < r->n_columns ? csv->n - 1 : r->n_columns,
		           "%zu fields where the first line has %zu: add or remove a semicolon, or put "
		           "a text that holds one in quotes", csv->n, r->n_columns);
		for (size_t f = 0; f < csv->n; f++) /* any of them may be its id */
			spoil(r, text_tidy(&r->into->arena, csv->field[f]));
		return;
	}
	for (size_t f = 0; f < csv->n; f++) {
		if (r->column[f] >= 0)
			import_cell(r, f, &r->of->columns[r->column[f]], csv->field[f]);
		else if (*csv->field[f] && !r->named[f])
			import_bad(r, f, "the first line has no name for this column: add one, or "
			           "empty the cell");
	}
	r->of->add(r);
	if (r->bad)
		spoil(r, own_id(r));
}

static int by_key(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void complain_of_doubles(struct reader *r)
{
	if (r->n_seen < 2)
		return;
	qsort(r->seen, r->n_seen, sizeof(*r->seen), by_key);
	for (size_t i = 1; i < r->n_seen; i++) {
		if (strcmp(r->seen[i].key, r->seen[i - 1].key) != 0)
			continue;
		r->line = r->seen[i].line;
		import_bad(r, 0, "%s stands already on line %d: remove one of them",
		           import_quote(r, r->seen[i].key), r->seen[i - 1].line);
	}
}

void import_csv(enum import_kind kind, const char *file, const char *bytes, size_t len,
                struct registry *into, struct complaints *c)
{
	struct reader r = {
		.kind = kind, .file = arena_dup(&into->arena, file), .into = into, .c = c,
		.of = &import_kinds[kind],
	};
	struct csv csv;
	struct err e = ERR_INIT;
	bool usable = true;

	if (!r.of->add) {
		complain(c, file, 0, 0, "a document's first page is no table: use oversyn header");
		return;
	}
	const char *form = other_form(&r, bytes, len);
	if (form) {
		complain(c, file, 1, 1, "%s", form);
		import_doubt(c, kind);
		return;
	}
	csv_init(&csv, bytes, len);
	for (int got; usable && (got = csv_row(&csv, &e));) {
		if (got < 0) {
			complain(c, file, csv.line, (int)csv.n, "%s", csv.fault);
			import_doubt(c, kind);
			usable = r.column != NULL;
		} else if (r.column) {
			read_row(&r, &csv);
		} else {
			usable = read_header(&r, &csv);
			if (!usable)
				import_doubt(c, kind);
		}
	}
	if (!r.column && usable) {
		complain(c, file, 1, 1, "the file is empty: the first line must name the columns");
		import_doubt(c, kind);
	}
	complain_of_doubles(&r);
	mem_free(r.seen);
	csv_release(&csv);
}
