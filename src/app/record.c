/* SPDX-License-Identifier: EUPL-1.2 */
/* record: what came by other ways than mail, above all what a body decided. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "core/apply.h"
#include "store/brakes.h"

static bool says(const struct options *o, const char *word)
{
	return o->outcome && !strcmp(o->outcome, word);
}

static enum reply_outcome outcome(const struct options *o)
{
	return says(o, "revise") ? OUTCOME_REVISE : says(o, "repealed") ? OUTCOME_ENDED : OUTCOME_APPROVED;
}

static int refuse(const struct options *o, struct err *e)
{
	return says(o, "revise")
	       ? err_set(e, ERR_FOUND, "%s is no document that waits for its body to choose", o->args[0])
	       : err_set(e, ERR_FOUND, "%s has no review that waits for a decision", o->args[0]);
}

/* Why the decision cannot be of that day; 0: it can. */
static int hindered(const struct options *o, const struct registry *r, const struct recorded *x, struct arena *a,
                    struct err *e)
{
	const struct body *body;
	dayno since;
	enum apply_note note = apply_decision_note(r, x, a, &since, &body);
	char day[DATE_TEXT], before[DATE_TEXT], after[DATE_TEXT];

	if (note == NOTE_NONE)
		return 0;
	if (note == NOTE_TOO_EARLY)
		return err_set(e, ERR_FOUND, "nothing was recorded: %s is before %s, when %s %s", o->args[1],
		               date_text(since, day), x->item->id,
		               since == x->item->decided ? "was last decided"
		               : x->review && since == x->review->signed_on ? "was signed off" : "was to be reviewed");
	const struct meeting *last = meeting_last(r, body->id, x->day), *next = meeting_next(r, body->id, x->day);
	return err_set(e, ERR_FOUND, "nothing was recorded: %s has no meeting on %s; its nearest are %s and %s. "
	               "Where it did decide that day, say so with --outside-meeting", body->id, o->args[1],
	               last ? date_text(last->day, before) : "none before",
	               next ? date_text(next->day, after) : "none after");
}

static int record(struct house *h, const struct options *o, const struct registry *r, dayno day,
                  struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct change c = { .at = o->now };
	struct reviews reviews;
	struct inquiries inquiries;
	const struct item *item = registry_item(r, o->args[0]);
	const char *paragraph = apply_paragraph(&a, o->args[2]);

	if (!paragraph)
		return err_set(e, ERR_USAGE, "\"%s\" is no paragraph of minutes: write it like \"§ 41\"", o->args[2]);
	if (!item)
		return err_set(e, ERR_FOUND, "%s is not in the register", o->args[0]);
	if (store_item_reviews(h->store, &a, item->id, &reviews, e)
	    || store_inquiries(h->store, &a, &inquiries, e))
		return -1;
	const struct recorded x = {
		.item = item, .review = reviews.n ? &reviews.at[reviews.n - 1] : NULL,
		.inquiries = inquiries.at, .n_inquiries = inquiries.n, .day = day, .paragraph = paragraph,
		.registry_no = o->registry_no, .reported_by = "coordinator", .adjusted = !o->unadjusted,
		.outcome = outcome(o), .renews = says(o, "renewed"),
		.outside = o->outside_meeting, .at = o->now,
	};
	if (!apply_decision(r, &x, &a, &c))
		return refuse(o, e);
	if (hindered(o, r, &x, &a, e))
		return -1;
	if (o->registry_no && (!c.n_renewals || c.renewals[0].day == DAY_NONE))
		return err_set(e, ERR_USAGE, "--registry-no belongs to a renewal: --outcome renewed");
	if (store_apply(h->store, &c, e))
		return -1;
	bool sv = o->lang == VIEW_SV;
	const char *what = says(o, "revise") ? (sv ? "ska revideras" : "revise") : says(o, "renewed") ? (sv ? "förnyat" : "renewed")
	                   : says(o, "repealed") ? (sv ? "upphävt" : "repealed") : sv ? "beslutat" : "decided";
	printf(sv ? "registrerat: %s %s %s, %s\n" : "recorded: %s %s %s, %s\n", o->args[0], what, o->args[1], paragraph);
	return 0;
}

static int record_alive(const struct options *o, struct err *e)
{
	struct house h;

	if (house_open(o, 0, &h, e))
		return -1;
	int found = store_address_alive(h.store, o->args[1], o->now, e);
	if (found > 0)
		printf(o->lang == VIEW_SV ? "registrerat: mejl når %s igen\n" : "recorded: mail reaches %s again\n", o->args[1]);
	else if (!found)
		found = err_set(e, ERR_FOUND, "%s is not known as an address that does not exist", o->args[1]);
	house_close(&h);
	return found > 0 ? 0 : -1;
}

int command_record(const struct options *o, struct err *e)
{
	struct house h;
	struct registry r;
	dayno day;

	if (!strcmp(o->args[0], "alive"))
		return record_alive(o, e);
	if (!strcmp(o->args[0], "answer"))
		return record_answer(o, e);
	if (!date_parse(o->args[1], &day))
		return err_set(e, ERR_USAGE, "%s is no date: write it like 2027-03-09", o->args[1]);
	if (day > zone_wall(o->now).day)
		return err_set(e, ERR_USAGE, "%s has not been yet: a decision is recorded afterwards", o->args[1]);
	if (house_open(o, 0, &h, e))
		return -1;
	registry_init(&r);
	int failed = store_load(h.store, &r, e) || record(&h, o, &r, day, e) ? -1 : 0;
	registry_release(&r);
	house_close(&h);
	return failed;
}
