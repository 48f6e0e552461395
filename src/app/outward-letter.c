/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: one letter, together with the reviews it opens and its record. */
#include <stdio.h>
#include <string.h>

#include "src/app/outward.h"

/* A letter's event is booked on the day its first item must be ready; a day
 * that has passed gets none. */
static enum letter_calendar book(const struct pass *p, const struct plan_letter *l,
                                 struct letter *letter)
{
	struct workcal cal = registry_workcal(&p->registry);
	bool first = !*l->ref;
	dayno day = first ? l->act_by : l->event_day;

	if ((l->kind != PLAN_REVIEW && l->kind != PLAN_HAND_OVER) || day == DAY_NONE || (!first && letter->event_day == DAY_NONE))
		return CALENDAR_NO;
	day = workday_on_or_before(&cal, day);
	if (day <= p->today || day == letter->event_day)
		return CALENDAR_NO;
	/* The time that its person chose stands as long as it is early enough. */
	if (letter->event_minutes && letter->event_day > p->today && letter->event_day < day)
		return CALENDAR_NO;
	letter->event_minutes = 0;
	letter->event_day = day;
	letter->sequence += !first;
	return CALENDAR_REQUEST;
}

static int letter_for(struct pass *p, struct arena *a, const struct plan_letter *l,
                      struct letter *letter, struct err *e)
{
	if (*l->ref) {
		int found = store_letter(p->store, a, l->ref, letter, e);

		return found < 0 ? -1 : found ? 0
		       : err_set(e, ERR_FOUND, "letter %s is not in the database", l->ref);
	}
	int serial;
	if (store_letter_serial(p->store, date_ymd(p->today).y, &serial, e))
		return -1;
	*letter = (struct letter){
		.role = l->holder->id,
		.body = l->body->id,
		.address = l->holder->address,
		.opened = p->today,
		.event_day = DAY_NONE,
		.kind = outward_kind(l),
	};
	letter_mint(p, a, serial + 1, letter);
	return 0;
}

static void record_move(struct arena *a, const struct plan_item *x, const char *message_id,
                        struct change *c)
{
	char due[DATE_TEXT], act_by[DATE_TEXT], was[DATE_TEXT];

	change_record(c, a, "review-moved", x->review.id,
	              arena_fmt(a, "due=%s\nact_by=%s\nwas=%s\nmessage_id=%s\n",
	                        date_text(x->review.due, due), date_text(x->review.act_by, act_by),
	                        date_text(x->was, was), message_id));
}

/* The letter is somebody else's; the review keeps its own. */
static void add_told(struct pass *p, struct arena *a, const struct plan_letter *l,
                     const struct plan_item *x, const struct letter *letter,
                     const char *message_id, struct change *c)
{
	struct told one = {
		.review = x->review.id,
		.whom = l->kind == PLAN_DEPUTY  ? TOLD_DEPUTY
		        : l->kind == PLAN_CHAIR ? TOLD_CHAIR : TOLD_SUPERIOR,
		.rung = x->rung,
		.n = x->n,
		.day = p->today,
		.message_id = message_id,
		.seat = x->review.seat,
	};

	memcpy(one.letter, letter->ref, sizeof(one.letter));
	change_told(c, a, &one);
	change_record(c, a, "told", x->review.id,
	              arena_fmt(a, "whom=%s\nrole=%s\nrung=%s\nletter=%s\nn=%d\nmessage_id=%s\n",
	                        told_name(one.whom), letter->role, rung_name(x->rung), letter->ref,
	                        x->n, message_id));
	if (l->kind != PLAN_DEPUTY)
		outward_escalated(p, a, l, x, c);
}

/* Of an item that several approve, the review may be open already: in the letter to
 * another of them. */
