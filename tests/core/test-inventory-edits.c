/* SPDX-License-Identifier: EUPL-1.2 */
/* Any edit: exactly the edited cells, and applied they are what was sent. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/import.h"
#include "inventory-table.h"

static const struct inventory_limits limits = INVENTORY_LIMITS;

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
static void scribble(struct table_file *f, bool changed[MOST_ROWS][MOST_CELLS])
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

static void check_edits(const struct table_file *f, bool changed[MOST_ROWS][MOST_CELLS],
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
static void check_applied(const struct item *f, const struct table_file *back,
                          const struct inventory_difference *d)
{
	struct table_file again = {.a = ARENA_INIT};

	for (size_t i = 0; i < d->n; i++) {
		struct item *to = model_item(d->edits[i].item->id);
		*to = inventory_apply(f, &d->edits[i], model_today(), &model.arena);
		for (int axis = 0; axis < 3; axis++)
			for (size_t k = 0; k < d->edits[i].n; k++)
				if ((int)d->edits[i].fields[k].column == INVENTORY_K + axis)
					ck_assert_int_eq(to->levels[axis], *d->edits[i].fields[k].value - '0');
		ck_assert_int_eq(to->retired, d->edits[i].retires);
		to->retired = false;
	}
	table_send(f->id, &again);
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
		struct table_file back = {.a = ARENA_INIT};
		struct buf bytes AUTO(buf_release) = BUF_INIT;
		struct arena a AUTO(arena_release) = ARENA_INIT;
		bool changed[MOST_ROWS][MOST_CELLS] = {{false}};
		struct inventory_difference d;
		struct grid g;
		char id[8];

		model_read(&model);
		snprintf(id, sizeof(id), "F%02u", 1 + pick(9));
		const struct item *f = registry_item(&model, id);
		table_send(id, &back);
		scribble(&back, changed);
		table_save(&back, how[pick(5)], &bytes);
		grid_read_text(&a, bytes.data, bytes.len, &g);
		ck_assert_uint_eq(g.n_complaints, 0);
		bool ok = inventory_compare(&model, f, model_today(), TABLE_REF, NULL, &limits, &a, &g, &d);
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
	struct table_file back = {.a = ARENA_INIT};
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;
	struct registry imported AUTO(registry_release);
	struct inventory_difference d;
	struct grid g;

	model_read(&model);
	const struct item *f = registry_item(&model, "F07");
	table_send("F07", &back);
	char edited[] = "T054;Bygglov;register;kd;itchef;hr;avvecklad;2026-12-01;Halvårsvis;3;1;2";
	char added[] = ";Buller;register;kd;itchef;hr;i drift;;Årligen;1";
	back.n = 2;
	table_add_row(&back, edited, &back);
	back.n = 5;
	table_add_row(&back, added, &back);
	table_save(&back, "csv", &bytes);
	grid_read_text(&a, bytes.data, bytes.len, &g);
	ck_assert(inventory_compare(&model, f, model_today(), TABLE_REF, NULL, &limits, &a, &g, &d));
	ck_assert_uint_eq(d.n, 2);
	registry_init(&imported);
	import_csv(IMPORT_ASSETS, "f.csv", csv, strlen(csv), &imported, &c);
	ck_assert_str_eq(c.text.data, "");
	for (size_t i = 0; i < 2; i++) {
		struct item got = inventory_apply(f, &d.edits[i], model_today(), &a), *want = &imported.items[i];
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
	Suite *s = suite_create("inventory-edits");
	TCase *t = tcase_create("edits");

	tcase_set_timeout(t, 0);
	tcase_add_test(t, random_edits_give_exactly_their_difference);
	tcase_add_test(t, what_is_applied_is_as_if_it_had_been_imported);
	suite_add_tcase(s, t);
	return tap_run(s);
}
