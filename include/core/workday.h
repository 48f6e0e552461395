/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_WORKDAY_H
#define OVERSYN_CORE_WORKDAY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/date.h"

/*
 * Swedish working days: not Saturdays, Sundays, the public holidays of
 * lagen (1989:253), nor midsommarafton, julafton and nyårsafton, which
 * lagen (1930:173) counts as Sundays. What a municipality's own holiday
 * table says about a date wins over the rule.
 */
struct day_off {
	dayno day;
	bool working; /* the municipality's word on that date */
	const char *name;
};

struct period {
	dayno from, to; /* both included */
};

struct workcal {
	const struct day_off *own; /* the municipality's table, sorted by day */
	size_t n_own;
	const struct period *recess; /* no invitation or reminder starts in it */
	size_t n_recess;
	bool squeeze_off; /* klämdagar (a working day between two days off) are off */
};

/* The public holiday or eve-counted-as-Sunday on this date, by rule: its
 * Swedish name, or NULL. Sundays have no name of their own. */
const char *workday_holiday(dayno day);

bool workday_is(const struct workcal *cal, dayno day);
dayno workday_on_or_before(const struct workcal *cal, dayno day);
dayno workday_on_or_after(const struct workcal *cal, dayno day);
/* The nth working day after (n > 0) or before (n < 0) the given date; n = 0
 * gives the date itself. */
dayno workday_add(const struct workcal *cal, dayno day, int n);
/* The recess that holds the date, or NULL. */
const struct period *workday_recess(const struct workcal *cal, dayno day);

#endif
