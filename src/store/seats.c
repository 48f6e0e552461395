/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/seats.h"

#include <string.h>

#include "src/store/db.h"

/* What is one approver's; whose letter has another's place is void from then on. */
int seat_put(struct store *s, const struct review *r, struct err *e)
{
	struct query leave = query(s, STMT_SEAT_LEAVES), q;

	put_text(&leave, r->id);
	put_text(&leave, r->seat);
	put_text(&leave, r->letter);
	put_int(&leave, r->n);
	if (query_run(&leave, e))
		return err_wrap(e, "approver %s of %s", r->seat, r->id);
	q = query(s, STMT_SEAT_PUT);
	put_text(&q, r->id);
	put_text(&q, r->seat);
	put_text(&q, r->letter);
	put_int(&q, r->n);
	put_text(&q, rung_name(r->rung < RUNG_OVERDUE ? r->rung : RUNG_OVERDUE));
	put_text(&q, rung_name(r->rung > RUNG_OVERDUE ? r->rung : RUNG_NONE));
	put_day(&q, r->due);
	put_day(&q, r->act_by);
	put_day(&q, r->last_notice);
	put_text(&q, r->deputy);
	put_text(&q, verdict_name(r->said));
	if (query_run(&q, e))
		return err_wrap(e, "approver %s of %s", r->seat, r->id);
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "number %d of letter %s is another review's: nothing was "
		               "written", r->n, r->letter);
	return 0;
}

int store_seats(struct store *s, struct arena *a, const struct reviews *of, struct reviews *out,
                struct err *e)
{
	size_t cap = 0;
	int got;

	*out = (struct reviews){ .at = NULL };
	for (size_t i = 0; i < of->n; i++) {
		bool before = false;

		for (size_t k = 0; k < i && !before; k++)
			before = !strcmp(of->at[k].id, of->at[i].id);
		if (before)
			continue;
		struct query q = query(s, STMT_SEATS_OF_REVIEW);
		put_word(&q, of->at[i].id);
		while ((got = query_row(&q, e)) > 0) {
			out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
			review_fill(&q, a, &out->at[out->n++]);
		}
		if (got < 0)
			return err_wrap(e, "approvers of %s", of->at[i].id);
	}
	return 0;
}
