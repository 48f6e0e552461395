/* SPDX-License-Identifier: EUPL-1.2 */
/* `oversyn due`: what is due, for people and for programs. */
#include <assert.h>

#include "internal.h"

enum { COLUMNS = 9 };

static const char everybody[] = "alla"; /* what the registers write for all bodies */

static const char *const act_bases[] = {
	[ACT_NONE] = "none",       [ACT_DUE] = "due",
	[ACT_WORKDAY] = "workday", [ACT_MEETING] = "meeting",
	[ACT_CHAIN] = "chain",     [ACT_NO_CALENDAR] = "no-calendar",
	[ACT_PLANNED] = "planned",
};
static_assert(ARRAY_LEN(act_bases) == ACT_PLANNED + 1, "every basis has a name");

void view_due_head(struct table *t, enum view_lang lang)
{
	static const char *const heads[2][COLUMNS] = {
		[VIEW_SV] = { "Objekt", "Slag", "Organ", "Ansvarig", "Förfaller", "Klart senast",
		              "Status", "Titel", "Saknas" },
		[VIEW_EN] = { "Item", "Kind", "Body", "Responsible", "Due", "Act by", "Status",
		              "Title", "Ask for" },
	};

	table_init(t, COLUMNS);
	for (size_t i = 0; i < COLUMNS; i++)
		table_cell(t, heads[lang][i]);
}

void view_due_row(struct table *t, const struct item *i, const struct due *d, enum view_lang lang)
{
	struct buf ask AUTO(buf_release) = BUF_INIT;

	if (d->status == DUE_ASK)
		for (size_t k = 0; k < d->n_ask; k++)
			buf_fmt(&ask, "%s%s", k ? "; " : "", d->ask[k]);
	table_cell(t, i->id);
	table_cell(t, word(lang, item_kind_word(i->kind), item_kind_name(i->kind)));
	table_cell(t, i->body ? i->body : everybody);
	table_cell(t, i->responsible);
	table_cell(t, view_iso(&t->arena, d->due));
	table_cell(t, view_iso(&t->arena, d->act_by));
	table_cell(t, view_status_word(d->status, lang));
	table_cell(t, i->title);
	table_cell(t, ask.data);
}

void view_due_json(const struct item *i, const struct due *d, struct buf *out)
{
	struct buf rule AUTO(buf_release) = BUF_INIT;
	struct json *j = json_new();

	json_str(j, "item", i->id);
	json_str(j, "kind", item_kind_name(i->kind));
	json_str(j, "body", i->body ? i->body : everybody);
	json_str(j, "responsible", i->responsible);
	json_str(j, "title", i->title);
	json_day(j, "anchor", d->anchor);
	json_day(j, "due", d->due);
	json_day(j, "act_by", d->act_by);
	json_str(j, "status", due_status_name(d->status));
	json_open(j, "reasons");
	for (size_t k = 0; k < d->n_reasons; k++) {
		buf_clear(&rule);
		rule_format(d->reasons[k].rule, &rule);
		json_item(j);
		json_str(j, "rule", rule.data);
		json_day(j, "due", d->reasons[k].due);
	}
	json_close(j);
	json_list(j, "ask", d->ask, d->n_ask);
	json_str(j, "decided_by", i->decided_by);
	json_str(j, "act_basis", act_bases[d->act_basis]);
	json_write(j, out);
}
