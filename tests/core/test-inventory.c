/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "core/import.h"
#include "core/inventory.h"
#include "tests/tap.h"

#define REF "GR-27-0042-K7QD"

static const struct inventory_limits limits = INVENTORY_LIMITS;

static void read_model(struct registry *r)
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

static dayno today(void)
{
	return date_of(2027, 1, 11);
}

/* ---- files as tests write them: rows of cells ---- */

enum { MOST_ROWS = 64, MOST_CELLS = 16 };

struct file {
	struct arena a;
	const char *cell[MOST_ROWS][MOST_CELLS];
	size_t cells[MOST_ROWS], n;
};

static void read_file(struct file *f, const char *bytes, size_t len)
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
static void save(const struct file *f, const char *how, struct buf *out)
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

static size_t row_of(const struct file *sent, const char *id)
{
	for (size_t r = 2; r < sent->n; r++)
		if (strcmp(sent->cell[r][0], id) == 0)
			return r;
	ck_abort_msg("no asset %s", id);
}

static size_t column_of(const struct file *sent, const char *name)
{
	for (size_t c = 0; c < sent->cells[1]; c++)
		if (strcmp(sent->cell[1][c], name) == 0)
			return c;
	ck_abort_msg("no column %s", name);
}

static void copy_row(const struct file *sent, size_t from, size_t without, struct file *f)
{
	size_t n = 0;

	for (size_t c = 0; c < sent->cells[from]; c++)
		if (c != without)
			f->cell[f->n][n++] = sent->cell[from][c];
	f->cells[f->n++] = n;
}

/* {M}, {H}, {H-status}, {T054}, {T054-status}, {T054:namn=x:ny K=3}, {all but T012} */
static void add_short(const struct file *sent, char *text, struct file *f)
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

static void add_row(const struct file *sent, char *text, struct file *f)
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

static void tell_fields(const struct inventory_edit *e, struct buf *out)
{
	for (size_t i = 0; i < e->n; i++) {
		const struct inventory_field *f = &e->fields[i];
		buf_fmt(out, "%s%s", i ? ", " : " ", inventory_column_name(f->column));
		if (f->old)
			buf_fmt(out, ": %s%s→ %s", f->old, *f->old ? " " : "", f->new);
	}
}

static void tell(const struct inventory_difference *d, struct buf *out)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct inventory_edit *e = &d->edits[i];
		buf_fmt(out, "%s%c%s", out->len ? " " : "", "+~-"[e->fate], e->item ? e->item->id : e->id);
		tell_fields(e, out);
		if (e->retires && e->fate == INVENTORY_CHANGED)
			buf_str(out, " (retired)");
		for (int axis = 0, any = 0; axis < 3; axis++)
			if (e->raised >> axis & 1)
				buf_fmt(out, "%s%c↑", any++ ? " " : " [", "KRT"[axis]);
		buf_str(out, e->raised ? "]" : "");
	}
	if (d->n_owners)
		buf_fmt(out, " [%zu owners]", d->n_owners);
	if (d->mass)
		buf_str(out, " [mass]");
	if (!out->len)
		buf_str(out, "nothing");
	for (int c = 0, any = 0; c < INVENTORY_COLUMN_COUNT; c++)
		if (d->missing >> c & 1)
			buf_fmt(out, "%s%s", any++ ? ", " : " (without ",
			        inventory_column_name((enum inventory_column)c));
	buf_str(out, d->missing ? ")" : "");
}

static void tell_complaints(const struct grid *g, struct buf *out)
{
	for (size_t i = 0; i < g->n_complaints; i++) {
		const struct grid_complaint *c = &g->complaints[i];
		buf_fmt(out, "%s!%s", i ? " " : "", grid_fault_name(c->fault));
		if (c->row)
			buf_fmt(out, " %d:%d", c->row, c->column);
	}
}

static struct registry model;

static struct item *item_in_model(const char *id)
{
	for (size_t i = 0; i < model.n_items; i++)
		if (strcmp(model.items[i].id, id) == 0)
			return &model.items[i];
	ck_abort_msg("no item %s", id);
}

