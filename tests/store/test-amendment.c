/* SPDX-License-Identifier: EUPL-1.2 */
/* What answers made of the register, when its files are read in again. */
#include <string.h>

#include "core/amendment.h"
#include "core/apply.h"
#include "core/merge.h"
#include "tests/store/fixture.h"

#define ROLES "roll_id;titel;e-post;organisation;frånvarande_från;frånvarande_till\n"
#define AWAY(to) ROLES "kd;Kommundirektör;kd@tallvinge.example;KLF;2027-01-18;" to "\n"
#define PLANNED(to) "objekt;frist;åtgärd;till;skäl\nF01;2027-03-20;planera;" to ";jämnare år\n"

static struct buf notes = BUF_INIT;

static void start(void)
{
	fixture_start();
	buf_cut(&notes, 0);
}

static void end(void)
{
	buf_release(&notes);
	fixture_end();
}

/* Reads a file in as the program does; *notes: what it says. How many values were kept. */
static size_t import(struct store *s, enum import_kind kind, const char *csv, bool overwrite)
{
	struct import_report report = { .text = BUF_INIT };
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;
	struct registry files AUTO(registry_release), before AUTO(registry_release);
	struct amendment *at;
	size_t n;

	registry_init(&files);
	registry_init(&before);
	import_csv(kind, "f.csv", csv, strlen(csv), &files, &c);
	OK(store_group_begin(s, STORE_PARTS, e));
	OK(store_load(s, &before, e));
	OK(store_amendments(s, &files.arena, &at, &n, e));
	registry_settle(&files);
	buf_cut(&notes, 0);
	size_t kept = amendment_import(at, n, &before, overwrite, &files, &c, &notes);
	ck_assert_msg(!c.n, "%s", c.text.data);
	OK(store_import_amended(s, &files, at, n, NOW, &report, e));
	OK(store_group_end(s, e));
	buf_release(&report.text);
	return kept;
}

static void says(const char *what)
{
	ck_assert_msg(notes.data && strstr(notes.data, what), "\"%s\" is not in \"%s\"", what, notes.data ? notes.data : "");
}

/* An auto-reply of 18 January that is back after `to`. */
static void answer_away(struct store *s, dayno to)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r AUTO(registry_release);
	struct absence x = { .role = "kd", .from = date_of(2027, 1, 18), .to = to, .source = "inbox-1" };
	struct change c = { .at = NOW };

	registry_init(&r);
	OK(store_load(s, &r, e));
	change_absence(&c, &a, &x);
	amend_absence(&c, &a, &r, &x, x.from);
	OK(store_apply(s, &c, e));
}

static int64_t away_to(const char *day)
{
	struct buf sql AUTO(buf_release) = BUF_INIT;

	buf_fmt(&sql, "SELECT count(*) FROM absence WHERE role = 'kd' AND first = '2027-01-18' AND last = '%s'", day);
	return ask_sql(sql.data);
}

START_TEST(an_absence_that_was_answered_is_kept)
{
	struct store *s = open_filled();

	ck_assert_uint_eq(import(s, IMPORT_ROLES, AWAY("2027-01-20"), false), 0);
	answer_away(s, date_of(2027, 2, 1));
	ck_assert_uint_eq(import(s, IMPORT_ROLES, AWAY("2027-01-20"), false), 1);
	says("f.csv:2: kd frånvarande_till: kept as \"2027-02-01\", which is by an answer of 2027-01-18; "
	     "the file says \"2027-01-20\"");
	ck_assert_int_eq(away_to("2027-02-01"), 1);
	/* Another answer changes nothing of what the file had said. */
	answer_away(s, date_of(2027, 2, 5));
	ck_assert_uint_eq(import(s, IMPORT_ROLES, AWAY("2027-01-20"), false), 1);
	ck_assert_int_eq(away_to("2027-02-05"), 1);
	ck_assert_uint_eq(import(s, IMPORT_ROLES, AWAY("2027-02-10"), false), 0);
	says("\"2027-02-10\" is new in the file, in the place of \"2027-02-05\"");
	ck_assert_int_eq(away_to("2027-02-10"), 1);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM amendment"), 0);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM record WHERE kind = 'answer-replaced' AND subject = 'kd 2027-01-18' "
	                         "AND facts = 'what=absence' || char(10) || 'field=to' || char(10) || "
	                         "'since=2027-01-18' || char(10) || 'why=rewritten' || char(10)"), 1);
	store_close(s);
}
END_TEST

START_TEST(what_no_file_had_said_is_kept_until_it_agrees)
{
	struct store *s = open_filled();

	answer_away(s, date_of(2027, 2, 1));
	ck_assert_uint_eq(import(s, IMPORT_ROLES, AWAY("2027-01-20"), false), 1);
	ck_assert_uint_eq(import(s, IMPORT_ROLES, AWAY("2027-01-21"), false), 1);
	ck_assert_uint_eq(import(s, IMPORT_ROLES, AWAY("2027-02-01"), false), 0);
	ck_assert_str_eq(notes.data, "");
	ck_assert_uint_eq(import(s, IMPORT_ROLES, AWAY("2027-01-20"), false), 0);
	ck_assert_int_eq(away_to("2027-01-20"), 1);
	answer_away(s, date_of(2027, 2, 1));
	ck_assert_uint_eq(import(s, IMPORT_ROLES, AWAY("2027-01-20"), true), 0);
	says("\"2027-01-20\", in the place of \"2027-02-01\" by an answer of 2027-01-18");
	ck_assert_int_eq(away_to("2027-01-20"), 1);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM record WHERE facts LIKE '%why=overwritten%'"), 1);
	store_close(s);
}
END_TEST

