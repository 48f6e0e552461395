/* SPDX-License-Identifier: EUPL-1.2 */
/* The words of the board's letter: what was done in a quarter, how it stands, and what
 * comes. Every figure can be followed to a review, a mail or a paragraph. */
#include <stdlib.h>
#include <string.h>

#include "core/forecast.h"
#include "src/app/cases.h"
#include "src/app/coordinator.h"

enum {
	PERCENT = 100,
	MOST_LINES = 12, /* of one kind: the rest is counted */
	MONTHS = 12,
};

struct quarter_job {
	struct pass *p;
	struct arena *a;
	const struct quarter *q;
	struct letter_words *w;
	struct overview o;
	struct span_facts span;
	struct forecast f;
	size_t cap_bodies, cap_points, cap_coming, cap_decisions, cap_wheel;
};

static void point(struct quarter_job *j, const char *words)
{
	line_add(j->a, &j->w->points, &j->cap_points)->line = words;
}

static const char *short_day(const struct quarter_job *j, dayno day)
{
	return letter_day_short(j->p, j->a, day);
}

/* ---- what was done ---- */

static bool belongs(const struct quarter_job *j, const char *id, const struct body *body)
{
	const struct item *item = registry_item(&j->p->registry, id);

	return registry_body_on(&j->p->registry, item ? item->body : NULL, j->p->today) == body;
}

static void body_row(struct quarter_job *j, const struct coverage *c)
{
	struct letter_line *l = line_add(j->a, &j->w->bodies, &j->cap_bodies);
	size_t done = 0, in_time = 0;

	for (size_t i = 0; i < j->span.n_ended; i++) {
		const struct ended_review *r = &j->span.ended[i];

		if (!belongs(j, r->item, c->body))
			continue;
		done++;
		in_time += r->day <= r->due;
	}
	l->line = overview_body(j->p, c);
	l->done = number_text(j->a, done);
	l->in_time = number_text(j->a, in_time);
	l->late = number_text(j->a, c->overdue);
	l->soon = number_text(j->a, c->soon);
	l->awaiting = number_text(j->a, overview_open(j->p, &j->o, c->body, true));
	l->lacking = number_text(j->a, c->ask);
}

static void done_words(struct quarter_job *j, size_t *in_time)
{
	size_t overdue = overview_overdue(&j->o);

	*in_time = 0;
	for (size_t i = 0; i < j->span.n_ended; i++)
		*in_time += j->span.ended[i].day <= j->span.ended[i].due;
	for (size_t i = 0; i < j->o.findings.n_coverage; i++)
		body_row(j, &j->o.findings.coverage[i]);
	j->w->done_count = number_text(j->a, j->span.n_ended);
	j->w->in_time_count = number_text(j->a, *in_time);
	/* What is overdue at the end was not done in time either. */
	j->w->in_time_percent = j->span.n_ended + overdue
	        ? number_text(j->a, *in_time * PERCENT / (j->span.n_ended + overdue)) : NULL;
	j->w->escalated_count = arena_fmt(j->a, "%d", j->span.to_superior);
	j->w->chair_count = arena_fmt(j->a, "%d", j->span.to_chair);
	j->w->reported_count = arena_fmt(j->a, "%d", j->span.reported);
	j->w->closed_count = arena_fmt(j->a, "%d", j->span.closed);
}

static void decision_lines(struct quarter_job *j)
{
	for (size_t i = 0; i < j->span.n_decisions; i++) {
		const struct made_decision *d = &j->span.decisions[i];
		const struct item *item = registry_item(&j->p->registry, d->item);
		const struct body *body = registry_body(&j->p->registry, d->body);

		if (j->w->decisions.n == MOST_LINES) {
			j->w->more = number_text(j->a, j->span.n_decisions - i);
			return;
		}
		struct letter_line *l = line_add(j->a, &j->w->decisions, &j->cap_decisions);
		l->day = short_day(j, d->day);
		l->line = arena_fmt(j->a, "%s%s%s: %s%s", body ? body->name : d->body, d->paragraph ? ", " : "",
		                    d->paragraph ? d->paragraph : "", item ? letter_title(j->a, item) : d->item,
		                    d->adjusted ? "" : IN_LANGUAGE(j->p, " (inte justerat än)", " (minutes not adjusted yet)"));
	}
}

/* ---- what the board must see ---- */

struct late_item {
	const struct item *item;
	dayno due;
};

static int by_due(const void *a, const void *b)
{
	const struct late_item *x = a, *y = b;

	return x->due != y->due ? (x->due > y->due) - (x->due < y->due) : strcmp(x->item->id, y->item->id);
}