static void send(const char *id, struct file *out)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;

	inventory_write(&model, registry_item(&model, id), today(), REF, &bytes);
	read_file(out, bytes.data, bytes.len);
}

static void take_rows(const struct file *sent, char *rows, struct file *back)
{
	for (char *at = rows; at;) {
		char *end = strstr(at, "\\n");
		if (end)
			*end = '\0';
		add_row(sent, at, back);
		at = end ? end + 2 : NULL;
	}
}

static void one_case(int line, char **field, int n)
{
	struct file sent = {.a = ARENA_INIT}, back = {.a = ARENA_INIT};
	struct buf bytes AUTO(buf_release) = BUF_INIT, got AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct grid g;
	struct inventory_difference d;

	ck_assert_msg(n == 4, "line %d: four fields", line);
	send(field[0], &sent);
	take_rows(&sent, field[2], &back);
	save(&back, field[1], &bytes);
	grid_read_text(&a, bytes.data, bytes.len, &g);
	if (inventory_compare(&model, registry_item(&model, field[0]), today(), REF, NULL, &limits, &a, &g, &d))
		tell(&d, &got);
	else
		tell_complaints(&g, &got);
	while (got.len && got.data[got.len - 1] == ' ')
		buf_cut(&got, got.len - 1);
	ck_assert_msg(strcmp(got.data, field[3]) == 0, "line %d:\n  got  %s\n  want %s", line, got.data,
	              field[3]);
	arena_release(&sent.a);
	arena_release(&back.a);
}

START_TEST(what_came_back_is_read_as_the_table_says)
{
	read_model(&model);
	tap_table("tests/cases/inventory.txt", one_case);
	registry_release(&model);
}
END_TEST

/* ---- what was shown, and what others did before JA ---- */

/* "T054 namn=Lov", "T054 K=3", "T054 avvecklad", "T047 +T061:Vattentorn" */
static void others_change(struct arena *a, char *what)
{
	char *rest = strchr(what, ' ');

	ck_assert_ptr_nonnull(rest);
	*rest++ = '\0';
	struct item *i = item_in_model(what);
	if (text_starts(rest, "namn=")) {
		i->title = arena_dup(a, rest + 5);
	} else if (text_starts(rest, "K=")) {
		i->levels[0] = atoi(rest + 2);
	} else if (strcmp(rest, "avvecklad") == 0) {
		i->retired = true;
	} else {
		char *name = strchr(rest, ':');
		struct item new = *i;

		ck_assert(*rest == '+' && name);
		*name++ = '\0';
		new.id = arena_dup(a, rest + 1);
		new.title = arena_dup(a, name);
		model.items = arena_grow(&model.arena, model.items, model.n_items, &model.cap_items,
		                         sizeof(*model.items));
		model.items[model.n_items++] = new;
	}
	registry_index(&model);
}

static void ask_of(const char *id, const struct buf *bytes, const char *held, struct arena *a,
                   const char **text, struct buf *got)
{
	struct inventory_difference d;
	struct grid g;

	grid_read_text(a, bytes->data, bytes->len, &g);
	bool ok = inventory_compare(&model, registry_item(&model, id), today(), REF, held, &limits, a, &g, &d);
	*text = ok ? inventory_text(a, &d) : NULL;
	if (ok)
		tell(&d, got);
	else
		ck_assert(g.n_complaints == 1 && g.complaints[0].fault == GRID_OLDER);
}

static void one_held(int line, char **field, int n)
{
	struct file sent = {.a = ARENA_INIT}, back = {.a = ARENA_INIT};
	struct buf bytes AUTO(buf_release) = BUF_INIT, was AUTO(buf_release) = BUF_INIT;
	struct buf now AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *held, *text, *got;

	ck_assert_msg(n == 4, "line %d: four fields", line);
	read_model(&model);
	send(field[0], &sent);
	take_rows(&sent, field[1], &back);
	save(&back, "csv", &bytes);
	ask_of(field[0], &bytes, NULL, &a, &held, &was);
	ck_assert_msg(held != NULL, "line %d: refused at once", line);
	for (char *at = strcmp(field[2], "-") ? field[2] : NULL; at;) {
		char *end = strstr(at, "; ");
		if (end)
			*end = '\0';
		others_change(&a, at);
		at = end ? end + 2 : NULL;
	}
	ask_of(field[0], &bytes, held, &a, &text, &now);
	got = !text ? "older" : strcmp(text, held) == 0 ? "same" : arena_fmt(&a, "again %s", now.data);
	ck_assert_msg(strcmp(got, field[3]) == 0, "line %d:\n  got  %s\n  want %s", line, got, field[3]);
	arena_release(&sent.a);
	arena_release(&back.a);
	registry_release(&model);
}

