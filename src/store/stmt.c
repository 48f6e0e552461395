/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "src/store/db.h"

static const char *const texts[] = {
#define STMT(name, sql) [STMT_##name] = sql,
#include "src/store/stmt.inc"
#undef STMT
};
_Static_assert(ARRAY_LEN(texts) == STMT_COUNT, "a text for every statement");

struct query query(struct store *s, enum stmt_id id)
{
	struct query q = { .s = s, .rc = SQLITE_OK };

	if (!s->stmt[id])
		q.rc = sqlite3_prepare_v3(s->db, texts[id], -1, SQLITE_PREPARE_PERSISTENT,
		                          &s->stmt[id], NULL);
	q.st = s->stmt[id];
	return q;
}

/* The first failure is the one to tell about. */
static void keep(struct query *q, int rc)
{
	if (q->rc == SQLITE_OK)
		q->rc = rc;
}

void put_word(struct query *q, const char *text)
{
	q->in++;
	if (q->rc == SQLITE_OK)
		keep(q, sqlite3_bind_text(q->st, q->in, text, -1, SQLITE_STATIC));
}

void put_text(struct query *q, const char *text)
{
	put_word(q, text && *text ? text : NULL);
}

void put_int(struct query *q, int64_t v)
{
	q->in++;
	if (q->rc == SQLITE_OK)
		keep(q, sqlite3_bind_int64(q->st, q->in, v));
}

void put_day(struct query *q, dayno day)
{
	char text[DATE_TEXT];

	if (day == DAY_NONE) {
		put_word(q, NULL);
		return;
	}
	q->in++;
	if (q->rc == SQLITE_OK)
		keep(q, sqlite3_bind_text(q->st, q->in, date_text(day, text), -1,
		                          SQLITE_TRANSIENT));
}

void put_blob(struct query *q, const void *bytes, size_t len)
{
	q->in++;
	if (q->rc == SQLITE_OK)
		keep(q, sqlite3_bind_blob64(q->st, q->in, len ? bytes : "", len, SQLITE_STATIC));
}

void query_end(struct query *q)
{
	if (q->st) {
		sqlite3_reset(q->st);
		sqlite3_clear_bindings(q->st);
	}
}

int query_row(struct query *q, struct err *e)
{
	if (q->rc == SQLITE_OK)
		q->rc = sqlite3_step(q->st);
	if (q->rc == SQLITE_ROW) {
		q->rc = SQLITE_OK;
		q->col = 0;
		return 1;
	}
	int got = q->rc == SQLITE_DONE ? 0 : store_fail(q->s, e, "using the database");
	query_end(q);
	return got;
}

int query_run(struct query *q, struct err *e)
{
	int got = query_row(q, e);

	if (got > 0)
		query_end(q);
	return got < 0 ? -1 : 0;
}

int query_int(struct query *q, int64_t *out, struct err *e)
{
	int got = query_row(q, e);

	if (got > 0) {
		*out = get_int64(q);
		query_end(q);
	}
	return got > 0 ? 0 : got < 0 ? -1 : err_set(e, ERR_OUTSIDE, "the database gave no number");
}

/* Column text that holds a NUL is cut there: nothing of ours writes one. */
static const char *column(struct query *q)
{
	return (const char *)sqlite3_column_text(q->st, q->col++);
}

const char *get_text(struct query *q, struct arena *a)
{
	return arena_dup(a, column(q));
}

void get_chars(struct query *q, char *out, size_t size)
{
	const char *text = column(q);
	size_t len = text ? strnlen(text, size - 1) : 0;

	if (len)
		memcpy(out, text, len);
	out[len] = '\0';
}

int64_t get_int64(struct query *q)
{
	return sqlite3_column_int64(q->st, q->col++);
}

int get_int(struct query *q)
{
	return sqlite3_column_int(q->st, q->col++);
}

bool get_bool(struct query *q)
{
	return get_int64(q) != 0;
}

dayno get_day(struct query *q)
{
	const char *text = column(q);
	dayno day;

	return text && date_parse(text, &day) ? day : DAY_NONE;
}

const char *get_blob(struct query *q, struct arena *a, size_t *len)
{
	const char *bytes = sqlite3_column_blob(q->st, q->col);

	*len = (size_t)sqlite3_column_bytes(q->st, q->col++);
	return arena_dupn(a, bytes ? bytes : "", *len);
}
