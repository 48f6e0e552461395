/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_REPORT_H
#define OVERSYN_CORE_REPORT_H

#include "core/registry.h"

/*
 * When the letters go that nobody asked for: the coordinator's each week, the board's
 * after each quarter. Each has a period, named by a day, and goes once for it; what
 * was missed is not made up for, but for the latest.
 */
enum report_kind { REPORT_WEEK, REPORT_QUARTER, REPORT_KIND_COUNT };

const char *report_kind_name(enum report_kind k); /* "week", "quarter" */

/* The first day from `day` on that letters go out: a working day outside recess. */
dayno report_letter_day(const struct workcal *cal, dayno day);

/* The letter of the week that `period`, its weekday, lies in goes on the first working
 * day from then on; recess or not. */
dayno report_week_day(const struct workcal *cal, dayno period);

struct quarter {
	int year, n;    /* 1 … 4 */
	dayno from, to; /* both included; `to` names it */
};
struct quarter report_quarter(dayno day); /* that holds the day */
struct quarter report_quarter_before(dayno day); /* the last one that has ended */

/* What a pass knows of it: the last period that its letter has gone for, and the day
 * of the program's first pass; DAY_NONE: none. */
struct report_state {
	dayno last, started;
};

/* Whether the letter may be due, without a calendar: never less than it is. */
bool report_maybe(const struct settings *s, enum report_kind k, const struct report_state *x,
                  dayno today);

/*
 * The period whose letter goes today; DAY_NONE: none does. The first week's letter
 * goes on the first such day after the program's first pass, the first quarter's for
 * the quarter that it lies in.
 */
dayno report_due(const struct settings *s, const struct workcal *cal, enum report_kind k,
                 const struct report_state *x, dayno today);

/* When the next letter of the week goes after today. */
dayno report_week_next(const struct settings *s, const struct workcal *cal, dayno today);

#endif
