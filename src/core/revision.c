/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/revision.h"

#include <string.h>

#include "base/text.h"
#include "core/plan.h"
#include "due-internal.h"

/* Also where it is to be followed up that very day. */
static bool ends(const struct due *d)
{
	for (size_t k = 0; k < d->n_reasons; k++)
		if (d->reasons[k].rule->kind == RULE_END && d->reasons[k].due != DAY_NONE
		    && d->reasons[k].due <= d->due)
			return true;
	return false;
}

bool revision_due(const struct item *i, const struct due *d)
{
	bool decided = i->decided != DAY_NONE || i->revised != DAY_NONE || i->decided_ask;

	return i->kind == ITEM_DOCUMENT && i->needs_decision && (!decided || ends(d));
}

/* Once a body has wanted it written anew, or repealed by the one above it. */
static bool mandated(const struct inquiry *q)
{
	return q->about == INQUIRY_RENEWAL || q->outcome == OUTCOME_REVISE || q->outcome == OUTCOME_ENDED;
}

enum inquiry_about revision_about(const struct item *i, const struct due *d,
                                  const struct inquiry *inquiries, size_t n, const char *review)
{
	if (i->kind != ITEM_DOCUMENT || !i->needs_decision)
		return INQUIRY_REVIEW;
	for (size_t k = 0; k < n; k++)
		if (!inquiries[k].adjustment && !strcmp(inquiries[k].review, review) && mandated(&inquiries[k]))
			return INQUIRY_RENEWAL;
	return revision_due(i, d) ? INQUIRY_RENEWAL : INQUIRY_OPTIONS;
}

static const struct body *named(const struct registry *r, const char *words)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *by = text_fold(&a, words);

	for (size_t k = 0; k < r->n_bodies; k++) {
		const struct body *b = &r->bodies[k];

		if (!strcmp(by, text_fold(&a, b->id)) || (b->name && !strcmp(by, text_fold(&a, b->name))))
			return b;
	}
	return NULL;
}

const struct body *revision_decider(const struct registry *r, const struct item *i, dayno day)
{
	const struct body *b = i->decided_by ? named(r, i->decided_by) : NULL;

	if (!b && due_council_decides(r, i))
		b = due_council_way(r, day).council;
	b = b ? registry_body_on(r, b->id, day) : NULL;
	return b ? b : registry_letter_body(r, i, day);
}

const struct body *revision_body(const struct registry *r, const struct item *i,
                                 enum inquiry_about about, dayno day)
{
	return about == INQUIRY_RENEWAL ? revision_decider(r, i, day) : registry_letter_body(r, i, day);
}

const struct meeting *revision_meeting(const struct registry *r, const struct body *body,
                                       enum inquiry_about about, dayno ready)
{
	if (about != INQUIRY_RENEWAL || body->kind != BODY_COUNCIL || !due_council_way(r, ready).board)
		return plan_meeting(r, body->id, ready);
	return due_chain_from(r, ready).council;
}
