/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "core/quorum.h"
#include "core/training.h"
#include "core/turn.h"
#include "plan-internal.h"

char *plan_version(struct arena *a, const struct item *item)
{
	uint8_t digest[DIGEST_SIZE];
	char *hex = arena_alloc(a, DIGEST_HEX);
	const char *shown = item->shown ? item->shown : item->title;

	digest_sha256(shown, strlen(shown), digest);
	digest_hex(digest, sizeof(digest), hex);
	return hex;
}

bool plan_capped(const struct plan_job *p, const struct review *r)
{
	return r->mails >= p->in->registry->settings.review_mails;
}

void plan_cap(struct plan_job *p, const struct plan_item *x, const struct review *r)
{
	struct plan *o = p->out;

	plan_find(p, x->item, "as many mails have gone out about its review as may: somebody must talk to its holder");
	o->capped = arena_grow(p->arena, o->capped, o->n_capped, &o->cap_capped, sizeof(*o->capped));
	o->capped[o->n_capped++] = (struct plan_capped){ x->item, r->id, x->holder };
}

/* The first of the rows that the item's open review has; *n: how many. */
static const struct review *open_review(const struct plan_input *in, const char *item, size_t *n)
{
	size_t lo = 0, hi = in->n_reviews;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(in->reviews[mid].item, item) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (*n = 0; lo + *n < in->n_reviews && !strcmp(in->reviews[lo + *n].item, item); ++*n)
		continue;
	return *n ? &in->reviews[lo] : NULL;
}

