/* SPDX-License-Identifier: EUPL-1.2 */
/* What a sentence comes to, once all of it is read. */
#include "expr-internal.h"

static bool clock(const struct rule *r)
{
	switch (r->kind) {
	case RULE_EVERY:
	case RULE_YEARLY:
	case RULE_TERM_ONCE:
	case RULE_TERM_START:
	case RULE_TERM_END:
	case RULE_EVENT:
	case RULE_MAXGAP:
	case RULE_REVIEW_BY:
	case RULE_END:
	case RULE_WITH_PARENT:
		return true;
	case RULE_OPEN:
	case RULE_ON_DEMAND:
	case RULE_ASK:
	case RULE_NONE:
	case RULE_KIND_COUNT:
		break;
	}
	return false;
}

/* "Två gånger per år, i mars och oktober": the dates tell all of it. */
static void settle_dates(struct reading *rd)
{
	int dates = 0;

	for (size_t i = rd->first; i < rd->out->n; i++)
		dates += rd->out->at[i].kind == RULE_YEARLY;
	for (size_t i = rd->first; i < rd->out->n && dates > 1; i++) {
		const struct rule *r = &rd->out->at[i];
		if (r->kind == RULE_EVERY && r->unit == UNIT_MONTH && r->n * dates == 12) {
			expr_drop(rd, r);
			return;
		}
	}
}

void expr_settle(struct reading *rd)
{
	bool clocked = false, asked = false;

	settle_dates(rd);
	for (size_t i = rd->first; i < rd->out->n; i++) {
		clocked |= clock(&rd->out->at[i]);
		asked |= rd->out->at[i].kind == RULE_ASK;
	}
	/* "Ses över årligen och revideras vid behov": the demand changes nothing. */
	if (rd->conditional && !clocked)
		rules_add(rd->a, rd->out, (struct rule){
			.kind = RULE_ON_DEMAND, .date = DAY_NONE, .text = rd->text,
		});
	/* "Löpande" alone is asked about; "löpande, minst årligen" has its clock. */
	if (rd->vague && !clocked && !asked)
		expr_ask(rd, "intervall");
}
