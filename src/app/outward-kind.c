/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: which template a planned letter is written by, and what it asks for. */
#include "src/app/outward.h"

/* The templates are named after the rungs; but nobody is reminded of what he
 * was never asked: a first letter that is not too late is an invitation. */
const char *outward_template(const struct plan_letter *l)
{
	if (l->kind == PLAN_QUESTION)
		return "question";
	if (l->kind == PLAN_REVISION)
		return "revision";
	if (l->kind == PLAN_BACK)
		return "unfinished";
	if (l->kind == PLAN_DECISION)
		return "paragraph";
	if (l->kind == PLAN_ADJUSTED)
		return "adjusted";
	if (l->kind == PLAN_COPY)
		return "copy";
	if (l->moved && l->kind == PLAN_REVIEW)
		return "rescheduled";
	if (l->kind == PLAN_DEPUTY)
		return "deputy";
	if (l->kind == PLAN_HAND_OVER)
		return "hand-over";
	if (l->kind == PLAN_NEW_CHAIR)
		return "new-chair";
	bool first = !*l->ref && l->rung < RUNG_OVERDUE;
	return rung_name(first ? RUNG_INVITE : l->rung);
}

enum letter_kind outward_kind(const struct plan_letter *l)
{
	switch (l->kind) {
	case PLAN_QUESTION:
		return LETTER_QUESTION;
	case PLAN_CHAIR:
	case PLAN_NEW_CHAIR:
		return LETTER_NOTICE;
	case PLAN_DECISION:
	case PLAN_REVISION:
	case PLAN_ADJUSTED:
		return LETTER_DECISION;
	case PLAN_COPY:
		return LETTER_COPY;
	case PLAN_HAND_OVER:
		if (!l->asked)
			return LETTER_HANDOVER;
		break;
	case PLAN_REVIEW:
	case PLAN_BACK:
	case PLAN_DEPUTY:
	case PLAN_ESCALATION:
		break;
	}
	for (size_t i = 0; i < l->n; i++)
		if (l->kind == PLAN_HAND_OVER && !l->items[i].opened)
			continue;
		else if (l->items[i].item->kind == ITEM_ROUTINE || l->items[i].item->kind >= ITEM_DOCUMENT)
			return LETTER_REVIEW;
	return LETTER_INVENTORY;
}
