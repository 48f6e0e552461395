/* SPDX-License-Identifier: EUPL-1.2 */
/* A smoother plan: what shares a letter moves together, to an earlier week that
 * has room. */
#include <stdlib.h>
#include <string.h>

#include "core/forecast.h"

enum { LATEST_DAYS = 60 }; /* the most that work is asked for earlier than it need be */

/* What one person does for one body by one day. */
struct unit_of_work {
	struct forecast_review *at;
	size_t n;
	size_t week;
	bool movable;
};

struct done { /* one move, so that it can be taken back */
	struct unit_of_work *unit;
	size_t week;  /* where it was */
	size_t moves; /* how many there were before it */
};

struct levelling {
	const struct registry *r;
	struct workcal cal;
	const struct forecast *f;
	dayno today, monday;
	size_t *load, n_weeks;
	size_t first_week; /* that there is time to plan for */
	struct unit_of_work *units;
	size_t n_units;
	struct done *done;
	size_t n_done, cap_done;
	struct arena *a;
};

static bool together(const struct forecast_review *x, const struct forecast_review *y)
{
	return x->act_by == y->act_by && x->body == y->body && x->holder == y->holder;
}

/* A review that is open, or that somebody has planned, stays where it is. */
static bool may_move(const struct forecast_review *x)
{
	return x->first && !x->planned && x->letter != DAY_NONE;
}

static size_t week_of(const struct levelling *l, dayno day)
{
	return (size_t)(day - l->monday) / 7;
}

static void gather(struct levelling *l)
{
	l->units = arena_alloc(l->a, (l->f->n + 1) * sizeof(*l->units));
	for (size_t i = 0; i < l->f->n; i++) {
		struct forecast_review *x = &l->f->at[i];
		struct unit_of_work *last = l->n_units ? &l->units[l->n_units - 1] : NULL;
		l->load[week_of(l, x->act_by)]++;
		if (last && together(last->at, x)) {
			last->n++;
			last->movable = last->movable && may_move(x);
			continue;
		}
		l->units[l->n_units++] = (struct unit_of_work){
			.at = x, .n = 1, .week = week_of(l, x->act_by), .movable = may_move(x),
		};
	}
}

/* Done that day, the review counts for its date: the next one is another. */
static bool counts(const struct levelling *l, const struct forecast_review *x, dayno day)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct item i = *x->item;
	struct due before, after;

	due_compute(l->r, &i, l->today, &a, &before);
	i.reviewed = day;
	i.reviewed_for = x->due;
	due_compute(l->r, &i, l->today, &a, &after);
	if (before.anchor != DAY_NONE && day < before.anchor + (x->act_by - before.anchor) / 2)
		return false;
	return after.due == DAY_NONE || after.due > x->due;
}

/* What a body takes up must be ready for one of its meetings. */
static bool before_a_meeting(const struct levelling *l, const struct forecast_review *x, dayno day)
{
	if (!x->item->needs_decision || !x->body)
		return true;
	for (const struct meeting *m = meeting_next(l->r, x->body->id, day); m;
	     m = meeting_next(l->r, x->body->id, m->day + 1)) {
		dayno stop = meeting_stop(l->r, m);
		if (stop >= day)
			return stop == day;
	}
	return false;
}

static bool fits(const struct levelling *l, const struct unit_of_work *u, dayno day)
{
	if (day < l->today + l->r->settings.invite_days || u->at->act_by - day > LATEST_DAYS ||
	    !workday_is(&l->cal, day) || workday_recess(&l->cal, day))
		return false;
	for (size_t i = 0; i < u->n; i++)
		if (!before_a_meeting(l, &u->at[i], day) || !counts(l, &u->at[i], day))
			return false;
	return true;
}

/* The latest day in the nearest earlier week with room for it; DAY_NONE. */
static dayno better_day(const struct levelling *l, const struct unit_of_work *u, size_t most)
{
	for (dayno day = l->monday + (dayno)u->week * 7 - 1; day >= l->today; day--) {
		if (u->at->act_by - day > LATEST_DAYS)
			break;
		if (l->load[week_of(l, day)] + u->n <= most && fits(l, u, day))
			return day;
	}
	return DAY_NONE;
}

