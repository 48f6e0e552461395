/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "core/shown.h"
#include "inventory-internal.h"

static struct item new_asset(const struct item *inventory, const struct inventory_edit *edit, dayno day,
                             struct arena *a)
{
	struct item i = item_blank();
	char text[DATE_TEXT];

	i.kind = ITEM_ASSET;
	i.id = edit->id;
	i.body = inventory->body;
	i.valid_from = day; /* what its first review is counted from */
	i.shown = shown_put(a, "", "kind", item_kind_name(ITEM_ASSET));
	i.shown = shown_put(a, i.shown, "id", i.id);
	i.shown = shown_put(a, i.shown, "valid_from", date_text(day, text));
	i.shown = shown_put(a, i.shown, "body", i.body ? i.body : "alla");
	return i;
}

void inventory_set(struct arena *a, struct item *i, enum inventory_column column, const char *value)
{
	switch (column) {
	case INVENTORY_NAME:
		i->title = value;
		break;
	case INVENTORY_KIND:
		i->subkind = value;
		break;
	case INVENTORY_RESPONSIBLE:
		i->responsible = value;
		break;
	case INVENTORY_CLASSIFIED:
		i->classified = DAY_NONE;
		if (value && !date_parse(value, &i->classified))
			i->classified = DAY_NONE;
		break;
	case INVENTORY_RULE:
		i->rule_text = value;
		break;
	case INVENTORY_STATUS:
		i->retired = item_status_retired(text_fold(a, value ? value : ""));
		break;
	case INVENTORY_K:
	case INVENTORY_R:
	case INVENTORY_T:
		i->levels[column - INVENTORY_K] = value ? *value - '0' : -1;
		break;
	case INVENTORY_ID:
	case INVENTORY_OWNER:
	case INVENTORY_MANAGER:
	case INVENTORY_COLUMN_COUNT:
		break;
	}
	i->shown = shown_put(a, i->shown, inventory_key(column), value);
}

struct item inventory_apply(const struct item *inventory, const struct inventory_edit *edit, dayno day,
                            struct arena *a)
{
	struct item i = edit->item ? *edit->item : new_asset(inventory, edit, day, a);
	bool levels = false, dated = false;
	char text[DATE_TEXT];

	for (size_t f = 0; f < edit->n; f++) {
		inventory_set(a, &i, edit->fields[f].column, edit->fields[f].value);
		levels = levels || edit->fields[f].column >= INVENTORY_K;
		dated = dated || edit->fields[f].column == INVENTORY_CLASSIFIED;
	}
	if (edit->fate == INVENTORY_REMOVED)
		inventory_set(a, &i, INVENTORY_STATUS, "avvecklad");
	if (levels && !dated)
		inventory_set(a, &i, INVENTORY_CLASSIFIED, date_text(day, text));
	return i;
}
