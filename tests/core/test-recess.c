/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "core/ladder.h"
#include "tests/tap.h"

/* Reads "key = value" into the register; the fault, or "". */
static const char *add(struct registry *r, const char *text)
{
	const char *equals = strchr(text, '=');
	struct recess *all;
	size_t n;

	ck_assert_msg(equals, "no key: %s", text);
	const char *key = arena_dupn(&r->arena, text, (size_t)(equals - text));
	const char *fault = recess_read(&r->arena, key, equals + 1, &all, &n);
	for (size_t i = 0; !*fault && i < n; i++) {
		r->recess = arena_grow(&r->arena, r->recess, r->n_recess, &r->cap_recess,
		                       sizeof(*r->recess));
		r->recess[r->n_recess++] = all[i];
	}
	return fault;
}

static void say_year(const struct registry *r, int year, struct buf *out)
{
	struct workcal cal = registry_workcal(r);
	const struct period *last = NULL;
	char from[DATE_TEXT], to[DATE_TEXT];

	for (dayno d = date_of(year, 1, 1); d <= date_of(year, 12, 31); d++) {
		const struct period *p = workday_recess(&cal, d);
		if (p && p != last)
			buf_fmt(out, "%s%s/%s", out->len ? " " : "", date_text(p->from, from),
			        date_text(p->to, to));
		last = p;
	}
}

static void check_row(int line, char **field, int n)
{
	struct buf got AUTO(buf_release) = BUF_INIT;
	struct registry r AUTO(registry_release);
	const char *fault = "";
	char *rest = field[0];

	ck_assert_msg(n == 3, "recess.txt:%d", line);
	registry_init(&r);
	for (char *one; !*fault && (one = strsep(&rest, ";"));)
		fault = add(&r, one + strspn(one, " "));
	if (!strcmp(field[1], "-") || *fault) {
		ck_assert_msg(*fault && strstr(fault, field[2]), "recess.txt:%d: %s", line, fault);
		return;
	}
	registry_settle(&r);
	say_year(&r, atoi(field[1]), &got);
	ck_assert_msg(!strcmp(got.len ? got.data : "-", field[2]), "recess.txt:%d: %s", line, got.data);
}

START_TEST(recesses_come_to_what_the_table_says)
{
	tap_table("tests/cases/recess.txt", check_row);
}
END_TEST

static const struct settings plain = {
	.invite_days = 42, .remind_days = 14, .last_remind_workdays = 3, .overdue_workdays = 1,
};

static dayno rung_day(const struct workcal *cal, dayno act_by, enum rung r)
{
	struct ladder ladder = ladder_to(&plain, cal, act_by);

	return ladder_day(&ladder, r);
}

/* The ladder of a register that has been running for ten years, and for a hundred. */
START_TEST(a_yearly_recess_outlives_the_register)
{
	struct registry r AUTO(registry_release);

	registry_init(&r);
	ck_assert_str_eq(add(&r, "sommaruppehåll=06-28/08-08"), "");
	ck_assert_str_eq(add(&r, "juluppehåll=12-21/01-08"), "");
	registry_settle(&r);
	struct workcal cal = registry_workcal(&r);
	for (int y = 2027; y < 2127; y++) {
		for (dayno act_by = date_of(y, 1, 1); act_by <= date_of(y, 12, 31); act_by++) {
			dayno invite = rung_day(&cal, act_by, RUNG_INVITE);
			struct ymd at = date_ymd(invite);
			int md = at.m * 100 + at.d;
			ck_assert(!(md >= 628 && md <= 808) && !(md >= 1221 || md <= 108));
			ck_assert(workday_is(&cal, invite));
		}
	}
}
END_TEST

/* One recess soon after another: what falls in the first may not be put off
 * into the second, nor past the day that the work must be ready. */
START_TEST(no_rung_is_put_off_past_its_purpose)
{
	struct period two[] = {
		{ date_of(2027, 6, 7), date_of(2027, 6, 18) }, { date_of(2027, 6, 21), date_of(2027, 8, 1) },
	};
	struct workcal cal = { .recess = two, .n_recess = ARRAY_LEN(two) };

	ck_assert_int_eq(rung_day(&cal, date_of(2027, 6, 30), RUNG_REMIND),
	                 date_of(2027, 6, 4));
	ck_assert_int_eq(rung_day(&cal, date_of(2027, 8, 3), RUNG_INVITE),
	                 date_of(2027, 8, 2));
	for (dayno act_by = date_of(2027, 5, 3); act_by < date_of(2027, 12, 31); act_by++) {
		for (int r = RUNG_INVITE; r < RUNG_OVERDUE; r++)
			ck_assert_int_le(rung_day(&cal, act_by, (enum rung)r), act_by);
	}
}
END_TEST

/* A mistake in the register must not hang the program: every working week a
 * recess of its own for years, and no day without one. */
START_TEST(the_ladder_gives_up_on_endless_recesses)
{
	enum { WEEKS = 200 };
	dayno monday = date_of(2027, 1, 4);
	struct period week[WEEKS], always = { date_of(1900, 1, 1), date_of(2200, 12, 31) };

	for (int i = 0; i < WEEKS; i++)
		week[i] = (struct period){ monday + 7 * i, monday + 7 * i + 4 };
	struct workcal weeks = { .recess = week, .n_recess = WEEKS };
	dayno act_by = monday + 7 * 100, day = rung_day(&weeks, act_by, RUNG_REMIND);
	struct ladder ladder = ladder_to(&plain, &weeks, act_by);

	ck_assert_int_lt(day, act_by - 7 * 60);
	ck_assert_int_gt(day, act_by - 7 * 70);
	ck_assert_int_eq(ladder_rung(&ladder, RUNG_NONE, act_by), RUNG_NONE);
	ck_assert_int_gt(ladder_next(&ladder, RUNG_NONE, act_by), act_by);

	struct workcal all = { .recess = &always, .n_recess = 1 };
	ladder.cal = &all;
	ck_assert_int_le(rung_day(&all, act_by, RUNG_REMIND), act_by);
	ck_assert_int_eq(ladder_rung(&ladder, RUNG_NONE, act_by - 10), RUNG_NONE);
	ck_assert_int_eq(ladder_rung(&ladder, RUNG_NONE, act_by + 10), RUNG_OVERDUE);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("recess");
	TCase *t = tcase_create("recess");

	tcase_add_test(t, recesses_come_to_what_the_table_says);
	tcase_add_test(t, a_yearly_recess_outlives_the_register);
	tcase_add_test(t, no_rung_is_put_off_past_its_purpose);
	tcase_add_test(t, the_ladder_gives_up_on_endless_recesses);
	suite_add_tcase(s, t);
	return tap_run(s);
}
