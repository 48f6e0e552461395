/* SPDX-License-Identifier: EUPL-1.2 */
/* When to look at an item again. */
#include "core/turn.h"
#include "plan-internal.h"

dayno plan_earlier(dayno a, dayno b)
{
	return a == DAY_NONE || (b != DAY_NONE && b < a) ? b : a;
}

static dayno later(dayno a, dayno b)
{
	return a > b ? a : b;
}

/* More recesses in a row than this are a mistake in the register: looking a
 * little early is none. */
enum { RECESS_HOPS = 64 };

dayno plan_letter_day(const struct workcal *cal, dayno day)
{
	const struct period *p;

	day = workday_on_or_after(cal, day);
	for (int i = 0; i < RECESS_HOPS && (p = workday_recess(cal, day)); i++)
		day = workday_on_or_after(cal, p->to + 1);
	return day;
}

static dayno next_question(const struct plan_job *p, const struct plan_item *x)
{
	dayno last = p->letter ? p->in->today : plan_asked(p->in, x->item->id);
	dayno from = p->in->today + 1;

	if (last != DAY_NONE)
		from = later(from, last + PLAN_ASK_AGAIN_DAYS);
	return plan_letter_day(&p->cal, from);
}

/* As days go by, the last review may stop being an answer to the due date, if only
 * for a day (a date that was skipped, a term that opens): each is tried. */
static dayno unanswered(const struct plan_job *p, const struct plan_item *x)
{
	dayno day = p->in->today, end = day + PLAN_FIND_AGAIN_DAYS;

	if (!plan_answered(p, x, day))
		return DAY_NONE;
	while (++day < end && plan_answered(p, x, day))
		continue;
	return day;
}

static dayno next_review(const struct plan_job *p, const struct plan_item *x)
{
	const struct ladder ladder = ladder_to(&p->in->registry->settings, &p->cal, x->due.act_by);
	dayno day = ladder_next(&ladder, RUNG_NONE, p->in->today);

	if (day == DAY_NONE)
		return DAY_NONE;
	dayno half = plan_half(x);
	if (half != DAY_NONE)
		day = later(day, half + 1);
	return later(day, unanswered(p, x));
}

static dayno next_rung(const struct plan_job *p, const struct plan_item *x, const struct review *r)
{
	if (!review_next(r->state, REVIEW_ON_REMIND).ok)
		return DAY_NONE;
	const struct registry *reg = p->in->registry;
	const struct body *body = registry_letter_body(reg, x->item, p->in->today);
	const struct ladder ladder = plan_ladder(reg, &p->cal, body, r->act_by, r->rung,
	                                         r->last_notice);
	dayno day = ladder_next(&ladder, r->rung, p->in->today);
	/* That its date has moved is told on the next day that letters go out. */
	bool waits = (x->moved && !p->letter) || plan_away_waits(p, x, r);
	return waits ? plan_earlier(day, plan_letter_day(&p->cal, p->in->today + 1)) : day;
}

dayno plan_wake(const struct plan_job *p, const struct plan_item *x, const struct review *r,
                bool found)
{
	dayno day = turn_next(p->in->registry, x->item, p->in->today);

	/* What a person must mend first is not looked at every day meanwhile. */
	if (r)
		day = found ? day : plan_earlier(day, next_rung(p, x, r));
	else if (x->due.status == DUE_ASK)
		day = plan_earlier(day, next_question(p, x));
	else
		day = plan_earlier(day, next_review(p, x));
	if (r && r->state == REVIEW_AWAITING)
		day = plan_earlier(day, plan_decision_next(p, x, r));
	if (r)
		day = plan_earlier(day, plan_earlier(plan_copy_next(p, x, r), plan_back_next(p, r)));
	if (found)
		day = plan_earlier(day, p->in->today + PLAN_FIND_AGAIN_DAYS);
	return day == DAY_NONE ? PLAN_NEVER : day;
}

/* What a letter says of the days to come is about the items that its words are about. */
static bool spoken_of(const struct plan_letter *l, const struct plan_item *x)
{
	bool reminds = *l->ref ? l->rung < RUNG_LAST_REMIND : l->rung < RUNG_OVERDUE;

	return reminds ? x->review.rung < RUNG_OVERDUE : x->rung == l->rung;
}

static dayno next_notice(const struct registry *r, const struct workcal *cal,
                         const struct plan_letter *l, const struct plan_item *x, dayno today)
{
	const struct ladder ladder = plan_ladder(r, cal, l->body, x->review.act_by, x->review.rung,
	                                         today);
	dayno next = ladder_next(&ladder, x->review.rung, today);
	enum rung rung = x->review.rung + 1;

	if (next == DAY_NONE || x->review.mails >= r->settings.review_mails)
		return DAY_NONE;
	if (rung > RUNG_OVERDUE)
		return plan_told(r, l->holder, l->body, next, &rung) ? next : DAY_NONE;
	return role_valid(l->holder, next) && !registry_absence(r, l->holder->id, next) ? next
	                                                                               : DAY_NONE;
}

dayno plan_next_notice(const struct registry *r, const struct plan_letter *l, dayno today)
{
	const struct workcal cal = registry_workcal(r);
	dayno next = DAY_NONE;

	for (size_t i = 0; i < l->n; i++)
		if (spoken_of(l, &l->items[i]))
			next = plan_earlier(next, next_notice(r, &cal, l, &l->items[i], today));
	return next;
}

void plan_sleep(struct plan_job *p, const struct item *item, dayno until)
{
	struct plan *o = p->out;

	o->looks = arena_grow(p->arena, o->looks, o->n_looks, &o->cap_looks, sizeof(*o->looks));
	o->looks[o->n_looks++] = (struct plan_look){
		.item = item, .next = p->waits ? p->in->today + 1 : until, .holder = p->holder,
	};
}
