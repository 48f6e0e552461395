/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/returned.h"
#include "tests/tap.h"

static struct record_note note(int64_t rows, char first)
{
	struct record_note n = { .rows = rows, .year = 2027, .given = { 1, 2, 3, INT64_MAX } };

	memset(n.hash, '0' + (int)(rows % 10), sizeof(n.hash) - 1);
	memset(n.first, first, sizeof(n.first) - 1);
	return n;
}

static bool yes(const char *word)
{
	return !strcmp(word, "yes");
}

static struct record_note numbers(long long rows, char first, int year, long long letters, long long mails)
{
	struct record_note n = note(rows, first);

	n.year = year;
	n.given[GIVEN_LETTERS] = n.given[GIVEN_CASES] = letters;
	n.given[GIVEN_INBOX] = n.given[GIVEN_MAILS] = mails;
	return n;
}

static void one(int line, char **field, int n)
{
	long long rows, letters, mails;
	char which[16];
	int year;

	ck_assert_msg(n == 8, "line %d: %d fields", line, n);
	ck_assert_msg(sscanf(field[1], "%lld %d %lld %lld", &rows, &year, &letters, &mails) == 4, "line %d", line);
	struct returned_facts f = {
		.now = numbers(rows, 'a', year, letters, mails), .note_holds = yes(field[2]), .new_here = yes(field[3]),
		.wrote = yes(field[4]),
	};
	if (strcmp(field[0], "none") != 0) {
		ck_assert_msg(sscanf(field[0], "%lld %15s %d %lld %lld", &rows, which, &year, &letters, &mails) == 5,
		              "line %d", line);
		f.then = numbers(rows, strcmp(which, "same") ? 'b' : 'a', year, letters, mails);
	}
	ck_assert_msg(returned_judge(&f) == yes(field[5]), "line %d: returned or not", line);
	for (int i = 0; i < GIVEN_COUNT; i++) {
		long long given = returned_given(&f, (enum given)i), want = atoll(field[i < GIVEN_INBOX ? 6 : 7]);

		ck_assert_msg(given == want, "line %d: number %d is %lld", line, i, given);
	}
}

/* What a pass notes never forgets what was given before, but at the turn of the year. */
START_TEST(noted_again)
{
	struct record_note then = numbers(180, 'a', 2027, 80, 200), now = numbers(150, 'a', 2027, 70, 210), other, after;

	after = record_note_after(&then, &now);
	ck_assert_int_eq(after.rows, 150);
	ck_assert_int_eq(after.given[GIVEN_LETTERS], 80);
	ck_assert_int_eq(after.given[GIVEN_MAILS], 210);
	now.year = 2028;
	now.given[GIVEN_INBOX] = 190;
	after = record_note_after(&then, &now);
	ck_assert_int_eq(after.given[GIVEN_CASES], 70);
	ck_assert_int_eq(after.given[GIVEN_INBOX], 200);
	ck_assert_int_eq(after.given[GIVEN_MAILS], 210);
	other = numbers(9, 'b', 2027, 1, 1);
	after = record_note_after(&then, &other);
	ck_assert_int_eq(after.given[GIVEN_LETTERS], 1);
}
END_TEST

START_TEST(table)
{
	tap_table("tests/cases/returned.txt", one);
}
END_TEST

START_TEST(there_and_back)
{
	struct record_note was = note(INT64_MAX, 'f'), is;
	char text[RECORD_NOTE];

	record_note_text(&was, text);
	ck_assert(record_note_read(text, strlen(text), &is));
	ck_assert_int_eq(is.rows, was.rows);
	ck_assert_str_eq(is.hash, was.hash);
	ck_assert_str_eq(is.first, was.first);
	ck_assert_int_eq(is.year, was.year);
	ck_assert_mem_eq(is.given, was.given, sizeof(is.given));
}
END_TEST

/* One that was torn, or written over, is no note: never half of one. */
START_TEST(torn)
{
	struct record_note was = note(140, 'f'), is;
	char text[RECORD_NOTE];

	record_note_text(&was, text);
	for (size_t len = 0; len < strlen(text); len++) {
		ck_assert(!record_note_read(text, len, &is));
		ck_assert_int_eq(is.rows, 0);
	}
	for (size_t at = 0; text[at]; at++) {
		char kept = text[at];

		text[at] = '\x80';
		ck_assert_msg(!record_note_read(text, strlen(text), &is), "byte %zu", at);
		text[at] = kept;
	}
	char large[4096];
	memset(large, 'x', sizeof(large));
	ck_assert(!record_note_read(large, sizeof(large), &is));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("returned");
	TCase *t = tcase_create("which database it is");

	tcase_add_test(t, table);
	tcase_add_test(t, noted_again);
	tcase_add_test(t, there_and_back);
	tcase_add_test(t, torn);
	suite_add_tcase(s, t);
	return tap_run(s);
}
