/* SPDX-License-Identifier: EUPL-1.2 */
/* In: what a person answered, whether it is trusted, and what they hear back. */
#include "base/log.h"
#include "src/app/inward.h"

enum {
	ANSWERS_A_DAY = 10, /* to one address, so that two machines cannot talk for ever */
	DAY = 86400,        /* seconds */
};

static struct trust judge(const struct pass *p, const struct incoming *in)
{
	enum trust_profile profile = p->config->authserv_id ? TRUST_AUTHSERV : TRUST_TOKEN;
	struct trust_facts f = {
		.token_found = in->has_letter,
		.token_matches = in->has_letter && !in->several,
		.from = in->mail.from,
		.auth_domain = in->mail.auth_domain,
	};

	/* Whoever answers for one of its items today may write about the letter;
	 * which of them they may sign, apply_reply() asks for each. */
	for (size_t i = 0; i < in->reviews.n; i++) {
		const struct item *item = registry_item(&p->registry, in->reviews.at[i].item);
		const struct role *holder = item ? plan_approver(&p->registry, item, in->day) : NULL;
		struct trust t = trust_judge(&p->registry, holder, in->day, profile, &f);

		if (t.trusted)
			return t;
	}
	return trust_judge(&p->registry, registry_role(&p->registry, in->letter.role), in->day, profile, &f);
}

static int answer(struct pass *p, struct arena *a, struct incoming *in, const struct reply *reply,
                  const struct trust *trust, const struct applied *done, struct change *c,
                  struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	int today;

	if (done->answer == ANSWER_NONE || !body)
		return 0;
	if (store_answers_since(p->store, in->mail.from, p->now - DAY, &today, e))
		return -1;
	if (today >= ANSWERS_A_DAY) {
		log_event(LOG_WARNING, "answer-withheld", "letter=%s answers_today=%d", in->letter.ref, today);
		return 0;
	}
	struct letter_words w = { .single = in->reviews.n == 1 };
	letter_common_words(p, a, &in->letter, body, trust->as, &w);
	answer_words(p, a, &in->reviews, in->row.received, reply, trust, done, &w);
	bool over = done->all_closed && in->letter.event_day != DAY_NONE && in->letter.event_day > p->today;
	if (over)
		in->letter.sequence++;
	struct letter_mail m = {
		.template_name = done->answer == ANSWER_RECEIPT ? "receipt" : "not-understood",
		.letter = &in->letter,
		.to_name = trust->as ? trust->as->title : NULL,
		.to = in->mail.from,
		.is_answer = true,
		.answers_id = in->mail.message_id,
		.calendar = over ? CALENDAR_CANCEL : CALENDAR_NO,
		.calendar_summary = arena_fmt(a, p->lang == VIEW_SV ? "Klart: %s, %s [%s]" : "Done: %s, %s [%s]",
		                              w.object, w.body, in->letter.ref),
	};
	const char *message_id;
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	if (over)
		in->letter.event_day = DAY_NONE;
	change_letter(c, a, &in->letter);
	return 0;
}

int inward_reply(struct pass *p, struct arena *a, struct incoming *in, const char *sent,
                           struct err *e)
{
	struct trust trust = judge(p, in);
	struct change c = { .at = p->now };
	struct reply reply;
	struct applied done;

	const struct reply_context ctx = {
		.received = in->day,
		.letter = in->letter.kind,
		.yes_approves = p->config->bare_yes && in->reviews.n == 1,
		.done_offered = reply_offers(sent, "KLART"),
		.from = in->mail.from,
	};
	reply_read(a, in->mail.doubtful ? "" : in->mail.fresh ? in->mail.fresh : "", &ctx, &reply);
	if (in->mail.doubtful) {
		reply.verdict = VERDICT_UNCLEAR;
		reply.reason = in->mail.doubt;
	}
	if (in->letter.kind == LETTER_NOTICE)
		return inward_for_person(p, a, in, VERDICT_NONE, "an answer to a letter that asks for none", e);
	if (in->questions.n)
		return inward_for_person(p, a, in, reply.verdict, "an answer to a question about a missing fact", e);
	struct apply_input input = {
		.registry = &p->registry,
		.letter = &in->letter,
		.reviews = in->reviews.at,
		.n_reviews = in->reviews.n,
		.reply = &reply,
		.trust = &trust,
		.from = in->mail.from,
		.day = in->day,
		.at = p->now,
	};
	apply_reply(&input, a, &c, &done);
	if (answer(p, a, in, &reply, &trust, &done, &c, e))
		return -1;
	p->report.signed_off += (int)c.n_signoffs;
	return inward_finish(p, in, &c, done.for_coordinator ? "coordinator" : done.status, reply.verdict,
	              done.reason, done.review, a, e);
}
