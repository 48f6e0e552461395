/* SPDX-License-Identifier: EUPL-1.2 */
/* In: what the sender of a reply hears back, and how often. */
#include <string.h>

#include "base/log.h"
#include "core/limits.h"
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

/* The day that the letter's event is on while these are open: that of the first. */
static dayno first_open(const struct incoming *in, const struct change *c)
{
	dayno day = DAY_NONE;

	for (size_t i = 0; i < in->reviews.n; i++) {
		const struct review *r = &in->reviews.at[i];

		for (size_t k = 0; k < c->n_reviews; k++)
			if (!strcmp(c->reviews[k].id, r->id))
				r = &c->reviews[k];
		if (r->state == REVIEW_OPEN && (day == DAY_NONE || r->act_by < day))
			day = r->act_by;
	}
	return day;
}

/*
 * The event goes when nothing is left to do, and comes back when an answer was
 * taken back while its day is still ahead; with the next SEQUENCE, so that a
 * calendar takes it (RFC 5546 §2.1.4). One that never was is not made here.
 */
static enum letter_calendar book(const struct pass *p, struct incoming *in,
                                 const struct applied *done, const struct change *c)
{
	struct workcal cal = registry_workcal(&p->registry);
	struct letter *l = &in->letter;

	if (done->all_closed && l->event_day != DAY_NONE && l->event_day > p->today) {
		l->sequence++;
		return CALENDAR_CANCEL;
	}
	if (!done->undone || l->event_day != DAY_NONE || !l->sequence)
		return CALENDAR_NO;
	dayno day = first_open(in, c);
	day = day == DAY_NONE ? day : workday_on_or_before(&cal, day);
	if (day <= p->today)
		return CALENDAR_NO;
	l->event_day = day;
	l->sequence++;
	return CALENDAR_REQUEST;
}

static const char *event_summary(const struct pass *p, struct arena *a, enum letter_calendar what,
                                 const struct letter_words *w, const struct letter *l)
{
	bool sv = p->lang == VIEW_SV;
	const char *word = what == CALENDAR_CANCEL ? (sv ? "Klart" : "Done") : (sv ? "Granska" : "Review");

	return arena_fmt(a, "%s: %s, %s [%s]", word, w->object, w->body, l->ref);
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
	int may = inward_may_answer(p, a, in, in->mail.from, question, e);
	if (may <= 0)
		return may;
	struct letter_words w = { .single = in->reviews.n == 1 };
	letter_common_words(p, a, &in->letter, body, trust->as, &w);
	answer_words(p, a, &in->letter, &in->reviews, in->row.received, reply, trust, done, &w);
	w.points = in->done;
	w.object = in->done_to ? in->done_to : w.object;
	enum letter_calendar calendar = book(p, in, done, c);
	struct letter_mail m = {
		.template_name = template_name,
		.letter = &in->letter,
		.to_name = trust->as ? trust->as->title : NULL,
		.to = in->mail.from,
		.is_answer = true,
		.answers_id = in->mail.message_id,
		.calendar = calendar,
		.calendar_summary = event_summary(p, a, calendar, &w, &in->letter),
	};
	const char *message_id;
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	if (calendar == CALENDAR_CANCEL) {
		in->letter.event_day = DAY_NONE;
		in->letter.event_minutes = 0;
	}
	change_letter(c, a, &in->letter);
	return 0;
}

int inward_answer(struct pass *p, struct arena *a, struct incoming *in, const struct reply *reply,
                  const struct trust *trust, const struct applied *done, struct change *c,
                  struct err *e)
{
	return inward_say(p, a, in, done->answer == ANSWER_QUESTION ? "not-understood" : "receipt", reply,
	                  trust, done, c, e);
}
