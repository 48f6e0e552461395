/* SPDX-License-Identifier: EUPL-1.2 */
/* How everything stands, in the words of letters. */
#include "src/app/coordinator.h"

#include <stdlib.h>
#include <string.h>

#include "core/quorum.h"

enum { MOST_ROWS = 60 }; /* of a list: a longer one nobody reads in a mail */

int coordinator_load_people(struct pass *p, struct err *e)
{
	struct registry fresh;

	registry_init(&fresh);
	/* Of a letter that is none: the register without its items. */
	if (store_load_letter(p->store, "", &fresh, e)) {
		registry_release(&fresh);
		return -1;
	}
	pass_take_register(p, &fresh);
	return 0;
}

/* What several approve has a row for each of them, one after the other. */
static void keep_one_each(struct reviews *open)
{
	size_t n = 0;

	for (size_t i = 0; i < open->n; i++)
		if (!n || strcmp(open->at[n - 1].id, open->at[i].id) != 0)
			open->at[n++] = open->at[i];
	open->n = n;
}

int overview_take(struct pass *p, struct arena *a, instant since, struct overview *out,
                  struct err *e)
{
	findings_init(&out->findings);
	if (store_open_reviews(p->store, a, &out->open, e)
	    || store_deficiency_counts(p->store, &out->cases, e)
	    || store_activity(p->store, since, &out->activity, e)) {
		findings_release(&out->findings);
		return -1;
	}
	keep_one_each(&out->open);
	findings_gather(&p->registry, p->today, &out->findings);
	return 0;
}

void overview_release(struct overview *o)
{
	findings_release(&o->findings);
}

struct letter_line *line_add(struct arena *a, struct letter_lines *l, size_t *cap)
{
	l->at = arena_grow(a, l->at, l->n, cap, sizeof(*l->at));
	l->at[l->n] = (struct letter_line){ .line = NULL };
	return &l->at[l->n++];
}

const char *overview_body(const struct pass *p, const struct coverage *c)
{
	return c->body ? c->body->name : IN_LANGUAGE(p, "Gäller alla nämnder", "For all committees");
}

size_t overview_overdue(const struct overview *o)
{
	size_t n = 0;

	for (size_t i = 0; i < o->findings.n_coverage; i++)
		n += o->findings.coverage[i].overdue;
	return n;
}

size_t overview_unwatched(const struct overview *o)
{
	size_t n = 0;

	for (size_t i = 0; i < o->findings.n_coverage; i++)
		n += o->findings.coverage[i].ask;
	return n;
}

size_t overview_open(const struct pass *p, const struct overview *o, const struct body *body,
                     bool awaiting)
{
	size_t n = 0;

	for (size_t i = 0; i < o->open.n; i++) {
		const struct item *item = registry_item(&p->registry, o->open.at[i].item);
		const char *id = item ? item->body : NULL;

		if ((o->open.at[i].state == REVIEW_AWAITING) == awaiting
		    && registry_body_on(&p->registry, id, p->today) == body)
			n++;
	}
	return n;
}

/* The holder has said what is wrong, and the coordinator has the ball. */
static size_t overview_yours(const struct overview *o)
{
	size_t n = 0;

	for (size_t i = 0; i < o->open.n; i++)
		n += o->open.at[i].state == REVIEW_CHANGES || o->open.at[i].state == REVIEW_MISDIRECTED;
	return n;
}

/* ---- STATUS ---- */

static void body_row(const struct pass *p, struct arena *a, const struct overview *o,
                     const struct coverage *c, struct letter_line *l)
{
	l->line = overview_body(p, c);
	l->late = number_text(a, c->overdue);
	l->soon = number_text(a, c->soon);
	l->later = number_text(a, c->dated - c->overdue - c->soon);
	l->lacking = number_text(a, c->ask);
	l->waiting = number_text(a, overview_open(p, o, c->body, false));
	l->awaiting = number_text(a, overview_open(p, o, c->body, true));
}

void overview_words(const struct pass *p, struct arena *a, const struct overview *o,
                    struct letter_words *w)
{
	size_t cap = 0, soon = 0;

	for (size_t i = 0; i < o->findings.n_coverage; i++) {
		body_row(p, a, o, &o->findings.coverage[i], line_add(a, &w->bodies, &cap));
		soon += o->findings.coverage[i].soon;
	}
	w->today_short = letter_day_short(p, a, p->today);
	w->today_long = letter_day_long(p, a, p->today);
	w->overdue_count = number_text(a, overview_overdue(o));
	w->soon_count = number_text(a, soon);
	w->soon_days = arena_fmt(a, "%d", p->registry.settings.soon_days);
	w->unwatched_count = number_text(a, overview_unwatched(o));
	w->open_count = number_text(a, o->open.n);
	w->yours_count = number_text(a, overview_yours(o));
	w->open_cases = arena_fmt(a, "%d", o->cases.open);
	w->waiting_count = arena_fmt(a, "%d", o->activity.waiting);
	w->held_count = arena_fmt(a, "%d", o->activity.held);
	w->failed_count = arena_fmt(a, "%d", o->activity.failed);
}

