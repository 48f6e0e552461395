/* SPDX-License-Identifier: EUPL-1.2 */
/* What a body that chooses is told about a document. */
#include <string.h>

#include "core/plan.h"
#include "core/revision.h"

static bool below(const struct registry *r, const struct item *i, const struct item *document)
{
	for (size_t steps = 0; i && i->parent && steps < r->n_items; steps++) {
		if (!strcmp(i->parent, document->id))
			return true;
		i = registry_item(r, i->parent);
	}
	return false;
}

static bool late(const struct registry *r, const struct item *i, dayno today)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct due d;

	due_compute(r, i, today, &a, &d);
	return d.status == DUE_OVERDUE;
}

/* A body's inventories count as one, and the board's is counted for itself. */
static bool inventory_of(const struct item *i, const struct body *b)
{
	return i->kind == ITEM_INVENTORY && !i->retired && i->body && !strcmp(i->body, b->id);
}

static void count_body(const struct registry *r, const struct body *b, dayno today,
                       struct revision_state *out)
{
	bool has = false, overdue = false;

	for (size_t k = 0; k < r->n_items; k++) {
		if (!inventory_of(&r->items[k], b))
			continue;
		has = true;
		overdue = overdue || late(r, &r->items[k], today);
	}
	out->inventories += has;
	out->late_inventories += overdue;
}

void revision_count(const struct registry *r, const struct item *document, dayno today,
                    struct revision_state *out)
{
	*out = (struct revision_state){ .routines = 0 };
	for (size_t k = 0; k < r->n_items; k++) {
		const struct item *i = &r->items[k];

		if (i->kind != ITEM_ROUTINE || i->retired || !below(r, i, document))
			continue;
		out->routines++;
		out->late_routines += late(r, i, today);
	}
	for (size_t b = 0; b < r->n_bodies; b++)
		count_body(r, &r->bodies[b], today, out);
}

static dayno stop_of(const struct registry *r, const struct chain *c)
{
	const struct meeting *first = c->group ? c->group : c->board ? c->board : c->council;

	return c->reaches && first ? meeting_stop(r, first) : DAY_NONE;
}

/* A body that decides by itself: its meeting stands for the board's. */
static struct chain alone(const struct registry *r, const struct body *b, const struct meeting *m)
{
	return (struct chain){ .board = m, .reaches = b && m && meeting_calendar_reaches(r, b->id, m->day) };
}

struct revision_way revision_way(const struct registry *r, const struct item *document, dayno due,
                                 dayno from)
{
	const struct body *b = revision_decider(r, document, from);
	bool council = b && b->kind == BODY_COUNCIL, reached = b && meeting_calendar_reaches(r, b->id, due);
	struct revision_way way = { .stop = DAY_NONE };

	if (due == DAY_NONE || !b)
		return way;
	way.at = council ? due_chain(r, due) : alone(r, b, reached ? meeting_last(r, b->id, due) : NULL);
	way.stop = stop_of(r, &way.at);
	way.late = due <= from || (way.stop == DAY_NONE ? reached : way.stop <= from);
	if (way.late) {
		way.at = council ? due_chain_from(r, from + 1) : alone(r, b, plan_meeting(r, b->id, from + 1));
		way.stop = stop_of(r, &way.at);
	}
	return way;
}