static int name_review(struct pass *p, struct arena *a, struct plan_item *x,
                       const struct letter *letter, struct change *c, struct err *e)
{
	struct review *r = &x->review;
	char due[DATE_TEXT], act_by[DATE_TEXT];
	struct reviews all = { .n = 0 };
	int ordinal;

	memcpy(r->letter, letter->ref, sizeof(r->letter));
	if (r->seat && store_item_reviews(p->store, a, x->item->id, &all, e))
		return -1;
	if (r->seat && all.n && !review_terminal(all.at[all.n - 1].state)) {
		r->id = all.at[all.n - 1].id;
		change_record(c, a, "approver-asked", r->id,
		              arena_fmt(a, "seat=%s\nletter=%s\nn=%d\n", r->seat, r->letter, r->n));
		return 0;
	}
	if (store_review_ordinal(p->store, x->item->id, &ordinal, e))
		return -1;
	r->id = arena_fmt(a, "%s.%d", x->item->id, ordinal + 1);
	change_record(c, a, "review-opened", r->id,
	              arena_fmt(a, "item=%s\nletter=%s\nn=%d\ndue=%s\nact_by=%s\nversion=%s\n%s",
	                        r->item, r->letter, r->n, date_text(r->due, due),
	                        date_text(r->act_by, act_by), r->version,
	                        r->seat ? arena_fmt(a, "seat=%s\n", r->seat) : ""));
	return 0;
}

static int add_review(struct pass *p, struct arena *a, const struct plan_letter *l,
                      struct plan_item *x, const struct letter *letter, const char *message_id,
                      struct change *c, struct err *e)
{
	struct review *r = &x->review;

	if (x->opened && name_review(p, a, x, letter, c, e))
		return -1;
	change_review(c, a, r);
	if (x->moved)
		record_move(a, x, message_id, c);
	if (x->rung == RUNG_NONE)
		return 0;
	if (l->kind != PLAN_REVIEW && l->kind != PLAN_HAND_OVER) {
		add_told(p, a, l, x, letter, message_id, c);
		return 0;
	}
	change_notice(c, a, &(struct notice){
		.review = r->id, .rung = x->rung, .day = p->today, .message_id = message_id,
		.seat = r->seat,
	});
	change_record(c, a, "notice", r->id,
	              arena_fmt(a, "rung=%s\nmessage_id=%s\n", rung_name(x->rung), message_id));
	return 0;
}

static void add_question(struct pass *p, struct arena *a, const struct plan_item *x,
                         const struct letter *letter, const char *message_id, struct change *c)
{
	struct question q = {
		.item = x->item->id,
		.n = x->n,
		.day = p->today,
		.text = outward_joined(a, x->due.ask, x->due.n_ask),
	};

	memcpy(q.letter, letter->ref, sizeof(q.letter));
	change_question(c, a, &q);
	change_record(c, a, "question", x->item->id,
	              arena_fmt(a, "letter=%s\nasked=%s\nmessage_id=%s\n", letter->ref, q.text,
	                        message_id));
}

/* Whoever is asked to review an inventory gets the table that can be sent back
 * edited, once: with the letter's first mail, or as deputy. */
static int add_tables(struct pass *p, struct arena *a, const struct plan_letter *l,
                      struct letter_mail *m, struct err *e)
{
	struct mail_attachment *files = arena_alloc(a, (l->n + 1) * sizeof(*files));
	struct registry all AUTO(registry_release);
	bool loaded = false;

	registry_init(&all);
	for (size_t i = 0; i < l->n; i++) {
		if (l->items[i].item->kind != ITEM_INVENTORY
		    || (l->kind == PLAN_HAND_OVER && !l->items[i].opened))
			continue;
		if (!loaded && store_load(p->store, &all, e))
			return -1;
		loaded = true;
		files[m->n_files++] = letter_inventory(&all, a, l->items[i].item->id, p->today, m->letter->ref);
	}
	m->files = files;
	return 0;
}

