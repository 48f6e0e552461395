/* SPDX-License-Identifier: EUPL-1.2 */
/* In: what a calendar answered to a letter's event. */
#include <string.h>
#include <strings.h>

#include "core/rsvp.h"
#include "src/app/inward.h"

enum {
	MEMORY = 500, /* earlier answers to a letter that are looked at */
};

/* The UID names the letter as surely as a token does: both are made with the
 * installation's secret. An Exchange answer has nothing else. */
static int find_letter(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	struct letter letter;

	if (!in->calendar.uid[0])
		return 0;
	int found = store_letter_by_uid(p->store, a, in->calendar.uid, &letter, e);
	if (found <= 0)
		return found;
	if (in->has_letter && !strcmp(in->letter.ref, letter.ref))
		return 0; /* its token named it, and its reviews are known */
	in->several |= in->has_letter;
	in->letter = letter;
	in->has_letter = true;
	return store_letter_reviews(p->store, a, letter.ref, &in->reviews, e);
}

static const char *said(struct arena *a, const char *text)
{
	return *text ? arena_dup(a, text) : NULL;
}

static void read_rsvp(struct arena *a, const struct incoming *in, struct rsvp *out)
{
	const struct calendar_reply *c = &in->calendar;
	bool counter = !strcmp(c->method, "COUNTER");

	*out = (struct rsvp){
		.mail = in->row.id,
		.letter = in->letter.ref,
		.attendee = *c->attendee ? said(a, c->attendee) : in->mail.from,
		.method = arena_dup(a, c->method),
		.partstat = said(a, c->partstat),
		.sent_by = said(a, c->sent_by),
		.delegated_to = said(a, c->delegated_to),
		.comment = said(a, c->comment),
		.sequence = c->sequence,
		.stamp = c->stamp,
		.start = counter ? c->start : INSTANT_NONE,
		.end = counter ? c->end : INSTANT_NONE,
		.at = in->row.received,
	};
}

/* Programs write a sentence of their own beside the calendar ("Anna has accepted
 * this invitation"). Only one that would be an answer by itself counts as the
 * person's; what somebody adds in the calendar is in its COMMENT. */
static bool has_words(struct arena *a, const struct incoming *in)
{
	const struct reply_context ctx = {
		.received = in->day, .letter = LETTER_REVIEW, .yes_approves = true, .from = in->mail.from,
	};
	struct reply reply;

	if (!in->mail.fresh)
		return false;
	reply_read(a, in->mail.fresh, &ctx, &reply);
	return reply.n_answers > 0;
}

static bool refuted(const struct pass *p, const struct incoming *in)
{
	const char *at = in->mail.from ? strrchr(in->mail.from, '@') : NULL;

	return p->config->profile != AUTH_NONE
	       && (!at || !in->mail.auth_domain || strcasecmp(at + 1, in->mail.auth_domain) != 0);
}

/* ---- what the letter's person hears ---- */

static const char *why_it_stays(const struct pass *p, struct arena *a, const struct rsvp_judged *j)
{
	struct workcal cal = registry_workcal(&p->registry);
	bool sv = p->lang == VIEW_SV;

	switch (j->stays) {
	case STAYS_NOT:
	case STAYS_SAME:
		break;
	case STAYS_UNCLEAR:
		return sv ? "Vi kunde inte läsa vilken dag och tid du menar."
		          : "We could not read which day and time you mean.";
	case STAYS_PAST:
		return sv ? "Den tiden har redan varit." : "That time has already passed.";
	case STAYS_LATE:
		return arena_fmt(a, sv ? "Den dagen är efter %s, då granskningen ska vara klar."
		                       : "That day is after %s, when the review is to be ready.",
		                 letter_day_long(p, a, j->act_by));
	case STAYS_DAY_OFF:
		return sv ? arena_fmt(a, "Den dagen är ingen arbetsdag (%s).", workday_name(&cal, j->to.day))
		          : "That day is no working day.";
	case STAYS_RECESS:
		return sv ? "Den dagen ligger i ett uppehåll." : "That day is in a recess.";
	}
	return NULL;
}

