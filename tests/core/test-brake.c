/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/brake.h"
#include "tests/tap.h"

#define TODAY date_of(2027, 3, 15)

static const struct settings settings = { .storm_letters = 50, .storm_factor = 3 };
static int bad;

static struct brake brake_of(char *state, const char *ago)
{
	char *count = strchr(state, ' ');
	struct brake b = { .passed = strcmp(ago, "-") ? TODAY - atoi(ago) : DAY_NONE };

	if (count) {
		*count = '\0';
		b.wanted = atoi(count + 1);
	}
	b.state = brake_state_by_name(state);
	return b;
}

static void row(int line, char **field, int n)
{
	ck_assert_msg(n == 7, "line %d has %d fields", line, n);
	struct brake b = brake_of(field[0], field[1]);
	int wanted = atoi(field[2]);
	bool stops = brake_stops(&settings, &b, wanted, atoi(field[3]));
	struct brake after = brake_after(&b, TODAY, stops, wanted, stops ? 0 : wanted);

	if (!strcmp(stops ? "stops" : "sends", field[4])
	    && !strcmp(brake_state_name(after.state), field[5]) && after.wanted == atoi(field[6]))
		return;
	bad++;
	printf("# line %d: %s, then %s %d\n", line, stops ? "stops" : "sends",
	       brake_state_name(after.state), after.wanted);
}

START_TEST(a_pass_stops_as_the_table_says)
{
	bad = 0;
	tap_table("tests/cases/brakes.txt", row);
	fflush(stdout);
	ck_assert_int_eq(bad, 0);
}
END_TEST

START_TEST(a_clock_that_is_years_off_foresees_nothing)
{
	struct brake b = { .passed = TODAY - 1 };

	ck_assert_int_eq(brake_since(&b, TODAY), TODAY - 1);
	b.passed = TODAY;
	ck_assert_int_eq(brake_since(&b, TODAY), TODAY - 1);
	b.passed = TODAY + 900;
	ck_assert_int_eq(brake_since(&b, TODAY), TODAY - 1);
	b.passed = TODAY - BRAKE_AWAY_DAYS;
	ck_assert_int_eq(brake_since(&b, TODAY), TODAY - BRAKE_AWAY_DAYS);
	b.passed = TODAY - 3000;
	ck_assert_int_eq(brake_since(&b, TODAY), TODAY - BRAKE_AWAY_DAYS);
	b.passed = DAY_NONE;
	ck_assert_int_eq(brake_since(&b, TODAY), DAY_NONE);
}
END_TEST

/* However passes follow each other, with a ceiling: what was wanted is sent in the end
 * once somebody lets go, and nothing stops what was let go of. */
START_TEST(nothing_is_lost_and_what_is_released_goes)
{
	srand(7);
	for (int round = 0; round < 2000; round++) {
		struct brake b = { .passed = rand() % 4 ? TODAY - 1 : DAY_NONE };
		int waiting = rand() % 400, ceiling = 1 + rand() % 90, passes = 0;

		while (waiting > 0) {
			bool stops = brake_stops(&settings, &b, waiting, 0);
			int sent = stops ? 0 : waiting < ceiling ? waiting : ceiling;

			b = brake_after(&b, TODAY + passes, stops, waiting, sent);
			waiting -= sent;
			ck_assert_int_lt(++passes, 1000);
			if (!stops)
				continue;
			ck_assert_int_eq(b.wanted, waiting);
			b.state = BRAKE_RELEASED; /* and it never stops again */
			ck_assert(!brake_stops(&settings, &b, waiting, 0));
		}
		ck_assert_int_eq(b.state, BRAKE_OFF);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("brake");
	TCase *t = tcase_create("brake");

	tcase_add_test(t, a_pass_stops_as_the_table_says);
	tcase_add_test(t, a_clock_that_is_years_off_foresees_nothing);
	tcase_add_test(t, nothing_is_lost_and_what_is_released_goes);
	suite_add_tcase(s, t);
	return tap_run(s);
}
