/* SPDX-License-Identifier: EUPL-1.2 */
/* What is to become of a document, in its holder's and in a body's words. */
#include <string.h>

#include "core/revision.h"
#include "src/core/apply-internal.h"

/* Where somebody else has asked for changes already it is more of the same, and one of
 * several approvers makes no proposal for them all. */
enum reply_outcome apply_proposed(const struct review *r, const struct item *item,
                                  const struct answer *ans)
{
	bool said = ans->outcome == OUTCOME_EDITORIAL || ans->outcome == OUTCOME_REVISE
	            || ans->outcome == OUTCOME_ENDED;

	return said && ans->verdict == VERDICT_CHANGES && item->kind == ITEM_DOCUMENT
	       && r->state == REVIEW_OPEN && !r->seat ? ans->outcome : OUTCOME_NONE;
}

const char *apply_proposal(struct arena *a, enum reply_outcome o)
{
	return o == OUTCOME_NONE ? "" : arena_fmt(a, "proposes=%s\n", reply_outcome_name(o));
}

/* What cannot be kept is worked on before anybody decides. */
static bool must_be_written(const struct job *j, const struct item *item)
{
	struct due d;

	due_compute(j->in->registry, item, j->in->day, j->arena, &d);
	return revision_due(item, &d);
}

/* Wording may be mended without a decision; the rest is its body's to choose. */
static enum review_event changed(const struct job *j, const struct review *r,
                                 const struct item *item, const struct answer *ans)
{
	switch ((unsigned)apply_proposed(r, item, ans)) {
	case OUTCOME_EDITORIAL:
		return item->needs_decision ? REVIEW_ON_APPROVE_PENDING : REVIEW_ON_APPROVE;
	case OUTCOME_REVISE:
		return item->needs_decision && !must_be_written(j, item) ? REVIEW_ON_APPROVE_PENDING
		                                                         : REVIEW_ON_ASK_CHANGES;
	case OUTCOME_ENDED:
		return item->needs_decision ? REVIEW_ON_APPROVE_PENDING : REVIEW_ON_ASK_CHANGES;
	}
	return REVIEW_ON_ASK_CHANGES;
}

enum review_event apply_event(const struct job *j, const struct review *r, const struct item *item,
                              const struct answer *ans)
{
	switch (ans->verdict) {
	case VERDICT_APPROVE:
		return item->needs_decision ? REVIEW_ON_APPROVE_PENDING : REVIEW_ON_APPROVE;
	case VERDICT_CHANGES:
		return changed(j, r, item, ans);
	case VERDICT_REJECT:
		return REVIEW_ON_ASK_CHANGES;
	case VERDICT_EXTENSION:
		return REVIEW_ON_EXTEND;
	case VERDICT_WRONG_PERSON:
	case VERDICT_FORWARDED:
		return REVIEW_ON_DISOWN;
	case VERDICT_NONE:
	case VERDICT_DECISION:
	case VERDICT_UNDO:
	case VERDICT_QUESTION:
	case VERDICT_UNCLEAR:
	case VERDICT_COUNT:
		break;
	}
	return REVIEW_EVENT_COUNT;
}

/* ---- a body's ---- */

static bool is(const char *option, const char *which)
{
	return option && !strcmp(option, which);
}

/* Of two proposals one has a letter, and a mandate says which it was. */
static enum reply_outcome of_options(const struct answer *ans, enum apply_note *note)
{
	enum reply_outcome o = ans->outcome;

	if (o == OUTCOME_REVISE || (o == OUTCOME_APPROVED && is(ans->option, "B"))) {
		*note = is(ans->option, "A") ? NOTE_NOT_CLEAR : NOTE_NONE;
		return OUTCOME_REVISE;
	}
	if (o == OUTCOME_APPROVED)
		*note = ans->option ? NOTE_NONE : NOTE_NO_OPTION;
	else if (o == OUTCOME_NOTED || o == OUTCOME_REJECTED)
		*note = NOTE_NO_OPTION;
	else if (ans->option)
		*note = NOTE_NOT_CLEAR;
	return o;
}

/*
 * Where no proposals were put, "B" and a mandate say nothing that was asked: a mandate
 * to write it anew is no approval of what there is. Nor has a body that noted a revised
 * document decided on it.
 */
enum reply_outcome apply_outcome(const struct inquiry *q, const struct answer *ans,
                                 enum apply_note *note)
{
	enum reply_outcome o = ans->outcome;

	*note = NOTE_NONE;
	if (q->about == INQUIRY_OPTIONS)
		o = of_options(ans, note);
	else if (is(ans->option, "B") || o == OUTCOME_REVISE
	         || (q->about == INQUIRY_RENEWAL ? o == OUTCOME_NOTED : o == OUTCOME_ENDED))
		*note = NOTE_NOT_CLEAR;
	return *note == NOTE_NONE ? o : OUTCOME_NONE;
}
