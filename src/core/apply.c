/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/apply.h"

#include <inttypes.h>
#include <string.h>

#include "core/plan.h"
#include "src/core/apply-internal.h"

dayno apply_next_due(const struct job *j, const struct item *item, const struct review *review,
                     dayno day)
{
	struct item after = *item;
	struct due due;

	after.reviewed = day;
	after.reviewed_for = review->due;
	due_compute(j->in->registry, &after, j->in->day, j->arena, &due);
	return due.due;
}

void apply_completed(struct change *c, struct arena *a, const struct review *r, dayno day)
{
	c->facts = arena_grow(a, c->facts, c->n_facts, &c->cap_facts, sizeof(*c->facts));
	c->facts[c->n_facts++] = (struct item_fact){
		.item = r->item, .reviewed = day, .reviewed_for = r->due,
	};
}

const char *apply_trust_facts(const struct job *j, const struct trust *t)
{
	const struct confirmation *c = j->in->confirmed;
	const struct trust *whole = j->in->trust;
	const char *first = "";

	if (j->in->told_by)
		return arena_fmt(j->arena, "token=unknown\nsender=unknown\ndomain=unknown\ntold_by=%s\n", j->in->told_by);
	if (c)
		first = arena_fmt(j->arena, "confirms=inbox-%" PRId64 "\nfirst_token=%s\nfirst_sender=%s\n"
		                  "first_domain=%s\nfirst_direct=%s\n", c->mail, c->token, c->sender,
		                  c->domain, c->direct);
	return arena_fmt(j->arena, "token=%s\nsender=%s\ndomain=%s\ndirect=%s\ntoken_why=%s\n"
	                 "sender_why=%s\ndomain_why=%s\n%s", fact_name(t->token), fact_name(t->sender),
	                 fact_name(t->domain), whole->direct ? "yes" : "no",
	                 c ? "the token is the confirmation's" : whole->why_token, t->why_sender,
	                 whole->why_domain, first);
}

static void sign(struct job *j, const struct review *r, const struct trust *t,
                 const struct applied_item *x)
{
	struct change *c = j->change;

	c->signoffs = arena_grow(j->arena, c->signoffs, c->n_signoffs, &c->cap_signoffs,
	                         sizeof(*c->signoffs));
	c->signoffs[c->n_signoffs++] = (struct signoff){
		.review = r->id,
		.role = t->as ? t->as->id : j->in->letter->role,
		.address = j->in->from,
		.verdict = x->verdict,
		.outcome = x->outcome,
		.text = x->text,
		.version = r->version,
		.deputy = t->deputy,
		.seat = r->seat,
		.token = fact_name(t->token),
		.sender = fact_name(t->sender),
		.domain = fact_name(t->domain),
		.confirmation = j->in->confirmed ? j->in->confirmed->token_hash : NULL,
		.at = j->in->at,
		.before = r->state,
		.before_rung = r->rung,
		.before_act_by = r->act_by,
		.before_extended = r->extended_until,
	};
	change_record(c, j->arena, "signoff", r->id,
	              arena_fmt(j->arena,
	                        "verdict=%s\n%srole=%s\ndeputy=%s\nversion=%s\n%s%s",
	                        verdict_name(x->verdict), apply_proposal(j->arena, x->outcome),
	                        t->as ? t->as->id : j->in->letter->role, t->deputy ? "yes" : "no",
	                        r->version, r->seat ? arena_fmt(j->arena, "seat=%s\n", r->seat) : "",
	                        apply_trust_facts(j, t)));
}

/* An extension may be had once, and not longer than the municipality allows. */
static enum apply_note extension_note(const struct job *j, const struct review *r, dayno until)
{
	int most = j->in->registry->settings.extension_days;

	if (until == DAY_NONE)
		return NOTE_NO_DATE;
	if (until <= j->in->day || until <= r->act_by || r->extended_until != DAY_NONE)
		return NOTE_TOO_LATE;
	dayno from = r->act_by > j->in->day ? r->act_by : j->in->day;
	return until - from > most ? NOTE_TOO_LATE : NOTE_NONE;
}

