/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/recess.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Of a longer recess than this somebody wrote a wrong date, and it would
 * silence the program. */
enum { HALF_A_YEAR = 183 };
enum { BASE_YEAR = 2000, FIRST_YEAR = 1900, LAST_YEAR = 2200 };

int recess_year(const struct recess *r)
{
	return r->yearly ? 0 : date_ymd(r->at.from).y;
}

static const char *read_yearly(struct arena *a, const char *from, const char *to, struct period *out)
{
	if (!date_parse(arena_fmt(a, "%d-%s", BASE_YEAR, from), &out->from) ||
	    !date_parse(arena_fmt(a, "%d-%s", BASE_YEAR, to), &out->to))
		return "is no period: write first and last day as 06-28/08-08 for every year, or as "
		       "2027-06-28/2027-08-08 for one";
	if (out->to < out->from)
		out->from = date_add(out->from, -1, UNIT_YEAR);
	return "";
}

/* One period, without spaces around it. */
static const char *read_one(struct arena *a, const char *text, struct recess *out)
{
	const char *slash = strchr(text, '/'), *fault = "";

	if (strcmp(text_fold(a, text), "nej") == 0) {
		out->yearly = true;
		out->at = (struct period){DAY_NONE, DAY_NONE};
		return "";
	}
	const char *from = slash ? text_tidy(a, arena_dupn(a, text, (size_t)(slash - text))) : text;
	const char *to = slash ? text_tidy(a, slash + 1) : "";
	out->yearly = !date_parse(from, &out->at.from) || !date_parse(to, &out->at.to);
	if (out->yearly)
		fault = read_yearly(a, from, to, &out->at);
	if (*fault)
		return fault;
	if (out->at.to < out->at.from)
		return "is no period: its last day lies before its first";
	return out->at.to - out->at.from < HALF_A_YEAR ? ""
	       : "is longer than half a year, in which nobody would be reminded: check its dates";
}

const char *recess_read(struct arena *a, const char *key, const char *text, struct recess **out,
                        size_t *n)
{
	size_t cap = 0;
	bool last = false;

	*out = NULL;
	*n = 0;
	for (const char *at = text; !last; at++) {
		size_t len = strcspn(at, ",");
		struct recess r = {.key = key};
		const char *fault = read_one(a, text_tidy(a, arena_dupn(a, at, len)), &r);

		if (*fault)
			return fault;
		for (size_t i = 0; i < *n; i++)
			if (recess_year(&(*out)[i]) == recess_year(&r))
				return "holds two periods of one kind or year: give the second a key of "
				       "its own, as uppehåll_2";
		*out = arena_grow(a, *out, *n, &cap, sizeof(r));
		(*out)[(*n)++] = r;
		at += len;
		last = !*at;
	}
	return "";
}

/* Whether a recess of one year stands in the place of a yearly one. */
static bool replaced(const struct recess *all, size_t n, const char *key, dayno from)
{
	for (size_t i = 0; i < n; i++)
		if (!all[i].yearly && strcmp(all[i].key, key) == 0 &&
		    abs(all[i].at.from - from) < HALF_A_YEAR)
			return true;
	return false;
}

struct list {
	struct arena *arena;
	struct period *period;
	size_t n, cap;
};

static void add(struct list *l, dayno from, dayno to)
{
	l->period = arena_grow(l->arena, l->period, l->n, &l->cap, sizeof(*l->period));
	l->period[l->n++] = (struct period){from, to};
}

static void add_yearly(struct list *l, const struct recess *r, const struct recess *all, size_t n)
{
	dayno first = date_of(FIRST_YEAR, 1, 1), last = date_of(LAST_YEAR, 12, 31);

	if (r->at.from == DAY_NONE)
		return;
	/* One year more at the end: of one that passes the last new year, the
	 * first days are left. */
	for (int y = FIRST_YEAR - BASE_YEAR; y <= LAST_YEAR - BASE_YEAR + 1; y++) {
		dayno from = date_add(r->at.from, y, UNIT_YEAR), to = date_add(r->at.to, y, UNIT_YEAR);

		if (from == DAY_NONE && to == DAY_NONE)
			continue;
		if (from == DAY_NONE || !replaced(all, n, r->key, from))
			add(l, from == DAY_NONE ? first : from, to == DAY_NONE ? last : to);
	}
}

static int by_first_day(const void *a, const void *b)
{
	const struct period *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

struct period *recess_periods(struct arena *a, const struct recess *all, size_t n, size_t *n_out)
{
	struct list l = {.arena = a};
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (all[i].yearly)
			add_yearly(&l, &all[i], all, n);
		else
			add(&l, all[i].at.from, all[i].at.to);
	}
	if (l.n)
		qsort(l.period, l.n, sizeof(*l.period), by_first_day);
	for (size_t i = 0; i < l.n; i++) {
		struct period *before = kept ? &l.period[kept - 1] : NULL;

		if (!before || l.period[i].from > before->to + 1)
			l.period[kept++] = l.period[i];
		else if (l.period[i].to > before->to)
			before->to = l.period[i].to;
	}
	*n_out = kept;
	return l.period;
}
