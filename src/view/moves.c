/* SPDX-License-Identifier: EUPL-1.2 */
/* Which due dates a change moves. */
#include "internal.h"

enum { COLUMNS = 6 };

static void head(struct table *t, enum view_lang lang)
{
	static const char *const heads[2][COLUMNS] = {
		[VIEW_SV] = { "Objekt", "Förföll", "Förfaller", "Klart senast förut", "Klart senast",
		              "Titel" },
		[VIEW_EN] = { "Item", "Was due", "Due", "Act by before", "Act by", "Title" },
	};

	table_init(t, COLUMNS);
	for (size_t i = 0; i < COLUMNS; i++)
		table_cell(t, heads[lang][i]);
}

void view_moves(const struct moves *m, enum view_lang lang, struct buf *out)
{
	struct table t;

	head(&t, lang);
	for (size_t i = 0; i < m->n; i++) {
		const struct move *one = &m->at[i];
		const struct item *item = one->item ? one->item : one->was;

		table_cell(&t, item->id);
		table_cell(&t, view_iso(&t.arena, one->due_before));
		table_cell(&t, view_iso(&t.arena, one->due));
		table_cell(&t, view_iso(&t.arena, one->act_by_before));
		table_cell(&t, view_iso(&t.arena, one->act_by));
		table_cell(&t, item->title);
	}
	if (m->n)
		table_write(&t, out);
	table_release(&t);
	if (lang == VIEW_SV)
		buf_fmt(out, "%zu av %zu objekt får en annan dag.\n", m->n, m->compared);
	else
		buf_fmt(out, "%zu of %zu items get another date.\n", m->n, m->compared);
}

void view_moves_json(const struct moves *m, struct buf *out)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct move *one = &m->at[i];
		const struct item *item = one->item ? one->item : one->was;
		struct json *j = json_new();

		json_str(j, "item", item->id);
		json_str(j, "title", item->title);
		json_day(j, "due_before", one->due_before);
		json_day(j, "due", one->due);
		json_day(j, "act_by_before", one->act_by_before);
		json_day(j, "act_by", one->act_by);
		json_str(j, "status_before", due_status_name(one->status_before));
		json_str(j, "status", due_status_name(one->status));
		json_write(j, out);
	}
}
