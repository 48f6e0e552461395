/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "src/store/db.h"

enum reply_outcome outcome_by_name(const char *name)
{
	for (int o = OUTCOME_NONE + 1; name && o < OUTCOME_COUNT; o++)
		if (!strcmp(reply_outcome_name((enum reply_outcome)o), name))
			return (enum reply_outcome)o;
	return OUTCOME_NONE;
}

int inquiry_put(struct store *s, const struct inquiry *x, struct err *e)
{
	struct query q = query(s, STMT_INQUIRY_PUT);

	put_text(&q, x->review);
	put_day(&q, x->meeting);
	put_int(&q, x->adjustment);
	put_text(&q, x->letter);
	put_int(&q, x->n);
	put_day(&q, x->day);
	put_int(&q, x->times);
	put_text(&q, reply_outcome_name(x->outcome));
	put_text(&q, inquiry_about_name(x->about));
	if (query_run(&q, e))
		return err_wrap(e, "inquiry about %s", x->review);
	return 0;
}

static int all(struct query *q, struct arena *a, struct inquiries *out, struct err *e)
{
	size_t cap = 0;
	int got;

	*out = (struct inquiries){ .at = NULL };
	while ((got = query_row(q, e)) > 0) {
		out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
		struct inquiry *x = &out->at[out->n++];
		*x = (struct inquiry){ .review = get_text(q, a) };
		x->item = get_text(q, a);
		x->meeting = get_day(q);
		x->adjustment = get_bool(q);
		get_chars(q, x->letter, sizeof(x->letter));
		x->address = get_text(q, a);
		x->n = get_int(q);
		x->day = get_day(q);
		x->times = get_int(q);
		x->outcome = outcome_by_name(get_text(q, a));
		x->about = inquiry_about_by_name(get_text(q, a));
		x->paragraph = get_text(q, a);
	}
	return got;
}

int store_inquiries(struct store *s, struct arena *a, struct inquiries *out, struct err *e)
{
	struct query q = query(s, STMT_INQUIRIES_OPEN);

	return all(&q, a, out, e);
}

int store_awake_inquiries(struct store *s, struct arena *a, dayno today, struct inquiries *out,
                          struct err *e)
{
	struct query q = query(s, STMT_INQUIRIES_AWAKE);

	put_day(&q, today);
	return all(&q, a, out, e);
}

int store_letter_inquiries(struct store *s, struct arena *a, const char *ref, struct inquiries *out,
                           struct err *e)
{
	struct query q = query(s, STMT_INQUIRIES_OF_LETTER);

	put_word(&q, ref);
	return all(&q, a, out, e);
}
