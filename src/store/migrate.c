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

int store_migrate(struct store *s, int upto, struct err *e)
{
	int64_t version;

	if (store_pragma_int(s, "PRAGMA user_version", &version, e))
		return -1;
	while (version < upto) {
		if (txn_begin(s, e))
			return -1;
		if (txn_end(s, migrate_next(s, upto, &version, e), e))
			return -1;
	}
	return 0;
}
