/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_CORE_APPLY_INTERNAL_H
#define OVERSYN_SRC_CORE_APPLY_INTERNAL_H

#include "core/apply.h"
#include "core/quorum.h"

/* One reply being applied. */
struct job {
	const struct apply_input *in;
	struct arena *arena;
	struct change *change;
	struct applied *out;
};

/* The review as the reply has left it so far: one letter may hold two parts of it. */
struct review apply_now(const struct job *j, const struct review *r);

struct voices { /* newest first */
	struct voice *at;
	size_t n, cap;
};

/* What has been answered about a review that several approve, with what this reply
 * would say in the seat before it (VERDICT_NONE: nothing). */
struct voices apply_voices(struct job *j, const char *review, const char *seat, enum verdict said);
/* What an answer in one seat does to the whole, where it would do `alone` by itself. */
enum review_event apply_joint_event(struct job *j, const struct review *r, const struct item *item,
                                    enum review_event alone);
/* Why an approval does not count. */
enum apply_note apply_joint_note(struct job *j, const struct review *r, const struct item *item);
/* After the answer is signed, or taken back: what the seat says, how far it has come, and
 * the other seats' dates. */
void apply_joint_done(struct job *j, const struct review *before, struct review *r,
                      const struct item *item, struct applied_item *x);
/* Once an answer is taken back, what the others said still stands. */
void apply_joint_undone(struct job *j, struct review *r, const struct item *item);
/* One decision on its way into a change. */
struct decided {
	const struct review *review; /* NULL: of the item alone */
	const char *item;            /* its id */
	const char *body, *paragraph, *registry_no, *reported_by;
	const char *trust; /* the facts about who reported it, a line each */
	dayno day;
	bool adjusted;
	enum reply_outcome outcome;
	enum inquiry_about about;
};
void apply_put_decision(struct change *c, struct arena *a, const struct decided *d, const char *kind);
/* It ends the review; whether its minutes are adjusted is asked in the letter of
 * `asked`, if there is one. */
void apply_approve(struct change *c, struct arena *a, const struct decided *d,
                   const struct inquiry *asked);
/* It is to be worked on again. */
void apply_send_back(struct change *c, struct arena *a, const struct decided *d);
/* What was decided is the item's from now on. */
/* A meeting of the body that day is registered, and was not cancelled. */
bool apply_met(const struct registry *r, const char *body, dayno day);
void apply_renew(struct change *c, struct arena *a, const struct decided *d);

/* Whether the sender may answer for the item that day, and as whom. */
struct trust apply_trust(const struct job *j, const struct review *r, const struct item *item);
/* The facts as they stand, each with its reason, and those of the mail that was
 * confirmed beside them: never merged. Lines for a record. */
const char *apply_trust_facts(const struct job *j, const struct trust *t);
/* Adds what became of one item. */
void apply_told(struct job *j, const struct applied_item *x);
/* Where an answer names one, two or a kind and the reviews that it could mean are more than
 * that: gives it the number of the only one that is called so, or tells that it is not said
 * which. False: nothing is done. */
bool apply_which(struct job *j, struct answer *ans,
                 bool (*means)(const struct job *, const struct review *));
/* Adds that the letter has no such number. */
void apply_no_such(struct job *j, int n);
/* That its item counts as reviewed on the day, and when it is due next then. */
void apply_completed(struct change *c, struct arena *a, const struct review *r, dayno day);
dayno apply_next_due(const struct job *j, const struct item *item, const struct review *review,
                     dayno day);
/* Whether some answer of the reply is a decision by delegation. */
bool apply_delegates(const struct apply_input *in);
/* Whether the item is one that only the director approves, and the sender is not. */
bool apply_not_theirs(const struct job *j, const struct item *item, const struct trust *t,
                      enum verdict v);
/* That what was approved just now is the sender's own decision; *x says so. Nothing
 * where it is none. */
void apply_delegated(struct job *j, const struct review *r, const struct item *item,
                     const struct trust *t, struct applied_item *x);
/* What the answer does to the review; REVIEW_EVENT_COUNT: it says nothing that a review
 * can act on. */
enum review_event apply_event(const struct job *j, const struct review *r, const struct item *item,
                              const struct answer *ans);
/* What the holder's answer proposes to make of a document that is reviewed; NONE. */
enum reply_outcome apply_proposed(const struct review *r, const struct item *item,
                                  const struct answer *ans);
/* The same as a line for a record; "": nothing. */
const char *apply_proposal(struct arena *a, enum reply_outcome o);
/* What a body's secretary reports, by what was asked. OUTCOME_NONE: that cannot be told,
 * and *note says what is missing. */
enum reply_outcome apply_outcome(const struct inquiry *q, const struct answer *ans,
                                 enum apply_note *note);
/* What a secretary reports that the body decided. */
void apply_report(struct job *j, const struct answer *ans);
/* Takes back an answer; false: it names no item of the letter. */
bool apply_undo(struct job *j, const struct answer *ans);
/* Why a person must look: one line, English. NULL: for no reason known here. */
const char *apply_reason(const struct applied_item *x);

#endif
