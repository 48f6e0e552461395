/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "tests/tap.h"

static const char *const names[] = {
	[LIMIT_NONE] = "none", [LIMIT_MESSAGE] = "message", [LIMIT_LETTER] = "letter",
	[LIMIT_SENDER] = "sender", [LIMIT_ALL] = "all",
};
static struct registry town;
static int bad;

static void limit_row(int line, char **field, int n)
{
	ck_assert_msg(n == 6, "line %d has %d fields", line, n);
	struct answer_counts counts = {
		.message = atoi(field[1]), .letter = atoi(field[2]), .sender = atoi(field[3]),
		.all = atoi(field[4]),
	};
	enum limit got = limits_answer(&town.settings, &counts, !strcmp(field[0], "question"));

	if (!strcmp(names[got], field[5]))
		return;
	bad++;
	printf("# line %d: %s, expected %s\n", line, names[got], field[5]);
}

START_TEST(answers_end_where_the_table_says)
{
	registry_init(&town);
	bad = 0;
	tap_table("tests/cases/limits.txt", limit_row);
	fflush(stdout);
	ck_assert_int_eq(bad, 0);
	registry_release(&town);
}
END_TEST

START_TEST(every_limit_says_why_and_of_whom)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	for (int l = LIMIT_MESSAGE; l <= LIMIT_ALL; l++) {
		ck_assert_ptr_nonnull(limit_reason((enum limit)l));
		ck_assert_ptr_nonnull(limit_key(&a, (enum limit)l, NULL, NULL, NULL));
	}
	ck_assert_ptr_null(limit_reason(LIMIT_NONE));
	ck_assert_str_eq(limit_key(&a, LIMIT_SENDER, "m", "GR-1", "Kd@T.example"), "sender:kd@t.example");
	ck_assert_str_eq(limit_key(&a, LIMIT_LETTER, "m", "GR-1", "x"), "letter:GR-1");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("limits");
	TCase *t = tcase_create("limits");

	tcase_add_test(t, answers_end_where_the_table_says);
	tcase_add_test(t, every_limit_says_why_and_of_whom);
	suite_add_tcase(s, t);
	return tap_run(s);
}
