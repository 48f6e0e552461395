/* SPDX-License-Identifier: EUPL-1.2 */
/* Opening: whose file it is, how old, who else works with it; and the schema
 * and statements as such. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/copy.h"
#include "tests/store/fixture.h"

START_TEST(a_fresh_database_has_the_settings_of_the_design)
{
	struct store *s = open_with(STORE_CREATE);
	int64_t v;

	OK(store_pragma_int(s, "PRAGMA application_id", &v, e));
	ck_assert_int_eq(v, 0x4F56534E);
	OK(store_pragma_int(s, "PRAGMA user_version", &v, e));
	ck_assert_int_eq(v, migration_count);
	OK(store_pragma_int(s, "PRAGMA synchronous", &v, e));
	ck_assert_int_eq(v, 3);
	OK(store_pragma_int(s, "PRAGMA foreign_keys", &v, e));
	ck_assert_int_eq(v, 1);
	OK(store_pragma_int(s, "PRAGMA trusted_schema", &v, e));
	ck_assert_int_eq(v, 0);
	OK(store_pragma_int(s, "SELECT journal_mode = 'truncate' FROM pragma_journal_mode", &v, e));
	ck_assert_int_eq(v, 1);
	/* sqlite_sequence would be the one table that cannot be STRICT. */
	OK(store_pragma_int(s, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' "
	                    "AND type = 'table' AND name NOT LIKE 'sqlite%' AND NOT strict", &v, e));
	ck_assert_int_eq(v, 0);
	OK(store_pragma_int(s, "SELECT count(*) FROM pragma_table_list WHERE strict", &v, e));
	ck_assert_int_gt(v, 15);
	store_close(s);
	struct stat st;
	ck_assert_int_eq(stat(fixture_path(), &st), 0);
	ck_assert_int_eq(st.st_mode & 07, 0);
}
END_TEST

START_TEST(every_statement_prepares)
{
	struct store *s = open_with(STORE_CREATE | STORE_VOLATILE);

	for (int i = 0; i < STMT_COUNT; i++) {
		struct query q = query(s, (enum stmt_id)i);

		ck_assert_msg(q.rc == SQLITE_OK, "statement %d: %s", i, sqlite3_errmsg(s->db));
	}
	store_close(s);
}
END_TEST

/* What each pass asks must cost what there is to do, not what there ever was:
 * a SCAN is allowed only over an index that holds the open rows alone. */
static void finds_by_index(struct store *s, enum stmt_id id, const char *partial)
{
	struct query q = query(s, id);
	char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sqlite3_sql(q.st));
	sqlite3_stmt *st;

	ck_assert_int_eq(sqlite3_prepare_v2(s->db, sql, -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(st, 3);
		ck_assert_msg(!strstr(step, "SCAN") || (partial && strstr(step, partial)),
		              "%s: %s", sqlite3_sql(q.st), step);
	}
	sqlite3_finalize(st);
	sqlite3_free(sql);
}

START_TEST(a_pass_finds_its_work_by_index)
{
	struct store *s = open_with(STORE_CREATE | STORE_VOLATILE);

	finds_by_index(s, STMT_OUTBOX_DUE, NULL);
	finds_by_index(s, STMT_INBOX_NEXT, NULL);
	finds_by_index(s, STMT_REVIEWS_OPEN, "review_open");
	finds_by_index(s, STMT_LETTERS_OPEN, "review_open");
	finds_by_index(s, STMT_LETTER_BY_TOKEN, NULL);
	finds_by_index(s, STMT_LETTER_SERIAL, NULL);
	finds_by_index(s, STMT_REVIEWS_OF_LETTER, NULL);
	finds_by_index(s, STMT_REVIEW_ORDINAL, NULL);
	finds_by_index(s, STMT_OUTBOX_ANSWERS, NULL);
	finds_by_index(s, STMT_OUTBOX_OF_LETTER, NULL);
	finds_by_index(s, STMT_RECORD_OF, NULL);
	store_close(s);
}
END_TEST

START_TEST(an_absent_database_is_not_made_by_accident)
{
	refuse(0, ERR_USAGE, "oversyn import");
	refuse(STORE_READ, ERR_USAGE, "oversyn import");
	ck_assert_int_ne(access(fixture_path(), F_OK), 0);
}
END_TEST

START_TEST(a_newer_database_is_refused)
{
	store_close(open_with(STORE_CREATE));
	run_sql("PRAGMA user_version = 9999");
	refuse(0, ERR_SAFETY, "newer");
	refuse(STORE_READ, ERR_SAFETY, "newer");
}
END_TEST

