/* SPDX-License-Identifier: EUPL-1.2 */
/* status: how far the chiefs' attestations have come, unit by unit. */
#include <string.h>

#include "app/commands.h"
#include "core/training.h"

static bool asked(void *with, const char *item)
{
	const struct reviews *open = with; /* sorted by item */
	size_t low = 0, high = open->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(open->at[mid].item, item);

		if (!order)
			return true;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static void one_json(const struct training_count *c, struct buf *out)
{
	struct json *j = json_new();

	json_str(j, "unit", c->org);
	json_int(j, "chiefs", c->chiefs);
	json_int(j, "attested", c->attested);
	json_int(j, "attestations_open", c->open);
	json_int(j, "attestations_overdue", c->overdue);
	json_write(j, out);
}

int trainings_table(struct store *s, const struct registry *r, dayno today, enum view_lang lang,
                    bool json, struct buf *out, struct err *e)
{
	static const char *const heads[2][5] = {
		{ "Förvaltning", "Intyg", "Intygade", "Frågade", "Försenade" },
		{ "Unit", "Attestations", "Attested", "Asked", "Overdue" },
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reviews open;
	struct table t;
	size_t n;

	if (store_open_reviews(s, &a, &open, e))
		return -1;
	const struct training_count *counts = training_counts(r, today, &a, asked, &open, &n);
	if (!n)
		return 0;
	table_init(&t, ARRAY_LEN(heads[0]));
	for (size_t i = 0; i < ARRAY_LEN(heads[0]); i++)
		table_cell(&t, heads[lang == VIEW_SV ? 0 : 1][i]);
	for (size_t i = 0; i < n; i++) {
		const int cells[] = { counts[i].chiefs, counts[i].attested, counts[i].open, counts[i].overdue };

		if (json) {
			one_json(&counts[i], out);
			continue;
		}
		table_cell(&t, counts[i].org);
		for (size_t k = 0; k < ARRAY_LEN(cells); k++)
			table_cell(&t, arena_fmt(&a, "%d", cells[k]));
	}
	if (!json) {
		buf_chr(out, '\n');
		table_write(&t, out);
	}
	table_release(&t);
	return 0;
}
