/* SPDX-License-Identifier: EUPL-1.2 */
/* The data protection officer is told, once, and of little. */
#include <string.h>

#include "tests/core/desk.h"
#include "tests/tap.h"

static const struct plan_letter *copy_letter(void)
{
	const struct plan_letter *found = NULL;

	for (size_t i = 0; i < plan.n_letters; i++)
		if (plan.letters[i].kind == PLAN_COPY) {
			ck_assert_ptr_null(found);
			found = &plan.letters[i];
		}
	return found;
}

static dayno next_look(const char *item)
{
	for (size_t i = 0; i < plan.n_looks; i++)
		if (!strcmp(plan.looks[i].item->id, item))
			return plan.looks[i].next;
	return DAY_NONE;
}

static void again(dayno day)
{
	plan = (struct plan){ .letters = NULL };
	in.today = day;
	plan_pass(&in, &arena, &plan);
}

static struct review *opened_on(const char *item, int n, dayno day)
{
	struct review *r = stand(item, n, "sc@t.example");

	r->opened = r->last_notice = day;
	letters[0].role = "sc";
	letters[0].body = "SON";
	return r;
}

START_TEST(what_concerns_personal_data)
{
	static const struct {
		const char *title;
		enum item_kind kind;
		const char *role;
		bool personal;
	} cases[] = {
		{ "Register", ITEM_PROCESSING, "sc", true },
		{ "Rutin för personuppgiftsincidenter", ITEM_ROUTINE, "sc", true },
		{ "RIKTLINJER FÖR DATASKYDD", ITEM_DOCUMENT, "sc", true },
		{ "Rutin för nycklar", ITEM_ROUTINE, "sc", false },
		{ "Rutin för nycklar", ITEM_ROUTINE, "dso", true }, /* the officer works on it */
		{ "Register över personuppgifter", ITEM_ASSET, "sc", false },
		{ "Förteckning", ITEM_INVENTORY, "sc", false },
		{ "Utbildning i dataskydd", ITEM_TRAINING, "sc", false },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct item item = item_blank();

		item.id = "X";
		item.title = cases[i].title;
		item.kind = cases[i].kind;
		item.responsible = cases[i].role;
		ck_assert_msg(plan_personal(&town, &item) == cases[i].personal, "%s", cases[i].title);
	}
}
END_TEST

START_TEST(the_officer_is_told_the_day_after_in_one_letter)
{
	add("A", "sc", "SON")->kind = ITEM_PROCESSING;
	add("B", "sc", "SON")->kind = ITEM_PROCESSING;
	add("C", "sc", "SON");
	opened_on("A", 1, in.today)->id = "A.1";
	opened_on("B", 2, in.today)->id = "B.1";
	opened_on("C", 3, in.today)->id = "C.1";
	dayno monday = in.today;
	registry_index(&town);
	again(monday);
	ck_assert_ptr_null(copy_letter()); /* more may be opened today */
	ck_assert_int_eq(next_look("A"), monday + 1);
	again(monday + 1);
	const struct plan_letter *l = copy_letter();
	ck_assert_ptr_nonnull(l);
	ck_assert_uint_eq(l->n, 2);
	ck_assert_str_eq(l->holder->id, "dso");
	ck_assert_str_eq(l->body->id, "SON");
	ck_assert_int_eq(l->items[1].review.copy_n, 2);
	ck_assert_int_eq(l->items[1].review.n, 2); /* its own stays */
	ck_assert_int_eq(l->items[0].review.state, REVIEW_OPEN);
	for (int i = 0; i < 2; i++)
		memcpy(standing[i].copy, "GR-9", 5);
	again(monday + 2);
	ck_assert_ptr_null(copy_letter()); /* once */
}
END_TEST

START_TEST(a_friday_is_followed_by_a_monday)
{
	add("A", "sc", "SON")->kind = ITEM_PROCESSING;
	dayno friday = in.today + 4;
	opened_on("A", 1, friday)->id = "A.1";
	registry_index(&town);
	again(friday);
	ck_assert_int_eq(next_look("A"), friday + 3);
	again(friday + 1);
	ck_assert_ptr_null(copy_letter());
	again(friday + 3);
	ck_assert_ptr_nonnull(copy_letter());
}
END_TEST

START_TEST(nobody_is_told_where_there_is_no_officer)
{
	add("A", "sc", "SON")->kind = ITEM_PROCESSING;
	opened_on("A", 1, in.today - 3)->id = "A.1";
	dayno from = town_role(&town, "dso")->from = in.today + 2;
	registry_index(&town);
	again(in.today);
	ck_assert_ptr_null(copy_letter());
	ck_assert_int_le(next_look("A"), from);
	again(from);
	ck_assert_ptr_nonnull(copy_letter());
	town.settings.officer_copies = 0;
	again(in.today);
	ck_assert_ptr_null(copy_letter());
	town.settings.officer_copies = 1;
	town_role(&town, "dso")->address = NULL;
	again(in.today);
	ck_assert_ptr_null(copy_letter());
}
END_TEST

START_TEST(bodies_do_not_share_a_letter)
{
	add("A", "sc", "SON")->kind = ITEM_PROCESSING;
	add("B", "kd", "KS")->kind = ITEM_PROCESSING;
	opened_on("A", 1, in.today - 3)->id = "A.1";
	standing[1] = standing[0];
	standing[1].id = "B.1";
	standing[1].item = "B";
	standing[1].version = plan_version(&arena, item_of("B"));
	memcpy(standing[1].letter, "", 1);
	item_of("B")->decided = item_of("A")->decided;
	in.n_reviews = 2;
	registry_index(&town);
	again(in.today);
	size_t n = 0;
	for (size_t i = 0; i < plan.n_letters; i++)
		n += plan.letters[i].kind == PLAN_COPY && plan.letters[i].n == 1;
	ck_assert_uint_eq(n, 2);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("plan-copy");
	TCase *t = tcase_create("plan-copy");

	tcase_add_checked_fixture(t, desk_lay, desk_clear);
	tcase_add_test(t, what_concerns_personal_data);
	tcase_add_test(t, the_officer_is_told_the_day_after_in_one_letter);
	tcase_add_test(t, a_friday_is_followed_by_a_monday);
	tcase_add_test(t, nobody_is_told_where_there_is_no_officer);
	tcase_add_test(t, bodies_do_not_share_a_letter);
	suite_add_tcase(s, t);
	return tap_run(s);
}
