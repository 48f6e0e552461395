/* SPDX-License-Identifier: EUPL-1.2 */
/* An answer in one of several approvers' seats. */
#include <string.h>

#include "core/quorum.h"
#include "src/core/apply-internal.h"

struct review apply_now(const struct job *j, const struct review *r)
{
	const struct change *c = j->change;
	struct review now = *r;

	for (size_t i = 0; r->seat && i < c->n_reviews; i++) {
		if (strcmp(c->reviews[i].id, r->id) != 0)
			continue;
		if (!strcmp(c->reviews[i].seat, r->seat)) {
			now = c->reviews[i];
			now.n = r->n;
		}
		now.state = c->reviews[i].state;
		now.signed_on = c->reviews[i].signed_on;
	}
	return now;
}

static bool withdrawn(const struct job *j, int64_t signoff)
{
	for (size_t i = 0; i < j->change->n_withdrawals; i++)
		if (j->change->withdrawals[i].signoff == signoff)
			return true;
	return false;
}

static void add(struct job *j, struct voices *v, const char *seat, const char *address,
                enum verdict verdict)
{
	if (!seat)
		return;
	v->at = arena_grow(j->arena, v->at, v->n, &v->cap, sizeof(*v->at));
	v->at[v->n++] = (struct voice){ .seat = seat, .address = address, .verdict = verdict };
}

struct voices apply_voices(struct job *j, const char *review, const char *seat, enum verdict said)
{
	const struct change *c = j->change;
	struct voices v = { .n = 0 };

	if (said != VERDICT_NONE)
		add(j, &v, seat, j->in->from, said);
	for (size_t i = c->n_signoffs; i-- > 0;)
		if (!strcmp(c->signoffs[i].review, review))
			add(j, &v, c->signoffs[i].seat, c->signoffs[i].address, c->signoffs[i].verdict);
	for (size_t i = 0; i < j->in->n_standing; i++) {
		const struct standing_signoff *s = &j->in->standing[i];

		if (!strcmp(s->review, review) && !withdrawn(j, s->id))
			add(j, &v, s->seat, s->address, s->verdict);
	}
	return v;
}

static struct tally count(struct job *j, const struct item *item, const struct voices *v)
{
	return quorum_count(j->in->registry, item, j->in->day, v->at, v->n);
}

enum review_event apply_joint_event(struct job *j, const struct review *r, const struct item *item,
                                    enum review_event alone)
{
	if (alone == REVIEW_ON_DISOWN)
		return REVIEW_ON_DISOWN_PART;
	if (alone != REVIEW_ON_APPROVE && alone != REVIEW_ON_APPROVE_PENDING)
		return alone;
	struct voices v = apply_voices(j, r->id, r->seat, VERDICT_APPROVE);
	struct tally t = count(j, item, &v);
	return t.met ? alone : t.objected ? REVIEW_ON_APPROVE_BESIDE : REVIEW_ON_APPROVE_PART;
}

enum apply_note apply_joint_note(struct job *j, const struct review *r, const struct item *item)
{
	struct voices before = apply_voices(j, r->id, NULL, VERDICT_NONE);
	struct voices after = apply_voices(j, r->id, r->seat, VERDICT_APPROVE);

	if (r->said == VERDICT_APPROVE)
		return NOTE_COUNTED;
	/* One more answer and no more persons: the same one in another's place. */
	return count(j, item, &after).approvals > count(j, item, &before).approvals ? NOTE_NONE
	                                                                            : NOTE_COUNTED;
}

/* All approvers have the same day to be ready on. */
static void share_date(struct job *j, const struct review *r)
{
	for (size_t i = 0; i < j->in->n_beside; i++) {
		struct review other = j->in->beside[i];

		if (strcmp(other.id, r->id) != 0 || !strcmp(other.seat, r->seat))
			continue;
		other = apply_now(j, &other);
		other.state = r->state;
		other.act_by = r->act_by;
		other.extended_until = r->extended_until;
		if (other.rung <= RUNG_OVERDUE && r->rung == RUNG_INVITE)
			other.rung = RUNG_INVITE;
		change_review(j->change, j->arena, &other);
	}
}

void apply_joint_done(struct job *j, const struct review *before, struct review *r,
                      const struct item *item, struct applied_item *x)
{
	struct voices v = apply_voices(j, r->id, NULL, VERDICT_NONE);
	struct tally t = count(j, item, &v);

	r->said = quorum_said(v.at, v.n, r->seat);
	if (x->verdict == VERDICT_WRONG_PERSON || x->verdict == VERDICT_FORWARDED) {
		r->said = x->verdict;
		j->out->for_coordinator = true;
	}
	x->joint = true;
	x->approvals = t.approvals;
	x->need = t.need;
	x->awaits = quorum_awaited(j->in->registry, item, j->in->day, v.at, v.n, j->arena);
	if (r->act_by != before->act_by)
		share_date(j, r);
	change_record(j->change, j->arena, "quorum", r->id,
	              arena_fmt(j->arena, "approvals=%d\nneed=%d\nstate=%s\n", t.approvals, t.need,
	                        review_state_name(r->state)));
}

void apply_joint_undone(struct job *j, struct review *r, const struct item *item)
{
	struct voices v = apply_voices(j, r->id, NULL, VERDICT_NONE);

	if (count(j, item, &v).objected)
		r->state = review_next(r->state, REVIEW_ON_ASK_CHANGES).next;
}
