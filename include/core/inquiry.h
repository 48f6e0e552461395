/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_INQUIRY_H
#define OVERSYN_CORE_INQUIRY_H

#include "core/reply.h"

/* What is asked. */
enum inquiry_about {
	INQUIRY_REVIEW,  /* what became of it */
	INQUIRY_OPTIONS, /* of a document: A, it is kept, or B, it is to be revised */
	INQUIRY_RENEWAL, /* whether the body that decides it has decided on it anew */
};

const char *inquiry_about_name(enum inquiry_about about); /* "review" … */
enum inquiry_about inquiry_about_by_name(const char *name);

/*
 * A body's secretary is asked what became of a review at a meeting; or, once a
 * decision has been reported from it, whether its minutes are adjusted since.
 */
struct inquiry {
	const char *review, *item; /* the item the store adds */
	dayno meeting;
	bool adjustment;
	enum inquiry_about about;
	char letter[24];        /* REF_TEXT; to the secretary; "": not asked yet */
	const char *address;    /* where the letter went; the store adds it. NULL: not asked yet */
	int n;                  /* the review's number there */
	dayno day;              /* asked last; DAY_NONE: not yet */
	int times;              /* asked so far */
	enum reply_outcome outcome; /* OUTCOME_NONE: not answered yet */
	const char *paragraph;  /* of the decision that was reported; the store adds it. NULL */
};

struct rest { /* a review that waits for changes */
	const char *item;
	dayno since;    /* of the answer that asked for them, or the meeting that sent it back */
	bool sent_back; /* by a body, and its holder has not answered since */
};

#endif
