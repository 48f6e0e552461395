/* SPDX-License-Identifier: EUPL-1.2 */
/* Mail on its way out, as a pass hands it over. */
#include <inttypes.h>
#include <stdlib.h>

#include "src/store/db.h"

enum {
	CRASHES = 3,     /* passes that a mail may take with it before it must wait */
	PAUSE_STEPS = 3, /* a server that is away is tried again every hour at least */
};

static instant get_instant(struct query *q)
{
	bool known = sqlite3_column_type(q->st, q->col) != SQLITE_NULL;
	int64_t at = get_int64(q);

	return known ? at : INSTANT_NONE;
}

static void fill(struct query *q, struct arena *a, struct outbox_row *r)
{
	*r = (struct outbox_row){ .id = get_int64(q) };
	r->message_id = get_text(q, a);
	r->to = get_text(q, a);
	r->letter = get_text(q, a);
	r->kind = get_text(q, a);
	r->subject = get_text(q, a);
	r->status = get_text(q, a);
	r->answer = get_text(q, a);
	r->attempts = get_int(q);
	r->created = get_int64(q);
	r->next_try = get_int64(q);
	r->since = get_int64(q);
	r->tried = get_instant(q);
}

int outbox_rows(struct query *q, struct arena *a, bool bytes, struct outbox_row **out, size_t *n,
                struct err *e)
{
	size_t cap = 0;
	int got;

	*out = NULL;
	*n = 0;
	while ((got = query_row(q, e)) > 0) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		struct outbox_row *r = &(*out)[(*n)++];
		fill(q, a, r);
		if (bytes)
			r->bytes = get_blob(q, a, &r->len);
	}
	return got;
}

int outbox_get(struct store *s, struct arena *a, int64_t id, struct outbox_row *out,
               struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_ROW);

	put_int(&q, id);
	int got = query_row(&q, e);
	if (got > 0) {
		fill(&q, a, out);
		out->bytes = get_blob(&q, a, &out->len);
		query_end(&q);
	}
	return got;
}

int outbox_need(struct store *s, struct arena *a, int64_t id, struct outbox_row *out, struct err *e)
{
	int got = outbox_get(s, a, id, out, e);

	return got > 0 ? 0 : got < 0 ? -1 : err_set(e, ERR_FOUND, "mail %" PRId64 " is not in the outbox", id);
}

int outbox_record(struct store *s, const char *kind, const struct outbox_row *r, const char *more,
                  instant now, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;
	uint8_t digest[DIGEST_SIZE];
	char hex[DIGEST_HEX];

	digest_sha256(r->bytes, r->len, digest);
	digest_hex(digest, sizeof(digest), hex);
	buf_fmt(&facts, "message_id=%s\nkind=%s\nattempts=%d\nsha256=%s\n%s", r->message_id, r->kind,
	        r->attempts, hex, more);
	return record_append(s, now, &(struct record_entry){
		.kind = kind,
		.subject = r->letter ? r->letter : r->message_id,
		.facts = facts.data,
	}, e);
}

/* ---- claiming ---- */

static int claim_one(struct store *s, struct arena *a, int64_t id, struct outbox_row *out,
                     struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_SENDING);

	put_int(&q, id);
	if (query_run(&q, e))
		return -1;
	return outbox_need(s, a, id, out, e);
}

/* Ids first, so that no mail's bytes go through a sort. */
static int claim_due(struct store *s, struct arena *a, instant now, int max, bool held,
                     struct outbox_row **out, size_t *n, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_DUE);
	int64_t *ids = NULL;
	size_t cap = 0, found = 0;
	int got;

	put_int(&q, now);
	put_int(&q, max);
	put_int(&q, held);
	while ((got = query_row(&q, e)) > 0) {
		ids = arena_grow(a, ids, found, &cap, sizeof(*ids));
		ids[found++] = get_int64(&q);
	}
	if (got < 0)
		return -1;
	*out = arena_alloc(a, (found + 1) * sizeof(**out));
	for (size_t i = 0; i < found; i++)
		if (claim_one(s, a, ids[i], &(*out)[i], e))
			return -1;
	*n = found;
	return 0;
}

