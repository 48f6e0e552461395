/* SPDX-License-Identifier: EUPL-1.2 */
/* What is written wakes what it bears on, and nothing else. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/store/fixture.h"

/* A report of the second incoming mail, or of the first. */
#define DEFICIENCY(ref, n, item) \
	"INSERT INTO deficiency (ref, year, n, token_hash, mail, outside, received, day, item, state, " \
	"incident, stage, step, due, handed_back, mails) VALUES ('" ref "', 2027, " #n ", printf('%064d', " \
	#n "), " #n ", 0, 1, '2027-01-11', " item ", 'open', 0, 1, '2027-02-01', '2027-02-01', 0, 1)"

/* Each row writes to one table; which of F01 (its parent D01), F02 and R01 (the
 * parent of R02) it must wake. */
static const struct {
	const char *table, *sql, *wakes;
} writes[] = {
	{ "setting", "INSERT INTO setting VALUES ('x', 'y')", "D01 F01 F02 R01 R02" },
	{ "setting", "UPDATE setting SET value = 'z'", "D01 F01 F02 R01 R02" },
	{ "setting", "DELETE FROM setting", "D01 F01 F02 R01 R02" },
	{ "unit", "INSERT INTO unit (id) VALUES ('U')", "D01 F01 F02 R01 R02" },
	{ "unit", "UPDATE unit SET name = 'x'", "D01 F01 F02 R01 R02" },
	{ "unit", "DELETE FROM unit WHERE id = 'ENSAM'", "D01 F01 F02 R01 R02" },
	{ "unit_body", "INSERT INTO unit_body VALUES ('KLF', 9, 'KS')", "D01 F01 F02 R01 R02" },
	{ "unit_body", "UPDATE unit_body SET n = n + 9", "D01 F01 F02 R01 R02" },
	{ "unit_body", "DELETE FROM unit_body", "D01 F01 F02 R01 R02" },
	{ "body", "INSERT INTO body (id, kind) VALUES ('B', 'group')", "D01 F01 F02 R01 R02" },
	{ "body", "UPDATE body SET ceases = '2027-02-01' WHERE id = 'BUN'", "D01 F01 F02 R01 R02" },
	{ "body", "DELETE FROM body WHERE id = 'ENSAM'", "D01 F01 F02 R01 R02" },
	{ "role", "INSERT INTO role (id, kind) VALUES ('r', 'chief')", "D01 F01 F02 R01 R02" },
	{ "role", "UPDATE role SET valid_to = '2027-02-01' WHERE id = 'kd'", "D01 F01 F02 R01 R02" },
	{ "role", "DELETE FROM role WHERE id = 'ensam'", "D01 F01 F02 R01 R02" },
	{ "absence", "INSERT INTO absence VALUES ('kd', '2027-02-01', '2027-02-09', 'x')",
	  "D01 F01 F02 R01 R02" },
	{ "absence", "UPDATE absence SET last = '2027-03-09'", "D01 F01 F02 R01 R02" },
	{ "absence", "DELETE FROM absence", "D01 F01 F02 R01 R02" },
	{ "dead_address", "INSERT INTO dead_address VALUES ('x@t.example', '2027-01-11', 'x', NULL, NULL)",
	  "D01 F01 F02 R01 R02" },
	{ "dead_address", "UPDATE dead_address SET cleared = '2027-01-11'", "D01 F01 F02 R01 R02" },
	{ "dead_address", "DELETE FROM dead_address", "D01 F01 F02 R01 R02" },
	{ "meeting", "INSERT INTO meeting (body, day, hour, minute) VALUES ('KS', '2027-03-01', 1, 1)",
	  "D01 F01 F02 R01 R02" },
	{ "meeting", "UPDATE meeting SET cancelled = 1", "D01 F01 F02 R01 R02" },
	{ "meeting", "DELETE FROM meeting", "D01 F01 F02 R01 R02" },
	{ "day_off", "INSERT INTO day_off VALUES ('2027-03-01', 0, NULL)", "D01 F01 F02 R01 R02" },
	{ "day_off", "UPDATE day_off SET working = 1", "D01 F01 F02 R01 R02" },
	{ "day_off", "DELETE FROM day_off", "D01 F01 F02 R01 R02" },
	{ "recess", "INSERT INTO recess VALUES ('x', '2027', '2027-03-01', '2027-03-02')",
	  "D01 F01 F02 R01 R02" },
	{ "recess", "UPDATE recess SET last = date(last, '+1 day')", "D01 F01 F02 R01 R02" },
	{ "recess", "DELETE FROM recess", "D01 F01 F02 R01 R02" },
	{ "event", "INSERT INTO event (name, day, item, happened) VALUES ('x', '2027-03-01', '', 0)",
	  "D01 F01 F02 R01 R02" },
	{ "event", "UPDATE event SET happened = 1 WHERE item = ''", "D01 F01 F02 R01 R02" },
	{ "event", "DELETE FROM event WHERE item = ''", "D01 F01 F02 R01 R02" },
	{ "event", "INSERT INTO event (name, day, item, happened) VALUES ('x', '2027-03-01', 'F02', 0)",
	  "F02" },
	{ "event", "INSERT INTO event (name, day, item, happened) VALUES ('x', '2027-03-01', 'D01', 0)",
	  "D01 F01" },
	{ "event", "UPDATE event SET happened = 1 WHERE item = 'T01'", "R01 R02" },
	{ "event", "DELETE FROM event WHERE item = 'T01'", "R01 R02" },
	{ "deficiency", DEFICIENCY("BR-2", 2, "'F02'"), "F02" },
	{ "deficiency", DEFICIENCY("BR-2", 2, "NULL"), "" },
	{ "deficiency", "UPDATE deficiency SET item = 'R01'", "F02 R01 R02" },
	{ "deficiency", "UPDATE deficiency SET stage = 7", "" },
	{ "deficiency", "DELETE FROM deficiency", "F02" },
	{ "exception", "INSERT INTO exception VALUES ('F02', '2027-03-01', 'skip', NULL, 'x')", "F02" },
	{ "exception", "UPDATE exception SET reason = 'y'", "D01 F01" },
	{ "exception", "DELETE FROM exception", "D01 F01" },
	{ "item", "UPDATE item SET completed = '2027-01-09' WHERE id = 'F02'", "F02" },
	{ "item", "UPDATE item SET note = 'x' WHERE id = 'D01'", "D01 F01" },
	{ "item", "UPDATE item SET parent = NULL WHERE id = 'F01'", "D01 F01" },
	{ "item", "UPDATE item SET parent = 'R01' WHERE id = 'F01'", "D01 F01 R01 R02" },
	{ "item", "UPDATE item SET title = 'RUTIN  sju' WHERE id = 'D01'", "D01 F01 F02" },
	{ "item", "UPDATE item SET replaces = 'r02' WHERE id = 'F02'", "F02" },
	{ "item", "UPDATE item SET replaces = 'X; R02, Y' WHERE id = 'F02'", "F02 R01 R02" },
	{ "item", "DELETE FROM item WHERE id = 'R02'", "R01" },
	{ "item", "INSERT INTO item (id, kind, parent, decided_ask, needs_decision, retired, "
	  "name_protected, known_on) VALUES ('X9', 'routine', 'R01', 0, 0, 0, 0, '2027-01-11')",
	  "R01 R02 X9" },
	{ "review", "INSERT INTO review (id, item, state, rung, due, act_by, n) "
	  "VALUES ('F02.1', 'F02', 'open', 'invitation', '2027-03-01', '2027-03-01', 1)", "F02" },
	{ "review", "UPDATE review SET rung = 'reminder'", "F01" },
	{ "review", "DELETE FROM review", "F01" },
	{ "question", "INSERT INTO question (item, letter, n, day, text) "
	  "VALUES ('F02', 'GR-27-0001-AAAA', 2, '2027-01-11', 'x')", "F02" },
	{ "question", "UPDATE question SET day = '2027-01-10'", "R01" },
	{ "question", "DELETE FROM question", "R01" },
	{ "inquiry", "INSERT INTO inquiry (review, meeting, adjustment, n, times) "
	  "VALUES ('F01.1', '2027-03-01', 0, 1, 1)", "F01" },
	{ "inquiry", "UPDATE inquiry SET outcome = 'tabled'", "F01" },
	{ "inquiry", "DELETE FROM inquiry", "F01" },
	{ "seat", "INSERT INTO seat (letter, n, review, role, rung, above, due, act_by, said) "
	  "VALUES ('GR-27-0001-AAAA', 8, 'F01.1', 'kd', 'invitation', 'none', '2027-03-01', '2027-03-01', "
	  "'none')", "F01" },
	{ "seat", "UPDATE seat SET rung = 'reminder'", "F01" },
	{ "seat", "DELETE FROM seat", "F01" },
};

