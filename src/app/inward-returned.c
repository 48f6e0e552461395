/* SPDX-License-Identifier: EUPL-1.2 */
/* In: what a body sent back is told to those who have to do it again. */
#include <string.h>

#include "core/plan.h"
#include "core/revision.h"
#include "src/app/answer.h"
#include "src/app/inward.h"

/* The review that a secretary's answer was about. */
static const struct review *review_of(const struct incoming *in, const struct applied_item *x)
{
	for (size_t i = 0; i < in->reviews.n; i++)
		if (!strcmp(in->reviews.at[i].item, x->item->id) && in->reviews.at[i].n == x->n)
			return &in->reviews.at[i];
	return NULL;
}

/* Its number in its holder's letter is another than in the secretary's. */
static const char *own_number(struct arena *a, const struct reviews *own, const char *id)
{
	for (size_t i = 0; i < own->n; i++)
		if (!strcmp(own->at[i].id, id))
			return arena_fmt(a, "%d", own->at[i].n);
	return "";
}

/* The items of the letter that were sent back, as rows. */
static void returned_rows(const struct pass *p, struct arena *a, const struct incoming *in,
                          const struct applied *done, const char *ref, const struct reviews *own,
                          struct letter_words *w)
{
	w->rows = arena_alloc(a, done->n * sizeof(*w->rows));
	for (size_t i = 0; i < done->n; i++) {
		const struct applied_item *x = &done->items[i];
		const struct review *r = x->back ? review_of(in, x) : NULL;

		if (!r || strcmp(r->letter, ref) != 0)
			continue;
		w->rows[w->n_rows++] = (struct letter_row){
			.n = own_number(a, own, r->id), .title = letter_title(a, x->item),
			.answer = answer_decision_word(p, a, x),
		};
		w->meeting_long = letter_day_long(p, a, x->decided);
		w->options = x->outcome == OUTCOME_REVISE || x->outcome == OUTCOME_ENDED;
		const struct body *decider = revision_decider(&p->registry, x->item, in->day);
		w->decided_by = decider ? decider->name : w->body;
		w->object = w->n_rows == 1 ? letter_title(a, x->item)
		            : arena_fmt(a, p->lang == VIEW_SV ? "%zu granskningar" : "%zu reviews", w->n_rows);
	}
	w->single = own->n == 1;
}

/* Only to whom the review was asked of, while they hold it: else the coordinator,
 * who sees the answer anyhow, finds who it is. */
static int tell(struct pass *p, struct arena *a, struct incoming *in, const struct applied *done,
                const struct applied_item *x, const char *ref, struct change *c, struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	const struct role *holder = plan_approver(&p->registry, x->item, in->day);
	struct letter *letter = arena_alloc(a, sizeof(*letter)); /* its mail names it by pointer */
	struct reviews own;
	const char *message_id;
	int found = store_letter(p->store, a, ref, letter, e);

	if (found < 0 || store_letter_reviews(p->store, a, ref, &own, e))
		return -1;
	if (!found || !body || !holder || !trust_same_address(holder->address, letter->address))
		return 0;
	struct letter_words w = { .single = false };
	letter_common_words(p, a, letter, body, holder, &w);
	w.secretary_address = body->secretary ? body->secretary : w.contact_address;
	returned_rows(p, a, in, done, ref, &own, &w);
	struct letter_mail m = {
		.template_name = "returned", .letter = letter, .to_name = holder->title, .to = letter->address,
	};
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	change_letter(c, a, letter);
	change_record(c, a, "returned", ref, arena_fmt(a, "role=%s\nmessage_id=%s\n", holder->id, message_id));
	return 0;
}

int inward_returned(struct pass *p, struct arena *a, struct incoming *in, const struct applied *done,
                    struct change *c, struct err *e)
{
	const char **told = arena_alloc(a, done->n * sizeof(*told));
	size_t n = 0;

	for (size_t i = 0; i < done->n; i++) {
		const struct applied_item *x = &done->items[i];
		const struct review *r = x->back ? review_of(in, x) : NULL;
		bool again = !r || !*r->letter;

		for (size_t k = 0; k < n && !again; k++)
			again = !strcmp(told[k], r->letter);
		if (again)
			continue;
		told[n++] = r->letter;
		if (tell(p, a, in, done, x, r->letter, c, e))
			return -1;
	}
	return 0;
}
