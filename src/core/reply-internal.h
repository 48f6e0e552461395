/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_CORE_REPLY_INTERNAL_H
#define OVERSYN_SRC_CORE_REPLY_INTERNAL_H

#include "core/reply.h"
#include "src/core/reply-vocabulary.h"

/*
 * The stages of reading a reply, each a pure function of the one before:
 *
 *	text    → lines     reply-lines.c: tidied, mended, split where a new numbered answer begins
 *	lines   → clauses   reply-clauses.c: words with where they stood, ended by . ! ? and line ends
 *	clause  → saying    reply-match.c: which pattern of reply-sayings.inc is the whole of it
 *	saying  → phrase    reply-phrase.c: one answer with its date, name, text; or what is in its way
 *	                    reply-handover.c: who answers instead
 *	phrases → reply     reply.c: the answer, courtesy, signature; anything else is a question
 *
 * Words are numbers from the second stage on: reply-word.c finds them in the tables
 * of reply-vocabulary.h, which are made of the .inc files.
 *
 * Beside them: reply-courtesy.c (greetings, thanks, names), reply-date.c,
 * reply-decision.c (what a secretary reports) and reply-guard.c (words that
 * no answer may have). The words themselves are in the .inc files.
 */

struct token {
	const char *word;  /* folded */
	const char *raw;
	uint16_t number;   /* the word's, in the vocabulary */
	size_t at, end;    /* bytes in the line */
	bool comma, dash;  /* a comma or a dash stands before it; a dash */
	bool capital;      /* begins with a capital letter */
};

enum { CLAUSE_WORDS = 60 }; /* a longer sentence is no answer */

struct clause {
	const struct token *t;
	size_t n;
	size_t line;       /* index of its line */
	size_t from, to;   /* bytes in the line, the mark that ends it included */
	char mark;         /* . ! ? ; or ~ for "…"; NUL at a line's end */
	bool strange;      /* holds a sign that no answer has, or is too long */
};

struct line {
	char *text;  /* tidied */
	bool hidden; /* an invisible sign stands inside a word */
};

struct lines {
	struct line *at;
	size_t n, cap;
	bool too_many;
};

/* Splits a text into lines, and a line where the next numbered answer begins. */
void reply_lines(struct arena *a, const char *text, struct lines *out);
/* Whether a thumb up, or a hand that says the same, is among them. */
bool lines_thumb(const struct lines *l);
/* Undoes UTF-8 that was read as Windows-1252 ("GodkÃ¤nns"); NULL: it is none. */
char *reply_mend(struct arena *a, const char *text);

/* The clauses of all lines in order; a line that begins with > is strange. */
struct clause *reply_clauses(struct arena *a, const struct lines *l, size_t *n);
/* What is left of a clause without its first `skip` words. */
struct clause clause_without(const struct clause *c, size_t skip);
/* The clause as it was written. */
char *clause_text(struct arena *a, const struct lines *l, const struct clause *c);

/* ---- patterns ---- */

struct numbers {
	int at[REPLY_ANSWERS];
	size_t n;
};

/* Reads "1, 3 och 5–7", "nr 2:"; how many words it takes, 0: none. */
size_t reply_numbers(const struct token *t, size_t n, struct numbers *out);
/* Whether the words name a row that the letter may have: "nr 2", "Kalle för 3", "andra raden". */
bool reply_names_row(const struct token *t, size_t n, const struct reply_context *ctx);
/* "kl 18.30", and "2027/310" behind a body's letters: how many words; 0: neither stands there. */
size_t reply_figures(const struct token *t, size_t i, size_t n);
/* How many words are the title of a row of what we sent, and whose; 0: of none, or of several. */
size_t reply_row_title(struct arena *a, const struct token *t, size_t n, const struct reply_context *ctx, int *row);
/* Whether a verb alone is all there is to say of a number: "1 godkänns 2 avslås". */
bool reply_numbers_end(const char *word);

struct when {
	dayno day;       /* DAY_NONE: no idea */
	const char *doubt; /* NULL: one reading; else why it must be asked about */
	dayno other;     /* the other reading; DAY_NONE: there is none */
	size_t used;     /* words */
};

