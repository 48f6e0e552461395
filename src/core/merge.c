/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/merge.h"

#include <string.h>

static int same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool same_body(const struct body *a, const struct body *b)
{
	return same(a->id, b->id);
}

static bool same_unit(const struct unit *a, const struct unit *b)
{
	return same(a->id, b->id);
}

static bool same_role(const struct role *a, const struct role *b)
{
	return same(a->id, b->id);
}

static bool same_item(const struct item *a, const struct item *b)
{
	return same(a->id, b->id);
}

static bool same_meeting(const struct meeting *a, const struct meeting *b)
{
	return same(a->body, b->body) && a->day == b->day;
}

static bool same_event(const struct event *a, const struct event *b)
{
	return same(a->name, b->name) && a->day == b->day && same(a->item, b->item);
}

/* One loop per register: the element's type differs, the overlay does not. */
#define OVERLAY(one, array, n, cap) \
static void overlay_##array(struct registry *r, const struct one *x) \
{ \
	for (size_t i = 0; i < r->n; i++) \
		if (same_##one(&r->array[i], x)) { \
			r->array[i] = *x; \
			return; \
		} \
	r->array = arena_grow(&r->arena, r->array, r->n, &r->cap, sizeof(*x)); \
	r->array[r->n++] = *x; \
}
OVERLAY(body, bodies, n_bodies, cap_bodies)
OVERLAY(unit, units, n_units, cap_units)
OVERLAY(role, roles, n_roles, cap_roles)
OVERLAY(item, items, n_items, cap_items)
OVERLAY(meeting, meetings, n_meetings, cap_meetings)
OVERLAY(event, events, n_events, cap_events)
#undef OVERLAY

void registry_add_item(struct registry *r, const struct item *item)
{
	r->items = arena_grow(&r->arena, r->items, r->n_items, &r->cap_items, sizeof(*item));
	r->items[r->n_items++] = *item;
}

void registry_merge(struct registry *onto, const struct registry *with)
{
	for (size_t i = 0; i < with->n_bodies; i++)
		overlay_bodies(onto, &with->bodies[i]);
	for (size_t i = 0; i < with->n_units; i++)
		overlay_units(onto, &with->units[i]);
	for (size_t i = 0; i < with->n_roles; i++)
		overlay_roles(onto, &with->roles[i]);
	for (size_t i = 0; i < with->n_items; i++)
		overlay_items(onto, &with->items[i]);
	for (size_t i = 0; i < with->n_meetings; i++)
		overlay_meetings(onto, &with->meetings[i]);
	for (size_t i = 0; i < with->n_events; i++)
		overlay_events(onto, &with->events[i]);
}
