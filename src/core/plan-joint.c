/* SPDX-License-Identifier: EUPL-1.2 */
/* Items that several approve: each is asked in a letter of his own, and reminded until
 * he has answered. */
#include <string.h>

#include "core/quorum.h"
#include "core/turn.h"
#include "plan-internal.h"

struct joint {
	struct plan_job *p;
	const struct plan_item *base;  /* the item, and when it is due */
	const struct review *rows;     /* the parts of its open review; NULL: it has none */
	size_t n;
	const struct review *replaced; /* the first part of the one that it takes the place of; NULL */
	const struct body *body;
	dayno next;                    /* to look at it again */
	size_t letter;                 /* the last that it goes in: once that is sent, all are */
};

static const struct review *part_of(const struct joint *j, const char *seat)
{
	for (size_t i = 0; i < j->n; i++)
		if (j->rows[i].seat && !strcmp(j->rows[i].seat, seat))
			return &j->rows[i];
	return NULL;
}

static bool has_void(const struct joint *j)
{
	const struct review *r = &j->rows[0];

	return !r->seat || strcmp(r->version, plan_version(j->p->arena, j->base->item)) != 0
	       || (j->base->item->reviewed > r->opened && j->base->due.due > r->due);
}

/* The letter went to whoever has the role now, on behalf of the same body. */
static bool still_there(const struct joint *j, const struct review *part, const struct role *role)
{
	const struct letter *l = plan_letter_of(j->p->in, part->letter);

	return !l || (!strcmp(l->address, role->address) && !strcmp(l->body, j->body->id));
}

/* Another approver comes to a review that is open: somebody new in the role, or one
 * whose letter was not written when the others' were. */
static void join(struct joint *j, struct plan_item *x, const char *seat, const struct role *role)
{
	const struct review *r = &j->rows[0];
	const struct ladder ladder = ladder_to(&j->p->in->registry->settings, &j->p->cal, r->act_by);
	enum rung rung = ladder_rung(&ladder, RUNG_NONE, j->p->in->today);
	struct review_step step = review_next(r->state, REVIEW_ON_REMIND);

	x->review = *r;
	if (rung > RUNG_OVERDUE) /* nobody is told of who was not asked */
		rung = RUNG_OVERDUE;
	if (rung == RUNG_NONE || !step.ok)
		return;
	x->opened = true;
	x->rung = x->review.rung = rung;
	x->review.last_notice = j->p->in->today;
	x->review.seat = seat;
	x->review.said = VERDICT_NONE;
	x->review.deputy = NULL;
	x->review.letter[0] = '\0';
	plan_put(j->p, PLAN_REVIEW, "", role, j->body, x);
}

static void note_next(struct joint *j, dayno day)
{
	if (day < j->next)
		j->next = day;
	if (j->p->letter > j->letter)
		j->letter = j->p->letter;
	j->p->letter = 0;
}

/* Nothing for or against: also where it was said that somebody else should answer. */
static bool unsaid(const struct review *part)
{
	return part->said == VERDICT_NONE || part->said == VERDICT_WRONG_PERSON
	       || part->said == VERDICT_FORWARDED;
}

/* Whether an answer is still to come in the seat. */
static bool ask_one(struct joint *j, const struct seat *s)
{
	const struct review *part = part_of(j, s->id);
	struct plan_item x = *j->base;
	size_t found = j->p->out->n_findings;
	bool waits = true;

	x.holder = s->role;
	x.seat = s->id;
	if (!j->rows) {
		if (plan_open(j->p, &x, j->replaced))
			plan_put(j->p, PLAN_REVIEW, "", s->role, j->body, &x);
		waits = x.rung != RUNG_NONE;
	} else if (!part || (unsaid(part) && !still_there(j, part, s->role))) {
		join(j, &x, s->id, s->role);
		waits = x.rung != RUNG_NONE;
		if (!waits) /* what is overdue goes in a recess, too */
			note_next(j, workday_on_or_after(&j->p->cal, j->p->in->today + 1));
	} else if (review_asks(part)) {
		plan_climb(j->p, part, &x, s->role, j->body);
	} else {
		return false;
	}
	note_next(j, plan_wake(j->p, &x, waits ? &x.review : j->rows, j->p->out->n_findings > found));
	return true;
}

