/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_ANSWER_H
#define OVERSYN_SRC_APP_ANSWER_H

#include "app/letter.h"
#include "core/quorum.h"

/* Why a row of an answer did what it did, or nothing, as a receipt says it; NULL: nothing to say. */
const char *answer_note(const struct pass *p, struct arena *a, enum apply_note note) MUST_USE;
/* What the holder of a document proposes to make of it, as a receipt repeats it: "ÄNDRING"
 * where it is nothing in particular; and what follows of it. */
const char *answer_proposal_word(const struct pass *p, const struct applied_item *x) MUST_USE;
const char *answer_proposed(const struct pass *p, struct arena *a,
                            const struct applied_item *x) MUST_USE;
/* What becomes of changes that are no proposal. */
const char *answer_taken_up(const struct pass *p, struct arena *a) MUST_USE;
/* What a body did, as a receipt repeats it: "BESLUT 2027-03-17 § 34". */
const char *answer_decision_word(const struct pass *p, struct arena *a,
                                 const struct applied_item *x) MUST_USE;
/* What follows of it, and when more is asked about it. */
const char *answer_decided(const struct pass *p, struct arena *a, const struct applied_item *x) MUST_USE;
/* What follows of a decision by delegation. */
const char *answer_delegated(const struct pass *p, struct arena *a, const struct letter *l,
                             const struct applied_item *x) MUST_USE;
/* What stands in the way of what a secretary reported; of its notes alone. */
const char *answer_decision_note(const struct pass *p, struct arena *a, enum apply_note note) MUST_USE;
/* What still waits for a decision, as rows, and how one of that meeting is written. */
void answer_waiting(const struct pass *p, struct arena *a, const struct reviews *reviews,
                    dayno meeting, struct letter_words *w);

/* How far those have come who approve together: "1 av 2 har godkänt; kvar: Kanslichef". */
const char *answer_joint(const struct pass *p, struct arena *a, const struct applied_item *x) MUST_USE;
/* Who approves row n of a letter together, and how many of them must. */
const char *answer_joint_line(const struct pass *p, struct arena *a, const struct item *item,
                              int n, bool single) MUST_USE;
/* Why an approval does not count; of its notes alone. */
const char *answer_joint_note(const struct pass *p, enum apply_note note) MUST_USE;

#endif
