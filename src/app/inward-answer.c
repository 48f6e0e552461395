/* SPDX-License-Identifier: EUPL-1.2 */
/* In: what the sender of a reply hears back, and how often. */
#include <string.h>

#include "base/log.h"
#include "core/limits.h"
#include "src/app/booking.h"
#include "src/app/inward.h"

static bool a_machines(enum mail_class cls)
{
	return cls != MAIL_REPLY && cls != MAIL_CALENDAR_REPLY;
}

int inward_may_answer(struct pass *p, struct arena *a, struct incoming *in, const char *to,
                      bool question, struct err *e)
{
	const char *ref = in->has_letter ? in->letter.ref : NULL;
	struct answer_keys keys = {
		.message_id = in->mail.message_id, .letter = ref, .sender = to,
		.since = p->now - LIMIT_PERIOD,
	};
	struct answer_counts counts;
	int told;

	if (!to || a_machines(in->mail.cls))
		return 0;
	if (store_answer_counts(p->store, &keys, &counts, e))
		return -1;
	enum limit l = limits_answer(&p->registry.settings, &counts, question);
	if (l == LIMIT_NONE)
		return 1;
	in->withheld = limit_key(a, l, in->mail.message_id, ref, to);
	if (store_withheld_since(p->store, in->withheld, p->now - LIMIT_PERIOD, &told, e))
		return -1;
	in->why_withheld = limit_reason(l);
	in->tell_withheld = !told && l != LIMIT_MESSAGE;
	log_event(LOG_WARNING, "answer-withheld", "inbox=%lld letter=%s reason=\"%s\"",
	          (long long)in->row.id, ref ? ref : "", in->why_withheld);
	return 0;
}

/* The event is its person's: whoever answers in their place hears nothing of it. */
static bool is_its_person(const struct pass *p, const struct incoming *in)
{
	const struct role *role = registry_role(&p->registry, in->letter.role);

	return trust_same_address(in->mail.from, in->letter.address)
	       || (role && booking_reaches(p, &in->letter) && trust_role_writes(role, in->mail.from));
}

int inward_say(struct pass *p, struct arena *a, struct incoming *in, const char *template_name,
               const struct reply *reply, const struct trust *trust, const struct applied *done,
               struct change *c, struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	/* What only tells how it stands does not count as asked back. */
	bool question = !strcmp(template_name, "not-understood");

	if (done->answer == ANSWER_NONE || !body)
		return 0;
	int may = in->told ? 1 : inward_may_answer(p, a, in, in->mail.from, question, e);
	if (may <= 0)
		return may;
	struct letter_words w = { .single = in->reviews.n == 1, .told = in->told };
	letter_common_words(p, a, &in->letter, body, trust->as, &w);
	answer_words(p, a, &in->letter, &in->reviews, in->row.received, reply, trust, done, &w);
	w.points = in->done;
	w.object = in->done_to ? in->done_to : w.object;
	struct letter_mail m = {
		.template_name = template_name,
		.letter = &in->letter,
		.to_name = trust->as ? trust->as->title : NULL,
		.to = in->mail.from,
		.is_answer = true,
		.answers_id = in->mail.message_id,
	};
	struct booked booked = { .what = BOOKING_STAYS };
	const char *message_id;
	if ((is_its_person(p, in) && booking_make(p, a, &in->letter, &in->reviews, c, &m, &booked, e))
	    || letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	booking_done(a, &in->letter, &booked, message_id, c);
	return 0;
}

int inward_answer(struct pass *p, struct arena *a, struct incoming *in, const struct reply *reply,
                  const struct trust *trust, const struct applied *done, struct change *c,
                  struct err *e)
{
	const char *template_name = done->answer == ANSWER_QUESTION ? "not-understood"
	                            : in->done_to                   ? "inventory-done" : "receipt";

	if (inward_say(p, a, in, template_name, reply, trust, done, c, e)
	    || inward_tell_joint(p, a, in, trust, done, c, e))
		return -1;
	/* Whoever reports a body's decision answers in nobody's place. */
	return in->letter.kind == LETTER_DECISION ? 0
	       : inward_tell_others(p, a, in, trust, done, is_its_person(p, in), c, e);
}
