/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_FORECAST_H
#define OVERSYN_CORE_FORECAST_H

#include "core/change.h"
#include "core/due.h"

/*
 * The time to come: which reviews fall due, when each must be ready and when
 * its first letter goes, if every one is done on the day that it must be ready.
 * Pure; nothing of it is stored.
 */
struct forecast_review {
	const struct item *item;
	const struct body *body;  /* on whose behalf; NULL where there is no board */
	const struct role *holder; /* who answers that day; NULL: nobody */
	dayno due, act_by;
	dayno letter;   /* its first; DAY_NONE: it has gone already */
	bool first;     /* the item's next one; those after it follow from it */
	bool planned;   /* somebody has already planned it for an earlier day */
};

struct forecast {
	struct forecast_review *at; /* by act_by, holder's address, body, item */
	size_t n, cap;
	dayno from, to; /* both included */
};

enum { FORECAST_MONTHS = 12, FORECAST_MOST_MONTHS = 48 };

/* `open` are the open reviews, by item id. Arrays live in the arena. */
void forecast_make(const struct registry *r, const struct review *open, size_t n_open,
                   dayno today, int months, struct arena *a, struct forecast *out);

/* ---- weeks ---- */

struct week { /* ISO 8601 */
	int year, number;
	dayno monday;
	size_t reviews; /* that must be ready in it */
	size_t letters; /* first ones that go out in it: one per person, body and day */
	bool peak;      /* twice the median of the weeks that have any, at least */
};

/* Every week from forecast->from to ->to; only of one body or role where given. */
struct week *forecast_weeks(const struct forecast *f, const char *body, const char *role,
                            struct arena *a, size_t *n);

/* ---- a smoother plan ---- */

struct level_move {
	const struct forecast_review *review;
	dayno to; /* when it is to be ready instead: earlier */
};

struct level {
	struct level_move *at; /* by item id */
	size_t n, cap;
	size_t peak_before, peak_after; /* most reviews that must be ready in one week, of
	                                 * those that there is time to plan for */
};

/*
 * Proposes earlier days for what shares a letter, from the fullest weeks to those
 * with room, until they have no more than the average. Never later; never so early
 * that the review would not count for its due date, that less than half its
 * interval has gone, or that there is no time for the letters; at most 60 days;
 * not into a recess; what a body decides only to an earlier meeting's stop date.
 */
void forecast_level(const struct registry *r, const struct forecast *f, dayno today,
                    struct arena *a, struct level *out);

#endif
