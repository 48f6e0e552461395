/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: a request that is void takes its place in the calendar with it. */
#include <string.h>

#include "src/app/booking.h"
#include "src/app/outward.h"

static bool is_void(const struct plan *plan, const char *review)
{
	for (size_t i = 0; i < plan->n_superseded; i++)
		if (!strcmp(plan->superseded[i].id, review))
			return true;
	return false;
}

static void words_for(const struct pass *p, struct arena *a, const struct plan *plan,
                      const struct letter *l, const struct body *body,
                      const struct reviews *reviews, const struct booked *b,
                      struct letter_words *w)
{
	struct reviews gone = { .at = arena_alloc(a, (reviews->n + 1) * sizeof(*gone.at)) };

	w->rows = arena_alloc(a, (reviews->n + 1) * sizeof(*w->rows));
	for (size_t i = 0; i < reviews->n; i++) {
		const struct item *item = registry_item(&p->registry, reviews->at[i].item);

		if (!item || !is_void(plan, reviews->at[i].id))
			continue;
		gone.at[gone.n++] = reviews->at[i];
		w->rows[w->n_rows++] = (struct letter_row){
			.n = arena_fmt(a, "%d", reviews->at[i].n), .title = letter_title(a, item),
		};
	}
	letter_common_words(p, a, l, body, registry_role(&p->registry, l->role), w);
	w->single = gone.n == 1;
	w->object = answer_object(p, a, &gone);
	w->event_off = b->what == BOOKING_GOES;
	if (!w->event_off)
		w->event_long = letter_day_long(p, a, l->event_day);
}

/* The change has the letter already: its person is told, and its event follows. */
static bool is_told(const struct change *c, const char *ref)
{
	for (size_t i = 0; i < c->n_letters; i++)
		if (!strcmp(c->letters[i].ref, ref))
			return true;
	return false;
}

/* With the register of all that stands in the letter: what sleeps is left in it, too. */
static int withdraw(const struct pass *p, struct arena *a, const struct plan *plan,
                    struct letter *l, int *mails, struct change *c, struct err *e)
{
	const struct role *role = registry_role(&p->registry, l->role);
	const struct body *body = registry_body(&p->registry, l->body);
	struct letter_mail m = { .template_name = "withdrawn", .letter = l };
	struct letter_words w = { .single = false };
	struct reviews before;
	struct booked booked;
	const char *message_id = NULL;

	if (store_letter_reviews(p->store, a, l->ref, &before, e)
	    || booking_make(p, a, l, &before, c, &m, &booked, e))
		return -1;
	if (booked.what == BOOKING_STAYS)
		return 0;
	if (body && booking_reaches(p, l)) {
		words_for(p, a, plan, l, body, &before, &booked, &w);
		m.to_name = role->title;
		m.to = l->address;
		if (letter_write(p, a, &m, &w, c, &message_id, e))
			return -1;
		++*mails;
	}
	booking_done(a, l, &booked, message_id, c);
	return 0;
}

static int of_letter(struct pass *p, struct arena *a, const struct plan *plan, const char *ref,
                     struct change *c, struct err *e)
{
	struct letter *letter = arena_alloc(a, sizeof(*letter)); /* the change names it */
	struct pass whole = *p;
	int found = store_letter(p->store, a, ref, letter, e);

	if (found <= 0 || letter->event_day == DAY_NONE || letter->event_day < p->today)
		return found < 0 ? -1 : 0;
	registry_init(&whole.registry);
	int failed = store_load_letter(p->store, ref, &whole.registry, e)
	             || withdraw(&whole, a, plan, letter, &p->report.letters, c, e);
	registry_release(&whole.registry);
	return failed ? -1 : 0;
}

int outward_withdraw(struct pass *p, struct arena *a, const struct plan *plan, struct change *c,
                     struct err *e)
{
	for (size_t i = 0; i < plan->n_superseded; i++) {
		const char *ref = plan->superseded[i].letter;
		bool done = !*ref || is_told(c, ref);

		for (size_t k = 0; k < i && !done; k++)
			done = !strcmp(plan->superseded[k].letter, ref);
		if (!done && of_letter(p, a, plan, ref, c, e))
			return -1;
	}
	return 0;
}
