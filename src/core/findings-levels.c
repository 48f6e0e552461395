/* SPDX-License-Identifier: EUPL-1.2 */
/* Classification: K, R and T of an asset, and how old they are. */
#include "core/inventory.h"
#include "findings-internal.h"

/* The axes that have no level yet: "K, T"; NULL: all have one. */
static const char *axes_missing(struct look *l, const struct item *i)
{
	static const char *const axes[] = {"K", "R", "T"};
	const char *list = NULL;

	for (size_t k = 0; k < ARRAY_LEN(axes); k++)
		if (i->levels[k] < 0)
			list = list_add(&l->out->arena, list, axes[k]);
	return list;
}

/*
 * When the classification should have been made again: the due date of a
 * thing that was reviewed the day it was classified, by the municipality's
 * rule for that. So every rule that due dates know can be the rule.
 */
static dayno classify_again(struct look *l, const struct item *asset, struct arena *a)
{
	struct item i = item_blank();
	struct due d;

	i.id = i.title = ""; /* no event or exception concerns it */
	i.kind = ITEM_ASSET;
	i.body = asset->body;
	i.reviewed = i.known_on = asset->classified;
	i.rules = l->classify;
	due_compute(l->r, &i, l->today, a, &d);
	return d.due;
}

void look_levels(struct look *l, const struct item *i, struct glance *g)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *missing = axes_missing(l, i);
	struct finding f;

	if (missing) {
		f = find_item(FINDING_LEVELS_MISSING, i);
		f.other = missing;
		f.day = i->classified;
		findings_add(l->out, &f);
		return;
	}
	if (i->classified == DAY_NONE) {
		f = find_item(FINDING_LEVELS_UNDATED, i);
		findings_add(l->out, &f);
		return;
	}
	dayno again = classify_again(l, i, &a);
	if (again != DAY_NONE && again < l->today) {
		f = find_item(FINDING_LEVELS_OLD, i);
		f.day = i->classified;
		f.until = again;
		findings_add(l->out, &f);
		return;
	}
	g->classified = true;
}

void look_it_chief(struct look *l)
{
	bool assets = false;

	for (size_t i = 0; i < l->r->n_items; i++)
		assets = assets || (l->items[i].live && l->r->items[i].kind == ITEM_ASSET);
	if (!assets || inventory_it_chief(l->r, l->today))
		return;
	struct finding f = find_name(FINDING_IT_CHIEF_MISSING, "it_chef");
	f.other = l->r->settings.it_chief;
	findings_add(l->out, &f);
}
