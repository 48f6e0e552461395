/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "core/trust.h"
#include "tests/tap.h"

static struct role roles[] = {
	{ .id = "chief", .address = "chief@k.example", .deputy = "deputy", .from = DAY_NONE,
	  .to = 100 },
	{ .id = "deputy", .address = "deputy@k.example", .from = 50, .to = 100 },
	{ .id = "other", .address = "other@k.example", .alias = "o@k.example second@k.example", .from = DAY_NONE, .to = DAY_NONE },
	{ .id = "new", .address = "Chief@K.example", .from = 101, .to = DAY_NONE },
	{ .id = "dso", .address = "dso@k.example", .kind = ROLE_OFFICER, .from = DAY_NONE,
	  .to = DAY_NONE },
	{ .id = "chair", .address = "chair@k.example", .kind = ROLE_ELECTED, .from = DAY_NONE,
	  .to = DAY_NONE },
};
static const struct registry reg = { .roles = roles, .n_roles = 6 };

static struct trust judge(const struct role *holder, dayno day, enum trust_profile p,
                          const char *from, const char *domain)
{
	const struct trust_facts f = { .token_found = true, .token_matches = true, .from = from,
		                       .auth_domain = domain, .asked = DAY_NONE,
		                       .written = DAY_NONE };

	return trust_judge(&reg, holder, day, p, &f);
}

START_TEST(the_holder_and_the_deputy_may_answer)
{
	struct trust t = judge(&roles[0], 60, TRUST_NONE, "CHIEF@k.EXAMPLE", NULL);

	ck_assert(t.identified && t.as == &roles[0] && !t.deputy);
	ck_assert_int_eq(t.domain, FACT_UNKNOWN);
	t = judge(&roles[0], 60, TRUST_NONE, "deputy@k.example", NULL);
	ck_assert(t.identified && t.as == &roles[1] && t.deputy);
	t = judge(&roles[0], 49, TRUST_NONE, "deputy@k.example", NULL);
	ck_assert(!t.identified && !t.as && t.sender == FACT_NO);
	t = judge(&roles[0], 60, TRUST_NONE, "other@k.example", NULL);
	ck_assert(!t.identified && t.sender == FACT_NO && t.token == FACT_YES);
}
END_TEST

START_TEST(a_role_not_in_force_answers_for_nothing)
{
	struct trust t = judge(&roles[0], 101, TRUST_NONE, "chief@k.example", NULL);

	ck_assert(t.identified && t.as == &roles[3]); /* the same mailbox under a new post */
	roles[3].from = 200;
	t = judge(&roles[0], 101, TRUST_NONE, "chief@k.example", NULL);
	ck_assert(!t.identified && !t.as);
	roles[3].from = 101;
	t = judge(&roles[4], 60, TRUST_NONE, "dso@k.example", NULL);
	ck_assert(!t.identified && t.sender == FACT_NO);
	t = judge(NULL, 60, TRUST_NONE, "chief@k.example", NULL);
	ck_assert(!t.identified);
	t = judge(&roles[0], 60, TRUST_NONE, NULL, NULL);
	ck_assert(!t.identified);
}
END_TEST

START_TEST(the_token_must_name_the_letter)
{
	struct trust_facts f = { .token_found = true, .from = "chief@k.example" };
	struct trust t = trust_judge(&reg, &roles[0], 60, TRUST_NONE, &f);

	ck_assert(!t.identified && t.token == FACT_NO && t.sender == FACT_YES);
	f = (struct trust_facts){ .token_matches = true, .from = "chief@k.example" };
	t = trust_judge(&reg, &roles[0], 60, TRUST_NONE, &f);
	ck_assert(!t.identified && t.token == FACT_NO);
}
END_TEST

START_TEST(with_authserv_the_domain_must_be_vouched_for)
{
	struct trust t = judge(&roles[0], 60, TRUST_AUTHSERV, "chief@k.example", NULL);

	ck_assert(!t.trusted && t.identified && t.domain == FACT_NO);
	t = judge(&roles[0], 60, TRUST_AUTHSERV, "chief@k.example", "evil.example");
	ck_assert(!t.trusted && t.domain == FACT_NO);
	t = judge(&roles[0], 60, TRUST_AUTHSERV, "chief@k.example", "K.example");
	ck_assert(t.trusted && t.domain == FACT_YES);
}
END_TEST

/* ---- the table: who may do what, made of the facts alone ---- */

static enum fact fact_of(int line, const char *word)
{
	for (int f = FACT_NO; f <= FACT_UNKNOWN; f++)
		if (!strcmp(fact_name((enum fact)f), word))
			return (enum fact)f;
	ck_abort_msg("line %d: no fact is called %s", line, word);
}

static enum trust_act act_of(int line, const char *word)
{
	if (!strcmp(word, "word"))
		return ACT_WORD;
	if (!strcmp(word, "review"))
		return ACT_REVIEW;
	ck_assert_msg(!strcmp(word, "board"), "line %d: no act is called %s", line, word);
	return ACT_BOARD;
}

