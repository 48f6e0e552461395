/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: the words of a letter that a pass has planned. */
#include <stdio.h>

#include "core/posts.h"
#include "src/app/answer.h"
#include "src/app/outward.h"

enum { AWAY_DAYS = 366 }; /* an absence longer than this has no end worth telling */

static const char *reason_words(const struct pass *p, struct arena *a, const struct due *d)
{
	char from[DATE_TEXT];

	for (size_t i = 0; i < d->n_reasons; i++) {
		const struct reason *r = &d->reasons[i];

		if (!r->wins)
			continue;
		const char *implied = view_implied_words(a, r, p->lang);
		if (implied)
			return implied;
		const char *words = r->rule->text ? r->rule->text : rule_kind_name(r->rule->kind);
		const char *ours = r->source != REASON_DEFAULT ? ""
		                   : p->lang == VIEW_SV ? " (kommunens val)"
		                                        : " (the municipality's choice)";
		if (d->anchor == DAY_NONE)
			return arena_fmt(a, "%s%s", words, ours);
		return arena_fmt(a, "%s%s, %s %s", words, ours, p->lang == VIEW_SV ? "senast" : "last",
		                 date_text(d->anchor, from));
	}
	return NULL;
}

/* Who decides what others work on is told who does. */
static const char *titled(const struct pass *p, struct arena *a, const struct item *item)
{
	const char *title = letter_title(a, item);
	const struct role *worker = post_decided(&p->registry, item)
	                            ? registry_holder(&p->registry, item, p->today) : NULL;

	if (item->registry_no)
		title = arena_fmt(a, "%s (%s)", title, item->registry_no);
	return worker ? arena_fmt(a, p->lang == VIEW_SV ? "%s; ansvarig: %s" : "%s; responsible: %s", title,
	                          worker->title) : title;
}

const char *outward_joined(struct arena *a, const char *const *at, size_t n)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? "; " : "", at[i]);
	return arena_dup(a, b.data);
}

static void item_row(const struct pass *p, struct arena *a, const struct plan_letter *l,
                     const struct plan_item *x, struct letter_row *row, struct letter_words *w)
{
	const struct item *item = x->item;
	char day[DATE_TEXT];

	w->delegated |= post_decides(&p->registry, item, l->holder, p->today);
	*row = (struct letter_row){
		.n = arena_fmt(a, "%d", x->n),
		.title = titled(p, a, item),
		.holder = x->holder ? x->holder->title : NULL,
		.words = item->rule_text ? item->rule_text : item->validity ? item->validity : "–",
	};
	if (plan_to_secretary(l->kind))
		row->answer = x->inquiry.paragraph;
	else if (l->kind == PLAN_QUESTION)
		row->asked = outward_joined(a, x->due.ask, x->due.n_ask);
	else if (l->kind == PLAN_BACK)
		row->was = arena_dup(a, date_text(x->told, day));
	else {
		row->act_by = arena_dup(a, date_text(x->review.act_by, day));
		if (x->moved)
			row->was = arena_dup(a, date_text(x->was, day));
		row->reason = reason_words(p, a, &x->due);
	}
}

static void kind_flag(const struct item *item, struct letter_words *w)
{
	switch (item->kind) {
	case ITEM_INVENTORY:
	case ITEM_PROCESSING:
		w->inventory = true;
		break;
	case ITEM_ASSET:
		w->asset = true;
		break;
	case ITEM_ROUTINE:
		w->routine = true;
		break;
	case ITEM_DOCUMENT:
		w->document = true;
		break;
	case ITEM_TRAINING:
		w->training = true;
		break;
	case ITEM_KIND_COUNT:
		break;
	}
}

static void meeting_words(const struct pass *p, struct arena *a, const struct plan_item *x,
                          struct letter_words *w)
{
	const struct meeting *m = x->due.meeting;

	if (!x->item->needs_decision || !m || w->meeting)
		return;
	dayno stop = meeting_stop(&p->registry, m);
	if (stop < p->today)
		return;
	w->meeting = true;
	w->meeting_long = letter_day_long(p, a, m->day);
	w->stop_long = letter_day_long(p, a, stop);
}

static const char *object_words(const struct pass *p, struct arena *a, const struct plan_letter *l)
{
	if (l->n == 1)
		return letter_title(a, l->items[0].item);
	if (l->kind == PLAN_QUESTION)
		return arena_fmt(a, p->lang == VIEW_SV ? "%zu saker" : "%zu items", l->n);
	return arena_fmt(a, p->lang == VIEW_SV ? "%zu granskningar" : "%zu reviews", l->n);
}