START_TEST(a_foreign_file_is_refused_and_left_alone)
{
	run_sql("CREATE TABLE theirs (x); PRAGMA user_version = 1;");
	refuse(STORE_CREATE, ERR_USAGE, "another program");
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM sqlite_schema"), 1);
	FILE *f = fopen(fixture_path(), "w");
	for (int i = 0; i < 100; i++)
		fputs("This is a letter, not a database.\n", f);
	fclose(f);
	refuse(STORE_CREATE, ERR_USAGE, "is no database");
	refuse(STORE_READ, ERR_USAGE, "is no database");
	unlink(fixture_path());
	ck_assert_int_eq(mkdir(fixture_path(), 0755), 0);
	refuse(STORE_CREATE, ERR_USAGE, "is no file");
	rmdir(fixture_path());
}
END_TEST


START_TEST(a_second_pass_is_refused_until_the_first_is_dead)
{
	struct store *s = open_with(STORE_CREATE);
	int ready[2];
	char c;

	ck_assert_int_eq(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		struct err e = ERR_INIT;
		struct store *mine;
		if (store_open(fixture_path(), 0, &mine, &e) || store_lock(mine, &e))
			_exit(1);
		if (write(ready[1], "x", 1) != 1)
			_exit(1);
		pause();
		_exit(0);
	}
	ck_assert_int_eq(read(ready[0], &c, 1), 1);
	struct err second = ERR_INIT;
	ck_assert_int_eq(store_lock(s, &second), -1);
	ck_assert_int_eq(second.kind, ERR_SAFETY);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	OK(store_lock(s, e));
	OK(store_lock(s, e));
	store_close(s);
	close(ready[0]);
	close(ready[1]);
}
END_TEST

/* By a link it is the same database, with the same lock, log and note. */
START_TEST(a_link_to_a_database_has_no_lock_of_its_own)
{
	struct store *s = open_with(STORE_CREATE), *linked;
	struct err second = ERR_INIT;
	struct record_head head;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *kept, *link = arena_dup(&a, fixture_file("link.db")), *copy = arena_dup(&a, fixture_file("copy.db"));

	ck_assert_int_eq(symlink("test.db", link), 0);
	ck_assert_int_eq(symlink("link.db", fixture_file("link2.db")), 0);
	OK(store_lock(s, e));
	OK(store_open(fixture_file("link2.db"), 0, &linked, e));
	ck_assert_int_eq(store_lock(linked, &second), -1);
	ck_assert_int_eq(second.kind, ERR_SAFETY);
	store_close(linked);
	OK(store_backup(s, copy, &head, e));
	second = (struct err)ERR_INIT;
	ck_assert_int_eq(store_restore(link, copy, 1, &a, &head, &kept, &second), -1);
	ck_assert_msg(second.kind == ERR_SAFETY && strstr(second.text, "is working with"), "%s", second.text);
	ck_assert_int_ne(access(fixture_file("link.db-lock"), F_OK), 0);
	store_close(s);
	/* and where the link is there first */
	ck_assert_int_eq(symlink("later.db", fixture_file("link3.db")), 0);
	OK(store_open(fixture_file("link3.db"), STORE_CREATE, &linked, e));
	OK(store_lock(linked, e));
	ck_assert_int_eq(access(fixture_file("later.db-acks"), F_OK), 0);
	store_close(linked);
}
END_TEST

/* Exit status of reading as somebody who may not write. */
static int read_as_nobody(void)
{
	struct err e = ERR_INIT;
	struct store *s;
	struct arena a = ARENA_INIT;
	struct reviews reviews;

	if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
		return 77;
	if (store_open(fixture_path(), 0, &s, &e) == 0 || e.kind != ERR_OUTSIDE)
		return 1;
	if (store_open(fixture_path(), STORE_READ, &s, &e))
		return 2;
	if (store_open_reviews(s, &a, &reviews, &e))
		return 3;
	uint8_t secret[DIGEST_SIZE] = { 0 };
	if (store_secret(s, secret, secret, &e) == 0)
		return 4;
	store_close(s);
	arena_release(&a);
	return 0;
}

START_TEST(a_file_that_may_only_be_read_opens_read_only)
{
	int status;

	store_close(open_with(STORE_CREATE));
	ck_assert_int_eq(chmod(fixture_path(), 0444), 0);
	pid_t child = fork();
	if (child == 0)
		_exit(read_as_nobody());
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

static char *schema(void)
{
	sqlite3 *db;
	sqlite3_stmt *st;
	struct buf b = BUF_INIT;

	ck_assert_int_eq(sqlite3_open(fixture_path(), &db), SQLITE_OK);
	sqlite3_prepare_v2(db, "SELECT sql FROM sqlite_schema ORDER BY type, name", -1, &st, NULL);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *sql = (const char *)sqlite3_column_text(st, 0);
		buf_fmt(&b, "%s;\n", sql ? sql : "");
	}
	sqlite3_finalize(st);
	sqlite3_close(db);
	return buf_steal(&b);
}

