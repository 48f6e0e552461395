/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/booking.h"
#include "tests/tap.h"

enum { MOST = 4 };

static const char *const names[] = { "stays", "lists", "moves", "returns", "goes" };

static size_t reviews(int line, char *text, struct review *out)
{
	size_t n = 0;

	for (char *at = text, *word; (word = strsep(&at, ",")); n++) {
		char state[32], day[8];

		ck_assert_msg(n < MOST && sscanf(word, " %31s %7s", state, day) == 2,
		              "line %d: a review is a state and a day: %s", line, word);
		int s = review_state_by_name(state);
		ck_assert_msg(s >= 0, "line %d: no state: %s", line, state);
		out[n] = (struct review){ .state = (enum review_state)s };
		char whole[16];
		snprintf(whole, sizeof(whole), "2027-%s", day);
		ck_assert_msg(date_parse(whole, &out[n].act_by), "line %d: no day: %s", line, whole);
	}
	return n;
}

static void check_row(int line, char **field, int n)
{
	const struct workcal cal = { .n_recess = 0 };
	struct letter l = { .event_day = DAY_NONE };
	struct review before[MOST], after[MOST];
	char day[DATE_TEXT];
	dayno to;

	ck_assert_msg(n == 6 || n == 7, "line %d: six columns, or seven", line);
	ck_assert(!strcmp(field[0], "-") || date_parse(field[0], &l.event_day));
	l.sequence = atoi(field[1]);
	l.event_minutes = strcmp(field[2], "chosen") ? 0 : 90;
	size_t k = reviews(line, field[3], before);
	ck_assert_uint_eq(reviews(line, field[4], after), k);
	struct letter was = l;
	enum booking b = booking_next(&cal, &l, before, after, k, date_of(2027, 2, 3), &to);
	ck_assert_msg(!strcmp(names[b], field[5]), "line %d: it %s", line, names[b]);
	booking_take(&l, b, to);
	bool still = b == BOOKING_STAYS || b == BOOKING_LISTS;
	ck_assert_msg(l.sequence == was.sequence + !still, "line %d: SEQUENCE %d", line, l.sequence);
	if (n == 7)
		ck_assert_msg(!strcmp(date_text(l.event_day, day), field[6]), "line %d: on %s", line, day);
	else
		ck_assert_msg(l.event_day == was.event_day, "line %d: it has moved", line);
}

START_TEST(an_event_follows_its_reviews)
{
	tap_table("tests/cases/bookings.txt", check_row);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("booking");
	TCase *tc = tcase_create("booking");

	tcase_add_test(tc, an_event_follows_its_reviews);
	suite_add_tcase(s, tc);
	return tap_run(s);
}
