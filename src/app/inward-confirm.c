/* SPDX-License-Identifier: EUPL-1.2 */
/* In: the confirmation round trip, and telling that an answer does not count. */
#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "core/address.h"
#include "src/app/inward.h"

enum {
	ASK_AT_MOST = 3, /* times, the same question */
	DAY = 86400,     /* seconds */
};

/* ---- asking ---- */

/* Writes the question; its token is the confirmation's. */
static int ask(struct pass *p, struct arena *a, struct incoming *in, const struct confirmation *x,
               const struct role *role, const struct reply *reply, const struct trust *trust,
               const struct applied *done, struct change *c, struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	struct letter_words w = { .single = in->reviews.n == 1 };
	char token[TOKEN_TEXT];
	const char *message_id;

	letter_confirm_token(p, &in->letter, x->mail, token);
	letter_common_words(p, a, &in->letter, body, role, &w);
	answer_words(p, a, &in->letter, &in->reviews, x->asked, reply, trust, done, &w);
	w.problem = x->mails > 1 ? w.problem : NULL;
	letter_confirm_links(p, a, &in->letter, token, &w);
	w.expires_long = letter_day_long(p, a, zone_wall(x->expires).day);
	w.sender = address_ok(x->from) ? x->from : NULL;
	struct letter_mail m = {
		.template_name = "confirm",
		.letter = &in->letter,
		.token = token,
		.nth = x->mails,
		.to_name = role->title,
		.to = x->address,
		.is_answer = true,
	};
	return letter_write(p, a, &m, &w, c, &message_id, e);
}

struct confirmation inward_question(const struct pass *p, struct arena *a, const struct incoming *in,
                                    const struct trust *t, const struct role *role,
                                    const char *answers)
{
	char token[TOKEN_TEXT];

	letter_confirm_token(p, &in->letter, in->row.id, token);
	struct confirmation x = {
		.token_hash = letter_token_hash(a, token),
		.role = role->id,
		.address = role->address,
		.mail = in->row.id,
		.from = in->mail.from,
		.token = fact_name(t->token),
		.sender = fact_name(t->sender),
		.domain = fact_name(t->domain),
		.direct = t->direct ? "yes" : "no",
		.answers = answers,
		.asked = p->now,
		.expires = p->now + (instant)p->registry.settings.confirm_days * DAY,
		.mails = 1,
		.state = CONFIRM_ASKED,
		.ended = INSTANT_NONE,
	};
	memcpy(x.letter, in->letter.ref, sizeof(x.letter));
	return x;
}

int inward_hold(struct pass *p, struct arena *a, struct incoming *in,
                const struct apply_input *input, const struct applied *done, struct change *c,
                struct err *e)
{
	const struct trust *t = input->trust;

	if (!t->as->address || !registry_body(&p->registry, in->letter.body))
		return 0;
	int may = inward_may_answer(p, a, in, t->as->address, false, e);
	if (may <= 0)
		return may;
	const char *answers = confirm_write(a, apply_held(input, done, a), done->n);
	struct confirmation x = inward_question(p, a, in, t, t->as, answers);
	change_confirmation(c, a, &x);
	change_record(c, a, "confirmation-asked", in->letter.ref,
	              arena_fmt(a, "mail=inbox-%" PRId64 "\nrole=%s\ntoken=%s\nsender=%s\ndomain=%s\n"
	                        "direct=%s\ntoken_why=%s\nsender_why=%s\ndomain_why=%s\ndirect_why=%s\n",
	                        x.mail, x.role, x.token, x.sender, x.domain, x.direct, t->why_token,
	                        t->why_sender, t->why_domain, t->why_direct ? t->why_direct : ""));
	return ask(p, a, in, &x, t->as, input->reply, t, done, c, e) ? -1 : 1;
}

/* ---- telling ---- */

/* Whether a mail of the kind has gone out about the letter: 1, 0, -1 error. */
static int sent_before(struct pass *p, struct arena *a, const struct letter *l, const char *kind,
                       struct err *e)
{
	struct outbox_row *rows;
	size_t n;

