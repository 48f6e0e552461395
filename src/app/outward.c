/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: what is due becomes letters, many with one commit. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "src/app/handing.h"
#include "src/app/outward.h"
#include "store/brakes.h"
#include "store/outbox.h"
#include "store/rests.h"

/*
 * Somebody else may write between the look at how things stand and what is written of it:
 * an answer that is entered, a register that is read in. What was planned would undo it, so
 * nothing is written then, and it is planned anew. Asked under the lock, so that nobody
 * writes after it. 1 it still stands, 0 not, -1 error.
 */
static int plan_stands(struct pass *p, struct err *e)
{
	int64_t version;

	return store_version(p->store, &version, e) ? -1 : version == p->planned_version;
}

/* 1 others have written, and nothing was done. */
static int apply_as_planned(struct pass *p, struct change *c, struct err *e)
{
	struct err undone = ERR_INIT;

	if (store_group_begin(p->store, STORE_WHOLE, e))
		return -1;
	int stands = plan_stands(p, e), failed = stands <= 0 ? stands : store_apply(p->store, c, e);
	if (store_group_end(p->store, failed || stands <= 0 ? &undone : e))
		return -1;
	return failed ? -1 : !stands;
}

/* What changes without a letter: reviews that are void, and those that moved
 * while somebody other than the holder has the ball. As apply_as_planned(). */
static int settle_reviews(struct pass *p, struct arena *a, const struct plan *plan, struct err *e)
{
	struct pass_report before = p->report;
	struct change c = { .at = p->now };
	char due[DATE_TEXT], act_by[DATE_TEXT];

	if (!plan->n_superseded && !plan->n_moved && !plan->n_capped && !plan->n_chairs
	    && !plan->n_orphans)
		return 0;
	outward_settled(p, a, plan, &c);
	for (size_t i = 0; i < plan->n_moved; i++) {
		const struct review *r = &plan->moved[i];

		change_review(&c, a, r);
		change_record(&c, a, "review-moved", r->id,
		              arena_fmt(a, "due=%s\nact_by=%s\n", date_text(r->due, due),
		                        date_text(r->act_by, act_by)));
	}
	for (size_t i = 0; i < plan->n_superseded; i++) {
		change_review(&c, a, &plan->superseded[i]);
		change_record(&c, a, "review-void", plan->superseded[i].id,
		              arena_fmt(a, "state=%s\nreason=%s\n",
		                        review_state_name(plan->superseded[i].state),
		                        plan_void_reason(&p->registry, &plan->superseded[i], p->today)));
	}
	if (outward_ended(p, a, plan, &c, e) || outward_withdraw(p, a, plan, &c, e))
		return -1;
	int failed = apply_as_planned(p, &c, e);
	if (failed) /* what was to go has not */
		p->report = before;
	return failed;
}

/* What the plan is made from, beside the register. */
struct standing {
	struct reviews reviews;
	struct letters letters;
	struct questions asked;
	struct inquiries inquiries;
	struct rests rests;
	struct unsents unsent;
};

static int standing_all(struct store *s, struct arena *a, struct standing *out, struct err *e)
{
	return store_open_reviews(s, a, &out->reviews, e) || store_open_letters(s, a, &out->letters, e)
	       || store_questions(s, a, &out->asked, e) || store_inquiries(s, a, &out->inquiries, e)
	       || store_rests(s, a, &out->rests, e) || store_unsent(s, a, &out->unsent, e) ? -1 : 0;
}

static int standing_awake(struct store *s, struct arena *a, dayno today, struct standing *out,
                          struct err *e)
{
	return store_awake_reviews(s, a, today, &out->reviews, e)
	       || store_awake_letters(s, a, today, &out->letters, e)
	       || store_awake_questions(s, a, today, &out->asked, e)
	       || store_awake_inquiries(s, a, today, &out->inquiries, e)
	       || store_awake_rests(s, a, today, &out->rests, e) || store_unsent(s, a, &out->unsent, e)
	       ? -1 : 0;
}

static void make_plan(const struct pass *p, struct arena *a, const struct standing *s, dayno since,
                      struct plan *plan)
{
	struct plan_input in = {
		.registry = &p->registry,
		.reviews = s->reviews.at,
		.n_reviews = s->reviews.n,
		.letters = s->letters.at,
		.n_letters = s->letters.n,
		.asked = s->asked.at,
		.n_asked = s->asked.n,
		.inquiries = s->inquiries.at,
		.n_inquiries = s->inquiries.n,
		.rests = s->rests.at,
		.n_rests = s->rests.n,
		.unsent = s->unsent.at,
		.n_unsent = s->unsent.n,
		.today = p->today,
		.since = since,
	};
	plan_pass(&in, a, plan);
}