static int tried_since(struct store *s, instant since, instant now, int *out, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_TRIED);
	int64_t n = 0;

	put_int(&q, since);
	put_int(&q, now);
	if (query_int(&q, &n, e))
		return -1;
	*out = n > INT32_MAX ? INT32_MAX : (int)n;
	return 0;
}

static int room(struct store *s, const struct throttle *t, instant now, int *max, struct err *e)
{
	int minute, day;

	if (!t || (!t->per_minute && !t->per_day))
		return 0;
	if (tried_since(s, now - 60, now, &minute, e) || tried_since(s, now - 86400, now, &day, e))
		return -1;
	*max = throttle_room(t, minute, day, *max);
	return 0;
}

int outbox_hold_rows(struct store *s, int *n, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_HOLD);

	if (query_run(&q, e))
		return -1;
	*n = sqlite3_changes(s->db);
	return 0;
}

static int put_ahead(struct store *s, enum stmt_id which, instant now, struct err *e)
{
	struct query q = query(s, which);

	put_int(&q, now);
	put_int(&q, now + RETRY_LONGEST_S);
	return query_run(&q, e);
}

/* What a clock that was ahead wrote or put off would wait until that day comes. */
static int mend_clock(struct store *s, instant now, struct err *e)
{
	return put_ahead(s, STMT_OUTBOX_AHEAD, now, e) || put_ahead(s, STMT_PAUSE_AHEAD, now, e) ? -1 : 0;
}

int outbox_claim(struct store *s, struct arena *a, instant now, size_t max, const struct throttle *t,
                 struct outbox_row **out, size_t *n, struct err *e)
{
	struct outbox_gate gate;
	int most = max > INT32_MAX ? INT32_MAX : (int)max, held;

	if (mend_clock(s, now, e) || outbox_gate(s, a, &gate, e))
		return -1;
	/* what was written since it was held waits with the rest */
	if (gate.held && outbox_hold_rows(s, &held, e))
		return -1;
	if (gate.until != INSTANT_NONE && now < gate.until)
		return 0;
	if (room(s, t, now, &most, e))
		return -1;
	return claim_due(s, a, now, most, gate.held, out, n, e);
}

int outbox_unclaim(struct store *s, int *n, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_UNCLAIM);

	if (query_run(&q, e))
		return -1;
	*n = sqlite3_changes(s->db);
	return 0;
}

/* ---- how it ended ---- */

static int ended(struct store *s, const struct outbox_row *r, const char *status,
                 const char *answer, instant next, instant now, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_ENDED);

	put_int(&q, r->id);
	put_text(&q, status);
	put_text(&q, answer);
	put_int(&q, next);
	put_int(&q, now);
	if (query_run(&q, e))
		return -1;
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "outgoing mail %" PRId64 " is not being sent: its "
		               "outcome was not noted", r->id);
	return 0;
}

/* Our own side is at fault (authentication, quota): no other mail would fare
 * better, and none is lost by waiting for a person. */
int outbox_hold(struct store *s, const char *reason, bool told, instant now, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;
	struct query q = query(s, STMT_HOLD_PUT);
	int mails;

	put_int(&q, now);
	put_text(&q, reason);
	put_int(&q, told);
	if (query_run(&q, e))
		return -1;
	bool first = sqlite3_changes(s->db) == 1;
	if (outbox_hold_rows(s, &mails, e))
		return -1;
	if (!first)
		return 0;
	buf_fmt(&facts, "mails=%d\nreason=%s\n", mails, reason);
	return record_append(s, now, &(struct record_entry){
		.kind = "outbox-held", .subject = "outbox", .facts = facts.data,
	}, e);
}

/* All of them are held, the refused one too; but the mail that tells of it is tried
 * again beside them. */
static int held(struct store *s, const struct outbox_row *r, const char *answer, instant now,
                struct err *e)
{
	int mails;

	return ended(s, r, "deferred", answer, retry_at(now, r->attempts, r->id), now, e)
	       || outbox_unclaim(s, &mails, e)
	       || outbox_hold(s, answer ? answer : "the mail server refuses our mail", false, now, e)
	       ? -1 : 0;
}

int outbox_end_pause(struct store *s, struct err *e)
{
	struct query q = query(s, STMT_PAUSE_END);

	return query_run(&q, e);
}

