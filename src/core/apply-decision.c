/* SPDX-License-Identifier: EUPL-1.2 */
/* What a body decided, as its secretary answers. */
#include <string.h>

#include "core/plan.h"
#include "core/revision.h"
#include "src/core/apply-internal.h"

void apply_put_decision(struct change *c, struct arena *a, const struct decided *d, const char *kind)
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
		.review = d->review->id, .meeting = d->day, .adjustment = true, .about = d->about,
		.day = DAY_NONE,
	};

	if (asked) {
		memcpy(q.letter, asked->letter, sizeof(q.letter));
		q.n = asked->n;
	}
	change_inquiry(c, a, &q);
}

void apply_renew(struct change *c, struct arena *a, const struct decided *d)
{
	struct renewal n = { .item = d->item, .day = DAY_NONE, .due = DAY_NONE, .ended = DAY_NONE };
	char date[DATE_TEXT];

	date_text(d->day, date);
	if (d->outcome == OUTCOME_ENDED) {
		n.ended = d->day;
		change_record(c, a, "item-repealed", n.item,
		              arena_fmt(a, "by=%s\nbody=%s\ndate=%s\nparagraph=%s\n", d->reported_by, d->body, date,
		                        d->paragraph));
	} else {
		n.day = d->day;
		n.due = d->review ? d->review->due : DAY_NONE;
		n.paragraph = d->paragraph;
		n.registry_no = d->registry_no;
		change_record(c, a, "item-renewed", n.item,
		              arena_fmt(a, "by=%s\nbody=%s\ndate=%s\nparagraph=%s\nregistry_no=%s\n", d->reported_by,
		                        d->body, date, d->paragraph, d->registry_no ? d->registry_no : ""));
	}
	change_renewal(c, a, &n);
}

void apply_approve(struct change *c, struct arena *a, const struct decided *d,
                   const struct inquiry *asked)
{
	struct review after = *d->review;

	after.state = review_next(d->review->state, REVIEW_ON_DECIDE).next;
	change_review(c, a, &after);
	apply_put_decision(c, a, d, "decision");
	apply_completed(c, a, d->review, d->day);
	if (d->outcome == OUTCOME_ENDED || d->about == INQUIRY_RENEWAL)
		apply_renew(c, a, d);
	if (!d->adjusted)
		put_adjustment(c, a, d, asked);
}

void apply_send_back(struct change *c, struct arena *a, const struct decided *d)
{
	struct review after = *d->review;

	after.state = review_next(d->review->state, REVIEW_ON_REFER).next;
	after.signed_on = DAY_NONE;
	change_review(c, a, &after);
	apply_put_decision(c, a, d, "decision");
}

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

bool apply_met(const struct registry *r, const char *body, dayno day)
{
	const struct meeting *m = meeting_next(r, body, day);

	return m && m->day == day;
}

