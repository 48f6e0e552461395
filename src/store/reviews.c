/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "src/store/db.h"

void review_fill(struct query *q, struct arena *a, struct review *r)
{
	*r = (struct review){ .id = get_text(q, a) };
	r->item = get_text(q, a);
	int state = review_state_by_name(get_text(q, a));
	r->state = state < 0 ? REVIEW_PLANNED : (enum review_state)state;
	int rung = rung_by_name(get_text(q, a));
	r->rung = rung < 0 ? RUNG_NONE : (enum rung)rung;
	r->due = get_day(q);
	r->act_by = get_day(q);
	r->opened = get_day(q);
	r->last_notice = get_day(q);
	r->extended_until = get_day(q);
	r->version = get_text(q, a);
	get_chars(q, r->letter, sizeof(r->letter));
	r->n = get_int(q);
	r->signed_on = get_day(q);
	int above = rung_by_name(get_text(q, a));
	if (above > RUNG_NONE)
		r->rung = (enum rung)above;
	r->deputy = get_text(q, a);
	get_chars(q, r->copy, sizeof(r->copy));
	r->copy_n = get_int(q);
	r->mails = get_int(q);
	r->seat = get_text(q, a);
	r->said = verdict_by_name(get_text(q, a));
}

static void fill_letter(struct query *q, struct arena *a, struct letter *l)
{
	*l = (struct letter){ .ref = "" };
	get_chars(q, l->ref, sizeof(l->ref));
	l->token_hash = get_text(q, a);
	l->role = get_text(q, a);
	l->body = get_text(q, a);
	l->address = get_text(q, a);
	l->opened = get_day(q);
	l->event_day = get_day(q);
	l->sequence = get_int(q);
	l->mails = get_int(q);
	int kind = letter_kind_by_name(get_text(q, a));
	l->kind = kind < 0 ? LETTER_ANY : (enum letter_kind)kind;
	l->uid = get_text(q, a);
	l->event_start = get_int(q);
	l->event_minutes = get_int(q);
}

static int all_reviews(struct query *q, struct arena *a, struct reviews *out, struct err *e)
{
	size_t cap = 0;
	int got;

	*out = (struct reviews){ .at = NULL };
	while ((got = query_row(q, e)) > 0) {
		out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
		review_fill(q, a, &out->at[out->n++]);
	}
	return got;
}

int store_open_reviews(struct store *s, struct arena *a, struct reviews *out, struct err *e)
{
	struct query q = query(s, STMT_REVIEWS_OPEN);

	return all_reviews(&q, a, out, e);
}

int store_awake_reviews(struct store *s, struct arena *a, dayno today, struct reviews *out,
                        struct err *e)
{
	struct query q = query(s, STMT_REVIEWS_AWAKE);

	put_day(&q, today);
	return all_reviews(&q, a, out, e);
}

/* A letter is about few; those of one number stay as they came. */
static void sort_by_number(struct reviews *all)
{
	for (size_t i = 1; i < all->n; i++) {
		struct review r = all->at[i];
		size_t k = i;

		for (; k > 0 && all->at[k - 1].n > r.n; k--)
			all->at[k] = all->at[k - 1];
		all->at[k] = r;
	}
}

int store_letter_reviews(struct store *s, struct arena *a, const char *ref, struct reviews *out,
                         struct err *e)
{
	struct query q = query(s, STMT_REVIEWS_OF_LETTER);

	put_word(&q, ref);
	if (all_reviews(&q, a, out, e))
		return -1;
	sort_by_number(out);
	return 0;
}

int store_item_reviews(struct store *s, struct arena *a, const char *item, struct reviews *out,
                       struct err *e)
{
	struct query q = query(s, STMT_REVIEWS_OF_ITEM);

	put_word(&q, item);
	return all_reviews(&q, a, out, e);
}

static int one_letter(struct store *s, enum stmt_id id, struct arena *a, const char *key,
                      struct letter *out, struct err *e)
{
	struct query q = query(s, id);

	put_word(&q, key);
	int got = query_row(&q, e);
	if (got > 0) {
		fill_letter(&q, a, out);
		query_end(&q);
	}
	return got;
}

int store_letter(struct store *s, struct arena *a, const char *ref, struct letter *out,
                 struct err *e)
{
	return one_letter(s, STMT_LETTER_BY_REF, a, ref, out, e);
}

int store_letter_by_token(struct store *s, struct arena *a, const char *token_hash,
                          struct letter *out, struct err *e)
{
	return one_letter(s, STMT_LETTER_BY_TOKEN, a, token_hash, out, e);
}

int store_letter_by_uid(struct store *s, struct arena *a, const char *uid, struct letter *out,
                        struct err *e)
{
	return one_letter(s, STMT_LETTER_BY_UID, a, uid, out, e);
}

static int all_letters(struct query *q, struct arena *a, struct letters *out, struct err *e)
{
	size_t cap = 0;
	int got;

	*out = (struct letters){ .at = NULL };
	while ((got = query_row(q, e)) > 0) {
		out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
		fill_letter(q, a, &out->at[out->n++]);
	}
	return got;
}

int store_open_letters(struct store *s, struct arena *a, struct letters *out, struct err *e)
{
	struct query q = query(s, STMT_LETTERS_OPEN);

	return all_letters(&q, a, out, e);
}

int store_awake_letters(struct store *s, struct arena *a, dayno today, struct letters *out,
                        struct err *e)
{
	struct query q = query(s, STMT_LETTERS_AWAKE);

	put_day(&q, today);
	return all_letters(&q, a, out, e);
}

int store_letter_serial(struct store *s, int year, int *out, struct err *e)
{
	struct query q = query(s, STMT_LETTER_SERIAL);
	char text[16];
	int64_t n = 0;

	snprintf(text, sizeof(text), "%04d", year);
	put_word(&q, text);
	if (query_int(&q, &n, e))
		return -1;
	*out = (int)n;
	return 0;
}

int store_review_ordinal(struct store *s, const char *item, int *out, struct err *e)
{
	struct query q = query(s, STMT_REVIEW_ORDINAL);
	int64_t n = 0;

	put_word(&q, item);
	if (query_int(&q, &n, e))
		return -1;
	*out = (int)n;
	return 0;
}