static const char *clock_words(struct arena *a, struct event_time t)
{
	int end = t.start + t.minutes;

	return arena_fmt(a, "%02d.%02d–%02d.%02d", t.start / 60, t.start % 60, end / 60 % 24, end % 60);
}

static bool a_name_is_protected(const struct pass *p, const struct reviews *reviews)
{
	for (size_t i = 0; i < reviews->n; i++) {
		const struct item *item = registry_item(&p->registry, reviews->at[i].item);

		if (!item || item->name_protected)
			return true;
	}
	return false;
}

static void words_for(struct pass *p, struct arena *a, const struct incoming *in, const struct rsvp *r,
                      const struct rsvp_judged *j, const struct body *body, const struct role *role,
                      struct letter_words *w)
{
	const struct item *only = in->reviews.n == 1 ? registry_item(&p->registry, in->reviews.at[0].item)
	                                             : NULL;

	letter_common_words(p, a, &in->letter, body, role, w);
	w->single = in->reviews.n == 1;
	w->object = answer_object(p, a, &in->reviews);
	w->registry_no = only ? only->registry_no : NULL;
	w->deadline_long = letter_day_long(p, a, j->act_by);
	w->deadline_short = letter_day_short(p, a, j->act_by);
	w->event_short = letter_day_short(p, a, in->letter.event_day);
	w->event_long = letter_day_long(p, a, in->letter.event_day);
	w->event_time = clock_words(a, event_time_of(&in->letter));
	if (r->start != INSTANT_NONE)
		w->proposed_long = letter_day_long(p, a, zone_wall(r->start).day);
	w->problem = why_it_stays(p, a, j);
	if (r->comment && !a_name_is_protected(p, &in->reviews))
		w->quote = r->comment;
	answer_open_rows(p, a, &in->reviews, w);
}

static const char *template_of(enum rsvp_outcome did)
{
	switch (did) {
	case RSVP_DID_MOVED:
		return "event-moved";
	case RSVP_DID_STAYS:
		return "event-stays";
	case RSVP_DID_DECLINED:
		return "declined";
	case RSVP_DID_AGAIN:
		return "event-again";
	case RSVP_DID_NO_SIGNOFF:
		return "no-sign-off";
	case RSVP_DID_RECORDED:
	case RSVP_DID_OLD:
	case RSVP_DID_DOUBTFUL:
	case RSVP_DID_CRASHED:
	case RSVP_DID_DELEGATED:
	case RSVP_OUTCOME_COUNT:
		break;
	}
	return NULL;
}

/* A decline is left as it is; whoever proposed a time may have declined the old one
 * in the same breath, so it is asked for anew. */
static enum letter_calendar calendar_of(const struct pass *p, const struct letter *l,
                                        enum rsvp_outcome did)
{
	if (did != RSVP_DID_MOVED && did != RSVP_DID_STAYS && did != RSVP_DID_AGAIN)
		return CALENDAR_NO;
	return l->event_day >= p->today ? CALENDAR_REQUEST : CALENDAR_NO;
}

/* Nobody is written to who no longer holds the role. */
static bool holds_still(const struct pass *p, const struct role *role, const struct letter *l)
{
	return role && role_valid(role, p->today) && trust_same_address(role->address, l->address);
}

static void move(struct incoming *in, const struct rsvp_judged *j)
{
	in->letter.event_day = j->to.day;
	in->letter.event_start = j->to.start;
	in->letter.event_minutes = j->to.minutes;
	in->letter.sequence++;
}

static void record_move(struct arena *a, const struct incoming *in, const char *message_id,
                        struct change *c)
{
	char day[DATE_TEXT];

	change_record(c, a, "event-moved", in->letter.ref,
	              arena_fmt(a, "day=%s\nstart=%d\nminutes=%d\nsequence=%d\nmessage_id=%s\n",
	                        date_text(in->letter.event_day, day), in->letter.event_start,
	                        in->letter.event_minutes, in->letter.sequence, message_id));
}

