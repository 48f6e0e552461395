/* SPDX-License-Identifier: EUPL-1.2 */
/* The words of what a holder proposes to make of a document. */
#include "src/app/answer.h"

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

const char *answer_proposal_word(const struct pass *p, const struct applied_item *x)
{
	switch ((unsigned)x->outcome) {
	case OUTCOME_EDITORIAL:
		return pick(p, "REDAKTIONELL ÄNDRING", "EDITORIAL CHANGE");
	case OUTCOME_REVISE:
		return pick(p, "REVIDERAS", "REVISE");
	case OUTCOME_ENDED:
		return pick(p, "UPPHÄVS", "REPEAL");
	}
	return pick(p, "ÄNDRING", "CHANGES");
}

const char *answer_taken_up(const struct pass *p, struct arena *a)
{
	return arena_fmt(a, "%s %s", letter_coordinator(p, a, false),
	                 pick(p, "tar hand om ändringen och hör av sig",
	                      "takes care of the change and gets back to you"));
}

const char *answer_proposed(const struct pass *p, struct arena *a, const struct applied_item *x)
{
	if (x->outcome == OUTCOME_EDITORIAL) {
		const char *mended = arena_fmt(a, "%s %s", letter_coordinator(p, a, false),
		                               pick(p, "ser till att texten rättas",
		                                    "sees that the wording is mended"));

		if (x->awaiting)
			return arena_fmt(a, "%s; %s", mended,
			                 pick(p, "dokumentet anmäls till den som beslutar",
			                      "the document is reported to those who decide"));
		return x->next_due == DAY_NONE ? mended
		       : arena_fmt(a, "%s; %s %s", mended, pick(p, "nästa gång", "next time"),
		                   letter_day_long(p, a, x->next_due));
	}
	if (x->awaiting)
		return pick(p, "ditt förslag läggs fram vid nästa sammanträde; dokumentet gäller tills ett nytt beslut "
		               "är fattat",
		            "your proposal is put at the next meeting; the document holds until a new decision is made");
	return answer_taken_up(p, a);
}
