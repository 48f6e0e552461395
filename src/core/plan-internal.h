/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_PLAN_INTERNAL_H
#define OVERSYN_CORE_PLAN_INTERNAL_H

#include "core/plan.h"
#include "core/revision.h"

/* One pass being planned. */
struct plan_job {
	const struct plan_input *in;
	struct workcal cal;
	struct arena *arena;
	struct plan *out;
	size_t letter; /* that the item looked at goes in: its index + 1; 0: in none */
	size_t *place; /* hash table of the letters: index + 1; 0: free */
	size_t places; /* a power of two */
	bool waits;    /* it is looked at again tomorrow, whatever else */
	const char *holder; /* of the item, to be noted; NULL: as noted */
	bool moved;    /* some review in a letter has another date than before */
};

/* Puts the item into the letter of its kind, person and body, or, for a letter
 * that goes on (ref not ""), into the one that continues it. */
void plan_put(struct plan_job *p, enum plan_kind kind, const char *ref, const struct role *holder,
              const struct body *body, const struct plan_item *x);

/* Puts an open review that nobody answers into the letter to whoever is told
 * about it; a finding where there is nobody. */
void plan_escalate(struct plan_job *p, struct plan_item *x, enum rung rung,
                   const struct role *holder, const struct body *body);

/*
 * Who is away is not reminded; until the reminders would have been sent the review
 * waits, and after that the deputy is asked instead. False: it goes on as always,
 * since the holder is here, or nobody can stand in.
 */
bool plan_away(struct plan_job *p, struct plan_item *x, enum rung rung,
               const struct role *holder, const struct body *body);

/* Whether the deputy is to be asked on the next day that letters go out. */
bool plan_away_waits(const struct plan_job *p, const struct plan_item *x, const struct review *r);

/* Asks the secretary of the body what became of a review that awaits its decision,
 * on the first working day after the meeting, and again where no answer comes. */
void plan_decision(struct plan_job *p, struct plan_item *x, const struct review *r);

/* What is asked of whom about a review that awaits a decision. */
struct plan_case {
	enum inquiry_about about;
	const struct body *body;       /* NULL: there is none, and nothing else holds */
	const struct meeting *meeting; /* that it comes up at; NULL: none is registered */
	const struct inquiry *last;    /* about its latest meeting; NULL */
	const struct inquiry *waiting; /* the same, if it waits for an answer about `meeting` */
	const struct role *to;         /* the secretary; NULL: nobody */
};
struct plan_case plan_case(const struct plan_input *in, const struct plan_item *x,
                           const struct review *r);

/* Puts a document before the body that chooses what is to become of it, once, while
 * its meeting lies ahead; and whether that is still to be done. */
void plan_revision(struct plan_job *p, const struct plan_item *x, const struct review *r,
                   const struct plan_case *asks);
bool plan_revision_waits(const struct plan_input *in, const struct review *r,
                         const struct plan_case *asks);
/* The next day after today on which it may have to; DAY_NONE: none is known. */
dayno plan_decision_next(const struct plan_job *p, const struct plan_item *x,
                         const struct review *r);

/* Reminds of a review that a body has sent back, and finds one that rests in work for
 * long; and when it may have to next. DAY_NONE: never. */
void plan_back(struct plan_job *p, struct plan_item *x, const struct review *r,
               const struct role *holder, const struct body *body);
dayno plan_back_next(const struct plan_job *p, const struct review *r);

/* Asks whether the minutes with the item's unadjusted decisions are adjusted by
 * now. Returns the next day on which it may have to; DAY_NONE: none. */
dayno plan_adjusted(struct plan_job *p, const struct item *item);

/*
 * Tells the data protection officer of an open review, once: on the first day that
 * letters go out after the day it was opened, so that what was opened together is one
 * letter. Not in a pass that writes to somebody else about it.
 */
void plan_copy(struct plan_job *p, struct plan_item *x, const struct body *body);
/* The next day after today on which it may have to; DAY_NONE: none is known. */
dayno plan_copy_next(const struct plan_job *p, const struct plan_item *x, const struct review *r);

