/* SPDX-License-Identifier: EUPL-1.2 */
#include <inttypes.h>
#include <stdlib.h>

#include "src/store/db.h"

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
}

static int fill_all(struct query *q, struct arena *a, bool bytes, struct outbox_row **out,
                    size_t *n, struct err *e)
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

/* 1 found, 0 not, -1 error. */
static int get_row(struct store *s, struct arena *a, int64_t id, struct outbox_row *out,
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

static int claim_one(struct store *s, struct arena *a, int64_t id, struct outbox_row *out,
                     struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_SENDING);

	put_int(&q, id);
	if (query_run(&q, e))
		return -1;
	return get_row(s, a, id, out, e) < 0 ? -1 : 0;
}

/* Ids first, so that no mail's bytes go through a sort. */
static int claim_inner(struct store *s, struct arena *a, instant now, size_t max,
                       struct outbox_row **out, size_t *n, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_DUE);
	int64_t *ids = NULL;
	size_t cap = 0, found = 0;
	int got;

	put_int(&q, now);
	put_int(&q, max > INT32_MAX ? INT32_MAX : (int64_t)max);
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

int store_outbox_claim(struct store *s, struct arena *a, instant now, size_t max,
                       struct outbox_row **out, size_t *n, struct err *e)
{
	*out = NULL;
	*n = 0;
	if (txn_begin(s, e))
		return -1;
	int rc = txn_end(s, claim_inner(s, a, now, max, out, n, e), e);
	if (rc)
		*n = 0;
	return rc;
}

static int record(struct store *s, const char *kind, const struct outbox_row *r, instant now,
                  struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;
	uint8_t digest[DIGEST_SIZE];
	char hex[DIGEST_HEX];

	digest_sha256(r->bytes, r->len, digest);
	digest_hex(digest, sizeof(digest), hex);
	buf_fmt(&facts, "message_id=%s\nkind=%s\nattempts=%d\nsha256=%s\n", r->message_id, r->kind,
	        r->attempts, hex);
	return record_append(s, now, &(struct record_entry){
		.kind = kind,
		.subject = r->letter ? r->letter : r->message_id,
		.facts = facts.data,
	}, e);
}

static int ended(struct store *s, int64_t id, enum submit_verdict v, const char *answer,
                 instant next, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_ENDED);

	put_int(&q, id);
	put_text(&q, submit_verdict_name(v));
	put_text(&q, answer);
	put_int(&q, next);
	if (query_run(&q, e))
		return -1;
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "outgoing mail %" PRId64 " is not being sent: its "
		               "outcome was not noted", id);
	return 0;
}

/* Our own side is at fault (authentication, quota): no other mail would fare
 * better, and none is lost by waiting for a person. */
static int hold_all(struct store *s, instant now, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;
	struct query q = query(s, STMT_OUTBOX_HOLD);

	if (query_run(&q, e))
		return -1;
	buf_fmt(&facts, "mails=%d\n", sqlite3_changes(s->db) + 1);
	return record_append(s, now, &(struct record_entry){
		.kind = "outbox-held", .subject = "outbox", .facts = facts.data,
	}, e);
}

static int result_inner(struct store *s, int64_t id, enum submit_verdict v, const char *answer,
                        instant now, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct outbox_row r;
	int got = get_row(s, &a, id, &r, e);

	if (got <= 0)
		return got < 0 ? -1 : err_set(e, ERR_USAGE, "there is no outgoing mail %" PRId64
		                              ": 'oversyn outbox' lists them", id);
	switch (v) {
	case SUBMIT_ACCEPTED:
		return ended(s, id, v, answer, now, e) || record(s, "mail-accepted", &r, now, e)
		       ? -1 : 0;
	case SUBMIT_FAILED:
		return ended(s, id, v, answer, now, e) || record(s, "mail-failed", &r, now, e)
		       ? -1 : 0;
	case SUBMIT_HELD:
		return ended(s, id, v, answer, now, e) || hold_all(s, now, e) ? -1 : 0;
	case SUBMIT_DEFERRED:
	case SUBMIT_UNCERTAIN:
		return ended(s, id, v, answer, retry_at(now, r.attempts), e);
	case SUBMIT_VERDICT_COUNT:
		break;
	}
	return err_set(e, ERR_USAGE, "%d is no verdict on a submission", (int)v);
}

int store_outbox_result(struct store *s, int64_t id, enum submit_verdict v, const char *answer,
                        instant now, struct err *e)
{
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, result_inner(s, id, v, answer, now, e), e);
}

int store_outbox_list(struct store *s, struct arena *a, struct outbox_row **out, size_t *n,
                      struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_ALL);

	return fill_all(&q, a, false, out, n, e);
}

int store_letter_mails(struct store *s, struct arena *a, const char *ref, struct outbox_row **out,
                       size_t *n, struct err *e)
{
	struct query q = query(s, STMT_OUTBOX_OF_LETTER);
	char *end;
	long long id = strtoll(ref, &end, 10);

	put_word(&q, ref);
	put_int(&q, *end ? 0 : id);
	return fill_all(&q, a, true, out, n, e);
}

static int release_inner(struct store *s, instant now, size_t *n, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;
	struct query q = query(s, STMT_OUTBOX_RELEASE);

	put_int(&q, now);
	if (query_run(&q, e))
		return -1;
	*n = (size_t)sqlite3_changes(s->db);
	if (brake_release(s, now, e))
		return -1;
	if (!*n)
		return 0;
	buf_fmt(&facts, "mails=%zu\n", *n);
	return record_append(s, now, &(struct record_entry){
		.kind = "outbox-released", .subject = "outbox", .facts = facts.data,
	}, e);
}

int store_outbox_release(struct store *s, instant now, size_t *n, struct err *e)
{
	*n = 0;
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, release_inner(s, now, n, e), e);
}

static int count(struct query *q, int *out, struct err *e)
{
	int64_t n = 0;

	if (query_int(q, &n, e))
		return -1;
	*out = n > INT32_MAX ? INT32_MAX : (int)n;
	return 0;
}

int store_answer_counts(struct store *s, const struct answer_keys *k, struct answer_counts *out,
                        struct err *e)
{
	struct query sender = query(s, STMT_OUTBOX_ANSWERS), all, letter, message;

	*out = (struct answer_counts){ .message = 0 };
	put_word(&sender, k->sender);
	put_int(&sender, k->since);
	if (count(&sender, &out->sender, e))
		return -1;
	all = query(s, STMT_OUTBOX_ANSWERED);
	put_int(&all, k->since);
	if (count(&all, &out->all, e))
		return -1;
	if (k->letter) {
		letter = query(s, STMT_OUTBOX_QUESTIONS);
		put_word(&letter, k->letter);
		if (count(&letter, &out->letter, e))
			return -1;
	}
	if (!k->message_id)
		return 0;
	message = query(s, STMT_OUTBOX_TO_MESSAGE);
	put_word(&message, k->message_id);
	return count(&message, &out->message, e);
}

int store_withheld_since(struct store *s, const char *limit, instant since, int *out,
                         struct err *e)
{
	struct query q = query(s, STMT_INBOX_WITHHELD);

	put_word(&q, limit);
	put_int(&q, since);
	return count(&q, out, e);
}