static void take_effect(struct job *j, const struct item *item, struct review *r,
                        const struct answer *ans, struct applied_item *x)
{
	switch (r->state) {
	case REVIEW_CLOSED:
		r->signed_on = j->in->day;
		j->out->for_coordinator |= x->outcome == OUTCOME_EDITORIAL;
		apply_completed(j->change, j->arena, r, j->in->day);
		x->next_due = apply_next_due(j, item, r, j->in->day);
		break;
	case REVIEW_AWAITING:
		r->signed_on = j->in->day;
		j->out->for_coordinator |= x->outcome == OUTCOME_EDITORIAL;
		x->awaiting = true;
		break;
	case REVIEW_OPEN: /* extended: the ladder starts again below the new date */
		if (ans->verdict != VERDICT_EXTENSION)
			break;
		r->extended_until = r->act_by = ans->until;
		r->rung = RUNG_INVITE;
		x->until = ans->until;
		break;
	case REVIEW_CHANGES:
	case REVIEW_MISDIRECTED:
		j->out->for_coordinator |= ans->verdict != VERDICT_APPROVE;
		break;
	case REVIEW_PLANNED:
	case REVIEW_CANCELLED:
	case REVIEW_SUPERSEDED:
	case REVIEW_STATE_COUNT:
		break;
	}
}

/* A letter may hold items of several roles at one address, and any of them may
 * have changed hands since: who may sign is asked for each item. */
struct trust apply_trust(const struct job *j, const struct review *r, const struct item *item)
{
	const struct apply_input *in = j->in;
	const struct trust_facts facts = {
		.token_found = true, .token_matches = true, .from = in->from,
		.asked = DAY_NONE, .written = DAY_NONE,
	};
	struct trust t = trust_judge(in->registry, plan_answers(in->registry, item, r, in->day), in->day,
	                             TRUST_NONE, &facts);

	/* A letter that told somebody else asked them to answer in the holder's place. */
	if (!t.identified && strcmp(r->letter, in->letter->ref) != 0)
		t = trust_judge(in->registry, registry_role(in->registry, in->letter->role), in->day,
		                TRUST_NONE, &facts);
	t.domain = in->trust->domain;
	if (in->told_by)
		t.token = t.sender = t.domain = FACT_UNKNOWN;
	return t;
}

/* What was held is applied to what was shown then, or not at all. */
static bool held_of_other(const struct apply_input *in, const struct review *r)
{
	for (size_t i = 0; i < in->n_held; i++)
		if (in->held[i].answer.n == r->n)
			return strcmp(in->held[i].review, r->id) || strcmp(in->held[i].version, r->version);
	return in->confirmed;
}

/* Why the review cannot take the event, if so. */
static enum apply_note hindrance(struct job *j, const struct review *r,
                                 const struct item *item, enum review_event event,
                                 const struct answer *ans)
{
	if (event == REVIEW_EVENT_COUNT)
		return NOTE_NOT_CLEAR;
	bool changed = strcmp(r->version, plan_version(j->arena, item)) != 0;
	/* What was asked before it changed: the newer letter is to be answered. */
	if (r->state == REVIEW_SUPERSEDED && changed)
		return NOTE_CHANGED;
	if (!review_next(r->state, event).ok)
		return NOTE_ALREADY;
	if (changed || held_of_other(j->in, r))
		return NOTE_CHANGED;
	if (ans->verdict == VERDICT_APPROVE && quorum_is_author(j->in->registry, item, j->in->from))
		return NOTE_AUTHOR;
	if (ans->verdict == VERDICT_APPROVE && r->seat && apply_joint_note(j, r, item) != NOTE_NONE)
		return apply_joint_note(j, r, item);
	return event == REVIEW_ON_EXTEND ? extension_note(j, r, ans->until) : NOTE_NONE;
}

/* An approval of what needs none is only late; any other word about it is news
 * that nobody else will act on. */