/* Tables that no due date and no letter of a pass leans on. */
static const char *const silent[] = {
	"meta", "letter", "letter_count", "number_floor", "inbox", "inbox_bytes", "outbox", "outbox_hold", "outbox_pause",
	"outbox_batch", "outbox_bytes", "notice", "told", "confirmation", "signoff", "withdrawal", "decision", "record",
	"dkim_key", "rsvp", "deficiency_mail", "deficiency_told", "item_edit", "report", "pulse", "training", "held",
	"matter", "brake", "amendment",
};

static struct store *open_asleep(void)
{
	struct store *s = open_filled();
	struct sample x;
	size_t n;

	sample_invitation(&x, "F01", 1, 1);
	OK(store_apply(s, &x.change, e));
	run_sql("INSERT INTO item (id, title, kind, parent, replaces, decided_ask, needs_decision, "
	        "retired, name_protected, known_on) VALUES "
	        "('D01', 'Policy', 'document', NULL, NULL, 0, 0, 0, 0, '2027-01-11'), "
	        "('R02', NULL, 'routine', 'R01', NULL, 0, 0, 0, 0, '2027-01-11'), "
	        "('T01', 'System', 'asset', NULL, NULL, 0, 0, 0, 0, '2027-01-11'); "
	        "UPDATE item SET parent = 'D01' WHERE id = 'F01'; "
	        "UPDATE item SET parent = 'T01' WHERE id = 'R01'; "
	        "UPDATE item SET replaces = 'Rutin sju' WHERE id = 'F02'; "
	        "INSERT INTO unit (id) VALUES ('ENSAM'); INSERT INTO body (id, kind) VALUES ('ENSAM', 'group');"
	        "INSERT INTO role (id, kind) VALUES ('ensam', 'chief'); "
	        "INSERT INTO dead_address VALUES ('y@t.example', '2027-01-01', 'x', NULL, NULL); "
	        "INSERT INTO absence VALUES ('kd', '2027-01-01', '2027-01-09', 'x'); "
	        "INSERT INTO event (name, day, item, happened) VALUES ('avtal_slut', '2027-06-30', 'T01', 0); "
	        "INSERT INTO exception VALUES ('F01', '2027-03-01', 'skip', NULL, 'x'); "
	        "INSERT INTO question (item, letter, n, day, text) "
	        "VALUES ('R01', 'GR-27-0001-AAAA', 2, '2027-01-11', 'x'); "
	        "INSERT INTO inquiry (review, meeting, adjustment, n, times) "
	        "VALUES ('F01.1', '2027-02-01', 0, 1, 1); "
	        "INSERT INTO seat (letter, n, review, role, rung, above, due, act_by, said) VALUES "
	        "('GR-27-0001-AAAA', 9, 'F01.1', 'ensam', 'invitation', 'none', '2027-03-01', '2027-03-01', "
	        "'none'); "
	        "INSERT INTO inbox (source, uidvalidity, uid, name, sha256, received) VALUES "
	        "('x', 0, 1, '', printf('%064d', 1), 1), ('x', 0, 2, '', printf('%064d', 2), 1); "
	        DEFICIENCY("BR-1", 1, "'F02'"));
	OK(store_wake(s, date_of(2027, 1, 11), &n, e));
	ck_assert_uint_eq(n, 6);
	run_sql("UPDATE item SET wake = '2099-01-01'");
	OK(store_wake(s, date_of(2027, 1, 12), &n, e));
	ck_assert_uint_eq(n, 0);
	return s;
}

