/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/moves.h"

#include <string.h>

struct side {
	dayno due, act_by;
	enum due_status status;
};

static struct side look(const struct registry *r, const struct item *i, dayno today)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct due due;

	if (!i)
		return (struct side){ DAY_NONE, DAY_NONE, DUE_NONE };
	due_compute(r, i, today, &a, &due);
	return (struct side){ due.due, due.act_by, due.status };
}

static void compare(const struct registry *before, const struct item *was,
                    const struct registry *after, const struct item *is, dayno today,
                    struct arena *a, struct moves *out)
{
	struct side x = look(before, was, today), y = look(after, is, today);

	out->compared++;
	if (x.due == y.due && x.act_by == y.act_by && x.status == y.status)
		return;
	out->at = arena_grow(a, out->at, out->n, &out->cap, sizeof(*out->at));
	out->at[out->n++] = (struct move){
		.item = is, .was = was, .due_before = x.due, .due = y.due,
		.act_by_before = x.act_by, .act_by = y.act_by,
		.status_before = x.status, .status = y.status,
	};
}

/* Both are sorted by id: one walk over the two. */
void moves_between(const struct registry *before, const struct registry *after, dayno today,
                   struct arena *a, struct moves *out)
{
	size_t i = 0, k = 0;

	*out = (struct moves){ .n = 0 };
	while (i < before->n_items || k < after->n_items) {
		const struct item *was = i < before->n_items ? &before->items[i] : NULL;
		const struct item *is = k < after->n_items ? &after->items[k] : NULL;
		int order = !was ? 1 : !is ? -1 : strcmp(was->id, is->id);

		i += order <= 0;
		k += order >= 0;
		compare(before, order <= 0 ? was : NULL, after, order >= 0 ? is : NULL, today, a, out);
	}
}
