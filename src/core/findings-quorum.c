/* SPDX-License-Identifier: EUPL-1.2 */
/* Items that several approve: whether they can. */
#include "core/plan.h"
#include "core/quorum.h"
#include "findings-internal.h"

/* The author answers for it alone, and nobody is above who may approve it. */
static void find_alone(struct look *l, const struct item *i)
{
	const struct role *holder = registry_holder(l->r, i, l->today);

	if (!holder || !quorum_is_author(l->r, i, holder->address) || plan_approver(l->r, i, l->today))
		return;
	struct finding f = find_item(FINDING_AUTHOR_ALONE, i);
	f.other = i->author;
	findings_add(l->out, &f);
}

static void find_short(struct look *l, const struct item *i, const struct seats *seats)
{
	bool author = false;

	for (size_t k = 0; k < seats->n; k++)
		author |= seats->at[k].author;
	if (seats->persons >= seats->need && !author)
		return;
	struct finding f = find_item(seats->persons >= seats->need ? FINDING_AUTHOR_APPROVES
	                             : author && !seats->persons  ? FINDING_AUTHOR_ALONE
	                                                          : FINDING_QUORUM_SHORT, i);
	f.other = f.kind == FINDING_QUORUM_SHORT
	          ? arena_fmt(&l->out->arena, "%d", seats->persons) : i->author;
	f.n = (size_t)seats->need;
	findings_add(l->out, &f);
}

void look_quorum(struct look *l, const struct item *i)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct seats seats;

	if (!quorum_joint(i)) {
		find_alone(l, i);
		return;
	}
	quorum_seats(l->r, i, l->today, &a, &seats);
	find_short(l, i, &seats);
}