START_TEST(an_upgraded_database_equals_a_fresh_one)
{
	store_close(open_with(STORE_CREATE));
	char *fresh = schema();

	for (int from = 1; from < migration_count; from++) {
		unlink(fixture_path());
		sqlite3 *db;
		ck_assert_int_eq(sqlite3_open(fixture_path(), &db), SQLITE_OK);
		struct store old = { .db = db, .path = (char[]){ "old" }, .lock_fd = -1 };
		OK(store_migrate(&old, from, e));
		sqlite3_close(db);
		ck_assert_int_eq(ask_sql("PRAGMA user_version"), from);
		refuse(STORE_READ, ERR_USAGE, "run 'oversyn init' once");
		store_close(open_with(0));
		char *now = schema();
		ck_assert_str_eq(now, fresh);
		free(now);
	}
	free(fresh);
}
END_TEST

static void fill_older(void)
{
	run_sql("INSERT INTO body (id, kind) VALUES ('KS', 'board'); "
	        "INSERT INTO role (id, kind) VALUES ('kd', 'chief'); "
	        "INSERT INTO item (id, kind, decided_ask, needs_decision, retired, name_protected, known_on) "
	        "VALUES ('R1', 'routine', 0, 0, 0, 0, '2026-01-07'); "
	        "INSERT INTO letter (ref, token_hash, role, body, address, opened, sequence, mails) VALUES ('GR-1', "
	        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'kd', 'KS', 'a@x.example', "
	        "'2027-01-11', 0, 1); "
	        "INSERT INTO review (id, item, state, rung, due, act_by, letter, n, above, mails) VALUES "
	        "('R1.1', 'R1', 'closed', 'none', '2026-02-15', '2026-02-15', NULL, 0, 'none', 3), "
	        "('R1.2', 'R1', 'open', 'reminder', '2027-02-15', '2027-02-12', 'GR-1', 1, 'chair', 2); "
	        "INSERT INTO outbox (message_id, address, letter, kind, subject, status, created, next_try, tried, told) "
	        "VALUES ('1@x', 'a@x.example', 'GR-1', 'invitation', 's', 'accepted', 10, 11, 12, 1), "
	        "('2@x', 'a@x.example', 'GR-1', 'reminder', 's', 'uncertain', 20, 21, NULL, 0); "
	        "INSERT INTO outbox_bytes (id, bytes) VALUES (1, x'41'), (2, x'42'); "
	        "INSERT INTO notice (review, rung, day, message_id) VALUES ('R1.2', 'reminder', '2027-01-30', '2@x'); "
	        "INSERT INTO signoff (review, role, address, verdict, deputy, token, sender, domain, at) "
	        "VALUES ('R1.1', 'kd', 'a@x.example', 'approve', 0, 'yes', 'yes', 'yes', 5)");
}

/* The columns of what these SELECTs give, each with its name. */
static char *given(const char *const *selects, size_t n)
{
	struct buf b = BUF_INIT;
	sqlite3 *db;
	sqlite3_stmt *st;

	ck_assert_int_eq(sqlite3_open(fixture_path(), &db), SQLITE_OK);
	for (size_t i = 0; i < n; i++) {
		ck_assert_int_eq(sqlite3_prepare_v2(db, selects[i], -1, &st, NULL), SQLITE_OK);
		while (sqlite3_step(st) == SQLITE_ROW)
			for (int k = 0; k < sqlite3_column_count(st); k++)
				buf_fmt(&b, "%zu.%s=%s\n", i, sqlite3_column_name(st, k),
				        sqlite3_column_type(st, k) == SQLITE_NULL ? "-" : (const char *)sqlite3_column_text(st, k));
		sqlite3_finalize(st);
	}
	sqlite3_close(db);
	return buf_steal(&b);
}

/* The rows of the tables that a migration makes anew. */
static char *rows(void)
{
	static const char *const selects[] = {
		"SELECT * FROM review ORDER BY rowid", "SELECT * FROM notice ORDER BY rowid",
		"SELECT * FROM outbox ORDER BY rowid", "SELECT * FROM outbox_bytes ORDER BY rowid",
		"SELECT * FROM signoff ORDER BY rowid",
	};

	return given(selects, ARRAY_LEN(selects));
}

