/* SPDX-License-Identifier: EUPL-1.2 */
/* Named cycles, and what simply happened. */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "due-internal.h"

enum {
	YEARS_BACK = 9, YEARS_ON = 14, /* far enough for two elections either way */
	FIRST_YEAR = 1900,
};

static const struct occurrence no_date = { DAY_NONE, DAY_NONE };
static const char contract_end[] = "avtal_slut", deficiency[] = "brist";

/* Whose events of a name are meant. */
enum scope {
	SCOPE_ALL,    /* those of everybody, and those of the item, its parent and its asset */
	SCOPE_LINKED, /* only those of the item, its parent and its asset */
	SCOPE_OWN,    /* only the item's own */
};

struct occasions { /* of one name, for one item */
	const struct event **at;
	size_t n, cap;
};

static void take(struct due_facts *f, struct occasions *o, const struct event *e)
{
	o->at = arena_grow(f->a, o->at, o->n, &o->cap, sizeof(*o->at));
	o->at[o->n++] = e;
}

static void take_of(struct due_facts *f, struct occasions *o, const char *name, const char *item)
{
	size_t n;
	const struct event *const *at = registry_item_events(f->r, item, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(at[i]->name, name) == 0)
			take(f, o, at[i]);
}

static int by_day(const void *a, const void *b)
{
	dayno x = (*(const struct event *const *)a)->day, y = (*(const struct event *const *)b)->day;

	return (x > y) - (x < y);
}

static struct occasions occasions_of(struct due_facts *f, const char *name, enum scope scope)
{
	const struct item *i = f->item;
	struct occasions o = { .n = 0 };
	size_t n = 0;
	const struct event *all = scope == SCOPE_ALL ? registry_events(f->r, name, &n) : NULL;

	for (size_t k = 0; k < n; k++)
		take(f, &o, &all[k]);
	take_of(f, &o, name, i->id);
	if (scope != SCOPE_OWN) {
		take_of(f, &o, name, i->link);
		if (i->parent && (!i->link || strcmp(i->parent, i->link) != 0))
			take_of(f, &o, name, i->parent);
	}
	if (o.n > 1)
		qsort(o.at, o.n, sizeof(*o.at), by_day);
	return o;
}

static bool planned_in_year(const struct occasions *o, int year)
{
	for (size_t k = 0; k < o->n; k++)
		if (!o->at[k]->happened && date_ymd(o->at[k]->day).y == year)
			return true;
	return false;
}

static dayno apart(dayno a, dayno b)
{
	return a < b ? b - a : a - b;
}

/* A date that somebody told takes the place of the register's nearest of that
 * year: the cycle was moved. */
static bool moved_away(const struct occasions *o, const struct event *e)
{
	int year = date_ymd(e->day).y;

	for (size_t k = 0; k < o->n && !e->triggered; k++) {
		const struct event *told = o->at[k], *nearest = NULL;
		if (!told->triggered || told->happened || date_ymd(told->day).y != year)
			continue;
		for (size_t j = 0; j < o->n; j++) {
			const struct event *one = o->at[j];
			if (!one->triggered && !one->happened && date_ymd(one->day).y == year &&
			    (!nearest || apart(one->day, told->day) < apart(nearest->day, told->day)))
				nearest = one;
		}
		if (nearest == e)
			return true;
	}
	return false;
}

