/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "core/bounce.h"
#include "tests/tap.h"

static int bad;

static const char *or_null(const char *field)
{
	return strcmp(field, "-") ? field : NULL;
}

static void row(int line, char **field, int n)
{
	static const char *const names[] = {
		[BOUNCE_NOTED] = "noted", [BOUNCE_DEAD] = "dead", [BOUNCE_UNCLEAR] = "unclear",
	};

	ck_assert_msg(n == 4, "line %d has %d fields", line, n);
	const char *got = names[bounce_judge(or_null(field[0]), or_null(field[1]), or_null(field[2]))];
	if (!strcmp(got, field[3]))
		return;
	bad++;
	printf("# line %d: %s, expected %s\n", line, got, field[3]);
}

START_TEST(only_a_mailbox_that_is_not_there_is_dead)
{
	bad = 0;
	tap_table("tests/cases/bounces.txt", row);
	fflush(stdout);
	ck_assert_int_eq(bad, 0);
}
END_TEST

/* Whatever the server says, nobody is given up unless the mail failed for good. */
START_TEST(nothing_but_a_failure_of_class_five_is_dead)
{
	char status[32], said[48];

	for (int class = 0; class < 10; class++)
		for (int subject = 0; subject < 10; subject++)
			for (int detail = 0; detail < 20; detail++) {
				snprintf(status, sizeof(status), "%d.%d.%d", class, subject, detail);
				snprintf(said, sizeof(said), "5%d0 %s no", subject, status);
				if (bounce_judge("failed", status, said) == BOUNCE_DEAD)
					ck_assert(class == 5 && (subject == 1 || subject == 2 || subject == 4));
				ck_assert_int_ne(bounce_judge("delayed", status, said), BOUNCE_DEAD);
				ck_assert_int_ne(bounce_judge(NULL, status, said), BOUNCE_DEAD);
			}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("bounce");
	TCase *t = tcase_create("bounce");

	tcase_add_test(t, only_a_mailbox_that_is_not_there_is_dead);
	tcase_add_test(t, nothing_but_a_failure_of_class_five_is_dead);
	suite_add_tcase(s, t);
	return tap_run(s);
}
