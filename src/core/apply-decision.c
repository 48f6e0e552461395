/* SPDX-License-Identifier: EUPL-1.2 */
/* What a body decided: by the coordinator's word, or as its secretary answers. */
#include <string.h>

#include "core/plan.h"
#include "src/core/apply-internal.h"

/* One decision on its way into a change. */
struct decided {
	const struct review *review;
	const char *body, *paragraph, *reported_by;
	const char *trust; /* the facts about who reported it, a line each */
	dayno day;
	bool adjusted;
	enum reply_outcome outcome;
};

static void put_decision(struct change *c, struct arena *a, const struct decided *d,
                         const char *kind)
{
	char date[DATE_TEXT];

	c->decisions = arena_grow(a, c->decisions, c->n_decisions, &c->cap_decisions,
	                          sizeof(*c->decisions));
	c->decisions[c->n_decisions++] = (struct decision){
		.review = d->review->id, .body = d->body, .paragraph = d->paragraph,
		.reported_by = d->reported_by, .day = d->day, .adjusted = d->adjusted,
		.outcome = d->outcome,
	};
	change_record(c, a, kind, d->review->id,
	              arena_fmt(a, "body=%s\noutcome=%s\ndate=%s\nparagraph=%s\nadjusted=%s\nby=%s\n%s",
	                        d->body, reply_outcome_name(d->outcome), date_text(d->day, date),
	                        d->paragraph, d->adjusted ? "yes" : "no", d->reported_by, d->trust));
}

/* Whether the minutes are adjusted is asked in the letter that asked for the
 * decision, if there is one. */
static void put_adjustment(struct change *c, struct arena *a, const struct decided *d,
                           const struct inquiry *asked)
{
	struct inquiry q = {
		.review = d->review->id, .meeting = d->day, .adjustment = true, .day = DAY_NONE,
	};

	if (asked) {
		memcpy(q.letter, asked->letter, sizeof(q.letter));
		q.n = asked->n;
	}
	change_inquiry(c, a, &q);
}

/* Ends the review. */
static void approve(struct change *c, struct arena *a, const struct decided *d,
                    const struct inquiry *asked)
{
	struct review after = *d->review;

	after.state = review_next(d->review->state, REVIEW_ON_DECIDE).next;
	change_review(c, a, &after);
	put_decision(c, a, d, "decision");
	apply_completed(c, a, d->review, d->day);
	if (!d->adjusted)
		put_adjustment(c, a, d, asked);
}

bool apply_decision(const struct registry *r, const struct review *review, dayno day,
                    const char *paragraph, bool adjusted, const char *reported_by, instant at,
                    struct arena *a, struct change *change)
{
	const struct item *item = registry_item(r, review->item);
	const struct body *body = item ? registry_letter_body(r, item, day) : NULL;
	const struct decided d = {
		.review = review, .body = body ? body->id : NULL, .paragraph = paragraph,
		.reported_by = reported_by, .trust = "", .day = day, .adjusted = adjusted,
		.outcome = OUTCOME_APPROVED,
	};

	if (!body || !review_next(review->state, REVIEW_ON_DECIDE).ok)
		return false;
	change->at = at;
	approve(change, a, &d, NULL);
	return true;
}

/* ---- as a secretary reports it ---- */

static const struct inquiry *asked_of(const struct job *j, const struct review *r, bool adjustment)
{
	const struct inquiry *found = NULL;

	for (size_t i = 0; i < j->in->n_inquiries; i++) {
		const struct inquiry *q = &j->in->inquiries[i];

		if (q->adjustment == adjustment && q->outcome == OUTCOME_NONE && !strcmp(q->review, r->id)
		    && (!found || q->meeting >= found->meeting))
			found = q;
	}
	return found;
}

static bool met(const struct registry *r, const char *body, dayno day)
{
	const struct meeting *m = meeting_next(r, body, day);

	return m && m->day == day;
}