/* What happens next if nobody answers, and who is told then. */
static void next_words(const struct pass *p, struct arena *a, const struct plan_letter *l,
                       struct letter_words *w)
{
	dayno next = plan_next_notice(&p->registry, l, p->today);
	enum rung rung = RUNG_ESCALATE;

	w->next_long = letter_day_long(p, a, next);
	if (next != DAY_NONE && l->rung == RUNG_OVERDUE)
		w->superior = plan_told(&p->registry, l->holder, l->body, next, &rung)->title;
}

/* The chair is told in time to take the matter up at the next meeting. */
static void chair_words(const struct pass *p, struct arena *a, const struct plan_letter *l,
                        struct letter_words *w)
{
	const struct meeting *m = meeting_next(&p->registry, l->body->id, p->today);

	while (m && meeting_stop(&p->registry, m) <= p->today)
		m = meeting_next(&p->registry, l->body->id, m->day + 1);
	w->secretary_address = l->body->secretary ? l->body->secretary : w->contact_address;
	if (m) {
		w->meeting_long = letter_day_long(p, a, m->day);
		w->stop_long = letter_day_long(p, a, meeting_stop(&p->registry, m));
	}
	w->meeting = m != NULL;
	w->told_long = letter_day_long(p, a, l->items[0].told);
}

/* For whom the deputy stands in, and how long as far as is known. */
static void deputy_words(const struct pass *p, struct arena *a, const struct plan_letter *l,
                         struct letter_words *w)
{
	const struct role *holder = l->items[0].holder;
	const struct absence *away = registry_absence(&p->registry, holder->id, p->today);

	w->holder = holder->title;
	if (away && away->to < p->today + AWAY_DAYS)
		w->away_long = letter_day_long(p, a, away->to);
	w->overdue = l->rung >= RUNG_OVERDUE;
}

/* About which meeting a secretary is asked, and when the next time is. */
static void decision_words(const struct pass *p, struct arena *a, const struct plan_letter *l,
                           struct letter_words *w)
{
	const struct registry *r = &p->registry;
	struct workcal cal = registry_workcal(r);
	const struct meeting *m = meeting_next(r, l->body->id, l->meeting);
	dayno again = plan_ask_again(r, p->today);
	dayno adjusted = m && m->day == l->meeting ? meeting_adjusted_by(r, m)
	                                           : l->meeting + r->settings.adjust_days;
	bool last = true;

	for (size_t i = 0; i < l->n; i++)
		last = last && l->items[i].inquiry.times >= PLAN_INQUIRIES;
	w->meeting_short = letter_day_short(p, a, l->meeting);
	w->meeting_long = letter_day_long(p, a, l->meeting);
	letter_decision_words(a, l->meeting, w);
	w->options = l->about == INQUIRY_OPTIONS;
	w->renewal = l->about == INQUIRY_RENEWAL;
	w->deadline_long = letter_day_long(p, a, again - 1);
	w->deadline_short = letter_day_short(p, a, again - 1);
	if (adjusted >= p->today)
		w->adjusted_long = letter_day_long(p, a, plan_letter_day(&cal, adjusted + 1));
	w->next_long = last ? NULL : letter_day_long(p, a, again);
}

/* Whoever approves together with others knows who they are. */
static void joint_words(const struct pass *p, struct arena *a, const struct plan_letter *l,
                        struct letter_words *w)
{
	w->joint.at = arena_alloc(a, l->n * sizeof(*w->joint.at));
	for (size_t i = 0; i < l->n && l->kind != PLAN_CHAIR; i++)
		if (l->items[i].review.seat)
			w->joint.at[w->joint.n++] = (struct letter_line){
				.line = answer_joint_line(p, a, l->items[i].item, l->items[i].n, l->n == 1),
			};
}

/* Whoever asked for a change, or was only asked before it, sees that there was one. */
static void changed_words(struct arena *a, const struct plan_letter *l, struct letter_words *w)
{
	w->changed.at = arena_alloc(a, l->n * sizeof(*w->changed.at));
	for (size_t i = 0; i < l->n && l->kind != PLAN_CHAIR; i++)
		if (l->items[i].changed)
			w->changed.at[w->changed.n++] = (struct letter_line){
				.line = arena_fmt(a, "%d", l->items[i].n),
			};
}

/* An extension is had once: where none is left, none is offered. */
static bool all_extended(const struct plan_letter *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].review.extended_until == DAY_NONE)
			return false;
	return true;
}

/* Who answered for all of it until now; NULL: several did. */
static const struct role *before_all(const struct plan_letter *l)
{
	for (size_t i = 1; i < l->n; i++)
		if (l->items[i].before != l->items[0].before)
			return NULL;
	return l->items[0].before;
}

