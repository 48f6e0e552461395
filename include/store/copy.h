/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_COPY_H
#define OVERSYN_STORE_COPY_H

#include "store/store.h"

/*
 * Copies of the database, and what follows when one is put back.
 *
 * A copy knows nothing of what came after it: answers that were recorded are not, letters
 * that went out will be written again. So the program does not go on by itself after one
 * was put back: the outbox is held, and nothing that is due is written, until a person
 * releases it. References are not given twice either: an answer to a letter that the copy
 * does not know must never be taken for one to a letter that was written after it.
 *
 * Beside the database, in the file of its lock, stands how far its record had come when
 * it was last worked with. That shows a copy that was put in its place by other means,
 * and one that was brought to another machine.
 */

/* How far a record has come. */
struct record_head {
	int64_t rows;
	char hash[DIGEST_HEX];
};

/* Writes a copy of the database to the file `to`, beside whoever works with it, and looks
 * it through. A file there that is none of ours is refused with ERR_USAGE, an older copy
 * is replaced when the new one is whole. *out: how far the copy's record has come. */
int store_backup(struct store *s, const char *to, struct record_head *out, struct err *e) MUST_USE;

/*
 * Puts the copy `from` in the place of the database `path`, in one step, and notes that in
 * its record. It is looked through and brought up to date first; where anything is wrong
 * with it nothing has been done. The database that was there stays beside it, by the name
 * *kept (from the arena; NULL: there was none). ERR_SAFETY while a pass runs.
 */
int store_restore(const char *path, const char *from, instant now, struct arena *a,
                  struct record_head *out, const char **kept, struct err *e) MUST_USE;

/* Under store_lock(): whether the outbox is held because the database was put back. 1, 0,
 * or -1. By the note it finds out whether that has happened since, or the database came from
 * elsewhere after letters had been written with it. */
int store_returned(struct store *s, instant now, struct err *e) MUST_USE;

/* Under store_lock(): notes how far the record has come, and what numbers were given. By
 * itself so does whatever claims mails: before the first of them goes. */
int store_note(struct store *s, instant now, struct err *e) MUST_USE;

#endif
