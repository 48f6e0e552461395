/* SPDX-License-Identifier: EUPL-1.2 */
/* Who is told when nobody answers. */
#include "core/trust.h"
#include "plan-internal.h"

/* The body's first stop date from the day on; DAY_NONE: no calendar says. */
static dayno next_stop(const struct registry *r, const struct body *body, dayno day)
{
	const struct meeting *m = meeting_next(r, body->id, day);

	while (m && meeting_stop(r, m) < day)
		m = meeting_next(r, body->id, m->day + 1);
	return m ? meeting_stop(r, m) : DAY_NONE;
}

const struct role *plan_chair_of(const struct registry *r, const struct body *body, dayno day)
{
	return body ? plan_role_at(r, body->chair, day) : NULL;
}

struct ladder plan_ladder(const struct registry *r, const struct workcal *cal,
                          const struct body *body, dayno act_by, enum rung sent, dayno last)
{
	struct ladder l = ladder_to(&r->settings, cal, act_by);

	l.last = last;
	if (sent == RUNG_ESCALATE && body)
		l.stop = next_stop(r, body, ladder_stop_from(cal, last));
	return l;
}

const struct role *plan_superior(const struct registry *r, const struct role *holder, dayno day)
{
	const struct role *role = holder;

	/* More steps than there are roles: superiors that loop. */
	for (size_t steps = 0; role && steps < r->n_roles; steps++) {
		role = registry_role_on(r, role->superior, day);
		if (role && role->kind != ROLE_OFFICER && role->address
		    && !trust_same_address(role->address, holder->address))
			return role;
	}
	role = registry_role_on(r, r->settings.contact_role, day);
	return role && role->address && !trust_same_address(role->address, holder->address) ? role
	                                                                                    : NULL;
}

/* A body's register row names its chair and its secretary by address only; it is
 * somebody in force who is written to. */
const struct role *plan_role_at(const struct registry *r, const char *address, dayno day)
{
	for (size_t i = 0; address && i < r->n_roles; i++)
		if (r->roles[i].address && role_valid(&r->roles[i], day)
		    && trust_same_address(r->roles[i].address, address))
			return &r->roles[i];
	return NULL;
}

const struct role *plan_told(const struct registry *r, const struct role *holder,
                             const struct body *body, dayno day, enum rung *rung)
{
	if (*rung == RUNG_ESCALATE) {
		const struct role *superior = plan_superior(r, holder, day);

		/* Somebody elected leads nobody's work, and is told as the chair is. */
		if (!superior || superior->kind != ROLE_ELECTED)
			return superior;
		*rung = RUNG_CHAIR;
	}
	return plan_chair_of(r, body, day);
}

void plan_escalate(struct plan_job *p, struct plan_item *x, enum rung rung,
                   const struct role *holder, const struct body *body)
{
	const struct role *to = plan_told(p->in->registry, holder, body, p->in->today, &rung);

	/* A new chair first gets the letter with all that is open, and this the day after. */
	if (rung == RUNG_CHAIR && plan_new_chair(p, body))
		return;
	if (!to) {
		plan_find(p, x->item, rung == RUNG_CHAIR
		          ? "its body has no chair in force who can be told that nobody answers"
		          : "nobody is above its holder who can be told that no answer comes");
		return;
	}
	x->told = x->review.last_notice;
	x->rung = x->review.rung = rung;
	x->review.last_notice = p->in->today;
	plan_put(p, rung == RUNG_CHAIR ? PLAN_CHAIR : PLAN_ESCALATION, "", to, body, x);
}
