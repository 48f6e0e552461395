/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_CORE_REPLY_ROWS_H
#define OVERSYN_TESTS_CORE_REPLY_ROWS_H

#include "base/arena.h"
#include "core/reply.h"

/* What tables of replies have in common: replies.txt says how they are written. */

/* "\\n" is a line end and "(empty)" is nothing. */
char *unescape(struct arena *a, const char *s);

/* "@ inventory", "@ review yes klart from anna.berg@tallvinge.example": what the
 * rows below it answer. Fails the test if it says anything else. */
void context_row(int line, const char *row);

/* What the last such row said; the mail came on Tuesday 12 January 2027. */
struct reply_context context(void);

#endif
