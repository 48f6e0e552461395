/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "due-internal.h"

enum {
	COUNT_MONTHS = 6,  /* a review counts for a date at most this long before it */
	FRIDAY = 5,
	TERM_YEARS = 4,
	YEARS_BACK = 9, YEARS_ON = 14, /* far enough for two elections either way */
	FIRST_YEAR = 1900, LAST_YEAR = 2200,
};

static const struct occurrence no_date = { DAY_NONE, DAY_NONE };

/* A day beyond the calendar (a shift of centuries) is no date: left out. */
static void add(struct arena *a, struct occurrences *dates, dayno day, dayno from)
{
	if (day == DAY_NONE)
		return;
	dates->at = arena_grow(a, dates->at, dates->n, &dates->cap, sizeof(*dates->at));
	size_t i = dates->n++;
	for (; i > 0 && dates->at[i - 1].day > day; i--)
		dates->at[i] = dates->at[i - 1];
	dates->at[i] = (struct occurrence){ day, from };
}

/* From when on a review counts for the date: half the gap to the one before,
 * at most six months. */
static dayno counts_from(dayno day, dayno before)
{
	dayno months = date_add(day, -COUNT_MONTHS, UNIT_MONTH);

	if (before == DAY_NONE)
		return months;
	dayno half = day - (day - before) / 2;
	return half > months ? half : months;
}

const struct occurrence *due_first(const struct due_facts *f, const struct occurrences *dates)
{
	dayno known = f->item->known_on == DAY_NONE ? f->today : f->item->known_on;

	for (size_t i = 0; i < dates->n; i++) {
		dayno day = dates->at[i].day, before = i ? dates->at[i - 1].day : DAY_NONE;
		bool met = f->anchor == DAY_NONE ? day < known
		                                 : f->anchor >= counts_from(day, before);
		if (!met)
			return &dates->at[i];
	}
	return NULL;
}

/* The year that dates are looked for around. */
static int middle_year(const struct due_facts *f)
{
	dayno known = f->item->known_on == DAY_NONE ? f->today : f->item->known_on;

	return date_ymd(f->anchor == DAY_NONE ? known : f->anchor).y;
}

static int within_years(int year)
{
	return year < FIRST_YEAR ? FIRST_YEAR : year > LAST_YEAR ? LAST_YEAR : year;
}

/* A day or week that the year lacks becomes its last: 28 February, week 52. */
static dayno yearly_day(const struct rule *rule, int year)
{
	if (rule->week) {
		dayno day = date_of_week(year, rule->week, FRIDAY);
		return day == DAY_NONE ? date_of_week(year, rule->week - 1, FRIDAY) : day;
	}
	int last = date_days_in_month(year, rule->month);
	return date_of(year, rule->month, rule->day < last ? rule->day : last);
}

struct occurrence due_yearly(const struct due_facts *f, const struct rule *rule)
{
	struct occurrences dates = { .n = 0 };
	int middle = middle_year(f), last = within_years(middle + 3);

	for (int y = within_years(middle - 2); y <= last; y++)
		add(f->a, &dates, yearly_day(rule, y), DAY_NONE);
	const struct occurrence *first = due_first(f, &dates);
	return first ? (struct occurrence){ first->day, f->anchor } : no_date;
}

static bool concerns(const struct event *e, const struct item *i)
{
	if (!e->item)
		return true;
	return (i->id && strcmp(e->item, i->id) == 0) ||
	       (i->parent && strcmp(e->item, i->parent) == 0);
}

static bool planned(const struct event *e, const char *name, const struct item *i)
{
	return !e->happened && strcmp(e->name, name) == 0 && concerns(e, i);
}

static bool planned_in_year(const struct due_facts *f, const char *name, int year)
{
	for (size_t k = 0; k < f->r->n_events; k++) {
		const struct event *e = &f->r->events[k];
		if (planned(e, name, f->item) && date_ymd(e->day).y == year)
			return true;
	}
	return false;
}

dayno due_election(const struct registry *r, int year)
{
	for (size_t k = 0; k < r->n_events; k++) {
		const struct event *e = &r->events[k];
		if (!e->happened && !e->item && strcmp(e->name, "val") == 0 &&
		    date_ymd(e->day).y == year)
			return e->day;
	}
	dayno settled = r->settings.next_election;
	if (settled != DAY_NONE && date_ymd(settled).y == year)
		return settled;
	return term_election(year);
}

/* When law tells the dates of a cycle: the election, and the RSA of the first
 * year after it. DAY_NONE when it tells none for the year. */
static dayno lawful_day(const struct registry *r, const char *name, int year)
{
	if (strcmp(name, "val") == 0)
		return due_election(r, year);
	if (strcmp(name, "rsa") == 0 && year > FIRST_YEAR && due_election(r, year - 1) != DAY_NONE)
		return date_of(year, 10, 31);
	return DAY_NONE;
}