static int write_back(struct pass *p, struct arena *a, struct incoming *in, const struct role *role,
                      const struct rsvp *r, const struct rsvp_judged *j, struct change *c,
                      struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	struct letter_words w = { .single = false };
	const char *message_id;

	if (!body)
		return err_set(e, ERR_FOUND, "body %s of letter %s is not in the register", in->letter.body,
		               in->letter.ref);
	if (r->outcome == RSVP_DID_MOVED)
		move(in, j);
	words_for(p, a, in, r, j, body, role, &w);
	struct letter_mail m = {
		.template_name = template_of(r->outcome),
		.letter = &in->letter,
		.to_name = role->title,
		.to = in->letter.address,
		.is_answer = true,
		.answers_id = in->mail.message_id,
		.calendar = calendar_of(p, &in->letter, r->outcome),
		.calendar_summary = arena_fmt(a, p->lang == VIEW_SV ? "Granska: %s, %s [%s]" : "Review: %s, %s [%s]",
		                              w.object, w.body, in->letter.ref),
		.partstat = r->outcome == RSVP_DID_AGAIN ? j->partstat : NULL,
	};
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	change_letter(c, a, &in->letter);
	if (r->outcome == RSVP_DID_MOVED)
		record_move(a, in, message_id, c);
	return 0;
}

/* ---- the whole ---- */

static void record(struct arena *a, const struct rsvp *r, struct change *c)
{
	change_record(c, a, "rsvp", r->letter,
	              arena_fmt(a, "mail=inbox-%lld\nwho=%s\nmethod=%s\npartstat=%s\nsequence=%d\noutcome=%s\n",
	                        (long long)r->mail, rsvp_who_name(r->who), r->method,
	                        r->partstat ? r->partstat : "", r->sequence, rsvp_outcome_name(r->outcome)));
	c->rsvp = r;
}

static int judge(struct pass *p, struct arena *a, struct incoming *in, struct rsvp *r,
                 struct rsvp_judged *j, struct err *e)
{
	struct rsvps before;

	if (store_letter_rsvps(p->store, a, in->letter.ref, MEMORY, &before, e))
		return -1;
	read_rsvp(a, in, r);
	struct rsvp_input input = {
		.registry = &p->registry,
		.letter = &in->letter,
		.reviews = in->reviews.at,
		.n_reviews = in->reviews.n,
		.before = before.at,
		.n_before = before.n,
		.from = in->mail.from,
		.refuted = refuted(p, in),
		.damaged = in->calendar.rescued,
		.all_day = in->calendar.all_day,
		.unknown_zone = in->calendar.unknown_zone,
		.attendees = in->calendar.attendees,
		.words = has_words(a, in),
	};
	rsvp_judge(&input, a, r, j);
	return 0;
}

static int act(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	const struct role *role = registry_role(&p->registry, in->letter.role);
	struct change c = { .at = p->now };
	struct rsvp_judged j;
	struct rsvp r;
	int may = 0;

	if (judge(p, a, in, &r, &j, e))
		return -1;
	if (template_of(r.outcome) && !holds_still(p, role, &in->letter)) {
		j.for_coordinator = true;
		j.reason = arena_fmt(a, "%s; but the letter's role has another holder or address now", j.reason);
	} else if (template_of(r.outcome)) {
		may = inward_may_answer(p, a, in, in->letter.address, false, e);
		if (may < 0 || (may && write_back(p, a, in, role, &r, &j, &c, e)))
			return -1;
	}
	if (template_of(r.outcome) && !may)
		r.outcome = RSVP_DID_DOUBTFUL; /* an event that moved without a word would be lost */
	record(a, &r, &c);
	return inward_finish(p, in, &c, j.for_coordinator ? "coordinator" : may ? "answered" : "kept",
	                     VERDICT_NONE, j.reason, NULL, a, e);
}

int inward_rsvp(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	struct change c = { .at = p->now };

	if (find_letter(p, a, in, e))
		return -1;
	if (in->several)
		return inward_for_person(p, a, in, VERDICT_NONE, "its calendar and its address name two letters", e);
	if (!in->has_letter)
		return inward_finish(p, in, &c, "kept", VERDICT_NONE, "a calendar answer to no event of ours", NULL,
		                     a, e);
	if (inward_load_letter(p, &in->letter, e))
		return -1;
	return act(p, a, in, e);
}
