/* SPDX-License-Identifier: EUPL-1.2 */
/* Who hears that somebody answers for something now: its new holder, a new chair. */
#include <string.h>

#include "core/trust.h"
#include "plan-internal.h"

bool plan_handed(const struct plan_job *p, const struct item *item, const struct role *holder)
{
	const struct role *before = registry_role(p->in->registry, item->held_by);

	if (!item->held_by || !strcmp(item->held_by, holder->id))
		return false;
	/* Who has two posts hands nothing over to himself. */
	return !before || !role_valid(before, p->in->today)
	       || !trust_same_address(before->address, holder->address);
}

/* Roles begin and end on days that the register knows; all else is a surprise. */
static bool foreseen(const struct plan_job *p, const struct role *before, const struct role *now)
{
	dayno since = p->in->since;

	return (now->from != DAY_NONE && now->from > since)
	       || (before && before->to != DAY_NONE && before->to + 1 > since);
}

const struct review *plan_hand_over(struct plan_job *p, struct plan_item *x,
                                    const struct review *r, const struct review *replaced,
                                    const struct body *body)
{
	bool opened = false;

	/* It goes in a recess too: who answers for something should know it. Until it
	 * has gone nothing else about the item does. */
	p->waits = true;
	if (!workday_is(&p->cal, p->in->today))
		return r;
	if (r)
		x->review = *r;
	else if (x->due.status != DUE_ASK && x->due.due != DAY_NONE)
		opened = plan_open(p, x, replaced);
	x->before = registry_role(p->in->registry, x->item->held_by);
	x->foreseen = foreseen(p, x->before, x->holder);
	plan_put(p, PLAN_HAND_OVER, "", x->holder, body, x);
	return r || opened ? &x->review : NULL;
}

void plan_orphan(struct plan_job *p, const struct item *item)
{
	struct plan *o = p->out;

	o->orphans = arena_grow(p->arena, o->orphans, o->n_orphans, &o->cap_orphans,
	                        sizeof(*o->orphans));
	o->orphans[o->n_orphans++] = item;
}

/* ---- chairs ---- */

/* An empty chair is nobody's news: who comes back to it sat there before. Nor is who sat
 * before the one that is noted: by a clock that is behind, or was ahead when it was noted. */
static bool new_chair(const struct plan_job *p, const struct body *body, const struct role *chair)
{
	const struct role *noted = registry_role(p->in->registry, body->chaired_by);

	return chair && body->chaired_by && strcmp(body->chaired_by, chair->id) != 0
	       && (!noted || noted->from == DAY_NONE || noted->from <= p->in->today);
}

bool plan_new_chair(const struct plan_job *p, const struct body *body)
{
	const struct role *chair = plan_chair_of(p->in->registry, body, p->in->today);

	return chair && (new_chair(p, body, chair) || body->chaired_since == p->in->today);
}

void plan_tell_chair(struct plan_job *p, const struct plan_item *x, const struct review *r)
{
	const struct registry *reg = p->in->registry;
	const struct body *body = registry_letter_body(reg, x->item, p->in->today);
	const struct role *chair = plan_chair_of(reg, body, p->in->today);
	struct plan_item told = *x;

	p->waits |= body && body->chaired_since == p->in->today;
	if (!body || !new_chair(p, body, chair))
		return;
	/* Until it is noted, every item of the body stays awake: the letter has them all. */
	p->waits = true;
	if (!r || !workday_is(&p->cal, p->in->today))
		return;
	told.review = *r;
	told.opened = false;
	told.foreseen = foreseen(p, NULL, chair);
	plan_put(p, PLAN_NEW_CHAIR, "", chair, body, &told);
}

static size_t letter_to(const struct plan *o, const struct body *body)
{
	for (size_t i = 0; i < o->n_letters; i++)
		if (o->letters[i].kind == PLAN_NEW_CHAIR && o->letters[i].body == body)
			return i + 1;
	return 0;
}

void plan_note_chairs(struct plan_job *p)
{
	const struct registry *r = p->in->registry;
	struct plan *o = p->out;

	for (size_t i = 0; i < r->n_bodies; i++) {
		const struct body *body = &r->bodies[i];
		const struct role *chair = plan_chair_of(r, body, p->in->today);

		if (body->chaired_by && (!new_chair(p, body, chair) || !workday_is(&p->cal, p->in->today)))
			continue;
		o->chairs = arena_grow(p->arena, o->chairs, o->n_chairs, &o->cap_chairs, sizeof(*o->chairs));
		o->chairs[o->n_chairs++] = (struct plan_chair){
			.body = body, .role = chair ? chair->id : "", .letter = letter_to(o, body),
		};
	}
}