static size_t peak_of(const struct levelling *l)
{
	size_t peak = 0;

	for (size_t i = l->first_week; i < l->n_weeks; i++)
		if (l->load[i] > peak)
			peak = l->load[i];
	return peak;
}

/* What the weeks that have any have on average, rounded up: no plan is smoother. */
static size_t average(const struct levelling *l)
{
	size_t sum = 0, weeks = 0;

	for (size_t i = l->first_week; i < l->n_weeks; i++) {
		sum += l->load[i];
		weeks += l->load[i] > 0;
	}
	return weeks ? (sum + weeks - 1) / weeks : 0;
}

static void move(struct levelling *l, struct unit_of_work *u, dayno day, struct level *out)
{
	l->done = arena_grow(l->a, l->done, l->n_done, &l->cap_done, sizeof(*l->done));
	l->done[l->n_done++] = (struct done){ u, u->week, out->n };
	l->load[u->week] -= u->n;
	u->week = week_of(l, day);
	l->load[u->week] += u->n;
	u->movable = false;
	for (size_t i = 0; i < u->n; i++) {
		out->at = arena_grow(l->a, out->at, out->n, &out->cap, sizeof(*out->at));
		out->at[out->n++] = (struct level_move){ &u->at[i], day };
	}
}

static void take_back(struct levelling *l, size_t to, struct level *out)
{
	while (l->n_done > to) {
		const struct done *d = &l->done[--l->n_done];
		l->load[d->unit->week] -= d->unit->n;
		d->unit->week = d->week;
		l->load[d->week] += d->unit->n;
		d->unit->movable = true;
		out->n = d->moves;
	}
}

/* Takes from the week with most until it has no more than `most`. */
static bool relieve(struct levelling *l, size_t week, size_t most, struct level *out)
{
	for (size_t k = l->n_units; k > 0 && l->load[week] > most; k--) {
		struct unit_of_work *u = &l->units[k - 1];
		dayno day = u->movable && u->week == week ? better_day(l, u, most) : DAY_NONE;
		if (day != DAY_NONE)
			move(l, u, day, out);
	}
	return l->load[week] <= most;
}

/* Lowers the peak by one at a time. A week that cannot be relieved stays as it
 * is, and what was moved from it in vain is taken back. */
static void lower(struct levelling *l, size_t peak, struct level *out)
{
	bool *stuck = arena_alloc(l->a, l->n_weeks * sizeof(*stuck));

	memset(stuck, 0, l->n_weeks * sizeof(*stuck));
	for (size_t most = peak, least = average(l); most > least; most--) {
		for (size_t week = l->n_weeks; week > l->first_week; week--) {
			size_t before = l->n_done;
			if (stuck[week - 1] || l->load[week - 1] < most ||
			    relieve(l, week - 1, most - 1, out))
				continue;
			take_back(l, before, out);
			stuck[week - 1] = true;
		}
	}
}

static int by_item(const void *a, const void *b)
{
	const struct level_move *x = a, *y = b;

	return strcmp(x->review->item->id, y->review->item->id);
}

void forecast_level(const struct registry *r, const struct forecast *f, dayno today,
                    struct arena *a, struct level *out)
{
	struct levelling l = {
		.r = r, .cal = registry_workcal(r), .f = f, .today = today, .a = a,
		.monday = f->from - date_weekday(f->from) + 1,
	};

	*out = (struct level){ .n = 0 };
	l.n_weeks = week_of(&l, f->to) + 1;
	l.load = arena_alloc(a, l.n_weeks * sizeof(*l.load));
	memset(l.load, 0, l.n_weeks * sizeof(*l.load));
	l.first_week = week_of(&l, today + r->settings.invite_days);
	gather(&l);
	out->peak_before = peak_of(&l);
	/* Until nothing more moves: a plan that was applied is not proposed again. */
	for (size_t moved = out->n + 1; moved != out->n;) {
		moved = out->n;
		lower(&l, peak_of(&l), out);
	}
	out->peak_after = peak_of(&l);
	if (out->n)
		qsort(out->at, out->n, sizeof(*out->at), by_item);
}
