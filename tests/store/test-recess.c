/* SPDX-License-Identifier: EUPL-1.2 */
/* Recesses under their keys, and what becomes of those that had none. */
#include <string.h>
#include <unistd.h>

#include "core/import.h"
#include "tests/store/fixture.h"

static struct import_report report = { .text = BUF_INIT };

/* Imports kommun.csv with these rows; what the import says it changed. */
static const char *import_town_rows(struct store *s, const char *rows)
{
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;
	struct buf csv AUTO(buf_release) = BUF_INIT;
	struct registry r AUTO(registry_release);

	registry_init(&r);
	buf_fmt(&csv, "nyckel;värde\nnamn;Tallvinge kommun\n%s", rows);
	import_csv(IMPORT_MUNICIPALITY, "kommun.csv", csv.data, csv.len, &r, &c);
	ck_assert_msg(!c.n, "%s", c.text.data);
	registry_settle(&r);
	buf_clear(&report.text);
	OK(store_import(s, &r, NOW, &report, e));
	return report.text.data;
}

static bool rests(struct store *s, int y, int m, int d)
{
	struct registry r AUTO(registry_release);

	registry_init(&r);
	OK(store_load(s, &r, e));
	struct workcal cal = registry_workcal(&r);
	return workday_recess(&cal, date_of(y, m, d)) != NULL;
}

START_TEST(a_recess_is_kept_under_its_key)
{
	struct store *s = open_with(STORE_CREATE | STORE_VOLATILE);

	import_town_rows(s, "");
	ck_assert_str_eq(import_town_rows(s, "sommaruppehåll;06-28/08-08\njuluppehåll;12-21/01-08\n"
	                                  "uppehåll_sportlov;2027-02-22/2027-02-26\n"),
	                 "+ recess juluppehåll\n+ recess sommaruppehåll\n"
	                 "+ recess uppehåll_sportlov 2027\n");
	ck_assert(rests(s, 2027, 7, 1) && rests(s, 2040, 1, 8) && rests(s, 2027, 2, 24));
	ck_assert(!rests(s, 2028, 2, 24) && !rests(s, 2040, 1, 9));
	/* The same key again: every year's is mended, one year's stands beside it. */
	ck_assert_str_eq(import_town_rows(s, "sommaruppehåll;07-01/08-08\n"),
	                 "~ recess sommaruppehåll: first\n");
	ck_assert(!rests(s, 2027, 6, 30) && rests(s, 2027, 7, 1));
	ck_assert_str_eq(import_town_rows(s, "sommaruppehåll;2028-07-10/2028-08-01\n"),
	                 "+ recess sommaruppehåll 2028\n");
	ck_assert_str_eq(import_town_rows(s, "sommaruppehåll;2028-07-10/2028-08-01\n"), "");
	ck_assert(rests(s, 2027, 7, 1) && !rests(s, 2028, 7, 9) && rests(s, 2028, 7, 10));
	ck_assert(rests(s, 2029, 7, 1));
	ck_assert_str_eq(import_town_rows(s, "sommaruppehåll;nej\n"),
	                 "~ recess sommaruppehåll: first, last\n");
	ck_assert(!rests(s, 2027, 7, 1) && rests(s, 2028, 7, 10) && !rests(s, 2029, 7, 1));
	store_close(s);
}
END_TEST

START_TEST(eves_and_squeeze_days_are_kept)
{
	struct store *s = open_with(STORE_CREATE | STORE_VOLATILE);
	struct registry r;

	ck_assert_str_eq(import_town_rows(s, "aftnar_arbetsdag;ja\n"), "+ setting name\n");
	import_town_rows(s, "aftnar_arbetsdag;nej\nklämdagar_arbetsdag;Nej\n");
	registry_init(&r);
	OK(store_load(s, &r, e));
	struct workcal cal = registry_workcal(&r);
	ck_assert_str_eq(workday_name(&cal, date_of(2027, 3, 25)), "skärtorsdagen");
	ck_assert_str_eq(workday_name(&cal, date_of(2027, 5, 7)), "klämdag");
	registry_release(&r);
	store_close(s);
}
END_TEST

/* A database of the schema before, with recesses that had no key. */
START_TEST(a_recess_without_a_key_gets_one)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(fixture_path(), &db), SQLITE_OK);
	struct store old = { .db = db, .path = (char[]){ "old" }, .lock_fd = -1 };
	OK(store_migrate(&old, 5, e));
	sqlite3_close(db);
	run_sql("INSERT INTO recess (first, last) VALUES "
	        "('2026-12-21', '2027-01-08'), ('2027-06-28', '2027-08-08'), "
	        "('2028-06-26', '2028-08-06'), ('2028-07-01', '2028-08-06'), "
	        "('2029-06-25', '2039-08-08')");
	struct store *s = open_with(0);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM recess"), 5);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM recess WHERE (name, year) IN (VALUES "
	                         "('juluppehåll', '2026'), ('sommaruppehåll', '2027'), "
	                         "('uppehåll_2028-06-26', '2028'), ('uppehåll_2028-07-01', '2028'), "
	                         "('sommaruppehåll', '2029'))"), 5);
	ck_assert(rests(s, 2027, 1, 8) && rests(s, 2027, 8, 8) && rests(s, 2028, 6, 26));
	ck_assert(!rests(s, 2027, 1, 9) && rests(s, 2035, 1, 1));
	/* The file that it came from says nothing new, and can mend it. */
	ck_assert_str_eq(import_town_rows(s, "sommaruppehåll;2027-06-28/2027-08-08\n"
	                                  "juluppehåll;2026-12-21/2027-01-08\n"), "+ setting name\n");
	ck_assert_str_eq(import_town_rows(s, "sommaruppehåll;2029-06-25/2029-08-08\n"),
	                 "~ recess sommaruppehåll 2029: last\n");
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("recess");
	TCase *t = tcase_create("recess");

	tcase_add_checked_fixture(t, fixture_start, fixture_end);
	tcase_add_test(t, a_recess_is_kept_under_its_key);
	tcase_add_test(t, eves_and_squeeze_days_are_kept);
	tcase_add_test(t, a_recess_without_a_key_gets_one);
	suite_add_tcase(s, t);
	return tap_run(s);
}
