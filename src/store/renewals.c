/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/renewal.h"
#include "src/store/db.h"

static int renewed(struct store *s, const struct renewal *n, struct err *e)
{
	struct query q = query(s, STMT_ITEM_RENEWED);

	put_text(&q, n->item);
	put_day(&q, n->day);
	put_text(&q, n->paragraph);
	put_text(&q, n->registry_no);
	put_day(&q, n->due);
	return query_run(&q, e);
}

static int ended(struct store *s, const struct renewal *n, struct err *e)
{
	struct query q = query(s, STMT_ITEM_ENDED);

	put_text(&q, n->item);
	put_day(&q, n->ended);
	return query_run(&q, e);
}

int renewal_put(struct store *s, const struct renewal *n, struct err *e)
{
	if (n->day != DAY_NONE ? renewed(s, n, e) : ended(s, n, e))
		return err_wrap(e, "item %s", n->item);
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "item %s is not in the register: nothing was written", n->item);
	return 0;
}