static size_t late_items(struct quarter_job *j, struct late_item **out)
{
	const struct registry *r = &j->p->registry;
	size_t n = 0, cap = 0;

	*out = NULL;
	for (size_t i = 0; i < r->n_items; i++) {
		struct due d;

		if (r->items[i].retired)
			continue;
		due_compute(r, &r->items[i], j->p->today, j->a, &d);
		if (d.status != DUE_OVERDUE)
			continue;
		*out = arena_grow(j->a, *out, n, &cap, sizeof(**out));
		(*out)[n++] = (struct late_item){ &r->items[i], d.due };
	}
	if (n > 1)
		qsort(*out, n, sizeof(**out), by_due);
	return n;
}

/* Documents are what politicians have decided: by name. The rest is in the table. */
static void late_points(struct quarter_job *j, const struct late_item *late, size_t n)
{
	size_t shown = 0, documents = 0;

	for (size_t i = 0; i < n; i++) {
		if (late[i].item->kind != ITEM_DOCUMENT)
			continue;
		documents++;
		if (shown == MOST_LINES)
			continue;
		shown++;
		point(j, arena_fmt(j->a, IN_LANGUAGE(j->p, "%s skulle ha följts upp %s.", "%s was to be followed up %s."),
		                   letter_title(j->a, late[i].item), short_day(j, late[i].due)));
	}
	if (documents > shown)
		point(j, arena_fmt(j->a, IN_LANGUAGE(j->p, "Försenade styrdokument utöver dem: %zu.",
		                               "Overdue documents besides those: %zu."), documents - shown));
}

/* What the guideline demands of each committee; these name no item. */
static void lacking_points(struct quarter_job *j)
{
	static const enum finding_kind kinds[] = {
		FINDING_INVENTORY_MISSING, FINDING_PROCESSING_MISSING, FINDING_GUIDELINE_MISSING,
		FINDING_IT_POLICY_MISSING, FINDING_DEFICIENCY_ROUTINE_MISSING,
		FINDING_FOLLOW_UP_ROUTINE_MISSING, FINDING_OFFICER_MISSING,
	};

	for (size_t i = 0; i < j->o.findings.n; i++)
		for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
			if (j->o.findings.at[i].kind == kinds[k])
				point(j, arena_fmt(j->a, "%s.", view_finding_text(j->a, &j->o.findings.at[i], j->p->lang)));
}

static void points(struct quarter_job *j)
{
	struct late_item *late;
	size_t n = late_items(j, &late);

	if (n)
		j->w->oldest_long = letter_day_long(j->p, j->a, late[0].due);
	late_points(j, late, n);
	lacking_points(j);
}

/* ---- what comes ---- */

static const char *month_words(const struct quarter_job *j, dayno first)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	view_date_short(first, j->p->lang, &b);
	const char *space = strchr(b.data, ' ');
	return arena_fmt(j->a, "%s %d", space ? space + 1 : b.data, date_ymd(first).y);
}

static const char *event_words(const struct quarter_job *j, const struct event *e)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	if (e->text && *e->text)
		return e->text;
	view_event(e->name, j->p->lang, &b);
	return arena_dup(j->a, b.data);
}

/* The planned events of all in a span, the same day's one after another. */
static const char *events_in(const struct quarter_job *j, dayno from, dayno to)
{
	const struct registry *r = &j->p->registry;
	struct buf b AUTO(buf_release) = BUF_INIT;
	const char *before = NULL;

	for (size_t i = 0; i < r->n_events; i++) {
		const struct event *e = &r->events[i];

		if (e->happened || e->item || e->day < from || e->day > to)
			continue;
		/* One line of the year may stand for several events. */
		const char *words = event_words(j, e);
		if (before && !strcmp(before, words))
			continue;
		before = words;
		buf_fmt(&b, "%s%s", b.len ? "; " : "", before);
	}
	return b.len ? arena_dup(j->a, b.data) : "–";
}

/* What is overdue is told of where it says so: nobody plans for it. */
static bool overdue(const struct quarter_job *j, const struct forecast_review *x)
{
	return x->due < j->p->today;
}

static void wheel(struct quarter_job *j)
{
	struct ymd t = date_ymd(j->p->today);
	dayno first = date_of(t.y, t.m, 1);

	for (int m = 0; m < MONTHS; m++) {
		dayno from = date_add(first, m, UNIT_MONTH), to = date_add(first, m + 1, UNIT_MONTH) - 1;
		struct letter_line *l = line_add(j->a, &j->w->wheel, &j->cap_wheel);
		size_t n = 0;

		for (size_t i = 0; i < j->f.n; i++)
			n += !overdue(j, &j->f.at[i]) && j->f.at[i].act_by >= from && j->f.at[i].act_by <= to;
		l->label = month_words(j, from);
		l->done = number_text(j->a, n);
		l->line = events_in(j, from, to);
	}
}

