/* SPDX-License-Identifier: EUPL-1.2 */
/* What others write between two groups of mails is known when the second is handled,
 * though what all letters share is kept from the first; and what they write between the
 * plan and its letters is not undone by them, nor is what was planned in vain counted. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/pass.h"
#include "store/inbox.h"
#include "tests/bench/people.h"
#include "tests/tap.h"

enum { PEOPLE = 12, FIRST = 8 }; /* mails that the first commit handles */

#define OK(call) do { \
	struct err err_ = ERR_INIT; \
	struct err *e = &err_; \
	ck_assert_msg((call) == 0, "%s:%d: %s", __FILE__, __LINE__, err_.text); \
} while (0)

static char folder[256], path[288];
static struct config config;
static struct pass pass;

/* Somebody else, who gets at the database only when nobody writes to it. */
struct other {
	sqlite3 *db;
	const char *sql;
	int at; /* answers that had been handled when it was written; -1: not yet */
};

static bool write_once(void *ctx)
{
	struct other *o = ctx;

	if (o->at < 0 && sqlite3_exec(o->db, o->sql, NULL, NULL, NULL) == SQLITE_OK)
		o->at = 0;
	return true;
}

static struct other *at_lock; /* writes once the pass has letters and is about to take the lock for them */

static int traced(unsigned what, void *ctx, void *stmt, void *sql)
{
	(void)what, (void)ctx, (void)stmt;
	if (at_lock && pass.report.letters && !strcmp(sql, "BEGIN IMMEDIATE"))
		write_once(at_lock);
	return 0;
}

static int trace(sqlite3 *db, char **why, const struct sqlite3_api_routines *api)
{
	(void)why, (void)api;
	return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, traced, NULL);
}

static void start(void)
{
	struct buf text AUTO(buf_release) = BUF_INIT;
	const char *tmp = getenv("TMPDIR");
	struct store *s;

	snprintf(folder, sizeof(folder), "%s/between-XXXXXX", tmp ? tmp : P_tmpdir);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/db", folder);
	people_make(path, PEOPLE);
	sqlite3_auto_extension((void (*)(void))trace);
	buf_str(&text, "trust {\n\tauthserv_id = \"mx.kommun.example\"\n}\n");
	OK(config_parse("test", &text, path, &config, e));
	OK(store_open(path, STORE_VOLATILE, &s, e));
	pass = (struct pass){
		.config = &config, .store = s, .simulated = true,
		.today = PEOPLE_TODAY, .now = zone_instant(PEOPLE_TODAY, 8, 0, 0),
	};
	registry_init(&pass.registry);
	registry_init(&pass.common);
	pass.key = digest_key_new("secret", strlen("secret"));
	OK(reader_start(&pass.reader, e));
	OK(store_load_settings(s, &pass.registry, e));
	OK(pass_write(&pass, e));
	ck_assert_int_eq(pass.report.letters, PEOPLE);
}

static void finish(void)
{
	static const char *const tails[] = { "", "-journal" };
	char file[300];

	reader_stop(pass.reader);
	store_close(pass.store);
	digest_key_free(pass.key);
	registry_release(&pass.registry);
	known_rules_free(pass.common.known);
	registry_release(&pass.common);
	arena_release(&pass.arena);
	config_release(&config);
	for (size_t i = 0; i < ARRAY_LEN(tails); i++) {
		snprintf(file, sizeof(file), "%s%s", path, tails[i]);
		unlink(file);
	}
	rmdir(folder);
}

/* Everybody answers. */
static void answer_all(void)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct outbox_row *rows;
	size_t n;

	OK(store_outbox_list(pass.store, &a, &rows, &n, e));
	ck_assert_uint_eq(n, PEOPLE);
	for (size_t i = 0; i < n; i++) {
		const char *mail = arena_fmt(&a, "Authentication-Results: mx.kommun.example; dmarc=pass "
			"header.from=kommun.example\r\nFrom: %s\r\nTo: granskning@kommun.example\r\n"
			"Message-ID: <a%zu@kommun.example>\r\nIn-Reply-To: <%s>\r\nSubject: Svar\r\n\r\n"
			"GODKÄNNS\r\n", rows[i].to, i, rows[i].message_id);
		const struct inbox_row row = { .source = "test", .name = rows[i].to, .bytes = mail,
			.len = strlen(mail), .received = pass.now };
		struct err e = ERR_INIT;

		ck_assert_msg(store_inbox_put(pass.store, &row, 1, &e) == 1, "%s", e.text);
	}
}

static bool write_between(void *ctx)
{
	struct other *o = ctx;

	if (o->at < 0 && pass.report.answered >= FIRST && sqlite3_exec(o->db, o->sql, NULL, NULL, NULL) == SQLITE_OK)
		o->at = pass.report.answered;
	return true;
}

