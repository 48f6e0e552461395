/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "core/expr.h"
#include "tests/tap.h"

static const char *const fields[] = { "review", "validity", "deadline", "until", "date" };

static enum expr_field field_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		if (strcmp(name, fields[i]) == 0)
			return (enum expr_field)i;
	}
	ck_abort_msg("no field is called %s", name);
	return EXPR_REVIEW;
}

static void put_fact(struct buf *out, const char *name, dayno day)
{
	char text[DATE_TEXT];

	if (day != DAY_NONE)
		buf_fmt(out, "%s%s %s", out->len ? "; " : "", name, date_text(day, text));
}

static void put_rules(const struct rules *r, struct buf *out)
{
	for (size_t i = 0; i < r->n; i++) {
		if (out->len)
			buf_str(out, "; ");
		rule_format(&r->at[i], out);
	}
	put_fact(out, "VALID_FROM", r->facts.valid_from);
	put_fact(out, "DECIDED", r->facts.decided);
	put_fact(out, "REVISED", r->facts.revised);
	put_fact(out, "PROPOSED", r->facts.proposed_review_by);
}

static int bad;

static void expression_row(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct rules r;

	ck_assert_int_eq(n, 3);
	rules_init(&r);
	expr_read(&a, field[0], field_of(field[1]), &r);
	put_rules(&r, &out);
	if (strcmp(out.data, field[2]) == 0)
		return;
	bad++;
	printf("# line %d: %s | %s | %s\n#   expected %s\n", line, field[0], field[1], out.data,
	       field[2]);
}

START_TEST(expressions_become_rules)
{
	bad = 0;
	tap_table("tests/cases/expressions.txt", expression_row);
	ck_assert_int_eq(bad, 0);
}
END_TEST

/* What a word processor, a spreadsheet or a Mac makes of the same words. */
START_TEST(the_same_words_in_other_bytes)
{
	static const char *const forms[] = {
		"Vart fjärde år", "VART FJÄRDE ÅR", "  vart\tfjärde\r\når ",
		"Vart\xc2\xa0" "fjärde\xc2\xa0år",
		"Vart fja\xcc\x88rde a\xcc\x8ar", "Vart fjär\xc2\xad" "de år",
		"\xef\xbb\xbfVart fjärde år.",
		"”Vart fjärde år”",
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct rules r;

	rules_init(&r);
	expr_read(&a, forms[_i], EXPR_REVIEW, &r);
	put_rules(&r, &out);
	ck_assert_str_eq(out.data, "EVERY 4Y");
	ck_assert_ptr_nonnull(r.at[0].text);
}
END_TEST

START_TEST(no_words_no_rules)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct rules r;

	rules_init(&r);
	expr_read(&a, NULL, EXPR_REVIEW, &r);
	expr_read(&a, " \t\xc2\xa0", EXPR_REVIEW, &r);
	ck_assert_uint_eq(r.n, 0);
}
END_TEST

static const struct {
	const char *text;
	enum expr_date is;
	const char *day;
	bool month_only;
} dates[] = {
	{ "2024-06-17", EXPR_DATE_FOUND, "2024-06-17", false },
	{ "20240617", EXPR_DATE_FOUND, "2024-06-17", false },
	{ "den 18 mars 2014", EXPR_DATE_FOUND, "2014-03-18", false },
	{ "9 november 2016", EXPR_DATE_FOUND, "2016-11-09", false },
	{ "29/11 2017", EXPR_DATE_FOUND, "2017-11-29", false },
	{ "29.11.2017", EXPR_DATE_FOUND, "2017-11-29", false },
	{ "[2015-11-19]", EXPR_DATE_FOUND, "2015-11-19", false },
	{ "Juni 2007", EXPR_DATE_FOUND, "2007-06-30", true },
	{ "2026-08", EXPR_DATE_FOUND, "2026-08-31", true },
	{ "2025-Q4", EXPR_DATE_FOUND, "2025-12-31", true },
	{ "2024-02-29", EXPR_DATE_FOUND, "2024-02-29", false },
	{ "2023-02-29", EXPR_DATE_BROKEN, "", false },
	{ "31 februari 2027", EXPR_DATE_BROKEN, "", false },
	{ "201-502-23", EXPR_DATE_BROKEN, "", false },
	{ "2027", EXPR_DATE_BROKEN, "", false },
	{ "2024-06-17 eller så", EXPR_DATE_BROKEN, "", false },
	{ "2202", EXPR_DATE_BROKEN, "", false },
	{ "[Beslutsdatum]", EXPR_DATE_ABSENT, "", false },
	{ "xxxx-xx-xx", EXPR_DATE_ABSENT, "", false },
	{ "xx 2008", EXPR_DATE_ABSENT, "", false },
	{ "-", EXPR_DATE_ABSENT, "", false },
	{ "", EXPR_DATE_ABSENT, "", false },
};

