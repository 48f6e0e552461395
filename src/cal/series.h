/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_CAL_SERIES_H
#define OVERSYN_SRC_CAL_SERIES_H

#include "when.h"

/* A recurrence that meeting calendars use: weeks or months, with an end. */
struct series {
	bool monthly; /* else weekly */
	int interval;
	int count;         /* 0: until */
	bool has_until;
	struct when until;
	struct { int nth, weekday; } by_day[70]; /* nth 0: every one; −1: the last */
	int n_by_day;
	int by_month_day[31], n_by_month_day; /* −1: the last */
	int by_set_pos[31], n_by_set_pos;
	int week_start; /* 1 Monday … 7 */
};

/* Reads an RRULE's value. What is not understood and what to mend, or NULL. */
const char *series_read(struct arena *a, const char *rule, struct series *out);

/*
 * The days of the series in the zone of its start, which is the first of them,
 * at most `room`, in order. *n gets how many. What is wrong with it, or NULL.
 */
const char *series_days(struct arena *a, const struct series *s, const struct when *start,
                        dayno *days, int room, int *n);

#endif
