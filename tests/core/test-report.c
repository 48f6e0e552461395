/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "core/report.h"
#include "tests/tap.h"

static const struct period rests[] = {
	{ 20808, 20826 }, /* 2026-12-21–2027-01-08 */
	{ 20997, 21038 }, /* 2027-06-28–2027-08-08 */
};
static const struct workcal cal = { .recess = rests, .n_recess = ARRAY_LEN(rests) };
static int bad;

static dayno day_of(const char *text)
{
	dayno day = DAY_NONE;

	ck_assert_msg(!strcmp(text, "-") || date_parse(text, &day), "%s is no date", text);
	return day;
}

static void letter_row(int line, char **field, int n)
{
	ck_assert_msg(n == 6, "line %d has %d fields", line, n);
	bool week = !strcmp(field[0], "week"), off = !strcmp(field[1], "off");
	struct settings s = {
		.weekly_letter = !off, .quarterly_status = !off, .weekly_day = off ? 1 : atoi(field[1]),
	};
	struct report_state x = { .started = day_of(field[2]), .last = day_of(field[3]) };
	enum report_kind k = week ? REPORT_WEEK : REPORT_QUARTER;
	dayno today = day_of(field[4]), got = report_due(&s, &cal, k, &x, today);
	char text[DATE_TEXT];

	if (got != DAY_NONE && !report_maybe(&s, k, &x, today)) {
		bad++;
		printf("# line %d: it is due, and not even maybe\n", line);
	}
	if (got == day_of(field[5]))
		return;
	bad++;
	printf("# line %d: %s\n", line, got == DAY_NONE ? "-" : date_text(got, text));
}

START_TEST(letters_go_when_the_table_says)
{
	ck_assert_int_eq(rests[0].from, date_of(2026, 12, 21));
	ck_assert_int_eq(rests[0].to, date_of(2027, 1, 8));
	ck_assert_int_eq(rests[1].from, date_of(2027, 6, 28));
	ck_assert_int_eq(rests[1].to, date_of(2027, 8, 8));
	bad = 0;
	tap_table("tests/cases/coordinator-letters.txt", letter_row);
	fflush(stdout);
	ck_assert_int_eq(bad, 0);
}
END_TEST

/* Ten years of passes, some missed: never twice for a period, periods only go on, and
 * with a pass each day every week and every quarter has its letter. */
START_TEST(each_period_has_one_letter)
{
	for (int weekday = 1; weekday <= 7; weekday++)
		for (int missed = 0; missed < 100; missed += 33) {
			struct settings s = { .weekly_letter = 1, .quarterly_status = 1, .weekly_day = weekday };
			struct report_state x[REPORT_KIND_COUNT] = {
				{ DAY_NONE, date_of(2027, 1, 1) }, { DAY_NONE, date_of(2027, 1, 1) },
			};
			int n[REPORT_KIND_COUNT] = { 0 };

			srand((unsigned)(weekday * 1000 + missed));
			for (dayno day = date_of(2027, 1, 1); day < date_of(2037, 1, 1); day++) {
				if (rand() % 100 < missed)
					continue;
				for (int k = 0; k < REPORT_KIND_COUNT; k++) {
					dayno period = report_due(&s, &cal, (enum report_kind)k, &x[k], day);
					if (period == DAY_NONE)
						continue;
					ck_assert_int_gt(period, x[k].last);
					ck_assert_int_lt(period, day + 1);
					x[k].last = period;
					n[k]++;
				}
			}
			if (!missed)
				ck_assert_int_eq(n[REPORT_QUARTER], 39);
			/* Two letter days of one week can fall together over a long holiday. */
			if (!missed)
				ck_assert_msg(n[REPORT_WEEK] >= 515 && n[REPORT_WEEK] <= 522, "%d weeks", n[REPORT_WEEK]);
			ck_assert_int_le(n[REPORT_QUARTER], 39);
		}
}
END_TEST

START_TEST(the_next_one_is_told)
{
	struct settings s = { .weekly_day = 1 };

	ck_assert_int_eq(report_week_next(&s, &cal, date_of(2027, 1, 11)), date_of(2027, 1, 18));
	ck_assert_int_eq(report_week_next(&s, &cal, date_of(2027, 1, 13)), date_of(2027, 1, 18));
	ck_assert_int_eq(report_week_next(&s, &cal, date_of(2027, 3, 22)), date_of(2027, 3, 30));
	struct quarter q = report_quarter(date_of(2028, 2, 29));
	ck_assert_int_eq(q.n, 1);
	ck_assert_int_eq(q.to, date_of(2028, 3, 31));
	q = report_quarter_before(date_of(2028, 2, 29));
	ck_assert_int_eq(q.year, 2027);
	ck_assert_int_eq(q.n, 4);
	ck_assert_int_eq(q.from, date_of(2027, 10, 1));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("report");
	TCase *t = tcase_create("report");

	tcase_add_test(t, letters_go_when_the_table_says);
	tcase_add_test(t, each_period_has_one_letter);
	tcase_add_test(t, the_next_one_is_told);
	suite_add_tcase(s, t);
	return tap_run(s);
}
