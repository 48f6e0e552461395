/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/merge.h"

void registry_add_item(struct registry *r, const struct item *item)
{
	r->items = arena_grow(&r->arena, r->items, r->n_items, &r->cap_items, sizeof(*item));
	r->items[r->n_items++] = *item;
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
	APPEND(bodies)
	APPEND(units)
	APPEND(roles)
	APPEND(items)
	APPEND(meetings)
	APPEND(events)
	APPEND(absences)
	APPEND(exceptions)
	APPEND(days_off)
	APPEND(recess)
}
#undef APPEND
