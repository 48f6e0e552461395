/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_CORE_REPLY_INTERNAL_H
#define OVERSYN_SRC_CORE_REPLY_INTERNAL_H

#include "core/reply.h"

/* What one line says: a verb of the vocabulary, or why it is none. */
struct phrase {
	enum verdict verdict; /* QUESTION, UNCLEAR: `why` says what stands in the way */
	dayno until;
	const char *text; /* after the colon, as written; NULL: nothing */
	const char *why;
	bool takes_text;  /* the lines that follow belong to it */
};

/* `line` as written and trimmed; without an item's number before it. */
struct phrase phrase_read(struct arena *a, const char *line, dayno received);

/* Lines before and after an answer that change nothing: "Hej!", "Tack!". */
bool courtesy_greeting(struct arena *a, const char *line);
bool courtesy_line(struct arena *a, const char *line);
/* A line after which only a name and how to reach it may stand: "Mvh Anna". */
bool courtesy_signoff(struct arena *a, const char *line);
/* A line of a signature below a sign-off: few words, none of which could be
 * a condition, a negation or a verdict. */
bool courtesy_signature(struct arena *a, const char *line);

/* Whether a folded text has a word that could turn an answer around. */
bool words_guard(const char *folded);
/* Whether a folded text speaks of approval in any spelling. */
bool words_approval(const char *folded);

/*
 * The date an extension asks for: `text` folded, the whole of it a date or a
 * length of time from `received`. Without a year it is the next such date
 * after `received`. DAY_NONE when it is no date, or not one to be sure of.
 * In English "03/04" could be either, so it is neither.
 */
dayno reply_date(const char *text, dayno received, bool english);

#endif
