/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "core/ladder.h"
#include "tests/tap.h"

/* The model municipality's settings and recesses. */
static const struct settings tallvinge = {
	.invite_days = 42,
	.remind_days = 14,
	.last_remind_workdays = 3,
	.overdue_workdays = 1,
	.escalate_workdays = 10,
	.chair_workdays = 25,
};

static dayno day(int line, const char *text)
{
	dayno d = DAY_NONE;

	if (strcmp(text, "-") != 0)
		ck_assert_msg(date_parse(text, &d), "line %d: no date: %s", line, text);
	return d;
}

static struct workcal calendar(struct period recess[2])
{
	recess[0] = (struct period){ day(0, "2026-12-21"), day(0, "2027-01-08") };
	recess[1] = (struct period){ day(0, "2027-06-28"), day(0, "2027-08-08") };
	return (struct workcal){ .recess = recess, .n_recess = 2 };
}

static void check_row(int line, char **field, int n)
{
	struct period recess[2];
	struct workcal cal = calendar(recess);
	char got[DATE_TEXT];

	ck_assert_msg(n == 4 || n == 6, "line %d: act_by | sent | today | rung, or rung | its day; "
	              "last notice | stop date", line);
	struct ladder ladder = ladder_to(&tallvinge, &cal, day(line, field[0]));
	if (n == 6) {
		ladder.last = day(line, field[4]);
		ladder.stop = day(line, field[5]);
	}
	if (!strcmp(field[1], "day")) {
		int rung = rung_by_name(field[2]);
		ck_assert_msg(rung > RUNG_NONE, "line %d: no rung: %s", line, field[2]);
		date_text(ladder_day(&ladder, (enum rung)rung), got);
		ck_assert_msg(!strcmp(got, field[3]), "line %d: falls on %s", line, got);
		return;
	}
	int sent = rung_by_name(field[1]);
	ck_assert_msg(sent >= 0, "line %d: no rung: %s", line, field[1]);
	enum rung r = ladder_rung(&ladder, (enum rung)sent, day(line, field[2]));
	ck_assert_msg(!strcmp(rung_name(r), field[3]), "line %d: gave %s", line, rung_name(r));
}

START_TEST(ladder_follows_its_table)
{
	tap_table("tests/cases/ladder.txt", check_row);
}
END_TEST

/* Between today and ladder_next() nothing may be due to go out, or a wake-up is lost. */
static void check_next(const struct ladder *ladder, enum rung sent, dayno today)
{
	dayno next = ladder_next(ladder, sent, today);
	dayno end = next == DAY_NONE ? today + 90 : next;

	ck_assert_int_gt(end, today);
	ck_assert_int_eq(sent == RUNG_CHAIR, next == DAY_NONE);
	for (dayno d = today + 1; d < end; d++)
		ck_assert_int_eq(ladder_rung(ladder, sent, d), RUNG_NONE);
	if (next != DAY_NONE)
		ck_assert_int_ne(ladder_rung(ladder, sent, next), RUNG_NONE);
}

START_TEST(next_sleeps_over_nothing)
{
	struct period recess[2];
	struct workcal cal = calendar(recess);
	dayno first = day(0, "2026-11-20"), last = day(0, "2027-12-31");

	for (dayno act_by = first; act_by <= last; act_by += 5)
		for (int sent = RUNG_NONE; sent < RUNG_COUNT; sent++)
			for (dayno today = act_by - 60; today < act_by + 60; today += 3) {
				struct ladder ladder = ladder_to(&tallvinge, &cal, act_by);
				if (sent >= RUNG_INVITE)
					ladder.last = today - today % 7;
				if (sent == RUNG_ESCALATE && today % 2)
					ladder.stop = ladder_stop_from(&cal, ladder.last) + act_by % 20;
				check_next(&ladder, (enum rung)sent, today);
			}
}
END_TEST

/* A chair is told before the body's papers close, and never before the superior. */
START_TEST(a_chair_is_told_in_time)
{
	struct period recess[2];
	struct workcal cal = calendar(recess);
	dayno act_by = day(0, "2027-03-19");

	for (dayno told = act_by + 10; told < act_by + 40; told++) {
		dayno least = ladder_stop_from(&cal, told);
		for (dayno stop = least; stop < told + 60; stop++) {
			struct ladder ladder = ladder_to(&tallvinge, &cal, act_by);
			ladder.last = told;
			ladder.stop = stop;
			dayno d = ladder_day(&ladder, RUNG_CHAIR);
			ck_assert_int_lt(d, stop);
			ck_assert_int_gt(d, told);
			ck_assert(workday_is(&cal, d));
		}
	}
}
END_TEST

START_TEST(rungs_fall_on_working_days_in_order)
{
	struct period recess[2];
	struct workcal cal = calendar(recess);
	dayno first = day(0, "2026-11-20"), last = day(0, "2028-02-28");

	for (dayno act_by = first; act_by <= last; act_by++) {
		dayno before = DAY_NONE;
		if (!workday_is(&cal, act_by))
			continue;
		for (int r = RUNG_INVITE; r < RUNG_COUNT; r++) {
			struct ladder ladder = ladder_to(&tallvinge, &cal, act_by);
			dayno d = ladder_day(&ladder, (enum rung)r);
			ck_assert(workday_is(&cal, d));
			ck_assert_int_ge(d, before);
			if (r < RUNG_OVERDUE) {
				ck_assert_ptr_null(workday_recess(&cal, d));
				ck_assert_int_le(d, act_by);
			} else {
				ck_assert_int_gt(d, act_by);
			}
			before = d;
		}
	}
}
END_TEST

START_TEST(nothing_known_nothing_sent)
{
	struct workcal cal = { .n_own = 0 };

	struct ladder nothing = ladder_to(&tallvinge, &cal, DAY_NONE);
	struct ladder some = ladder_to(&tallvinge, &cal, 20000);

	ck_assert_int_eq(ladder_rung(&nothing, RUNG_NONE, 20000), RUNG_NONE);
	ck_assert_int_eq(ladder_next(&nothing, RUNG_NONE, 20000), DAY_NONE);
	ck_assert_int_eq(ladder_day(&nothing, RUNG_CHAIR), DAY_NONE);
	ck_assert_int_eq(ladder_day(&some, RUNG_NONE), DAY_NONE);
	ck_assert_int_eq(rung_by_name("mayor"), -1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("ladder");
	TCase *t = tcase_create("ladder");

	tcase_add_test(t, ladder_follows_its_table);
	tcase_add_test(t, a_chair_is_told_in_time);
	tcase_add_test(t, next_sleeps_over_nothing);
	tcase_add_test(t, rungs_fall_on_working_days_in_order);
	tcase_add_test(t, nothing_known_nothing_sent);
	suite_add_tcase(s, t);
	return tap_run(s);
}
