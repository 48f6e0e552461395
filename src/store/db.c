/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "src/store/db.h"

static int run(struct store *s, const char *sql, struct err *e)
{
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return 0;
	return store_fail(s, e, sql);
}

/* Many of them in a row: not read anew each time. */
static int verb(struct store *s, enum stmt_id id, struct err *e)
{
	struct query q = query(s, id);

	return query_run(&q, e);
}

static int begin(struct store *s, const char *sql, struct err *e)
{
	switch (s->group) {
	case STORE_PARTS:
		return verb(s, STMT_VERB_BEGIN, e);
	case STORE_WHOLE:
		return s->spoilt ? err_set(e, ERR_OUTSIDE, "%s: what is written together is undone already", s->path) : 0;
	}
	s->head.known = false;
	return run(s, sql, e);
}

int txn_begin(struct store *s, struct err *e)
{
	return begin(s, "BEGIN IMMEDIATE", e);
}

int txn_read(struct store *s, struct err *e)
{
	return begin(s, "BEGIN", e);
}

static void undo(struct store *s, const char *sql)
{
	s->head.known = s->answered.known = false;
	/* SQLite has already rolled back by itself after some failures; then
	 * there is nothing to undo, and that is no news. */
	if (!sqlite3_get_autocommit(s->db))
		sqlite3_exec(s->db, sql, NULL, NULL, NULL);
}

int txn_end(struct store *s, int rc, struct err *e)
{
	if (s->group == STORE_WHOLE) {
		s->spoilt = s->spoilt || rc < 0;
		return rc;
	}
	if (rc >= 0 && (s->group ? verb(s, STMT_VERB_END, e) : run(s, "COMMIT", e)))
		rc = -1;
	if (rc < 0)
		undo(s, s->group ? "ROLLBACK TO verb; RELEASE verb" : "ROLLBACK");
	return rc;
}

int store_group_begin(struct store *s, enum store_group how, struct err *e)
{
	int64_t version;

	if (run(s, "BEGIN IMMEDIATE", e))
		return -1;
	if (store_version(s, &version, e)) {
		undo(s, "ROLLBACK");
		return -1;
	}
	s->group = how;
	s->spoilt = false;
	s->head.known = false;
	s->answered.known = s->answered.known && version == s->answered.version;
	s->answered.version = version;
	return 0;
}

void store_group_undo(struct store *s)
{
	s->spoilt = true;
}

int store_group_end(struct store *s, struct err *e)
{
	s->group = 0;
	if (sqlite3_get_autocommit(s->db))
		return err_set(e, ERR_OUTSIDE, "%s: what was written together was undone by a fault of the disk "
		               "or of memory: it is done again by the next pass", s->path);
	if (!s->spoilt && !run(s, "COMMIT", e))
		return 0;
	undo(s, "ROLLBACK");
	return s->spoilt ? err_set(e, ERR_OUTSIDE, "%s: what was written together is undone, for a part of it "
	                           "could not be written", s->path) : -1;
}

/* Whether a write was interrupted: then the file is looked through once
 * SQLite has undone it. Always doing so would read a large database whole at
 * every command. */
static bool interrupted(const char *path)
{
	struct buf journal AUTO(buf_release) = BUF_INIT;
	struct stat st;

	buf_fmt(&journal, "%s-journal", path);
	return stat(journal.data, &st) == 0 && st.st_size > 0;
}

/* The register holds names and addresses: not for everybody to read. SQLite
 * gives its journal the same rights. */
static int make_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);

	if (fd < 0)
		return err_set(e, ERR_OUTSIDE, "%s cannot be made: %s: check its folder", path,
		               strerror(errno));
	close(fd);
	return 0;
}

static int no_database(const char *path, struct err *e)
{
	return err_set(e, ERR_USAGE, "there is no database at %s: make it with "
	               "'oversyn import FOLDER', or name another with --db", path);
}

static int need_file(const char *path, unsigned flags, struct err *e)
{
	struct stat st;

	if (stat(path, &st) == 0 && st.st_size > 0)
		return S_ISREG(st.st_mode) ? 0 : err_set(e, ERR_USAGE, "%s is no file: name a "
			"database file with --db", path);
	if (!(flags & STORE_CREATE))
		return no_database(path, e);
	return make_file(path, e);
}