START_TEST(tables_that_are_made_anew_keep_their_rows_and_those_who_refer_to_them)
{
	make_older("_compared.sql");
	fill_older();
	char *before = rows();
	ck_assert_ptr_nonnull(strstr(before, ".above=chair"));
	struct store *s = open_with(0);
	char *after = rows();
	ck_assert_str_eq(after, before);
	/* and the keys are on again */
	ck_assert_int_eq(sqlite3_exec(s->db, "INSERT INTO notice (review, rung, day) "
	                              "VALUES ('no such', 'overdue', '2027-02-01')", NULL, NULL, NULL), SQLITE_CONSTRAINT_FOREIGNKEY);
	ck_assert_int_eq(sqlite3_exec(s->db, "DELETE FROM review WHERE id = 'R1.1'", NULL, NULL, NULL),
	                 SQLITE_CONSTRAINT_FOREIGNKEY);
	ck_assert_int_eq(sqlite3_exec(s->db, "UPDATE outbox SET status = 'gone'", NULL, NULL, NULL), SQLITE_CONSTRAINT_CHECK);
	store_close(s);
	free(before);
	free(after);
}
END_TEST

static char *came_in(const char *of_inbox)
{
	const char *const selects[] = {
		of_inbox, "SELECT * FROM signoff ORDER BY id", "SELECT * FROM rsvp ORDER BY id",
	};

	return given(selects, ARRAY_LEN(selects));
}

#define CAME_IN "SELECT inbox.id, source, uidvalidity, uid, name, sha256, raw, received, cut_of, status, class, " \
	"verdict, reason, review, crashes, handled, message_id, sender, letter, withheld, settled, settled_why FROM inbox "

START_TEST(what_came_in_keeps_its_bytes_apart)
{
	make_older("_apart.sql");
	fill_older();
	run_sql("INSERT INTO inbox (id, source, uidvalidity, uid, name, sha256, raw, received, status, class, verdict, "
	        "reason, review, crashes, handled, message_id, sender, letter, withheld, settled, settled_why, cut_of) "
	        "VALUES (3, 's', 4, 5, 'n', printf('%064d', 1), x'4142', 6, 'coordinator', 'reply', 'approve', 'why', "
	        "'R1.1', 2, 7, 'm@x', 'a@x.example', 'GR-1', 'day', 8, 'seen', 9), "
	        "(4, 's', 4, 6, '', printf('%064d', 2), x'43', 6, 'new', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, "
	        "NULL, NULL, NULL, NULL, NULL); "
	        "INSERT INTO signoff (review, role, address, verdict, text, version, deputy, token, sender, domain, at, "
	        "mail, before_state, before_rung, before_act_by, before_extended, before_completed, "
	        "before_completed_for, seat, outcome) VALUES ('R1.2', 'kd', 'a@x.example', 'changes', 't', 'v', 1, 'no', "
	        "'unknown', 'yes', 5, 3, 'open', 'reminder', '2027-02-12', '2027-02-13', '2027-02-14', '2027-02-15', "
	        "'kd', 'revise'); "
	        "INSERT INTO rsvp (letter, mail, attendee, who, method, partstat, sequence, stamp, sent_by, delegated_to, "
	        "comment, proposed, proposed_end, outcome, at) VALUES ('GR-1', 3, 'a', 'alias', 'REPLY', 'ACCEPTED', 1, 2, "
	        "'b', 'c', 'd', 3, 4, 'moved', 5)");
	char *before = came_in(CAME_IN "ORDER BY inbox.id");
	ck_assert_ptr_nonnull(strstr(before, "0.raw=AB\n"));
	ck_assert_ptr_nonnull(strstr(before, "1.mail=3\n"));
	ck_assert_ptr_nonnull(strstr(before, "2.outcome=moved\n"));
	struct store *s = open_with(0);
	char *after = came_in(CAME_IN "JOIN inbox_bytes USING (id) ORDER BY inbox.id");
	ck_assert_str_eq(after, before);
	ck_assert_int_eq(sqlite3_exec(s->db, "UPDATE inbox SET uid = 7", NULL, NULL, NULL), SQLITE_CONSTRAINT_TRIGGER);
	ck_assert_int_eq(sqlite3_exec(s->db, "UPDATE signoff SET seat = NULL", NULL, NULL, NULL),
	                 SQLITE_CONSTRAINT_TRIGGER);
	ck_assert_int_eq(sqlite3_exec(s->db, "UPDATE inbox SET status = 'gone'", NULL, NULL, NULL),
	                 SQLITE_CONSTRAINT_CHECK);
	ck_assert_int_eq(sqlite3_exec(s->db, "DELETE FROM inbox WHERE id = 3", NULL, NULL, NULL),
	                 SQLITE_CONSTRAINT_FOREIGNKEY);
	store_close(s);
	free(before);
	free(after);
}
END_TEST

