/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/rsvp.h"

#include <string.h>

#include "base/text.h"
#include "core/plan.h"
#include "core/trust.h"

enum { DAY = 86400 }; /* seconds */

static const char *const whos[] = {
#define X(name, word) [RSVP_##name] = word,
	RSVP_WHOS(X)
#undef X
};

static const char *const outcomes[] = {
#define X(name, word) [RSVP_DID_##name] = word,
	RSVP_OUTCOMES(X)
#undef X
};

static int by_name(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; name && i < n; i++)
		if (!strcmp(names[i], name))
			return (int)i;
	return -1;
}

const char *rsvp_who_name(enum rsvp_who w)
{
	return whos[w];
}

int rsvp_who_by_name(const char *name)
{
	return by_name(whos, ARRAY_LEN(whos), name);
}

const char *rsvp_outcome_name(enum rsvp_outcome o)
{
	return outcomes[o];
}

int rsvp_outcome_by_name(const char *name)
{
	return by_name(outcomes, ARRAY_LEN(outcomes), name);
}

/* ---- who answers ---- */

static bool same_domain(const char *a, const char *b)
{
	const char *x = strrchr(a, '@'), *y = strrchr(b, '@');

	return x && y && trust_same_address(x, y);
}

static bool holds(const struct role *role, dayno day, const char *address)
{
	return role && role_valid(role, day) && trust_same_address(role->address, address);
}

static bool is_deputy(const struct rsvp_input *in, const char *address, dayno day)
{
	const struct registry *reg = in->registry;
	const struct role *role = registry_role(reg, in->letter->role);

	if (role && holds(registry_role(reg, role->deputy), day, address))
		return true;
	for (size_t i = 0; i < in->n_reviews; i++) {
		const struct item *item = registry_item(reg, in->reviews[i].item);
		const struct role *holder = item ? plan_approver(reg, item, day) : NULL;

		if (holds(holder, day, address)
		    || (holder && holds(registry_role(reg, holder->deputy), day, address)))
			return true;
	}
	return false;
}

static bool registered(const struct registry *reg, const char *address)
{
	for (size_t i = 0; i < reg->n_roles; i++)
		if (trust_same_address(reg->roles[i].address, address))
			return true;
	return false;
}

static bool is_invitee(const struct rsvp *r)
{
	return r->who == RSVP_INVITED || r->who == RSVP_ALIAS;
}

/*
 * Exchange answers with the mailbox's primary address, which no register knows.
 * An event has one invitee: the first such address that answers it is his, and
 * nobody's after that. It must be of the same domain, and no other role's.
 */
static bool is_alias(const struct rsvp_input *in, const char *address)
{
	bool answered = false;

	for (size_t i = 0; i < in->n_before; i++) {
		if (!is_invitee(&in->before[i]))
			continue;
		if (trust_same_address(in->before[i].attendee, address))
			return true;
		answered = true;
	}
	return !answered && !in->refuted && same_domain(address, in->letter->address)
	       && !registered(in->registry, address);
}

static enum rsvp_who who_is(const struct rsvp_input *in, const struct rsvp *r)
{
	const char *invited = in->letter->address;
	dayno day = zone_wall(r->at).day;

	if (!r->attendee)
		return RSVP_STRANGER;
	if (trust_same_address(r->attendee, invited) || trust_same_address(in->from, invited))
		return RSVP_INVITED;
	if (is_deputy(in, r->attendee, day))
		return RSVP_DEPUTY;
	return is_alias(in, r->attendee) ? RSVP_ALIAS : RSVP_STRANGER;
}

/* ---- in which order ---- */

static bool counts(const struct rsvp *r)
{
	return r->outcome != RSVP_DID_OLD && r->outcome != RSVP_DID_DOUBTFUL
	       && r->outcome != RSVP_DID_CRASHED && strcmp(r->method, "REFRESH") != 0;
}

/* < 0: a was said before b (RFC 5546 §2.1.5). */
static int order(const struct rsvp *a, const struct rsvp *b)
{
	if (a->sequence != b->sequence)
		return a->sequence < b->sequence ? -1 : 1;
	return a->stamp < b->stamp ? -1 : a->stamp > b->stamp;
}

/* The latest that the same person said; of the invitee, under any of his addresses. */
static const struct rsvp *latest(const struct rsvp_input *in, const struct rsvp *r)
{
	const struct rsvp *last = NULL;

	for (size_t i = 0; i < in->n_before; i++) {
		const struct rsvp *b = &in->before[i];
		bool same = is_invitee(r) ? is_invitee(b)
		                          : trust_same_address(b->attendee, r->attendee);

		if (same && counts(b) && (!last || order(last, b) < 0))
			last = b;
	}
	return last;
}