/* Nobody decides before there is anything to decide on: the review was opened. */
static enum apply_note hindrance(const struct job *j, const struct review *r, enum reply_outcome o,
                                 dayno day, const char *paragraph)
{
	if (o < OUTCOME_APPROVED || o > OUTCOME_WITHDRAWN)
		return NOTE_NOT_CLEAR;
	if (day > j->in->day)
		return NOTE_NOT_YET;
	if (!met(j->in->registry, j->in->letter->body, day))
		return NOTE_NO_MEETING;
	if (day < r->opened)
		return NOTE_TOO_EARLY;
	return !paragraph && o != OUTCOME_TABLED && o != OUTCOME_WITHDRAWN ? NOTE_NO_PARAGRAPH : NOTE_NONE;
}

static void answered(struct job *j, const struct inquiry *q, enum reply_outcome outcome)
{
	struct inquiry after = *q;

	after.outcome = outcome;
	change_inquiry(j->change, j->arena, &after);
}

static dayno adjusted_on(const struct job *j, dayno day)
{
	const struct meeting *m = meeting_next(j->in->registry, j->in->letter->body, day);
	struct workcal cal = registry_workcal(j->in->registry);

	return m && m->day == day
	       ? workday_on_or_after(&cal, meeting_adjusted_by(j->in->registry, m) + 1) : DAY_NONE;
}

static void send_back(struct job *j, const struct decided *d)
{
	struct review after = *d->review;

	after.state = review_next(d->review->state, REVIEW_ON_REFER).next;
	after.signed_on = DAY_NONE;
	change_review(j->change, j->arena, &after);
	put_decision(j->change, j->arena, d, "decision");
	j->out->for_coordinator = true;
}

static void put_off(struct job *j, const struct decided *d, struct applied_item *x)
{
	struct workcal cal = registry_workcal(j->in->registry);
	const struct meeting *m = meeting_next(j->in->registry, j->in->letter->body, d->day + 1);
	char date[DATE_TEXT];

	x->again = m ? workday_on_or_after(&cal, m->day + 1) : DAY_NONE;
	change_record(j->change, j->arena, "decision-postponed", d->review->id,
	              arena_fmt(j->arena, "body=%s\noutcome=%s\ndate=%s\nparagraph=%s\nby=%s\n%s", d->body,
	                        reply_outcome_name(d->outcome), date_text(d->day, date),
	                        d->paragraph ? d->paragraph : "", d->reported_by, d->trust));
}

static void take_effect(struct job *j, const struct item *item, const struct decided *d,
                        const struct inquiry *q, struct applied_item *x)
{
	struct decided later = *d;

	answered(j, q, d->outcome);
	if (d->outcome == OUTCOME_TABLED || d->outcome == OUTCOME_WITHDRAWN) {
		put_off(j, d, x);
	} else if (d->outcome == OUTCOME_REFERRED_BACK || d->outcome == OUTCOME_REJECTED) {
		later.adjusted = false;
		send_back(j, &later);
	} else {
		approve(j->change, j->arena, d, q);
		x->next_due = apply_next_due(j, item, d->review, d->day);
		x->again = d->adjusted ? DAY_NONE : adjusted_on(j, d->day);
	}
}

static const char *reporter(const struct job *j)
{
	return j->in->trust->as ? j->in->trust->as->id : j->in->letter->role;
}

/* A decision that was reported before, now from adjusted minutes: it stands as it
 * was, or a person looks. */
static void adjust(struct job *j, const struct review *r, const struct inquiry *q,
                   const struct answer *ans, struct applied_item *x)
{
	const struct decided d = {
		.review = r, .body = j->in->letter->body, .paragraph = q->paragraph ? q->paragraph : "",
		.reported_by = reporter(j), .trust = apply_trust_facts(j, j->in->trust), .day = q->meeting,
		.adjusted = true, .outcome = OUTCOME_APPROVED,
	};

	if ((ans->date != DAY_NONE && ans->date != q->meeting)
	    || (ans->paragraph && q->paragraph && strcmp(ans->paragraph, q->paragraph) != 0)
	    || (ans->outcome != OUTCOME_NONE && ans->outcome != OUTCOME_APPROVED
	        && ans->outcome != OUTCOME_NOTED)) {
		x->note = NOTE_OTHER;
		j->out->for_coordinator = true;
		return;
	}
	x->again = adjusted_on(j, j->in->day);
	if (ans->adjusted == ADJUSTED_NOT_YET) {
		x->note = NOTE_ALREADY;
		return;
	}
	answered(j, q, OUTCOME_APPROVED);
	put_decision(j->change, j->arena, &d, "decision-adjusted");
	x->verdict = VERDICT_DECISION;
	x->paragraph = q->paragraph;
	x->decided = q->meeting;
	x->adjusted = true;
	x->again = DAY_NONE;
}

