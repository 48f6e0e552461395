/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "core/command.h"
#include "tests/tap.h"

static int bad;

static const char *given(const char *field)
{
	return strcmp(field, "-") ? field : NULL;
}

static void command_row(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct command c;

	ck_assert_msg(n == 4, "line %d has %d fields", line, n);
	char *fresh = given(field[1]) ? arena_dup(&a, field[1]) : NULL;
	for (char *at = fresh; at && (at = strchr(at, '/'));)
		*at = '\n';
	command_said(&a, given(field[0]), fresh, &c);
	const char *ref = c.ref ? c.ref : "-";
	if (!strcmp(command_name(c.kind), field[2]) && !strcmp(ref, field[3]))
		return;
	bad++;
	printf("# line %d: %s %s\n", line, command_name(c.kind), ref);
}

START_TEST(commands_are_what_the_table_says)
{
	bad = 0;
	tap_table("tests/cases/coordinator-commands.txt", command_row);
	fflush(stdout);
	ck_assert_int_eq(bad, 0);
}
END_TEST

START_TEST(what_stands_below_is_kept_apart)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct command c;

	command_said(&a, NULL, "Hej!\nVISA T005\n1 GODKÄNNS\n", &c);
	ck_assert_str_eq(c.rest, "1 GODKÄNNS\n");
	command_said(&a, "STATUS", "1 GODKÄNNS\n", &c);
	ck_assert_str_eq(c.rest, "");
	command_said(&a, NULL, NULL, &c);
	ck_assert_ptr_null(c.line);
	ck_assert_str_eq(c.rest, "");
	ck_assert_str_eq(command_name(COMMAND_KIND_COUNT), "unknown");
}
END_TEST

START_TEST(long_lines_are_none)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct command c;
	char text[400] = "VISA ";

	memset(text + 5, 'x', sizeof(text) - 6);
	text[sizeof(text) - 1] = '\0';
	command_said(&a, text, text, &c);
	ck_assert_int_eq(c.kind, COMMAND_UNKNOWN);
	ck_assert_ptr_null(c.ref);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("command");
	TCase *t = tcase_create("command");

	tcase_add_test(t, commands_are_what_the_table_says);
	tcase_add_test(t, what_stands_below_is_kept_apart);
	tcase_add_test(t, long_lines_are_none);
	suite_add_tcase(s, t);
	return tap_run(s);
}