bool due_event_happens(const char *name)
{
	static const char *const names[] = {
		"forandring", "lagandring", "systembyte", "incident", "avtal_slut",
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

/* A date in the register takes the place of the one that law gives that year. */
static struct occurrences planned_days(const struct due_facts *f, const struct rule *rule)
{
	struct occurrences dates = { .n = 0 };
	int middle = middle_year(f), last = within_years(middle + YEARS_ON);

	for (size_t k = 0; k < f->r->n_events; k++) {
		const struct event *e = &f->r->events[k];
		if (planned(e, rule->event, f->item))
			add(f->a, &dates, date_add(e->day, rule->n, rule->unit), e->day);
	}
	for (int y = within_years(middle - YEARS_BACK); y <= last; y++) {
		dayno day = lawful_day(f->r, rule->event, y);
		if (day != DAY_NONE && !planned_in_year(f, rule->event, y))
			add(f->a, &dates, date_add(day, rule->n, rule->unit), day);
	}
	return dates;
}

static bool same_year(const struct occurrences *dates, dayno day)
{
	for (size_t i = 0; i < dates->n; i++) {
		if (date_ymd(dates->at[i].from).y == date_ymd(day).y)
			return true;
	}
	return false;
}

/* What simply happened after the anchor is due a set time later. When a
 * planned cycle is told to have happened, its planned date of that year holds. */
static struct occurrence happened(const struct due_facts *f, const struct rule *rule,
                                  const struct occurrences *cycle)
{
	dayno after = f->anchor;

	if (after == DAY_NONE && f->item->known_on != DAY_NONE)
		after = f->item->known_on - 1;
	for (size_t k = 0; k < f->r->n_events; k++) {
		const struct event *e = &f->r->events[k];
		if (!e->happened || strcmp(e->name, rule->event) != 0 || !concerns(e, f->item) ||
		    e->day <= after || same_year(cycle, e->day))
			continue;
		dayno day = rule->n ? date_add(e->day, rule->n, rule->unit)
		                    : e->day + f->r->settings.event_days;
		return (struct occurrence){ day, e->day };
	}
	return no_date;
}

struct occurrence due_event(const struct due_facts *f, const struct rule *rule)
{
	struct occurrences dates = planned_days(f, rule);
	const struct occurrence *next = due_first(f, &dates);
	struct occurrence since = happened(f, rule, &dates);

	if (!next)
		return since;
	return since.day != DAY_NONE && since.day < next->day ? since : *next;
}

/* The term number k steps of four years from the one that is registered. */
static struct period term_step(struct period base, int k)
{
	return (struct period){
		date_add(base.from, k * TERM_YEARS, UNIT_YEAR),
		date_add(base.to, k * TERM_YEARS, UNIT_YEAR),
	};
}

static struct period term_base(const struct due_facts *f, dayno day)
{
	const struct body *body = f->item->body ? registry_body(f->r, f->item->body) : NULL;

	if (body && body->term_from != DAY_NONE && body->term_to != DAY_NONE &&
	    body->term_from < body->term_to)
		return (struct period){ body->term_from, body->term_to };
	return term_national(day);
}

/* How many steps from the base term the one that holds the day is. */
static int term_holding(struct period base, dayno day)
{
	int k = (date_ymd(day).y - date_ymd(base.from).y) / TERM_YEARS;

	while (term_step(base, k).from > day)
		k--;
	while (term_step(base, k + 1).from != DAY_NONE && term_step(base, k + 1).from <= day)
		k++;
	return k;
}

/* A review after the ordinary election counts for the term that it opens. */
static bool after_election(const struct due_facts *f, struct period base, int k)
{
	dayno from = term_step(base, k).from, next = term_step(base, k + 1).from;

	if (from == DAY_NONE || next == DAY_NONE)
		return false;
	for (int y = date_ymd(from).y; y <= date_ymd(next).y; y++) {
		dayno day = due_election(f->r, y);
		if (day != DAY_NONE && day >= from && day < next && f->anchor > day)
			return true;
	}
	return false;
}

static dayno first_whole_year_end(struct period term)
{
	struct ymd from = date_ymd(term.from);

	return date_of(from.m == 1 && from.d == 1 ? from.y : from.y + 1, 12, 31);
}

static dayno term_end(const struct due_facts *f, struct period base, int k)
{
	struct occurrences ends = { .n = 0 };

	if (f->anchor == DAY_NONE)
		return term_step(base, k).to;
	for (int i = k - 2; i <= k + 2; i++)
		add(f->a, &ends, term_step(base, i).to, DAY_NONE);
	const struct occurrence *first = due_first(f, &ends);
	return first ? first->day : DAY_NONE;
}

struct occurrence due_term(const struct due_facts *f, const struct rule *rule)
{
	dayno day = f->anchor == DAY_NONE ? f->today : f->anchor;
	struct period base = term_base(f, day);
	int k = term_holding(base, day);

	if (rule->kind == RULE_TERM_END)
		return (struct occurrence){ term_end(f, base, k), f->anchor };
	if (f->anchor != DAY_NONE)
		k += after_election(f, base, k) ? 2 : 1;
	struct period term = term_step(base, k);
	if (term.from == DAY_NONE || term.to == DAY_NONE)
		return no_date;
	return (struct occurrence){
		rule->kind == RULE_TERM_START ? first_whole_year_end(term) : term.to, f->anchor,
	};
}
