/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "core/retry.h"
#include "tests/tap.h"

static const char *const PHASES[] = { "connect", "tls", "auth", "mail", "rcpt", "data", "dot" };

static void one(int line, char **field, int n)
{
	enum submit_phase phase = PHASE_CONNECT;

	ck_assert_msg(n == 4, "line %d: %d fields", line, n);
	while (phase < PHASE_DOT && strcmp(PHASES[phase], field[0]) != 0)
		phase++;
	ck_assert_msg(strcmp(PHASES[phase], field[0]) == 0, "line %d: no such phase", line);
	enum submit_verdict v = retry_judge(phase, atoi(field[1]), field[2]);
	ck_assert_msg(strcmp(submit_verdict_name(v), field[3]) == 0, "line %d: %s, not %s", line,
	              submit_verdict_name(v), field[3]);
}

START_TEST(table)
{
	tap_table("tests/cases/smtp-answers.txt", one);
}
END_TEST

/* Only 2xx after the dot may ever count as accepted, and only what happens
 * after the dot may ever be uncertain. */
START_TEST(never_more_than_said)
{
	for (int phase = PHASE_CONNECT; phase <= PHASE_DOT; phase++)
		for (int code = -1; code < 1100; code++) {
			enum submit_verdict v = retry_judge((enum submit_phase)phase, code, NULL);
			ck_assert(v < SUBMIT_VERDICT_COUNT);
			ck_assert_int_eq(v == SUBMIT_ACCEPTED,
			                 phase == PHASE_DOT && code >= 200 && code < 300);
			if (v == SUBMIT_UNCERTAIN)
				ck_assert_int_eq(phase, PHASE_DOT);
		}
}
END_TEST

START_TEST(waits)
{
	static const int minutes[] = { 5, 5, 15, 60, 240, 240, 240 };

	for (int n = 0; n < 7; n++)
		ck_assert_int_eq(retry_at(1000, n) - 1000, minutes[n] * 60);
	ck_assert_int_eq(retry_at(0, 1000000), 240 * 60);
	ck_assert_int_eq(retry_at(0, -3), 5 * 60);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("retry");
	TCase *t = tcase_create("retry");

	tcase_add_test(t, table);
	tcase_add_test(t, never_more_than_said);
	tcase_add_test(t, waits);
	suite_add_tcase(s, t);
	return tap_run(s);
}
