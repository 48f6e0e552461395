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
	enum anchor_source anchor_source;
	struct arena *a;
	const struct exception *skipped; /* by due_skipped(), since the rule was begun */
};

/* A fixed date and what it was counted from: the event before its shift. */
struct occurrence {
	dayno day, from;
};

struct occurrences {
	struct occurrence *at;
	size_t n, cap;
};

/* Dates in order; a day beyond the calendar is no date and left out. */
void due_add(struct arena *a, struct occurrences *dates, dayno day, dayno from);

/* The first of the sorted dates that the anchor does not count for; without
 * an anchor the first on or after the day the item became known. Skipped ones
 * are passed over. NULL: none. */
const struct occurrence *due_first(struct due_facts *f, const struct occurrences *dates);

/* Whether somebody has decided to skip the occurrence of the item on that day;
 * remembered in f->skipped. */
bool due_skipped(struct due_facts *f, dayno day);

/* The year that dates are looked for around, and a year within the calendar. */
int due_middle_year(const struct due_facts *f);
int due_within_years(int year);

struct occurrence due_interval(struct due_facts *f, const struct rule *rule, dayno from,
                               bool *from_planned);
struct occurrence due_yearly(struct due_facts *f, const struct rule *rule);
struct occurrence due_term(struct due_facts *f, const struct rule *rule);
struct occurrence due_event(struct due_facts *f, const struct rule *rule);
/* Of the occurrences that name the item itself (or its asset) only. */
struct occurrence due_item_event(struct due_facts *f, const char *name);
/* Of the ends of its contract, or its asset's: so long before as the municipality has it. */
struct occurrence due_contract(struct due_facts *f);
/* Of the nth deficiency reported since the last review. */
struct occurrence due_deficiencies(struct due_facts *f, int count);

/* The ordinary election of a year: as registered, else as settled, else by
 * law; DAY_NONE when the year has none. */
dayno due_election(const struct registry *r, int year);

/* An event that happens rather than returns: no calendar can tell when. */
bool due_event_happens(const char *name);

/* Adds the reasons that no words of the item name: events that name the item,
 * its contract's end, deficiencies, a revised parent. */
void due_implied(struct due_facts *f, struct due *out);
size_t due_implied_most(const struct due_facts *f); /* of them, so that room can be made */

/* Fills act_by, act_basis, meeting and planned from due. */
void due_act(const struct registry *r, const struct item *i, struct due *out);

/* Whether the item must be decided anew by the council: a validity ends. */
bool due_council_renews(const struct registry *r, const struct item *i, const struct due *d);

/* The bodies on the way to the council, from the last; NULL: there is none. */
struct council_way {
	const struct body *council, *board, *group;
};
struct council_way due_council_way(const struct registry *r, dayno day);

#endif