static bool wants_person(const struct review *r, const struct applied_item *x,
                         enum review_event event)
{
	bool approves = event == REVIEW_ON_APPROVE || event == REVIEW_ON_APPROVE_PENDING
	                || event == REVIEW_ON_APPROVE_PART || event == REVIEW_ON_APPROVE_BESIDE;

	return x->note == NOTE_TOO_LATE || x->note == NOTE_NOT_YOURS
	       || (x->note == NOTE_CHANGED && r->state == REVIEW_SUPERSEDED && !approves)
	       || (x->note == NOTE_ALREADY && (!approves || r->state == REVIEW_MISDIRECTED));
}

void apply_told(struct job *j, const struct applied_item *x)
{
	struct applied *o = j->out;

	o->items = arena_grow(j->arena, o->items, o->n, &o->cap, sizeof(*o->items));
	o->items[o->n++] = *x;
}

void apply_no_such(struct job *j, int n)
{
	apply_told(j, &(struct applied_item){
		.n = n, .note = j->in->n_reviews ? NOTE_NO_SUCH_ITEM : NOTE_ELSEWHERE, .until = DAY_NONE, .next_due = DAY_NONE,
	});
}

static void answer_one(struct job *j, const struct review *row, const struct item *item,
                       const struct answer *ans)
{
	struct review is = apply_now(j, row), was = is;
	const struct review *before = &is;
	struct applied *o = j->out;
	struct applied_item x = {
		.item = item, .n = before->n, .text = ans->text, .until = DAY_NONE, .next_due = DAY_NONE,
	};
	/* Whoever enters it has sorted out whose it is. */
	if (j->in->told_by && review_next(is.state, REVIEW_ON_REOPEN).ok && is.state == REVIEW_MISDIRECTED)
		is.state = review_next(is.state, REVIEW_ON_REOPEN).next;
	enum review_event event = apply_event(j, before, item, ans);
	if (before->seat)
		event = apply_joint_event(j, before, item, event);
	struct trust trust = apply_trust(j, before, item);

	x.note = hindrance(j, before, item, event, ans);
	if (x.note == NOTE_NONE && (!trust.identified || apply_not_theirs(j, item, &trust, ans->verdict)))
		x.note = NOTE_NOT_YOURS;
	o->for_coordinator |= wants_person(before, &x, event);
	if (x.note == NOTE_NONE) {
		struct review after = *before;

		after.state = review_next(before->state, event).next;
		x.verdict = ans->verdict;
		x.outcome = apply_proposed(before, item, ans);
		take_effect(j, item, &after, ans, &x);
		sign(j, &was, &trust, &x);
		if (after.seat)
			apply_joint_done(j, before, &after, item, &x);
		change_review(j->change, j->arena, &after);
		apply_delegated(j, before, item, &trust, &x);
		if (!o->review)
			o->review = before->id;
	}
	apply_told(j, &x);
}

static bool wants_answer(enum review_state s)
{
	return s == REVIEW_OPEN || s == REVIEW_CHANGES;
}

/* Whether a bare verb is about the review: about all that are still open; else
 * about those that changes were asked for; else about all there were, so that
 * the receipt can say that none needs an answer. A change that was asked for is
 * never approved in passing, by an answer to what is left. */
static bool meant(const struct job *j, const struct review *r)
{
	const struct apply_input *in = j->in;
	bool open = false, any = false;

	for (size_t i = 0; i < in->n_reviews; i++) {
		open |= review_asks(&in->reviews[i]);
		any |= wants_answer(in->reviews[i].state);
	}
	return open ? review_asks(r) : !any || wants_answer(r->state);
}

static void answer(struct job *j, const struct answer *said)
{
	const struct apply_input *in = j->in;
	struct answer to = *said;
	const struct answer *ans = &to;
	bool undo = ans->verdict == VERDICT_UNDO, hit = undo && apply_undo(j, ans);

	if (!apply_which(j, &to, meant))
		return;
	for (size_t i = 0; !undo && i < in->n_reviews; i++) {
		const struct review *r = &in->reviews[i];
		const struct item *item = registry_item(in->registry, r->item);

		if (!item || (ans->n ? ans->n != r->n : !meant(j, r)))
			continue;
		answer_one(j, r, item, ans);
		hit = true;
	}
	if (!hit)
		apply_no_such(j, ans->n);
}

