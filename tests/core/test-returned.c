/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "core/returned.h"
#include "tests/tap.h"

static struct record_note note(int64_t rows, char first)
{
	struct record_note n = { .rows = rows };

	memset(n.hash, '0' + (int)(rows % 10), sizeof(n.hash) - 1);
	memset(n.first, first, sizeof(n.first) - 1);
	return n;
}

static bool yes(const char *word)
{
	return !strcmp(word, "yes");
}

static void one(int line, char **field, int n)
{
	ck_assert_msg(n == 8, "line %d: %d fields", line, n);
	struct returned_facts f = {
		.now = note(atoll(field[1]), 'a'), .note_holds = yes(field[2]), .new_here = yes(field[3]),
		.letters = atoi(field[4]), .wrote = yes(field[5]),
	};
	if (strcmp(field[0], "none") != 0)
		f.then = note(atoll(field[0]), strstr(field[0], "same") ? 'a' : 'b');
	ck_assert_msg(returned_judge(&f) == yes(field[6]), "line %d: returned or not", line);
	ck_assert_msg(returned_gap(&f) == atoi(field[7]), "line %d: %d left out", line, returned_gap(&f));
}

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
	tcase_add_test(t, there_and_back);
	tcase_add_test(t, torn);
	suite_add_tcase(s, t);
	return tap_run(s);
}
