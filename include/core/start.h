/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_START_H
#define OVERSYN_CORE_START_H

#include "core/change.h"
#include "core/registry.h"

/*
 * A review before its time: what must be told to the register so that the next pass
 * opens one by itself. Facts, not a date that somebody set: `oversyn why` says how the
 * date came about, and a review of the item ends it.
 */
enum start_verdict {
	START_OK,
	START_RETIRED, /* the item is no longer in use, or has been replaced */
	START_OPEN,    /* it has an open review */
	START_NOBODY,  /* nobody can be asked: no holder, no address, no body */
	START_ANYWAY,  /* its letter goes by then without more */
	START_RECENT   /* it was reviewed so lately that a letter would wait */
};

struct start {
	enum start_verdict verdict;
	const struct role *holder; /* who is asked; NULL: nobody */
	const struct body *body;
	dayno letter;          /* when the letter goes */
	dayno act_by;          /* when it is to be answered */
	dayno due;             /* the due date that it counts for */
	bool asks;             /* `event` is to be told: the item has no date so near */
	struct event event;    /* that somebody asked for it */
	struct exception plan; /* `kind` EXCEPTION_PLAN; `item` NULL: none is needed */
};

#define START_EVENT "begaran"

/* `open`: whether the item has an open review. Strings are the register's own. */
struct start start_review(const struct registry *r, const struct item *i, bool open, dayno today);

const char *start_verdict_name(enum start_verdict v); /* "ok", "retired" … */

#endif
