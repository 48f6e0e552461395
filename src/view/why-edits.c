/* SPDX-License-Identifier: EUPL-1.2 */
/* `oversyn why ITEM`: what confirmed tables did to an asset. */
#include <string.h>

#include "internal.h"

static void say_edit(const struct why *w, const struct item_edit *x)
{
	const struct role *role = registry_role(w->r, x->role);
	const char *by = role && role->title ? clean_line(w->a, role->title) : x->role;
	const char *day = view_iso(w->a, x->day);

	if (x->added)
		why_say(w, "Lades till %s i förteckningen %s", "Added %s in the inventory %s", day, x->inventory);
	else if (!strcmp(x->fate, "removed"))
		why_say(w, "Avvecklades %s, för raden togs bort ur förteckningen %s",
		        "Retired %s, since its row was taken out of the inventory %s", day, x->inventory);
	else if (x->retired)
		why_say(w, "Avvecklades %s, för det skrevs som status i förteckningen %s",
		        "Retired %s, since that was written as its status in the inventory %s", day, x->inventory);
	else
		why_say(w, "Ändrades %s i förteckningen %s: %s", "Changed %s in the inventory %s: %s", day,
		        x->inventory, x->columns ? x->columns : "");
	why_say(w, " (%s svarade på %s).\n", " (%s answered %s).\n", by, x->letter);
}

void view_why_edits(const struct registry *r, const struct item_edit *edits, size_t n,
                    enum view_lang lang, struct buf *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const struct why w = { .r = r, .lang = lang, .a = &a, .out = out };

	for (size_t i = 0; i < n; i++)
		say_edit(&w, &edits[i]);
}
