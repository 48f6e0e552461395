/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_CORE_REPLY_DATE_H
#define OVERSYN_SRC_CORE_REPLY_DATE_H

#include "core/date.h"
#include "src/core/reply-internal.h"

/* What the files that read days in words share. Each way to say a day is a
 * function: the day with d->i past its words, or DAY_NONE; with d->doubt where it
 * should be asked about. */
enum { NO_WORD = -1, JUST_BEEN = 31, LONG_AGO = 183 };

struct dating {
	const struct token *t;
	size_t n, i;
	dayno from;
	bool past, english;
	const char *doubt;
	dayno other; /* the other reading, where one is in doubt */
};

/* The word so many ahead; "" past the last, so that nothing looks too far. */
const char *date_word(const struct dating *d, size_t ahead);
bool date_is(const struct dating *d, size_t ahead, const char *w);
bool date_skip(struct dating *d, const char *w);
int date_number(const char *w); /* of at most four digits; NO_WORD */

dayno date_named(struct dating *d);                            /* "i morgon" */
dayno date_holiday(struct dating *d);                          /* "midsommarafton" */
dayno date_plain_week(struct dating *d);                       /* "v. 12" */
dayno date_week_after(struct dating *d);                       /* "nästa vecka" */
dayno date_in_week(struct dating *d, int weekday);             /* "v. 12", of a weekday or NO_WORD */
dayno date_on_weekday(struct dating *d, int weekday, bool next); /* "fredag" */

#endif
