/* SPDX-License-Identifier: EUPL-1.2 */
/* The day that a letter names for the next one is the day of the next one. */
#include <string.h>

#include "core/plan.h"
#include "tests/core/desk.h"
#include "tests/tap.h"

static struct period recess;

/* A chair for SON, and an item of its chief that must be ready on 15 February. */
static void lay(void)
{
	desk_lay();
	struct role chair = { .id = "ordf", .address = "ordf@t.example", .org = "SON",
	                      .kind = ROLE_ELECTED, .from = DAY_NONE, .to = DAY_NONE };
	town.roles = arena_grow(&town.arena, town.roles, town.n_roles, &town.cap_roles,
	                        sizeof(*town.roles));
	town.roles[town.n_roles++] = chair;
	for (size_t i = 0; i < town.n_bodies; i++)
		if (!strcmp(town.bodies[i].id, "SON"))
			town.bodies[i].chair = "ordf@t.example";
	add("A", "sc", "SON")->decided = town_day("2026-02-15");
}

/* The letter is out. Returns the day that it names. */
static dayno sent(void)
{
	const struct plan_letter *l = &plan.letters[0];
	dayno next = plan_next_notice(&town, l, in.today);

	ck_assert_uint_eq(plan.n_letters, 1);
	standing[0] = l->items[0].review;
	standing[0].id = "X.1";
	if (!*standing[0].letter)
		memcpy(standing[0].letter, "GR-1", sizeof("GR-1"));
	letters[0] = (struct letter){ .ref = "GR-1", .role = "sc", .body = "SON",
	                              .address = "sc@t.example" };
	in.n_reviews = in.n_letters = 1;
	return next;
}

/* Nobody answers until nobody is written to any more. Returns the number of letters. */
static int climb(dayno from)
{
	char day[DATE_TEXT], named[DATE_TEXT];
	dayno next = DAY_NONE;
	int n = 0;

	in.n_reviews = in.n_letters = 0;
	for (in.today = from; in.today < from + 300; in.today++) {
		pass();
		if (next == in.today || (plan.n_letters && n))
			ck_assert_msg(plan.n_letters && next == in.today, "letter %d named %s; today is %s", n,
			              date_text(next, named), date_text(in.today, day));
		if (!plan.n_letters)
			continue;
		next = sent();
		n++;
	}
	return n;
}

START_TEST(every_letter_names_the_day_of_the_next)
{
	for (dayno from = town_day("2026-12-20"); from < town_day("2027-03-01"); from++)
		ck_assert_int_ge(climb(from), 3);
}
END_TEST

START_TEST(also_across_a_recess)
{
	town.rests = &recess;
	town.n_rests = 1;
	for (int first = -30; first < 10; first += 5)
		for (int days = 3; days < 20; days += 8) {
			recess = (struct period){ town_day("2027-02-15") + first,
			                          town_day("2027-02-15") + first + days };
			for (dayno from = town_day("2026-12-31"); from < town_day("2027-02-14"); from += 7)
				ck_assert_int_ge(climb(from), 3);
		}
}
END_TEST

/* 4 January is 42 days before. */
START_TEST(no_day_is_named_where_nothing_will_be_written)
{
	in.today = town_day("2027-01-04");
	pass();
	ck_assert_int_eq(sent(), town_day("2027-02-01"));
	town.settings.review_mails = 1;
	in.n_reviews = 0;
	pass();
	ck_assert_int_eq(sent(), DAY_NONE);
	town.settings.review_mails = 2;
	ck_assert_int_eq(plan_next_notice(&town, &plan.letters[0], in.today), town_day("2027-02-01"));
	town_role(&town, "sc")->to = town_day("2027-01-31");
	ck_assert_int_eq(plan_next_notice(&town, &plan.letters[0], in.today), DAY_NONE);
	town_role(&town, "sc")->to = town_day("2027-02-01");
	struct absence away = { .role = "sc", .from = town_day("2027-02-01"),
	                        .to = town_day("2027-02-02"), .source = "register" };
	town.absences = arena_grow(&town.arena, town.absences, 0, &town.cap_absences, sizeof(away));
	town.absences[town.n_absences++] = away;
	ck_assert_int_eq(plan_next_notice(&town, &plan.letters[0], in.today), DAY_NONE);
}
END_TEST

/* What is overdue is told to somebody, or no day is named. */
START_TEST(whoever_is_told_is_there)
{
	enum rung rung = RUNG_ESCALATE;

	in.today = town_day("2027-02-16");
	pass();
	ck_assert_int_eq(plan.letters[0].rung, RUNG_OVERDUE);
	dayno next = sent();
	ck_assert_int_gt(next, in.today);
	ck_assert_str_eq(plan_told(&town, town_role(&town, "sc"), plan.letters[0].body, next, &rung)->id, "kd");
	ck_assert_int_eq(rung, RUNG_ESCALATE);
	town_role(&town, "sc")->superior = "ordf";
	ck_assert_str_eq(plan_told(&town, town_role(&town, "sc"), plan.letters[0].body, next, &rung)->id, "ordf");
	ck_assert_int_eq(rung, RUNG_CHAIR);
	town_role(&town, "sc")->superior = NULL;
	ck_assert_int_eq(plan_next_notice(&town, &plan.letters[0], in.today), DAY_NONE);
}
END_TEST

/* The day has moved: the rungs that were sent stay sent. */
START_TEST(a_letter_of_a_new_day_names_the_next)
{
	in.today = town_day("2027-01-04");
	pass();
	sent();
	item_of("A")->decided = town_day("2026-02-22");
	in.today++;
	pass();
	ck_assert(plan.letters[0].moved);
	ck_assert_int_eq(sent(), town_day("2027-02-08"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("plan-next");
	TCase *t = tcase_create("plan-next");

	tcase_add_checked_fixture(t, lay, desk_clear);
	tcase_add_test(t, every_letter_names_the_day_of_the_next);
	tcase_add_test(t, also_across_a_recess);
	tcase_add_test(t, no_day_is_named_where_nothing_will_be_written);
	tcase_add_test(t, whoever_is_told_is_there);
	tcase_add_test(t, a_letter_of_a_new_day_names_the_next);
	suite_add_tcase(s, t);
	return tap_run(s);
}
