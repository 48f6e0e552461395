/* SPDX-License-Identifier: EUPL-1.2 */
/* In: what the data protection officer says of what is reviewed. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "core/plan.h"
#include "src/app/inward.h"

enum { OPINION = 600 }; /* code points of it that a holder is shown */

static const char reason[] = "an opinion of the data protection officer: it signs nothing";

/* As it may be shown to others: only what somebody vouches for, and never about what
 * has a protected name. */
static const char *shown_text(const struct pass *p, struct arena *a, const struct incoming *in,
                              const struct trust *t)
{
	if (t->domain != FACT_YES || !t->direct || in->mail.doubtful || !in->mail.fresh)
		return NULL;
	for (size_t i = 0; i < in->reviews.n; i++) {
		const struct item *item = registry_item(&p->registry, in->reviews.at[i].item);

		if (!item || item->name_protected)
			return NULL;
	}
	return text_cut(a, text_tidy(a, in->mail.fresh), OPINION);
}

/* The copied reviews that stand in the letter and that somebody still works on, with
 * their numbers there. */
static void rows_of(const struct pass *p, struct arena *a, const struct incoming *in,
                    const struct reviews *own, struct letter_words *w)
{
	w->rows = arena_alloc(a, (own->n + 1) * sizeof(*w->rows));
	for (size_t i = 0; i < own->n; i++) {
		const struct item *item = registry_item(&p->registry, own->at[i].item);

		if (!item || strcmp(own->at[i].copy, in->letter.ref) != 0 || review_terminal(own->at[i].state))
			continue;
		w->rows[w->n_rows++] = (struct letter_row){
			.n = arena_fmt(a, "%d", own->at[i].n), .title = letter_title(a, item),
		};
		w->object = w->n_rows == 1 ? letter_title(a, item)
		            : arena_fmt(a, p->lang == VIEW_SV ? "%zu granskningar" : "%zu reviews", w->n_rows);
	}
	w->single = w->n_rows == 1;
}

/* Tells whom a review was asked of, while they hold it. 1 told, 0 not, -1 error. */
static int tell(struct pass *p, struct arena *a, struct incoming *in, const struct review *r,
                const struct role *officer, const char *text, struct change *c, struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	const struct item *item = registry_item(&p->registry, r->item);
	const struct role *holder = item ? plan_approver(&p->registry, item, in->day) : NULL;
	struct letter *letter = arena_alloc(a, sizeof(*letter)); /* its mail names it by pointer */
	struct letter_words w = { .single = false };
	struct reviews own;
	const char *message_id;
	int found = store_letter(p->store, a, r->letter, letter, e);

	if (found < 0 || store_letter_reviews(p->store, a, r->letter, &own, e))
		return -1;
	if (!found || !body || !holder || !trust_same_address(holder->address, letter->address))
		return 0;
	letter_common_words(p, a, letter, body, holder, &w);
	rows_of(p, a, in, &own, &w);
	if (!w.n_rows)
		return 0;
	w.quote = text;
	w.holder = officer->title;
	w.sender = officer->address;
	struct letter_mail m = {
		.template_name = "opinion", .letter = letter, .to_name = holder->title, .to = letter->address,
	};
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	change_letter(c, a, letter);
	return 1;
}

static int tell_holders(struct pass *p, struct arena *a, struct incoming *in,
                        const struct role *officer, const char *text, struct change *c, int *told,
                        struct err *e)
{
	*told = 0;
	for (size_t i = 0; i < in->reviews.n; i++) {
		const struct review *r = &in->reviews.at[i];
		bool again = !*r->letter || review_terminal(r->state);

		for (size_t k = 0; k < i && !again; k++)
			again = !strcmp(in->reviews.at[k].letter, r->letter)
			        && !review_terminal(in->reviews.at[k].state);
		int one = again ? 0 : tell(p, a, in, r, officer, text, c, e);
		if (one < 0)
			return -1;
		*told += one;
	}
	return 0;
}

static int thank(struct pass *p, struct arena *a, struct incoming *in, const struct role *officer,
                 int told, struct change *c, struct err *e)
{
	const struct body *body = registry_body(&p->registry, in->letter.body);
	struct letter_words w = { .single = in->reviews.n == 1 };
	struct wall wall = zone_wall(in->row.received);
	const char *message_id;
	int may = body ? inward_may_answer(p, a, in, in->mail.from, false, e) : 0;

	if (may <= 0)
		return may;
	letter_common_words(p, a, &in->letter, body, officer, &w);
	w.object = answer_object(p, a, &in->reviews);
	w.received_long = letter_day_long(p, a, wall.day);
	w.received_time = arena_fmt(a, "%02d.%02d", wall.hour, wall.minute);
	w.open = told > 0;
	struct letter_mail m = {
		.template_name = "opinion-receipt", .letter = &in->letter, .to_name = officer->title,
		.to = in->mail.from, .is_answer = true, .answers_id = in->mail.message_id,
	};
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	change_letter(c, a, &in->letter);
	return 0;
}

int inward_opinion(struct pass *p, struct arena *a, struct incoming *in, const struct reply *reply,
                   const struct trust *trust, struct err *e)
{
	const struct role *officer = registry_role(&p->registry, in->letter.role);
	struct change c = { .at = p->now };
	int told = 0;

	if (!officer || in->several || !role_valid(officer, in->day) || !in->mail.from
	    || !trust_role_writes(officer, in->mail.from))
		return inward_for_person(p, a, in, reply->verdict,
		                         "an answer to the data protection officer's copy, by somebody else", e);
	if (reply->verdict != VERDICT_NONE) {
		if (tell_holders(p, a, in, officer, shown_text(p, a, in, trust), &c, &told, e)
		    || thank(p, a, in, officer, told, &c, e))
			return -1;
	}
	for (size_t i = 0; i < in->reviews.n; i++)
		if (!i || strcmp(in->reviews.at[i].id, in->reviews.at[i - 1].id) != 0) /* one, however many seats */
			change_record(&c, a, "opinion", in->reviews.at[i].id,
		              arena_fmt(a, "mail=inbox-%" PRId64 "\nrole=%s\nletter=%s\ndomain=%s\ndirect=%s\n",
		                        in->row.id, officer->id, in->letter.ref, fact_name(trust->domain),
		                        trust->direct ? "yes" : "no"));
	return inward_finish(p, in, &c, "coordinator", reply->verdict, reason,
	                     in->reviews.n ? in->reviews.at[0].id : NULL, a, e);
}