static int load_awake(struct pass *p, struct err *e)
{
	struct registry fresh;

	registry_init(&fresh);
	if (store_load_awake(p->store, p->today, &fresh, e)) {
		registry_release(&fresh);
		return -1;
	}
	pass_take_register(p, &fresh);
	return 0;
}

/* Each commit waits for the disk. With this many letters in one, a power cut undoes the
 * work of a moment, and the next pass does it again. */
enum { GROUP = 500, TURNS = 5 /* until a pass gives up planning anew */ };

/* All of them, or none. 1 others have written, and nothing was done. */
static int send_group(struct pass *p, struct plan *plan, size_t end, size_t *sent, struct err *e)
{
	struct pass_report before = p->report;
	struct err undone = ERR_INIT;
	size_t first = *sent;

	if (store_group_begin(p->store, STORE_WHOLE, e))
		return -1;
	int stands = plan_stands(p, e), failed = stands < 0;
	while (stands > 0 && !failed && *sent < end && pass_goes_on(p)) {
		failed = outward_letter(p, &plan->letters[*sent], e);
		*sent += !failed;
	}
	if (failed)
		store_group_undo(p->store);
	if (!store_group_end(p->store, failed ? &undone : e) && !failed)
		return !stands;
	p->report = before;
	*sent = first;
	return -1;
}

/* As send_group(); what was written before stands. */
static int send_groups(struct pass *p, struct plan *plan, size_t group, size_t *sent,
                       struct handing *h, struct err *e)
{
	for (*sent = 0; *sent < plan->n_letters && pass_goes_on(p);) {
		size_t left = plan->n_letters - *sent, n = left < group ? left : group;
		int allowed = p->config->ceiling - p->report.letters;

		/* what is written goes while the next are */
		if (h && *sent && handing_turn(h, e) < 0)
			return -1;
		if (allowed <= 0) {
			p->report.waiting += (int)left;
			log_event(LOG_WARNING, "ceiling", "letters=%d left=%zu", p->report.letters, left);
			return 0;
		}
		if ((size_t)allowed < n)
			n = (size_t)allowed;
		int failed = send_group(p, plan, *sent + n, sent, e);
		if (failed)
			return failed;
	}
	return 0;
}

static int send_letters(struct pass *p, struct plan *plan, size_t group, size_t *sent, struct err *e)
{
	struct err again = ERR_INIT;
	struct handing h;

	if (!p->sender || plan->n_letters <= group || group == 1)
		return send_groups(p, plan, group, sent, NULL, e);
	if (handing_open(&h, p, e))
		return -1;
	int failed = send_groups(p, plan, group, sent, &h, e);
	return handing_close(&h, failed < 0 ? &again : e) ? -1 : failed;
}

/* Items whose letter the ceiling stopped stay awake. */
static int let_sleep(struct pass *p, struct arena *a, const struct plan *plan, size_t sent,
                     struct err *e)
{
	struct look *looks = arena_alloc(a, plan->n_looks * sizeof(*looks));
	size_t n = 0;

	for (size_t i = 0; i < plan->n_looks; i++)
		if (plan->looks[i].letter <= sent)
			looks[n++] = (struct look){ plan->looks[i].item->id, plan->looks[i].next,
			                            plan->looks[i].holder };
	return store_sleep(p->store, p->today, looks, n, e);
}

static int carry_out(struct pass *p, struct arena *a, struct plan *plan, const struct brake *b,
                     size_t group, struct err *e)
{
	size_t sent;

	int failed = settle_reviews(p, a, plan, e);
	if (failed)
		return failed;
	for (size_t i = 0; i < plan->n_findings; i++)
		log_event(LOG_WARNING, "finding", "item=%s what=\"%s\"", plan->findings[i].item->id,
		          plan->findings[i].what);
	p->report.findings = (int)plan->n_findings;
	failed = send_letters(p, plan, group, &sent, e);
	if (failed || let_sleep(p, a, plan, sent, e))
		return failed ? failed : -1;
	return outward_passed(p, a, b, (int)plan->n_letters, (int)sent, e);
}