/* Two answers to one item contradict each other: then none counts. */
static bool contradicts(const struct reply *reply)
{
	for (size_t i = 0; i < reply->n_answers; i++)
		for (size_t k = i + 1; k < reply->n_answers; k++)
			if (!reply->answers[i].n || !reply->answers[k].n
			    || reply->answers[i].n == reply->answers[k].n)
				return true;
	return false;
}

static bool any_recorded(const struct applied *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->items[i].verdict != VERDICT_NONE)
			return true;
	return false;
}

/* A question back about these would only be answered once more. */
static bool settled(enum apply_note note)
{
	return note == NOTE_ALREADY || note == NOTE_CHANGED || note == NOTE_NOT_YOURS
	       || note >= NOTE_OTHER;
}

/* What is said of a reply that recorded nothing: what the sender can mend
 * before what is only to be known. */
static enum apply_note main_note(const struct applied *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (!settled(o->items[i].note))
			return o->items[i].note;
	return o->n ? o->items[0].note : NOTE_NOT_CLEAR;
}

static const char *why_settled(const struct applied *o, const char *otherwise)
{
	return o->note == NOTE_ALREADY     ? "the review needs no answer any more"
	       : o->note == NOTE_CHANGED   ? "the item has changed since the sender was asked"
	       : o->note == NOTE_NOT_YOURS ? "the sender does not answer for that item that day"
	       : o->note == NOTE_ELSEWHERE ? "what the letter asked stands in a newer one"
	       : o->note == NOTE_OTHER     ? "another decision was reported before"
	       : o->note == NOTE_UNADJUSTED ? "the minutes are not adjusted yet"
	       : o->note == NOTE_AUTHOR    ? "the author of an item does not approve it"
	       : o->note == NOTE_COUNTED   ? "one person's approval counts once"
	       : o->note == NOTE_NO_ANSWER ? "the sender has given no answer that stands"
	       : o->note == NOTE_WHICH     ? "it names one, and several reviews could be meant"
	                                   : otherwise;
}

/* The first thing that a person must do something about is what they are told. */
static void why_person(struct job *j)
{
	struct applied *o = j->out;

	for (size_t i = 0; o->for_coordinator && i < o->n; i++) {
		const char *why = apply_reason(&o->items[i]);

		if (!why)
			continue;
		o->reason = why;
		for (size_t k = 0; o->review && k < j->in->n_reviews; k++)
			if (j->in->reviews[k].n == o->items[i].n)
				o->review = j->in->reviews[k].id;
		return;
	}
}

/* Beside what is asked back, a question of which no answer of ours speaks goes to a person. */
static bool asks(const struct reply *reply, const struct applied *o)
{
	return o->answer == ANSWER_QUESTION && reply->asks;
}

static void conclude(struct job *j)
{
	struct applied *o = j->out;

	o->all_closed = true;
	for (size_t i = 0; i < j->in->n_reviews; i++) {
		enum review_state now = j->in->reviews[i].state;

		for (size_t k = 0; k < j->change->n_reviews; k++)
			if (!strcmp(j->change->reviews[k].id, j->in->reviews[i].id))
				now = j->change->reviews[k].state;
		o->all_closed &= !wants_answer(now) && now != REVIEW_MISDIRECTED;
	}
	if (any_recorded(o)) {
		o->answer = ANSWER_RECEIPT;
		o->status = o->for_coordinator ? "coordinator" : "applied";
		o->reason = j->in->reply->reason;
		why_person(j);
		return;
	}
	if (!j->in->n_reviews && !o->n)
		apply_no_such(j, 0);
	o->note = main_note(o);
	o->answer = settled(o->note) ? ANSWER_RECEIPT : ANSWER_QUESTION;
	o->asks = asks(j->in->reply, o);
	o->for_coordinator |= o->asks;
	o->status = o->asks ? "coordinator" : "answered";
	o->reason = o->asks ? "a question, which is left to a person: answer it" : why_settled(o, j->in->reply->reason);
	why_person(j);
}