START_TEST(what_was_shown_is_held_against_the_register_as_it_is)
{
	tap_table("tests/cases/inventory-held.txt", one_held);
}
END_TEST

START_TEST(each_inventory_lists_as_many_as_the_model_says)
{
	static const int want[] = {14, 9, 8, 9, 6, 7, 3, 2, 2};
	struct arena a AUTO(arena_release) = ARENA_INIT;

	read_model(&model);
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		char id[8];
		const struct item **assets;
		snprintf(id, sizeof(id), "F%02zu", i + 1);
		size_t n = inventory_assets(&model, registry_item(&model, id), today(), &a, &assets);
		ck_assert_msg(n == (size_t)want[i], "%s lists %zu", id, n);
		snprintf(id, sizeof(id), "F%02zu", i + 10); /* art. 30: no assets of its own */
		ck_assert_uint_eq(inventory_assets(&model, registry_item(&model, id), today(), &a, &assets), 0);
	}
	registry_release(&model);
}
END_TEST

START_TEST(a_second_inventory_takes_what_lies_below_its_holder)
{
	static const char more[] =
		"förteckning_id;namn;nämnd;ansvarig_roll;intervall\nF99;Förteckning, miljö;MBN;ec.miljo;Årligen\n";
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;
	const struct item **assets;

	read_model(&model);
	import_csv(IMPORT_INVENTORIES, "f.csv", more, strlen(more), &model, &c);
	registry_index(&model);
	ck_assert_uint_eq(inventory_assets(&model, registry_item(&model, "F99"), today(), &a, &assets), 1);
	ck_assert_str_eq(assets[0]->id, "T055");
	ck_assert_uint_eq(inventory_assets(&model, registry_item(&model, "F07"), today(), &a, &assets), 2);
	registry_release(&model);
}
END_TEST

static void write_text(struct item *inventory, struct buf *out)
{
	buf_clear(out);
	inventory_write(&model, inventory, today(), REF, out);
}

START_TEST(what_is_not_to_be_shown_is_not_written)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	char before[INVENTORY_VERSION], after[INVENTORY_VERSION];

	read_model(&model);
	struct item *f = item_in_model("F03"), *t = item_in_model("T029");
	write_text(f, &out);
	ck_assert_ptr_nonnull(strstr(out.data, "T029;Skyddade boenden"));
	t->name_protected = true;
	write_text(f, &out);
	ck_assert_ptr_null(strstr(out.data, "Skyddade"));
	ck_assert_ptr_nonnull(strstr(out.data, "\r\nT029;;register;"));
	ck_assert_ptr_nonnull(strstr(out.data, ";;;\r\n")); /* K, R and T */
	/* Nor can the version tell: it is of what is shown. */
	inventory_version(&model, f, today(), before);
	t->levels[0] = 0;
	t->title = "Något annat";
	t->note = "x";
	inventory_version(&model, f, today(), after);
	ck_assert_str_eq(before, after);
	t->classified = today();
	inventory_version(&model, f, today(), after);
	ck_assert_str_ne(before, after);
	registry_release(&model);
}
END_TEST

