/* SPDX-License-Identifier: EUPL-1.2 */
/* What items have to do with each other: parents, replacements, events. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "registry-internal.h"

static bool document_like(const struct item *i)
{
	return i->kind == ITEM_DOCUMENT || i->kind == ITEM_ROUTINE;
}

/* A document that replaces this one, then the one that replaces that … */
static const struct item *standing(const struct registry *r, const struct item *i)
{
	for (size_t steps = 0; i && i->replaced_by && steps < r->n_items; steps++)
		i = registry_item(r, i->replaced_by);
	return i;
}

static void settle_links(struct registry *r, struct item *i)
{
	const struct item *parent = registry_item(r, i->link);

	/* A routine's asset is only a link: no date is inherited from it. Children of
	 * a document that was replaced are its successor's. */
	i->parent = NULL;
	if (parent && document_like(parent) && (parent = standing(r, parent)) && parent != i)
		i->parent = parent->id;
	if (!parent)
		i->parent = i->link;
	if (i->kind == ITEM_DOCUMENT && registry_body(r, i->decided_by))
		i->needs_decision = true;
}

/* ---- what replaces what ---- */

struct titled {
	const char *folded;
	struct item *item;
};

static int by_title(const void *a, const void *b)
{
	const struct titled *x = a, *y = b;
	int order = strcmp(x->folded, y->folded);

	return order ? order : strcmp(x->item->id, y->item->id);
}

/* Of several with one title the first by id, whatever else is in the register. */
static struct item *titled(const struct titled *titles, size_t n, const char *folded)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (strcmp(titles[mid].folded, folded) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && strcmp(titles[low].folded, folded) == 0 ? titles[low].item : NULL;
}

/* The documents by their titles, only where some row may name one so. */
static struct titled *titles_of(struct registry *r, struct arena *a, size_t *n)
{
	struct titled *all = NULL;
	size_t cap = 0;

	*n = 0;
	for (size_t i = 0; i < r->n_items; i++) {
		if (!document_like(&r->items[i]) || !r->items[i].title)
			continue;
		all = arena_grow(a, all, *n, &cap, sizeof(*all));
		all[(*n)++] = (struct titled){ text_fold(a, r->items[i].title), &r->items[i] };
	}
	if (*n > 1)
		qsort(all, *n, sizeof(*all), by_title);
	return all;
}

static bool replace_one(struct registry *r, const struct item *by, const char *name,
                        const struct titled *titles, size_t n, struct arena *a)
{
	const struct item *known = registry_item(r, name);
	struct item *old = known ? &r->items[known - r->items]
	                         : titled(titles, n, text_fold(a, text_tidy(a, name)));

	/* One that replaces itself is for import_check() to complain of; two with one
	 * title are a revision that kept it. */
	if (!old || old == by || old->replaced_by)
		return old != NULL;
	old->replaced_by = by->id;
	old->retired = true;
	return true;
}

/* "Policy för it-säkerhet; Rutin för lösenord": one name, or several. */
static void replace_all(struct registry *r, const struct item *by, const struct titled *titles,
                        size_t n, struct arena *a)
{
	const char *at = by->replaces;

	if (replace_one(r, by, at, titles, n, a))
		return;
	while (*at) {
		size_t len = strcspn(at, ";,");
		if (len)
			replace_one(r, by, arena_dupn(a, at, len), titles, n, a);
		at += len + (at[len] != '\0');
	}
}

static void settle_replaced(struct registry *r)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct titled *titles = NULL;
	size_t n = 0;
	bool looked = false;

	for (size_t i = 0; i < r->n_items; i++)
		r->items[i].replaced_by = NULL;
	for (size_t i = 0; i < r->n_items; i++) {
		const struct item *by = &r->items[i];
		/* What was itself replaced has replaced its own forerunner all the same. */
		if (!by->replaces || (by->retired && !by->replaced_by))
			continue;
		if (!looked)
			titles = titles_of(r, &a, &n);
		looked = true;
		replace_all(r, by, titles, n, &a);
	}
}

/* ---- children in their order ---- */

static int by_parent(const void *a, const void *b)
{
	const struct item *x = *(struct item *const *)a, *y = *(struct item *const *)b;
	int order = strcmp(x->parent, y->parent);

	return order ? order : strcmp(x->id, y->id);
}

static void number_children(struct registry *r)
{
	if (!r->n_items)
		return;
	struct item **children = mem_alloc(r->n_items * sizeof(*children));
	size_t n = 0;
	for (size_t i = 0; i < r->n_items; i++) {
		r->items[i].nth_child = 0;
		if (r->items[i].parent && !r->items[i].retired)
			children[n++] = &r->items[i];
	}
	qsort(children, n, sizeof(*children), by_parent);
	for (size_t i = 1; i < n; i++)
		if (strcmp(children[i]->parent, children[i - 1]->parent) == 0)
			children[i]->nth_child = children[i - 1]->nth_child + 1;
	mem_free(children);
}

static int by_item_event(const void *a, const void *b)
{
	const struct event *x = *(const struct event *const *)a;
	const struct event *y = *(const struct event *const *)b;
	int order = strcmp(x->item, y->item);

	if (!order)
		order = strcmp(x->name, y->name);
	return order ? order : (x->day > y->day) - (x->day < y->day);
}

static void index_item_events(struct registry *r)
{
	size_t cap = 0;

	r->item_events = NULL;
	r->n_item_events = 0;
	for (size_t i = 0; i < r->n_events; i++) {
		if (!r->events[i].item)
			continue;
		r->item_events = arena_grow(&r->arena, r->item_events, r->n_item_events, &cap,
		                            sizeof(*r->item_events));
		r->item_events[r->n_item_events++] = &r->events[i];
	}
	if (r->n_item_events > 1)
		qsort(r->item_events, r->n_item_events, sizeof(*r->item_events), by_item_event);
}

void registry_link(struct registry *r)
{
	index_item_events(r);
	settle_replaced(r);
	for (size_t i = 0; i < r->n_items; i++) {
		struct item *item = &r->items[i];
		if (!item->link)
			item->link = item->parent;
		settle_links(r, item);
	}
	number_children(r);
}
