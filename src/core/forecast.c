/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/forecast.h"

#include <stdlib.h>
#include <string.h>

#include "core/ladder.h"
#include "core/plan.h"

enum { MOST_ROUNDS = 2000 }; /* of one item: four years of days */

static bool is_open(const struct review *open, size_t n, const char *item)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(open[mid].item, item);
		if (!order)
			return true;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static void add(struct forecast *f, struct arena *a, const struct forecast_review *one)
{
	f->at = arena_grow(a, f->at, f->n, &f->cap, sizeof(*f->at));
	f->at[f->n++] = *one;
}

/* The first letter, which is late where its day has been. */
static dayno first_letter(const struct registry *r, const struct workcal *cal, dayno act_by,
                          dayno today)
{
	const struct ladder ladder = ladder_to(&r->settings, cal, act_by);
	dayno day = ladder_day(&ladder, RUNG_INVITE);

	return day < today ? workday_on_or_after(cal, today) : day;
}

static dayno later(dayno a, dayno b)
{
	return a > b ? a : b;
}

static void foresee(const struct registry *r, const struct item *item, bool open,
                    const struct workcal *cal, struct arena *a, struct forecast *f)
{
	struct item i = *item;
	bool first = true;

	for (int round = 0; round < MOST_ROUNDS; round++) {
		struct arena scratch AUTO(arena_release) = ARENA_INIT;
		struct due d, next;

		due_compute(r, &i, f->from, &scratch, &d);
		if (d.due == DAY_NONE || d.act_by > f->to)
			return;
		dayno done = later(d.act_by, f->from);
		add(f, a, &(struct forecast_review){
			.item = item, .body = registry_letter_body(r, item, done),
			.holder = plan_approver(r, item, done), .due = d.due, .act_by = done,
			.letter = first && open ? DAY_NONE : first_letter(r, cal, d.act_by, f->from),
			.first = first, .planned = d.planned != NULL,
		});
		i.reviewed = done;
		i.reviewed_for = d.due;
		first = false;
		due_compute(r, &i, f->from, &scratch, &next);
		if (next.due == DAY_NONE || next.due <= d.due) /* no review moves it */
			return;
	}
}

static const char *address(const struct forecast_review *x)
{
	return x->holder && x->holder->address ? x->holder->address : "";
}

static int by_day(const void *a, const void *b)
{
	const struct forecast_review *x = a, *y = b;
	int order = (x->act_by > y->act_by) - (x->act_by < y->act_by);

	if (!order)
		order = strcmp(address(x), address(y));
	if (!order)
		order = strcmp(x->body ? x->body->id : "", y->body ? y->body->id : "");
	if (!order)
		order = strcmp(x->item->id, y->item->id);
	return order ? order : (x->due > y->due) - (x->due < y->due);
}

void forecast_make(const struct registry *r, const struct review *open, size_t n_open,
                   dayno today, int months, struct arena *a, struct forecast *out)
{
	struct workcal cal = registry_workcal(r);

	*out = (struct forecast){ .from = today, .to = date_add(today, months, UNIT_MONTH) };
	for (size_t i = 0; i < r->n_items; i++) {
		const struct item *item = &r->items[i];
		if (!item->retired)
			foresee(r, item, is_open(open, n_open, item->id), &cal, a, out);
	}
	if (out->n)
		qsort(out->at, out->n, sizeof(*out->at), by_day);
}

/* ---- weeks ---- */

static bool wanted(const struct forecast_review *x, const char *body, const char *role)
{
	if (body && (!x->body || strcmp(x->body->id, body) != 0))
		return false;
	return !role || (x->holder && strcmp(x->holder->id, role) == 0);
}

static dayno monday_of(dayno day)
{
	return day - date_weekday(day) + 1;
}

static int by_letter(const void *a, const void *b)
{
	const struct forecast_review *x = *(const struct forecast_review *const *)a;
	const struct forecast_review *y = *(const struct forecast_review *const *)b;
	int order = (x->letter > y->letter) - (x->letter < y->letter);

	if (!order)
		order = strcmp(address(x), address(y));
	return order ? order
	             : strcmp(x->body ? x->body->id : "", y->body ? y->body->id : "");
}

static void count_letters(const struct forecast *f, const char *body, const char *role,
                          struct week *weeks, size_t n, struct arena *a)
{
	const struct forecast_review **sent = arena_alloc(a, (f->n + 1) * sizeof(*sent));
	size_t k = 0;

	for (size_t i = 0; i < f->n; i++)
		if (f->at[i].letter != DAY_NONE && wanted(&f->at[i], body, role))
			sent[k++] = &f->at[i];
	if (k)
		qsort(sent, k, sizeof(*sent), by_letter);
	for (size_t i = 0; i < k; i++) {
		size_t w = (size_t)(sent[i]->letter - weeks[0].monday) / 7;
		if (w < n && (!i || by_letter(&sent[i - 1], &sent[i]) != 0))
			weeks[w].letters++;
	}
}

static int by_size(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

static void mark_peaks(struct week *weeks, size_t n, struct arena *a)
{
	size_t *sizes = arena_alloc(a, (n + 1) * sizeof(*sizes)), k = 0;

	for (size_t i = 0; i < n; i++)
		if (weeks[i].reviews)
			sizes[k++] = weeks[i].reviews;
	if (!k)
		return;
	qsort(sizes, k, sizeof(*sizes), by_size);
	size_t median = sizes[k / 2];
	for (size_t i = 0; i < n; i++)
		weeks[i].peak = weeks[i].reviews > 1 && weeks[i].reviews >= 2 * median;
}

struct week *forecast_weeks(const struct forecast *f, const char *body, const char *role,
                            struct arena *a, size_t *n)
{
	dayno monday = monday_of(f->from);
	*n = (size_t)(f->to - monday) / 7 + 1;
	struct week *weeks = arena_alloc(a, *n * sizeof(*weeks));

	for (size_t i = 0; i < *n; i++) {
		weeks[i] = (struct week){ .monday = monday + (dayno)i * 7 };
		weeks[i].number = date_week(weeks[i].monday, &weeks[i].year);
	}
	for (size_t i = 0; i < f->n; i++)
		if (wanted(&f->at[i], body, role))
			weeks[(size_t)(f->at[i].act_by - monday) / 7].reviews++;
	count_letters(f, body, role, weeks, *n, a);
	mark_peaks(weeks, *n, a);
	return weeks;
}
