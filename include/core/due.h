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
	ACT_CHAIN,       /* that of the first meeting on the way to the council, which must renew */
	ACT_NO_CALENDAR, /* a meeting is needed and no calendar reaches that far: due − 42 days */
	ACT_PLANNED,     /* somebody planned it for an earlier day */
};

/* Why a rule is among the reasons. */
enum reason_source {
	REASON_OWN,          /* the item's own words */
	REASON_DEFAULT,      /* the municipality's choice for its kind or type */
	REASON_EVENT,        /* an event that names this item, or the asset it is linked to */
	REASON_CONTRACT,     /* its contract ends */
	REASON_DEFICIENCIES, /* so many deficiencies were reported since the last review */
	REASON_CASCADE,      /* its parent was revised: the children follow, one by one */
};

struct reason {
	const struct rule *rule;
	dayno due;          /* DAY_NONE: this rule gives no date */
	dayno from;         /* what it was counted from (anchor, event, term end); DAY_NONE */
	const struct item *parent; /* WITH_PARENT: whose date it is */
	enum reason_source source;
	const struct exception *moved; /* the occurrence was moved: `due` is where to */
	const struct exception *skipped; /* the last occurrence before it that was skipped */
	bool from_planned;  /* counted from the planned date of a late review, not its own */
	bool wins;          /* the earliest */
};

struct due {
	dayno anchor;
	enum anchor_source anchor_source;
	dayno due, act_by;
	enum due_status status;
	enum act_basis act_basis;
	const struct meeting *meeting; /* ACT_MEETING, ACT_CHAIN */
	const struct exception *planned; /* ACT_PLANNED */
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
 * revision that the council decides must pass, each before the summons to the
 * next goes out. Bodies that there are none of are NULL; so is a meeting that no
 * calendar holds, and then `reaches` is false. */
struct chain {
	const struct meeting *council, *board, *group;
	bool reaches;
};
struct chain due_chain(const struct registry *r, dayno due);
/* The same way forwards: the first meetings that take up what is handed in on the day
 * `ready`, each after the one before it and summoned no earlier. */
struct chain due_chain_from(const struct registry *r, dayno ready);
/* Whether the words of who decides an item name the council. */
bool due_council_decides(const struct registry *r, const struct item *i);

/* The days around a meeting: as registered, else counted from the body's or the
 * municipality's settings. */
dayno meeting_stop(const struct registry *r, const struct meeting *m);
dayno meeting_summons(const struct registry *r, const struct meeting *m);
dayno meeting_preparation(const struct registry *r, const struct meeting *m);
dayno meeting_adjusted_by(const struct registry *r, const struct meeting *m);
/* The body's last meeting on or before the day, and its first on or after it;
 * cancelled ones are none. NULL: none is registered. */
const struct meeting *meeting_last(const struct registry *r, const char *body, dayno day);
const struct meeting *meeting_next(const struct registry *r, const char *body, dayno day);
/* Whether any meeting of the body is registered for the day's year. */
bool meeting_calendar_reaches(const struct registry *r, const char *body, dayno day);

#endif
