/* SPDX-License-Identifier: EUPL-1.2 */
/* Who is asked while a holder is away. */
#include <string.h>

#include "core/posts.h"
#include "core/quorum.h"
#include "core/trust.h"
#include "plan-internal.h"

/* Where several approve, nobody stands in who is the author or has a seat himself. */
static bool may_stand_in(const struct registry *r, const struct plan_item *x,
                         const struct role *role, dayno day)
{
	return !x->seat ? !quorum_is_author(r, x->item, role->address)
	                : quorum_stands_in(r, x->item, x->seat, role, day);
}

/* Nobody decides in the director's place. */
static const struct role *deputy_of(const struct registry *r, const struct plan_item *x,
                                    const struct role *holder, dayno day)
{
	const struct role *role = post_decided(r, x->item) ? NULL : registry_role(r, holder->deputy);

	return role && role_valid(role, day) && role->address && role->kind != ROLE_OFFICER
	       && !registry_absence(r, role->id, day)
	       && !trust_same_address(role->address, holder->address)
	       && may_stand_in(r, x, role, day) ? role : NULL;
}

/* Back before the last reminder, a holder has time enough. */
static bool back_in_time(const struct plan_job *p, const struct plan_item *x,
                         const struct absence *away)
{
	const struct ladder ladder = ladder_to(&p->in->registry->settings, &p->cal,
	                                       x->review.act_by);

	return x->review.rung < RUNG_OVERDUE && away->to < ladder_day(&ladder, RUNG_LAST_REMIND);
}

static bool asked(const struct review *r, const struct role *deputy)
{
	return r->deputy && !strcmp(r->deputy, deputy->id);
}

bool plan_away(struct plan_job *p, struct plan_item *x, enum rung rung,
               const struct role *holder, const struct body *body)
{
	const struct registry *r = p->in->registry;
	dayno today = p->in->today;
	const struct absence *away = registry_absence(r, holder->id, today);

	if (!away || rung > RUNG_OVERDUE)
		return false;
	if (back_in_time(p, x, away))
		return true;
	const struct role *deputy = deputy_of(r, x, holder, today);
	if (!deputy)
		return false;
	if (!workday_is(&p->cal, today) || workday_recess(&p->cal, today)
	    || (rung == RUNG_NONE && asked(&x->review, deputy)))
		return true;
	x->told = x->review.last_notice;
	x->rung = rung != RUNG_NONE ? rung : x->review.rung;
	x->review.rung = x->rung;
	x->review.deputy = deputy->id;
	x->review.last_notice = today;
	plan_put(p, PLAN_DEPUTY, "", deputy, body, x);
	return true;
}

bool plan_away_waits(const struct plan_job *p, const struct plan_item *x, const struct review *r)
{
	const struct registry *reg = p->in->registry;
	const struct role *holder = x->holder;
	const struct absence *away = holder ? registry_absence(reg, holder->id, p->in->today) : NULL;
	const struct role *deputy = away ? deputy_of(reg, x, holder, p->in->today) : NULL;

	return deputy && !asked(r, deputy) && !back_in_time(p, x, away);
}
