/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_LIMITS_H
#define OVERSYN_CORE_LIMITS_H

#include "base/arena.h"
#include "core/registry.h"

/*
 * How many answers may go out to mail that comes in: so few that two machines
 * cannot talk for ever, and nobody is flooded through us by a forged sender.
 * Beyond a limit there is silence, and the coordinator is told once. Whatever
 * answers incoming mail asks here first.
 */
enum limit {
	LIMIT_NONE,    /* the answer may go out */
	LIMIT_MESSAGE, /* one to a Message-ID, ever */
	LIMIT_LETTER,  /* so many questions back about one letter, ever; receipts are free */
	LIMIT_SENDER,  /* so many to one address in a day */
	LIMIT_ALL,     /* so many in a day over all */
};

enum { LIMIT_PERIOD = 86400 }; /* seconds: a day, counted back from now */

struct answer_counts { /* those that have gone out */
	int message; /* to this Message-ID */
	int letter;  /* questions back about the letter */
	int sender, all; /* in the period */
};

/* What stands in the way of one more answer, a question back or not. */
enum limit limits_answer(const struct settings *s, const struct answer_counts *n, bool question);

/* Why there was no answer, for the coordinator: one line, English. */
const char *limit_reason(enum limit l);

/* What a mail is noted under that a limit kept from an answer, so that it is told
 * of once in a period: "sender:a@b". */
const char *limit_key(struct arena *a, enum limit l, const char *message_id, const char *letter,
                      const char *sender) MUST_USE;

#endif
