/* SPDX-License-Identifier: EUPL-1.2 */
#include "inventory-table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "core/import.h"

void model_read(struct registry *r)
{
	static const char *const files[] = {
		"forteckningar.csv", "forvaltningar.csv", "informationstillgangar.csv", "namnder.csv",
		"roller.csv",
	};
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;

	registry_init(r);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		char path[80];
		size_t len;
		snprintf(path, sizeof(path), "config/model/%s", files[i]);
		char *bytes = tap_slurp(tap_path(path), &len);
		import_csv((enum import_kind)import_kind_by_file(path), files[i], bytes, len, r, &c);
		free(bytes);
	}
	registry_index(r);
	ck_assert_str_eq(c.text.data, "");
}

dayno model_today(void)
{
	return date_of(2027, 1, 11);
}

/* ---- files as tests write them ---- */

void table_take(struct table_file *f, const char *bytes, size_t len)
{
	struct csv c;
	struct err e = ERR_INIT;

	csv_init(&c, bytes, len);
	for (f->n = 0; csv_row(&c, &e) > 0; f->n++) {
		ck_assert(f->n < MOST_ROWS && c.n <= MOST_CELLS);
		f->cells[f->n] = c.n;
		for (size_t i = 0; i < c.n; i++)
			f->cell[f->n][i] = arena_dup(&f->a, c.field[i]);
	}
	csv_release(&c);
}

static void put_cell(struct buf *out, const char *cell)
{
	if (!strpbrk(cell, ";,\t\"\n")) {
		buf_str(out, cell);
		return;
	}
	buf_chr(out, '"');
	for (; *cell; cell++) {
		if (*cell == '"')
			buf_chr(out, '"');
		buf_chr(out, *cell);
	}
	buf_chr(out, '"');
}

/* The bytes that a spreadsheet would save. */
void table_save(const struct table_file *f, const char *how, struct buf *out)
{
	char separator = strcmp(how, "comma") == 0 ? ',' : strcmp(how, "tab") == 0 ||
	                 strcmp(how, "unicode") == 0 ? '\t' : ';';
	struct buf text AUTO(buf_release) = BUF_INIT;

	for (size_t r = 0; r < f->n; r++) {
		for (size_t c = 0; c < f->cells[r]; c++) {
			if (c)
				buf_chr(&text, separator);
			put_cell(&text, f->cell[r][c]);
		}
		buf_str(&text, "\r\n");
	}
	if (strcmp(how, "unicode") != 0 && strcmp(how, "western") != 0) {
		buf_str(out, text.data);
		return;
	}
	const char *at = text.data;
	bool wide = strcmp(how, "unicode") == 0;
	if (wide)
		buf_str(out, "\xff\xfe");
	for (uint32_t cp; (cp = text_next(&at));) {
		if (cp == 0x20AC && !wide)
			cp = 0x80;
		ck_assert(wide || cp < 0x100);
		buf_chr(out, (char)(cp & 0xFF));
		if (wide)
			buf_chr(out, (char)(cp >> 8));
	}
}

/* ---- the table's own short words ---- */

static size_t row_of(const struct table_file *sent, const char *id)
{
	for (size_t r = 2; r < sent->n; r++)
		if (strcmp(sent->cell[r][0], id) == 0)
			return r;
	ck_abort_msg("no asset %s", id);
}

static size_t column_of(const struct table_file *sent, const char *name)
{
	for (size_t c = 0; c < sent->cells[1]; c++)
		if (strcmp(sent->cell[1][c], name) == 0)
			return c;
	ck_abort_msg("no column %s", name);
}

static void copy_row(const struct table_file *sent, size_t from, size_t without, struct table_file *f)
{
	size_t n = 0;

	for (size_t c = 0; c < sent->cells[from]; c++)
		if (c != without)
			f->cell[f->n][n++] = sent->cell[from][c];
	f->cells[f->n++] = n;
}

/* {M}, {H}, {H-status}, {T054}, {T054-status}, {T054:namn=x:ny K=3}, {all but T012} */
static void add_short(const struct table_file *sent, char *text, struct table_file *f)
{
	if (text_starts(text, "all but ")) {
		for (size_t r = 2; r < sent->n; r++)
			if (strcmp(sent->cell[r][0], text + 8) != 0)
				copy_row(sent, r, MOST_CELLS, f);
		return;
	}
	size_t n = strcspn(text, ":-");
	char kind = text[n];
	char *rest = text + n + (kind != '\0');
	text[n] = '\0';
	size_t from = strcmp(text, "M") == 0 ? 0 : strcmp(text, "H") == 0 ? 1 : row_of(sent, text);
	size_t row = f->n;
	copy_row(sent, from, kind == '-' ? column_of(sent, rest) : MOST_CELLS, f);
	while (kind == ':' && *rest) {
		char *end = rest + strcspn(rest, ":");
		char *value = strchr(rest, '=');
		/* A value may hold colons, as a time does. */
		while (*end && !strchr(end, '='))
			end += strlen(end);
		char after = *end;
		*end = *value = '\0';
		f->cell[row][column_of(sent, rest)] = arena_dup(&f->a, value + 1);
		rest = end + (after != '\0');
	}
}

void table_add_row(const struct table_file *sent, char *text, struct table_file *f)
{
	size_t n = strlen(text);

	ck_assert_uint_lt(f->n, MOST_ROWS);
	if (*text == '{') {
		text[n - 1] = '\0';
		add_short(sent, text + 1, f);
		return;
	}
	f->cells[f->n] = 0;
	for (char *at = text; at;) {
		char *end = strchr(at, ';');
		if (end)
			*end = '\0';
		f->cell[f->n][f->cells[f->n]++] = arena_dup(&f->a, at);
		at = end ? end + 1 : NULL;
	}
	f->n++;
}

struct registry model;

struct item *model_item(const char *id)
{
	for (size_t i = 0; i < model.n_items; i++)
		if (strcmp(model.items[i].id, id) == 0)
			return &model.items[i];
	ck_abort_msg("no item %s", id);
}

void table_send(const char *id, struct table_file *out)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;

	inventory_write(&model, registry_item(&model, id), model_today(), TABLE_REF, &bytes);
	table_take(out, bytes.data, bytes.len);
}
