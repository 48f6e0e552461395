/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_REPLY_H
#define OVERSYN_CORE_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "core/date.h"

/*
 * What a reply says: a closed grammar over the whole fresh text (what stands
 * above quotes and signature). A clear verb as the whole first line and
 * nothing but courtesy after it is an answer; everything else is a question
 * back or unclear. Silence and doubt never approve.
 */
#define VERDICTS(X) \
	X(NONE, "none") \
	X(APPROVE, "approve") \
	X(CHANGES, "changes") \
	X(REJECT, "reject") \
	X(EXTENSION, "extension") \
	X(WRONG_PERSON, "wrong-person") \
	X(FORWARDED, "forwarded") \
	X(DECISION, "decision") \
	X(QUESTION, "question") \
	X(UNCLEAR, "unclear")

enum verdict {
#define X(name, word) VERDICT_##name,
	VERDICTS(X)
#undef X
	VERDICT_COUNT
};

const char *verdict_name(enum verdict v);

/* What kind of message it is; decided before its text is looked at. */
#define MAIL_CLASSES(X) \
	X(REPLY, "reply") \
	X(AUTO_REPLY, "auto-reply") \
	X(BOUNCE, "bounce") \
	X(REPORT, "report") \
	X(CALENDAR_REPLY, "calendar-reply") \
	X(REACTION, "reaction") \
	X(LOOP, "loop") \
	X(OTHER, "other")

enum mail_class {
#define X(name, word) MAIL_##name,
	MAIL_CLASSES(X)
#undef X
	MAIL_CLASS_COUNT
};

const char *mail_class_name(enum mail_class c);

enum { REPLY_ANSWERS = 64 };

struct answer {
	int n; /* the item's number in the letter; 0: all that are open */
	enum verdict verdict;
	dayno until;      /* EXTENSION: the date asked for; DAY_NONE: none understood */
	const char *text; /* what followed the colon; NULL: nothing */
};

struct reply {
	enum verdict verdict; /* of the whole; APPROVE only if every answer is */
	struct answer *answers;
	size_t n_answers;
	const char *text;   /* text of the first answer, or the words that stood in the way */
	const char *reason; /* why it was understood so: one line, English */
};

/*
 * Reads the fresh text of a reply received on `received`. Text that is blank
 * gives VERDICT_NONE. Strings go to the arena.
 */
void reply_read(struct arena *a, const char *fresh, dayno received, struct reply *out);

#endif
