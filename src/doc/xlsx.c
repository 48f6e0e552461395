/* SPDX-License-Identifier: EUPL-1.2 */
/* SpreadsheetML (ECMA-376, ISO/IEC 29500): .xlsx. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "internal.h"
#include "xml.h"
#include "zip.h"

enum { PATH_LONGEST = 200, LONGEST_SHOWN = 40 };

struct xlsx {
	struct arena *a;
	struct zip *z;
	struct grid *out;
	enum grid_fault fault; /* the first that concerns the whole file */
	/* What the workbook's relationships and its list of sheets say. */
	const char *workbook, *strings, *sheet_id, *sheet;
	/* The shared strings: where each begins in text, NUL after each. */
	struct buf text;
	size_t *string;
	size_t n_strings, cap_strings;
	/* The row and cell that are open. */
	int row, column;
	const char *type;
	const char *cell[GRID_MAX_COLUMNS];
	size_t n;
	struct buf value;
	bool in_value;
};

static bool is(const char *word, const char *other)
{
	return word && strcmp(word, other) == 0;
}

static const char *local(const char *name)
{
	return xml_local(name, "spreadsheetml");
}

static void fault(struct xlsx *x, enum grid_fault what)
{
	if (!x->fault)
		x->fault = what;
}

static void no_end(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
}

static bool walk(struct xlsx *x, const char *part, const struct xml_handler *h)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	int got = zip_part(x->z, part, &bytes);

	if (got < 0 || (got && xml_walk(bytes.data, bytes.len, h, x) != XML_READ))
		fault(x, GRID_DAMAGED);
	return got > 0 && !x->fault;
}

/* ---- what the package consists of ---- */

static bool begin_types(void *ctx, const char *name, const char **attributes)
{
	struct xlsx *x = ctx;
	const char *type = xml_attribute(attributes, "ContentType");

	(void)name;
	if (type && (strcasestr(type, "macroEnabled") || strcasestr(type, "vbaProject") ||
	             strcasestr(type, "macrosheet") || strcasestr(type, "activeX")))
		fault(x, GRID_MACROS);
	return true;
}

/* A target is relative to the part's folder, or from the root. */
static const char *target_in(struct xlsx *x, const char *folder, const char **attributes)
{
	const char *target = xml_attribute(attributes, "Target");

	if (!target || strlen(target) > PATH_LONGEST)
		return NULL;
	return *target == '/' ? arena_dup(x->a, target + 1) : arena_fmt(x->a, "%s%s", folder, target);
}

static bool begin_root(void *ctx, const char *name, const char **attributes)
{
	struct xlsx *x = ctx;
	const char *type = xml_attribute(attributes, "Type");

	(void)name;
	if (type && !x->workbook && text_ends(type, "/officeDocument"))
		x->workbook = target_in(x, "", attributes);
	return true;
}

static const char *folder_of(struct xlsx *x, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_dupn(x->a, path, (size_t)(slash - path) + 1) : "";
}

/* Relationships of the workbook: its strings, its sheets, and what it must not have. */
static bool begin_parts(void *ctx, const char *name, const char **attributes)
{
	static const char *const code[] = { "/vbaProject", "/xlMacrosheet", "/xlIntlMacrosheet" };
	static const char *const other[] = { "/externalLink", "/externalLinkPath", "/connections" };
	struct xlsx *x = ctx;
	const char *type = xml_attribute(attributes, "Type"), *id = xml_attribute(attributes, "Id");

	(void)name;
	for (size_t i = 0; type && i < ARRAY_LEN(code); i++)
		if (text_ends(type, code[i]))
			fault(x, GRID_MACROS);
	for (size_t i = 0; type && i < ARRAY_LEN(other); i++)
		if (text_ends(type, other[i]))
			fault(x, GRID_LINKS);
	if (type && text_ends(type, "/sharedStrings"))
		x->strings = target_in(x, folder_of(x, x->workbook), attributes);
	if (id && x->sheet_id && is(id, x->sheet_id) && type && text_ends(type, "/worksheet"))
		x->sheet = target_in(x, folder_of(x, x->workbook), attributes);
	return true;
}