START_TEST(a_review_that_was_asked_for_is_kept)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = open_filled();
	struct registry r AUTO(registry_release);
	struct exception x = {
		.item = "F01", .day = date_of(2027, 3, 20), .kind = EXCEPTION_PLAN, .to = date_of(2027, 2, 10),
		.reason = "begärd av samordnaren",
	};
	struct change c = { .at = NOW };

	ck_assert_uint_eq(import(s, IMPORT_EXCEPTIONS, PLANNED("2027-03-01"), false), 0);
	registry_init(&r);
	OK(store_load(s, &r, e));
	change_exception(&c, &a, &x);
	amend_exception(&c, &a, &r, &x, date_of(2027, 1, 11));
	OK(store_apply(s, &c, e));
	ck_assert_uint_eq(import(s, IMPORT_EXCEPTIONS, PLANNED("2027-03-01"), false), 1);
	says("f.csv:2: F01 till: kept as \"2027-02-10\"");
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM exception WHERE moved_to = '2027-02-10' "
	                         "AND reason = 'begärd av samordnaren'"), 1);
	store_close(s);
}
END_TEST

START_TEST(what_somebody_told_of_stays_told)
{
	static const char csv[] = "månad;händelse;kopplad_händelse\n2027-11-15;RSA;rsa\n2027-12-15;Val;val\n";
	struct store *s = open_filled();
	struct event told = { .name = "rsa", .day = date_of(2027, 11, 15), .triggered = true, .happened = true };

	OK(store_trigger(s, &told, 1, NOW, e));
	import(s, IMPORT_EVENTS, csv, false);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM event WHERE name = 'rsa' AND day = '2027-11-15' "
	                         "AND triggered = 1 AND happened = 1 AND text = 'RSA'"), 1);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM event WHERE name = 'val' AND triggered = 0 AND happened = 0"), 1);
	store_close(s);
}
END_TEST

/* Tables that were confirmed before it was kept what the files had said. */
START_TEST(older_edits_are_known)
{
	make_older("_amendments.sql");
	run_sql("INSERT INTO item (id, kind, decided_ask, needs_decision, retired, name_protected, known_on) "
	        "SELECT column1, 'asset', 0, 0, 0, 0, '2027-01-01' FROM (VALUES ('T1'), ('T2'), ('T3'), ('F1')); "
	        "INSERT INTO role (id, kind) VALUES ('kd', 'chief'); "
	        "INSERT INTO body (id, kind) VALUES ('KS', 'board'); "
	        "INSERT INTO letter (ref, token_hash, role, body, address, opened, sequence, mails) VALUES "
	        "('x', printf('%064d', 1), 'kd', 'KS', 'a@b.example', '2027-01-01', 0, 0); "
	        "INSERT INTO inbox (id, source, uidvalidity, uid, name, sha256, received) VALUES "
	        "(1, 'x', 0, 1, '', printf('%064d', 1), 1); "
	        "INSERT INTO confirmation (token_hash, letter, role, address, mail, sender_address, token, sender, domain, "
	        "direct, answers, asked, expires, mails, state) VALUES (printf('%064d', 2), 'x', 'kd', 'a@b.example', 1, "
	        "'a@b.example', 'yes', 'yes', 'yes', 'no', 'x', 1, 2, 1, 'asked'); "
	        "INSERT INTO item_edit (item, inventory, letter, confirmation, role, day, fate, retired, columns) "
	        "SELECT column1, 'F1', 'x', printf('%064d', 2), 'kd', column2, column3, 0, column4 FROM (VALUES "
	        "('T1', '2027-01-02', 'changed', 'namn, ny K'), ('T1', '2027-01-03', 'changed', 'namn'), "
	        "('T2', '2027-01-04', 'removed', ''), ('T3', '2027-01-05', 'added', 'namn, slag'))");
	store_close(open_with(0));
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM amendment"), 6);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM amendment WHERE what = 'item' AND (id, field, before, since) IN "
	                         "(VALUES ('T1', 'title', 'unknown', '2027-01-03'), ('T1', 'k', 'unknown', '2027-01-02'), "
	                         "('T1', 'classified', 'unknown', '2027-01-02'), ('T2', 'status', 'unknown', '2027-01-04'), "
	                         "('T3', 'title', 'new', '2027-01-05'), ('T3', 'subkind', 'new', '2027-01-05'))"), 6);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("amendment");
	TCase *t = tcase_create("amendment");

	tcase_add_checked_fixture(t, start, end);
	tcase_add_test(t, an_absence_that_was_answered_is_kept);
	tcase_add_test(t, what_no_file_had_said_is_kept_until_it_agrees);
	tcase_add_test(t, a_review_that_was_asked_for_is_kept);
	tcase_add_test(t, what_somebody_told_of_stays_told);
	tcase_add_test(t, older_edits_are_known);
	suite_add_tcase(s, t);
	return tap_run(s);
}