START_TEST(a_date_is_read_or_said_to_be_none)
{
	bool month_only;
	dayno day;
	char text[DATE_TEXT];

	ck_assert_msg(expr_date(dates[_i].text, &day, &month_only) == dates[_i].is, "%s",
	              dates[_i].text);
	ck_assert_str_eq(date_text(day, text), dates[_i].day);
	ck_assert_int_eq(month_only, dates[_i].month_only);
}
END_TEST

START_TEST(events_are_known_by_many_names)
{
	ck_assert_str_eq(expr_event("risk- och sårbarhetsanalysen"), "rsa");
	ck_assert_str_eq(expr_event("den återkommande övergripande RSA"), "rsa");
	ck_assert_str_eq(expr_event("ledningens_genomgang"), "ledningens_genomgang");
	ck_assert_ptr_null(expr_event("flytten till nya huset"));
	ck_assert_ptr_null(expr_event(""));
}
END_TEST

/* Words that the reader knows, signs and plain noise, in any order. */
static const char *const bits[] = {
	"vart", "fjärde", "år", "och", "dock", "senast", "{n}", "[", "]", "-",
	"2027-02-31", "2027",
	"i samband med", "den", "rsa", "tills vidare", "99999999999", "§", "xx", "/", ",",
	".", ":",
	"4:e", "vid behov", "\xff", "\xc3", "\xcc\x88", "\xf0\x9f\x98\x80", "mandat",
	"period", "v45",
};

static void put_noise(struct buf *b, unsigned *seed)
{
	int n = rand_r(seed) % 400;

	for (int i = 0; i < n; i++) {
		if (rand_r(seed) % 4)
			buf_str(b, bits[(size_t)rand_r(seed) % ARRAY_LEN(bits)]);
		else
			buf_chr(b, (char)(rand_r(seed) % 255 + 1));
		if (rand_r(seed) % 2)
			buf_chr(b, ' ');
	}
}

START_TEST(any_bytes_come_to_an_answer)
{
	unsigned seed = getenv("OVERSYN_SEED") ? (unsigned)atoi(getenv("OVERSYN_SEED"))
	                                       : (unsigned)time(NULL);

	printf("# OVERSYN_SEED=%u\n", seed);
	for (int k = 0; k < 600; k++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct buf text AUTO(buf_release) = BUF_INIT;
		struct rules r;
		rules_init(&r);
		put_noise(&text, &seed);
		expr_read(&a, text.data, (enum expr_field)(k % 5), &r);
		bool facts = r.facts.valid_from != DAY_NONE || r.facts.decided != DAY_NONE ||
		             r.facts.revised != DAY_NONE;
		ck_assert(r.n > 0 || facts || text_blank(text.data) || !*text_fold(&a, text.data));
		for (size_t i = 0; i < r.n; i++) {
			struct buf one AUTO(buf_release) = BUF_INIT;
			struct rule back;
			rule_format(&r.at[i], &one);
			ck_assert_msg(rule_parse(&a, one.data, &back), "%s", one.data);
		}
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("core/expr");
	TCase *t = tcase_create("expr");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, expressions_become_rules);
	tcase_add_loop_test(t, the_same_words_in_other_bytes, 0, 8);
	tcase_add_test(t, no_words_no_rules);
	tcase_add_loop_test(t, a_date_is_read_or_said_to_be_none, 0, (int)ARRAY_LEN(dates));
	tcase_add_test(t, events_are_known_by_many_names);
	tcase_add_test(t, any_bytes_come_to_an_answer);
	suite_add_tcase(s, t);
	return tap_run(s);
}
