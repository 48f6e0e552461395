/* SPDX-License-Identifier: EUPL-1.2 */
/* How far each body's items are watched, in figures. */
#include "findings-internal.h"

static void count(struct coverage *c, const struct item *i, const struct glance *g)
{
	c->items++;
	c->dated += g->due != DAY_NONE;
	c->overdue += g->status == DUE_OVERDUE;
	c->soon += g->status == DUE_SOON;
	c->ask += g->status == DUE_ASK;
	c->none += g->status == DUE_NONE;
	c->without_holder += !g->holder || !g->holder->address;
	c->assets += i->kind == ITEM_ASSET;
	c->classified += i->kind == ITEM_ASSET && g->classified;
	c->inventory = c->inventory || i->kind == ITEM_INVENTORY;
	c->processing = c->processing || i->kind == ITEM_PROCESSING;
}

static struct coverage of_body(const struct look *l, const struct body *b)
{
	struct coverage c = {.body = b, .controller = b && body_controls(b, l->today)};

	for (size_t k = 0; k < l->r->n_items; k++)
		if (l->items[k].live && l->items[k].home == b)
			count(&c, &l->r->items[k], &l->items[k]);
	return c;
}

static void add(struct findings *f, const struct coverage *c)
{
	f->coverage = arena_grow(&f->arena, f->coverage, f->n_coverage, &f->cap_coverage, sizeof(*c));
	f->coverage[f->n_coverage++] = *c;
}

void look_coverage(struct look *l)
{
	struct coverage c;

	for (size_t i = 0; i < l->r->n_bodies; i++) {
		c = of_body(l, &l->r->bodies[i]);
		if (c.controller || c.items)
			add(l->out, &c);
	}
	c = of_body(l, NULL);
	if (c.items)
		add(l->out, &c);
}
