/* SPDX-License-Identifier: EUPL-1.2 */
/* `oversyn plan`: the time to come, by week, body and role. */
#include <stdio.h>
#include <string.h>

#include "internal.h"

enum { BAR_MOST = 40 };

static const char *bar(struct table *t, size_t n, size_t most)
{
	size_t len = most > BAR_MOST ? n * BAR_MOST / most : n;

	if (n && !len)
		len = 1;
	char *text = arena_alloc(&t->arena, len + 1);
	memset(text, '#', len);
	text[len] = '\0';
	return text;
}

static void heads(struct table *t, const char *const *cells, size_t n)
{
	table_init(t, n);
	for (size_t i = 0; i < n; i++)
		table_cell(t, cells[i]);
}

void view_forecast_weeks(const struct week *weeks, size_t n, enum view_lang lang, struct buf *out)
{
	static const char *const names[2][6] = {
		[VIEW_SV] = { "Vecka", "Måndag", "Granskningar", "Brev", "Topp", "" },
		[VIEW_EN] = { "Week", "Monday", "Reviews", "Letters", "Peak", "" },
	};
	struct table t;
	size_t most = 0;

	heads(&t, names[lang], ARRAY_LEN(names[0]));
	for (size_t i = 0; i < n; i++)
		most = weeks[i].reviews > most ? weeks[i].reviews : most;
	for (size_t i = 0; i < n; i++) {
		const struct week *w = &weeks[i];

		table_cell(&t, arena_fmt(&t.arena, "%d-W%02d", w->year, w->number));
		table_cell(&t, view_iso(&t.arena, w->monday));
		table_cell(&t, arena_fmt(&t.arena, "%zu", w->reviews));
		table_cell(&t, arena_fmt(&t.arena, "%zu", w->letters));
		table_cell(&t, w->peak ? word(lang, "topp", "peak") : "");
		table_cell(&t, bar(&t, w->reviews, most));
	}
	table_write(&t, out);
	table_release(&t);
}

void view_forecast_week_json(const struct week *w, const char *body, const char *role,
                             struct buf *out)
{
	struct json *j = json_new();
	char text[16];

	snprintf(text, sizeof(text), "%d-W%02d", w->year, w->number);
	json_str(j, "week", text);
	json_day(j, "monday", w->monday);
	json_str(j, "body", body);
	json_str(j, "role", role);
	json_int(j, "reviews", (long long)w->reviews);
	json_int(j, "letters", (long long)w->letters);
	json_bool(j, "peak", w->peak);
	json_write(j, out);
}

void view_forecast_head(struct table *t, enum view_lang lang, const char *what)
{
	const char *const names[2][5] = {
		[VIEW_SV] = { what, "Granskningar", "Brev", "Mest en vecka", "Vecka" },
		[VIEW_EN] = { what, "Reviews", "Letters", "Most in a week", "Week" },
	};

	heads(t, names[lang], ARRAY_LEN(names[0]));
}

void view_forecast_row(struct table *t, const char *name, const struct week *weeks, size_t n)
{
	const struct week *most = NULL;
	size_t reviews = 0, letters = 0;

	for (size_t i = 0; i < n; i++) {
		reviews += weeks[i].reviews;
		letters += weeks[i].letters;
		if (weeks[i].reviews && (!most || weeks[i].reviews > most->reviews))
			most = &weeks[i];
	}
	table_cell(t, name);
	table_cell(t, arena_fmt(&t->arena, "%zu", reviews));
	table_cell(t, arena_fmt(&t->arena, "%zu", letters));
	table_cell(t, arena_fmt(&t->arena, "%zu", most ? most->reviews : 0));
	table_cell(t, most ? arena_fmt(&t->arena, "%d-W%02d", most->year, most->number) : NULL);
}

void view_level(const struct level *l, enum view_lang lang, struct buf *out)
{
	static const char *const names[2][5] = {
		[VIEW_SV] = { "Objekt", "Förfaller", "Klart senast", "I stället", "Titel" },
		[VIEW_EN] = { "Item", "Due", "Act by", "Instead", "Title" },
	};
	struct table t;

	heads(&t, names[lang], ARRAY_LEN(names[0]));
	for (size_t i = 0; i < l->n; i++) {
		const struct forecast_review *x = l->at[i].review;

		table_cell(&t, x->item->id);
		table_cell(&t, view_iso(&t.arena, x->due));
		table_cell(&t, view_iso(&t.arena, x->act_by));
		table_cell(&t, view_iso(&t.arena, l->at[i].to));
		table_cell(&t, x->item->title);
	}
	if (l->n)
		table_write(&t, out);
	table_release(&t);
	if (lang == VIEW_SV)
		buf_fmt(out, "%zu granskningar planeras tidigare. Mest en vecka: %zu, förut %zu. "
		        "Fristerna är som förut.\n", l->n, l->peak_after, l->peak_before);
	else
		buf_fmt(out, "%zu reviews are planned earlier. Most in a week: %zu, before %zu. "
		        "Due dates are as before.\n", l->n, l->peak_after, l->peak_before);
}

void view_level_json(const struct level *l, struct buf *out)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct forecast_review *x = l->at[i].review;
		struct json *j = json_new();

		json_str(j, "item", x->item->id);
		json_day(j, "due", x->due);
		json_day(j, "act_by_before", x->act_by);
		json_day(j, "act_by", l->at[i].to);
		json_write(j, out);
	}
}
