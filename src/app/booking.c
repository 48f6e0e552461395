/* SPDX-License-Identifier: EUPL-1.2 */
#include "src/app/booking.h"

#include <string.h>

#include "core/rsvp.h"

enum { MEMORY = 500 }; /* answers to an event that are looked at */

/* Of several approvers each has a row of his own; what they share is in all of them, and
 * the last says it. */
struct review booking_after(const struct review *r, const struct change *c)
{
	struct review now = *r;

	for (size_t i = 0; i < c->n_reviews; i++) {
		const struct review *x = &c->reviews[i];
		enum review_state state = x->state;

		if (strcmp(x->id, r->id) != 0)
			continue;
		if (!r->seat || (x->seat && !strcmp(x->seat, r->seat)))
			now = *x;
		now.state = state;
	}
	return now;
}

static void change_all(struct arena *a, const struct reviews *before, const struct change *c,
                       struct reviews *after)
{
	*after = (struct reviews){ .at = arena_alloc(a, (before->n + 1) * sizeof(*after->at)) };
	for (size_t i = 0; i < before->n; i++)
		after->at[after->n++] = booking_after(&before->at[i], c);
}

static struct reviews left(struct arena *a, const struct reviews *before,
                           const struct reviews *after)
{
	struct reviews open = { .at = arena_alloc(a, (after->n + 1) * sizeof(*open.at)) };

	for (size_t i = 0; i < after->n; i++) {
		if (!review_asks(&after->at[i]))
			continue;
		open.at[open.n] = after->at[i];
		open.at[open.n++].n = before->at[i].n;
	}
	return open;
}

/* What the event itself says, for who opens it in the calendar. */
static const char *list_words(const struct pass *p, struct arena *a, const struct letter *l,
                              const struct reviews *open)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	bool sv = p->lang == VIEW_SV;

	buf_str(&b, sv ? "Kvar att granska:\n" : "Left to review:\n");
	for (size_t i = 0; i < open->n; i++) {
		const struct item *item = registry_item(&p->registry, open->at[i].item);

		if (item)
			buf_fmt(&b, "%d. %s, %s %s\n", open->at[i].n, letter_title(a, item),
			        sv ? "senast" : "by", letter_day_short(p, a, open->at[i].act_by));
	}
	buf_fmt(&b, sv ? "\nSvara på mejlet [%s]. Att tacka ja till bokningen räknas inte som ett svar.\n"
	               : "\nAnswer the mail [%s]. Accepting this booking does not count as an answer.\n",
	        l->ref);
	return arena_dup(a, b.data);
}

static const char *summary(const struct pass *p, struct arena *a, const struct letter *l,
                           bool gone, const struct reviews *about)
{
	const struct body *body = registry_body(&p->registry, l->body);
	bool sv = p->lang == VIEW_SV;
	const char *word = gone ? (sv ? "Klart" : "Done") : (sv ? "Granska" : "Review");

	return arena_fmt(a, "%s: %s, %s [%s]", word, answer_object(p, a, about),
	                 body ? body->name : l->body, l->ref);
}

static int attendance(const struct pass *p, struct arena *a, const struct letter *l,
                      const char **out, struct err *e)
{
	struct rsvps before;

	if (store_letter_rsvps(p->store, a, l->ref, MEMORY, &before, e))
		return -1;
	*out = rsvp_attendance(l, before.at, before.n);
	return 0;
}

int booking_make(const struct pass *p, struct arena *a, struct letter *l,
                 const struct reviews *before, const struct change *c, struct letter_mail *m,
                 struct booked *out, struct err *e)
{
	struct workcal cal = registry_workcal(&p->registry);
	dayno day;

	change_all(a, before, c, &out->after);
	out->what = booking_next(&cal, l, before->at, out->after.at, before->n, p->today, &day);
	if (out->what == BOOKING_LISTS && attendance(p, a, l, &m->partstat, e))
		return -1;
	/* Whoever has declined has no event that could say what is left. */
	if (m->partstat && !strcmp(m->partstat, "DECLINED"))
		out->what = BOOKING_STAYS;
	booking_take(l, out->what, day);
	if (out->what == BOOKING_STAYS)
		return 0;
	struct reviews open = left(a, before, &out->after);
	bool gone = out->what == BOOKING_GOES;
	m->calendar = gone ? CALENDAR_CANCEL : CALENDAR_REQUEST;
	m->calendar_summary = summary(p, a, l, gone, gone ? before : &open);
	m->calendar_text = gone ? NULL : list_words(p, a, l, &open);
	return 0;
}

void booking_done(struct arena *a, struct letter *l, const struct booked *b,
                  const char *message_id, struct change *c)
{
	static const char *const kinds[] = {
		[BOOKING_LISTS] = "event-updated", [BOOKING_MOVES] = "event-moved",
		[BOOKING_RETURNS] = "event-returned", [BOOKING_GOES] = "event-cancelled",
	};
	char day[DATE_TEXT];

	if (b->what != BOOKING_STAYS)
		change_record(c, a, kinds[b->what], l->ref,
		              arena_fmt(a, "day=%s\nsequence=%d\nmessage_id=%s\n",
		                        date_text(l->event_day, day), l->sequence,
		                        message_id ? message_id : ""));
	if (b->what == BOOKING_GOES) {
		l->event_day = DAY_NONE;
		l->event_minutes = 0;
	}
	change_letter(c, a, l);
}

bool booking_reaches(const struct pass *p, const struct letter *l)
{
	const struct role *role = registry_role(&p->registry, l->role);

	return role && role_valid(role, p->today) && trust_same_address(role->address, l->address);
}