/* ---- LISTA ---- */

const char *coordinator_title(struct arena *a, const struct item *item)
{
	return item->name_protected || !item->title ? letter_title(a, item)
	                                            : arena_fmt(a, "%s %s", item->id, item->title);
}

const char *coordinator_holder(const struct pass *p, struct arena *a, const struct item *item)
{
	const struct role *role = plan_approver(&p->registry, item, p->today);

	return quorum_joint(item) ? quorum_awaited(&p->registry, item, p->today, NULL, 0, a)
	       : role ? role->title : NULL;
}

struct listed {
	const struct item *item;
	const struct review *review; /* NULL: it has none that is open */
	dayno day;
};

static int by_day(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	return x->day != y->day ? (x->day > y->day) - (x->day < y->day) : strcmp(x->item->id, y->item->id);
}

static const struct review *review_of(const struct overview *o, const struct item *item)
{
	for (size_t i = 0; i < o->open.n; i++)
		if (!strcmp(o->open.at[i].item, item->id))
			return &o->open.at[i];
	return NULL;
}

static const char *state_words(const struct pass *p, struct arena *a, const struct review *r)
{
	if (!r)
		return IN_LANGUAGE(p, "inget brev än", "no letter yet");
	switch (r->state) {
	case REVIEW_AWAITING:
		return IN_LANGUAGE(p, "väntar på nämndens beslut", "awaits a decision");
	case REVIEW_CHANGES:
		return IN_LANGUAGE(p, "ändring begärd: väntar på dig", "changes asked for: waits for you");
	case REVIEW_MISDIRECTED:
		return IN_LANGUAGE(p, "fel person: väntar på dig", "wrong person: waits for you");
	case REVIEW_OPEN:
		if (r->extended_until == DAY_NONE || r->extended_until < p->today)
			break;
		return arena_fmt(a, "%s %s", IN_LANGUAGE(p, "har anstånd till", "has an extension until"),
		                 letter_day_short(p, a, r->extended_until));
	case REVIEW_PLANNED:
	case REVIEW_CLOSED:
	case REVIEW_CANCELLED:
	case REVIEW_SUPERSEDED:
	case REVIEW_STATE_COUNT:
		break;
	}
	return IN_LANGUAGE(p, "väntar på svar", "waits for an answer");
}

static void list_row(const struct pass *p, struct arena *a, const struct listed *x,
                     struct letter_row *row)
{
	const char *holder = coordinator_holder(p, a, x->item);
	char day[DATE_TEXT];

	*row = (struct letter_row){
		.title = coordinator_title(a, x->item),
		.holder = holder ? holder : IN_LANGUAGE(p, "ingen", "nobody"),
		.act_by = arena_dup(a, date_text(x->day, day)),
		.words = state_words(p, a, x->review),
	};
}

static size_t list_late(const struct pass *p, struct arena *a, const struct overview *o,
                        struct listed **out)
{
	size_t n = 0, cap = 0;

	*out = NULL;
	for (size_t i = 0; i < p->registry.n_items; i++) {
		const struct item *item = &p->registry.items[i];
		struct due d;

		if (item->retired)
			continue;
		due_compute(&p->registry, item, p->today, a, &d);
		if (d.status != DUE_OVERDUE)
			continue;
		*out = arena_grow(a, *out, n, &cap, sizeof(**out));
		(*out)[n++] = (struct listed){ item, review_of(o, item), d.due };
	}
	return n;
}

static size_t list_waiting(const struct pass *p, struct arena *a, const struct overview *o,
                           struct listed **out)
{
	size_t n = 0;

	*out = arena_alloc(a, (o->open.n + 1) * sizeof(**out));
	for (size_t i = 0; i < o->open.n; i++) {
		const struct review *r = &o->open.at[i];
		const struct item *item = registry_item(&p->registry, r->item);

		if (item)
			(*out)[n++] = (struct listed){ item, r, r->act_by };
	}
	return n;
}

void overview_list(const struct pass *p, struct arena *a, const struct overview *o, bool late,
                   struct letter_words *w)
{
	struct listed *all;
	size_t n = late ? list_late(p, a, o, &all) : list_waiting(p, a, o, &all);
	size_t shown = n < MOST_ROWS ? n : MOST_ROWS;

	if (n > 1)
		qsort(all, n, sizeof(*all), by_day);
	w->late = late;
	w->today_short = letter_day_short(p, a, p->today);
	w->today_long = letter_day_long(p, a, p->today);
	w->count = number_text(a, n);
	w->more = n > shown ? number_text(a, n - shown) : NULL;
	w->rows = arena_alloc(a, (shown + 1) * sizeof(*w->rows));
	w->n_rows = shown;
	for (size_t i = 0; i < shown; i++)
		list_row(p, a, &all[i], &w->rows[i]);
}