/* 1 others have written meanwhile, and what was planned may stand no more. */
static int write_by(struct pass *p, size_t group, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct standing standing;
	struct brake b;
	struct plan plan;
	size_t awake;

	if (store_version(p->store, &p->planned_version, e) || store_brake(p->store, &b, e)
	    || store_wake(p->store, p->today, &awake, e))
		return -1;
	if (!awake)
		return outward_passed(p, &a, &b, 0, 0, e);
	if (load_awake(p, e) || standing_awake(p->store, &a, p->today, &standing, e))
		return -1;
	make_plan(p, &a, &standing, brake_since(&b, p->today), &plan);
	int stopped = outward_stops(p, &a, &plan, &b, e);
	return stopped ? stopped < 0 ? -1 : 0 : carry_out(p, &a, &plan, &b, group, e);
}

/* Where others never cease to write, the next pass goes on. */
static int write_anew(struct pass *p, size_t group, struct err *e)
{
	int failed = 1;

	for (int turn = 0; failed > 0 && turn < TURNS; turn++) {
		failed = write_by(p, group, e);
		if (failed > 0)
			log_event(LOG_INFO, "planned-anew", "why=\"somebody else has written meanwhile\"");
	}
	p->report.waiting += failed > 0;
	return failed;
}

/* A letter that cannot be written stops those after it, not those before. */
int pass_write(struct pass *p, struct err *e)
{
	struct err why = ERR_INIT;
	int failed = write_anew(p, GROUP, &why);

	if (failed >= 0)
		return 0;
	log_event(LOG_WARNING, "one-by-one", "why=\"%s\"", why.text);
	return write_anew(p, 1, e) < 0 ? -1 : 0;
}

void outward_preview_letter(const struct preview_letter *l, bool json, struct buf *out)
{
	if (json) {
		struct json *j = json_new();

		json_str(j, "letter", l->letter);
		json_str(j, "body", l->body);
		json_str(j, "to", l->to);
		json_list(j, "items", l->items, l->n_items);
		json_list(j, "cases", l->cases, l->n_cases);
		json_write(j, out);
		return;
	}
	buf_fmt(out, "%-14s %-8s %-45s", l->letter, l->body ? l->body : "", l->to ? l->to : "nobody");
	for (size_t i = 0; i < l->n_items; i++)
		buf_fmt(out, " %s", l->items[i]);
	for (size_t i = 0; i < l->n_cases; i++)
		buf_fmt(out, " %s", l->cases[i]);
	buf_chr(out, '\n');
}

static void preview_finding(const struct plan_finding *f, bool json, struct buf *out)
{
	if (json) {
		struct json *j = json_new();

		json_str(j, "finding", f->item->id);
		json_str(j, "what", f->what);
		json_write(j, out);
	} else {
		buf_fmt(out, "finding        %s: %s\n", f->item->id, f->what);
	}
}

/* A preview writes nothing, so it cannot note what woke: it looks at everything. */
static int preview(struct pass *p, bool json, struct buf *out, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct standing standing;
	struct brake b;
	struct plan plan;

	if (store_load(p->store, &p->registry, e) || standing_all(p->store, &a, &standing, e)
	    || store_brake(p->store, &b, e))
		return -1;
	make_plan(p, &a, &standing, brake_since(&b, p->today), &plan);
	outward_preview_brake(p, &plan, &b, json, out);
	for (size_t i = 0; i < plan.n_letters; i++) {
		const struct plan_letter *l = &plan.letters[i];

		const char **ids = arena_alloc(&a, l->n * sizeof(*ids));

		for (size_t k = 0; k < l->n; k++)
			ids[k] = l->items[k].item->id;
		outward_preview_letter(&(struct preview_letter){
			.letter = outward_template(l), .body = l->body->id, .to = l->holder->address,
			.items = ids, .n_items = l->n,
		}, json, out);
	}
	if (pass_preview_cases(p, &a, json, out, e) || pass_preview_reports(p, &a, json, out, e))
		return -1;
	for (size_t i = 0; i < plan.n_findings; i++)
		preview_finding(&plan.findings[i], json, out);
	return 0;
}

int pass_preview(const struct config *c, struct store *s, instant now, bool json, struct buf *out,
                 struct err *e)
{
	struct pass p = { .config = c, .store = s, .now = now, .today = zone_wall(now).day };

	registry_init(&p.registry);
	int failed = preview(&p, json, out, e);
	registry_release(&p.registry);
	return failed;
}
