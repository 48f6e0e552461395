/* SPDX-License-Identifier: EUPL-1.2 */
#include <inttypes.h>
#include <stdio.h>

#include "src/store/db.h"

enum { CRASHES = 3 }; /* readers that a mail may kill before it is set aside */

static void fill(struct query *q, struct arena *a, struct inbox_row *m)
{
	*m = (struct inbox_row){ .id = get_int64(q) };
	m->source = get_text(q, a);
	m->uidvalidity = (uint32_t)get_int64(q);
	m->uid = (uint32_t)get_int64(q);
	m->name = get_text(q, a);
	m->sha256 = get_text(q, a);
	m->received = get_int64(q);
	m->status = get_text(q, a);
	m->class_name = get_text(q, a);
	m->verdict = get_text(q, a);
	m->reason = get_text(q, a);
	m->review = get_text(q, a);
	m->crashes = get_int(q);
	m->sender = get_text(q, a);
	m->letter = get_text(q, a);
	m->message_id = get_text(q, a);
	m->settled_why = get_text(q, a);
	m->cut = get_bool(q);
	m->cut_of = get_int64(q);
}

/* What the coordinator is told of a mail, by its number (core/matter.h). */
enum { KEY = 24 };
static const char *number_key(int64_t id, char out[KEY])
{
	snprintf(out, KEY, "%" PRId64, id);
	return out;
}

static int record(struct store *s, const char *kind, int64_t id, instant at, const char *facts,
                  struct err *e)
{
	char subject[32];

	snprintf(subject, sizeof(subject), "inbox-%" PRId64, id);
	return record_append(s, at, &(struct record_entry){
		.kind = kind, .subject = subject, .facts = facts,
	}, e);
}

/* The hash is taken here, of what is written here: it is what the record and
 * the key stand on. */
static int put_inner(struct store *s, const struct inbox_row *m, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;
	uint8_t digest[DIGEST_SIZE];
	char hex[DIGEST_HEX];
	struct query q = query(s, STMT_INBOX_PUT);

	digest_sha256(m->bytes, m->len, digest);
	digest_hex(digest, sizeof(digest), hex);
	put_word(&q, m->source);
	put_int(&q, m->uidvalidity);
	put_int(&q, m->uid);
	put_word(&q, m->name ? m->name : "");
	put_word(&q, hex);
	put_int(&q, m->received);
	put_int(&q, m->cut);
	put_int(&q, m->cut_of);
	if (query_run(&q, e))
		return -1;
	if (sqlite3_changes(s->db) == 0)
		return 0;
	int64_t id = sqlite3_last_insert_rowid(s->db);
	struct query bytes = query(s, STMT_INBOX_BYTES);
	put_int(&bytes, id);
	put_blob(&bytes, m->bytes, m->len);
	if (query_run(&bytes, e))
		return -1;
	buf_fmt(&facts, "sha256=%s\nbytes=%zu\nuidvalidity=%" PRIu32 "\nuid=%" PRIu32 "\n", hex,
	        m->len, m->uidvalidity, m->uid);
	if (m->cut)
		buf_fmt(&facts, "cut_of=%" PRId64 "\n", m->cut_of);
	return record(s, "inbox-kept", id, m->received, facts.data, e) ? -1 : 1;
}

static int put_all(struct store *s, const struct inbox_row *m, size_t n, int *new, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		int stored = put_inner(s, &m[i], e);

		if (stored < 0)
			return -1;
		*new += stored;
	}
	return 0;
}

int store_inbox_put(struct store *s, const struct inbox_row *m, size_t n, struct err *e)
{
	int new = 0;

	if (txn_begin(s, e) || txn_end(s, put_all(s, m, n, &new, e), e))
		return -1;
	return new;
}

int store_inbox_next(struct store *s, struct arena *a, int64_t after, struct inbox_row *out,
                     struct err *e)
{
	struct query q = query(s, STMT_INBOX_NEXT);

	put_int(&q, after);
	int got = query_row(&q, e);

	if (got > 0) {
		fill(&q, a, out);
		out->bytes = get_blob(&q, a, &out->len);
		query_end(&q);
	}
	return got;
}

static int by_number(struct store *s, struct arena *a, enum stmt_id which, int64_t id, struct inbox_row *out,
                     struct err *e)
{
	struct query q = query(s, which);

