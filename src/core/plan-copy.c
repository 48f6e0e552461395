/* SPDX-License-Identifier: EUPL-1.2 */
/* What the data protection officer is told: asked and copied, never an approver. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "core/trust.h"
#include "plan-internal.h"

static bool about_people(const char *title)
{
	static const char *const words[] = { "personuppgift", "dataskydd", "gdpr" };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *folded = title ? text_fold(&a, title) : "";

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strstr(folded, words[i]))
			return true;
	return false;
}

bool plan_personal(const struct registry *r, const struct item *item)
{
	const struct role *role = registry_role(r, item->responsible);

	switch (item->kind) {
	case ITEM_PROCESSING:
		return true;
	case ITEM_ROUTINE:
	case ITEM_DOCUMENT:
		return about_people(item->title) || (role && role->kind == ROLE_OFFICER);
	case ITEM_INVENTORY:
	case ITEM_ASSET:
	case ITEM_TRAINING:
	case ITEM_KIND_COUNT:
		break;
	}
	return false;
}

const struct role *plan_officer(const struct registry *r, const struct body *body, dayno day)
{
	const struct role *any = NULL;

	for (size_t i = 0; i < r->n_roles; i++) {
		const struct role *role = &r->roles[i];

		if (role->kind != ROLE_OFFICER || !role->address || !role_valid(role, day))
			continue;
		if (role->org && body && (!strcmp(role->org, body->id)
		                          || (body->unit && !strcmp(role->org, body->unit))))
			return role;
		any = any ? any : role;
	}
	return any;
}

static bool wants(const struct plan_job *p, const struct item *item, const struct review *r)
{
	return p->in->registry->settings.officer_copies && !*r->copy && !review_terminal(r->state)
	       && plan_personal(p->in->registry, item);
}

void plan_copy(struct plan_job *p, struct plan_item *x, const struct body *body)
{
	const struct registry *r = p->in->registry;
	dayno today = p->in->today;

	/* The latest notice is the invitation, or later. */
	if (p->letter || plan_capped(p, &x->review) || !wants(p, x->item, &x->review) || x->review.last_notice >= today
	    || plan_letter_day(&p->cal, today) != today)
		return;
	const struct role *officer = plan_officer(r, body, today);
	if (!officer || trust_same_address(officer->address, x->holder->address))
		return;
	x->foreseen = true; /* it follows a notice */
	plan_put(p, PLAN_COPY, "", officer, body, x);
}

dayno plan_copy_next(const struct plan_job *p, const struct plan_item *x, const struct review *r)
{
	const struct registry *reg = p->in->registry;
	dayno next = DAY_NONE, today = p->in->today;

	if (!wants(p, x->item, r))
		return DAY_NONE;
	for (size_t i = 0; i < reg->n_roles; i++) {
		const struct role *role = &reg->roles[i];
		dayno from = role->from > today ? role->from : today + 1;

		if (role->kind == ROLE_OFFICER && role->address && (role->to == DAY_NONE || role->to >= from)
		    && (next == DAY_NONE || from < next))
			next = from;
	}
	return next == DAY_NONE ? DAY_NONE : plan_letter_day(&p->cal, next);
}
