/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/trust.h"
#include "tests/tap.h"

static struct role roles[] = {
	{ .id = "chief", .address = "chief@k.example", .deputy = "deputy", .from = DAY_NONE,
	  .to = 100 },
	{ .id = "deputy", .address = "deputy@k.example", .from = 50, .to = 100 },
	{ .id = "other", .address = "other@k.example", .from = DAY_NONE, .to = DAY_NONE },
	{ .id = "new", .address = "Chief@K.example", .from = 101, .to = DAY_NONE },
	{ .id = "dso", .address = "dso@k.example", .kind = ROLE_OFFICER, .from = DAY_NONE,
	  .to = DAY_NONE },
};
static const struct registry reg = { .roles = roles, .n_roles = 5 };

static struct trust judge(const struct role *holder, dayno day, enum trust_profile p,
                          const char *from, const char *domain)
{
	const struct trust_facts f = { .token_found = true, .token_matches = true, .from = from,
		                       .auth_domain = domain };

	return trust_judge(&reg, holder, day, p, &f);
}

START_TEST(the_holder_and_the_deputy_may_answer)
{
	struct trust t = judge(&roles[0], 60, TRUST_TOKEN, "CHIEF@k.EXAMPLE", NULL);

	ck_assert(t.trusted && t.as == &roles[0] && !t.deputy);
	ck_assert_int_eq(t.domain, FACT_UNKNOWN);
	t = judge(&roles[0], 60, TRUST_TOKEN, "deputy@k.example", NULL);
	ck_assert(t.trusted && t.as == &roles[1] && t.deputy);
	t = judge(&roles[0], 49, TRUST_TOKEN, "deputy@k.example", NULL);
	ck_assert(!t.trusted && !t.as && t.sender == FACT_NO);
	t = judge(&roles[0], 60, TRUST_TOKEN, "other@k.example", NULL);
	ck_assert(!t.trusted && t.sender == FACT_NO && t.token == FACT_YES);
}
END_TEST

START_TEST(a_role_not_in_force_answers_for_nothing)
{
	struct trust t = judge(&roles[0], 101, TRUST_TOKEN, "chief@k.example", NULL);

	ck_assert(t.trusted && t.as == &roles[3]); /* the same mailbox under a new post */
	roles[3].from = 200;
	t = judge(&roles[0], 101, TRUST_TOKEN, "chief@k.example", NULL);
	ck_assert(!t.trusted && !t.as);
	roles[3].from = 101;
	t = judge(&roles[4], 60, TRUST_TOKEN, "dso@k.example", NULL);
	ck_assert(!t.trusted && t.sender == FACT_NO);
	t = judge(NULL, 60, TRUST_TOKEN, "chief@k.example", NULL);
	ck_assert(!t.trusted);
	t = judge(&roles[0], 60, TRUST_TOKEN, NULL, NULL);
	ck_assert(!t.trusted);
}
END_TEST

START_TEST(the_token_must_name_the_letter)
{
	struct trust_facts f = { .token_found = true, .from = "chief@k.example" };
	struct trust t = trust_judge(&reg, &roles[0], 60, TRUST_TOKEN, &f);

	ck_assert(!t.trusted && t.token == FACT_NO && t.sender == FACT_YES);
	f = (struct trust_facts){ .token_matches = true, .from = "chief@k.example" };
	t = trust_judge(&reg, &roles[0], 60, TRUST_TOKEN, &f);
	ck_assert(!t.trusted && t.token == FACT_NO);
}
END_TEST

START_TEST(with_authserv_the_domain_must_be_vouched_for)
{
	struct trust t = judge(&roles[0], 60, TRUST_AUTHSERV, "chief@k.example", NULL);

	ck_assert(!t.trusted && t.domain == FACT_NO);
	t = judge(&roles[0], 60, TRUST_AUTHSERV, "chief@k.example", "evil.example");
	ck_assert(!t.trusted && t.domain == FACT_NO);
	t = judge(&roles[0], 60, TRUST_AUTHSERV, "chief@k.example", "K.example");
	ck_assert(t.trusted && t.domain == FACT_YES);
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
	tcase_add_test(t, addresses_differ_by_more_than_case);
	return tap_run(s);
}