	put_int(&q, id);
	int got = query_row(&q, e);
	if (got <= 0)
		return got < 0 ? -1 : err_set(e, ERR_FOUND, "incoming mail %" PRId64 " is not in the database", id);
	fill(&q, a, out);
	if (which == STMT_INBOX_ROW)
		out->bytes = get_blob(&q, a, &out->len);
	query_end(&q);
	return 0;
}

int store_inbox_facts(struct store *s, struct arena *a, int64_t id, struct inbox_row *out, struct err *e)
{
	return by_number(s, a, STMT_INBOX_FACTS, id, out, e);
}

int store_inbox_get(struct store *s, struct arena *a, int64_t id, struct inbox_row *out,
                    struct err *e)
{
	return by_number(s, a, STMT_INBOX_ROW, id, out, e);
}

static int crashed_inner(struct store *s, int64_t id, instant now, int *crashes, struct err *e)
{
	char key[KEY];
	struct query note = query(s, STMT_INBOX_CRASHED), count;
	int64_t n = 0;

	put_int(&note, id);
	put_int(&note, CRASHES);
	put_text(&note, "reading it has stopped the reader three times: it may be an attack");
	if (query_run(&note, e))
		return -1;
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_USAGE, "incoming mail %" PRId64 " is not waiting to be read: "
		               "'oversyn inbox' lists them", id);
	count = query(s, STMT_INBOX_CRASHES);
	put_int(&count, id);
	if (query_int(&count, &n, e))
		return -1;
	*crashes = (int)n;
	if (n < CRASHES)
		return 0;
	return record(s, "inbox-poison", id, now, "status=poison\n", e)
	       || matter_put(s, &(struct matter){
			.kind = MATTER_LEFT, .key = number_key(id, key), .day = zone_wall(now).day,
	       }, e) ? -1 : 0;
}

int store_inbox_crashed(struct store *s, int64_t id, instant now, int *crashes, struct err *e)
{
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, crashed_inner(s, id, now, crashes, e), e);
}

static int settle_inner(struct store *s, int64_t id, const char *why, instant now, struct err *e)
{
	struct buf facts AUTO(buf_release) = BUF_INIT;
	struct query q = query(s, STMT_INBOX_SETTLE), told;
	char key[KEY];

	put_int(&q, id);
	put_int(&q, now);
	put_word(&q, why);
	if (query_run(&q, e))
		return -1;
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_USAGE, "incoming mail %" PRId64 " does not wait for anybody: "
		               "'oversyn inbox open' lists what does", id);
	buf_fmt(&facts, "role=console\nreason=%s\n", why);
	told = query(s, STMT_MATTER_SETTLED);
	put_word(&told, number_key(id, key));
	return query_run(&told, e) || record(s, "inbox-settled", id, now, facts.data, e) ? -1 : 0;
}

int store_inbox_settle(struct store *s, int64_t id, const char *why, instant now, struct err *e)
{
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, settle_inner(s, id, why, now, e), e);
}

int store_inbox_same(struct store *s, struct arena *a, const char *message_id,
                     struct inbox_row *out, struct err *e)
{
	struct query q = query(s, STMT_INBOX_SAME);

	put_word(&q, message_id);
	int got = query_row(&q, e);
	if (got > 0) {
		fill(&q, a, out);
		query_end(&q);
	}
	return got;
}

int store_inbox_twin(struct store *s, struct arena *a, const struct inbox_row *of,
                     struct inbox_row *out, struct err *e)
{
	struct query q = query(s, STMT_INBOX_TWIN);

	put_word(&q, of->sha256);
	put_int(&q, of->id);
	int got = query_row(&q, e);
	if (got > 0) {
		fill(&q, a, out);
		query_end(&q);
	}
	return got;
}

int store_inbox_list(struct store *s, struct arena *a, bool undecided, struct inbox_row **out,
                     size_t *n, struct err *e)
{
	struct query q = query(s, undecided ? STMT_INBOX_OPEN : STMT_INBOX_ALL);
	size_t cap = 0;
	int got;

	*out = NULL;
	*n = 0;
	while ((got = query_row(&q, e)) > 0) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		fill(&q, a, &(*out)[(*n)++]);
	}
	return got;
}