/* What a body has sent back is reminded of in everybody's own letter. */
static void remind_all(struct joint *j, const struct plan_item *x, const struct seats *seats)
{
	for (size_t i = 0; i < seats->n; i++) {
		const struct review *part = part_of(j, seats->at[i].id);
		struct plan_item own = *x;

		if (!part || !seats->at[i].role || !still_there(j, part, seats->at[i].role))
			continue;
		own.review = *part;
		plan_back(j->p, &own, part, seats->at[i].role, j->body);
		dayno next = plan_back_next(j->p, part);
		note_next(j, next == DAY_NONE ? PLAN_NEVER : next);
	}
}

/* Somebody else than the approvers has the ball. */
static void have_the_ball(struct joint *j, struct plan_item *x, const struct seats *seats)
{
	remind_all(j, x, seats);
	if (j->rows->state == REVIEW_AWAITING)
		plan_decision(j->p, x, j->rows);
	plan_climb(j->p, j->rows, x, NULL, j->body);
}

/* The data protection officer is told once, however many are asked. */
static void copy(struct joint *j, struct plan_item *x, const struct seats *seats)
{
	if (!j->rows || j->rows->state != REVIEW_OPEN || j->letter)
		return;
	for (size_t i = 0; i < seats->n && !x->holder; i++)
		x->holder = seats->at[i].role;
	x->review = j->rows[0];
	if (x->holder && x->holder->address && j->body)
		plan_copy(j->p, x, j->body);
	dayno next = plan_copy_next(j->p, x, &x->review);
	note_next(j, next == DAY_NONE ? PLAN_NEVER : next);
}

static bool enough(const struct seats *seats)
{
	return seats->persons >= seats->need;
}

/* Where a seat was disowned, or two of them have come to one person since, everybody may
 * have answered without that being enough: silence would be for ever. */
static void ask_all(struct joint *j, const struct seats *seats)
{
	bool waits = false;

	for (size_t i = 0; i < seats->n; i++)
		if (seats->at[i].role)
			waits |= ask_one(j, &seats->at[i]);
	if (!waits && enough(seats))
		plan_find(j->p, j->base->item, "all who approve it have answered, and that is not enough");
}

dayno plan_joint(struct plan_job *p, const struct plan_item *base, const struct review *rows,
                 size_t n)
{
	const struct registry *reg = p->in->registry;
	struct joint j = { .p = p, .base = base, .rows = n ? rows : NULL, .n = n, .next = PLAN_NEVER };
	size_t found = p->out->n_findings;
	struct plan_item x = *base;
	struct seats seats;

	j.body = registry_letter_body(reg, base->item, p->in->today);
	quorum_seats(reg, base->item, p->in->today, p->arena, &seats);
	if (j.rows && plan_asks(j.rows) && has_void(&j)) {
		plan_supersede(p, j.rows, REVIEW_ON_REPLACE);
		j.replaced = j.rows;
		j.rows = NULL;
		j.n = 0;
	}
	if (!enough(&seats))
		plan_find(p, base->item, "fewer persons can approve it than must");
	if (!j.body || !seats.persons)
		plan_find(p, base->item, "nobody who approves it can be asked today");
	else if (j.rows && j.rows->state != REVIEW_OPEN)
		have_the_ball(&j, &x, &seats);
	else
		ask_all(&j, &seats);
	copy(&j, &x, &seats);
	bool wrong = p->out->n_findings > found;
	if (!j.rows || j.rows->state != REVIEW_OPEN)
		note_next(&j, plan_wake(p, &x, j.rows, wrong));
	dayno turn = turn_next(reg, base->item, p->in->today);
	note_next(&j, turn == DAY_NONE ? PLAN_NEVER : turn);
	if (wrong)
		note_next(&j, p->in->today + PLAN_FIND_AGAIN_DAYS);
	p->letter = j.letter;
	return j.next;
}
