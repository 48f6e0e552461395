/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/buf.h"
#include "core/grid.h"
#include "tests/tap.h"

static void read_text(struct arena *a, const char *bytes, struct grid *g)
{
	grid_read_text(a, bytes, strlen(bytes), g);
}

START_TEST(rows_are_numbered_as_a_spreadsheet_does)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct grid g;

	read_text(&a, "a;b\r\n\r\n;;\r\n\"två\r\nrader\";c\r\nd;e\r\n", &g);
	ck_assert_uint_eq(g.n_complaints, 0);
	ck_assert_uint_eq(g.n, 3);
	ck_assert_int_eq(g.rows[0].number, 1);
	ck_assert_int_eq(g.rows[1].number, 4);
	ck_assert_str_eq(g.rows[1].cell[0], "två rader");
	ck_assert_int_eq(g.rows[2].number, 5);
}
END_TEST

START_TEST(the_separator_is_the_one_that_makes_a_table)
{
	static const char *const texts[] = {
		"oversyn x;Ändra inte, tack\nid;namn\nT1;A, B, C\nT2;D\n",
		"oversyn x\t\"Ändra inte, tack; nej\"\nid\tnamn\nT1\tA, B, C\nT2\tD\n",
		"oversyn x,\"Ändra inte, tack; nej\"\nid,namn\nT1,\"A, B, C\"\nT2,D\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct grid g;
		read_text(&a, texts[i], &g);
		ck_assert_uint_eq(g.n, 4);
		ck_assert_uint_eq(g.rows[2].n, 2);
		ck_assert_str_eq(g.rows[2].cell[1], "A, B, C");
	}
}
END_TEST

static enum grid_fault fault_of(const char *bytes, size_t len)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct grid g;

	grid_read_text(&a, bytes, len, &g);
	return g.n_complaints ? g.complaints[0].fault : GRID_READ;
}

START_TEST(what_is_no_table_of_a_size_to_read_is_named)
{
	struct buf big AUTO(buf_release) = BUF_INIT;

	ck_assert_int_eq(fault_of("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8), GRID_OLD_EXCEL);
	ck_assert_int_eq(fault_of("%PDF-1.7\n", 9), GRID_OTHER_FORMAT);
	ck_assert_int_eq(fault_of("PK\3\4", 4), GRID_OTHER_FORMAT);
	ck_assert_int_eq(fault_of("<html>", 6), GRID_OTHER_FORMAT);
	ck_assert_int_eq(fault_of("a;b\0c", 5), GRID_NO_TEXT);
	ck_assert_int_eq(fault_of("a;\"b\nc;d\n", 9), GRID_QUOTE);
	ck_assert_int_eq(fault_of("", 0), GRID_READ);
	for (int i = 0; i <= GRID_MAX_COLUMNS; i++)
		buf_str(&big, "x;");
	ck_assert_int_eq(fault_of(big.data, big.len), GRID_TOO_LARGE);
	buf_clear(&big);
	for (int i = 0; i <= GRID_MAX_CELL; i++)
		buf_chr(&big, 'x');
	ck_assert_int_eq(fault_of(big.data, big.len), GRID_TOO_LONG);
	buf_clear(&big);
	for (int i = 0; i <= GRID_MAX_ROWS; i++)
		buf_str(&big, "x\n");
	ck_assert_int_eq(fault_of(big.data, big.len), GRID_TOO_LARGE);
	while (big.len <= GRID_MAX_BYTES)
		buf_str(&big, "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n");
	ck_assert_int_eq(fault_of(big.data, big.len), GRID_TOO_LARGE);
}
END_TEST

START_TEST(a_complaint_says_where_and_what_to_mend)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct grid g = {.rows = NULL};

	grid_complain(&a, &g, GRID_FORMULA, 5, 2, "=A1\nB2");
	ck_assert_str_eq(grid_complaint_text(&a, &g.complaints[0], true),
	                 "Rad 5, kolumn B: ”=A1 B2” läses som en formel: skriv värdet i stället.");
	ck_assert_str_eq(grid_complaint_text(&a, &g.complaints[0], false),
	                 "Row 5, column B: “=A1 B2” is read as a formula: write the value instead.");
	grid_complain(&a, &g, GRID_UNKNOWN_COLUMN, 2, 28, "färg");
	ck_assert_str_eq(grid_complaint_text(&a, &g.complaints[1], true),
	                 "Rad 2, kolumn AB: kolumnen ”färg” finns inte i förteckningen: ta bort den.");
	grid_complain(&a, &g, GRID_OLDER, 0, 0, NULL);
	ck_assert_str_eq(grid_complaint_text(&a, &g.complaints[2], true),
	                 "Förteckningen har ändrats sedan filen skickades: gör ändringarna i den nya filen.");
	for (int i = 0; i < 100; i++)
		grid_complain(&a, &g, GRID_EMPTY, i, 1, NULL);
	ck_assert_uint_eq(g.n_complaints, GRID_MAX_COMPLAINTS);
}
END_TEST

START_TEST(every_fault_has_words_in_both_languages)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	for (int f = GRID_READ + 1; f < GRID_FAULT_COUNT; f++) {
		struct grid_complaint c = {.fault = (enum grid_fault)f, .row = 3, .column = 1, .value = "x"};
		const char *sv = grid_complaint_text(&a, &c, true), *en = grid_complaint_text(&a, &c, false);
		ck_assert(strlen(sv) > 30 && strlen(en) > 30);
		ck_assert_ptr_null(strstr(sv, "{}"));
		ck_assert_ptr_null(strstr(en, "{}"));
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("grid");
	TCase *t = tcase_create("grid");

	tcase_set_timeout(t, 0);
	tcase_add_test(t, rows_are_numbered_as_a_spreadsheet_does);
	tcase_add_test(t, the_separator_is_the_one_that_makes_a_table);
	tcase_add_test(t, what_is_no_table_of_a_size_to_read_is_named);
	tcase_add_test(t, a_complaint_says_where_and_what_to_mend);
	tcase_add_test(t, every_fault_has_words_in_both_languages);
	suite_add_tcase(s, t);
	return tap_run(s);
}
