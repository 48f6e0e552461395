/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_CASES_H
#define OVERSYN_SRC_APP_CASES_H

#include "app/letter.h"
#include "core/deficiency.h"
#include "store/deficiencies.h"

/* Whom a letter about cases goes to, and which. */
struct case_letter {
	const struct role *to;
	bool coordinator;
	const struct deficiency **cases; /* numbered from 1, or as `number` has it */
	const int *number;               /* NULL: from 1 */
	size_t n, cap;
};

/* What the letter says, as its template names it: case numbers, days and items, and
 * nothing of what was reported. */
void case_words(const struct pass *p, struct arena *a, const struct case_letter *l,
                const struct letter *letter, struct letter_words *w);

/* On whose behalf letters about deficiencies are written: the board. */
const struct body *case_body(const struct pass *p);

/* The case's item by id and, where that may be mailed, title; NULL: it is not known. */
const char *case_item(const struct pass *p, struct arena *a, const struct deficiency *d);

/* Its record: ids and the like, no words of anybody's. */
void case_record(struct change *c, struct arena *a, const char *kind, const struct deficiency *d,
                 const char *more);

/* Everything known of a case for the one who may read it, with the text of its mails,
 * read by a reader: `oversyn show BR-…`. */
int case_show(struct store *s, struct arena *a, const struct deficiency *d, enum view_lang lang, struct buf *out,
              struct err *e) MUST_USE;

#endif
