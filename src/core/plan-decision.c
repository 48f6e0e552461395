/* SPDX-License-Identifier: EUPL-1.2 */
/* What a body's secretary is asked after its meetings. */
#include <string.h>

#include "core/trust.h"
#include "core/turn.h"
#include "plan-internal.h"

static const char no_secretary[] = "its body has no secretary in force who can say what became of it";

const struct role *plan_secretary(const struct registry *r, const struct body *body, dayno day)
{
	return plan_role_at(r, body->secretary, day);
}

const struct meeting *plan_meeting(const struct registry *r, const char *body, dayno day)
{
	const struct meeting *m = meeting_next(r, body, day);

	while (m && meeting_stop(r, m) < day)
		m = meeting_next(r, body, m->day + 1);
	return m;
}

dayno plan_ask_again(const struct registry *r, dayno day)
{
	struct workcal cal = registry_workcal(r);

	return plan_letter_day(&cal, workday_add(&cal, day, r->settings.decision_again_workdays));
}

/* Where the item's inquiries begin; they are sorted by item. */
static size_t first_of(const struct plan_input *in, const char *item)
{
	size_t low = 0, high = in->n_inquiries;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(in->inquiries[mid].item, item) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* What was asked about the latest meeting that the review was to come up at, of the
 * body that is asked now. */
static const struct inquiry *latest(const struct plan_input *in, const struct review *r,
                                    enum inquiry_about about)
{
	const struct inquiry *found = NULL;

	for (size_t i = first_of(in, r->item); i < in->n_inquiries; i++) {
		const struct inquiry *q = &in->inquiries[i];

		if (strcmp(q->item, r->item) != 0)
			break;
		if (!q->adjustment && !strcmp(q->review, r->id)
		    && (q->about == INQUIRY_RENEWAL) == (about == INQUIRY_RENEWAL)
		    && (!found || q->meeting >= found->meeting))
			found = q;
	}
	return found;
}

/* The meeting that its secretary has been asked about and not answered, which is a
 * later one than its papers reach where the review was put off; NULL: none is held. */
static const struct meeting *asked_about(const struct registry *r, const struct body *body,
                                         const struct review *v, const struct inquiry *q)
{
	if (!q || q->outcome != OUTCOME_NONE || q->meeting < v->signed_on)
		return NULL;
	const struct meeting *m = meeting_next(r, body->id, q->meeting);
	return m && m->day == q->meeting ? m : NULL;
}

/* The meeting that a review comes up at: the first that its papers reach; what a
 * body put off comes up at its next, whose papers it is among already. */
static const struct meeting *comes_up(const struct registry *r, const struct plan_case *x,
                                      const struct review *v, const struct inquiry *q)
{
	bool answered = q && q->outcome != OUTCOME_NONE && q->meeting >= v->signed_on;
	bool put_off = answered && (q->outcome == OUTCOME_TABLED || q->outcome == OUTCOME_WITHDRAWN);

	if (put_off)
		return meeting_next(r, x->body->id, q->meeting + 1);
	const struct meeting *m = asked_about(r, x->body, v, q);
	if (m)
		return m;
	m = revision_meeting(r, x->body, x->about, v->signed_on);
	/* Signed again the same day that the body sent it back. */
	return answered && m && m->day <= q->meeting ? meeting_next(r, x->body->id, q->meeting + 1) : m;
}

/* The latest inquiry, if it is about that meeting and still waits. */
static const struct inquiry *waiting(const struct inquiry *q, const struct meeting *m)
{
	return q && m && q->meeting == m->day && q->outcome == OUTCOME_NONE ? q : NULL;
}

struct plan_case plan_case(const struct plan_input *in, const struct plan_item *x,
                           const struct review *r)
{
	size_t first = first_of(in, r->item), n = first;

	while (n < in->n_inquiries && !strcmp(in->inquiries[n].item, r->item))
		n++;
	struct plan_case asks = {
		.about = revision_about(x->item, &x->due, in->inquiries + first, n - first, r->id),
	};
	asks.body = revision_body(in->registry, x->item, asks.about, in->today);
	if (!asks.body)
		return asks;
	asks.last = latest(in, r, asks.about);
	asks.meeting = comes_up(in->registry, &asks, r, asks.last);
	asks.waiting = waiting(asks.last, asks.meeting);
	if (asks.waiting)
		asks.about = asks.waiting->about;
	asks.to = plan_secretary(in->registry, asks.body, in->today);
	return asks;
}

/* The day to ask about the meeting: the next one that letters go out, and again
 * some time after the last time. DAY_NONE: often enough. */
static dayno ask_on(const struct plan_job *p, dayno first, const struct inquiry *q)
{
	if (!q || !q->times)
		return plan_letter_day(&p->cal, first);
	return q->times < PLAN_INQUIRIES ? plan_ask_again(p->in->registry, q->day) : DAY_NONE;
}

/* Whether the day is one on which what should have gone out by now still does. */
static bool goes_out(const struct plan_job *p, dayno day)
{
	dayno today = p->in->today;

	return day != DAY_NONE && day <= today && plan_letter_day(&p->cal, today) == today;
}

/* Once more into the letter that it stands in, if that went to whom is asked now. */
static void put(struct plan_job *p, enum plan_kind kind, struct plan_item *x,
                const struct inquiry *q, const struct role *to, const struct body *body)
{
	bool on = q && *q->letter && q->address && trust_same_address(q->address, to->address);

	x->inquiry = (struct inquiry){
		.review = x->review.id, .item = x->item->id, .meeting = x->inquiry.meeting,
		.adjustment = kind == PLAN_ADJUSTED, .about = x->inquiry.about, .day = p->in->today,
		.n = on ? q->n : 0, .times = q ? q->times + 1 : 1, .outcome = OUTCOME_NONE,
		.paragraph = q ? q->paragraph : NULL,
	};
	if (on)
		memcpy(x->inquiry.letter, q->letter, sizeof(x->inquiry.letter));
	x->foreseen = q || x->inquiry.meeting >= p->in->since;
	plan_put(p, kind, x->inquiry.letter, to, body, x);
}

void plan_decision(struct plan_job *p, struct plan_item *x, const struct review *r)
{
	const struct plan_case asks = plan_case(p->in, x, r);

	if (!asks.body)
		return;
	if (!asks.meeting) {
		plan_find(p, x->item, "no meeting is registered at which its body can decide");
		return;
	}
	dayno day = ask_on(p, asks.meeting->day + 1, asks.waiting);
	if (day == DAY_NONE) {
		plan_find(p, x->item, "its body's secretary has not said what became of it");
		return;
	}
	if (day <= p->in->today && !asks.to) {
		plan_find(p, x->item, no_secretary);
		return;
	}
	if (!goes_out(p, day)) {
		plan_revision(p, x, r, &asks);
		return;
	}
	struct plan_item asked = *x;
	asked.review = *r;
	asked.inquiry.meeting = asks.meeting->day;
	asked.inquiry.about = asks.about;
	put(p, PLAN_DECISION, &asked, asks.waiting, asks.to, asks.body);
}

dayno plan_decision_next(const struct plan_job *p, const struct plan_item *x,
                         const struct review *r)
{
	const struct plan_case asks = plan_case(p->in, x, r);
	/* Late, it waits for the recess to end; or it was asked today. */
	dayno next = plan_letter_day(&p->cal, p->in->today + 1);

	if (!asks.body || !asks.meeting)
		return DAY_NONE;
	if (!p->letter && plan_revision_waits(p->in, r, &asks))
		return next;
	dayno day = ask_on(p, asks.meeting->day + 1, asks.waiting);
	if (day == DAY_NONE)
		return DAY_NONE;
	dayno turn = turn_secretary(p->in->registry, asks.body, p->in->today);
	if (day <= p->in->today && !asks.to)
		return turn;
	return plan_earlier(turn, day > next ? day : next);
}

/* Where the minutes are registered to be adjusted by a day of their own. */
static dayno adjusted_by(const struct registry *r, const struct body *body, dayno day)
{
	const struct meeting *m = meeting_next(r, body->id, day);

	return m && m->day == day ? meeting_adjusted_by(r, m) : day + r->settings.adjust_days;
}

static dayno adjusted_one(struct plan_job *p, const struct item *item, const struct inquiry *q)
{
	const struct registry *reg = p->in->registry;
	const struct body *body = revision_body(reg, item, q->about, p->in->today);
	const struct role *to = body ? plan_secretary(reg, body, p->in->today) : NULL;
	dayno next = plan_letter_day(&p->cal, p->in->today + 1);

	if (!body)
		return DAY_NONE;
	dayno turn = turn_secretary(reg, body, p->in->today);
	dayno day = ask_on(p, adjusted_by(reg, body, q->meeting) + 1, q);
	if (day != DAY_NONE && day <= p->in->today && !to) {
		plan_find(p, item, no_secretary);
		return plan_earlier(turn, p->in->today + PLAN_FIND_AGAIN_DAYS);
	}
	if (!goes_out(p, day))
		return plan_earlier(turn, day == DAY_NONE || day > next ? day : next);
	struct plan_item x = {
		.item = item, .told = DAY_NONE, .was = DAY_NONE,
		.review = { .id = q->review, .item = item->id, .state = REVIEW_CLOSED,
		            .due = DAY_NONE, .act_by = DAY_NONE },
		.inquiry = { .meeting = q->meeting, .about = q->about },
	};
	put(p, PLAN_ADJUSTED, &x, q, to, body);
	return next;
}

dayno plan_adjusted(struct plan_job *p, const struct item *item)
{
	dayno next = DAY_NONE;

	for (size_t i = first_of(p->in, item->id); i < p->in->n_inquiries; i++) {
		const struct inquiry *q = &p->in->inquiries[i];

		if (strcmp(q->item, item->id) != 0)
			break;
		if (q->adjustment && q->outcome == OUTCOME_NONE)
			next = plan_earlier(next, adjusted_one(p, item, q));
	}
	return next;
}