START_TEST(formulas_go_out_behind_an_apostrophe_and_come_back_unchanged)
{
	static const char *const titles[] = {"=1+1", "@x", "+46 8", "-x", "'=1", "＝1", "007", "a;b", "a\"b"};
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const struct item **assets;
	struct inventory_difference d;
	struct grid g;

	read_model(&model);
	const struct item *f = registry_item(&model, "F02");
	size_t n = inventory_assets(&model, f, today(), &a, &assets);
	ck_assert_uint_eq(n, ARRAY_LEN(titles));
	for (size_t i = 0; i < n; i++)
		item_in_model(assets[i]->id)->title = titles[i];
	inventory_write(&model, f, today(), REF, &out);
	ck_assert_ptr_nonnull(strstr(out.data, ";'=1+1;"));
	ck_assert_ptr_null(strstr(out.data, ";=") );
	grid_read_text(&a, out.data, out.len, &g);
	ck_assert(inventory_compare(&model, f, today(), REF, NULL, &limits, &a, &g, &d));
	ck_assert_uint_eq(d.n, 0);
	/* Excel leaves 7 of 007; that is no change either. */
	for (size_t i = 0; i < g.n; i++)
		if (strcmp(g.rows[i].cell[1], "007") == 0)
			g.rows[i].cell[1] = "7";
	ck_assert(inventory_compare(&model, f, today(), REF, NULL, &limits, &a, &g, &d));
	ck_assert_uint_eq(d.n, 0);
	registry_release(&model);
}
END_TEST

START_TEST(a_protected_name_that_comes_back_empty_is_kept)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct inventory_difference d;
	struct grid g;

	read_model(&model);
	const struct item *f = registry_item(&model, "F07");
	struct item *t = item_in_model("T054");
	t->name_protected = true;
	inventory_write(&model, f, today(), REF, &out);
	grid_read_text(&a, out.data, out.len, &g);
	ck_assert(inventory_compare(&model, f, today(), REF, NULL, &limits, &a, &g, &d));
	ck_assert_uint_eq(d.n, 0);
	ck_assert_str_eq(g.rows[2].cell[0], "T054");
	g.rows[2].cell[1] = "Nytt namn";
	ck_assert(inventory_compare(&model, f, today(), REF, NULL, &limits, &a, &g, &d));
	ck_assert_uint_eq(d.n, 1);
	ck_assert_ptr_null(d.edits[0].fields[0].old);
	ck_assert_ptr_null(d.edits[0].fields[0].new);
	ck_assert_str_eq(inventory_apply(f, &d.edits[0], today(), &a).title, "Nytt namn");
	/* What is wrong with it is said without it. */
	g.rows[2].cell[1] = "=Nytt";
	ck_assert(!inventory_compare(&model, f, today(), REF, NULL, &limits, &a, &g, &d));
	ck_assert_ptr_null(g.complaints[0].value);
	registry_release(&model);
}
END_TEST

/* ---- any edit: exactly the edited cells, and applied they are what was sent ---- */

static unsigned seed = 20270111;

static unsigned pick(unsigned n)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % n;
}

static const char *other(enum inventory_column c, const char *was)
{
	static const char *const words[][3] = {
		[INVENTORY_NAME] = {"Ett nytt namn", "Räksmörgås; \"ny\"", "=Lika med"},
		[INVENTORY_KIND] = {"register", "pappersarkiv", "OT"},
		[INVENTORY_OWNER] = {"Kommundirektör", "itchef", "hr"},
		[INVENTORY_RESPONSIBLE] = {"Kommundirektör", "itchef", "hr"},
		[INVENTORY_MANAGER] = {"kommundirektor@tallvinge.example", "itchef", "hr"},
		[INVENTORY_STATUS] = {"vilande", "avvecklad", "planerad"},
		[INVENTORY_CLASSIFIED] = {"2026-11-30", "2026-10-01", "2025-01-31"},
		[INVENTORY_RULE] = {"Vart tredje år", "Halvårsvis", "-"},
		[INVENTORY_K] = {"0", "1", "2"},
		[INVENTORY_R] = {"0", "1", "2"},
		[INVENTORY_T] = {"0", "1", "3"},
	};
	const char *now = words[c][pick(3)];

	return strcmp(now, was) == 0 ? NULL : now[0] == '=' ? "'=Lika med" : now;
}

