/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_DUE_H
#define OVERSYN_CORE_DUE_H

#include "core/registry.h"

/*
 * When an item is due (DESIGN §4): a pure function of the register and the
 * day. Nothing here is stored. `due` is the legal or intended date and is
 * never rolled; `act_by` is when the work must be ready.
 */
enum due_status { DUE_OVERDUE, DUE_SOON, DUE_LATER, DUE_ASK, DUE_NONE };

enum anchor_source { ANCHOR_NONE, ANCHOR_REVIEWED, ANCHOR_REVISED, ANCHOR_DECIDED, ANCHOR_VALID_FROM };

enum act_basis {
	ACT_NONE,        /* no due, no act_by */
	ACT_DUE,         /* due itself, a working day */
	ACT_WORKDAY,     /* the working day before it */
	ACT_MEETING,     /* the stop date of the body's last meeting in time */
	ACT_NO_CALENDAR, /* a meeting is needed and no calendar reaches that far: due − 42 days */
};

struct reason {
	const struct rule *rule;
	dayno due;          /* DAY_NONE: this rule gives no date */
	dayno from;         /* what it was counted from (anchor, event, term end); DAY_NONE */
	const struct item *parent; /* WITH_PARENT: whose date it is */
	bool by_default;    /* the municipality's default for the kind, not the item's own words */
	bool wins;          /* the earliest */
};

struct due {
	dayno anchor;
	enum anchor_source anchor_source;
	dayno due, act_by;
	enum due_status status;
	enum act_basis act_basis;
	const struct meeting *meeting; /* ACT_MEETING */
	struct reason *reasons;
	size_t n_reasons;
	const char **ask; /* what to ask for, in Swedish */
	size_t n_ask;
	bool loop; /* its parents loop: refused */
};

/* Computes *out for an item of an indexed register on a day. Arrays and
 * strings of *out live in the arena. */
void due_compute(const struct registry *r, const struct item *i, dayno today, struct arena *a,
                 struct due *out);

const char *due_status_name(enum due_status s); /* "overdue", "soon", "later", "ask", "none" */

/* Who decides, backwards from the due date: the meetings through which a
 * revision that the council decides must pass. Unused ones are NULL. */
struct chain {
	const struct meeting *council, *board, *group;
};
struct chain due_chain(const struct registry *r, dayno due);

#endif
