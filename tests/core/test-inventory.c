/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/import.h"
#include "inventory-table.h"

static const struct inventory_limits limits = INVENTORY_LIMITS;

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

static void take_rows(const struct table_file *sent, char *rows, struct table_file *back)
{
	for (char *at = rows; at;) {
		char *end = strstr(at, "\\n");
		if (end)
			*end = '\0';
		table_add_row(sent, at, back);
		at = end ? end + 2 : NULL;
	}
}

static void one_case(int line, char **field, int n)
{
	struct table_file sent = {.a = ARENA_INIT}, back = {.a = ARENA_INIT};
	struct buf bytes AUTO(buf_release) = BUF_INIT, got AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct grid g;
	struct inventory_difference d;

	ck_assert_msg(n == 4, "line %d: four fields", line);
	table_send(field[0], &sent);
	take_rows(&sent, field[2], &back);
	table_save(&back, field[1], &bytes);
	grid_read_text(&a, bytes.data, bytes.len, &g);
	if (inventory_compare(&model, registry_item(&model, field[0]), model_today(), TABLE_REF, NULL, &limits, &a, &g, &d))
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
	model_read(&model);
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
	struct item *i = model_item(what);
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
	bool ok = inventory_compare(&model, registry_item(&model, id), model_today(), TABLE_REF, held, &limits, a, &g, &d);
	*text = ok ? inventory_text(a, &d) : NULL;
	if (ok)
		tell(&d, got);
	else
		ck_assert(g.n_complaints == 1 && g.complaints[0].fault == GRID_OLDER);
}

static void one_held(int line, char **field, int n)
{
	struct table_file sent = {.a = ARENA_INIT}, back = {.a = ARENA_INIT};
	struct buf bytes AUTO(buf_release) = BUF_INIT, was AUTO(buf_release) = BUF_INIT;
	struct buf now AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *held, *text, *got;

	ck_assert_msg(n == 4, "line %d: four fields", line);
	model_read(&model);
	table_send(field[0], &sent);
	take_rows(&sent, field[1], &back);
	table_save(&back, "csv", &bytes);
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

	model_read(&model);
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		char id[8];
		const struct item **assets;
		snprintf(id, sizeof(id), "F%02zu", i + 1);
		size_t n = inventory_assets(&model, registry_item(&model, id), model_today(), &a, &assets);
		ck_assert_msg(n == (size_t)want[i], "%s lists %zu", id, n);
		snprintf(id, sizeof(id), "F%02zu", i + 10); /* art. 30: no assets of its own */
		ck_assert_uint_eq(inventory_assets(&model, registry_item(&model, id), model_today(), &a, &assets), 0);
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

	model_read(&model);
	import_csv(IMPORT_INVENTORIES, "f.csv", more, strlen(more), &model, &c);
	registry_index(&model);
	ck_assert_uint_eq(inventory_assets(&model, registry_item(&model, "F99"), model_today(), &a, &assets), 1);
	ck_assert_str_eq(assets[0]->id, "T055");
	ck_assert_uint_eq(inventory_assets(&model, registry_item(&model, "F07"), model_today(), &a, &assets), 2);
	registry_release(&model);
}
END_TEST

static void write_text(struct item *inventory, struct buf *out)
{
	buf_clear(out);
	inventory_write(&model, inventory, model_today(), TABLE_REF, out);
}

START_TEST(what_is_not_to_be_shown_is_not_written)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	char before[INVENTORY_VERSION], after[INVENTORY_VERSION];

	model_read(&model);
	struct item *f = model_item("F03"), *t = model_item("T029");
	write_text(f, &out);
	ck_assert_ptr_nonnull(strstr(out.data, "T029;Skyddade boenden"));
	t->name_protected = true;
	write_text(f, &out);
	ck_assert_ptr_null(strstr(out.data, "Skyddade"));
	ck_assert_ptr_nonnull(strstr(out.data, "\r\nT029;;register;"));
	ck_assert_ptr_nonnull(strstr(out.data, ";;;\r\n")); /* K, R and T */
	/* Nor can the version tell: it is of what is shown. */
	inventory_version(&model, f, model_today(), before);
	t->levels[0] = 0;
	t->title = "Något annat";
	t->note = "x";
	inventory_version(&model, f, model_today(), after);
	ck_assert_str_eq(before, after);
	t->classified = model_today();
	inventory_version(&model, f, model_today(), after);
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

	model_read(&model);
	const struct item *f = registry_item(&model, "F02");
	size_t n = inventory_assets(&model, f, model_today(), &a, &assets);
	ck_assert_uint_eq(n, ARRAY_LEN(titles));
	for (size_t i = 0; i < n; i++)
		model_item(assets[i]->id)->title = titles[i];
	inventory_write(&model, f, model_today(), TABLE_REF, &out);
	ck_assert_ptr_nonnull(strstr(out.data, ";'=1+1;"));
	ck_assert_ptr_null(strstr(out.data, ";=") );
	grid_read_text(&a, out.data, out.len, &g);
	ck_assert(inventory_compare(&model, f, model_today(), TABLE_REF, NULL, &limits, &a, &g, &d));
	ck_assert_uint_eq(d.n, 0);
	/* Excel leaves 7 of 007; that is no change either. */
	for (size_t i = 0; i < g.n; i++)
		if (strcmp(g.rows[i].cell[1], "007") == 0)
			g.rows[i].cell[1] = "7";
	ck_assert(inventory_compare(&model, f, model_today(), TABLE_REF, NULL, &limits, &a, &g, &d));
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

	model_read(&model);
	const struct item *f = registry_item(&model, "F07");
	struct item *t = model_item("T054");
	t->name_protected = true;
	inventory_write(&model, f, model_today(), TABLE_REF, &out);
	grid_read_text(&a, out.data, out.len, &g);
	ck_assert(inventory_compare(&model, f, model_today(), TABLE_REF, NULL, &limits, &a, &g, &d));
	ck_assert_uint_eq(d.n, 0);
	ck_assert_str_eq(g.rows[2].cell[0], "T054");
	g.rows[2].cell[1] = "Nytt namn";
	ck_assert(inventory_compare(&model, f, model_today(), TABLE_REF, NULL, &limits, &a, &g, &d));
	ck_assert_uint_eq(d.n, 1);
	ck_assert_ptr_null(d.edits[0].fields[0].old);
	ck_assert_ptr_null(d.edits[0].fields[0].new);
	ck_assert_str_eq(inventory_apply(f, &d.edits[0], model_today(), &a).title, "Nytt namn");
	/* What is wrong with it is said without it. */
	g.rows[2].cell[1] = "=Nytt";
	ck_assert(!inventory_compare(&model, f, model_today(), TABLE_REF, NULL, &limits, &a, &g, &d));
	ck_assert_ptr_null(g.complaints[0].value);
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
	suite_add_tcase(s, t);
	return tap_run(s);
}
