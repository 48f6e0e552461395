/* SPDX-License-Identifier: EUPL-1.2 */
/* What a confirmed table did to the register's assets. */
#include <string.h>

#include "core/inventory.h"
#include "src/store/db.h"
#include "store/edits.h"

/* Only what a table can change: what an import said of the asset stays. */
static int change_asset(struct store *s, const struct item *i, struct err *e)
{
	struct query q = query(s, STMT_ASSET_EDIT);

	put_text(&q, i->id);
	put_text(&q, i->title);
	put_text(&q, i->subkind);
	put_text(&q, i->responsible);
	put_text(&q, i->rule_text);
	put_int(&q, i->retired);
	for (size_t k = 0; k < ARRAY_LEN(i->levels); k++)
		put_int(&q, i->levels[k]);
	put_day(&q, i->classified);
	put_text(&q, i->shown);
	if (query_run(&q, e))
		return err_wrap(e, "asset %s", i->id);
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "asset %s is not in the register: nothing was written", i->id);
	return 0;
}

static int add_asset(struct store *s, const struct item *i, dayno day, struct err *e)
{
	struct import_report report = { .text = BUF_INIT };
	int failed = item_put(s, i, day, &report, e);

	buf_release(&report.text);
	if (!failed && !report.added)
		return err_set(e, ERR_SAFETY, "the id %s is an asset's already: nothing was written", i->id);
	return failed;
}

int edit_put(struct store *s, const struct item_edit *x, struct err *e)
{
	if (x->added ? add_asset(s, x->item, x->day, e) : change_asset(s, x->item, e))
		return -1;
	struct query q = query(s, STMT_EDIT_PUT);
	put_text(&q, x->item->id);
	put_text(&q, x->inventory);
	put_text(&q, x->letter);
	put_text(&q, x->confirmation);
	put_text(&q, x->role);
	put_day(&q, x->day);
	put_text(&q, x->fate);
	put_int(&q, x->retired);
	put_word(&q, x->columns);
	return query_run(&q, e) ? err_wrap(e, "asset %s", x->item->id) : 0;
}

int store_edits(struct store *s, struct arena *a, const char *what, struct item_edit **out, size_t *n,
                struct err *e)
{
	struct query q = query(s, STMT_EDITS_OF);
	size_t cap = 0;
	int got;

	put_word(&q, what);
	*out = NULL;
	*n = 0;
	while ((got = query_row(&q, e)) > 0) {
		struct item *item = arena_alloc(a, sizeof(*item));

		*item = item_blank();
		item->id = get_text(&q, a);
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		struct item_edit *x = &(*out)[(*n)++];
		*x = (struct item_edit){ .item = item };
		x->inventory = get_text(&q, a);
		get_chars(&q, x->letter, sizeof(x->letter));
		x->confirmation = get_text(&q, a);
		x->role = get_text(&q, a);
		x->day = get_day(&q);
		x->fate = get_text(&q, a);
		x->added = !strcmp(x->fate, inventory_fate_name(INVENTORY_ADDED));
		x->retired = get_bool(&q);
		x->columns = get_text(&q, a);
	}
	return got;
}
