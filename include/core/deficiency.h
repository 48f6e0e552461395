/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_DEFICIENCY_H
#define OVERSYN_CORE_DEFICIENCY_H

#include "core/change.h"
#include "core/registry.h"
#include "core/reply.h"

/*
 * Deficiencies (brister): anybody reports one by mail, and it stays open until the
 * coordinator or who answers for the item says that it is closed. What was written
 * stands in the kept mail and is repeated nowhere.
 */

const char *deficiency_state_name(enum deficiency_state s); /* "open", "closed", "mistaken" */
enum deficiency_state deficiency_state_by_name(const char *name); /* unknown: open */

/* Whether one of the addresses is where deficiencies are reported, with or without
 * something after a plus sign. */
bool deficiency_address_among(const struct settings *s, const char **address, size_t n);
/* Whether one of them is the address that letters come from, likewise. */
bool deficiency_letters_among(const struct settings *s, const char **address, size_t n);

/*
 * The item that a mail names by its id or its exact title, in subject or text: the
 * one and only, or NULL. Whoever names an id says which of two with one title.
 * What has been retired is not looked for.
 */
const struct item *deficiency_item(const struct registry *r, struct arena *a, const char *subject,
                                   const char *text);

/* ---- when somebody is told ---- */

/* The day by which the reporter is to hear from somebody. */
dayno deficiency_answer_by(const struct registry *r, dayno reported);
/* Who is told beside the coordinator: who answers for the item. NULL: nobody, or the
 * same person. */
const struct role *deficiency_holder(const struct registry *r, const struct deficiency *d,
                                     dayno day);
const struct role *deficiency_coordinator(const struct registry *r, dayno day);
/* Who a letter is due to on the day. */
bool deficiency_coordinator_due(const struct deficiency *d, dayno today);
bool deficiency_holder_due(const struct registry *r, const struct deficiency *d, dayno today);
/* Whether the coordinator has heard of it before, and is to be reminded. */
bool deficiency_is_reminder(const struct deficiency *d, dayno today);
/* Their letter has gone: when the next one does. */
void deficiency_told(const struct registry *r, struct deficiency *d, dayno today);

/* ---- what they answer ---- */

enum deficiency_result {
	DEFICIENCY_NOTHING,     /* it was not understood */
	DEFICIENCY_IS_CLOSED,   /* it is now; or MISTAKEN, and does not count */
	DEFICIENCY_IS_MISTAKEN,
	DEFICIENCY_IS_INCIDENT,
	DEFICIENCY_CONCERNS,    /* an item that the answer names */
	DEFICIENCY_HANDED_BACK, /* not theirs: the coordinator is asked */
	DEFICIENCY_WAS_CLOSED,  /* it has been for some time: nothing was done */
	DEFICIENCY_WHICH_ITEM,  /* the answer names none, or several */
	DEFICIENCY_COORDINATORS /* only the coordinator may say that */
};

struct deficiency_answer {
	const struct answer *answer;
	const char *role; /* who answers: its id, or "console" */
	bool coordinator; /* it is the coordinator */
	dayno day;
};

/* Does to the case what the answer says; *incident: an event to be told, when its name
 * is not NULL. */
enum deficiency_result deficiency_answered(const struct registry *r, struct arena *a,
                                           struct deficiency *d,
                                           const struct deficiency_answer *x,
                                           struct event *incident);
const char *deficiency_result_name(enum deficiency_result r);

#endif
