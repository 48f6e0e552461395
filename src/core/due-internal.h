/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_DUE_INTERNAL_H
#define OVERSYN_CORE_DUE_INTERNAL_H

#include "core/due.h"

/* What the rules of one item are computed from. */
struct due_facts {
	const struct registry *r;
	const struct item *item;
	dayno today;
	dayno anchor;
	struct arena *a;
};

/* A fixed date and what it was counted from: the event before its shift. */
struct occurrence {
	dayno day, from;
};

struct occurrences {
	struct occurrence *at;
	size_t n, cap;
};

/* The first of the sorted dates that the anchor does not count for; without
 * an anchor the first on or after the day the item became known. NULL: none. */
const struct occurrence *due_first(const struct due_facts *f, const struct occurrences *dates);

struct occurrence due_yearly(const struct due_facts *f, const struct rule *rule);
struct occurrence due_term(const struct due_facts *f, const struct rule *rule);
struct occurrence due_event(const struct due_facts *f, const struct rule *rule);

/* The ordinary election of a year: as registered, else as settled, else by
 * law; DAY_NONE when the year has none. */
dayno due_election(const struct registry *r, int year);

/* An event that happens rather than returns: no calendar can tell when. */
bool due_event_happens(const char *name);

/* Fills act_by, act_basis and meeting from due. */
void due_act(const struct registry *r, const struct item *i, struct due *out);

#endif
