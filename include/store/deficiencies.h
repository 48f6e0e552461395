/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_DEFICIENCIES_H
#define OVERSYN_STORE_DEFICIENCIES_H

#include "core/deficiency.h"
#include "store/inbox.h"
#include "store/store.h"

/* Reported deficiencies in the store; a change (store_apply()) writes them. */

struct deficiencies {
	struct deficiency *at;
	int *number; /* of each in the letter that was asked for; 0 */
	size_t n;
};
/* All of them, by reference; those that a letter is due about on the day; those of a
 * letter, by number. */
int store_deficiencies(struct store *s, struct arena *a, struct deficiencies *out,
                       struct err *e) MUST_USE;
int store_due_deficiencies(struct store *s, struct arena *a, dayno today, struct deficiencies *out,
                           struct err *e) MUST_USE;
int store_letter_deficiencies(struct store *s, struct arena *a, const char *ref,
                              struct deficiencies *out, struct err *e) MUST_USE;
/* 1 found, 0 not, -1 error. */
int store_deficiency(struct store *s, struct arena *a, const char *ref, struct deficiency *out,
                     struct err *e) MUST_USE;
int store_deficiency_by_token(struct store *s, struct arena *a, const char *token_hash,
                              struct deficiency *out, struct err *e) MUST_USE;
/* How many the year has had: the next one's serial − 1. */
int store_deficiency_serial(struct store *s, int year, int *out, struct err *e) MUST_USE;
struct deficiency_counts {
	int open, closed, mistaken;
};
int store_deficiency_counts(struct store *s, struct deficiency_counts *out,
                            struct err *e) MUST_USE;
/* The mails that make up a case, as they came, with their bytes, oldest first. */
int store_deficiency_mails(struct store *s, struct arena *a, const char *ref,
                           struct inbox_row **out, size_t *n, struct err *e) MUST_USE;
/* Who was told of it, oldest first. */
int store_deficiency_letters(struct store *s, struct arena *a, const char *ref,
                             struct deficiency_told **out, size_t *n, struct err *e) MUST_USE;

#endif
