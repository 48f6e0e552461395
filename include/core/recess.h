/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_RECESS_H
#define OVERSYN_CORE_RECESS_H

#include "base/arena.h"
#include "core/workday.h"

/*
 * A recess (uppehåll) under the key that the municipality gave it. One that
 * comes back every year is kept as in the year 2000, in which its last day
 * lies: a leap year, so that 29 February can be said; it is 28 February in
 * other years.
 */
struct recess {
	const char *key;  /* "sommaruppehåll" */
	bool yearly;
	struct period at; /* both DAY_NONE: no longer every year */
};

/* The year of its first day; 0 for one that comes back every year. A key has
 * at most one recess for each. */
int recess_year(const struct recess *r);

/*
 * Reads what stands under a key: "06-28/08-08" for every year (which may pass
 * the new year, "12-21/01-08"), "2027-06-28/2027-08-08" for one, several with
 * commas between; "nej" ends the yearly one. "" when it was understood, else
 * what is wrong and what to mend. *out lives in the arena.
 */
const char *recess_read(struct arena *a, const char *key, const char *text, struct recess **out,
                        size_t *n);

/*
 * The periods that they make from 1900 to 2200: sorted, and those that overlap
 * or touch made one, as struct workcal wants them. A recess of one year stands
 * in the place of the yearly one with the same key that begins within half a
 * year of it.
 */
struct period *recess_periods(struct arena *a, const struct recess *all, size_t n, size_t *n_out);

#endif
