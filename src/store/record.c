/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/record.h"

#include <inttypes.h>
#include <string.h>

#include "src/store/db.h"

enum { NUMBER = 20 }; /* a sign, and nineteen digits */

/* In decimal, at the end of `text`: where it begins. */
static const char *decimal(int64_t v, char text[NUMBER + 1])
{
	uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	char *at = text + NUMBER;

	*at = '\0';
	do
		*--at = (char)('0' + left % 10);
	while (left /= 10);
	if (v < 0)
		*--at = '-';
	return at;
}

static void netstring(struct buf *b, const char *text)
{
	size_t len = strlen(text);
	char size[NUMBER + 1];

	buf_str(b, decimal((int64_t)len, size));
	buf_chr(b, ':');
	buf_add(b, text, len);
	buf_chr(b, ',');
}

static void number(struct buf *b, int64_t v)
{
	char text[NUMBER + 1];

	netstring(b, decimal(v, text));
}

void record_hash(int64_t seq, instant at, const char *kind, const char *subject,
                 const char *facts, const char *prev, char hash[DIGEST_HEX])
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	uint8_t digest[DIGEST_SIZE];

	buf_str(&b, "oversyn-record-1\n");
	number(&b, seq);
	number(&b, at);
	netstring(&b, kind);
	netstring(&b, subject);
	netstring(&b, facts);
	netstring(&b, prev);
	digest_sha256(b.data, b.len, digest);
	digest_hex(digest, sizeof(digest), hash);
}

static int load_head(struct store *s, struct err *e)
{
	struct query q = query(s, STMT_RECORD_HEAD);

	s->head.seq = 0;
	memcpy(s->head.hash, RECORD_GENESIS, sizeof(RECORD_GENESIS));
	int got = query_row(&q, e);
	if (got > 0) {
		s->head.seq = get_int64(&q);
		get_chars(&q, s->head.hash, sizeof(s->head.hash));
		query_end(&q);
	}
	return got < 0 ? -1 : 0;
}

/* The transaction holds the write lock, so nobody else can take the number. */
int record_append(struct store *s, instant at, const struct record_entry *r, struct err *e)
{
	char hash[DIGEST_HEX];
	const char *facts = r->facts ? r->facts : "", *subject = r->subject ? r->subject : "";

	if (!s->head.known && load_head(s, e))
		return -1;
	record_hash(s->head.seq + 1, at, r->kind, subject, facts, s->head.hash, hash);
	struct query q = query(s, STMT_RECORD_PUT);
	put_int(&q, s->head.seq + 1);
	put_int(&q, at);
	put_word(&q, r->kind);
	put_word(&q, subject);
	put_word(&q, facts);
	put_word(&q, s->head.hash);
	put_word(&q, hash);
	if (query_run(&q, e))
		return -1;
	s->head.seq++;
	memcpy(s->head.hash, hash, sizeof(hash));
	s->head.known = true;
	return 0;
}

struct walk {
	int64_t rows;
	char head[DIGEST_HEX];
};

static const char *word(struct query *q, struct arena *a)
{
	const char *text = get_text(q, a);

	return text ? text : "";
}

static int check_row(struct store *s, struct query *q, struct walk *w, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	char hash[DIGEST_HEX];
	int64_t seq = get_int64(q);
	instant at = get_int64(q);
	const char *kind = word(q, &a), *subject = word(q, &a), *facts = word(q, &a);
	const char *prev = word(q, &a), *said = word(q, &a);

	if (seq != w->rows + 1)
		return err_set(e, ERR_FOUND, "record row %" PRId64 " is missing: the next after "
		               "row %" PRId64 " is row %" PRId64, w->rows + 1, w->rows, seq);
	if (strcmp(prev, w->head) != 0)
		return err_set(e, ERR_FOUND, "record row %" PRId64 " does not continue the row "
		               "before it: one of them was changed or replaced", seq);
	record_hash(seq, at, kind, subject, facts, prev, hash);
	if (strcmp(said, hash) != 0)
		return err_set(e, ERR_FOUND, "record row %" PRId64 " (%s of %s) was changed: its "
		               "hash does not hold", seq, kind, subject);
	w->rows = seq;
	memcpy(w->head, hash, sizeof(w->head));
	return kept_check(s, &(struct kept_bytes){ .seq = seq, .kind = kind, .what = subject, .facts = facts }, e);
}

int store_record_verify(struct store *s, int64_t *rows, char head[DIGEST_HEX], struct err *e)
{
	struct walk w = { .head = RECORD_GENESIS };
	struct query q = query(s, STMT_RECORD_WALK);
	int got;

	while ((got = query_row(&q, e)) > 0) {
		if (check_row(s, &q, &w, e)) {
			query_end(&q);
			return -1;
		}
	}
	*rows = w.rows;
	memcpy(head, w.head, sizeof(w.head));
	return got;
}

int store_record_at(struct store *s, const char *hash, int64_t *seq, struct err *e)
{
	struct query q = query(s, STMT_RECORD_BY_HASH);

	put_word(&q, hash);
	int got = query_row(&q, e);
	if (got > 0) {
		*seq = get_int64(&q);
		query_end(&q);
	}
	return got;
}

int store_record_list(struct store *s, struct arena *a, const char *subject,
                      struct record_row **out, size_t *n, struct err *e)
{
	struct query q = query(s, subject ? STMT_RECORD_OF : STMT_RECORD_ALL);
	size_t cap = 0;
	int got;

	*out = NULL;
	*n = 0;
	if (subject)
		put_word(&q, subject);
	while ((got = query_row(&q, e)) > 0) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		struct record_row *r = &(*out)[(*n)++];
		*r = (struct record_row){ .seq = get_int64(&q) };
		r->at = get_int64(&q);
		r->kind = get_text(&q, a);
		r->subject = get_text(&q, a);
		r->facts = get_text(&q, a);
		get_chars(&q, r->hash, sizeof(r->hash));
	}
	return got;
}