static void who_is_awake(struct buf *out)
{
	struct registry r;
	struct store *s = open_with(0);

	registry_init(&r);
	OK(store_load_awake(s, date_of(2027, 1, 12), &r, e));
	for (size_t i = 0; i < r.n_items; i++)
		if (!r.items[i].asleep && strcmp(r.items[i].id, "T01") != 0)
			buf_fmt(out, "%s%s", out->len ? " " : "", r.items[i].id);
	registry_release(&r);
	store_close(s);
}

START_TEST(whatever_is_written_wakes_what_it_bears_on)
{
	for (size_t i = 0; i < ARRAY_LEN(writes); i++) {
		struct buf awake AUTO(buf_release) = BUF_INIT;
		struct store *s = open_asleep();
		size_t n;

		run_sql(writes[i].sql);
		OK(store_wake(s, date_of(2027, 1, 12), &n, e));
		store_close(s);
		who_is_awake(&awake);
		ck_assert_msg(!strcmp(awake.len ? awake.data : "", writes[i].wakes), "%s: wakes \"%s\", not \"%s\"",
		              writes[i].sql, awake.len ? awake.data : "", writes[i].wakes);
		unlink(fixture_path());
	}
}
END_TEST

static bool has_row(const char *table, const char *verb)
{
	for (size_t i = 0; i < ARRAY_LEN(writes); i++)
		if (!strcmp(writes[i].table, table) && !strncmp(writes[i].sql, verb, strlen(verb)))
			return true;
	return false;
}

