/* SPDX-License-Identifier: EUPL-1.2 */
/* ÅNGRA: what an answer did is taken back. */
#include <inttypes.h>
#include <string.h>

#include "core/plan.h"
#include "src/core/apply-internal.h"

dayno apply_undo_until(const struct registry *r, instant at)
{
	return zone_wall(at).day + r->settings.undo_days;
}

/* Whoever writes from an alias may have answered from another address of the role. */
static bool theirs(const struct job *j, const struct standing_signoff *s)
{
	const struct role *role = registry_role(j->in->registry, s->role);

	return trust_same_address(s->address, j->in->from)
	       || (role && trust_role_writes(role, s->address) && trust_role_writes(role, j->in->from));
}

/* The newest that stands for the review, of the sender or of anybody. */
static const struct standing_signoff *newest(const struct job *j, const struct review *r, bool own)
{
	for (size_t i = 0; i < j->in->n_standing; i++) {
		const struct standing_signoff *s = &j->in->standing[i];

		if (!strcmp(s->review, r->id) && (!own || theirs(j, s))
		    && (!r->seat || (s->seat && !strcmp(s->seat, r->seat))))
			return s;
	}
	return NULL;
}

/* The newest that the sender gave to any of the letter's reviews. */
static const struct standing_signoff *latest(const struct job *j)
{
	const struct standing_signoff *found = NULL;

	for (size_t i = 0; i < j->in->n_standing; i++)
		if (theirs(j, &j->in->standing[i]) && (!found || j->in->standing[i].id > found->id))
			found = &j->in->standing[i];
	return found;
}

static bool same_answer(const struct standing_signoff *a, const struct standing_signoff *b)
{
	if (!a || !b || a->mail || b->mail)
		return a == b || (a && b && a->mail == b->mail);
	return a->at == b->at; /* entered by hand, all of it at once */
}

static enum apply_note hindrance(const struct job *j, const struct review *r,
                                 const struct item *item, const struct standing_signoff *own,
                                 const struct trust *t)
{
	if (!own)
		return NOTE_NO_ANSWER;
	if (!t->identified || !t->as || strcmp(t->as->id, own->role) != 0)
		return NOTE_NOT_YOURS;
	if (own->decided)
		return NOTE_UNDO_DECIDED;
	/* What is confirmed takes back what stood when it was asked about. */
	if (j->in->confirmed && own->at > j->in->confirmed->asked)
		return NOTE_UNDO_NEWER;
	if (own->newer || own->before < 0 || !review_next(r->state, REVIEW_ON_UNDO).ok)
		return NOTE_UNDO_NEWER;
	if (own != newest(j, r, false))
		return NOTE_UNDO_OVERTAKEN;
	if (j->in->day > apply_undo_until(j->in->registry, own->at))
		return NOTE_UNDO_LATE;
	return strcmp(r->version, plan_version(j->arena, item)) ? NOTE_UNDO_CHANGED : NOTE_NONE;
}

/* The review as it was, but for what has happened to it since by other hands: a
 * notice that went out is not sent again, a date that has moved stays. */
static struct review restored(const struct review *r, const struct standing_signoff *own)
{
	struct review after = *r;

	after.state = review_next(r->state, REVIEW_ON_UNDO).next;
	after.signed_on = DAY_NONE;
	/* What was answered before, and still stands, is what the review waits on again. */
	if (!r->seat && own->before == REVIEW_CHANGES)
		after.state = review_next(after.state, REVIEW_ON_ASK_CHANGES).next;
	else if (!r->seat && own->before == REVIEW_MISDIRECTED)
		after.state = review_next(after.state, REVIEW_ON_DISOWN).next;
	if (own->verdict == VERDICT_EXTENSION) {
		after.act_by = own->before_act_by;
		after.extended_until = own->before_extended;
		if (own->before_rung > after.rung)
			after.rung = own->before_rung;
	}
	return after;
}

static void withdraw(struct job *j, const struct review *r, const struct item *item,
                     const struct standing_signoff *own, struct review *after,
                     struct applied_item *x)
{
	struct change *c = j->change;

	c->withdrawals = arena_grow(j->arena, c->withdrawals, c->n_withdrawals, &c->cap_withdrawals,
	                            sizeof(*c->withdrawals));
	c->withdrawals[c->n_withdrawals++] = (struct withdrawal){ .signoff = own->id, .review = r->id };
	if (r->seat) {
		apply_joint_undone(j, after, item);
		apply_joint_done(j, r, after, item, x);
	}
	change_review(c, j->arena, after);
	if (r->state == REVIEW_CLOSED) {
		c->facts = arena_grow(j->arena, c->facts, c->n_facts, &c->cap_facts, sizeof(*c->facts));
		c->facts[c->n_facts++] = (struct item_fact){
			.item = r->item, .reviewed = own->completed, .reviewed_for = own->completed_for,
		};
	}
	change_record(c, j->arena, "signoff-withdrawn", r->id,
	              arena_fmt(j->arena, "signoff=%" PRId64 "\nverdict=%s\nrole=%s\nstate=%s\n", own->id,
	                        verdict_name(own->verdict), own->role, review_state_name(after->state)));
}

/* What the coordinator may have begun to act on. */
static bool was_told(enum verdict v)
{
	return v == VERDICT_CHANGES || v == VERDICT_REJECT || v == VERDICT_WRONG_PERSON
	       || v == VERDICT_FORWARDED;
}

static void undo_one(struct job *j, const struct review *row, const struct item *item)
{
	const struct review is = apply_now(j, row), *r = &is;
	const struct standing_signoff *own = newest(j, r, true);
	struct trust t = apply_trust(j, r, item);
	struct applied_item x = {
		.item = item, .n = r->n, .until = DAY_NONE, .next_due = DAY_NONE,
		.note = hindrance(j, r, item, own, &t),
	};

	if (x.note == NOTE_NONE) {
		struct review after = restored(r, own);

		x.verdict = VERDICT_UNDO;
		withdraw(j, r, item, own, &after, &x);
		x.undone = own->verdict;
		x.until = after.act_by;
		x.stands = r->seat ? after.said != VERDICT_NONE : after.state != REVIEW_OPEN;
		j->out->undone = true;
		if (!j->out->review)
			j->out->review = r->id;
	}
	j->out->for_coordinator |= x.note == NOTE_NONE ? was_told(own->verdict) : x.note != NOTE_NO_ANSWER;
	apply_told(j, &x);
}

bool apply_undo(struct job *j, const struct answer *ans)
{
	const struct standing_signoff *last = ans->n ? NULL : latest(j);
	bool hit = false;

	for (size_t i = 0; i < j->in->n_reviews; i++) {
		const struct review *r = &j->in->reviews[i];
		const struct item *item = registry_item(j->in->registry, r->item);

		if (!item || (ans->n && ans->n != r->n) || (last && !same_answer(newest(j, r, true), last)))
			continue;
		undo_one(j, r, item);
		hit = true;
	}
	return hit;
}