START_TEST(a_row_that_names_none_stops_the_upgrade)
{
	make_older("_compared.sql");
	fill_older();
	run_sql("DELETE FROM letter");
	refuse(0, ERR_SAFETY, "names a row of letter that is not there");
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM review"), 2);
	ck_assert_int_lt(ask_sql("PRAGMA user_version"), migration_count);
}
END_TEST

START_TEST(the_secret_is_made_once)
{
	struct store *s = open_with(STORE_CREATE);
	uint8_t first[DIGEST_SIZE] = { 1, 2, 3 }, other[DIGEST_SIZE] = { 9 }, got[DIGEST_SIZE];

	OK(store_secret(s, first, got, e));
	ck_assert_mem_eq(got, first, DIGEST_SIZE);
	OK(store_secret(s, other, got, e));
	ck_assert_mem_eq(got, first, DIGEST_SIZE);
	store_close(s);
}
END_TEST

/* Dies in the middle of writing, with pages of it already in the file. */
static void child_half_writes(void)
{
	sqlite3 *db;

	sqlite3_open(fixture_path(), &db);
	sqlite3_exec(db, "PRAGMA cache_size = 1; BEGIN IMMEDIATE; "
	             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) "
	             "INSERT INTO inbox_bytes (id, raw) SELECT i, zeroblob(9000) FROM n",
	             NULL, NULL, NULL);
	raise(SIGKILL);
}

START_TEST(what_a_killed_writer_left_is_undone_also_for_readers)
{
	struct stat before, half;
	struct inbox_row *rows;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	size_t n;

	store_close(open_filled());
	ck_assert_int_eq(stat(fixture_path(), &before), 0);
	pid_t child = fork();
	if (child == 0)
		child_half_writes();
	waitpid(child, NULL, 0);
	ck_assert_int_eq(stat(fixture_path(), &half), 0);
	ck_assert_int_gt(half.st_size, before.st_size);
	struct store *s = open_with(STORE_READ);
	OK(store_inbox_list(s, &a, false, &rows, &n, e));
	ck_assert_uint_eq(n, 0);
	store_close(s);
	ck_assert_int_eq(stat(fixture_path(), &half), 0);
	ck_assert_int_eq(half.st_size, before.st_size);
	store_close(open_with(0));
}
END_TEST

START_TEST(a_damaged_database_is_found_after_an_interrupted_write)
{
	store_close(open_filled());
	FILE *f = fopen(fixture_path(), "r+b");
	ck_assert_int_eq(fseek(f, 4096 * 3 + 8, SEEK_SET), 0);
	for (int i = 0; i < 400; i++)
		fputc(0xEE, f);
	fclose(f);
	f = fopen(fixture_file("test.db-journal"), "wb");
	fputs("not a journal that could be rolled back", f);
	fclose(f);
	refuse(0, ERR_SAFETY, "damaged");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("store");
	TCase *t = tcase_create("store");

	tcase_add_checked_fixture(t, fixture_start, fixture_end);
	tcase_set_timeout(t, 120); /* every migration from every schema */
	tcase_add_test(t, a_fresh_database_has_the_settings_of_the_design);
	tcase_add_test(t, every_statement_prepares);
	tcase_add_test(t, a_pass_finds_its_work_by_index);
	tcase_add_test(t, an_absent_database_is_not_made_by_accident);
	tcase_add_test(t, a_newer_database_is_refused);
	tcase_add_test(t, a_foreign_file_is_refused_and_left_alone);
	tcase_add_test(t, a_second_pass_is_refused_until_the_first_is_dead);
	tcase_add_test(t, a_link_to_a_database_has_no_lock_of_its_own);
	tcase_add_test(t, a_file_that_may_only_be_read_opens_read_only);
	tcase_add_test(t, an_upgraded_database_equals_a_fresh_one);
	tcase_add_test(t, tables_that_are_made_anew_keep_their_rows_and_those_who_refer_to_them);
	tcase_add_test(t, what_came_in_keeps_its_bytes_apart);
	tcase_add_test(t, a_row_that_names_none_stops_the_upgrade);
	tcase_add_test(t, the_secret_is_made_once);
	tcase_add_test(t, what_a_killed_writer_left_is_undone_also_for_readers);
	tcase_add_test(t, a_damaged_database_is_found_after_an_interrupted_write);
	suite_add_tcase(s, t);
	return tap_run(s);
}