dayno due_election(const struct registry *r, int year)
{
	size_t n;
	const struct event *e = registry_events(r, "val", &n);

	for (size_t k = 0; k < n; k++)
		if (!e[k].happened && date_ymd(e[k].day).y == year)
			return e[k].day;
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
		"forandring", "lagandring", "systembyte", "incident", contract_end, deficiency,
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

/* A date in the register takes the place of the one that law gives that year. */
static struct occurrences planned_days(struct due_facts *f, const struct rule *rule,
                                       const struct occasions *o, bool by_law)
{
	struct occurrences dates = { .n = 0 };
	int middle = due_middle_year(f), last = due_within_years(middle + YEARS_ON);

	for (size_t k = 0; k < o->n; k++) {
		const struct event *e = o->at[k];
		if (!e->happened && !moved_away(o, e))
			due_add(f->a, &dates, date_add(e->day, rule->n, rule->unit), e->day);
	}
	for (int y = due_within_years(middle - YEARS_BACK); by_law && y <= last; y++) {
		dayno day = lawful_day(f->r, rule->event, y);
		if (day != DAY_NONE && !planned_in_year(o, y))
			due_add(f->a, &dates, date_add(day, rule->n, rule->unit), day);
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

/* What happened after this day is not yet reviewed. */
static dayno seen_until(const struct due_facts *f)
{
	if (f->anchor == DAY_NONE && f->item->known_on != DAY_NONE)
		return f->item->known_on - 1;
	return f->anchor;
}

/* What simply happened after the anchor is due a set time later. When a
 * planned cycle is told to have happened, its planned date of that year holds. */
static struct occurrence happened(struct due_facts *f, const struct rule *rule,
                                  const struct occasions *o, const struct occurrences *cycle)
{
	dayno after = seen_until(f);

	for (size_t k = 0; k < o->n; k++) {
		const struct event *e = o->at[k];
		if (!e->happened || e->day <= after || same_year(cycle, e->day))
			continue;
		dayno day = rule->n ? date_add(e->day, rule->n, rule->unit)
		                    : date_add(e->day, f->r->settings.event_days, UNIT_DAY);
		if (!due_skipped(f, day))
			return (struct occurrence){ day, e->day };
	}
	return no_date;
}

static struct occurrence earliest(struct due_facts *f, const struct rule *rule, enum scope scope)
{
	struct occasions o = occasions_of(f, rule->event, scope);
	struct occurrences dates = planned_days(f, rule, &o, scope == SCOPE_ALL);
	const struct occurrence *next = due_first(f, &dates);
	struct occurrence since = happened(f, rule, &o, &dates);

	if (!next)
		return since;
	return since.day != DAY_NONE && since.day < next->day ? since : *next;
}

struct occurrence due_event(struct due_facts *f, const struct rule *rule)
{
	if (strcmp(rule->event, deficiency) == 0 && f->r->settings.deficiency_count > 1)
		return due_deficiencies(f, f->r->settings.deficiency_count);
	return earliest(f, rule, SCOPE_ALL);
}

struct occurrence due_item_event(struct due_facts *f, const char *name)
{
	struct rule rule = { .kind = RULE_EVENT, .date = DAY_NONE };

	memcpy(rule.event, name, strlen(name) + 1);
	return earliest(f, &rule, SCOPE_LINKED);
}

/* Before a contract ends there must be time for another one. Where that time had
 * begun before anybody knew of the item, its last day is left. */
static dayno contract_day(const struct due_facts *f, const struct event *e)
{
	dayno day = date_add(e->day, -f->r->settings.contract_days, UNIT_DAY);
	dayno known = f->anchor == DAY_NONE ? f->item->known_on : DAY_NONE;

	return known != DAY_NONE && day < known ? e->day : day;
}

struct occurrence due_contract(struct due_facts *f)
{
	const struct rule rule = { .kind = RULE_EVENT, .date = DAY_NONE };
	struct occasions o = occasions_of(f, contract_end, SCOPE_LINKED);
	struct occurrences dates = { .n = 0 };

	for (size_t k = 0; k < o.n; k++)
		if (!o.at[k]->happened && !moved_away(&o, o.at[k]))
			due_add(f->a, &dates, contract_day(f, o.at[k]), o.at[k]->day);
	const struct occurrence *next = due_first(f, &dates);
	/* One that was ended is looked at afterwards, like anything else that happened. */
	struct occurrence since = happened(f, &rule, &o, &dates);
	if (!next)
		return since;
	return since.day != DAY_NONE && since.day < next->day ? since : *next;
}

struct occurrence due_deficiencies(struct due_facts *f, int count)
{
	struct occasions o = occasions_of(f, deficiency, SCOPE_OWN);
	dayno after = seen_until(f);

	for (size_t k = 0; k < o.n; k++) {
		int times = o.at[k]->times > 1 ? o.at[k]->times : 1;

		if (o.at[k]->day <= after || (count -= times) > 0)
			continue;
		dayno from = o.at[k]->day;
		dayno day = date_add(from, f->r->settings.event_days, UNIT_DAY);
		if (!due_skipped(f, day))
			return (struct occurrence){ day, from };
	}
	return no_date;
}
