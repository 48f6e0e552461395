/* SPDX-License-Identifier: EUPL-1.2 */
/* "Rutinen godkänns": what is named, of a letter that may hold more. */
#include <string.h>

#include "src/core/apply-internal.h"

/* Several approvers' parts of one item are one. */
static bool named_before(const struct apply_input *in, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(in->reviews[k].item, in->reviews[i].item))
			return true;
	return false;
}

bool apply_which(struct job *j, const struct answer *ans,
                 bool (*means)(const struct job *, const struct review *))
{
	const struct item *first = NULL;
	bool alike = true;
	size_t n = 0;

	for (size_t i = 0; !ans->n && ans->names && i < j->in->n_reviews; i++) {
		const struct item *item = registry_item(j->in->registry, j->in->reviews[i].item);

		if (!item || named_before(j->in, i) || !means(j, &j->in->reviews[i]))
			continue;
		first = first ? first : item;
		alike = alike && item->kind == first->kind;
		n++;
	}
	if (n < 2 || !(ans->names & NAMES_ONE || (ans->names & NAMES_BOTH && n > 2)
	               || (ans->names & NAMES_KIND && !alike)))
		return false;
	apply_told(j, &(struct applied_item){
		.note = NOTE_WHICH, .until = DAY_NONE, .next_due = DAY_NONE, .decided = DAY_NONE,
		.again = DAY_NONE,
	});
	return true;
}
