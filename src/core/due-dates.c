/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules that a calendar alone answers: intervals, yearly dates, terms. */
#include "due-internal.h"

enum {
	COUNT_MONTHS = 6,  /* a review counts for a date at most this long before it */
	FRIDAY = 5,
	YEARS_ON = 6,      /* some may be skipped */
	TERM_YEARS = 4,
	FIRST_YEAR = 1900, LAST_YEAR = 2200,
	MOST_STEPS = 4000, /* of one interval: more is no late review, but a mistake */
};

static const struct occurrence no_date = { DAY_NONE, DAY_NONE };

void due_add(struct arena *a, struct occurrences *dates, dayno day, dayno from)
{
	if (day == DAY_NONE)
		return;
	dates->at = arena_grow(a, dates->at, dates->n, &dates->cap, sizeof(*dates->at));
	size_t i = dates->n++;
	for (; i > 0 && dates->at[i - 1].day > day; i--)
		dates->at[i] = dates->at[i - 1];
	dates->at[i] = (struct occurrence){ day, from };
}

bool due_skipped(struct due_facts *f, dayno day)
{
	const struct exception *x =
		registry_exception(f->r, f->item->id, day, EXCEPTION_SKIP);

	if (x)
		f->skipped = x;
	return x != NULL;
}

/*
 * An interval is counted from the anchor, in one step: never from a date that
 * was itself computed. Only where the municipality has chosen that a late review
 * does not shift the rhythm are the steps counted from the date it was planned
 * for; and a skipped occurrence is one step more.
 */
struct occurrence due_interval(struct due_facts *f, const struct rule *rule, dayno from,
                               bool *from_planned)
{
	const struct item *i = f->item;
	dayno day = DAY_NONE;
	int step = 1;

	*from_planned = !rule->from_decided && f->r->settings.late_from_planned[i->kind] &&
	                f->anchor_source == ANCHOR_REVIEWED && i->reviewed_for != DAY_NONE &&
	                i->reviewed_for < i->reviewed;
	if (*from_planned)
		from = i->reviewed_for;
	for (; step <= MOST_STEPS; step++) {
		day = date_add(from, step * rule->n, rule->unit);
		if (day == DAY_NONE || (!(*from_planned && day <= i->reviewed) && !due_skipped(f, day)))
			break;
	}
	return (struct occurrence){ day, from };
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

const struct occurrence *due_first(struct due_facts *f, const struct occurrences *dates)
{
	dayno known = f->item->known_on == DAY_NONE ? f->today : f->item->known_on;

	for (size_t i = 0; i < dates->n; i++) {
		dayno day = dates->at[i].day, before = i ? dates->at[i - 1].day : DAY_NONE;
		bool met = f->anchor == DAY_NONE ? day < known
		                                 : f->anchor >= counts_from(day, before);
		if (!met && !due_skipped(f, day))
			return &dates->at[i];
	}
	return NULL;
}

int due_middle_year(const struct due_facts *f)
{
	dayno known = f->item->known_on == DAY_NONE ? f->today : f->item->known_on;

	return date_ymd(f->anchor == DAY_NONE ? known : f->anchor).y;
}

int due_within_years(int year)
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

struct occurrence due_yearly(struct due_facts *f, const struct rule *rule)
{
	struct occurrences dates = { .n = 0 };
	int middle = due_middle_year(f), last = due_within_years(middle + YEARS_ON);

	for (int y = due_within_years(middle - 2); y <= last; y++)
		due_add(f->a, &dates, yearly_day(rule, y), DAY_NONE);
	const struct occurrence *first = due_first(f, &dates);
	return first ? (struct occurrence){ first->day, f->anchor } : no_date;
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
	const struct body *body = registry_body_on(f->r, f->item->body, f->today);

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

static dayno term_end(struct due_facts *f, struct period base, int k)
{
	struct occurrences ends = { .n = 0 };

	for (int i = f->anchor == DAY_NONE ? k : k - 2; i <= k + 4; i++)
		due_add(f->a, &ends, term_step(base, i).to, DAY_NONE);
	if (f->anchor != DAY_NONE) {
		const struct occurrence *first = due_first(f, &ends);
		return first ? first->day : DAY_NONE;
	}
	for (size_t i = 0; i < ends.n; i++)
		if (!due_skipped(f, ends.at[i].day))
			return ends.at[i].day;
	return DAY_NONE;
}

/* The day in a term that the rule names, in the first term it is not skipped in. */
static dayno in_term(struct due_facts *f, const struct rule *rule, struct period base, int k)
{
	for (int last = k + 4; k <= last; k++) {
		struct period term = term_step(base, k);
		if (term.from == DAY_NONE || term.to == DAY_NONE)
			return DAY_NONE;
		dayno day = rule->kind == RULE_TERM_START ? first_whole_year_end(term) : term.to;
		if (!due_skipped(f, day))
			return day;
	}
	return DAY_NONE;
}

struct occurrence due_term(struct due_facts *f, const struct rule *rule)
{
	dayno day = f->anchor == DAY_NONE ? f->today : f->anchor;
	struct period base = term_base(f, day);
	int k = term_holding(base, day);

	if (rule->kind == RULE_TERM_END)
		return (struct occurrence){ term_end(f, base, k), f->anchor };
	if (f->anchor != DAY_NONE)
		k += after_election(f, base, k) ? 2 : 1;
	return (struct occurrence){ in_term(f, rule, base, k), f->anchor };
}
