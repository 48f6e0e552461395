/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: a review that ends because its item is retired is told of, once. */
#include <string.h>

#include "core/trust.h"
#include "src/app/outward.h"

static const struct review *ended_in(const struct plan *plan, const char *id)
{
	for (size_t i = 0; i < plan->n_superseded; i++)
		if (!strcmp(plan->superseded[i].id, id))
			return &plan->superseded[i];
	return NULL;
}

static const char *why(const struct pass *p, struct arena *a, const struct registry *all,
                       const struct item *item)
{
	const struct item *by = registry_item(all, item->replaced_by);
	bool sv = p->lang == VIEW_SV;

	if (!item->replaced_by)
		return sv ? "avvecklad enligt registret" : "retired, as the register has it";
	return by ? arena_fmt(a, sv ? "ersatt av %s" : "replaced by %s", letter_title(a, by))
	          : sv ? "ersatt" : "replaced";
}

/* What of the letter ends now, as rows. *left: whether something still waits in it. */
static void rows_of(const struct pass *p, struct arena *a, const struct plan *plan,
                    const struct registry *all, const struct reviews *reviews,
                    struct letter_words *w, bool *left)
{
	w->rows = arena_alloc(a, (reviews->n + 1) * sizeof(*w->rows));
	*left = false;
	for (size_t i = 0; i < reviews->n; i++) {
		const struct review *now = ended_in(plan, reviews->at[i].id);
		const struct item *item = registry_item(all, reviews->at[i].item);

		*left |= !now && (reviews->at[i].state == REVIEW_OPEN || reviews->at[i].state == REVIEW_CHANGES
		                  || reviews->at[i].state == REVIEW_MISDIRECTED);
		if (!now || now->state != REVIEW_CANCELLED || !item)
			continue;
		w->rows[w->n_rows++] = (struct letter_row){
			.n = arena_fmt(a, "%d", reviews->at[i].n), .title = letter_title(a, item),
			.reason = why(p, a, all, item),
		};
		w->object = w->n_rows == 1 ? letter_title(a, item)
		            : arena_fmt(a, p->lang == VIEW_SV ? "%zu granskningar" : "%zu reviews", w->n_rows);
	}
	w->single = w->n_rows == 1;
	w->count = arena_fmt(a, "%zu", w->n_rows);
	w->open = *left;
}

static int tell(struct pass *p, struct arena *a, const struct plan *plan, const char *ref,
                const struct registry *all, struct change *c, struct err *e)
{
	struct letter *letter = arena_alloc(a, sizeof(*letter)); /* its mail names it by pointer */
	struct letter_words w = { .single = false };
	struct reviews reviews;
	const char *message_id;
	bool left;
	int found = store_letter(p->store, a, ref, letter, e);

	if (found <= 0 || store_letter_reviews(p->store, a, ref, &reviews, e))
		return found ? -1 : 0;
	const struct role *role = registry_role(all, letter->role);
	const struct body *body = registry_body(all, letter->body);
	rows_of(p, a, plan, all, &reviews, &w, &left);
	if (!role || !body || !w.n_rows || !role_valid(role, p->today)
	    || !trust_same_address(role->address, letter->address))
		return 0;
	letter_common_words(p, a, letter, body, role, &w);
	struct letter_mail m = {
		.template_name = "ended", .letter = letter, .to_name = role->title, .to = letter->address,
	};
	if (!left && letter->event_day != DAY_NONE && letter->event_day > p->today) {
		letter->sequence++; /* RFC 5546 §2.1.4: so that a calendar takes it */
		m.calendar = CALENDAR_CANCEL;
		m.calendar_summary = arena_fmt(a, p->lang == VIEW_SV ? "Utgår: %s, %s [%s]" : "Cancelled: %s, %s [%s]",
		                               w.object, w.body, letter->ref);
	}
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	if (m.calendar == CALENDAR_CANCEL) {
		letter->event_day = DAY_NONE;
		letter->event_minutes = 0;
	}
	change_letter(c, a, letter);
	change_record(c, a, "ended", ref, arena_fmt(a, "role=%s\nmessage_id=%s\n", role->id, message_id));
	p->report.letters++;
	return 0;
}

/* Of a register with only what woke: what stands in the letter beside it may sleep. */
static int tell_of(struct pass *p, struct arena *a, const struct plan *plan, const char *ref,
                   struct change *c, struct err *e)
{
	struct registry all;

	registry_init(&all);
	int failed = store_load_letter(p->store, ref, &all, e) || tell(p, a, plan, ref, &all, c, e);
	registry_release(&all);
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