/* The role in force at the address; NULL: none. */
const struct role *plan_role_at(const struct registry *r, const char *address, dayno day);
/*
 * Fills in the review that is to be opened today for the item and its holder, if one is.
 * `replaced` is the one that it takes the place of; NULL: none.
 */
bool plan_open(struct plan_job *p, struct plan_item *x, const struct review *replaced);

/* Somebody else answers for the item than before: one letter says so, and asks what
 * waits for an answer. `r` is the review that stands, `replaced` the one that does not any
 * more; NULL: none. Returns the one that is open. */
const struct review *plan_hand_over(struct plan_job *p, struct plan_item *x,
                                    const struct review *r, const struct review *replaced,
                                    const struct body *body);
/* Whether it is somebody else. */
bool plan_handed(const struct plan_job *p, const struct item *item, const struct role *holder);

/* Nobody in force answers for the item. */
void plan_orphan(struct plan_job *p, const struct item *item);
/* Whether somebody chairs the body who is to be told of it before anything else. */
bool plan_new_chair(const struct plan_job *p, const struct body *body);
/* The open review is one that a new chair is told of. */
void plan_tell_chair(struct plan_job *p, const struct plan_item *x, const struct review *r);
/* Notes who chairs the bodies, once the letters are in order. */
void plan_note_chairs(struct plan_job *p);

/* Whether as many mails have gone out about the review as may. */
bool plan_capped(const struct plan_job *p, const struct review *r);
/* Says so instead of another one. */
void plan_cap(struct plan_job *p, const struct plan_item *x, const struct review *r);

/* Puts the letters in the order of their urgency. */
void plan_order(struct plan_job *p);

/* Does what there is to do about an item that several approve; `rows` are the parts of
 * its open review. Returns the day to look at it again, as plan_wake(). */
dayno plan_joint(struct plan_job *p, const struct plan_item *base, const struct review *rows,
                 size_t n);

/* What the parts of plan.c do with one review and one holder. */
void plan_climb(struct plan_job *p, const struct review *r, struct plan_item *x,
                const struct role *holder, const struct body *body);
/* Every part of the review that r is the first of. */
void plan_supersede(struct plan_job *p, const struct review *r, enum review_event event);
/* Whether the review may be void because what it asks about has changed. */
bool plan_asks(const struct review *r);
const struct letter *plan_letter_of(const struct plan_input *in, const char *ref);

/* Something that a person must mend. */
void plan_find(struct plan_job *p, const struct item *item, const char *what);

/* Once all items are in their letters: the day that the event of each one in which
 * dates have moved must move to. */
void plan_book(struct plan_job *p);

/* The day of the last question about the item; DAY_NONE: it was never asked. */
dayno plan_asked(const struct plan_input *in, const char *item);

/*
 * Whether the last review is an answer to this very due date, asked on `day`. A
 * date that no sign-off moves (END wants a decision, WITH_PARENT the parent)
 * stays where it is once it has been signed: to ask again every day would be
 * noise.
 */
bool plan_answered(const struct plan_job *p, const struct plan_item *x, dayno day);

/* Where the interval is shorter than the ladder is long, the next review would
 * begin the day after the last one: it waits until this day has passed. DAY_NONE:
 * it need not wait. */
dayno plan_half(const struct plan_item *x);

/*
 * The first day after today on which a pass may have something to do about the
 * item if no fact changes: at times earlier, never later. `x` is what was done
 * today, `r` the review that is open then (NULL: none), `found` whether something
 * is the matter that a person must mend.
 */
dayno plan_wake(const struct plan_job *p, const struct plan_item *x, const struct review *r,
                bool found);

/* DAY_NONE is no day, not an early one. */
dayno plan_earlier(dayno a, dayno b);

/* Notes when the item that was just looked at is to be looked at again. */
void plan_sleep(struct plan_job *p, const struct item *item, dayno until);

#endif
