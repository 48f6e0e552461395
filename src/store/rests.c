/* SPDX-License-Identifier: EUPL-1.2 */
#include "src/store/db.h"
#include "store/rests.h"

static int all(struct query *q, struct arena *a, struct rests *out, struct err *e)
{
	size_t cap = 0;
	int got;

	*out = (struct rests){ .at = NULL };
	while ((got = query_row(q, e)) > 0) {
		out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
		struct rest *x = &out->at[out->n++];

		*x = (struct rest){ .item = get_text(q, a) };
		instant answered = get_int64(q);
		dayno back = get_day(q), day = answered ? zone_wall(answered).day : DAY_NONE;
		x->sent_back = back != DAY_NONE && back >= day;
		x->since = back > day ? back : day;
	}
	return got;
}

int store_rests(struct store *s, struct arena *a, struct rests *out, struct err *e)
{
	struct query q = query(s, STMT_RESTS_OPEN);

	return all(&q, a, out, e);
}

int store_awake_rests(struct store *s, struct arena *a, dayno today, struct rests *out, struct err *e)
{
	struct query q = query(s, STMT_RESTS_AWAKE);

	put_day(&q, today);
	return all(&q, a, out, e);
}