/* The mail keeps its turn: nothing was said of it. */
static int pause(struct store *s, const struct outbox_row *r, const char *answer, instant now,
                 struct err *e)
{
	struct query get = query(s, STMT_PAUSE_GET), put;
	int tries = 1, mails;
	int got = query_row(&get, e);

	if (got < 0)
		return -1;
	if (got) {
		get_int64(&get);
		tries = get_int(&get) + 1;
		query_end(&get);
	}
	put = query(s, STMT_PAUSE_PUT);
	put_int(&put, retry_at(now, tries < PAUSE_STEPS ? tries : PAUSE_STEPS, r->id));
	put_int(&put, tries);
	put_word(&put, answer ? answer : "");
	return ended(s, r, "deferred", answer, r->next_try, now, e) || outbox_unclaim(s, &mails, e)
	       || query_run(&put, e) ? -1 : 0;
}

static int note_left(struct store *s, enum stmt_id which, const struct outbox_row *r, dayno day,
                     struct err *e)
{
	struct query q = query(s, which);

	put_text(&q, r->message_id);
	put_text(&q, r->letter);
	put_day(&q, day);
	return query_run(&q, e);
}

/* A notice that waited: what follows counts from the day that it left. */
static int accepted(struct store *s, struct outbox_row *r, const char *answer, instant now, struct err *e)
{
	dayno day = zone_wall(now).day;

	if (r->letter && zone_wall(r->created).day < day
	    && (note_left(s, STMT_REVIEW_LEFT, r, day, e) || note_left(s, STMT_SEAT_LEFT, r, day, e)))
		return -1;
	return ended(s, r, "accepted", answer, now, now, e)
	       || outbox_record(s, "mail-accepted", r, "", now, e) ? -1 : 0;
}

static int failed(struct store *s, struct outbox_row *r, const char *answer, instant now,
                  const char *more, struct err *e)
{
	return ended(s, r, "failed", answer, now, now, e)
	       || outbox_record(s, "mail-failed", r, more, now, e) ? -1 : 0;
}

static int put_off(struct store *s, struct outbox_row *r, enum submit_verdict v,
                   const char *answer, const struct retry_policy *patience, instant now,
                   struct err *e)
{
	if (patience && retry_is_over(patience, r->since, r->attempts, now)) {
		struct buf words AUTO(buf_release) = BUF_INIT;

		buf_fmt(&words, "given up after %d hours; the last answer: %s", patience->give_up_h,
		        answer ? answer : "none");
		return failed(s, r, words.data, now, "because=given-up\n", e);
	}
	if (ended(s, r, submit_verdict_name(v), answer, retry_at(now, r->attempts, r->id), now, e))
		return -1;
	return v == SUBMIT_UNCERTAIN ? outbox_record(s, "mail-uncertain", r, "", now, e) : 0;
}

int outbox_result(struct store *s, struct outbox_row *r, enum submit_verdict v, const char *answer,
                  const struct retry_policy *patience, instant now, struct err *e)
{
	switch (v) {
	case SUBMIT_ACCEPTED:
		return accepted(s, r, answer, now, e);
	case SUBMIT_FAILED:
		return failed(s, r, answer, now, "", e);
	case SUBMIT_HELD:
		return held(s, r, answer, now, e);
	case SUBMIT_BUSY:
		return pause(s, r, answer, now, e);
	case SUBMIT_DEFERRED:
	case SUBMIT_UNCERTAIN:
		return put_off(s, r, v, answer, patience, now, e);
	case SUBMIT_VERDICT_COUNT:
		break;
	}
	return err_set(e, ERR_USAGE, "%d is no verdict on a submission", (int)v);
}

/* At once, so that the next pass carries on; but a mail that takes its pass with it
 * every time must not be sent every time. */
int outbox_doubt(struct store *s, int64_t id, instant now, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct outbox_row r = { .id = id };

	if (outbox_need(s, &a, id, &r, e))
		return -1;
	return ended(s, &r, "uncertain", "the program ended while it was handed over",
	             r.attempts <= CRASHES ? r.next_try : retry_at(now, r.attempts - CRASHES, id), now, e)
	       || outbox_record(s, "mail-uncertain", &r, "because=the program ended\n", now, e) ? -1 : 0;
}
