/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/brakes.h"

#include <string.h>

#include "src/store/db.h"

/* ---- the brake ---- */

int store_brake(struct store *s, struct brake *out, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct query q = query(s, STMT_BRAKE_GET);

	*out = (struct brake){ .passed = DAY_NONE };
	int got = query_row(&q, e);
	if (got <= 0)
		return got;
	out->passed = get_day(&q);
	out->state = brake_state_by_name(get_text(&q, &a));
	out->wanted = get_int(&q);
	query_end(&q);
	return 0;
}

static int brake_record(struct store *s, const char *kind, int letters, instant now, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;

	buf_fmt(&facts, "letters=%d\n", letters);
	return record_append(s, now, &(struct record_entry){
		.kind = kind, .subject = "brake", .facts = facts.data,
	}, e);
}

int brake_put(struct store *s, const struct brake *b, instant now, struct err *e)
{
	struct brake was;

	if (store_brake(s, &was, e))
		return -1;
	if (was.passed == b->passed && was.state == b->state && was.wanted == b->wanted)
		return 0;
	struct query q = query(s, STMT_BRAKE_PUT);
	put_day(&q, b->passed);
	put_text(&q, brake_state_name(b->state));
	put_int(&q, b->wanted);
	if (query_run(&q, e))
		return -1;
	if ((was.state == BRAKE_ON) == (b->state == BRAKE_ON))
		return 0;
	return brake_record(s, b->state == BRAKE_ON ? "sending-stopped" : "sending-resumed", b->wanted,
	                    now, e);
}

int brake_release(struct store *s, instant now, struct err *e)
{
	struct query q = query(s, STMT_BRAKE_RELEASE);
	struct brake b;

	if (query_run(&q, e))
		return -1;
	if (!sqlite3_changes(s->db))
		return 0;
	return store_brake(s, &b, e) || brake_record(s, "sending-released", b.wanted, now, e) ? -1 : 0;
}

/* ---- what the coordinator is told ---- */

int matter_put(struct store *s, const struct matter *m, struct err *e)
{
	struct query q = query(s, STMT_MATTER_PUT);

	put_text(&q, matter_kind_name(m->kind));
	put_word(&q, m->key);
	put_day(&q, m->day);
	put_text(&q, m->item);
	put_text(&q, m->role);
	put_text(&q, m->other);
	put_text(&q, m->text);
	return query_run(&q, e) ? err_wrap(e, "a matter for the coordinator: %s", m->key) : 0;
}

int matter_told_put(struct store *s, const struct matter_told *t, struct err *e)
{
	struct query q = query(s, STMT_MATTER_TOLD);

	put_int(&q, t->id);
	put_text(&q, t->letter);
	return query_run(&q, e) ? err_wrap(e, "the coordinator's letter %s", t->letter) : 0;
}

/* Those of a kind that this program does not know are left to one that does. */
static bool fill(struct query *q, struct arena *a, struct matter *m)
{
	*m = (struct matter){ .id = get_int64(q), .kind = MATTER_KIND_COUNT };
	const char *kind = get_text(q, a);
	for (int k = 0; kind && k < MATTER_KIND_COUNT; k++)
		if (!strcmp(matter_kind_name((enum matter_kind)k), kind))
			m->kind = (enum matter_kind)k;
	m->key = get_text(q, a);
	m->day = get_day(q);
	m->item = get_text(q, a);
	m->role = get_text(q, a);
	m->other = get_text(q, a);
	m->text = get_text(q, a);
	return m->kind != MATTER_KIND_COUNT;
}

static int untold(struct store *s, struct arena *a, dayno today, struct matters *out,
                  struct err *e)
{
	struct query any = query(s, STMT_MATTER_ANY), had, q;
	int64_t yes = 0;
	size_t cap = 0;
	int got;

	if (query_int(&any, &yes, e))
		return -1;
	if (!yes)
		return 0;
	had = query(s, STMT_MATTER_TODAY);
	put_day(&had, today);
	if (query_int(&had, &yes, e))
		return -1;
	if (yes)
		return 0;
	q = query(s, STMT_MATTERS_UNTOLD);
	while ((got = query_row(&q, e)) > 0) {
		out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
		out->n += fill(&q, a, &out->at[out->n]);
	}
	return got;
}

int store_matters_untold(struct store *s, struct arena *a, dayno today, struct matters *out,
                         struct err *e)
{
	*out = (struct matters){ .at = NULL };
	if (txn_read(s, e))
		return -1;
	return txn_end(s, untold(s, a, today, out, e), e);
}

/* ---- who is there ---- */

int holding_put(struct store *s, const struct holding *h, struct err *e)
{
	struct query q = query(s, STMT_HELD_PUT);

	put_text(&q, h->what == HELD_CHAIR ? "chair" : "item");
	put_text(&q, h->id);
	put_word(&q, h->role);
	put_day(&q, h->since);
	return query_run(&q, e) ? err_wrap(e, "who holds %s", h->id) : 0;
}

int dead_put(struct store *s, const struct dead_address *d, struct err *e)
{
	struct query q = query(s, STMT_DEAD_PUT);

	put_text(&q, d->address);
	put_day(&q, d->day);
	put_text(&q, d->source);
	put_text(&q, d->said);
	return query_run(&q, e) ? err_wrap(e, "the dead address %s", d->address) : 0;
}

static int alive_inner(struct store *s, const char *address, instant now, struct err *e)
{
	struct query q = query(s, STMT_DEAD_CLEAR);

	put_text(&q, address);
	put_day(&q, zone_wall(now).day);
	if (query_run(&q, e))
		return -1;
	if (!sqlite3_changes(s->db))
		return 0;
	return record_append(s, now, &(struct record_entry){
		.kind = "address-alive", .subject = address, .facts = "source=coordinator\n",
	}, e) ? -1 : 1;
}

int store_address_alive(struct store *s, const char *address, instant now, struct err *e)
{
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, alive_inner(s, address, now, e), e);
}