/* What the reply would change waits for its sender's word: nothing has happened. */
static void hold(struct job *j)
{
	struct change *c = j->change;
	struct applied *o = j->out;
	size_t kept = 0;

	*c = (struct change){ .at = c->at };
	for (size_t i = 0; i < o->n; i++)
		if (o->items[i].verdict != VERDICT_NONE)
			o->items[kept++] = o->items[i];
	o->n = kept;
	o->answer = ANSWER_CONFIRM;
	o->all_closed = o->undone = false;
	/* Many an honest mail is vouched for by nobody; one that looks forged is told of. */
	o->for_coordinator = j->in->trust->alarm;
	o->status = o->for_coordinator ? "coordinator" : "answered";
	o->reason = trust_reason(j->in->trust);
	o->review = NULL;
}

struct held *apply_held(const struct apply_input *in, const struct applied *out, struct arena *a)
{
	struct held *h = arena_alloc(a, (out->n + 1) * sizeof(*h));

	for (size_t i = 0; i < out->n; i++) {
		const struct applied_item *x = &out->items[i];

		for (size_t k = 0; k < in->n_reviews; k++)
			if (in->reviews[k].n == x->n)
				h[i] = (struct held){
					.review = in->reviews[k].id, .version = in->reviews[k].version,
					.answer = {
						.n = x->n, .verdict = x->verdict, .until = x->until, .date = x->decided,
						.paragraph = x->paragraph, .outcome = x->outcome, .text = x->text,
						.option = x->option, .registry_no = x->registry_no,
						.adjusted = x->adjusted,
					},
				};
	}
	return h;
}

/* What the board, the council or, in their place, the director decided binds the
 * others: that is confirmed. */
static enum trust_act act_of(const struct apply_input *in)
{
	const struct body *body = registry_body(in->registry, in->letter->body);

	if (!in->reply->n_answers)
		return ACT_WORD;
	if (apply_delegates(in))
		return ACT_BOARD;
	return in->letter->kind == LETTER_DECISION && body
	       && (body->kind == BODY_BOARD || body->kind == BODY_COUNCIL) ? ACT_BOARD : ACT_REVIEW;
}

/* Whoever enters what somebody else said answers for that they said it. What a body is bound
 * by is entered as its decision, and nothing else is. */
static enum trust_verdict told(const struct apply_input *in, enum trust_act act)
{
	return act == ACT_BOARD || in->letter->kind == LETTER_DECISION ? TRUST_REFUSE : TRUST_DO;
}

void apply_reply(const struct apply_input *in, struct arena *a, struct change *change,
                 struct applied *out)
{
	struct job j = { .in = in, .arena = a, .change = change, .out = out };

	*out = (struct applied){ .answer = ANSWER_NONE, .status = "coordinator", .meeting = DAY_NONE };
	for (size_t i = 0; i < in->n_inquiries; i++)
		if (in->inquiries[i].meeting > out->meeting) {
			out->meeting = in->inquiries[i].meeting;
			out->about = in->inquiries[i].about;
		}
	enum trust_act act = act_of(in);
	enum trust_verdict verdict = in->told_by ? told(in, act) : trust_policy(in->trust, act);
	if (verdict == TRUST_REFUSE || verdict == TRUST_TELL) {
		out->for_coordinator = true;
		out->tell_holder = verdict == TRUST_TELL;
		out->reason = in->told_by ? "what binds a body is entered as its decision: record ITEM DATE PARAGRAPH"
		                          : trust_reason(in->trust);
		return;
	}
	bool decisions = in->letter->kind == LETTER_DECISION;
	if (!contradicts(in->reply))
		for (size_t i = 0; i < in->reply->n_answers; i++)
			decisions ? apply_report(&j, &in->reply->answers[i]) : answer(&j, &in->reply->answers[i]);
	conclude(&j);
	/* Only what is acted on has a record. */
	if (verdict == TRUST_CONFIRM && !in->confirmed && change->n_records)
		hold(&j);
}
