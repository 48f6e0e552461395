/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "src/store/db.h"

int store_pragma_int(struct store *s, const char *sql, int64_t *out, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		*out = sqlite3_column_int64(st, 0);
	int failed = rc == SQLITE_ROW ? 0 : store_fail(s, e, sql);
	sqlite3_finalize(st);
	return failed;
}

/* PRAGMA takes no parameters, so the numbers, ours alone, are written in. */
static int stamp(struct store *s, int version, struct err *e)
{
	char sql[96];

	snprintf(sql, sizeof(sql), "PRAGMA application_id = %d; PRAGMA user_version = %d;",
	         (int)APPLICATION_ID, version);
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(s, e, "numbering the schema");
	return 0;
}

/* Two programs may open an old database at once: which migration is next is
 * read again inside the transaction. */
static int migrate_next(struct store *s, int upto, int64_t *version, struct err *e)
{
	if (store_pragma_int(s, "PRAGMA user_version", version, e))
		return -1;
	if (*version >= upto)
		return 0;
	const struct migration *m = &migrations[*version];
	if (sqlite3_exec(s->db, m->sql, NULL, NULL, NULL) != SQLITE_OK) {
		store_fail(s, e, "changing the schema");
		return err_wrap(e, "migration %s", m->name);
	}
	++*version;
	return stamp(s, (int)*version, e);
}

/* What the migrations left must hold as if foreign keys had been on all the time. */
static int look_at_keys(struct store *s, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(s->db, "PRAGMA foreign_key_check", -1, &st, NULL), failed = 0;

	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		failed = err_set(e, ERR_SAFETY, "%s: a row of %s names a row of %s that is not there: nothing was "
		                 "changed; put the latest backup in its place", s->path,
		                 (const char *)sqlite3_column_text(st, 0), (const char *)sqlite3_column_text(st, 2));
	else if (rc != SQLITE_DONE)
		failed = store_fail(s, e, "looking at foreign keys");
	sqlite3_finalize(st);
	return failed;
}

static int migrate_all(struct store *s, int upto, int64_t version, struct err *e)
{
	while (version < upto) {
		int failed;

		if (txn_begin(s, e))
			return -1;
		failed = migrate_next(s, upto, &version, e);
		if (!failed && version == upto)
			failed = look_at_keys(s, e);
		if (txn_end(s, failed, e))
			return -1;
	}
	return 0;
}

/* A table that others refer to can only be made anew while foreign keys are off, and they
 * can only be turned off outside a transaction. */
static int keys(struct store *s, bool on, struct err *e)
{
	if (sqlite3_exec(s->db, on ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF", NULL, NULL, NULL)
	    == SQLITE_OK)
		return 0;
	return store_fail(s, e, "turning foreign keys on or off");
}

int store_migrate(struct store *s, int upto, struct err *e)
{
	struct err again = ERR_INIT;
	int64_t version;

	if (store_pragma_int(s, "PRAGMA user_version", &version, e))
		return -1;
	if (version >= upto)
		return 0;
	if (keys(s, false, e))
		return -1;
	int failed = migrate_all(s, upto, version, e);
	return keys(s, true, failed ? &again : e) || failed ? -1 : 0;
}
