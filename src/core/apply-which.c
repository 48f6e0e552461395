/* SPDX-License-Identifier: EUPL-1.2 */
/* "Rutinen godkänns": what is named, of a letter that may hold more. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/apply-internal.h"

/* Several approvers' parts of one item are one. */
static bool named_before(const struct apply_input *in, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(in->reviews[k].item, in->reviews[i].item))
			return true;
	return false;
}

/* What is called so; an item of another kind may bear the word in its title. */
static const struct called {
	unsigned names;
	enum item_kind kind;
	const char *word[2];
} called[] = {
	{ NAMES_INVENTORY, ITEM_INVENTORY, { "förteckning", "inventory" } },
	{ NAMES_REGISTER, ITEM_PROCESSING, { "register", "register" } },
	{ NAMES_ROUTINE, ITEM_ROUTINE, { "rutin", "routine" } },
};

static bool goes_by(struct arena *a, const struct called *c, const struct item *item)
{
	const char *title = text_fold(a, item->title ? item->title : "");

	return item->kind == c->kind || strstr(title, c->word[0]) || strstr(title, c->word[1]);
}

static const struct called *as_called(unsigned names)
{
	for (size_t i = 0; i < ARRAY_LEN(called); i++)
		if (names == (NAMES_ONE | called[i].names))
			return &called[i];
	return NULL;
}

bool apply_which(struct job *j, struct answer *ans,
                 bool (*means)(const struct job *, const struct review *))
{
	const struct called *as = as_called(ans->names);
	const struct item *first = NULL;
	size_t n = 0, so_called = 0;
	bool alike = true;
	int which = 0;

	for (size_t i = 0; !ans->n && ans->names && i < j->in->n_reviews; i++) {
		const struct item *item = registry_item(j->in->registry, j->in->reviews[i].item);

		if (!item || named_before(j->in, i) || !means(j, &j->in->reviews[i]))
			continue;
		first = first ? first : item;
		alike = alike && item->kind == first->kind;
		n++;
		if (as && goes_by(j->arena, as, item)) {
			so_called++;
			which = item->kind == as->kind ? j->in->reviews[i].n : 0;
		}
	}
	if (n < 2 || !(ans->names & NAMES_ONE || (ans->names & NAMES_BOTH && n > 2)
	               || (ans->names & NAMES_KIND && !alike)))
		return true;
	if (so_called == 1 && which) {
		ans->n = which;
		return true;
	}
	apply_told(j, &(struct applied_item){
		.note = NOTE_WHICH, .until = DAY_NONE, .next_due = DAY_NONE, .decided = DAY_NONE,
		.again = DAY_NONE,
	});
	return false;
}
