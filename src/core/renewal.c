/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/renewal.h"

#include "core/shown.h"

static dayno known(const struct item *i)
{
	return i->revised > i->decided ? i->revised : i->decided;
}

static void show(struct arena *a, struct item *i)
{
	char day[DATE_TEXT];

	if (!i->shown)
		return;
	i->shown = shown_put(a, i->shown, "decided", date_text(i->decided, day));
	i->shown = shown_put(a, i->shown, "revised", day);
	i->shown = shown_put(a, i->shown, "paragraph", i->paragraph);
	i->shown = shown_put(a, i->shown, "registry_no", i->registry_no);
}

void renewal_merge(const struct renewal *n, struct arena *a, struct item *i)
{
	i->renewed_for = DAY_NONE;
	/* One that was decided on after its repeal is in force again. */
	if (n->ended != DAY_NONE && n->ended >= known(i) && n->ended >= n->day)
		i->retired = true;
	if (n->day == DAY_NONE || n->day < known(i))
		return;
	i->decided = i->revised = n->day;
	i->decided_ask = false;
	i->paragraph = n->paragraph;
	if (n->registry_no)
		i->registry_no = n->registry_no;
	i->renewed_for = n->due;
	show(a, i);
}