/* Nobody decides before there is anything to decide on: the review was opened. */
static enum apply_note hindrance(const struct job *j, const struct review *r, enum reply_outcome o,
                                 dayno day, const char *paragraph)
{
	if ((o < OUTCOME_APPROVED || o > OUTCOME_WITHDRAWN) && o != OUTCOME_ENDED && o != OUTCOME_REVISE)
		return NOTE_NOT_CLEAR;
	if (day > j->in->day)
		return NOTE_NOT_YET;
	if (!apply_met(j->in->registry, j->in->letter->body, day))
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

/* What should be asked on the day is, or, where that has been, as soon as letters go out. */
static dayno asked_on(const struct job *j, dayno day)
{
	struct workcal cal = registry_workcal(j->in->registry);

	return plan_letter_day(&cal, day > j->in->day ? day : j->in->day);
}

static dayno adjusted_on(const struct job *j, dayno day)
{
	const struct meeting *m = meeting_next(j->in->registry, j->in->letter->body, day);

	return m && m->day == day ? asked_on(j, meeting_adjusted_by(j->in->registry, m) + 1) : DAY_NONE;
}

static void put_off(struct job *j, const struct decided *d, const struct inquiry *q,
                    struct applied_item *x)
{
	const struct meeting *m = meeting_next(j->in->registry, j->in->letter->body, q->meeting + 1);
	char date[DATE_TEXT];

	x->again = m ? asked_on(j, m->day + 1) : DAY_NONE;
	change_record(j->change, j->arena, "decision-postponed", d->review->id,
	              arena_fmt(j->arena, "body=%s\noutcome=%s\ndate=%s\nparagraph=%s\nby=%s\n%s", d->body,
	                        reply_outcome_name(d->outcome), date_text(d->day, date),
	                        d->paragraph ? d->paragraph : "", d->reported_by, d->trust));
}

/* Only the body that decides an item can repeal it: from another it is a mandate. */
static bool goes_back(const struct registry *r, const struct item *item, const struct decided *d)
{
	if (d->outcome == OUTCOME_ENDED) {
		const struct body *decider = revision_decider(r, item, d->day);

		return !decider || strcmp(decider->id, d->body) != 0;
	}
	return d->outcome == OUTCOME_REFERRED_BACK || d->outcome == OUTCOME_REJECTED
	       || d->outcome == OUTCOME_REVISE;
}

static dayno next_due(const struct job *j, const struct item *item, const struct decided *d)
{
	const struct renewal n = { .day = d->day, .due = d->review->due, .ended = DAY_NONE };
	struct item after = *item;

	if (d->about == INQUIRY_RENEWAL)
		renewal_merge(&n, j->arena, &after);
	return apply_next_due(j, &after, d->review, d->day);
}

static void take_effect(struct job *j, const struct item *item, const struct decided *d,
                        const struct inquiry *q, struct applied_item *x)
{
	struct decided later = *d;

	answered(j, q, d->outcome);
	if (d->outcome == OUTCOME_TABLED || d->outcome == OUTCOME_WITHDRAWN) {
		put_off(j, d, q, x);
	} else if (goes_back(j->in->registry, item, d)) {
		later.adjusted = false;
		x->back = true;
		apply_send_back(j->change, j->arena, &later);
		j->out->for_coordinator = true;
	} else {
		apply_approve(j->change, j->arena, d, q);
		j->out->for_coordinator |= d->outcome == OUTCOME_ENDED;
		x->renewed = d->about == INQUIRY_RENEWAL && d->outcome == OUTCOME_APPROVED;
		x->next_due = d->outcome == OUTCOME_ENDED ? DAY_NONE : next_due(j, item, d);
		x->again = d->adjusted ? DAY_NONE : adjusted_on(j, d->day);
	}
}

static const char *reporter(const struct job *j)
{
	return j->in->trust->as ? j->in->trust->as->id : j->in->letter->role;
}

/* What was reported then. */
static enum reply_outcome reported(const struct job *j, const struct inquiry *minutes)
{
	for (size_t i = 0; i < j->in->n_inquiries; i++) {
		const struct inquiry *q = &j->in->inquiries[i];

		if (!q->adjustment && q->meeting == minutes->meeting && !strcmp(q->review, minutes->review)
		    && q->outcome == OUTCOME_ENDED)
			return OUTCOME_ENDED;
	}
	return OUTCOME_APPROVED;
}

/* A decision that was reported before, now from adjusted minutes: it stands as it
 * was, or a person looks. */
static void adjust(struct job *j, const struct review *r, const struct inquiry *q,
                   const struct answer *ans, struct applied_item *x)
{
	const struct decided d = {
		.review = r, .item = r->item, .body = j->in->letter->body, .paragraph = q->paragraph ? q->paragraph : "",
		.reported_by = reporter(j), .trust = apply_trust_facts(j, j->in->trust), .day = q->meeting,
		.adjusted = true, .outcome = reported(j, q), .about = q->about,
	};

	if ((ans->date != DAY_NONE && ans->date != q->meeting)
	    || (ans->paragraph && q->paragraph && strcmp(ans->paragraph, q->paragraph) != 0)
	    || (ans->outcome != OUTCOME_NONE && ans->outcome != OUTCOME_APPROVED
	        && ans->outcome != OUTCOME_NOTED && ans->outcome != d.outcome)) {
		x->note = NOTE_OTHER;
		j->out->for_coordinator = true;
		return;
	}
	if (ans->adjusted == ADJUSTED_NOT_YET) {
		x->note = NOTE_UNADJUSTED;
		return;
	}
	answered(j, q, OUTCOME_APPROVED);
	apply_put_decision(j->change, j->arena, &d, "decision-adjusted");
	x->verdict = VERDICT_DECISION;
	x->paragraph = q->paragraph;
	x->decided = q->meeting;
	x->adjusted = ADJUSTED_YES;
}

static void report(struct job *j, const struct review *r, const struct item *item,
                   const struct inquiry *q, const struct answer *ans, struct applied_item *x)
{
	enum apply_note note;
	const struct decided d = {
		.review = r, .item = r->item, .body = j->in->letter->body, .paragraph = ans->paragraph,
		.reported_by = reporter(j), .trust = apply_trust_facts(j, j->in->trust),
		.day = ans->date != DAY_NONE ? ans->date : q->meeting,
		.adjusted = ans->adjusted == ADJUSTED_YES, .outcome = apply_outcome(q, ans, &note),
		.about = q->about, .registry_no = q->about == INQUIRY_RENEWAL ? ans->registry_no : NULL,
	};

	x->note = note != NOTE_NONE ? note : hindrance(j, r, d.outcome, d.day, d.paragraph);
	if (x->note != NOTE_NONE)
		return;
	x->verdict = VERDICT_DECISION;
	x->outcome = d.outcome;
	x->option = ans->option;
	x->registry_no = d.registry_no;
	x->paragraph = d.paragraph;
	x->decided = d.day;
	x->adjusted = ans->adjusted;
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

void apply_report(struct job *j, const struct answer *said)
{
	struct answer to = *said;
	const struct answer *ans = &to;
	bool hit = false;

	if (!apply_which(j, &to, meant))
		return;
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