static void read_while(const char *sql)
{
	struct other o = { .sql = sql, .at = -1 };

	ck_assert_int_eq(sqlite3_open(path, &o.db), SQLITE_OK);
	pass.goes_on = write_between;
	pass.goes_on_ctx = &o;
	OK(pass_read(&pass, e));
	sqlite3_close(o.db);
	ck_assert_int_eq(o.at, FIRST);
}

START_TEST(who_left_meanwhile_answers_for_nothing)
{
	answer_all();
	read_while("UPDATE role SET valid_to = '2027-01-10'");
	ck_assert_int_eq(pass.report.signed_off, FIRST);
	ck_assert_int_eq(pass.report.coordinator, PEOPLE - FIRST);
}
END_TEST

START_TEST(what_else_is_written_changes_nothing)
{
	answer_all();
	read_while("UPDATE role SET note = 'other'");
	ck_assert_int_eq(pass.report.signed_off, PEOPLE);
}
END_TEST

static int count(struct other *o, const char *sql)
{
	sqlite3_stmt *q;

	ck_assert_int_eq(sqlite3_prepare_v2(o->db, sql, -1, &q, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	int n = sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	return n;
}

/* The first day on which letters are written again; what is written is planned before. */
static void remind_while(struct other *o)
{
	ck_assert_int_eq(sqlite3_open(path, &o->db), SQLITE_OK);
	/* What has not left is not reminded of. */
	ck_assert_int_eq(sqlite3_exec(o->db, "UPDATE outbox SET status = 'accepted'", NULL, NULL, NULL), SQLITE_OK);
	pass.goes_on = write_once;
	pass.goes_on_ctx = o;
	pass.report.letters = 0;
	for (int day = 1; !pass.report.letters && day < 60; day++) {
		pass.today = PEOPLE_TODAY + day;
		pass.now = zone_instant(pass.today, 8, 0, 0);
		OK(pass_write(&pass, e));
	}
	ck_assert_int_eq(o->at, 0);
}

START_TEST(what_was_answered_meanwhile_is_not_undone)
{
	struct other o = { .sql = "UPDATE review SET state = 'awaiting-decision', signed_on = '2027-01-12' "
	                          "WHERE id = (SELECT min(id) FROM review)", .at = -1 };

	remind_while(&o);
	ck_assert_int_eq(pass.report.letters, PEOPLE - 1);
	ck_assert_int_eq(count(&o, "SELECT count(*) FROM review WHERE state = 'awaiting-decision'"), 1);
	ck_assert_int_eq(count(&o, "SELECT count(*) FROM notice WHERE review = (SELECT min(id) FROM review)"), 1);
	sqlite3_close(o.db);
}
END_TEST

START_TEST(nobody_is_written_to_where_they_were)
{
	struct other o = { .sql = "UPDATE role SET address = 'x.' || address", .at = -1 };

	remind_while(&o);
	ck_assert_int_eq(count(&o, "SELECT count(*) FROM outbox WHERE kind = 'reminder' AND address NOT LIKE 'x.%'"), 0);
	sqlite3_close(o.db);
}
END_TEST

/* All that was asked about is retired. */
static void retire_all(void)
{
	struct import_report report = { .text = BUF_INIT };
	struct registry r AUTO(registry_release);

	registry_init(&r);
	OK(store_load(pass.store, &r, e));
	for (size_t i = 0; i < r.n_items; i++)
		r.items[i].retired = true;
	OK(store_import(pass.store, &r, pass.now, &report, e));
	buf_release(&report.text);
}

START_TEST(what_was_written_in_vain_is_not_counted)
{
	struct other o = { .sql = "UPDATE item SET retired = 0 WHERE id = (SELECT min(id) FROM item)", .at = -1 };

	ck_assert_int_eq(sqlite3_open(path, &o.db), SQLITE_OK);
	retire_all();
	pass.report.letters = 0;
	at_lock = &o;
	OK(pass_write(&pass, e));
	ck_assert_int_eq(o.at, 0);
	ck_assert_int_eq(count(&o, "SELECT count(*) FROM outbox WHERE kind = 'ended'"), PEOPLE - 1);
	ck_assert_int_eq(count(&o, "SELECT count(*) FROM review WHERE state = 'cancelled'"), PEOPLE - 1);
	ck_assert_int_eq(pass.report.letters, PEOPLE - 1);
	sqlite3_close(o.db);
}
END_TEST

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], READER_ARGUMENT) == 0)
		return reader_serve(STDIN_FILENO, STDOUT_FILENO);

	Suite *suite = suite_create("between");
	TCase *t = tcase_create("between");

	tcase_set_timeout(t, 90);
	tcase_add_checked_fixture(t, start, finish);
	tcase_add_test(t, who_left_meanwhile_answers_for_nothing);
	tcase_add_test(t, what_else_is_written_changes_nothing);
	tcase_add_test(t, what_was_answered_meanwhile_is_not_undone);
	tcase_add_test(t, what_was_written_in_vain_is_not_counted);
	tcase_add_test(t, nobody_is_written_to_where_they_were);
	suite_add_tcase(suite, t);
	return tap_run(suite);
}
