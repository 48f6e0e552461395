/* SPDX-License-Identifier: EUPL-1.2 */
/* What a body decided, by the coordinator's word. */
#include <string.h>

#include "core/revision.h"
#include "src/core/apply-internal.h"

static enum inquiry_about about_of(const struct registry *r, const struct recorded *x,
                                   struct arena *a)
{
	struct due d;

	due_compute(r, x->item, x->day, a, &d);
	return revision_about(x->item, &d, x->inquiries, x->n_inquiries, x->review->id);
}

/* What its body was asked about that meeting is answered; what it was not asked is kept
 * as if it had been, so that it is known what is asked next. */
static void answered(const struct recorded *x, enum inquiry_about about, struct arena *a,
                     struct change *c)
{
	struct inquiry q = {
		.review = x->review->id, .meeting = x->day, .about = about, .n = 1, .day = DAY_NONE,
	};

	for (size_t i = 0; i < x->n_inquiries; i++)
		if (!x->inquiries[i].adjustment && x->inquiries[i].meeting == x->day
		    && !strcmp(x->inquiries[i].review, x->review->id))
			q = x->inquiries[i];
	q.outcome = x->outcome;
	change_inquiry(c, a, &q);
}

static void decide(const struct recorded *x, struct decided *d, struct arena *a, struct change *c)
{
	if (d->outcome == OUTCOME_REVISE) {
		answered(x, d->about, a, c);
		apply_send_back(c, a, d);
		return;
	}
	if (x->renews)
		d->about = INQUIRY_RENEWAL;
	apply_approve(c, a, d, NULL);
}

bool apply_decision(const struct registry *r, const struct recorded *x, struct arena *a,
                    struct change *change)
{
	bool waits = x->review && review_next(x->review->state, REVIEW_ON_DECIDE).ok;
	bool by_itself = x->renews || x->outcome == OUTCOME_ENDED;
	enum inquiry_about about = waits ? about_of(r, x, a) : INQUIRY_REVIEW;
	const struct body *body = by_itself ? revision_decider(r, x->item, x->day)
	                                    : revision_body(r, x->item, about, x->day);
	struct decided d = {
		.review = waits ? x->review : NULL, .item = x->item->id, .body = body ? body->id : NULL,
		.paragraph = x->paragraph, .registry_no = x->registry_no, .reported_by = x->reported_by,
		.trust = "", .day = x->day, .adjusted = x->adjusted, .outcome = x->outcome, .about = about,
	};

	if (!body || (!waits && !by_itself) || (x->outcome == OUTCOME_REVISE && about != INQUIRY_OPTIONS))
		return false;
	change->at = x->at;
	if (waits)
		decide(x, &d, a, change);
	else
		apply_renew(change, a, &d);
	return true;
}
