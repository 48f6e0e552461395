/* SPDX-License-Identifier: EUPL-1.2 */
/* A document is put before the body that chooses: kept, or revised? */
#include "plan-internal.h"

bool plan_revision_waits(const struct plan_input *in, const struct review *r,
                         const struct plan_case *asks)
{
	bool put_before = asks->last && asks->last->about == INQUIRY_OPTIONS
	                  && asks->last->meeting >= r->signed_on;

	return asks->about == INQUIRY_OPTIONS && !put_before && !asks->waiting && asks->to
	       && asks->meeting->day > in->today;
}

void plan_revision(struct plan_job *p, const struct plan_item *x, const struct review *r,
                   const struct plan_case *asks)
{
	dayno today = p->in->today;

	if (!plan_revision_waits(p->in, r, asks) || plan_letter_day(&p->cal, today) != today)
		return;
	struct plan_item put = *x;
	put.review = *r;
	put.foreseen = true; /* it follows an answer */
	put.inquiry = (struct inquiry){
		.review = r->id, .item = x->item->id, .meeting = asks->meeting->day,
		.about = INQUIRY_OPTIONS, .day = today, .outcome = OUTCOME_NONE,
	};
	plan_put(p, PLAN_REVISION, "", asks->to, asks->body, &put);
}