/* A table that somebody adds must be in one list or the other. */
START_TEST(no_table_is_forgotten)
{
	struct store *s = open_with(STORE_CREATE);
	sqlite3_stmt *st;

	ck_assert_int_eq(sqlite3_prepare_v2(s->db, "SELECT name FROM sqlite_schema WHERE type = 'table' "
	                                    "AND name NOT LIKE 'sqlite%'", -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(st, 0);
		bool quiet = false;

		for (size_t i = 0; i < ARRAY_LEN(silent); i++)
			quiet |= !strcmp(silent[i], table);
		ck_assert_msg(quiet || (has_row(table, "INSERT") && has_row(table, "UPDATE")
		                        && has_row(table, "DELETE")),
		              "table %s: say in this test which items a write to it wakes", table);
	}
	sqlite3_finalize(st);
	store_close(s);
}
END_TEST

/* The trigger names the columns of an item, so that what a pass notes wakes nothing. */
START_TEST(no_column_of_an_item_is_forgotten)
{
	store_close(open_with(STORE_CREATE));
	ck_assert_int_gt(ask_sql("SELECT count(*) FROM pragma_table_info('item')"), 30);
	ck_assert_int_eq(ask_sql("WITH named AS (SELECT replace(replace(replace(substr(sql, 1, instr(sql, ' ON item')), "
	                         "char(10), ' '), char(9), ' '), ',', ' ') || ' ' AS columns "
	                         "FROM sqlite_schema WHERE name = 'item_update_wakes') "
	                         "SELECT count(*) FROM pragma_table_info('item') c, named "
	                         "WHERE c.name NOT IN ('wake', 'family') "
	                         "AND instr(columns, ' ' || c.name || ' ') = 0"), 0);
}
END_TEST

START_TEST(what_is_written_during_a_look_is_looked_at_again)
{
	struct store *s = open_asleep();
	dayno today = date_of(2027, 1, 12);
	struct look looks[] = { { "F01", today + 30, NULL }, { "F02", today + 30, NULL },
	                        { "R01", today + 30, NULL } };
	size_t n;

	run_sql("UPDATE item SET note = 'x'");
	OK(store_wake(s, today, &n, e));
	ck_assert_uint_eq(n, 6);
	run_sql("UPDATE item SET note = 'y' WHERE id = 'F01'");
	run_sql("UPDATE review SET rung = 'reminder' WHERE item = 'F02'");
	run_sql("INSERT INTO question (item, letter, n, day, text) "
	        "VALUES ('R01', 'GR-27-0001-AAAA', 3, '2027-01-11', 'x')");
	OK(store_sleep(s, today, looks, ARRAY_LEN(looks), e));
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM item WHERE wake > '2027-01-12'"), 1);
	ck_assert_int_eq(ask_sql("SELECT wake > '2027-01-12' FROM item WHERE id = 'F02'"), 1);
	/* A pass that was killed looks again, that day or later. */
	OK(store_wake(s, today, &n, e));
	ck_assert_uint_eq(n, 5);
	OK(store_wake(s, today + 5, &n, e));
	ck_assert_uint_eq(n, 5);
	OK(store_wake(s, today + 30, &n, e));
	ck_assert_uint_eq(n, 6);
	store_close(s);
}
END_TEST

static int asleep(const char *day)
{
	char sql[96];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM item WHERE wake > '%s'", day);
	return ask_sql(sql);
}

/* A clock that was ahead has put everything to sleep until then. */
START_TEST(a_day_that_goes_back_wakes_everything)
{
	struct store *s = open_asleep();
	dayno today = date_of(2027, 1, 12);
	size_t n;

	OK(store_wake(s, date_of(2100, 1, 1), &n, e));
	ck_assert_uint_eq(n, 6);
	OK(store_wake(s, today, &n, e));
	ck_assert_uint_eq(n, 6);
	/* once: what was looked at sleeps again */
	run_sql("UPDATE item SET wake = '2027-02-01'");
	OK(store_wake(s, today, &n, e));
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(asleep("2027-01-12"), 6);
	/* a pass that was killed between is noted too */
	run_sql("UPDATE item SET note = 'x' WHERE id = 'R01'");
	OK(store_wake(s, today + 8, &n, e));
	ck_assert_uint_eq(n, 2);
	OK(store_wake(s, today + 1, &n, e));
	ck_assert_uint_eq(n, 6);
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("wake");
	TCase *tc = tcase_create("wake");

	tcase_set_timeout(tc, 0);
	tcase_add_checked_fixture(tc, fixture_start, fixture_end);
	tcase_add_test(tc, whatever_is_written_wakes_what_it_bears_on);
	tcase_add_test(tc, no_table_is_forgotten);
	tcase_add_test(tc, no_column_of_an_item_is_forgotten);
	tcase_add_test(tc, what_is_written_during_a_look_is_looked_at_again);
	tcase_add_test(tc, a_day_that_goes_back_wakes_everything);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
