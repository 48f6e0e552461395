/* SPDX-License-Identifier: EUPL-1.2 */
/* What the director approves is a decision by delegation, where the municipality
 * has it so. */
#include <string.h>

#include "core/posts.h"
#include "src/core/apply-internal.h"

bool apply_delegates(const struct apply_input *in)
{
	if (!in->registry->settings.director_decides || in->letter->kind == LETTER_DECISION)
		return false;
	for (size_t i = 0; i < in->reply->n_answers; i++) {
		const struct answer *ans = &in->reply->answers[i];

		for (size_t k = 0; ans->verdict == VERDICT_APPROVE && k < in->n_reviews; k++) {
			const struct item *item = registry_item(in->registry, in->reviews[k].item);

			if (item && (!ans->n || ans->n == in->reviews[k].n) && post_decided(in->registry, item))
				return true;
		}
	}
	return false;
}

bool apply_not_theirs(const struct job *j, const struct item *item, const struct trust *t,
                      enum verdict v)
{
	return v == VERDICT_APPROVE && post_decided(j->in->registry, item)
	       && !post_decides(j->in->registry, item, t->as, j->in->day);
}

/* No minutes are waited for: it is the day of the answer, which is adjusted. */
void apply_delegated(struct job *j, const struct review *r, const struct item *item,
                     const struct trust *t, struct applied_item *x)
{
	struct change *c = j->change;
	char day[DATE_TEXT];

	if (x->verdict != VERDICT_APPROVE || !post_decides(j->in->registry, item, t->as, j->in->day))
		return;
	x->delegated = true;
	x->decided = j->in->day;
	c->decisions = arena_grow(j->arena, c->decisions, c->n_decisions, &c->cap_decisions,
	                          sizeof(*c->decisions));
	c->decisions[c->n_decisions++] = (struct decision){
		.review = r->id, .body = j->in->letter->body, .reported_by = t->as->id, .role = t->as->id,
		.day = j->in->day, .adjusted = true, .outcome = OUTCOME_APPROVED,
	};
	change_record(c, j->arena, "decision-delegated", r->id,
	              arena_fmt(j->arena, "kind=delegationsbeslut\nrole=%s\ntitle=%s\ndate=%s\n"
	                        "report_to=%s\nversion=%s\n%s", t->as->id, t->as->title,
	                        date_text(j->in->day, day), j->in->letter->body, r->version,
	                        apply_trust_facts(j, t)));
}