/* The day from which somebody new answers. */
static dayno from_day(const struct pass *p, const struct plan_letter *l)
{
	const struct role *before = before_all(l);

	if (l->kind == PLAN_NEW_CHAIR)
		return l->holder->from != DAY_NONE ? l->holder->from : p->today;
	if (before && before->to != DAY_NONE && before->to < p->today)
		return before->to + 1;
	return p->today;
}

static const char *coming_day(const struct pass *p, struct arena *a, const struct plan_item *x)
{
	char day[DATE_TEXT];

	if (x->review.id && x->review.state == REVIEW_AWAITING)
		return p->lang == VIEW_SV ? "väntar på beslut" : "awaits a decision";
	if (x->due.status == DUE_ASK)
		return p->lang == VIEW_SV ? "datum saknas: vi frågar dig" : "no date yet: we will ask you";
	if (x->due.act_by == DAY_NONE)
		return p->lang == VIEW_SV ? "datum saknas" : "no date yet";
	return arena_dup(a, date_text(x->due.act_by, day));
}

/* What waits for an answer is asked; of the rest it is only told when it comes. */
static void hand_over_words(const struct pass *p, struct arena *a, const struct plan_letter *l,
                            struct letter_words *w)
{
	const struct role *before = before_all(l);

	w->holder = before ? before->title : NULL;
	w->some_bounced = before && before->dead;
	w->open = l->asked > 0;
	w->overdue = l->asked && l->act_by < p->today;
	w->inventory = w->asset = w->routine = w->document = false;
	w->n_rows = 0;
	w->coming.at = arena_alloc(a, l->n * sizeof(*w->coming.at));
	for (size_t i = 0; i < l->n; i++) {
		const struct plan_item *x = &l->items[i];

		if (!x->opened) {
			w->coming.at[w->coming.n++] = (struct letter_line){
				.line = titled(p, a, x->item), .day = coming_day(p, a, x),
			};
			continue;
		}
		item_row(p, a, l, x, &w->rows[w->n_rows++], w);
		kind_flag(x->item, w);
	}
	w->some_coming = w->coming.n > 0;
}

void outward_words(const struct pass *p, struct arena *a, const struct plan_letter *l,
                   const struct letter *letter, struct letter_words *w)
{
	const struct plan_item *first = &l->items[0];
	struct workcal cal = registry_workcal(&p->registry);

	letter_common_words(p, a, letter, l->body, l->holder, w);
	w->single = l->n == 1;
	w->first = !*l->ref;
	w->count = arena_fmt(a, "%zu", l->n);
	w->object = object_words(p, a, l);
	w->registry_no = l->n == 1 ? first->item->registry_no : NULL;
	w->rows = arena_alloc(a, l->n * sizeof(*w->rows));
	w->n_rows = l->n;
	for (size_t i = 0; i < l->n; i++) {
		item_row(p, a, l, &l->items[i], &w->rows[i], w);
		kind_flag(l->items[i].item, w);
		if (l->kind == PLAN_REVIEW)
			meeting_words(p, a, &l->items[i], w);
	}
	if (l->kind == PLAN_QUESTION)
		return;
	if (l->kind == PLAN_BACK) {
		w->secretary_address = l->body->secretary ? l->body->secretary : w->contact_address;
		w->next_long = letter_day_long(p, a, plan_letter_day(&cal, p->today + PLAN_BACK_DAYS));
		return;
	}
	if (plan_to_secretary(l->kind)) {
		decision_words(p, a, l, w);
		return;
	}
	w->from_short = letter_day_short(p, a, from_day(p, l));
	w->from_long = letter_day_long(p, a, from_day(p, l));
	joint_words(p, a, l, w);
	changed_words(a, l, w);
	w->extended = all_extended(l);
	if (l->kind == PLAN_HAND_OVER)
		hand_over_words(p, a, l, w);
	w->deadline_short = letter_day_short(p, a, l->act_by);
	w->deadline_long = letter_day_long(p, a, l->act_by);
	w->example_date = letter_example_day(p, a, l->act_by);
	w->days_left = arena_fmt(a, "%d", l->act_by > p->today ? l->act_by - p->today : 0);
	if (l->kind == PLAN_COPY)
		return;
	if (!w->first)
		w->invited_long = letter_day_long(p, a, letter->opened);
	if (l->kind == PLAN_REVIEW || l->kind == PLAN_ESCALATION)
		next_words(p, a, l, w);
	if (l->kind == PLAN_CHAIR)
		chair_words(p, a, l, w);
	if (l->kind == PLAN_DEPUTY)
		deputy_words(p, a, l, w);
}
