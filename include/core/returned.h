/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_RETURNED_H
#define OVERSYN_CORE_RETURNED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"

/*
 * Whether a database is the one that was last worked with, or an older copy of it that was
 * put back. Judged by a note that stands beside the database: how far its record had come.
 * The record only grows, so the note's row is there for as long as nothing was put back.
 */

/* Numbers that are given, and never twice: an answer names by them what it answers. */
enum given {
	GIVEN_LETTERS, /* of the year: references */
	GIVEN_CASES,   /* of the year: references of deficiencies */
	GIVEN_INBOX,   /* incoming mails: tokens that confirm what they said */
	GIVEN_MAILS,   /* outgoing mails: no letter has had more, and they count its Message-IDs */
	GIVEN_COUNT
};

struct record_note {
	int64_t rows;           /* 0: there is no note, or no record */
	char hash[DIGEST_HEX];  /* of row `rows` */
	char first[DIGEST_HEX]; /* of row 1: which database it is */
	int year;               /* of the numbers below */
	int64_t given[GIVEN_COUNT]; /* the largest so far */
};

enum { RECORD_NOTE = 320 }; /* bytes of a note as text, the closing zero included */

/* As one line of text, and back. False: it is none, and *out says that there is none. */
void record_note_text(const struct record_note *n, char out[RECORD_NOTE]);
bool record_note_read(const char *text, size_t len, struct record_note *out);

/* What `now` is noted as, where `then` was noted before: no number is forgotten that was
 * given by the same database, also when what gave it is gone. */
struct record_note record_note_after(const struct record_note *then, const struct record_note *now);

struct returned_facts {
	struct record_note then; /* the note */
	struct record_note now;  /* the database's own, of the year that it is */
	bool note_holds;         /* row then.rows of the database has the hash that is noted */
	bool new_here;           /* nothing ever worked with a database of this name here */
	bool wrote;              /* letters were written with it, ever */
};

/* Whether it was put back, or came from elsewhere. */
bool returned_judge(const struct returned_facts *f);
/* The largest number that may have been given. */
int64_t returned_given(const struct returned_facts *f, enum given which);

#endif