static void report(struct job *j, const struct review *r, const struct item *item,
                   const struct inquiry *q, const struct answer *ans, struct applied_item *x)
{
	const struct decided d = {
		.review = r, .body = j->in->letter->body, .paragraph = ans->paragraph,
		.reported_by = reporter(j), .trust = apply_trust_facts(j, j->in->trust),
		.day = ans->date != DAY_NONE ? ans->date : q->meeting,
		.adjusted = ans->adjusted == ADJUSTED_YES, .outcome = ans->outcome,
	};

	/* A mandate to write it anew is no approval of what there is. */
	x->note = ans->option && !strcmp(ans->option, "B") ? NOTE_NOT_CLEAR
	          : hindrance(j, r, d.outcome, d.day, d.paragraph);
	if (x->note != NOTE_NONE)
		return;
	x->verdict = VERDICT_DECISION;
	x->outcome = d.outcome;
	x->paragraph = d.paragraph;
	x->decided = d.day;
	x->adjusted = d.adjusted;
	take_effect(j, item, &d, q, x);
}

/* The next round of an item may have got the number of the one that was held. */
static bool other_round(const struct apply_input *in, const struct review *r)
{
	for (size_t i = 0; i < in->n_held; i++)
		if (in->held[i].answer.n == r->n)
			return strcmp(in->held[i].review, r->id) != 0;
	return false;
}

static void report_one(struct job *j, const struct review *r, const struct item *item,
                       const struct answer *ans)
{
	const struct inquiry *q = asked_of(j, r, false), *minutes = asked_of(j, r, true);
	struct applied_item x = {
		.item = item, .n = r->n, .text = ans->text, .until = DAY_NONE, .next_due = DAY_NONE,
		.decided = DAY_NONE, .again = DAY_NONE,
	};

	if (ans->verdict != VERDICT_DECISION)
		x.note = NOTE_NOT_CLEAR;
	else if (other_round(j->in, r))
		x.note = NOTE_ALREADY;
	else if (r->state == REVIEW_AWAITING && q)
		report(j, r, item, q, ans, &x);
	else if (minutes)
		adjust(j, r, minutes, ans, &x);
	else
		x.note = NOTE_ALREADY;
	/* What has been reported cannot be undone by a later word of another kind. */
	if (x.note == NOTE_ALREADY && ans->outcome != OUTCOME_NONE && ans->outcome != OUTCOME_APPROVED
	    && ans->outcome != OUTCOME_NOTED)
		j->out->for_coordinator = true;
	if (x.verdict != VERDICT_NONE && !j->out->review)
		j->out->review = r->id;
	apply_told(j, &x);
}

static bool waits(const struct job *j, const struct review *r)
{
	return r->state == REVIEW_AWAITING && asked_of(j, r, false);
}

/* Without a number: all that wait for a decision; else all whose minutes do; else
 * all there were, so that the receipt can say so. */
static bool meant(const struct job *j, const struct review *r)
{
	bool decision = false, minutes = false;

	for (size_t i = 0; i < j->in->n_reviews; i++) {
		decision |= waits(j, &j->in->reviews[i]);
		minutes |= asked_of(j, &j->in->reviews[i], true) != NULL;
	}
	return decision ? waits(j, r) : !minutes || asked_of(j, r, true);
}

void apply_report(struct job *j, const struct answer *ans)
{
	bool hit = false;

	for (size_t i = 0; i < j->in->n_reviews; i++) {
		const struct review *r = &j->in->reviews[i];
		const struct item *item = registry_item(j->in->registry, r->item);

		if (!item || (ans->n ? ans->n != r->n : !meant(j, r)))
			continue;
		report_one(j, r, item, ans);
		hit = true;
	}
	if (!hit)
		apply_no_such(j, ans->n);
}
