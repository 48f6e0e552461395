/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: a review that ends because its item is retired is told of, once. */
#include <string.h>

#include "src/app/booking.h"
#include "src/app/outward.h"

static const struct review *ended_in(const struct plan *plan, const char *id)
{
	for (size_t i = 0; i < plan->n_superseded; i++)
		if (!strcmp(plan->superseded[i].id, id))
			return &plan->superseded[i];
	return NULL;
}

static const char *why(const struct pass *p, struct arena *a, const struct item *item)
{
	const struct item *by = registry_item(&p->registry, item->replaced_by);
	bool sv = p->lang == VIEW_SV;

	if (!item->replaced_by)
		return sv ? "avvecklad enligt registret" : "retired, as the register has it";
	return by ? arena_fmt(a, sv ? "ersatt av %s" : "replaced by %s", letter_title(a, by))
	          : sv ? "ersatt" : "replaced";
}

/* What of the letter ends now, as rows. *left: whether something still waits in it. */
static void rows_of(const struct pass *p, struct arena *a, const struct plan *plan,
                    const struct reviews *reviews, struct letter_words *w, bool *left)
{
	w->rows = arena_alloc(a, (reviews->n + 1) * sizeof(*w->rows));
	*left = false;
	for (size_t i = 0; i < reviews->n; i++) {
		const struct review *now = ended_in(plan, reviews->at[i].id);
		const struct item *item = registry_item(&p->registry, reviews->at[i].item);

		*left |= !now && (reviews->at[i].state == REVIEW_OPEN || reviews->at[i].state == REVIEW_CHANGES
		                  || reviews->at[i].state == REVIEW_MISDIRECTED);
		if (!now || now->state != REVIEW_CANCELLED || !item)
			continue;
		w->rows[w->n_rows++] = (struct letter_row){
			.n = arena_fmt(a, "%d", reviews->at[i].n), .title = letter_title(a, item),
			.reason = why(p, a, item),
		};
		w->object = w->n_rows == 1 ? letter_title(a, item)
		            : arena_fmt(a, p->lang == VIEW_SV ? "%zu granskningar" : "%zu reviews", w->n_rows);
	}
	w->single = w->n_rows == 1;
	w->count = arena_fmt(a, "%zu", w->n_rows);
	w->open = *left;
}

static int tell(const struct pass *p, struct arena *a, const struct plan *plan,
                struct letter *letter, int *letters, struct change *c, struct err *e)
{
	const struct role *role = registry_role(&p->registry, letter->role);
	const struct body *body = registry_body(&p->registry, letter->body);
	struct letter_words w = { .single = false };
	struct reviews reviews;
	struct booked booked;
	const char *message_id;
	bool left;

	if (store_letter_reviews(p->store, a, letter->ref, &reviews, e))
		return -1;
	rows_of(p, a, plan, &reviews, &w, &left);
	if (!body || !w.n_rows || !booking_reaches(p, letter))
		return 0;
	struct letter_mail m = {
		.template_name = "ended", .letter = letter, .to_name = role->title, .to = letter->address,
	};
	if (booking_make(p, a, letter, &reviews, c, &m, &booked, e))
		return -1;
	letter_common_words(p, a, letter, body, role, &w);
	w.event_off = booked.what == BOOKING_GOES;
	if (booked.what != BOOKING_STAYS && !w.event_off)
		w.event_long = letter_day_long(p, a, letter->event_day);
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	booking_done(a, letter, &booked, message_id, c);
	change_record(c, a, "ended", letter->ref,
	              arena_fmt(a, "role=%s\nmessage_id=%s\n", role->id, message_id));
	++*letters;
	return 0;
}

/* With the register of all that stands in the letter: what sleeps is left in it, too. */
static int tell_of(struct pass *p, struct arena *a, const struct plan *plan, const char *ref,
                   struct change *c, struct err *e)
{
	struct letter *letter = arena_alloc(a, sizeof(*letter)); /* its mail names it by pointer */
	struct pass whole = *p;
	int found = store_letter(p->store, a, ref, letter, e);

	if (found <= 0)
		return found;
	registry_init(&whole.registry);
	int failed = store_load_letter(p->store, ref, &whole.registry, e)
	             || tell(&whole, a, plan, letter, &p->report.letters, c, e);
	registry_release(&whole.registry);
	return failed ? -1 : 0;
}

int outward_ended(struct pass *p, struct arena *a, const struct plan *plan, struct change *c,
                  struct err *e)
{
	for (size_t i = 0; i < plan->n_superseded; i++) {
		const struct review *r = &plan->superseded[i];
		bool again = r->state != REVIEW_CANCELLED || !*r->letter;

		for (size_t k = 0; k < i && !again; k++)
			again = plan->superseded[k].state == REVIEW_CANCELLED
			        && !strcmp(plan->superseded[k].letter, r->letter);
		if (!again && tell_of(p, a, plan, r->letter, c, e))
			return -1;
	}
	return 0;
}
