/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_VIEW_INTERNAL_H
#define OVERSYN_VIEW_INTERNAL_H

#include "view/view.h"

/* What the files of this folder share with each other only. */

/* The text with every byte that is not UTF-8 replaced by U+FFFD. */
char *clean_utf8(struct arena *a, const char *s) MUST_USE;
/* The same on one line and without control characters: what came by mail must
 * not be able to command a terminal. */
char *clean_line(struct arena *a, const char *s) MUST_USE;

/* A language's word out of a pair. */
static inline const char *word(enum view_lang lang, const char *sv, const char *en)
{
	return lang == VIEW_SV ? sv : en;
}

/* "2027-10-31", or "–" where there is none; in tables and in derivations. */
const char *view_iso(struct arena *a, dayno day);
const char *view_weekday(dayno day, enum view_lang lang); /* "söndag", "Sunday" */
/* The named cycle for people: "risk- och sårbarhetsanalysen (RSA)". */
/* "fyra år", "four years"; n > 0. */
void view_span(int n, enum unit_of_time unit, enum view_lang lang, struct buf *out);
/* The bytes after `from` become a sentence: first letter upper case. */
void view_capital(struct buf *out, size_t from);

/* What a derivation needs in every sentence of it. */
struct why {
	const struct registry *r;
	const struct item *item;
	const struct due *due;
	dayno today;
	enum view_lang lang;
	struct arena *a;
	struct buf *out;
};

/* Says one sentence or a part of one, in the language of the derivation. */
void why_say(const struct why *w, const char *sv, const char *en, ...) PRINTF(2, 4) PRINTF(3, 4);

void why_rules(const struct why *w);  /* one sentence per rule, the winner's first */
/* The event that a reason was counted from, or NULL; how it reads once it happened. */
const struct event *why_event(const struct why *w, const struct reason *s);
void why_happened(const struct why *w, const struct reason *s, const struct event *e);
/* The clause of a reason that is not in the item's words; false: it is. */
bool why_implied(const struct why *w, const struct reason *s);
/* What was decided about the occurrence: sentences of their own. */
void why_occurrence(const struct why *w, const struct reason *s);
void why_act_by(const struct why *w); /* meetings and working days, first letter */

#endif
