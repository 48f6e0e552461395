/* SPDX-License-Identifier: EUPL-1.2 */
/* Mail that does not arrive: what the coordinator is to be told of it, and what came
 * back. */
#include <string.h>

#include "core/outbox.h"
#include "src/store/db.h"

int store_outbox_news(struct store *s, struct arena *a, instant late_since,
                      struct outbox_news *out, struct err *e)
{
	struct query failed = query(s, STMT_OUTBOX_FAILED), late;

	*out = (struct outbox_news){ .n_late = 0 };
	if (outbox_rows(&failed, a, false, &out->failed, &out->n_failed, e))
		return -1;
	if (late_since == INSTANT_NONE)
		return 0;
	late = query(s, STMT_OUTBOX_LATE);
	put_int(&late, late_since);
	return outbox_rows(&late, a, false, &out->late, &out->n_late, e);
}

int store_unsent(struct store *s, struct arena *a, struct unsents *out, struct err *e)
{
	struct query q = query(s, STMT_UNSENT);
	size_t cap = 0;
	int got;

	*out = (struct unsents){ .at = NULL };
	while ((got = query_row(&q, e)) > 0) {
		out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
		struct unsent *x = &out->at[out->n++];
		x->review = get_text(&q, a);
		x->seat = get_text(&q, a);
	}
	return got;
}

int store_outbox_next(struct store *s, instant *out, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct query q = query(s, STMT_OUTBOX_NEXT);
	struct outbox_gate gate;

	*out = INSTANT_NONE;
	if (store_outbox_gate(s, &a, &gate, e))
		return -1;
	int got = gate.held ? 0 : query_row(&q, e);
	if (got <= 0)
		return got;
	if (sqlite3_column_type(q.st, 0) != SQLITE_NULL)
		*out = get_int64(&q);
	query_end(&q);
	if (*out != INSTANT_NONE && gate.until != INSTANT_NONE && gate.until > *out)
		*out = gate.until;
	return 0;
}

int store_outbox_last_word(struct store *s, instant *out, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_LAST_WORD);
	int got = query_row(&q, e);

	*out = INSTANT_NONE;
	if (got <= 0)
		return got;
	if (sqlite3_column_type(q.st, 0) != SQLITE_NULL)
		*out = get_int64(&q);
	query_end(&q);
	return 0;
}

static int put_told(struct store *s, const struct mail_told *x, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_TOLD);

	put_int(&q, x->id);
	put_int(&q, x->failed ? 2 : 1);
	return query_run(&q, e);
}

static int put_hold_told(struct store *s, struct err *e)
{
	struct query q = query(s, STMT_HOLD_TOLD);

	return query_run(&q, e);
}

static int put_bounced(struct store *s, const struct mail_bounced *x, instant at, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf words AUTO(buf_release) = BUF_INIT;
	struct outbox_row r;
	struct query q;
	int got = outbox_get(s, &a, x->id, &r, e);

	if (got <= 0)
		return got;
	buf_fmt(&words, "came back: %s", x->said ? x->said : "nothing was said why");
	q = query(s, STMT_OUTBOX_BOUNCED);
	put_int(&q, x->id);
	put_text(&q, words.data);
	put_int(&q, x->told ? 2 : 0);
	if (query_run(&q, e))
		return -1;
	return sqlite3_changes(s->db) ? outbox_record(s, "mail-bounced", &r, "", at, e) : 0;
}

int outbox_change_put(struct store *s, const struct outbox_change *o, instant at, struct err *e)
{
	for (size_t i = 0; i < o->n_told; i++)
		if (put_told(s, &o->told[i], e))
			return -1;
	for (size_t i = 0; i < o->n_bounced; i++)
		if (put_bounced(s, &o->bounced[i], at, e))
			return -1;
	return o->hold_told ? put_hold_told(s, e) : 0;
}