/* The review keeps its own letter, too. */
static void add_copy(struct arena *a, struct plan_item *x, const struct letter *letter,
                     const char *message_id, struct change *c)
{
	memcpy(x->review.copy, letter->ref, sizeof(x->review.copy));
	change_review(c, a, &x->review);
	change_record(c, a, "copied", x->review.id,
	              arena_fmt(a, "role=%s\nletter=%s\nn=%d\nversion=%s\nmessage_id=%s\n", letter->role,
	                        letter->ref, x->n, x->review.version, message_id));
}

/* What the letter shows, which an answer binds to. */
static size_t versions_of(struct arena *a, const struct plan_letter *l,
                          const struct mail_version **out)
{
	struct mail_version *v = arena_alloc(a, (l->n + 1) * sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].review.version && l->items[i].n)
			v[n++] = (struct mail_version){ l->items[i].n, l->items[i].review.version };
	*out = v;
	return n;
}

static int add_item(struct pass *p, struct arena *a, const struct plan_letter *l,
                    struct plan_item *x, const struct letter *letter, const char *message_id,
                    struct change *c, struct err *e)
{
	switch (l->kind) {
	case PLAN_QUESTION:
		add_question(p, a, x, letter, message_id, c);
		return 0;
	case PLAN_DECISION:
	case PLAN_REVISION:
	case PLAN_ADJUSTED:
		outward_inquiry(a, x, letter, message_id, c);
		return 0;
	case PLAN_BACK:
		outward_back(a, x, message_id, c);
		return 0;
	case PLAN_COPY:
		add_copy(a, x, letter, message_id, c);
		return 0;
	case PLAN_NEW_CHAIR:
		return 0;
	case PLAN_HAND_OVER:
		outward_handed(p, a, x, message_id, c);
		return x->opened ? add_review(p, a, l, x, letter, message_id, c, e) : 0;
	case PLAN_REVIEW:
	case PLAN_DEPUTY:
	case PLAN_ESCALATION:
	case PLAN_CHAIR:
		break;
	}
	return add_review(p, a, l, x, letter, message_id, c, e);
}

int outward_letter(struct pass *p, struct plan_letter *l, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct change c = { .at = p->now };
	struct letter_words w = { .single = false };
	struct letter letter;
	const char *message_id;

	if (letter_for(p, &a, l, &letter, e))
		return -1;
	outward_words(p, &a, l, &letter, &w);
	if (l->kind == PLAN_REVISION && outward_revision(p, &a, l, &w, e))
		return -1;
	struct letter_mail m = {
		.template_name = outward_template(l),
		.letter = &letter,
		.to_name = l->holder->title,
		.to = l->holder->address,
		.calendar = book(p, l, &letter),
		.calendar_summary = arena_fmt(&a, p->lang == VIEW_SV ? "Granska: %s, %s [%s]" : "Review: %s, %s [%s]",
		                              w.object, w.body, letter.ref),
	};
	bool first = (l->kind == PLAN_REVIEW || l->kind == PLAN_HAND_OVER) && letter.mails == 0;
	if ((first || l->kind == PLAN_DEPUTY) && add_tables(p, &a, l, &m, e))
		return -1;
	m.n_versions = versions_of(&a, l, &m.versions);
	if (letter_write(p, &a, &m, &w, &c, &message_id, e))
		return -1;
	change_letter(&c, &a, &letter);
	for (size_t i = 0; i < l->n; i++)
		if (add_item(p, &a, l, &l->items[i], &letter, message_id, &c, e))
			return -1;
	if (l->kind == PLAN_NEW_CHAIR)
		outward_chaired(p, &a, l->body, l->holder->id, &c);
	if (store_apply(p->store, &c, e))
		return err_wrap(e, "letter %s", letter.ref);
	p->report.letters++;
	if (l->kind == PLAN_QUESTION)
		p->report.questions += (int)l->n;
	else if (l->kind == PLAN_HAND_OVER)
		p->report.reviews += l->asked;
	else if (l->kind != PLAN_NEW_CHAIR && l->kind != PLAN_COPY)
		p->report.reviews += (int)l->n;
	return 0;
}
