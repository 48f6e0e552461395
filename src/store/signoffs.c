/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "src/store/db.h"
#include "store/edits.h"

enum verdict verdict_by_name(const char *name)
{
	for (int v = 0; name && v < VERDICT_COUNT; v++)
		if (!strcmp(verdict_name((enum verdict)v), name))
			return (enum verdict)v;
	return VERDICT_NONE;
}

static void fill(struct query *q, struct arena *a, struct standing_signoff *s)
{
	*s = (struct standing_signoff){ .id = get_int64(q) };
	s->mail = get_int64(q);
	s->review = get_text(q, a);
	s->role = get_text(q, a);
	s->address = get_text(q, a);
	s->seat = get_text(q, a);
	s->verdict = verdict_by_name(get_text(q, a));
	s->outcome = outcome_by_name(get_text(q, a));
	s->at = get_int64(q);
	const char *state = get_text(q, a), *rung = get_text(q, a);
	s->before = state ? review_state_by_name(state) : -1;
	int climbed = rung ? rung_by_name(rung) : -1;
	s->before_rung = climbed < 0 ? RUNG_NONE : (enum rung)climbed;
	s->before_act_by = get_day(q);
	s->before_extended = get_day(q);
	s->completed = get_day(q);
	s->completed_for = get_day(q);
	s->decided = get_bool(q);
	s->newer = get_bool(q);
}

int store_review_said(struct store *s, struct arena *a, const char *review, struct said **out, size_t *n,
                      struct err *e)
{
	struct query q = query(s, STMT_SIGNOFF_WORDS);
	size_t cap = 0;
	int got;

	*out = NULL;
	*n = 0;
	put_text(&q, review);
	while ((got = query_row(&q, e)) > 0) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		struct said *x = &(*out)[(*n)++];
		x->verdict = get_text(&q, a);
		x->role = get_text(&q, a);
		x->address = get_text(&q, a);
		x->at = get_int64(&q);
		x->text = get_text(&q, a);
		x->told = get_bool(&q);
		x->withdrawn = get_bool(&q);
	}
	return got;
}

int store_signoffs(struct store *s, struct arena *a, const struct reviews *of,
                   struct standings *out, struct err *e)
{
	size_t cap = 0;
	int got;

	*out = (struct standings){ .at = NULL };
	for (size_t i = 0; i < of->n; i++) {
		struct query q = query(s, STMT_SIGNOFFS_OF_REVIEW);

		put_text(&q, of->at[i].id);
		while ((got = query_row(&q, e)) > 0) {
			out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
			fill(&q, a, &out->at[out->n++]);
		}
		if (got < 0)
			return err_wrap(e, "sign-offs of %s", of->at[i].id);
	}
	return 0;
}
