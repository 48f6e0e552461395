/* SPDX-License-Identifier: EUPL-1.2 */
#include "src/store/db.h"

/* An instant that may not be known. */
static void put_instant(struct query *q, instant t)
{
	if (t == INSTANT_NONE)
		put_text(q, NULL);
	else
		put_int(q, t);
}

static instant get_instant(struct query *q)
{
	bool none = sqlite3_column_type(q->st, q->col) == SQLITE_NULL;
	instant t = get_int64(q);

	return none ? INSTANT_NONE : t;
}

int rsvp_put(struct store *s, const struct rsvp *r, struct err *e)
{
	struct query q = query(s, STMT_RSVP_PUT);

	put_text(&q, r->letter);
	put_int(&q, r->mail);
	put_text(&q, r->attendee);
	put_text(&q, rsvp_who_name(r->who));
	put_word(&q, r->method);
	put_text(&q, r->partstat);
	put_int(&q, r->sequence);
	put_int(&q, r->stamp);
	put_text(&q, r->sent_by);
	put_text(&q, r->delegated_to);
	put_text(&q, r->comment);
	put_instant(&q, r->start);
	put_instant(&q, r->end);
	put_text(&q, rsvp_outcome_name(r->outcome));
	put_int(&q, r->at);
	if (query_run(&q, e))
		return err_wrap(e, "calendar answer to %s", r->letter);
	return 0;
}

static void fill(struct query *q, struct arena *a, struct rsvp *r)
{
	*r = (struct rsvp){ .letter = get_text(q, a) };
	r->mail = get_int64(q);
	r->attendee = get_text(q, a);
	int who = rsvp_who_by_name(get_text(q, a));
	r->who = who < 0 ? RSVP_STRANGER : (enum rsvp_who)who;
	r->method = get_text(q, a);
	r->partstat = get_text(q, a);
	r->sequence = get_int(q);
	r->stamp = get_int64(q);
	r->sent_by = get_text(q, a);
	r->delegated_to = get_text(q, a);
	r->comment = get_text(q, a);
	r->start = get_instant(q);
	r->end = get_instant(q);
	int outcome = rsvp_outcome_by_name(get_text(q, a));
	r->outcome = outcome < 0 ? RSVP_DID_DOUBTFUL : (enum rsvp_outcome)outcome;
	r->at = get_int64(q);
}

int store_letter_rsvps(struct store *s, struct arena *a, const char *ref, int max,
                       struct rsvps *out, struct err *e)
{
	struct query q = query(s, STMT_RSVPS_OF_LETTER);
	size_t cap = 0;
	int got;

	put_word(&q, ref);
	put_int(&q, max);
	*out = (struct rsvps){ .at = NULL };
	while ((got = query_row(&q, e)) > 0) {
		out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
		fill(&q, a, &out->at[out->n++]);
	}
	return got;
}

int store_letters_nameless(struct store *s, struct arena *a, const char ***refs, size_t *n,
                           struct err *e)
{
	struct query q = query(s, STMT_LETTERS_NAMELESS);
	size_t cap = 0;
	int got;

	*refs = NULL;
	*n = 0;
	while ((got = query_row(&q, e)) > 0) {
		*refs = arena_grow(a, *refs, *n, &cap, sizeof(**refs));
		(*refs)[(*n)++] = get_text(&q, a);
	}
	return got;
}

int store_letter_name(struct store *s, const char *ref, const char *uid, struct err *e)
{
	struct query q = query(s, STMT_LETTER_NAME);

	put_word(&q, ref);
	put_word(&q, uid);
	if (query_run(&q, e))
		return err_wrap(e, "letter %s", ref);
	return 0;
}