static bool on(const char *value)
{
	return value && !is(value, "0") && !is(value, "false");
}

static bool begin_workbook(void *ctx, const char *name, const char **attributes)
{
	struct xlsx *x = ctx;
	const char *word = local(name), *state = xml_attribute(attributes, "state");

	if (is(word, "workbookPr") && on(xml_attribute(attributes, "date1904")))
		fault(x, GRID_OLD_DAYS);
	if (is(word, "sheet") && !x->sheet_id && (!state || is(state, "visible")))
		/* Its relationship; the sheet's own number is called sheetId. */
		x->sheet_id = arena_dup(x->a, xml_attribute(attributes, "id"));
	return true;
}

/* ---- text ---- */

static void add_text(void *ctx, const char *s, size_t len)
{
	struct xlsx *x = ctx;

	if (x->in_value && x->value.len + len <= GRID_MAX_CELL + 1)
		buf_add(&x->value, s, len);
	else if (x->in_value)
		buf_add(&x->value, s, GRID_MAX_CELL + 1 - x->value.len); /* too long, and seen to be */
}

/* How a word is said aloud (Japanese) is not part of it. */
static bool begin_strings(void *ctx, const char *name, const char **attributes)
{
	struct xlsx *x = ctx;

	(void)attributes;
	if (is(local(name), "rPh"))
		return false;
	if (is(local(name), "si"))
		buf_clear(&x->value);
	x->in_value = x->in_value || is(local(name), "t");
	return true;
}

static void end_strings(void *ctx, const char *name)
{
	struct xlsx *x = ctx;

	if (is(local(name), "t"))
		x->in_value = false;
	if (!is(local(name), "si"))
		return;
	x->string = mem_grow(x->string, x->n_strings, &x->cap_strings, sizeof(*x->string));
	x->string[x->n_strings++] = x->text.len;
	buf_add(&x->text, x->value.data, strlen(x->value.data));
	buf_chr(&x->text, '\0');
}

/* ---- cells ---- */

/* "AB12" → column 28, row 12. */
static bool read_place(const char *place, int *column, int *row)
{
	int c = 0, r = 0;

	for (; *place >= 'A' && *place <= 'Z'; place++)
		if ((c = c * 26 + (*place - 'A' + 1)) > 16384)
			return false;
	for (; *place >= '0' && *place <= '9'; place++)
		if ((r = r * 10 + (*place - '0')) > 1048576)
			return false;
	*column = c;
	*row = r;
	return c && r && !*place;
}

static void begin_row(struct xlsx *x, const char **attributes)
{
	const char *number = xml_attribute(attributes, "r");
	long n = number ? strtol(number, NULL, 10) : 0;

	x->row = n > x->row && n <= 1048576 ? (int)n : x->row + 1;
	x->column = 0;
	x->n = 0;
}

static void begin_cell(struct xlsx *x, const char **attributes)
{
	const char *place = xml_attribute(attributes, "r"), *type = xml_attribute(attributes, "t");
	int column, row;

	x->column++;
	if (place && read_place(place, &column, &row) && column > x->column)
		x->column = column;
	x->type = type ? arena_dup(x->a, type) : "n";
	x->in_value = false;
	buf_clear(&x->value);
}

static bool begin_sheet(void *ctx, const char *name, const char **attributes)
{
	struct xlsx *x = ctx;
	const char *word = local(name);

	if (x->fault || is(word, "rPh"))
		return false;
	if (is(word, "row"))
		begin_row(x, attributes);
	else if (is(word, "c"))
		begin_cell(x, attributes);
	else if (is(word, "f"))
		grid_complain(x->a, x->out, GRID_FORMULA, x->row, x->column, "=");
	else if (is(word, "v") || is(word, "t"))
		x->in_value = true;
	return !is(word, "f");
}

