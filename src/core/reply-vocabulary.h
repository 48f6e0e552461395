/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_CORE_REPLY_VOCABULARY_H
#define OVERSYN_SRC_CORE_REPLY_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The words and patterns of the .inc files as numbers: tables that
 * reply-vocabulary.awk makes when the program is built, so that a reply is read by
 * comparing numbers. A new row needs nothing here.
 */

/* A word is its place in vocabulary_words[], which is in the order of the bytes. */
enum { WORD_UNKNOWN = 0 }; /* stands in no table */

/* A first name; a small word of a signature; a first name that means something else, too. */
enum { WORD_NAME = 1, WORD_SMALL = 2, WORD_ALSO = 4 };

struct word {
	const char *text;
	uint16_t begins; /* its row of vocabulary_begins[] */
	uint8_t guard;   /* enum guard */
	uint8_t is;      /* WORD_… */
};

extern const struct word vocabulary_words[];
extern const size_t vocabulary_size;

/* Patterns that are tried for one another, in their order: the rows of a kind or of a slot. */
enum pattern_group {
	PATTERNS_SAYING, /* as the rows of reply-sayings.inc */
	PATTERNS_GREETING,
	PATTERNS_COURTESY,
	PATTERNS_SIGNOFF,
	PATTERNS_OPENING,
	PATTERNS_READ,
	PATTERNS_AGREES,
	PATTERNS_DENIAL,
	PATTERNS_KEEPS,
	PATTERNS_COUNTED,
	PATTERNS_I,      /* {I} */
	PATTERNS_I_EN,   /* {Ien} */
	/* What is named of a letter that may hold more: see reply_names(). */
	PATTERNS_ONE, PATTERNS_ONE_EN, PATTERNS_LIST, PATTERNS_NOUN, PATTERNS_NOUN_EN,
	PATTERNS_BOTH, PATTERNS_BOTH_EN, PATTERNS_KIND, PATTERNS_KIND_EN,
	PATTERNS_INVENTORY, PATTERNS_REGISTER, PATTERNS_ROUTINE, /* then the other slots */
};

/* The first pattern of each group; the last stands before vocabulary_groups[group + 1]. */
extern const uint16_t vocabulary_groups[];
/* Where each pattern begins in vocabulary_codes[]. */
extern const uint16_t vocabulary_patterns[];
/* A pattern: for each of its elements a head, 2 × so many codes, + 1 where it may be left
 * out, and the codes, either of which will do; 0 ends it. */
extern const uint16_t vocabulary_codes[];

enum pattern_code {
	CODE_COMMA = 1, CODE_WHEN, CODE_PAST, CODE_TODAY, CODE_NUMBERS, CODE_WHO, CODE_SOME, CODE_REST,
	CODE_GROUP = 16, /* + enum pattern_group */
	CODE_WORD = 256, /* + the word */
};

/* The patterns that a word can begin, a bit for each, in units of 16. In the row of
 * WORD_UNKNOWN are those that any word can begin, or none. */
enum { PATTERN_SETS = 48 };
extern const uint16_t vocabulary_begins[][PATTERN_SETS];

/* The words of patterns that may be misspelt, and which letters stand in them. */
struct spelling {
	uint32_t letters;
	uint16_t word;
};

extern const struct spelling vocabulary_spellings[];
extern const size_t vocabulary_spelled;

/* Its number; WORD_UNKNOWN. */
uint16_t vocabulary_find(const char *folded);

enum { WORD_SETS = 72 };

/* The words that a word may be a misspelling of, a bit for each, and the patterns that
 * they can begin. */
struct slips {
	bool known; /* has been worked out */
	uint32_t words[WORD_SETS];
	uint16_t begins[PATTERN_SETS];
};

void vocabulary_slips(const char *folded, uint16_t number, struct slips *out);

#endif
