/* SPDX-License-Identifier: EUPL-1.2 */
/* In: whoever did not answer themselves hears that somebody did, in their place. */
#include <string.h>

#include "src/app/booking.h"
#include "src/app/inward.h"

/* The letter whose event follows the review: its own, whoever else was told of it. */
static const char *own_letter(const struct incoming *in, const struct review *r)
{
	return *r->letter ? r->letter : in->letter.ref;
}

/* Something was recorded for that row of the sender's letter. */
static bool recorded(const struct applied *done, const struct review *row)
{
	for (size_t i = 0; i < done->n; i++)
		if (done->items[i].n == row->n && done->items[i].verdict != VERDICT_NONE)
			return true;
	return false;
}

/* What the sender's rows are in the other letter, by its numbers. */
static void translate(const struct incoming *in, struct arena *a, const struct applied *done,
                      const struct reviews *there, struct applied *out)
{
	*out = (struct applied){ .answer = ANSWER_CONFIRM };
	out->items = arena_alloc(a, (done->n + 1) * sizeof(*out->items));
	for (size_t i = 0; i < there->n; i++)
		for (size_t k = 0; k < in->reviews.n; k++)
			for (size_t x = 0; x < done->n; x++)
				if (!strcmp(in->reviews.at[k].id, there->at[i].id)
				    && done->items[x].n == in->reviews.at[k].n
				    && done->items[x].verdict != VERDICT_NONE && out->n < done->n) {
					out->items[out->n] = done->items[x];
					out->items[out->n++].n = there->at[i].n;
				}
}

/* What was taken back was not theirs. */
static void not_theirs(const struct pass *p, struct arena *a, const struct applied *done,
                       struct letter_words *w)
{
	bool sv = p->lang == VIEW_SV;

	for (size_t i = 0; i < done->n && i < w->n_rows; i++)
		if (done->items[i].verdict == VERDICT_UNDO)
			w->rows[i].follows = arena_fmt(a, sv ? "svaret är återtaget; svara senast %s"
			                                     : "the answer is taken back; answer by %s",
			                               letter_day_long(p, a, done->items[i].until));
}

static int tell(struct pass *p, struct arena *a, struct incoming *in, struct letter *l,
                const struct reviews *before, const struct trust *trust,
                const struct applied *done, struct change *c, struct err *e)
{
	const struct role *role = registry_role(&p->registry, l->role);
	const struct body *body = registry_body(&p->registry, l->body);
	struct letter_words w = { .single = before->n == 1 };
	struct letter_mail m = { .template_name = "answered-for-you", .letter = l, .is_answer = true };
	struct reply nothing = { .verdict = VERDICT_NONE };
	struct applied theirs;
	struct booked booked;
	const char *message_id = NULL;

	if (booking_make(p, a, l, before, c, &m, &booked, e))
		return -1;
	int may = body && booking_reaches(p, l) ? inward_may_answer(p, a, in, l->address, false, e) : 0;
	if (may < 0)
		return -1;
	if (may) {
		translate(in, a, done, before, &theirs);
		letter_common_words(p, a, l, body, role, &w);
		answer_words(p, a, l, before, in->row.received, &nothing, trust, &theirs, &w);
		not_theirs(p, a, &theirs, &w);
		w.problem = NULL;
		w.deputy = false;
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

/* Of the letters that the sender's reviews stand in by right, each once. */
static bool first_of(const struct incoming *in, const struct applied *done, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (recorded(done, &in->reviews.at[k])
		    && !strcmp(own_letter(in, &in->reviews.at[k]), own_letter(in, &in->reviews.at[i])))
			return false;
	return true;
}

int inward_tell_others(struct pass *p, struct arena *a, struct incoming *in,
                       const struct trust *trust, const struct applied *done, bool own,
                       struct change *c, struct err *e)
{
	for (size_t i = 0; i < in->reviews.n; i++) {
		const char *ref = own_letter(in, &in->reviews.at[i]);
		bool here = !strcmp(ref, in->letter.ref);
		struct letter *other = arena_alloc(a, sizeof(*other)); /* the change names it */
		struct reviews before;

		if (!c->n_reviews || !recorded(done, &in->reviews.at[i]) || !first_of(in, done, i)
		    || (here && own))
			continue;
		if (here) {
			if (tell(p, a, in, &in->letter, &in->reviews, trust, done, c, e))
				return -1;
			continue;
		}
		int found = store_letter(p->store, a, ref, other, e);
		if (found < 0 || (found && store_letter_reviews(p->store, a, ref, &before, e)))
			return -1;
		if (found && tell(p, a, in, other, &before, trust, done, c, e))
			return -1;
	}
	return 0;
}