/* Some programs write every number with a decimal: 3.0 is 3. */
static void cut_decimals(char *number)
{
	char *point = strchr(number, '.');

	if (point && point > number && !point[1 + strspn(point + 1, "0")])
		*point = '\0';
}

static const char *value_of(struct xlsx *x)
{
	char *value = arena_dup(x->a, x->value.data);

	if (is(x->type, "b"))
		return is(value, "1") ? "SANT" : "FALSKT";
	if (is(x->type, "n"))
		cut_decimals(value);
	if (is(x->type, "e"))
		grid_complain(x->a, x->out, GRID_BROKEN, x->row, x->column,
		              strlen(value) < LONGEST_SHOWN ? value : "#");
	if (!is(x->type, "s"))
		return value;
	char *rest;
	unsigned long n = strtoul(value, &rest, 10);
	if (!*value || *rest || n >= x->n_strings) {
		fault(x, GRID_DAMAGED);
		return "";
	}
	return x->text.data + x->string[n];
}

static void end_cell(struct xlsx *x)
{
	const char *value = x->value.len ? value_of(x) : "";

	if (!*value)
		return;
	if (x->column > GRID_MAX_COLUMNS) {
		fault(x, GRID_TOO_LARGE);
		return;
	}
	while (x->n < (size_t)x->column)
		x->cell[x->n++] = "";
	x->cell[x->n - 1] = value;
}

static void end_sheet(void *ctx, const char *name)
{
	struct xlsx *x = ctx;
	const char *word = local(name);

	if (is(word, "v") || is(word, "t"))
		x->in_value = false;
	else if (is(word, "c"))
		end_cell(x);
	else if (is(word, "row") && !grid_add(x->a, x->out, x->row, x->cell, x->n))
		fault(x, GRID_TOO_LARGE);
}

/* ---- the whole ---- */

static bool has(struct xlsx *x, const char *part)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;

	return zip_part(x->z, part, &bytes) > 0;
}

static void read_book(struct xlsx *x)
{
	static const struct xml_handler types = { .begin = begin_types, .end = no_end },
		root = { .begin = begin_root, .end = no_end },
		workbook = { .begin = begin_workbook, .end = no_end },
		parts = { .begin = begin_parts, .end = no_end },
		strings = { .begin = begin_strings, .end = end_strings, .text = add_text },
		sheet = { .begin = begin_sheet, .end = end_sheet, .text = add_text };

	if (!walk(x, "[Content_Types].xml", &types) || !walk(x, "_rels/.rels", &root) || !x->workbook) {
		fault(x, GRID_OTHER_FORMAT);
		return;
	}
	const char *folder = folder_of(x, x->workbook), *name = x->workbook + strlen(folder);
	if (has(x, "xl/vbaProject.bin"))
		fault(x, GRID_MACROS);
	/* Another program's main part, or the binary .xlsb. */
	if (!text_ends(name, ".xml") || !walk(x, x->workbook, &workbook) || !x->sheet_id ||
	    !walk(x, arena_fmt(x->a, "%s_rels/%s.rels", folder, name), &parts) || !x->sheet) {
		fault(x, GRID_OTHER_FORMAT);
		return;
	}
	if (x->strings)
		walk(x, x->strings, &strings);
	if (!x->fault && !walk(x, x->sheet, &sheet))
		fault(x, GRID_DAMAGED);
}

void xlsx_read(struct arena *a, const char *bytes, size_t len, struct grid *out)
{
	struct zip z = { .bytes = bytes, .len = len };
	struct xlsx x = { .a = a, .z = &z, .out = out, .text = BUF_INIT, .value = BUF_INIT };

	read_book(&x);
	if (x.fault) {
		*out = (struct grid){ .rows = NULL };
		grid_complain(a, out, x.fault, 0, 0, NULL);
	}
	buf_release(&x.text);
	buf_release(&x.value);
	mem_free(x.string);
}