static const struct inventory_edit *edit_of(const struct inventory_difference *d, const char *id)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->edits[i].item && strcmp(d->edits[i].item->id, id) == 0)
			return &d->edits[i];
	return NULL;
}

/* Changes some cells, notes which. */
static void scribble(struct file *f, bool changed[MOST_ROWS][MOST_CELLS])
{
	for (size_t r = 2; r < f->n; r++) {
		const struct item *i = registry_item(&model, f->cell[r][0]);
		for (size_t c = 1; c < INVENTORY_COLUMN_COUNT; c++) {
			if (pick(6))
				continue;
			const char *was = f->cell[r][c], *now = other((enum inventory_column)c, was);
			char level[2] = {0};
			if (c >= INVENTORY_K && i->levels[c - INVENTORY_K] >= 0)
				level[0] = (char)('0' + i->levels[c - INVENTORY_K]);
			if (!now || strcmp(now, level) == 0)
				continue;
			/* The same role by another name is no change: leave it out of the game. */
			if (c >= INVENTORY_OWNER && c <= INVENTORY_MANAGER && *was &&
			    registry_role(&model, now) && strcmp(registry_role(&model, now)->title, was) == 0)
				continue;
			if (strchr(now, '@') && strcmp(was, "Kommundirektör") == 0)
				continue;
			f->cell[r][c] = now;
			changed[r][c] = true;
		}
	}
}

static void check_edits(const struct file *f, bool changed[MOST_ROWS][MOST_CELLS],
                        const struct inventory_difference *d)
{
	for (size_t r = 2; r < f->n; r++) {
		const struct inventory_edit *e = edit_of(d, f->cell[r][0]);
		size_t want = 0, got = e ? e->n : 0;
		for (size_t c = 1; c < INVENTORY_COLUMN_COUNT; c++)
			want += changed[r][c];
		ck_assert_msg(want == got, "%s: %zu edits, not %zu", f->cell[r][0], got, want);
		for (size_t i = 0; i < got; i++)
			ck_assert(changed[r][e->fields[i].column]);
	}
}

/* Applied to the register, what was edited is what would be sent next. */
static void check_applied(const struct item *f, const struct file *back,
                          const struct inventory_difference *d)
{
	struct file again = {.a = ARENA_INIT};

	for (size_t i = 0; i < d->n; i++) {
		struct item *to = item_in_model(d->edits[i].item->id);
		*to = inventory_apply(f, &d->edits[i], today(), &model.arena);
		for (int axis = 0; axis < 3; axis++)
			for (size_t k = 0; k < d->edits[i].n; k++)
				if ((int)d->edits[i].fields[k].column == INVENTORY_K + axis)
					ck_assert_int_eq(to->levels[axis], *d->edits[i].fields[k].value - '0');
		ck_assert_int_eq(to->retired, d->edits[i].retires);
		to->retired = false;
	}
	send(f->id, &again);
	ck_assert_uint_eq(again.n, back->n);
	for (size_t r = 2; r < again.n; r++) {
		ck_assert_str_eq(again.cell[r][INVENTORY_NAME], back->cell[r][INVENTORY_NAME]);
		ck_assert_str_eq(again.cell[r][INVENTORY_KIND], back->cell[r][INVENTORY_KIND]);
		ck_assert_str_eq(again.cell[r][INVENTORY_STATUS], back->cell[r][INVENTORY_STATUS]);
		ck_assert_str_eq(again.cell[r][INVENTORY_RULE], back->cell[r][INVENTORY_RULE]);
	}
	arena_release(&again.a);
}

