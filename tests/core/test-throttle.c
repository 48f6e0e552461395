/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/throttle.h"
#include "tests/tap.h"

START_TEST(operators_are_known)
{
	static const char *const theirs[] = { "smtp.office365.com", "SMTP.Office365.com",
		"outlook.office365.com", "smtp-mail.outlook.com", "office365.com" };
	static const char *const not_theirs[] = { "mail.kommun.example", "notoffice365.com",
		"office365.com.example", "" };

	for (size_t i = 0; i < sizeof(theirs) / sizeof(*theirs); i++) {
		struct throttle t = throttle_of_host(theirs[i]);
		ck_assert_int_eq(t.per_minute, 30);
		ck_assert_int_eq(t.per_day, 10000);
	}
	for (size_t i = 0; i < sizeof(not_theirs) / sizeof(*not_theirs); i++)
		ck_assert_int_eq(throttle_of_host(not_theirs[i]).per_minute, 0);
	ck_assert_int_eq(throttle_of_host(NULL).per_day, 0);
}
END_TEST

START_TEST(the_narrower_limit_counts)
{
	struct throttle none = { 0, 0 }, both = { 30, 100 };

	ck_assert_int_eq(throttle_room(&none, 1000, 100000, 50), 50);
	ck_assert_int_eq(throttle_room(&both, 0, 0, 50), 30);
	ck_assert_int_eq(throttle_room(&both, 0, 0, 10), 10);
	ck_assert_int_eq(throttle_room(&both, 29, 29, 50), 1);
	ck_assert_int_eq(throttle_room(&both, 30, 30, 50), 0);
	ck_assert_int_eq(throttle_room(&both, 0, 98, 50), 2);
	ck_assert_int_eq(throttle_room(&both, 31, 131, 50), 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("throttle");
	TCase *t = tcase_create("throttle");

	tcase_add_test(t, operators_are_known);
	tcase_add_test(t, the_narrower_limit_counts);
	suite_add_tcase(s, t);
	return tap_run(s);
}
