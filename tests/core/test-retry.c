/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "core/retry.h"
#include "tests/tap.h"

static const char *const PHASES[] = { "connect", "tls", "auth", "mail", "rcpt", "data", "dot" };

static enum submit_verdict verdict_of(int line, char **field)
{
	enum submit_phase phase = PHASE_CONNECT;

	if (!strcmp(field[0], "program"))
		return retry_judge_program(atoi(field[1]), field[2]);
	while (phase < PHASE_DOT && strcmp(PHASES[phase], field[0]) != 0)
		phase++;
	ck_assert_msg(strcmp(PHASES[phase], field[0]) == 0, "line %d: no such phase", line);
	return retry_judge(phase, atoi(field[1]), field[2]);
}

static void one(int line, char **field, int n)
{
	ck_assert_msg(n == 4, "line %d: %d fields", line, n);
	enum submit_verdict v = verdict_of(line, field);
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
			if (v == SUBMIT_BUSY)
				ck_assert_int_lt(phase, PHASE_MAIL);
		}
	for (int status = -3; status < 300; status++) {
		enum submit_verdict v = retry_judge_program(status, NULL);
		ck_assert_int_eq(v == SUBMIT_ACCEPTED, status == 0);
		ck_assert_int_eq(v == SUBMIT_UNCERTAIN, status < 0);
	}
}
END_TEST

/* Never earlier than said, at most a fifth later, and not all at once. */
START_TEST(waits)
{
	static const int minutes[] = { 5, 5, 15, 60, 240, 240, 240 };
	instant first = retry_at(1000, 1, 1);
	bool spread = false;

	for (int n = 0; n < 7; n++)
		for (int64_t id = 1; id < 500; id++) {
			instant wait = retry_at(1000, n, id) - 1000;

			ck_assert_int_ge(wait, minutes[n] * 60);
			ck_assert_int_lt(wait, minutes[n] * 72);
			ck_assert_int_lt(wait, RETRY_LONGEST_S);
			ck_assert_int_eq(retry_at(5000, n, id) - 5000, wait);
			spread = spread || (n == 1 && retry_at(1000, 1, id) != first);
		}
	ck_assert(spread);
	ck_assert_int_ge(retry_at(0, 1000000, 7), 240 * 60);
	ck_assert_int_eq(RETRY_LONGEST_S, 240 * 72);
	ck_assert_int_ge(retry_at(0, -3, 7), 5 * 60);
}
END_TEST

START_TEST(patience_ends_when_the_site_says)
{
	struct retry_policy p = { .notice_h = 4, .give_up_h = 120 }, none = { .notice_h = 0 };

	ck_assert_int_eq(retry_late_since(&p, 100000), 100000 - 4 * 3600);
	ck_assert(retry_late_since(&none, 100000) == INSTANT_NONE);
	ck_assert(!retry_is_over(&p, 1000, 99, 1000 + 120 * 3600 - 1));
	ck_assert(retry_is_over(&p, 1000, 99, 1000 + 120 * 3600));
	ck_assert(!retry_is_over(&none, 0, 99, 999999999));
	/* the hours alone are none in which it was tried */
	ck_assert(!retry_is_over(&p, 1000, RETRY_LEAST_TRIES - 1, 999999999));
	ck_assert(retry_is_over(&p, 1000, RETRY_LEAST_TRIES, 1000 + 120 * 3600));
	instant at = 0;
	for (int n = 1; n < RETRY_LEAST_TRIES; n++)
		at = retry_at(at, n, 7);
	ck_assert_int_ge(at, 17 * 3600);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("retry");
	TCase *t = tcase_create("retry");

	tcase_add_test(t, table);
	tcase_add_test(t, never_more_than_said);
	tcase_add_test(t, waits);
	tcase_add_test(t, patience_ends_when_the_site_says);
	suite_add_tcase(s, t);
	return tap_run(s);
}
