/* SPDX-License-Identifier: EUPL-1.2 */
/* In: an answer to what several approve is told to those of them whom it concerns. */
#include <string.h>

#include "src/app/answer.h"
#include "src/app/booking.h"
#include "src/app/inward.h"
#include "store/seats.h"

/* One approver's part, as it was and as it is. */
struct part {
	const struct review *before;
	struct review after;
};

static bool concluded(enum review_state s)
{
	return s == REVIEW_CLOSED || s == REVIEW_AWAITING;
}

/* Nobody is told of what changes nothing for him: another's approval is none of that. */
static bool concerns(const struct part *x)
{
	enum review_state was = x->before->state, is = x->after.state;

	if (was != is && (was == REVIEW_CHANGES || is == REVIEW_CHANGES))
		return true;
	return x->before->said == VERDICT_NONE
	       && (concluded(was) != concluded(is) || x->before->act_by != x->after.act_by);
}

/* The sender's own seat, or one in which the sender stood in: told of elsewhere. */
static bool answered_here(const struct incoming *in, const struct review *part)
{
	for (size_t i = 0; i < in->reviews.n; i++)
		if (in->reviews.at[i].seat && !strcmp(in->reviews.at[i].id, part->id)
		    && !strcmp(in->reviews.at[i].seat, part->seat))
			return true;
	return false;
}

static const struct applied_item *done_about(const struct incoming *in, const struct applied *done,
                                             const char *review)
{
	for (size_t i = 0; i < in->reviews.n; i++)
		for (size_t k = 0; k < done->n && !strcmp(in->reviews.at[i].id, review); k++)
			if (done->items[k].n == in->reviews.at[i].n && done->items[k].verdict != VERDICT_NONE)
				return &done->items[k];
	return NULL;
}

static const char *what_happened(const struct pass *p, struct arena *a, const struct part *x,
                                 const struct applied_item *done)
{
	bool sv = p->lang == VIEW_SV;

	if (x->after.state == REVIEW_CHANGES)
		return done->verdict == VERDICT_DECISION ? answer_decision_word(p, a, done)
		       : done->verdict == VERDICT_REJECT ? (sv ? "GODKÄNNS INTE" : "NOT APPROVED")
		                                         : (sv ? "ÄNDRING" : "CHANGES");
	if (concluded(x->after.state))
		return arena_fmt(a, sv ? "godkänt, %d av %d" : "approved, %d of %d", done->approvals, done->need);
	if (x->before->act_by != x->after.act_by)
		return sv ? "ANSTÅND" : "EXTENSION";
	return sv ? "ett svar är ändrat" : "an answer has changed";
}

static const char *what_follows(const struct pass *p, struct arena *a, const struct part *x)
{
	bool sv = p->lang == VIEW_SV;

	if (x->after.state == REVIEW_CHANGES)
		return arena_fmt(a, "%s %s", letter_coordinator(p, a, false),
		                 sv ? "tar hand om ändringen; du behöver inte svara nu"
		                    : "takes care of the change; you need not answer now");
	if (x->after.state == REVIEW_AWAITING)
		return sv ? "anmäls till nämnden; du behöver inte svara"
		          : "is reported to the committee; you need not answer";
	if (concluded(x->after.state))
		return sv ? "klart; du behöver inte svara" : "done; you need not answer";
	if (!review_asks(&x->after))
		return sv ? "ditt svar gäller" : "your answer counts";
	return arena_fmt(a, sv ? "svara senast %s" : "answer by %s",
	                 letter_day_long(p, a, x->after.act_by));
}

static void rows(const struct pass *p, struct arena *a, const struct incoming *in,
                 const struct applied *done, const struct part *parts, size_t n, const char *ref,
                 struct letter_words *w)
{
	w->rows = arena_alloc(a, (n + 1) * sizeof(*w->rows));
	for (size_t i = 0; i < n; i++) {
		const struct applied_item *x = done_about(in, done, parts[i].before->id);

		if (!x || !x->item || strcmp(parts[i].before->letter, ref) != 0)
			continue;
		w->rows[w->n_rows++] = (struct letter_row){
			.n = arena_fmt(a, "%d", parts[i].before->n),
			.title = letter_title(a, x->item),
			.answer = what_happened(p, a, &parts[i], x),
			.follows = what_follows(p, a, &parts[i]),
		};
		w->object = w->n_rows == 1 ? letter_title(a, x->item)
		            : arena_fmt(a, p->lang == VIEW_SV ? "%zu granskningar" : "%zu reviews", w->n_rows);
	}
	w->single = w->n_rows == 1;
}

static int tell(struct pass *p, struct arena *a, struct incoming *in, const struct trust *trust,
                const struct applied *done, const struct part *parts, size_t n, const char *ref,
                struct change *c, struct err *e)
{
	struct letter *l = arena_alloc(a, sizeof(*l)); /* the change names it */
	struct letter_mail m = { .template_name = "joint", .letter = l, .is_answer = true };
	struct letter_words w = { .single = false };
	const char *message_id = NULL;
	struct reviews before;
	struct booked booked;
	int found = store_letter(p->store, a, ref, l, e);

	if (found <= 0)
		return found;
	if (store_letter_reviews(p->store, a, ref, &before, e)
	    || booking_make(p, a, l, &before, c, &m, &booked, e))
		return -1;
	const struct role *role = registry_role(&p->registry, l->role);
	const struct body *body = registry_body(&p->registry, l->body);
	int may = body && booking_reaches(p, l) ? inward_may_answer(p, a, in, l->address, false, e) : 0;
	if (may < 0)
		return -1;
	if (may) {
		letter_common_words(p, a, l, body, role, &w);
		rows(p, a, in, done, parts, n, ref, &w);
		w.answerer = trust->as ? trust->as->title : in->mail.from;
		w.event_off = booked.what == BOOKING_GOES;
		if (m.calendar == CALENDAR_REQUEST)
			w.event_long = letter_day_long(p, a, l->event_day);
		m.to_name = role->title;
		m.to = l->address;
		if (letter_write(p, a, &m, &w, c, &message_id, e))
			return -1;
	}
	booking_done(a, l, &booked, message_id, c);
	return 0;
}

int inward_tell_joint(struct pass *p, struct arena *a, struct incoming *in,
                      const struct trust *trust, const struct applied *done, struct change *c,
                      struct err *e)
{
	struct reviews all;
	size_t n = 0;

	if (store_seats(p->store, a, &in->reviews, &all, e))
		return -1;
	struct part *parts = arena_alloc(a, (all.n + 1) * sizeof(*parts));
	for (size_t i = 0; i < all.n; i++) {
		struct part x = { .before = &all.at[i], .after = booking_after(&all.at[i], c) };

		if (!answered_here(in, x.before) && concerns(&x) && done_about(in, done, x.before->id))
			parts[n++] = x;
	}
	for (size_t i = 0; i < n; i++) {
		bool told = false;

		for (size_t k = 0; k < i && !told; k++)
			told = !strcmp(parts[k].before->letter, parts[i].before->letter);
		if (!told && tell(p, a, in, trust, done, parts, n, parts[i].before->letter, c, e))
			return -1;
	}
	return 0;
}
