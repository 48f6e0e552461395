/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "core/wakeup.h"
#include "tests/tap.h"

static instant at(const char *text)
{
	instant t;

	ck_assert_msg(zone_parse(text, &t), "%s is no instant", text);
	return t;
}

static void one_row(int line, char **field, int n)
{
	char said[INSTANT_TEXT];

	ck_assert_msg(n == 6, "line %d: %d fields", line, n);
	struct wakeup w = {
		.passed = strcmp(field[1], "-") ? at(field[1]) : INSTANT_NONE,
		.letters_from = atoi(field[2]),
		.failures = !strncmp(field[3], "failed ", 7) ? atoi(field[3] + 7) : 0,
		.left = !strcmp(field[3], "left"),
		.retry = !strncmp(field[3], "retry ", 6) ? at(field[3] + 6) : INSTANT_NONE,
	};
	ck_assert_msg(w.failures || w.left || w.retry != INSTANT_NONE || !strcmp(field[3], "-"),
	              "line %d: what is \"%s\"?", line, field[3]);
	instant next = wakeup_next(&w, at(field[4]));
	ck_assert_msg(next == at(field[5]), "line %d: %s: %s, and it should be %s", line, field[0],
	              zone_text(next, said), field[5]);
}

START_TEST(each_row_of_the_table)
{
	tap_table("tests/cases/wakeups.txt", one_row);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("core/wakeup");
	TCase *t = tcase_create("wakeup");
	suite_add_tcase(s, t);
	tcase_add_test(t, each_row_of_the_table);
	return tap_run(s);
}