	if (store_letter_mails(p->store, a, l->ref, &rows, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (!strcmp(rows[i].kind, kind))
			return 1;
	return 0;
}

int inward_tell(struct pass *p, struct arena *a, struct incoming *in, struct change *c,
                struct err *e)
{
	const struct role *role = registry_role(&p->registry, in->letter.role);
	const struct body *body = registry_body(&p->registry, in->letter.body);
	struct reply nothing = { .verdict = VERDICT_NONE };
	struct applied done = { .answer = ANSWER_QUESTION };
	struct trust t = { .as = role };
	struct letter_words w = { .single = in->reviews.n == 1 };
	const char *message_id;

	/* Nobody outside the validity of a role is ever written to. */
	if (!role || !body || !role->address || !role_valid(role, p->today))
		return 0;
	int told = sent_before(p, a, &in->letter, "not-counted", e);
	if (told)
		return told < 0 ? -1 : 0;
	int may = inward_may_answer(p, a, in, role->address, false, e);
	if (may <= 0)
		return may;
	letter_common_words(p, a, &in->letter, body, role, &w);
	answer_words(p, a, &in->letter, &in->reviews, in->row.received, &nothing, &t, &done, &w);
	w.problem = NULL;
	w.sender = in->mail.from && address_ok(in->mail.from) ? in->mail.from : NULL;
	struct letter_mail m = {
		.template_name = "not-counted",
		.letter = &in->letter,
		.to_name = role->title,
		.to = role->address,
		.is_answer = true,
	};
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	change_letter(c, a, &in->letter);
	return 0;
}

/* ---- the answer to it ---- */

static void note_end(struct change *c, struct arena *a, const struct incoming *in,
                     const struct confirmation *x, const struct trust *t)
{
	change_confirmation(c, a, x);
	change_record(c, a, arena_fmt(a, "confirmation-%s", confirm_state_name(x->state)), in->letter.ref,
	              arena_fmt(a, "mail=inbox-%" PRId64 "\nby=inbox-%" PRId64 "\nrole=%s\nsender=%s\n"
	                        "domain=%s\ndirect=%s\nsender_why=%s\ndomain_why=%s\n", x->mail,
	                        in->row.id, x->role, fact_name(t->sender), fact_name(t->domain),
	                        t->direct ? "yes" : "no", t->why_sender, t->why_domain));
}

const struct confirmation *inward_end_confirmation(struct pass *p, struct arena *a,
                                                   const struct incoming *in, const struct trust *t,
                                                   enum confirm_state state, struct change *c)
{
	struct confirmation *x = arena_alloc(a, sizeof(*x));

	*x = in->confirmation;
	x->state = state;
	x->ended = p->now;
	x->ended_by = in->row.id;
	x->end_domain = fact_name(t->domain);
	note_end(c, a, in, x, t);
	return x;
}

/* Nothing happens to the reviews, and the sender hears why. */
static int say(struct pass *p, struct arena *a, struct incoming *in, const struct trust *trust,
               enum verdict said, enum apply_note note, const char *reason, bool for_person,
               struct change *c, struct err *e)
{
	struct reply nothing = { .verdict = VERDICT_NONE };
	struct applied done = { .answer = ANSWER_QUESTION, .note = note };

	if (inward_say(p, a, in, "not-recorded", &nothing, trust, &done, c, e))
		return -1;
	return inward_finish(p, in, c, for_person ? "coordinator" : "answered", said, reason, NULL, a, e);
}

int inward_apply_held(struct pass *p, struct arena *a, const struct incoming *in,
                      const struct trust *trust, const struct confirmation *x,
                      struct apply_input *input, struct change *c, struct applied *done,
                      struct err *e)
{
	struct reply *reply = arena_alloc(a, sizeof(*reply)); /* the input keeps it */
	size_t n;
	struct held *held = confirm_read(a, x->answers, &n);

	reply->reason = "an answer that its sender confirmed";
	reply->answers = arena_alloc(a, (n + 1) * sizeof(*reply->answers));
	for (size_t i = 0; i < n; i++)
		reply->answers[reply->n_answers++] = held[i].answer;
	reply->verdict = n ? held[0].answer.verdict : VERDICT_UNCLEAR;
	for (size_t i = 1; i < n; i++)
		if (held[i].answer.verdict != VERDICT_APPROVE)
			reply->verdict = held[i].answer.verdict;
	if (inward_input(p, a, in, reply, trust, input, e))
		return -1;
	input->confirmed = x;
	input->held = held;
	input->n_held = n;
	apply_reply(input, a, c, done);
	return 0;
}

/* The answer that was held, now that it is known to be the sender's. */
static int apply_it(struct pass *p, struct arena *a, struct incoming *in, const struct trust *trust,
                    enum verdict said, struct err *e)
{
	struct change c = { .at = p->now };
	struct apply_input input;
	struct applied done;

	if (!trust->identified) /* the role that was asked answers for none of it today */
		return say(p, a, in, trust, said, NOTE_NOT_YOURS, trust_reason(trust), true, &c, e);
	if (in->confirmation.table_mail)
		return inward_table_answer(p, a, in, trust, true, said, e);
	const struct confirmation *x = inward_end_confirmation(p, a, in, trust, CONFIRM_CONFIRMED, &c);
	if (inward_apply_held(p, a, in, trust, x, &input, &c, &done, e)
	    || inward_acted(p, a, in, &input, &done, &c, e))
		return -1;
	return inward_finish(p, in, &c, done.for_coordinator ? "coordinator" : done.status, said,
	                     done.reason, done.review, a, e);
}

static int ask_again(struct pass *p, struct arena *a, struct incoming *in, const struct trust *trust,
                     const struct reply *reply, struct err *e)
{
	struct change c = { .at = p->now };
	struct confirmation x = in->confirmation;
	const struct role *role = registry_role(&p->registry, x.role);
	struct applied done = { .answer = ANSWER_CONFIRM, .note = NOTE_CONFIRM_UNCLEAR };
	size_t n, cap = 0;
	struct held *held = confirm_read(a, x.answers, &n);

	if (x.mails >= ASK_AT_MOST || !role)
		return inward_for_person(p, a, in, reply->verdict, "it says neither yes nor no, again", e);
	if (x.table_mail)
		return inward_table_answer(p, a, in, trust, false, reply->verdict, e);
	int may = inward_may_answer(p, a, in, x.address, false, e);
	if (may < 0)
		return -1;
	if (!may)
		return inward_for_person(p, a, in, reply->verdict, "it says neither yes nor no", e);
	for (size_t i = 0; i < in->reviews.n; i++)
		for (size_t k = 0; k < n; k++) {
			if (held[k].answer.n != in->reviews.at[i].n)
				continue;
			done.items = arena_grow(a, done.items, done.n, &cap, sizeof(*done.items));
			done.items[done.n++] = (struct applied_item){
				.item = registry_item(&p->registry, in->reviews.at[i].item),
				.n = held[k].answer.n, .verdict = held[k].answer.verdict,
				.text = held[k].answer.text, .until = held[k].answer.until,
				.outcome = held[k].answer.outcome, .paragraph = held[k].answer.paragraph,
				.decided = held[k].answer.date, .adjusted = held[k].answer.adjusted,
				.option = held[k].answer.option, .registry_no = held[k].answer.registry_no,
				.again = DAY_NONE, .next_due = DAY_NONE,
			};
		}
	x.mails++;
	change_confirmation(&c, a, &x);
	if (ask(p, a, in, &x, role, reply, trust, &done, &c, e))
		return -1;
	return inward_finish(p, in, &c, "answered", reply->verdict, "it says neither yes nor no", NULL, a,
	                     e);
}

int inward_confirm(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	if (in->letter.kind == LETTER_COMMAND)
		return inward_command_confirm(p, a, in, e);
	const struct reply_context ctx = {
		.received = in->day, .letter = LETTER_CONFIRM, .from = in->mail.from,
	};
	const struct role *role = registry_role(&p->registry, in->confirmation.role);
	struct change c = { .at = p->now };
	struct trust trust = inward_judge(p, a, in);
	struct reply reply;
	bool same = role && role_valid(role, in->day) && trust_role_writes(role, in->mail.from)
	            && trust.token == FACT_YES;

	reply_read(a, in->mail.doubtful ? "" : in->mail.fresh ? in->mail.fresh : "", &ctx, &reply);
	const char *status, *reason;
	int again = inward_seen(p, a, in, reply.verdict, &status, &reason, e);
	if (again)
		return again < 0 ? -1 : inward_finish(p, in, &c, status, reply.verdict, reason, NULL, a, e);
	switch (confirm_next(&in->confirmation, same, in->row.received, &reply)) {
	case CONFIRM_APPLY:
		return apply_it(p, a, in, &trust, reply.verdict, e);
	case CONFIRM_DROP:
		inward_end_confirmation(p, a, in, &trust, CONFIRM_DROPPED, &c);
		if (in->confirmation.table_mail)
			return say(p, a, in, &trust, reply.verdict, NOTE_TABLE_DROPPED,
			           "the changes that were to be confirmed are not wanted", false, &c, e);
		return say(p, a, in, &trust, reply.verdict, NOTE_CONFIRM_DROPPED,
		           "the answer that was to be confirmed is not the role's", true, &c, e);
	case CONFIRM_AGAIN:
		return ask_again(p, a, in, &trust, &reply, e);
	case CONFIRM_USED:
		return say(p, a, in, &trust, reply.verdict, NOTE_CONFIRM_USED,
		           "the confirmation was answered before", false, &c, e);
	case CONFIRM_EXPIRED:
		return say(p, a, in, &trust, reply.verdict, NOTE_CONFIRM_EXPIRED,
		           "the confirmation's time has passed", false, &c, e);
	case CONFIRM_STRANGER:
	case CONFIRM_STEP_COUNT:
		break;
	}
	if (inward_tell(p, a, in, &c, e))
		return -1;
	return inward_finish(p, in, &c, "coordinator", reply.verdict,
	                     "a confirmation does not come from the address that was asked", NULL, a, e);
}
