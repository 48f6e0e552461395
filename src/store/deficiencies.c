/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/deficiencies.h"

#include "src/store/db.h"

int deficiency_put(struct store *s, const struct deficiency *d, struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_PUT);

	put_text(&q, d->ref);
	put_int(&q, d->year);
	put_int(&q, d->n);
	put_text(&q, d->token_hash);
	put_int(&q, d->mail);
	put_text(&q, d->sender);
	put_int(&q, d->outside);
	put_int(&q, d->received);
	put_day(&q, d->day);
	put_text(&q, d->item);
	put_text(&q, deficiency_state_name(d->state));
	put_int(&q, d->incident);
	put_text(&q, d->reason);
	put_day(&q, d->closed);
	put_text(&q, d->closed_by);
	put_int(&q, d->stage);
	put_day(&q, d->step);
	put_day(&q, d->due);
	put_text(&q, d->holder);
	put_int(&q, d->handed_back);
	put_int(&q, d->mails);
	if (query_run(&q, e))
		return err_wrap(e, "deficiency %s", d->ref);
	if (sqlite3_changes(s->db) != 1)
		return err_set(e, ERR_SAFETY, "deficiency %s is another one's name: nothing was written",
		               d->ref);
	return 0;
}

int deficiency_mail_put(struct store *s, const struct deficiency_mail *m, struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_MAIL_PUT);

	put_text(&q, m->deficiency);
	put_int(&q, m->mail);
	return query_run(&q, e) ? err_wrap(e, "a mail about %s", m->deficiency) : 0;
}

int deficiency_told_put(struct store *s, const struct deficiency_told *t, struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_TOLD_PUT);

	put_text(&q, t->deficiency);
	put_text(&q, t->letter);
	put_int(&q, t->n);
	put_text(&q, t->role);
	put_int(&q, t->stage);
	put_day(&q, t->day);
	put_text(&q, t->message_id);
	return query_run(&q, e) ? err_wrap(e, "who was told of %s", t->deficiency) : 0;
}

/* Returns its number in a letter. */
static int fill(struct query *q, struct arena *a, struct deficiency *d)
{
	*d = (struct deficiency){ .ref = "" };
	get_chars(q, d->ref, sizeof(d->ref));
	d->year = get_int(q);
	d->n = get_int(q);
	d->token_hash = get_text(q, a);
	d->mail = get_int64(q);
	d->sender = get_text(q, a);
	d->outside = get_bool(q);
	d->received = get_int64(q);
	d->day = get_day(q);
	d->item = get_text(q, a);
	d->state = deficiency_state_by_name(get_text(q, a));
	d->incident = get_bool(q);
	d->reason = get_text(q, a);
	d->closed = get_day(q);
	d->closed_by = get_text(q, a);
	d->stage = get_int(q);
	d->step = get_day(q);
	d->due = get_day(q);
	d->holder = get_text(q, a);
	d->handed_back = get_bool(q);
	d->mails = get_int(q);
	return get_int(q);
}

static int all(struct query *q, struct arena *a, struct deficiencies *out, struct err *e)
{
	size_t cap = 0, cap_numbers = 0;
	int got;

	*out = (struct deficiencies){ .at = NULL };
	while ((got = query_row(q, e)) > 0) {
		out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
		out->number = arena_grow(a, out->number, out->n, &cap_numbers, sizeof(*out->number));
		out->number[out->n] = fill(q, a, &out->at[out->n]);
		out->n++;
	}
	return got;
}

int store_deficiencies(struct store *s, struct arena *a, struct deficiencies *out, struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_ALL);

	return all(&q, a, out, e);
}

int store_due_deficiencies(struct store *s, struct arena *a, dayno today, struct deficiencies *out,
                           struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_DUE);

	put_day(&q, today);
	return all(&q, a, out, e);
}

int store_letter_deficiencies(struct store *s, struct arena *a, const char *ref,
                              struct deficiencies *out, struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_OF_LETTER);

	put_word(&q, ref);
	return all(&q, a, out, e);
}

static int one(struct query *q, struct arena *a, struct deficiency *out, struct err *e)
{
	int got = query_row(q, e);

	if (got > 0) {
		fill(q, a, out);
		query_end(q);
	}
	return got;
}

int store_deficiency(struct store *s, struct arena *a, const char *ref, struct deficiency *out,
                     struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_BY_REF);

	put_word(&q, ref);
	return one(&q, a, out, e);
}

int store_deficiency_by_token(struct store *s, struct arena *a, const char *token_hash,
                              struct deficiency *out, struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_BY_TOKEN);

	put_word(&q, token_hash);
	return one(&q, a, out, e);
}

int store_deficiency_serial(struct store *s, int year, int *out, struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_SERIAL);
	int64_t n = 0;

	put_int(&q, year);
	int failed = query_int(&q, &n, e);
	*out = (int)n;
	return failed;
}

int store_deficiency_counts(struct store *s, struct deficiency_counts *out, struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_COUNTS);
	int got = query_row(&q, e);

	*out = (struct deficiency_counts){ .open = 0 };
	if (got <= 0)
		return got;
	out->open = get_int(&q);
	out->closed = get_int(&q);
	out->mistaken = get_int(&q);
	query_end(&q);
	return 0;
}

static int mails_inner(struct store *s, struct arena *a, const char *ref, struct inbox_row **out,
                       size_t *n, struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_MAILS);
	size_t cap = 0;
	int got;

	*out = NULL;
	*n = 0;
	put_word(&q, ref);
	while ((got = query_row(&q, e)) > 0) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		(*out)[(*n)++].id = get_int64(&q);
	}
	for (size_t i = 0; !got && i < *n; i++)
		got = store_inbox_get(s, a, (*out)[i].id, &(*out)[i], e);
	return got;
}

int store_deficiency_mails(struct store *s, struct arena *a, const char *ref,
                           struct inbox_row **out, size_t *n, struct err *e)
{
	if (txn_read(s, e))
		return -1;
	return txn_end(s, mails_inner(s, a, ref, out, n, e), e);
}

int store_deficiency_letters(struct store *s, struct arena *a, const char *ref,
                             struct deficiency_told **out, size_t *n, struct err *e)
{
	struct query q = query(s, STMT_DEFICIENCY_LETTERS);
	size_t cap = 0;
	int got;

	*out = NULL;
	*n = 0;
	put_word(&q, ref);
	while ((got = query_row(&q, e)) > 0) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		struct deficiency_told *t = &(*out)[(*n)++];
		*t = (struct deficiency_told){ .deficiency = ref };
		get_chars(&q, t->letter, sizeof(t->letter));
		t->n = get_int(&q);
		t->role = get_text(&q, a);
		t->stage = get_int(&q);
		t->day = get_day(&q);
		t->message_id = get_text(&q, a);
	}
	return got;
}
