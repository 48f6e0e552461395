/* SPDX-License-Identifier: EUPL-1.2 */
/* Reviews that rest in work: what a body has sent back is reminded of, and what nobody
 * has done anything about for long is found. */
#include <string.h>

#include "plan-internal.h"

static const char sent_back[] = "its body has sent it back long ago, and its holder has not answered since";
static const char asked_for[] = "changes were asked for long ago, and nothing has become of it";

static const struct rest *rest_of(const struct plan_input *in, const char *item)
{
	size_t low = 0, high = in->n_rests;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(in->rests[mid].item, item);

		if (!order)
			return &in->rests[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/* One that somebody sent back by other ways than an answer has no day. */
static const struct rest *rests(const struct plan_input *in, const struct review *r)
{
	const struct rest *x = r->state == REVIEW_CHANGES ? rest_of(in, r->item) : NULL;

	return x && x->since != DAY_NONE ? x : NULL;
}

/* The coordinator has the ball where its holder asked for changes: nobody is reminded.
 * Nor where as many mails have gone out as may: that it rests is found all the same. */
static dayno remind_on(const struct plan_job *p, const struct rest *x, const struct review *r)
{
	dayno from = r->last_notice > x->since ? r->last_notice : x->since;

	return x->sent_back && !plan_capped(p, r) ? plan_letter_day(&p->cal, from + PLAN_BACK_DAYS) : DAY_NONE;
}

/* Of several who approve it all are reminded; that it rests is found once. */
static void find(struct plan_job *p, const struct item *item, const char *what)
{
	const struct plan *o = p->out;

	if (!o->n_findings || o->findings[o->n_findings - 1].item != item
	    || o->findings[o->n_findings - 1].what != what)
		plan_find(p, item, what);
}

void plan_back(struct plan_job *p, struct plan_item *x, const struct review *r,
               const struct role *holder, const struct body *body)
{
	const struct rest *rest = rests(p->in, r);
	dayno today = p->in->today;

	if (!rest)
		return;
	if (today - rest->since >= PLAN_RESTS_DAYS)
		find(p, x->item, rest->sent_back ? sent_back : asked_for);
	dayno day = remind_on(p, rest, r);
	if (day == DAY_NONE || day > today || plan_letter_day(&p->cal, today) != today || !*r->letter)
		return;
	struct plan_item again = *x;
	again.moved = false;
	again.foreseen = true; /* ever since it was sent back */
	again.told = rest->since;
	again.review.last_notice = today;
	plan_put(p, PLAN_BACK, r->letter, holder, body, &again);
}

dayno plan_back_next(const struct plan_job *p, const struct review *r)
{
	const struct rest *rest = rests(p->in, r);
	dayno today = p->in->today;

	if (!rest)
		return DAY_NONE;
	dayno found = rest->since + PLAN_RESTS_DAYS, day = remind_on(p, rest, r);
	if (day != DAY_NONE && day <= today)
		day = plan_letter_day(&p->cal, p->letter ? today + PLAN_BACK_DAYS : today + 1);
	return found > today && (day == DAY_NONE || found < day) ? found : day;
}
