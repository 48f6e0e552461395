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
	X(UNDO, "undo") \
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

/*
 * What kind of letter is answered: the vocabulary belongs to it. ANY is for
 * `oversyn read` that was not told: the words of every letter that asks for a
 * review, and no others.
 */
#define LETTER_KINDS(X) \
	X(ANY, "any") \
	X(REVIEW, "review")       /* invitation, reminder, overdue: is it still right? */ \
	X(INVENTORY, "inventory") /* the same for a list: "Inga ändringar" is an answer */ \
	X(QUESTION, "question")   /* asks for a fact that is missing: a date, an interval */ \
	X(DECISION, "decision")   /* asks a secretary for date and § of a decision */ \
	X(CONFIRM, "confirm")     /* asks one question: yes or no */ \
	X(HANDOVER, "handover")   /* tells; asks for nothing */ \
	X(DEFICIENCY, "deficiency") /* of cases that somebody reported: what became of them */ \
	X(COMMAND, "command")     /* to the coordinator: what is answered is a command (core/command.h) */ \
	X(COPY, "copy")           /* to the data protection officer: any word is an opinion */ \
	X(NOTICE, "notice")       /* for information: nothing can be approved by it */

enum letter_kind {
#define X(name, word) LETTER_##name,
	LETTER_KINDS(X)
#undef X
	LETTER_KIND_COUNT
};

const char *letter_kind_name(enum letter_kind k);
/* By its name or by the name of a letter template ("reminder"); -1: none. */
int letter_kind_by_name(const char *name);

/* What a body made of a case, or what became of a thing that was asked about. */
#define REPLY_OUTCOMES(X) \
	X(NONE, NULL) \
	X(APPROVED, "approved") \
	X(REJECTED, "rejected") \
	X(NOTED, "noted")             /* noterades, lades till handlingarna */ \
	X(REFERRED_BACK, "referred-back") /* återremiss */ \
	X(TABLED, "tabled")           /* bordlagt */ \
	X(WITHDRAWN, "withdrawn")     /* utgick */ \
	X(ENDED, "ended")             /* upphört, upphävs: no longer valid or in use */ \
	X(EDITORIAL, "editorial")     /* of a document: it holds, its wording is to be mended */ \
	X(REVISE, "revise")           /* of a document: it is to be decided anew */ \
	X(MENDED, "mended")           /* of a deficiency: åtgärdad */ \
	X(CLOSED, "closed")           /* stängd */ \
	X(MISTAKEN, "mistaken")       /* felaktig anmälan */ \
	X(INCIDENT, "incident")       /* är en incident */ \
	X(CONCERNS, "concerns")       /* gäller an item: its words are the text */

enum reply_outcome {
#define X(name, word) OUTCOME_##name,
	REPLY_OUTCOMES(X)
#undef X
	OUTCOME_COUNT
};

const char *reply_outcome_name(enum reply_outcome o); /* NULL: none */

enum adjusted { ADJUSTED_UNSAID, ADJUSTED_NOT_YET, ADJUSTED_YES }; /* the minutes: justerat */

enum { REPLY_ANSWERS = 64 };

/* What an answer without a number calls what it is about, where it does not say all:
 * "listan", "båda", "alla rutiner". A letter may hold more than that. */
enum { NAMES_ONE = 1, NAMES_BOTH = 2, NAMES_KIND = 4,
       NAMES_INVENTORY = 8, NAMES_REGISTER = 16, NAMES_ROUTINE = 32 /* that one is such */ };

struct answer {
	int n; /* the item's number in the letter; 0: all that are open */
	enum verdict verdict;
	dayno until;           /* EXTENSION: the date asked for; DAY_NONE: none understood */
	int or_days;           /* the other reading of `until`, where it is in doubt: so many
	                        * days later (or earlier); 0: there is none */
	const char *text;      /* what was added, as written; NULL: nothing */
	const char *delegate;  /* WRONG_PERSON, FORWARDED: who instead, as written; NULL. A
	                        * proposal: nobody becomes responsible by being named */
	dayno date;            /* of the decision, or the fact that was asked for; DAY_NONE */
	const char *paragraph; /* "§ 34"; NULL */
	const char *option;    /* "A", "B": which of the proposals; NULL */
	const char *registry_no; /* of a decision, as written: "KS 2027/310"; NULL */
	enum reply_outcome outcome;
	enum adjusted adjusted;
	unsigned names;        /* NAMES_… */
};

struct reply {
	enum verdict verdict; /* of the whole; APPROVE only if every answer is */
	struct answer *answers;
	size_t n_answers;     /* 0 where there is nothing to act on */
	/* The first answer; in a QUESTION what it seems to mean, to be offered
	 * for confirmation and never to be acted on (verdict NONE: no idea). */
	struct answer said;
	/* What a QUESTION or UNCLEAR seems to mean as a whole, answer by answer, where
	 * nothing in it speaks against that. Only to be offered. */
	struct answer *proposed;
	size_t n_proposed;
	bool asks;          /* it asks something of which no answer of ours speaks */
	const char *text;   /* text of the first answer, or the words that stood in the way */
	const char *reason; /* why it was understood so: one line, English */
};

struct reply_context {
	dayno received;          /* Swedish time: what "på fredag" counts from */
	enum letter_kind letter;
	bool yes_approves;       /* "Ja", "OK" sign a review: the site's choice, and only for a
	                          * letter that asked one question. Else they are asked about */
	bool done_offered;       /* the letter offered "KLART" */
	const char *body;        /* words that name the body whose decision is asked for; NULL: not known */
	const char *sent;        /* text of what we sent, whose rows have titles; NULL */
	int rows;                /* numbered rows of the letter: what "nr 2" may mean; 0: not known */
	const char *from;        /* the sender's address: whose bare name may stand below; NULL */
};

/*
 * Whether text that stands beside an answer, and is no part of it, could change what it says: it
 * has a word that no answer may have, one of approval, a question mark, the number of an item.
 */
bool reply_could_change(const char *text);

/* Whether a letter we sent offers the word, in capitals, as an answer. */
bool reply_offers(const char *sent, const char *word);
/* How many numbered rows the table of a letter we sent has; 0: it has none. */
int reply_rows(const char *sent);

/*
 * The words that say the answers, as letters offer them ("1, 3 GODKÄNNS"), one
 * line each; reply_read() reads them back as just that. Without `text` what was
 * added stays out. NULL: one of them has no such words.
 */
const char *reply_say(struct arena *a, const struct answer *answers, size_t n, bool english,
                      bool text);

enum { REPLY_CHOICES = 2 };
/* What a reply that is asked about may be offered as, in those words: what it
 * seems to mean, and the same with the other date where one is in doubt. How many. */
size_t reply_choices(struct arena *a, const struct reply *r, bool english, bool text,
                     const char *out[REPLY_CHOICES]);

/*
 * Reads the fresh text of a reply. Text that is blank gives VERDICT_NONE.
 * Strings go to the arena.
 */
void reply_read(struct arena *a, const char *fresh, const struct reply_context *ctx,
                struct reply *out);

#endif
