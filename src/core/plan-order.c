/* SPDX-License-Identifier: EUPL-1.2 */
/* The order in which the letters of a pass go out: what cannot wait first. */
#include <stdlib.h>
#include <string.h>

#include "plan-internal.h"

/* What lies longest beyond its day; then what will soon; then what only tells. */
static int urgency(const struct plan_letter *l)
{
	if (l->rung >= RUNG_OVERDUE && l->kind != PLAN_NEW_CHAIR)
		return 0;
	if (l->rung == RUNG_LAST_REMIND)
		return 1;
	if (l->kind == PLAN_HAND_OVER)
		return 2;
	if (l->rung == RUNG_REMIND || l->kind == PLAN_BACK || plan_to_secretary(l->kind))
		return 3;
	if (l->rung == RUNG_INVITE)
		return 4;
	return l->kind == PLAN_QUESTION ? 7 : l->kind == PLAN_NEW_CHAIR ? 6 : 5;
}

static int by_urgency(const void *a, const void *b)
{
	const struct plan_letter *x = a, *y = b;
	int order = urgency(x) - urgency(y);

	if (!order)
		order = (x->act_by > y->act_by) - (x->act_by < y->act_by);
	if (!order)
		order = strcmp(x->holder->address, y->holder->address);
	if (!order)
		order = strcmp(x->body->id, y->body->id);
	if (!order)
		order = (int)x->kind - (int)y->kind;
	if (!order)
		order = (x->meeting > y->meeting) - (x->meeting < y->meeting);
	if (!order)
		order = (int)x->about - (int)y->about;
	if (!order && x->kind == PLAN_REVISION) /* one for each document */
		order = strcmp(x->items[0].item->id, y->items[0].item->id);
	return order ? order : strcmp(x->ref, y->ref);
}

/* Looks stand in the order of the register's items. */
static struct plan_look *look_of(const struct plan *o, const struct item *item)
{
	size_t low = 0, high = o->n_looks;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (o->looks[mid].item < item)
			low = mid + 1;
		else
			high = mid;
	}
	return low < o->n_looks && o->looks[low].item == item ? &o->looks[low] : NULL;
}

void plan_order(struct plan_job *p)
{
	struct plan *o = p->out;

	if (o->n_letters > 1)
		qsort(o->letters, o->n_letters, sizeof(*o->letters), by_urgency);
	for (size_t i = 0; i < o->n_letters; i++)
		for (size_t k = 0; k < o->letters[i].n; k++) {
			struct plan_look *look = look_of(o, o->letters[i].items[k].item);

			/* Of two letters, the one that goes last. */
			if (look)
				look->letter = i + 1;
		}
}