static bool same_word(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool said_already(const struct rsvp *last, const struct rsvp *r)
{
	return last && last->sequence == r->sequence && !strcmp(last->method, r->method)
	       && same_word(last->partstat, r->partstat) && last->start == r->start
	       && same_word(last->delegated_to, r->delegated_to)
	       && same_word(last->comment, r->comment);
}

static int times(const struct rsvp_input *in, enum rsvp_outcome did)
{
	int n = 0;

	for (size_t i = 0; i < in->n_before; i++)
		n += in->before[i].outcome == did;
	return n;
}

/* ---- what it leads to ---- */

static void end(struct rsvp *r, struct rsvp_judged *out, enum rsvp_outcome did, const char *reason)
{
	r->outcome = did;
	out->reason = reason;
}

static void for_person(struct rsvp *r, struct rsvp_judged *out, enum rsvp_outcome did,
                       const char *reason)
{
	end(r, out, did, reason);
	out->for_coordinator = true;
}

static dayno first_act_by(const struct rsvp_input *in)
{
	dayno first = DAY_NONE;

	for (size_t i = 0; i < in->n_reviews; i++) {
		const struct review *v = &in->reviews[i];

		if (review_asks(v) && (first == DAY_NONE || v->act_by < first))
			first = v->act_by;
	}
	return first;
}

/* Once a day is enough for who asks: two machines must not keep each other busy. */
static void again(const struct rsvp_input *in, struct rsvp *r, struct rsvp_judged *out,
                  const char *reason)
{
	for (size_t i = 0; i < in->n_before; i++)
		if (in->before[i].outcome == RSVP_DID_AGAIN && r->at - in->before[i].at < DAY) {
			end(r, out, RSVP_DID_RECORDED, "the invitation was sent again less than a day ago");
			return;
		}
	end(r, out, RSVP_DID_AGAIN, reason);
}

static void counter(const struct rsvp_input *in, struct arena *a, struct rsvp *r,
                    struct rsvp_judged *out)
{
	struct workcal cal = registry_workcal(in->registry);
	struct rsvp said = *r;
	char day[DATE_TEXT];

	if (in->unknown_zone)
		said.start = INSTANT_NONE;
	out->stays = event_moves(&cal, out->act_by, event_time_of(in->letter), &said, in->all_day, r->at,
	                         &out->to);
	if (out->stays == STAYS_SAME)
		end(r, out, RSVP_DID_RECORDED, "it proposes the time that the event has");
	else if (out->stays != STAYS_NOT)
		end(r, out, RSVP_DID_STAYS, "it proposes a time that the event cannot have");
	else if (times(in, RSVP_DID_MOVED) >= RSVP_MOVES)
		for_person(r, out, RSVP_DID_DOUBTFUL, "it proposes yet another time, and the event has moved so often");
	else
		end(r, out, RSVP_DID_MOVED, arena_fmt(a, "the event moves to %s, as it proposes",
		                                      date_text(out->to.day, day)));
}

static bool asked_who(const struct rsvp_input *in, const struct rsvp *r)
{
	for (size_t i = 0; i < in->n_before; i++)
		if (in->before[i].outcome == RSVP_DID_DECLINED
		    && trust_same_address(in->before[i].attendee, r->attendee))
			return true;
	return false;
}

static void declined(const struct rsvp_input *in, struct rsvp *r, struct rsvp_judged *out)
{
	if (r->who == RSVP_DEPUTY)
		end(r, out, RSVP_DID_RECORDED, "a deputy does not attend");
	else if (asked_who(in, r))
		end(r, out, RSVP_DID_RECORDED, "declined again: asked before who does it instead");
	else
		end(r, out, RSVP_DID_DECLINED, "declined: asked who does it instead");
	out->for_coordinator = r->comment != NULL || in->words;
}

/* "Godkänns" in the note to a calendar answer looks like a sign-off to who wrote it. */
static void attends(const struct rsvp_input *in, struct rsvp *r, struct rsvp_judged *out)
{
	if (!r->comment && !in->words)
		end(r, out, RSVP_DID_RECORDED, "attendance");
	else if (times(in, RSVP_DID_NO_SIGNOFF))
		for_person(r, out, RSVP_DID_RECORDED, "attendance, and words that sign nothing: told so before");
	else
		end(r, out, RSVP_DID_NO_SIGNOFF, "attendance, and words that sign nothing: told how to sign");
}

static void reply(const struct rsvp_input *in, struct arena *a, struct rsvp *r,
                  struct rsvp_judged *out)
{
	const char *state = r->partstat;

	if (!state)
		for_person(r, out, RSVP_DID_DOUBTFUL, "it does not say what it answers");
	else if (!strcmp(state, "DECLINED"))
		declined(in, r, out);
	else if (!strcmp(state, "DELEGATED"))
		for_person(r, out, RSVP_DID_DELEGATED,
		           r->delegated_to ? arena_fmt(a, "passed on to %s: a proposal, nobody answers for it before "
		                                       "the register says so", r->delegated_to)
		                           : "passed on, and it does not say to whom");
	else if (!strcmp(state, "ACCEPTED") || !strcmp(state, "TENTATIVE"))
		attends(in, r, out);
	else
		end(r, out, RSVP_DID_RECORDED, "attendance");
}

static bool nothing_waits(const struct rsvp_input *in, const struct rsvp_judged *out)
{
	return out->act_by == DAY_NONE || in->letter->event_day == DAY_NONE;
}

static bool is_answer(const struct rsvp *r)
{
	return !strcmp(r->method, "REPLY") || !strcmp(r->method, "COUNTER");
}

static bool is_late(const struct rsvp_input *in, struct rsvp *r, struct rsvp_judged *out)
{
	const struct rsvp *last = latest(in, r);

	if (r->sequence < in->letter->sequence && !strcmp(r->method, "COUNTER"))
		again(in, r, out, "it proposes a time in place of one that the event no longer has");
	else if (r->sequence < in->letter->sequence)
		end(r, out, RSVP_DID_OLD, "it answers an earlier time of the event");
	else if (last && order(r, last) < 0)
		end(r, out, RSVP_DID_OLD, "it was written before an answer that we have");
	else if (said_already(last, r))
		end(r, out, RSVP_DID_RECORDED, "the same answer once more");
	else
		return false;
	return true;
}

static void settle(const struct rsvp_input *in, struct arena *a, struct rsvp *r,
                   struct rsvp_judged *out)
{
	if (r->who == RSVP_STRANGER && in->refuted && r->attendee
	    && same_domain(r->attendee, in->letter->address))
		for_person(r, out, RSVP_DID_CRASHED, "it comes from another address than the invited one, and our "
		           "server does not vouch for it");
	else if (r->who == RSVP_STRANGER)
		end(r, out, RSVP_DID_CRASHED, "whoever answers was not invited");
	else if (!is_answer(r) && strcmp(r->method, "REFRESH") != 0)
		end(r, out, RSVP_DID_RECORDED, "nothing that an organizer is told");
	else if (in->damaged)
		for_person(r, out, RSVP_DID_DOUBTFUL, "its calendar is damaged: what is left of it moves nothing");
	else if (nothing_waits(in, out))
		end(r, out, RSVP_DID_RECORDED, "nothing in the letter waits for an answer");
	else if (!is_answer(r))
		again(in, r, out, "the invitation is sent again, as it asks");
	else if (in->attendees > 1)
		for_person(r, out, RSVP_DID_DOUBTFUL, "several answer in it, and nobody knows which of them wrote");
	else if (is_late(in, r, out))
		return;
	else if (!strcmp(r->method, "REPLY"))
		reply(in, a, r, out);
	else
		counter(in, a, r, out);
}

const char *rsvp_attendance(const struct letter *l, const struct rsvp *before, size_t n)
{
	const struct rsvp_input in = { .letter = l, .before = before, .n_before = n };
	struct rsvp invitee = { .who = RSVP_INVITED };
	const struct rsvp *stands = latest(&in, &invitee);

	return stands && stands->sequence == l->sequence ? stands->partstat : NULL;
}

void rsvp_judge(const struct rsvp_input *in, struct arena *a, struct rsvp *r,
                struct rsvp_judged *out)
{
	*out = (struct rsvp_judged){ .to = { .day = DAY_NONE }, .act_by = first_act_by(in) };
	if (r->sequence < 0 || r->sequence > in->letter->sequence)
		r->sequence = r->sequence < 0 ? 0 : in->letter->sequence;
	if (r->stamp == INSTANT_NONE || r->stamp > r->at)
		r->stamp = r->at;
	r->who = who_is(in, r);
	settle(in, a, r, out);
	out->partstat = rsvp_attendance(in->letter, in->before, in->n_before);
}
