/* SPDX-License-Identifier: EUPL-1.2 */
/* Verbs with one commit: each is whole or undone, and the group is before or after. */
#include <string.h>

#include "store/record.h"
#include "tests/store/fixture.h"

static int64_t chain(struct store *s)
{
	char head[DIGEST_HEX];
	int64_t rows;

	OK(store_record_verify(s, &rows, head, e));
	return rows;
}

START_TEST(what_fails_is_undone_and_the_rest_is_kept)
{
	struct store *s = open_filled();
	struct sample x, y, z;
	struct err said = ERR_INIT;
	int64_t before = chain(s);
	int n;

	sample_invitation(&x, "F01", 1, 1);
	sample_invitation(&y, "F02", 1, 1); /* a letter of the same name to another role */
	sample_invitation(&z, "F02", 1, 2);
	strcpy(y.letter.ref, x.letter.ref);
	OK(store_group_begin(s, STORE_PARTS, e));
	OK(store_apply(s, &x.change, e));
	OK(store_letter_serial(s, 2027, &n, e));
	ck_assert_int_eq(n, 1); /* seen within */
	y.letter.token_hash = "another";
	ck_assert_int_eq(store_apply(s, &y.change, &said), -1);
	OK(store_apply(s, &z.change, e));
	OK(store_group_end(s, e));
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM outbox"), 2);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM letter"), 2);
	ck_assert_int_eq(chain(s), before + 4);
	store_close(s);
}
END_TEST

START_TEST(what_fails_spoils_what_is_to_be_whole)
{
	struct store *s = open_filled();
	struct sample x, y, z;
	struct err said = ERR_INIT;
	int64_t before = chain(s);

	sample_invitation(&x, "F01", 1, 1);
	sample_invitation(&y, "F02", 1, 1); /* a letter of the same name to another role */
	sample_invitation(&z, "F02", 1, 2);
	strcpy(y.letter.ref, x.letter.ref);
	y.letter.token_hash = "another";
	OK(store_group_begin(s, STORE_WHOLE, e));
	OK(store_apply(s, &x.change, e));
	ck_assert_int_eq(store_apply(s, &y.change, &said), -1);
	ck_assert_int_eq(store_apply(s, &z.change, &said), -1);
	ck_assert_int_eq(store_group_end(s, &said), -1);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM letter"), 0);
	ck_assert_int_eq(chain(s), before);
	/* and the next is not */
	OK(store_group_begin(s, STORE_WHOLE, e));
	OK(store_apply(s, &x.change, e));
	OK(store_apply(s, &z.change, e));
	OK(store_group_end(s, e));
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM letter"), 2);
	ck_assert_int_eq(chain(s), before + 4);
	store_close(s);
}
END_TEST

/* Also where every verb did what it should. */
START_TEST(what_is_given_up_is_undone)
{
	struct store *s = open_filled();
	struct err said = ERR_INIT;
	struct sample x;
	int64_t before = chain(s);

	sample_invitation(&x, "F01", 1, 1);
	OK(store_group_begin(s, STORE_WHOLE, e));
	OK(store_apply(s, &x.change, e));
	store_group_undo(s);
	ck_assert_int_eq(store_group_end(s, &said), -1);
	ck_assert_int_eq(said.kind, ERR_OUTSIDE);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM letter"), 0);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM review"), 0);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM outbox"), 0);
	ck_assert_int_eq(chain(s), before);
	OK(store_group_begin(s, STORE_WHOLE, e));
	OK(store_apply(s, &x.change, e));
	OK(store_group_end(s, e));
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM letter"), 1);
	store_close(s);
}
END_TEST

START_TEST(what_ends_within_a_group_never_was)
{
	struct store *s = open_filled();
	struct sample x;
	int64_t before = chain(s);

	sample_invitation(&x, "F01", 1, 1);
	OK(store_group_begin(s, STORE_PARTS, e));
	OK(store_apply(s, &x.change, e));
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM letter"), 0); /* not seen without */
	store_close(s);
	s = open_with(STORE_VOLATILE);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM letter"), 0);
	ck_assert_int_eq(chain(s), before);
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("group");
	TCase *t = tcase_create("group");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, fixture_start, fixture_end);
	tcase_add_test(t, what_fails_is_undone_and_the_rest_is_kept);
	tcase_add_test(t, what_fails_spoils_what_is_to_be_whole);
	tcase_add_test(t, what_is_given_up_is_undone);
	tcase_add_test(t, what_ends_within_a_group_never_was);
	suite_add_tcase(s, t);
	return tap_run(s);
}
