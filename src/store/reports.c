/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/reports.h"

#include <string.h>

#include "src/store/db.h"
#include "store/record.h"

/* ---- the pulse ---- */

static int read_pulse(struct store *s, struct pulse *out, struct err *e)
{
	struct query q = query(s, STMT_PULSE_GET);
	int got = query_row(&q, e);

	*out = (struct pulse){ .started = DAY_NONE, .last = INSTANT_NONE };
	if (got <= 0)
		return got;
	out->started = get_day(&q);
	instant last = get_int64(&q);
	out->passes = get_int(&q);
	out->failed = get_int(&q);
	out->longest = get_int64(&q);
	out->last = out->started == DAY_NONE ? INSTANT_NONE : last;
	query_end(&q);
	return 0;
}

static int note_pulse(struct store *s, instant now, bool fetched, struct pulse *out, struct err *e)
{
	struct query q = query(s, STMT_PULSE_NOTE);

	put_int(&q, now);
	put_int(&q, !fetched);
	put_day(&q, zone_wall(now).day);
	return query_run(&q, e) || read_pulse(s, out, e) ? -1 : 0;
}

int store_pulse(struct store *s, instant now, bool fetched, struct pulse *out, struct err *e)
{
	if (txn_begin(s, e))
		return -1;
	return txn_end(s, note_pulse(s, now, fetched, out, e), e);
}

int store_pulse_read(struct store *s, struct pulse *out, struct err *e)
{
	return read_pulse(s, out, e);
}

/* ---- what was sent ---- */

int report_put(struct store *s, const struct report *r, struct err *e)
{
	struct query q = query(s, STMT_REPORT_PUT);

	put_text(&q, report_kind_name(r->kind));
	put_day(&q, r->period);
	put_day(&q, r->day);
	put_int(&q, r->at);
	put_text(&q, r->letter);
	put_word(&q, r->figures ? r->figures : "");
	return query_run(&q, e) ? err_wrap(e, "letter %s", r->letter) : 0;
}

int store_report_last(struct store *s, struct arena *a, enum report_kind k, dayno today,
                      struct report *out, struct err *e)
{
	struct query q = query(s, STMT_REPORT_LAST);

	*out = (struct report){ .kind = k, .period = DAY_NONE, .day = DAY_NONE, .at = INSTANT_NONE };
	put_word(&q, report_kind_name(k));
	put_day(&q, today);
	int got = query_row(&q, e);
	if (got <= 0)
		return got;
	out->period = get_day(&q);
	out->day = get_day(&q);
	out->at = get_int64(&q);
	get_chars(&q, out->letter, sizeof(out->letter));
	out->figures = get_text(&q, a);
	query_end(&q);
	return 1;
}

/* ---- what they count ---- */

static int counts(struct store *s, enum stmt_id id, instant since, int *const *out, size_t n,
                  struct err *e)
{
	struct query q = query(s, id);

	if (since != INSTANT_NONE)
		put_int(&q, since);
	int got = query_row(&q, e);
	if (got <= 0)
		return got;
	for (size_t i = 0; i < n; i++)
		*out[i] = get_int(&q);
	query_end(&q);
	return 0;
}

static int activity_inner(struct store *s, instant since, struct activity *o, struct err *e)
{
	int *const sent[] = { &o->letters, &o->accepted };
	int *const answers[] = { &o->answers };
	int *const stuck[] = { &o->held, &o->failed };
	int *const got[] = { &o->handled, &o->applied, &o->answered };
	int *const waiting[] = { &o->waiting, &o->left };

	*o = (struct activity){ .letters = 0 };
	if (counts(s, STMT_ACTIVITY_OUT, since, sent, ARRAY_LEN(sent), e)
	    || counts(s, STMT_ACTIVITY_ANSWERS, since, answers, ARRAY_LEN(answers), e))
		return -1;
	o->letters -= o->answers;
	return counts(s, STMT_OUTBOX_STUCK, INSTANT_NONE, stuck, ARRAY_LEN(stuck), e)
	       || counts(s, STMT_ACTIVITY_IN, since, got, ARRAY_LEN(got), e)
	       || counts(s, STMT_INBOX_WAITING, since, waiting, ARRAY_LEN(waiting), e) ? -1 : 0;
}

int store_activity(struct store *s, instant since, struct activity *out, struct err *e)
{
	if (txn_read(s, e))
		return -1;
	return txn_end(s, activity_inner(s, since == INSTANT_NONE ? 0 : since, out, e), e);
}

static struct query of_span(struct store *s, enum stmt_id id, dayno from, dayno to)
{
	struct query q = query(s, id);

	put_day(&q, from);
	put_day(&q, to);
	return q;
}

static int span_reviews(struct store *s, struct arena *a, dayno from, dayno to,
                        struct span_facts *out, struct err *e)
{
	struct query q = of_span(s, STMT_SPAN_ENDED, from, to);
	size_t cap = 0;
	int got;

	while ((got = query_row(&q, e)) > 0) {
		out->ended = arena_grow(a, out->ended, out->n_ended, &cap, sizeof(*out->ended));
		struct ended_review *r = &out->ended[out->n_ended++];
		r->review = get_text(&q, a);
		r->item = get_text(&q, a);
		r->due = get_day(&q);
		r->day = get_day(&q);
	}
	return got;
}

static int span_decisions(struct store *s, struct arena *a, dayno from, dayno to,
                          struct span_facts *out, struct err *e)
{
	struct query q = of_span(s, STMT_SPAN_DECISIONS, from, to);
	size_t cap = 0;
	int got;

	while ((got = query_row(&q, e)) > 0) {
		out->decisions = arena_grow(a, out->decisions, out->n_decisions, &cap, sizeof(*out->decisions));
		struct made_decision *d = &out->decisions[out->n_decisions++];
		d->body = get_text(&q, a);
		d->day = get_day(&q);
		d->paragraph = get_text(&q, a);
		d->item = get_text(&q, a);
		d->adjusted = get_bool(&q);
	}
	return got;
}

static int span_counts(struct store *s, dayno from, dayno to, struct span_facts *o, struct err *e)
{
	struct query told = of_span(s, STMT_SPAN_TOLD, from, to);
	struct query cases;
	int got = query_row(&told, e);

	if (got <= 0)
		return got;
	o->to_superior = get_int(&told);
	o->to_chair = get_int(&told);
	query_end(&told);
	cases = of_span(s, STMT_SPAN_CASES, from, to);
	got = query_row(&cases, e);
	if (got <= 0)
		return got;
	o->reported = get_int(&cases);
	o->closed = get_int(&cases);
	query_end(&cases);
	return 0;
}

int store_span(struct store *s, struct arena *a, dayno from, dayno to, struct span_facts *out,
               struct err *e)
{
	*out = (struct span_facts){ .ended = NULL };
	if (txn_read(s, e))
		return -1;
	int rc = span_reviews(s, a, from, to, out, e) || span_decisions(s, a, from, to, out, e)
	         || span_counts(s, from, to, out, e) ? -1 : 0;
	return txn_end(s, rc, e);
}

int store_record_head(struct store *s, int64_t *rows, char head[DIGEST_HEX], struct err *e)
{
	struct query q = query(s, STMT_RECORD_HEAD);
	int got = query_row(&q, e);

	*rows = 0;
	memcpy(head, RECORD_GENESIS, DIGEST_HEX);
	if (got <= 0)
		return got;
	*rows = get_int64(&q);
	get_chars(&q, head, DIGEST_HEX);
	query_end(&q);
	return 0;
}
