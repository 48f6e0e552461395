/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "core/registry.h"
#include "core/training.h"
#include "registry-internal.h"

/*
 * Puts the register in order: arrays sorted, what was said twice said once
 * (the later wins, which is how an import updates what the store knew), and
 * what follows from other rows filled in.
 */
typedef int order_fn(const void *a, const void *b);

/* Merge sort: stable, so that "the later wins" can be told, and never slower
 * than n log n, whatever a file holds. */
static void sort(char *v, char *spare, size_t n, size_t size, order_fn *order)
{
	if (n < 2)
		return;
	size_t half = n / 2, a = 0, b = half, out = 0;
	sort(v, spare, half, size, order);
	sort(v + half * size, spare, n - half, size, order);
	while (a < half || b < n) {
		bool first = b == n || (a < half && order(v + a * size, v + b * size) <= 0);
		size_t take = first ? a++ : b++;
		memcpy(spare + out++ * size, v + take * size, size);
	}
	memcpy(v, spare, n * size);
}

/* Sorts, and of equals keeps the last. Returns how many are left. */
static size_t settle(void *array, size_t n, size_t size, order_fn *order)
{
	char *v = array;
	size_t kept = 0;

	if (n < 2)
		return n;
	char *spare = mem_alloc(n * size);
	sort(v, spare, n, size, order);
	mem_free(spare);
	for (size_t i = 0; i < n; i++) {
		if (i + 1 < n && order(v + i * size, v + (i + 1) * size) == 0)
			continue;
		if (kept != i)
			memcpy(v + kept * size, v + i * size, size);
		kept++;
	}
	return kept;
}

static int by_day(dayno a, dayno b)
{
	return (a > b) - (a < b);
}

static int by_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

/* Bodies, units and roles: the id is their first member. */
static int by_id(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* An id used for two kinds stays twice, for import_check() to complain. */
static int by_item(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	return order ? order : (int)x->kind - (int)y->kind;
}

static int by_meeting(const void *a, const void *b)
{
	const struct meeting *x = a, *y = b;
	int order = strcmp(x->body, y->body);

	/* A body meets once a day; a row that comes later tells of the same meeting. */
	return order ? order : by_day(x->day, y->day);
}

static int by_event(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (!order)
		order = (x->item != NULL) - (y->item != NULL);
	if (!order)
		order = by_day(x->day, y->day);
	if (!order)
		order = by_text(x->item, y->item);
	return order ? order : (int)x->happened - (int)y->happened;
}

static int by_absence(const void *a, const void *b)
{
	const struct absence *x = a, *y = b;
	int order = strcmp(x->role, y->role);

	return order ? order : by_day(x->from, y->from);
}

static int by_exception(const void *a, const void *b)
{
	const struct exception *x = a, *y = b;
	int order = strcmp(x->item, y->item);

	if (!order)
		order = by_day(x->day, y->day);
	return order ? order : (int)x->kind - (int)y->kind;
}

static int by_day_off(const void *a, const void *b)
{
	return by_day(((const struct day_off *)a)->day, ((const struct day_off *)b)->day);
}

static int by_recess(const void *a, const void *b)
{
	const struct recess *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : recess_year(x) - recess_year(y);
}

/* What the store knows of an item and a file does not say. */
static void keep_known(struct registry *r)
{
	for (size_t i = 0; i + 1 < r->n_items; i++) {
		const struct item *old = &r->items[i];
		struct item *new = &r->items[i + 1];
		if (by_item(old, new) != 0)
			continue;
		if (old->known_on != DAY_NONE)
			new->known_on = old->known_on;
		if (old->reviewed > new->reviewed) {
			new->reviewed = old->reviewed;
			new->reviewed_for = old->reviewed_for;
		}
	}
}

static void settle_items(struct registry *r)
{
	if (r->n_items < 2)
		return;
	char *spare = mem_alloc(r->n_items * sizeof(*r->items));
	sort((char *)r->items, spare, r->n_items, sizeof(*r->items), by_item);
	mem_free(spare);
	keep_known(r);
	r->n_items = settle(r->items, r->n_items, sizeof(*r->items), by_item);
}

static void fill_terms(struct registry *r)
{
	for (size_t i = 0; i < r->n_bodies; i++) {
		struct body *b = &r->bodies[i];
		const struct period *term = NULL;
		switch (b->kind) {
		case BODY_COUNCIL:
			term = &r->settings.council_term;
			break;
		case BODY_BOARD:
		case BODY_COMMITTEE:
			term = &r->settings.term;
			break;
		case BODY_GROUP:
			break;
		}
		if (!term || b->term_from != DAY_NONE || b->term_to != DAY_NONE)
			continue;
		b->term_from = term->from;
		b->term_to = term->to;
	}
}

void registry_settle(struct registry *r)
{
	r->n_bodies = settle(r->bodies, r->n_bodies, sizeof(*r->bodies), by_id);
	r->n_units = settle(r->units, r->n_units, sizeof(*r->units), by_id);
	r->n_roles = settle(r->roles, r->n_roles, sizeof(*r->roles), by_id);
	r->n_trainings = settle(r->trainings, r->n_trainings, sizeof(*r->trainings), by_id);
	r->n_meetings = settle(r->meetings, r->n_meetings, sizeof(*r->meetings), by_meeting);
	r->n_events = settle(r->events, r->n_events, sizeof(*r->events), by_event);
	r->n_absences = settle(r->absences, r->n_absences, sizeof(*r->absences), by_absence);
	r->n_exceptions = settle(r->exceptions, r->n_exceptions, sizeof(*r->exceptions),
	                         by_exception);
	r->n_days_off = settle(r->days_off, r->n_days_off, sizeof(*r->days_off), by_day_off);
	r->n_recess = settle(r->recess, r->n_recess, sizeof(*r->recess), by_recess);
	r->rests = recess_periods(&r->arena, r->recess, r->n_recess, &r->n_rests);
	settle_items(r);
}

void registry_index_items(struct registry *r)
{
	r->n_events = settle(r->events, r->n_events, sizeof(*r->events), by_event);
	r->n_exceptions = settle(r->exceptions, r->n_exceptions, sizeof(*r->exceptions), by_exception);
	settle_items(r);
	registry_read_rules(r);
	registry_link(r);
}

void registry_index(struct registry *r)
{
	registry_settle(r);
	fill_terms(r);
	/* Who coordinates, where the municipality does not say. */
	if (!r->settings.contact_role && registry_role(r, "sakchef"))
		r->settings.contact_role = "sakchef";
	registry_read_rules(r);
	registry_link(r);
}
