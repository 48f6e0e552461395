/* SPDX-License-Identifier: EUPL-1.2 */
/* In: what a person answered, whether it is trusted, and what they hear back. */
#include <string.h>

#include "base/text.h"
#include "src/app/inward.h"
#include "store/seats.h"

enum { REASON = 200 }; /* code points of a reason that are kept */

/* The reader may have been taken over by what it read: a reason of its must not be
 * able to write further lines into the record. */
static const char *one_line(struct arena *a, const char *why)
{
	return why ? text_cut(a, text_tidy(a, why), REASON) : NULL;
}

struct trust inward_judge(const struct pass *p, struct arena *a, const struct incoming *in)
{
	enum trust_profile profile = p->config->profile != AUTH_NONE ? TRUST_AUTHSERV : TRUST_NONE;
	struct trust_facts f = {
		.token_found = in->has_letter,
		.token_matches = in->has_letter && !in->several,
		.from = in->mail.from,
		.auth_domain = in->mail.auth_domain,
		.auth_why = one_line(a, in->mail.auth_why),
		.alarm = in->mail.auth_alarm,
		.indirect = one_line(a, in->mail.indirect),
		.asked = in->letter.opened,
		.written = in->mail.date == INSTANT_NONE ? DAY_NONE : zone_wall(in->mail.date).day,
	};

	/* What a body decided, only its secretary says. */
	if (in->letter.kind == LETTER_DECISION) {
		const struct body *body = registry_body(&p->registry, in->letter.body);
		const struct role *role = body ? plan_secretary(&p->registry, body, in->day) : NULL;

		return trust_judge(&p->registry, role ? role : registry_role(&p->registry, in->letter.role),
		                   in->day, profile, &f);
	}
	/* Whoever answers for one of its items today may write about the letter;
	 * which of them they may sign, apply_reply() asks for each. */
	for (size_t i = 0; i < in->reviews.n; i++) {
		const struct item *item = registry_item(&p->registry, in->reviews.at[i].item);
		const struct role *holder = item ? plan_answers(&p->registry, item, &in->reviews.at[i], in->day)
		                                 : NULL;
		struct trust t = trust_judge(&p->registry, holder, in->day, profile, &f);

		if (t.identified)
			return t;
	}
	return trust_judge(&p->registry, registry_role(&p->registry, in->letter.role), in->day, profile, &f);
}

int inward_input(struct pass *p, struct arena *a, const struct incoming *in, const struct reply *reply,
                 const struct trust *trust, struct apply_input *out, struct err *e)
{
	struct standings standings;
	struct inquiries inquiries;
	struct reviews beside;

	if (store_seats(p->store, a, &in->reviews, &beside, e) || store_signoffs(p->store, a, &in->reviews, &standings, e)
	    || store_letter_inquiries(p->store, a, in->letter.ref, &inquiries, e))
		return -1;
	*out = (struct apply_input){
		.registry = &p->registry,
		.letter = &in->letter,
		.reviews = in->reviews.at,
		.n_reviews = in->reviews.n,
		.beside = beside.at,
		.n_beside = beside.n,
		.standing = standings.at,
		.n_standing = standings.n,
		.inquiries = inquiries.at,
		.n_inquiries = inquiries.n,
		.reply = reply,
		.trust = trust,
		.from = in->mail.from,
		.told_by = in->told ? "coordinator" : NULL,
		.day = in->day,
		.at = p->now,
	};
	return 0;
}

int inward_acted(struct pass *p, struct arena *a, struct incoming *in, const struct apply_input *input,
                 const struct applied *done, struct change *c, struct err *e)
{
	if (inward_answer(p, a, in, input->reply, input->trust, done, c, e)
	    || inward_returned(p, a, in, done, c, e))
		return -1;
	p->report.signed_off += (int)c->n_signoffs;
	for (size_t i = 0; i < done->n; i++)
		p->report.decided += done->items[i].outcome == OUTCOME_APPROVED
		                     || done->items[i].outcome == OUTCOME_NOTED;
	return 0;
}

const char *inward_body_words(const struct pass *p, struct arena *a, const struct incoming *in)
{
	const struct body *b = registry_body(&p->registry, in->letter.body);

	return b ? arena_fmt(a, "%s %s %s", b->name, b->id, b->prefix ? b->prefix : "") : NULL;
}

int inward_reply(struct pass *p, struct arena *a, struct incoming *in, const char *sent,
                           struct err *e)
{
	struct trust trust = inward_judge(p, a, in);
	struct change c = { .at = p->now };
	struct reply reply;
	struct applied done;

	const struct reply_context ctx = {
		.received = in->day,
		.letter = in->letter.kind,
		.body = inward_body_words(p, a, in),
		.yes_approves = p->config->bare_yes && in->reviews.n == 1,
		.done_offered = reply_offers(sent, "KLART"),
		.sent = sent,
		.rows = in->reviews.n ? (int)in->reviews.n : reply_rows(sent),
		.from = in->mail.from,
	};
	reply_read(a, in->mail.doubtful ? "" : in->mail.fresh ? in->mail.fresh : "", &ctx, &reply);
	if (in->mail.doubtful) {
		reply.verdict = VERDICT_UNCLEAR;
		reply.reason = in->mail.doubt;
	} else if (in->mail.beside && reply.verdict == VERDICT_APPROVE) {
		reply.verdict = VERDICT_UNCLEAR;
		reply.reason = in->mail.beside;
	}
	if (in->letter.kind == LETTER_NOTICE || in->letter.kind == LETTER_COMMAND)
		return inward_for_person(p, a, in, VERDICT_NONE, "an answer to a letter that asks for none", e);
	const char *status, *reason;
	int again = inward_seen(p, a, in, reply.verdict, &status, &reason, e);
	if (again)
		return again < 0 ? -1 : inward_finish(p, in, &c, status, reply.verdict, reason, NULL, a, e);
	if (in->letter.kind == LETTER_COPY)
		return inward_opinion(p, a, in, &reply, &trust, e);
	if (in->letter.kind == LETTER_DEFICIENCY)
		return inward_case_reply(p, a, in, &reply, &trust, e);
	if (in->letter.kind == LETTER_HANDOVER)
		return inward_taken_over(p, a, in, reply.verdict, &trust, e);
	if (in->questions.n)
		return inward_fact(p, a, in, &reply, &trust, e);
	int table = inward_table(p, a, in, &trust, reply.verdict, e);
	if (table)
		return table < 0 ? -1 : 0;
	/* From somebody who is not trusted the file was not looked at: what it changes
	 * may be the opposite of what the words say. */
	if (inward_has_table(p, in) && !trust.identified) {
		reply.verdict = VERDICT_UNCLEAR;
		reply.reason = "a table came with it";
	}
	struct apply_input input;
	if (inward_input(p, a, in, &reply, &trust, &input, e))
		return -1;
	apply_reply(&input, a, &c, &done);
	if (done.tell_holder && inward_tell(p, a, in, &c, e))
		return -1;
	if (done.answer == ANSWER_CONFIRM) {
		int asked = inward_hold(p, a, in, &input, &done, &c, e);
		if (asked < 0)
			return -1;
		done.for_coordinator |= !asked;
	} else if (inward_acted(p, a, in, &input, &done, &c, e)) {
		return -1;
	}
	return inward_finish(p, in, &c, done.for_coordinator ? "coordinator" : done.status, reply.verdict,
	              done.reason, done.review, a, e);
}
