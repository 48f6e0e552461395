/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_DEMO_MAIL_H
#define OVERSYN_SRC_APP_DEMO_MAIL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/zone.h"

/* A mail of the demo's people, on its way: what it says, and how it comes. */
struct pending {
	dayno day;
	const char *name; /* of its Message-ID; NULL: the next number */
	const char *from, *to, *subject, *answers_id, *text;
	const char *quote;    /* of the letter, below the text; NULL: none */
	const char *calendar; /* the calendar reply that it carries; NULL: none */
	bool automatic;
	bool outside; /* from a mailbox at home: nobody vouches for it */
};

/* The bytes that a mail program sends, with what our own server puts above them. */
void demo_mail_write(const struct pending *x, instant now, const char *id, struct buf *out);

/* What a calendar answers (RFC 5546) to the invitation of a letter, from the one
 * address, with PARTSTAT=ACCEPTED, DECLINED or TENTATIVE; in the arena. NULL: the
 * letter's calendar has no event. */
const char *demo_calendar_answer(struct arena *a, const char *calendar, const char *from,
                                 const char *partstat, instant now);

#endif
