/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_BOOKING_H
#define OVERSYN_SRC_APP_BOOKING_H

#include "app/letter.h"
#include "core/booking.h"

/* A letter's calendar event, that follows what a change makes of its reviews. */
struct booked {
	enum booking what;
	struct reviews after; /* the letter's reviews as the change leaves them */
};

/* A review, or one approver's part of it, as a change leaves it. */
struct review booking_after(const struct review *r, const struct change *c);

/* Works out what becomes of the event of *l, whose reviews were `before`, advances
 * *l, and fills the calendar of *m. The event says what is left to do. */
int booking_make(const struct pass *p, struct arena *a, struct letter *l,
                 const struct reviews *before, const struct change *c, struct letter_mail *m,
                 struct booked *out, struct err *e) MUST_USE;

/* Once the mail that says so is written; message_id NULL: nobody could be told. Adds
 * the letter and the record to the change. */
void booking_done(struct arena *a, struct letter *l, const struct booked *b,
                  const char *message_id, struct change *c);

/* Whether the letter's own person may still be written to about it. */
bool booking_reaches(const struct pass *p, const struct letter *l);

#endif