START_TEST(random_edits_give_exactly_their_difference)
{
	static const char *const how[] = {"csv", "comma", "tab", "western", "unicode"};

	for (int round = 0; round < 300; round++) {
		struct file back = {.a = ARENA_INIT};
		struct buf bytes AUTO(buf_release) = BUF_INIT;
		struct arena a AUTO(arena_release) = ARENA_INIT;
		bool changed[MOST_ROWS][MOST_CELLS] = {{false}};
		struct inventory_difference d;
		struct grid g;
		char id[8];

		read_model(&model);
		snprintf(id, sizeof(id), "F%02u", 1 + pick(9));
		const struct item *f = registry_item(&model, id);
		send(id, &back);
		scribble(&back, changed);
		save(&back, how[pick(5)], &bytes);
		grid_read_text(&a, bytes.data, bytes.len, &g);
		ck_assert_uint_eq(g.n_complaints, 0);
		bool ok = inventory_compare(&model, f, today(), REF, NULL, &limits, &a, &g, &d);
		ck_assert_msg(ok, "round %d: %s", round, ok ? "" :
		              grid_complaint_text(&a, &g.complaints[0], false));
		check_edits(&back, changed, &d);
		check_applied(f, &back, &d);
		arena_release(&back.a);
		registry_release(&model);
	}
}
END_TEST

/* The asset as an import of the same facts makes it. */
START_TEST(what_is_applied_is_as_if_it_had_been_imported)
{
	static const char csv[] =
		"tillgång_id;namn;nämnd;slag;K;R;T;informationsägare;systemägare;systemförvaltare;"
		"senast_klassad;intervall;status;giltig_från\n"
		"T054;Bygglov;MBN;register;3;1;2;kd;itchef;hr;2026-12-01;Halvårsvis;avvecklad;\n"
		"T061;Buller;MBN;register;1;;;kd;itchef;hr;2027-01-11;Årligen;i drift;2027-01-11\n";
	struct file back = {.a = ARENA_INIT};
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;
	struct registry imported AUTO(registry_release);
	struct inventory_difference d;
	struct grid g;

	read_model(&model);
	const struct item *f = registry_item(&model, "F07");
	send("F07", &back);
	char edited[] = "T054;Bygglov;register;kd;itchef;hr;avvecklad;2026-12-01;Halvårsvis;3;1;2";
	char added[] = ";Buller;register;kd;itchef;hr;i drift;;Årligen;1";
	back.n = 2;
	add_row(&back, edited, &back);
	back.n = 5;
	add_row(&back, added, &back);
	save(&back, "csv", &bytes);
	grid_read_text(&a, bytes.data, bytes.len, &g);
	ck_assert(inventory_compare(&model, f, today(), REF, NULL, &limits, &a, &g, &d));
	ck_assert_uint_eq(d.n, 2);
	registry_init(&imported);
	import_csv(IMPORT_ASSETS, "f.csv", csv, strlen(csv), &imported, &c);
	ck_assert_str_eq(c.text.data, "");
	for (size_t i = 0; i < 2; i++) {
		struct item got = inventory_apply(f, &d.edits[i], today(), &a), *want = &imported.items[i];
		ck_assert_str_eq(got.shown, want->shown);
		ck_assert_str_eq(got.id, want->id);
		ck_assert_str_eq(got.title, want->title);
		ck_assert_str_eq(got.body, want->body);
		ck_assert_str_eq(got.responsible, want->responsible);
		ck_assert_str_eq(got.rule_text, want->rule_text);
		ck_assert_int_eq(got.retired, want->retired);
		ck_assert_int_eq(got.classified, want->classified);
		ck_assert_int_eq(memcmp(got.levels, want->levels, sizeof(got.levels)), 0);
	}
	arena_release(&back.a);
	registry_release(&model);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("inventory");
	TCase *t = tcase_create("inventory");

	tcase_set_timeout(t, 0);
	tcase_add_test(t, what_came_back_is_read_as_the_table_says);
	tcase_add_test(t, what_was_shown_is_held_against_the_register_as_it_is);
	tcase_add_test(t, each_inventory_lists_as_many_as_the_model_says);
	tcase_add_test(t, a_second_inventory_takes_what_lies_below_its_holder);
	tcase_add_test(t, what_is_not_to_be_shown_is_not_written);
	tcase_add_test(t, formulas_go_out_behind_an_apostrophe_and_come_back_unchanged);
	tcase_add_test(t, a_protected_name_that_comes_back_empty_is_kept);
	tcase_add_test(t, random_edits_give_exactly_their_difference);
	tcase_add_test(t, what_is_applied_is_as_if_it_had_been_imported);
	suite_add_tcase(s, t);
	return tap_run(s);
}