static int rows;

static void policy_row(int line, char **field, int n)
{
	ck_assert_msg(n == 7, "line %d: profile | token | sender | domain | direct | act | verdict", line);
	const char *who = !strcmp(field[2], "no") ? "stranger@k.example"
	                  : !strcmp(field[2], "chair") ? "chair@k.example" : "chief@k.example";
	const struct role *holder = !strcmp(field[2], "chair") ? &roles[5] : &roles[0];
	bool token = fact_of(line, field[1]) == FACT_YES;
	enum fact domain = fact_of(line, field[3]);
	const struct trust_facts f = {
		.token_found = token, .token_matches = token, .from = who,
		.auth_domain = domain == FACT_YES ? "k.example" : NULL,
		.indirect = strcmp(field[4], "no") ? NULL : "somebody sent it on",
		.asked = 50, .written = !strcmp(field[4], "old") ? 48 : !strcmp(field[4], "ahead") ? 63 : 60,
	};
	struct trust t = trust_judge(&reg, holder, 60,
	                             !strcmp(field[0], "none") ? TRUST_NONE : TRUST_AUTHSERV, &f);
	ck_assert_msg(t.domain == domain, "line %d: domain is %s", line, fact_name(t.domain));
	const char *got = trust_verdict_name(trust_policy(&t, act_of(line, field[5])));
	ck_assert_msg(!strcmp(got, field[6]), "line %d: %s, not %s", line, got, field[6]);
	ck_assert_ptr_nonnull(trust_reason(&t));
	rows++;
}

START_TEST(the_policy_is_what_the_table_says)
{
	tap_table("tests/cases/trust.txt", policy_row);
	ck_assert_int_gt(rows, 20);
}
END_TEST

/* Whatever the facts are: nothing is done at once unless all of them hold. */
START_TEST(nothing_is_done_unless_all_holds)
{
	for (int i = 0; i < 3 * 3 * 3 * 2 * 2; i++) {
		struct trust t = { .token = (enum fact)(i % 3), .sender = (enum fact)(i / 3 % 3),
		                   .domain = (enum fact)(i / 9 % 3), .direct = i / 27 % 2,
		                   .board = i / 54 % 2 };
		bool all = t.token == FACT_YES && t.sender == FACT_YES && t.domain == FACT_YES
		           && t.direct && !t.board;
		ck_assert_int_eq(trust_policy(&t, ACT_REVIEW) == TRUST_DO, all);
		ck_assert(trust_policy(&t, ACT_BOARD) != TRUST_DO);
		if (t.token != FACT_YES || t.sender != FACT_YES)
			ck_assert(trust_policy(&t, ACT_REVIEW) != TRUST_CONFIRM);
	}
}
END_TEST

START_TEST(an_alias_is_an_address_of_the_role)
{
	ck_assert(judge(&roles[2], 60, TRUST_NONE, "O@k.example", NULL).identified);
	ck_assert(judge(&roles[2], 60, TRUST_NONE, "second@K.example", NULL).identified);
	ck_assert(!judge(&roles[2], 60, TRUST_NONE, "o@k.exampl", NULL).identified);
	ck_assert(!judge(&roles[2], 60, TRUST_NONE, "o@k.example second@k.example", NULL).identified);
	ck_assert(!judge(&roles[2], 60, TRUST_NONE, "second@k.example ", NULL).identified);
	ck_assert(!judge(&roles[2], 60, TRUST_NONE, "", NULL).identified);
	/* A local part outside ASCII is another one as soon as a byte differs. */
	ck_assert(trust_same_address("\xC3\xA5sa@k.example", "\xC3\xA5sa@K.example"));
	ck_assert(!trust_same_address("\xC3\x85sa@k.example", "\xC3\xA5sa@k.example"));
}
END_TEST

START_TEST(addresses_differ_by_more_than_case)
{
	ck_assert(trust_same_address("Anna@K.example", "anna@k.EXAMPLE"));
	ck_assert(!trust_same_address("anna@k.example", "anna@k.example2"));
	ck_assert(!trust_same_address("an.na@k.example", "anna@k.example"));
	ck_assert(!trust_same_address("", ""));
	ck_assert(!trust_same_address(NULL, NULL));
	ck_assert_str_eq(fact_name(FACT_UNKNOWN), "unknown");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("core/trust");
	TCase *t = tcase_create("trust");

	suite_add_tcase(s, t);
	tcase_add_test(t, the_holder_and_the_deputy_may_answer);
	tcase_add_test(t, a_role_not_in_force_answers_for_nothing);
	tcase_add_test(t, the_token_must_name_the_letter);
	tcase_add_test(t, with_authserv_the_domain_must_be_vouched_for);
	tcase_add_test(t, the_policy_is_what_the_table_says);
	tcase_add_test(t, nothing_is_done_unless_all_holds);
	tcase_add_test(t, an_alias_is_an_address_of_the_role);
	tcase_add_test(t, addresses_differ_by_more_than_case);
	return tap_run(s);
}