enum when_use { WHEN_COMING, WHEN_PAST };

/* The longest date or length of time that the words begin with. Without a year
 * it is the next such date after `from` (WHEN_PAST: the latest until then). In
 * English "03/04" could be either, so it is in doubt. */
bool reply_when(const struct token *t, size_t n, dayno from, enum when_use use, bool english,
                struct when *out);

/* Whether the words begin with what looks like a day and is none: "30 februari", "31/4". */
bool reply_day_shaped(const struct token *t, size_t n);

enum { SAYS_TEXT = 1, SAYS_LINE = 2, SAYS_ASK = 4, SAYS_YES = 8, SAYS_NO = 16, SAYS_DONE = 32,
       SAYS_POLITE = 64, SAYS_ENGLISH = 128, SAYS_NAME = 256 };

struct saying {
	enum verdict verdict;
	unsigned letters; /* 1 << enum letter_kind */
	unsigned flags;
	enum reply_outcome outcome;
};

struct found {
	const struct saying *saying;
	bool loose;            /* only when misspellings are forgiven */
	bool signed_off;       /* "… Mvh Anna" stands in it */
	bool who;              /* names somebody else, from `rest` on */
	struct when when;      /* of {when}, {past} */
	struct numbers numbers; /* of {n} */
	unsigned names;        /* NAMES_… */
	size_t rest;           /* first word of {who}, {rest} or of what follows a colon; n: none */
};

/* Finds the saying that the whole clause is, courtesy at its end aside. */
bool reply_find(const struct clause *c, const struct reply_context *ctx, bool loose,
                struct found *out);
/* What a row of the group names: NAMES_…; 0: nothing. */
unsigned reply_names(size_t group);
/* How many words from `at` a pattern of the group takes at most; 0: none fits. */
size_t reply_longest(enum pattern_group group, const struct token *t, size_t at, size_t n);
/* Whether the words are a pattern of the group and no more; *names: and what it names. */
bool reply_whole(enum pattern_group group, const struct token *t, size_t n, unsigned *names);

/* ---- courtesy ---- */

/* How many words of greeting the clause begins with ("hej anna"); 0: none. */
size_t courtesy_greeting(const struct clause *c);
/* Whether the words from `at` on are nothing but courtesy. *signs: among it is
 * a sign-off, after which only a signature may stand. `from`: the sender's address. */
bool courtesy_tail(const struct token *t, size_t at, size_t n, const char *from, bool *signs);
/* Whether a sign-off has a name behind it, so that the next line need not be one. */
bool courtesy_named(const struct clause *c);
/* Three letters or more, and no small one among them. */
bool word_among(const char *word, const char *const *words, size_t n);
bool token_loud(const struct token *t);
/* The name of a known person, or of the sender, alone. */
bool courtesy_bare_name(const struct clause *c, const char *from);
/* Whether they are the sender's own name, by the address. */
bool courtesy_own_name(const struct token *t, size_t n, const char *from);
/* Whether one of the words names somebody: a name, a title, a unit, an address. */
bool courtesy_names(const struct token *t, size_t n);
/* A line of a signature: names, titles, addresses, numbers; no sentence. */
bool courtesy_signature(struct arena *a, const char *line, const char *from, bool first);

/* ---- guards ---- */

enum guard { GUARD_NONE, GUARD_NEGATION, GUARD_CONDITION, GUARD_CONTRAST, GUARD_HEDGE,
             GUARD_FUTURE, GUARD_REPORTED, GUARD_PART, GUARD_VERDICT, GUARD_SENTENCE };

/* What kind of word it is that no answer may have beside its verb. */
enum guard guard_of(const struct token *t);
/* The first guard among the words; a sentence's ordinary words do not count. */
enum guard guard_among(const struct token *t, size_t n);
const char *guard_reason(enum guard g);
/* Whether the words speak of approval in any spelling. */
bool guard_approval(const struct token *t, size_t n);
/* Whether the words begin with a day that is still to come; *used: so many say a day. */
bool guard_to_come(const struct token *t, size_t n, dayno now, size_t *used);
/* "Ta bort den här påminnelsen", "Uppdatera mig om läget": of our mails, and of nothing in them. */
bool guard_of_mails(const struct clause *c, size_t from);
/* "Ska revideras 2029", "Måste uppdateras nästa år": not what is asked of now. */
bool guard_another_time(const struct clause *c, size_t from, dayno now);
/* "kan ni skicka listan?" */
bool guard_asks(const struct clause *c);
/* Why the words that are told of a deficiency leave in doubt that it is as the answer
 * says; NULL: they do not. */