const struct letter *plan_letter_of(const struct plan_input *in, const char *ref)
{
	size_t lo = 0, hi = in->n_letters;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int cmp = strcmp(in->letters[mid].ref, ref);

		if (!cmp)
			return &in->letters[mid];
		if (cmp < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

void plan_find(struct plan_job *p, const struct item *item, const char *what)
{
	struct plan *o = p->out;

	o->findings = arena_grow(p->arena, o->findings, o->n_findings, &o->cap_findings,
	                         sizeof(*o->findings));
	o->findings[o->n_findings++] = (struct plan_finding){ .item = item, .what = what };
}

void plan_supersede(struct plan_job *p, const struct review *r, enum review_event event)
{
	const struct review *end = p->in->reviews + p->in->n_reviews;
	struct review_step step = review_next(r->state, event);
	struct plan *o = p->out;

	for (const char *id = r->id; step.ok && r < end && !strcmp(r->id, id); r++) {
		o->superseded = arena_grow(p->arena, o->superseded, o->n_superseded, &o->cap_superseded,
		                           sizeof(*o->superseded));
		o->superseded[o->n_superseded] = *r;
		o->superseded[o->n_superseded++].state = step.next;
	}
}

static void keep_moved(struct plan_job *p, const struct review *r)
{
	struct plan *o = p->out;

	o->moved = arena_grow(p->arena, o->moved, o->n_moved, &o->cap_moved, sizeof(*o->moved));
	o->moved[o->n_moved++] = *r;
}

/* By a clock that was ahead, or is behind now: what today says of it may be wrong. */
static bool opened_later(const struct plan_job *p, const struct review *r)
{
	return r->opened > p->in->today;
}

/* Meetings move, events are told another date, work is planned earlier: then
 * an open review moves with what it leaned on. A date that the holder was given
 * by extension stays. */
static bool has_moved(const struct plan_job *p, const struct review *r, const struct due *d)
{
	return d->due != DAY_NONE && r->extended_until == DAY_NONE && !opened_later(p, r) &&
	       (d->due != r->due || d->act_by != r->act_by);
}

static int of_review(const void *review, const void *unsent)
{
	const struct review *r = review;
	const struct unsent *u = unsent;
	int order = strcmp(r->id, u->review);

	return order ? order : strcmp(r->seat ? r->seat : "", u->seat);
}

static bool is_unsent(const struct plan_input *in, const struct review *r)
{
	return in->n_unsent && bsearch(r, in->unsent, in->n_unsent, sizeof(*in->unsent), of_review);
}

/* By its day, or because it could not go before the one before it had left. */
static bool was_foreseen(const struct plan_job *p, const struct ladder *l, enum rung rung, bool moved)
{
	return rung != RUNG_NONE
	       && (ladder_day(l, rung) > p->in->since || (!moved && l->last >= p->in->since));
}

void plan_climb(struct plan_job *p, const struct review *r, struct plan_item *x,
                const struct role *holder, const struct body *body)
{
	struct review_step step = review_next(r->state, REVIEW_ON_REMIND);
	dayno today = p->in->today;

	x->review = *r;
	x->moved = has_moved(p, r, &x->due);
	x->was = r->act_by;
	if (x->moved) {
		x->review.due = x->due.due;
		x->review.act_by = x->due.act_by;
	}
	if (!step.ok) {
		if (x->moved)
			keep_moved(p, &x->review);
		return;
	}
	const struct ladder ladder = plan_ladder(p->in->registry, &p->cal, body, x->review.act_by,
	                                         r->rung, r->last_notice);
	bool waits = is_unsent(p->in, r);
	enum rung rung = waits ? RUNG_NONE : ladder_rung(&ladder, r->rung, today);
	x->foreseen = was_foreseen(p, &ladder, rung, x->moved);
	if (plan_capped(p, r)) {
		if (x->moved)
			keep_moved(p, &x->review);
		if (x->moved || rung != RUNG_NONE)
			plan_cap(p, x, r);
		return;
	}
	if (!x->moved && !waits && plan_away(p, x, rung, holder, body))
		return;
	if (rung > RUNG_OVERDUE && !x->moved) {
		plan_escalate(p, x, rung, holder, body);
		return;
	}
	if (rung > RUNG_OVERDUE)
		rung = RUNG_NONE;
	if (rung == RUNG_NONE &&
	    (!x->moved || !workday_is(&p->cal, today) || workday_recess(&p->cal, today)))
		return;
	x->rung = rung;
	x->review.state = step.next;
	x->review.last_notice = today;
	if (rung != RUNG_NONE)
		x->review.rung = rung;
	plan_put(p, PLAN_REVIEW, r->letter, holder, body, x);
}

bool plan_answered(const struct plan_job *p, const struct plan_item *x, dayno day)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const struct settings *s = &p->in->registry->settings;
	struct item again = *x->item;
	struct due due;

	if (again.reviewed == DAY_NONE || again.reviewed < x->due.act_by - s->invite_days)
		return false;
	again.reviewed = day;
	due_compute(p->in->registry, &again, day, &a, &due);
	return due.due == x->due.due;
}

dayno plan_half(const struct plan_item *x)
{
	dayno from = x->item->reviewed;

	return from != DAY_NONE && x->due.act_by > from ? from + (x->due.act_by - from) / 2
	                                                : DAY_NONE;
}

/* What the one before was asked does not start in the recess; whoever takes it over has to
 * know that it waits for an answer. */
static bool asked_in_recess(const struct plan_job *p, const struct plan_item *x, const struct ladder *l)
{
	return workday_recess(&p->cal, p->in->today) && ladder_day(l, RUNG_INVITE) < p->in->today
	       && plan_handed(p, x->item, x->holder);
}

bool plan_open(struct plan_job *p, struct plan_item *x, const struct review *replaced)
{
	const struct ladder ladder = ladder_to(&p->in->registry->settings, &p->cal, x->due.act_by);
	enum rung rung = ladder_rung(&ladder, RUNG_NONE, p->in->today);
	struct review_step step = review_next(REVIEW_PLANNED, REVIEW_ON_INVITE);

	if (rung == RUNG_NONE && replaced && asked_in_recess(p, x, &ladder))
		rung = RUNG_INVITE;
	if (rung == RUNG_NONE || !step.ok || p->in->today <= plan_half(x))
		return false;
	if (plan_answered(p, x, p->in->today)) {
		plan_find(p, x->item, "it is signed off, but only a decision or a new date moves its due date");
		return false;
	}
	/* What came with a file since then nobody could foresee. */
	x->foreseen = x->item->known_on <= p->in->since
	              && (ladder_day(&ladder, rung) > p->in->since || plan_half(x) + 1 > p->in->since);
	x->opened = true;
	x->rung = rung;
	x->review = (struct review){
		.id = "",
		.item = x->item->id,
		.state = step.next,
		.rung = rung,
		.due = x->due.due,
		.act_by = x->due.act_by,
		.opened = p->in->today,
		.last_notice = p->in->today,
		.extended_until = DAY_NONE,
		.version = plan_version(p->arena, x->item),
		.signed_on = DAY_NONE,
		.seat = x->seat,
		.mails = replaced && !plan_handed(p, x->item, x->holder) ? replaced->mails : 0,
	};
	if (replaced) { /* the data protection officer has been told */
		memcpy(x->review.copy, replaced->copy, sizeof(replaced->copy));
		x->review.copy_n = replaced->copy_n;
	}
	return true;
}

dayno plan_asked(const struct plan_input *in, const char *item)
{
	size_t lo = 0, hi = in->n_asked;
	dayno last = DAY_NONE;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(in->asked[mid].item, item) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (size_t i = lo; i < in->n_asked && !strcmp(in->asked[i].item, item); i++)
		if (in->asked[i].day > last)
			last = in->asked[i].day;
	return last;
}

static void ask(struct plan_job *p, struct plan_item *x, const struct role *holder,
                const struct body *body)
{
	dayno last = plan_asked(p->in, x->item->id), today = p->in->today;

	if (last != DAY_NONE && today - last < PLAN_ASK_AGAIN_DAYS)
		return;
	if (!workday_is(&p->cal, today) || workday_recess(&p->cal, today))
		return;
	x->opened = true;
	x->foreseen = last != DAY_NONE || x->item->known_on <= p->in->since;
	plan_put(p, PLAN_QUESTION, "", holder, body, x);
}

/* A request is void when what it shows has changed, when the register says that
 * it was done by other ways, when its letter went to somebody who no longer
 * answers for it (that is also how the coordinator mends what ÄNDRING or FEL
 * PERSON said), or when its body has handed the item on. What is signed stays
 * signed. */
bool plan_asks(const struct review *r)
{
	return r->state == REVIEW_OPEN || r->state == REVIEW_CHANGES
	       || r->state == REVIEW_MISDIRECTED;
}

static bool stands(struct plan_job *p, const struct review *r, const struct plan_item *x,
                   const struct role *holder, const struct body *body)
{
	const struct letter *l = plan_letter_of(p->in, r->letter);

	if (strcmp(r->version, plan_version(p->arena, x->item)) != 0)
		return false;
	if (x->item->reviewed > r->opened && x->due.due > r->due)
		return false;
	return !l || (!strcmp(l->address, holder->address) && !strcmp(l->body, body->id));
}

/* Returns the review that is open once the pass has done what it can: with its
 * new date, where that has moved. */
static const struct review *act(struct plan_job *p, struct plan_item *x, const struct review *r)
{
	const struct plan_input *in = p->in;
	const struct role *holder = plan_approver(in->registry, x->item, in->today);
	const struct body *body = registry_letter_body(in->registry, x->item, in->today);

	x->holder = holder;
	if (r && r->state == REVIEW_AWAITING)
		plan_decision(p, x, r);
	if (!holder)
		plan_orphan(p, x->item);
	if (!holder || !holder->address || !body) {
		plan_find(p, x->item, holder ? "its holder has no address" : "it has no holder in force today");
		return r;
	}
	bool handed = plan_handed(p, x->item, holder);
	const struct review *replaced = NULL;
	if (!handed && (!x->item->held_by || strcmp(x->item->held_by, holder->id) != 0))
		p->holder = holder->id;
	/* On the day that somebody takes over, that letter is the only one. */
	if (!handed && x->item->held_since == in->today) {
		p->waits = true;
		return r;
	}
	if (r && plan_asks(r) && (handed || !stands(p, r, x, holder, body))) {
		if (!handed && plan_capped(p, r)) {
			plan_cap(p, x, r);
			return r;
		}
		plan_supersede(p, r, REVIEW_ON_REPLACE);
		x->changed = strcmp(r->version, plan_version(p->arena, x->item)) != 0;
		replaced = r;
		r = NULL;
	}
	if (handed)
		return plan_hand_over(p, x, r, replaced, body);
	if (r) {
		plan_climb(p, r, x, holder, body);
		plan_back(p, x, r, holder, body);
		plan_copy(p, x, body);
	} else if (x->due.status == DUE_ASK) {
		ask(p, x, holder, body);
	} else if (x->due.due != DAY_NONE && plan_open(p, x, replaced)) {
		plan_put(p, PLAN_REVIEW, "", holder, body, x);
	}
	return r || x->rung != RUNG_NONE ? &x->review : NULL;
}

static void look_at(struct plan_job *p, const struct item *item)
{
	size_t n;
	const struct review *r = open_review(p->in, item->id, &n);
	struct plan *o = p->out;
	size_t found = o->n_findings;
	struct plan_item x = { .item = item, .told = DAY_NONE };

	p->letter = 0;
	p->waits = false;
	p->holder = NULL;
	if (item->retired || training_rests(p->in->registry, item, p->in->today)) {
		dayno next = item->retired ? plan_adjusted(p, item) : turn_next(p->in->registry, item, p->in->today);

		if (r && (item->retired || !opened_later(p, r)))
			plan_supersede(p, r, REVIEW_ON_CANCEL);
		plan_sleep(p, item, next == DAY_NONE ? PLAN_NEVER : next);
		return;
	}
	due_compute(p->in->registry, item, p->in->today, p->arena, &x.due);
	bool joint = quorum_joint(item) && (r || (x.due.due != DAY_NONE && x.due.status != DUE_ASK));
	if (!joint && (r || x.due.status != DUE_NONE))
		r = act(p, &x, r);
	plan_tell_chair(p, &x, r);
	dayno day = joint ? plan_joint(p, &x, r, n) : plan_wake(p, &x, r, o->n_findings > found);
	size_t letter = p->letter;
	dayno adjusted = plan_adjusted(p, item);
	p->letter = letter > p->letter ? letter : p->letter;
	plan_sleep(p, item, plan_earlier(adjusted, day));
}

void plan_pass(const struct plan_input *in, struct arena *a, struct plan *out)
{
	struct plan_job p = { .in = in, .cal = registry_workcal(in->registry), .arena = a, .out = out };

	*out = (struct plan){ .letters = NULL };
	for (size_t i = 0; i < in->registry->n_items; i++)
		if (!in->registry->items[i].asleep)
			look_at(&p, &in->registry->items[i]);
	plan_book(&p);
	plan_order(&p);
	plan_note_chairs(&p);
}
