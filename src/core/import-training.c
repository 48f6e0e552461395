/* SPDX-License-Identifier: EUPL-1.2 */
/* utbildningar.csv: what chiefs attest of their people. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "import-internal.h"

static bool one_of(const char *word, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* Every chief, or one role by its id. */
static void read_whom(struct reader *r)
{
	static const char *const all[] = {"", "varje chef", "alla chefer", "chefer", "chef"};
	struct arena *a = &r->into->arena;

	if (one_of(text_fold(a, r->row.word ? r->row.word : ""), all, ARRAY_LEN(all)))
		return;
	r->row.training.role = r->row.word;
	if (strchr(r->row.word, ' '))
		import_bad_at(r, offsetof(struct row, word), "gäller: %s is no role's id: write varje chef, "
		              "or the id of one role", import_quote(r, r->row.word));
	else if (r->row.training.org)
		import_bad_at(r, offsetof(struct row, training.org), "organisation is for varje chef: a "
		              "single role needs none");
}

void import_training(struct reader *r)
{
	static const char *const gone[] = {"avvecklad", "avvecklat", "upphävd", "upphävt", "ersatt"};
	struct registry *into = r->into;
	struct training *t = &r->row.training;

	import_seen(r, t->id);
	read_whom(r);
	t->retired = one_of(text_fold(&into->arena, r->row.status ? r->row.status : ""), gone,
	                    ARRAY_LEN(gone));
	if (r->bad)
		return;
	into->trainings = arena_grow(&into->arena, into->trainings, into->n_trainings,
	                             &into->cap_trainings, sizeof(*t));
	into->trainings[into->n_trainings++] = *t;
}