/* Until the end of the quarter that has begun: documents by name, the rest counted. */
static void coming(struct quarter_job *j)
{
	struct quarter now = report_quarter(j->p->today);
	size_t rest = 0;

	for (size_t i = 0; i < j->f.n; i++) {
		const struct forecast_review *x = &j->f.at[i];

		if (x->act_by > now.to || x->act_by < j->p->today || overdue(j, x))
			continue;
		if (x->item->kind != ITEM_DOCUMENT || j->w->coming.n == MOST_LINES) {
			rest++;
			continue;
		}
		struct letter_line *l = line_add(j->a, &j->w->coming, &j->cap_coming);
		l->day = short_day(j, x->act_by);
		l->line = letter_title(j->a, x->item);
	}
	j->w->coming_reviews = number_text(j->a, rest);
	j->w->coming_until_long = letter_day_long(j->p, j->a, now.to);
}

/* When the secretary must have it for the next meeting. */
static void meeting_words(struct quarter_job *j)
{
	const struct registry *r = &j->p->registry;
	const struct meeting *m = meeting_next(r, case_body(j->p)->id, j->p->today);

	while (m && meeting_stop(r, m) <= j->p->today)
		m = meeting_next(r, case_body(j->p)->id, m->day + 1);
	j->w->meeting = m != NULL;
	if (!m)
		return;
	j->w->meeting_long = letter_day_long(j->p, j->a, m->day);
	j->w->stop_long = letter_day_long(j->p, j->a, meeting_stop(r, m));
}

/* ---- the quarter before ---- */

/* The value of a key in "key=value" lines; NULL: it has none. */
static const char *figure(struct arena *a, const char *figures, const char *key)
{
	size_t len = strlen(key);

	for (const char *at = figures; at && *at; at += strcspn(at, "\n"), at += *at == '\n')
		if (!strncmp(at, key, len) && at[len] == '=')
			return arena_dupn(a, at + len + 1, strcspn(at + len + 1, "\n"));
	return NULL;
}

static const char *quarter_name(const struct quarter_job *j, const struct quarter *q)
{
	return arena_fmt(j->a, IN_LANGUAGE(j->p, "kvartal %d %d", "quarter %d of %d"), q->n, q->year);
}

static int compare(struct quarter_job *j, struct err *e)
{
	struct report before;
	int found = store_report_last(j->p->store, j->a, REPORT_QUARTER, j->p->today, &before, e);

	if (found <= 0)
		return found;
	struct quarter q = report_quarter(before.period);
	j->w->before_quarter = quarter_name(j, &q);
	j->w->before_done = figure(j->a, before.figures, "done");
	j->w->before_in_time = figure(j->a, before.figures, "in_time");
	j->w->before_overdue = figure(j->a, before.figures, "overdue");
	j->w->before_unwatched = figure(j->a, before.figures, "unwatched");
	return 0;
}

int quarter_words(struct pass *p, struct arena *a, const struct quarter *q, struct letter_words *w,
                  const char **figures, struct err *e)
{
	struct quarter_job j = { .p = p, .a = a, .q = q, .w = w };
	size_t in_time;

	if (store_span(p->store, a, q->from, q->to, &j.span, e) || compare(&j, e)
	    || overview_take(p, a, p->now, &j.o, e))
		return -1;
	forecast_make(&p->registry, j.o.open.at, j.o.open.n, p->today, MONTHS, a, &j.f);
	done_words(&j, &in_time);
	decision_lines(&j);
	points(&j);
	coming(&j);
	wheel(&j);
	meeting_words(&j);
	w->quarter = quarter_name(&j, q);
	w->today_long = letter_day_long(p, a, p->today);
	w->soon_days = arena_fmt(a, "%d", p->registry.settings.soon_days);
	w->overdue_count = number_text(a, overview_overdue(&j.o));
	w->unwatched_count = number_text(a, overview_unwatched(&j.o));
	w->open_cases = arena_fmt(a, "%d", j.o.cases.open);
	*figures = arena_fmt(a, "done=%s\nin_time=%s\noverdue=%s\nunwatched=%s\n", w->done_count,
	                     w->in_time_count, w->overdue_count, w->unwatched_count);
	overview_release(&j.o);
	return 0;
}
