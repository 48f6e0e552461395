/* SPDX-License-Identifier: EUPL-1.2 */
/* The families of the items that a letter is about, and of what stands beside them in the
 * letters of others: FAMILIES_OF_LETTER in steps, for one statement of all of them makes
 * and clears a dozen tables at every turn. */
#include <string.h>

#include "src/store/db.h"

void words_add(struct arena *a, struct words *w, const char *word)
{
	for (size_t i = 0; word && i < w->n; i++)
		if (!strcmp(w->at[i], word))
			return;
	if (!word)
		return;
	w->at = arena_grow(a, w->at, w->n, &w->cap, sizeof(*w->at));
	w->at[w->n++] = word;
}

/* What the statement finds for the key, once each. */
static int add_found(struct store *s, struct arena *a, enum stmt_id id, const char *key, struct words *to,
                     struct err *e)
{
	struct query q = query(s, id);
	int got;

	put_word(&q, key);
	while ((got = query_row(&q, e)) > 0)
		words_add(a, to, get_text(&q, a));
	return got;
}

static int add_for_each(struct store *s, struct arena *a, enum stmt_id id, const struct words *of,
                        struct words *to, struct err *e)
{
	for (size_t i = 0; i < of->n; i++)
		if (add_found(s, a, id, of->at[i], to, e))
			return -1;
	return 0;
}

int letter_families(struct store *s, struct arena *a, const char *ref, struct words *out, struct err *e)
{
	struct words reviews = { .at = NULL }, letters = { .at = NULL };

	*out = (struct words){ .at = NULL };
	return add_found(s, a, STMT_REVIEWS_IN_LETTER, ref, &reviews, e)
	               || add_for_each(s, a, STMT_LETTERS_BESIDE, &reviews, &letters, e)
	               || add_for_each(s, a, STMT_FAMILIES_BESIDE, &letters, out, e)
	               || add_found(s, a, STMT_FAMILIES_NAMED, ref, out, e)
	       ? -1 : 0;
}
