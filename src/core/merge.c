/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/training.h"

void registry_add_item(struct registry *r, const struct item *item)
{
	r->items = arena_grow(&r->arena, r->items, r->n_items, &r->cap_items, sizeof(*item));
	r->items[r->n_items++] = *item;
}

static int by_place(const void *a, const void *b)
{
	const struct meeting *x = *(const struct meeting *const *)a;
	const struct meeting *y = *(const struct meeting *const *)b;
	int order = strcmp(x->body, y->body);

	return order ? order : (x->day > y->day) - (x->day < y->day);
}

static int by_uid(const void *a, const void *b)
{
	const struct meeting *x = *(const struct meeting *const *)a;
	const struct meeting *y = *(const struct meeting *const *)b;

	return strcmp(x->uid, y->uid);
}

/* Makes room for the meetings of `with`: drops those of the same body and day,
 * cancels those that are on another day now. */
static void give_way(struct registry *onto, const struct registry *with)
{
	const struct meeting **places = mem_alloc((with->n_meetings + 1) * sizeof(*places));
	const struct meeting **uids = mem_alloc((with->n_meetings + 1) * sizeof(*uids));
	size_t n_uids = 0, kept = 0;

	for (size_t i = 0; i < with->n_meetings; i++) {
		places[i] = &with->meetings[i];
		if (places[i]->uid)
			uids[n_uids++] = places[i];
	}
	if (with->n_meetings)
		qsort(places, with->n_meetings, sizeof(*places), by_place);
	if (n_uids)
		qsort(uids, n_uids, sizeof(*uids), by_uid);
	for (size_t i = 0; i < onto->n_meetings && with->n_meetings; i++) {
		struct meeting m = onto->meetings[i];
		const struct meeting *key = &m;

		if (bsearch(&key, places, with->n_meetings, sizeof(*places), by_place))
			continue;
		if (m.uid && n_uids && bsearch(&key, uids, n_uids, sizeof(*uids), by_uid)) {
			m.uid = NULL;
			m.cancelled = true;
		}
		onto->meetings[kept++] = m;
	}
	onto->n_meetings = with->n_meetings ? kept : onto->n_meetings;
	mem_free(places);
	mem_free(uids);
}

/* The registers' elements differ in type, the appending does not. */
#define APPEND(array) \
	for (size_t i = 0; i < with->n_##array; i++) { \
		onto->array = arena_grow(&onto->arena, onto->array, onto->n_##array, \
		                         &onto->cap_##array, sizeof(*onto->array)); \
		onto->array[onto->n_##array++] = with->array[i]; \
	}

void registry_merge(struct registry *onto, const struct registry *with)
{
	give_way(onto, with);
	APPEND(bodies)
	APPEND(units)
	APPEND(roles)
	APPEND(items)
	APPEND(trainings)
	APPEND(meetings)
	APPEND(events)
	APPEND(absences)
	APPEND(exceptions)
	APPEND(days_off)
	APPEND(recess)
}
#undef APPEND
