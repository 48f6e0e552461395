/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_WORKDAY_H
#define OVERSYN_CORE_WORKDAY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/date.h"

/*
 * Swedish working days: not Saturdays, Sundays, the public holidays of
 * lagen (1989:253), nor midsommarafton, julafton and nyårsafton, which
 * lagen (1930:173) counts as Sundays; eves and klämdagar as the municipality
 * has it. What its own holiday table says about a date wins over all of them.
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
	const struct period *recess; /* no invitation or reminder starts in it; sorted, */
	size_t n_recess;             /* none overlaps another: see core/recess.h */
	bool eves_off;    /* the eves of workday_eve() are off */
	bool squeeze_off; /* klämdagar (a working day between two days off) are off */
};

/* The public holiday or eve-counted-as-Sunday on this date, by rule: its
 * Swedish name, or NULL. Sundays have no name of their own. */
const char *workday_holiday(dayno day);
/* The eve on this Monday to Friday on which some municipalities close, by
 * local agreement: its Swedish name, or NULL. */
const char *workday_eve(dayno day);

bool workday_is(const struct workcal *cal, dayno day);
/* Why it is no working day, in Swedish: the municipality's own word, the
 * holiday's name, "lördag", "söndag", the eve's name, "klämdag"; "ledig dag"
 * where the municipality's table gives no word. NULL: it is a working day. */
const char *workday_name(const struct workcal *cal, dayno day);
dayno workday_on_or_before(const struct workcal *cal, dayno day);
dayno workday_on_or_after(const struct workcal *cal, dayno day);
/* The nth working day after (n > 0) or before (n < 0) the given date; n = 0
 * gives the date itself. */
dayno workday_add(const struct workcal *cal, dayno day, int n);
/* The recess that holds the date, or NULL. */
const struct period *workday_recess(const struct workcal *cal, dayno day);

#endif