const char *guard_case(const struct token *t, size_t n, enum reply_outcome o, dayno now);
/* "Godkänns inte, listan är fel": why what follows the comma may be more than the reason;
 * NULL: it is not. */
const char *guard_no(const struct clause *c, size_t from);

/* ---- one clause ---- */

/* What a clause says: an answer, or why it is none. */
struct phrase {
	struct answer answer;  /* QUESTION, UNCLEAR: `why` says what stands in the way */
	enum verdict proposal; /* of a QUESTION: what it seems to mean; NONE: no idea */
	struct numbers numbers; /* that stood behind the verb; n 0: none */
	const char *why;
	bool takes_text;       /* what follows belongs to it */
	bool signed_off;
};

/* `c` without greeting and item numbers. */
struct phrase reply_phrase(struct arena *a, const struct lines *l, const struct clause *c,
                           const struct reply_context *ctx);
/* The same behind a row's number: its words name no other row ("2 ÄNDRING: rad 4 ska bort"). */
struct phrase reply_phrase_of_row(struct arena *a, const struct lines *l, const struct clause *c,
                                  const struct reply_context *ctx);
/* Whose name stands there; NULL: none does. */
const char *handover_delegate(struct arena *a, const struct lines *l, const struct clause *c, size_t at);
/* Why the words after "fel person" or "skickat till" are no handing over; NULL: they
 * may be. `named`: they tell who else it is. */
const char *handover_keeps(const struct clause *c, size_t from, bool named, const struct reply_context *ctx);
/* The same of a whole saying. */
const char *handover_fault(const struct clause *c, const struct found *f, const struct reply_context *ctx);

/* The same answer for each number. False: an item is answered twice, or there are too many. */
bool reply_add_answers(struct reply *out, const struct numbers *ns, const struct answer *said);
/* The clause that is asked about seems to be an answer, too. */
void reply_propose(struct reply *out, const struct numbers *ns, const struct phrase *p);

/* Whether the clause is "Ja", "OK" or "Klart" and no more: it may open an answer. */
bool phrase_is_yes(const struct clause *c);
/* "Jag har läst listan": may open any answer. *names: what it names, NAMES_…, is added. */
bool phrase_has_read(const struct clause *c, unsigned *names);
/* "Rutinen stämmer": may stand before or after an approval, the same. */
bool phrase_agrees(const struct clause *c, unsigned *names);
/* Whether it takes back what it is to describe: "nej", "behövs inte, …". */
bool phrase_denies(const struct clause *c, enum reply_outcome outcome);
/* "Rutin för låntagaruppgifter GODKÄNNS": an item's title, as it seems, and the word of a letter. */
bool phrase_ends_in_approval(const struct clause *c, const struct reply_context *ctx);
/* Whether it leaves open that somebody else is to answer: "rad 4", "men jag svarar". */
bool phrase_keeps(const struct clause *c, const struct reply_context *ctx);

/*
 * A body's decision, over as many clauses as speak of it (*used of them).
 * False: they speak of none. When something is missing or in its way, the
 * verdict is QUESTION.
 */
bool reply_decision(struct arena *a, const struct lines *l, const struct clause *c, size_t n,
                    const struct reply_context *ctx, struct phrase *out, size_t *used);

/* Whether the word is a body's name: "socialnämnden", "board". */
bool reply_is_body(const char *word);
/* Whether it is the letter's own body, by name or abbreviation. Where it is not known
 * which that is, any body that does more than prepare a matter. */
bool reply_own_body(struct arena *a, const struct reply_context *ctx, const struct token *t);
/* What a secretary's word says of a decision; NONE: nothing. */
enum reply_outcome reply_decided(const char *word);

#endif
