/* SPDX-License-Identifier: EUPL-1.2 */
#include "src/store/db.h"

int question_put(struct store *s, const struct question *x, struct err *e)
{
	struct query q = query(s, STMT_QUESTION_PUT);

	put_text(&q, x->item);
	put_text(&q, x->letter);
	put_int(&q, x->n);
	put_day(&q, x->day);
	put_word(&q, x->text);
	if (query_run(&q, e))
		return err_wrap(e, "question about %s", x->item);
	return 0;
}

static int all(struct query *q, struct arena *a, struct questions *out, struct err *e)
{
	size_t cap = 0;
	int got;

	*out = (struct questions){ .at = NULL };
	while ((got = query_row(q, e)) > 0) {
		out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
		struct question *x = &out->at[out->n++];
		*x = (struct question){ .item = get_text(q, a) };
		get_chars(q, x->letter, sizeof(x->letter));
		x->n = get_int(q);
		x->day = get_day(q);
		x->text = get_text(q, a);
	}
	return got;
}

int store_questions(struct store *s, struct arena *a, struct questions *out, struct err *e)
{
	struct query q = query(s, STMT_QUESTIONS_ALL);

	return all(&q, a, out, e);
}

int store_awake_questions(struct store *s, struct arena *a, dayno today, struct questions *out,
                          struct err *e)
{
	struct query q = query(s, STMT_QUESTIONS_AWAKE);

	put_day(&q, today);
	return all(&q, a, out, e);
}

int store_letter_questions(struct store *s, struct arena *a, const char *ref,
                           struct questions *out, struct err *e)
{
	struct query q = query(s, STMT_QUESTIONS_OF_LETTER);

	put_word(&q, ref);
	return all(&q, a, out, e);
}
