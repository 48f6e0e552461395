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
struct record_note {
	int64_t rows;           /* 0: there is no note, or no record */
	char hash[DIGEST_HEX];  /* of row `rows` */
	char first[DIGEST_HEX]; /* of row 1: which database it is */
};

enum { RECORD_NOTE = 256 }; /* bytes of a note as text, the closing zero included */

/* As one line of text, and back. False: it is none, and *out says that there is none. */
void record_note_text(const struct record_note *n, char out[RECORD_NOTE]);
bool record_note_read(const char *text, size_t len, struct record_note *out);

struct returned_facts {
	struct record_note then; /* the note */
	struct record_note now;  /* the database's own */
	bool note_holds;         /* row then.rows of the database has the hash that is noted */
	bool new_here;           /* nothing ever worked with a database of this name here */
	int letters;             /* that were written with it in this year */
	bool wrote;              /* letters were written with it, ever */
};
/* Whether it was put back, or came from elsewhere. */
bool returned_judge(const struct returned_facts *f);
/* Numbers of letters to leave out then, for those that went out after the copy. */
int returned_gap(const struct returned_facts *f);

#endif
