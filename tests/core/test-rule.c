/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "core/rule.h"
#include "tests/tap.h"

static const char *const canonical[] = {
	"EVERY 4Y", "EVERY 4Y FROM DECIDED", "EVERY 18M", "EVERY 2W", "EVERY 30D",
	"YEARLY 11-30", "YEARLY 02-29", "YEARLY W45", "YEARLY W05", "TERM ONCE", "TERM START",
	"TERM END", "EVENT rsa", "EVENT val-6M", "EVENT incident+3M",
	"EVENT ledningens_genomgang",
	"MAXGAP 2Y", "REVIEW_BY 2027-06-30", "END 2026-12-31", "END decided+4Y", "WITH_PARENT",
	"OPEN", "ON_DEMAND", "ASK(längsta avstånd)", "ASK()", "NONE",
};

static const char *const not_rules[] = {
	"", "EVERY", "EVERY 0Y", "EVERY 4", "EVERY 4Å", "EVERY 4Y FROM", "EVERY -4Y",
	"EVERY 4Y4",
	"EVERY 99999999999999Y", "YEARLY", "YEARLY 13-01", "YEARLY 02-30", "YEARLY W54",
	"YEARLY W00",
	"YEARLY 1-1", "TERM", "TERM ONCE x", "EVENT", "EVENT RSA", "EVENT rsa-", "EVENT rsa-6",
	"EVENT rsa*6M", "EVENT aaaaaaaaaabbbbbbbbbbccccccccccdd", "MAXGAP 2Y FROM DECIDED",
	"REVIEW_BY", "REVIEW_BY 2027-02-31", "END", "END decided+", "END decided+4Yx",
	"WITH_PARENTS",
	"OPENED", "ASK", "ASK(", "NONE at all", "every 4Y",
};

START_TEST(canonical_text_goes_both_ways)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct rule rule;

	ck_assert_msg(rule_parse(&a, canonical[_i], &rule), "%s is no rule", canonical[_i]);
	rule_format(&rule, &out);
	ck_assert_str_eq(out.data, canonical[_i]);
}
END_TEST

START_TEST(what_is_no_rule_is_refused)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct rule rule;

	ck_assert_msg(!rule_parse(&a, not_rules[_i], &rule), "%s was read", not_rules[_i]);
}
END_TEST

START_TEST(a_rule_is_read_into_its_parts)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct rule rule;

	ck_assert(rule_parse(&a, "EVENT val-6M", &rule));
	ck_assert_int_eq(rule.kind, RULE_EVENT);
	ck_assert_int_eq(rule.n, -6);
	ck_assert_int_eq(rule.unit, UNIT_MONTH);
	ck_assert_str_eq(rule.event, "val");
	ck_assert(rule_parse(&a, "END decided+4Y", &rule));
	ck_assert_int_eq(rule.date, DAY_NONE);
	ck_assert_int_eq(rule.n, 4);
	ck_assert_str_eq(rule_kind_name(RULE_TERM_ONCE), "TERM ONCE");
}
END_TEST

START_TEST(facts_start_unknown)
{
	struct rules r;

	rules_init(&r);
	ck_assert_uint_eq(r.n, 0);
	ck_assert_int_eq(r.facts.valid_from, DAY_NONE);
	ck_assert_int_eq(r.facts.decided, DAY_NONE);
	ck_assert_int_eq(r.facts.proposed_review_by, DAY_NONE);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("core/rule");
	TCase *t = tcase_create("rule");

	tcase_add_loop_test(t, canonical_text_goes_both_ways, 0, (int)ARRAY_LEN(canonical));
	tcase_add_loop_test(t, what_is_no_rule_is_refused, 0, (int)ARRAY_LEN(not_rules));
	tcase_add_test(t, a_rule_is_read_into_its_parts);
	tcase_add_test(t, facts_start_unknown);
	suite_add_tcase(s, t);
	return tap_run(s);
}
