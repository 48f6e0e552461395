/* SPDX-License-Identifier: EUPL-1.2 */
#include "src/store/db.h"

/* A constraint that did not hold: nothing was written, and trying again
 * would not help. The schema's own words say which. */
static int refused(struct store *s, struct err *e)
{
	return err_set(e, ERR_SAFETY, "%s: refused, and nothing of it was written: %s", s->path,
	               sqlite3_errmsg(s->db));
}

int store_fail(struct store *s, struct err *e, const char *doing)
{
	int code = sqlite3_extended_errcode(s->db);
	const char *said = sqlite3_errmsg(s->db);

	switch (code & 0xff) {
	case SQLITE_FULL:
		return err_set(e, ERR_OUTSIDE, "%s: the disk is full: make room and try again",
		               s->path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(e, ERR_OUTSIDE, "%s: another program has held the database "
		               "for 10 seconds: try again", s->path);
	case SQLITE_NOTADB:
		return err_set(e, ERR_USAGE, "%s is no database: name the right file with --db, "
		               "or run 'oversyn import FOLDER' with another name", s->path);
	case SQLITE_CORRUPT:
		return err_set(e, ERR_SAFETY, "%s is damaged (%s): keep a copy of it, and "
		               "put the latest backup in its place (oversyn restore FILE)", s->path, said);
	case SQLITE_READONLY:
		if (code == SQLITE_READONLY_DBMOVED)
			return err_set(e, ERR_OUTSIDE, "%s: another database has been put in its place meanwhile: "
			               "nothing was written, try again", s->path);
		if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY)
			return err_set(e, ERR_OUTSIDE, "%s: an interrupted write must be undone "
			               "first: run 'oversyn status' as its owner", s->path);
		return err_set(e, ERR_OUTSIDE, "%s cannot be written: run as its owner, or "
		               "give this user the right to write it and its folder", s->path);
	case SQLITE_CANTOPEN:
		return err_set(e, ERR_OUTSIDE, "%s cannot be opened: check that it, its folder "
		               "and %s-journal are there and yours to use", s->path, s->path);
	case SQLITE_CONSTRAINT:
		return refused(s, e);
	default:
		return err_set(e, ERR_OUTSIDE, "%s: %s failed: %s (SQLite %d)", s->path, doing,
		               said, code);
	}
}
