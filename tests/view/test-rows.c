/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "tests/tap.h"
#include "tests/view/sample.h"

START_TEST(a_due_row_shows_what_to_ask_only_when_asking)
{
	const char *ask[] = { "beslutsdatum", "intervall" };
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;
	struct table t;

	sample_init(&s);
	s.due.ask = ask;
	s.due.n_ask = 2;
	view_due_head(&t, VIEW_EN);
	view_due_row(&t, &s.item, &s.due, VIEW_EN);
	s.due.status = DUE_ASK;
	s.due.due = s.due.act_by = DAY_NONE;
	s.item.body = s.item.responsible = NULL;
	view_due_row(&t, &s.item, &s.due, VIEW_EN);
	table_write(&t, &out);
	table_release(&t);
	ck_assert_str_eq(out.data,
		"Item  Kind      Body  Responsible  Due         Act by      Status  "
		"Title                                Ask for\n"
		"S03   document  KS    sakchef      2027-10-31  2027-09-21  later   "
		"Riktlinjer för informationssäkerhet\n"
		"S03   document  alla  –            –           –           ask     "
		"Riktlinjer för informationssäkerhet  beslutsdatum; intervall\n");
}
END_TEST

START_TEST(a_due_head_is_in_the_readers_language)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct table t;

	view_due_head(&t, VIEW_SV);
	table_write(&t, &out);
	table_release(&t);
	ck_assert_str_eq(out.data,
		"Objekt  Slag  Organ  Ansvarig  Förfaller  Klart senast  Status  Titel  Saknas\n");
}
END_TEST

START_TEST(due_has_the_fields_of_the_contract)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	view_due_json(&s.item, &s.due, &out);
	ck_assert_str_eq(out.data,
		"{\"item\":\"S03\",\"kind\":\"document\",\"body\":\"KS\","
		"\"responsible\":\"sakchef\","
		"\"title\":\"Riktlinjer för informationssäkerhet\",\"anchor\":\"2024-06-17\","
		"\"due\":\"2027-10-31\",\"act_by\":\"2027-09-21\",\"status\":\"later\","
		"\"reasons\":[{\"rule\":\"EVERY 4Y\",\"due\":\"2028-06-17\"},"
		"{\"rule\":\"EVENT rsa\",\"due\":\"2027-10-31\"}],\"ask\":[],"
		"\"decided_by\":\"KF\",\"act_basis\":\"meeting\"}\n");
	buf_clear(&out);
	s.item.body = s.item.responsible = s.item.title = s.item.decided_by = NULL;
	s.due = (struct due){ .anchor = DAY_NONE, .due = DAY_NONE, .act_by = DAY_NONE,
	                      .status = DUE_NONE };
	view_due_json(&s.item, &s.due, &out);
	ck_assert_str_eq(out.data,
		"{\"item\":\"S03\",\"kind\":\"document\",\"body\":\"alla\",\"responsible\":null,"
		"\"title\":null,\"anchor\":null,\"due\":null,\"act_by\":null,\"status\":\"none\","
		"\"reasons\":[],\"ask\":[],\"decided_by\":null,\"act_basis\":\"none\"}\n");
}
END_TEST

static struct header sample_header(struct sample *s)
{
	s->rules[0].text = "Vart fjärde år";
	return (struct header){
		.title = "Riktlinjer", .kind = "riktlinje", .decided_by = "Kommunfullmäktige",
		.paragraph = "§ 92", .decided_on = on("2024-06-17"), .revised_on = DAY_NONE,
		.reviewed_on = DAY_NONE, .valid_from = DAY_NONE, .valid_until = DAY_NONE,
		.rules = { .at = s->rules, .n = 2 },
	};
}

START_TEST(header_has_the_fields_of_the_contract)
{
	const char *ask[] = { "ansvarig" };
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	s.due.ask = ask;
	s.due.n_ask = 1;
	const struct header h = sample_header(&s);
	view_header_json(&h, &s.due, &out);
	ck_assert_str_eq(out.data,
		"{\"title\":\"Riktlinjer\",\"kind\":\"riktlinje\","
		"\"decided_by\":\"Kommunfullmäktige\",\"decided_on\":\"2024-06-17\","
		"\"paragraph\":\"§ 92\",\"registry_no\":null,\"revised_on\":null,"
		"\"reviewed_on\":null,\"valid_from\":null,\"valid_until\":null,"
		"\"responsible\":null,\"replaces\":null,"
		"\"rules\":[{\"text\":\"Vart fjärde år\",\"rule\":\"EVERY 4Y\"},"
		"{\"text\":null,\"rule\":\"EVENT rsa\"}],\"anchor\":\"2024-06-17\","
		"\"due\":\"2027-10-31\",\"ask\":[\"ansvarig\"]}\n");
}
END_TEST

START_TEST(a_header_table_shows_each_fact_and_rule)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct sample s;

	sample_init(&s);
	const struct header h = sample_header(&s);
	view_header_table(&h, &s.due, VIEW_SV, &out);
	ck_assert(strstr(out.data, "Titel         Riktlinjer\n") == out.data);
	ck_assert(strstr(out.data, "\nDiarienummer  –\n"));
	ck_assert(strstr(out.data, "\nRegel         vart fjärde år (»Vart fjärde år«)\n"));
	ck_assert(strstr(out.data, "\nFörfaller     2027-10-31\n"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("rows");
	TCase *t = tcase_create("rows");

	tcase_add_test(t, a_due_row_shows_what_to_ask_only_when_asking);
	tcase_add_test(t, a_due_head_is_in_the_readers_language);
	tcase_add_test(t, due_has_the_fields_of_the_contract);
	tcase_add_test(t, header_has_the_fields_of_the_contract);
	tcase_add_test(t, a_header_table_shows_each_fact_and_rule);
	suite_add_tcase(s, t);
	return tap_run(s);
}