static int harden(struct store *s, unsigned flags, struct err *e)
{
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_busy_timeout(s->db, 10000);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (run(s, "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; "
	        "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384", e))
		return -1;
	if (flags & STORE_READ)
		return run(s, "PRAGMA query_only = ON", e);
	if (sqlite3_db_readonly(s->db, "main") == 1)
		return err_set(e, ERR_OUTSIDE, "%s cannot be written: run as its owner, or give "
		               "this user the right to write it and its folder", s->path);
	return run(s, flags & STORE_VOLATILE ? "PRAGMA synchronous = OFF" :
	           "PRAGMA synchronous = EXTRA", e);
}

/* Whose file it is, before anything is written to it. */
static int recognise(struct store *s, unsigned flags, struct err *e)
{
	int64_t id, version, tables;

	if (store_pragma_int(s, "PRAGMA application_id", &id, e) ||
	    store_pragma_int(s, "PRAGMA user_version", &version, e) ||
	    store_pragma_int(s, "SELECT count(*) FROM sqlite_schema", &tables, e))
		return -1;
	if (id != APPLICATION_ID && (id || version || tables))
		return err_set(e, ERR_USAGE, "%s is the database of another program: name the "
		               "right file with --db", s->path);
	if (version > migration_count)
		return err_set(e, ERR_SAFETY, "%s was written by a newer oversyn (schema %d, this "
		               "program knows %d): install that version", s->path, (int)version,
		               migration_count);
	if (flags & STORE_READ && version < migration_count)
		return err_set(e, ERR_USAGE, "%s was written by an older oversyn: run "
		               "'oversyn init' once as its owner, which brings it up to date and sends nothing", s->path);
	return 0;
}

int store_look_through(struct store *s, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(s->db, "PRAGMA quick_check(1)", -1, &st, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	const char *said = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(st, 0) : NULL;
	int failed = 0;
	if (!said)
		failed = store_fail(s, e, "checking the file");
	else if (strcmp(said, "ok") != 0)
		failed = err_set(e, ERR_SAFETY, "%s is damaged (%s): keep a copy of it, and "
		                 "put the latest backup in its place", s->path, said);
	sqlite3_finalize(st);
	return failed;
}

static int open_inner(struct store *s, unsigned flags, struct err *e)
{
	bool doubtful = interrupted(s->path);

	/* Readers too, where they may: only then can what a killed pass left
	 * half-written be undone. query_only keeps them from writing anything
	 * else, and SQLite makes do with reading where the file allows no more. */
	if (sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
	    SQLITE_OK)
		return store_fail(s, e, "opening");
	if (harden(s, flags, e) || recognise(s, flags, e))
		return -1;
	if (flags & STORE_READ)
		return 0;
	if (run(s, "PRAGMA journal_mode = TRUNCATE", e))
		return -1;
	if (doubtful && store_look_through(s, e))
		return -1;
	return store_migrate(s, migration_count, e);
}

/* One thread alone has a database open, and nobody asks how much memory SQLite takes: no
 * locks around each piece of it. Once it is in use SQLite says no, and has been told before. */
void store_use_alone(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

char *database_file(const char *path)
{
	struct stat st;
	char *real = lstat(path, &st) == 0 && S_ISLNK(st.st_mode) ? realpath(path, NULL) : NULL;
	char *out = mem_strdup(real ? real : path);

	free(real);
	return out;
}

int store_open(const char *path, unsigned flags, struct store **out, struct err *e)
{
	*out = NULL;
	store_use_alone();
	if (need_file(path, flags, e))
		return -1;
	struct store *s = mem_zalloc(sizeof(*s));
	s->path = database_file(path);
	s->lock_fd = -1;
	s->acks_fd = -1;
	if (open_inner(s, flags, e)) {
		store_close(s);
		return -1;
	}
	*out = s;
	return 0;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	for (int i = 0; i < STMT_COUNT; i++)
		sqlite3_finalize(s->stmt[i]);
	sqlite3_close(s->db);
	if (s->lock_fd >= 0)
		close(s->lock_fd);
	if (s->acks_fd >= 0)
		close(s->acks_fd);
	mem_free(s->path);
	mem_free(s);
}
