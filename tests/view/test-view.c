/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "view/doctor.h"
#include "tests/tap.h"
#include "view/view.h"

static void expect(int line, struct buf *got, const char *want)
{
	ck_assert_msg(!strcmp(got->data, want), "line %d: got \"%s\", not \"%s\"", line, got->data,
	              want);
	buf_clear(got);
}

static void date_row(int line, char **field, int n)
{
	struct buf got AUTO(buf_release) = BUF_INIT;
	dayno day = DAY_NONE;

	ck_assert_msg(n == 5, "line %d: five fields", line);
	if (strcmp(field[0], "-") != 0)
		ck_assert_msg(date_parse(field[0], &day), "line %d: no date", line);
	view_date_long(day, VIEW_SV, &got);
	expect(line, &got, field[1]);
	view_date_short(day, VIEW_SV, &got);
	expect(line, &got, field[2]);
	view_date_long(day, VIEW_EN, &got);
	expect(line, &got, field[3]);
	view_date_short(day, VIEW_EN, &got);
	expect(line, &got, field[4]);
}

START_TEST(dates_are_said_as_their_table_says)
{
	tap_table("tests/cases/date-words.txt", date_row);
}
END_TEST

static void post_row(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	ck_assert_msg(n == 3, "line %d: title | in a sentence | at its start", line);
	for (int starts = 0; starts < 2; starts++) {
		const char *got = view_post(&a, field[0], starts, VIEW_SV);
		ck_assert_msg(!strcmp(got, field[1 + starts]), "line %d: got \"%s\"", line, got);
	}
	ck_assert_str_eq(view_post(&a, field[0], true, VIEW_EN), field[0]);
}

START_TEST(posts_are_spoken_of_as_their_table_says)
{
	tap_table("tests/cases/post-words.txt", post_row);
}
END_TEST

static void rule_row(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf got AUTO(buf_release) = BUF_INIT;
	struct rule r;

	ck_assert_msg(n == 3, "line %d: rule | Swedish | English", line);
	ck_assert_msg(rule_parse(&a, field[0], &r), "line %d: no rule: %s", line, field[0]);
	view_rule(&r, VIEW_SV, &got);
	expect(line, &got, field[1]);
	view_rule(&r, VIEW_EN, &got);
	expect(line, &got, field[2]);
}

START_TEST(rules_are_said_as_their_table_says)
{
	tap_table("tests/cases/rule-words.txt", rule_row);
}
END_TEST

START_TEST(every_kind_of_rule_has_words)
{
	for (int k = 0; k < RULE_KIND_COUNT; k++) {
		struct buf got AUTO(buf_release) = BUF_INIT;
		/* Nothing filled in: no crash, and still something to read. */
		const struct rule r = { .kind = (enum rule_kind)k, .date = DAY_NONE };

		view_rule(&r, VIEW_SV, &got);
		ck_assert_uint_gt(got.len, 0);
		view_rule(&r, VIEW_EN, &got);
	}
}
END_TEST

START_TEST(statuses_have_words)
{
	ck_assert_str_eq(view_status_word(DUE_OVERDUE, VIEW_SV), "försenad");
	ck_assert_str_eq(view_status_word(DUE_NONE, VIEW_SV), "ingen frist");
	ck_assert_str_eq(view_status_word(DUE_ASK, VIEW_EN), "ask");
}
END_TEST

START_TEST(columns_are_as_wide_as_their_widest_cell)
{
	static const char *const cells[] = { "Id", "Titel", "Slut", "S1", "Överförmyndarens akter",
	                                     "", "T002", NULL, "x" };
	struct buf got AUTO(buf_release) = BUF_INIT;
	struct table t;

	table_init(&t, 3);
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		table_cell(&t, cells[i]);
	table_write(&t, &got);
	table_release(&t);
	ck_assert_str_eq(got.data, "Id    Titel                   Slut\n"
	                           "S1    Överförmyndarens akter\n"
	                           "T002  –                       x\n");
}
END_TEST

START_TEST(a_cell_can_neither_break_a_row_nor_command_a_terminal)
{
	struct buf got AUTO(buf_release) = BUF_INIT;
	struct table t;

	table_init(&t, 1);
	table_cell(&t, "två\nrader\x1b[2J\xc2\x9bm \xff" "slut\xc3");
	table_write(&t, &got);
	table_release(&t);
	ck_assert_str_eq(got.data, "två rader�[2J�m �slut�\n");
}
END_TEST

START_TEST(a_table_without_columns_or_rows_is_nothing)
{
	struct buf got AUTO(buf_release) = BUF_INIT;
	struct table t;

	table_init(&t, 0);
	table_cell(&t, "x");
	table_write(&t, &got);
	table_release(&t);
	table_init(&t, 2);
	table_write(&t, &got);
	table_release(&t);
	ck_assert_str_eq(got.data, "");
}
END_TEST

START_TEST(a_json_object_is_one_line_in_order)
{
	static const char *const list[] = { "å", NULL };
	struct buf got AUTO(buf_release) = BUF_INIT;
	struct json *j = json_new();

	json_str(j, "z", "Översyn \"1\"\n/2");
	json_str(j, "y", NULL);
	json_day(j, "due", date_of(2027, 10, 31));
	json_day(j, "act_by", DAY_NONE);
	json_int(j, "n", -9007199254740993LL);
	json_bool(j, "ok", true);
	json_list(j, "ask", list, 2);
	json_list(j, "none", NULL, 0);
	json_open(j, "reasons");
	json_item(j);
	json_str(j, "rule", "EVERY 4Y");
	json_item(j);
	json_close(j);
	json_open(j, "empty");
	json_close(j);
	json_bool(j, "last", false);
	json_write(j, &got);
	ck_assert_str_eq(got.data, "{\"z\":\"Översyn \\\"1\\\"\\n/2\",\"y\":null,"
	                           "\"due\":\"2027-10-31\",\"act_by\":null,"
	                           "\"n\":-9007199254740993,\"ok\":true,\"ask\":[\"å\",null],"
	                           "\"none\":[],\"reasons\":[{\"rule\":\"EVERY 4Y\"},{}],"
	                           "\"empty\":[],\"last\":false}\n");
}
END_TEST

START_TEST(json_is_utf8_whatever_was_stored)
{
	struct buf got AUTO(buf_release) = BUF_INIT;
	struct json *j = json_new();

	json_str(j, "subject", "R\xe4tt \xf0\x9f\x98\x80 \xed\xa0\x80");
	json_write(j, &got);
	ck_assert_str_eq(got.data, "{\"subject\":\"R�tt 😀 ���\"}\n");
}
END_TEST

/* Braces that name no member stop the program here, before they do so there. */
START_TEST(every_finding_has_its_words)
{
	for (int k = 0; k < FINDING_KIND_COUNT; k++) {
		struct finding f = {
			.kind = (enum finding_kind)k, .subject = "S03", .body = "KS", .name = "\033[31mNamn",
			.other = "X", .day = DAY_NONE, .until = DAY_NONE, .year = 2028, .n = 3,
		};
		const struct findings all = { .at = &f, .n = 1 };

		for (int lang = VIEW_SV; lang <= VIEW_EN; lang++) {
			struct buf out AUTO(buf_release) = BUF_INIT;

			view_findings(&all, (enum view_lang)lang, &out);
			view_finding_json(&f, (enum view_lang)lang, &out);
			ck_assert_msg(!strpbrk(out.data, "\033"), "%s", out.data);
			ck_assert_ptr_null(strstr(out.data, "}}"));
			ck_assert_ptr_nonnull(strstr(out.data, lang == VIEW_SV ? "Gör så här: " : "Mend: "));
		}
	}
}
END_TEST

START_TEST(a_finding_says_one_as_one)
{
	struct finding f = {
		.kind = FINDING_CALENDAR_MISSING, .body = "KFN", .year = 2028, .n = 1,
		.day = DAY_NONE, .until = DAY_NONE,
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;

	ck_assert_str_eq(view_finding_text(&a, &f, VIEW_EN),
	                 "KFN has no meeting calendar for 2028 yet; 1 item leans on it");
	f.n = 2;
	ck_assert_str_eq(view_finding_text(&a, &f, VIEW_EN),
	                 "KFN has no meeting calendar for 2028 yet; 2 items lean on it");
}
END_TEST

START_TEST(every_line_of_doctor_has_its_words)
{
	for (int k = 0; k < DOCTOR_KIND_COUNT; k++) {
		enum doctor_status status = doctor_status_of((enum doctor_kind)k);
		const struct doctor_line l = {
			.check = (enum doctor_check)(k % DOCTOR_CHECK_COUNT), .door = DOOR_OUT,
			.kind = (enum doctor_kind)k, .name = "\033[31mnamn", .other = "annat", .said = "sade",
			.day = DAY_NONE, .after = DOCTOR_DATABASE,
		};

		for (int lang = VIEW_SV; lang <= VIEW_EN; lang++) {
			struct buf out AUTO(buf_release) = BUF_INIT;

			view_doctor(&l, (enum view_lang)lang, &out);
			view_doctor_json(&l, (enum view_lang)lang, &out);
			ck_assert_msg(!strpbrk(out.data, "\033"), "%s", out.data);
			ck_assert_msg(!strstr(out.data, "(null)") && !strstr(out.data, "}}"), "%s", out.data);
			/* what is wrong can be mended */
			if (status == STATUS_FAULT || status == STATUS_WARNING)
				ck_assert_msg(strstr(out.data, lang == VIEW_SV ? "Gör så här: " : "Mend: ") != NULL, "%s",
				              out.data);
		}
	}
}
END_TEST

START_TEST(a_line_of_doctor_is_one_line)
{
	const struct doctor_line l = {
		.check = DOCTOR_CERTIFICATE, .door = DOOR_IN, .kind = DOCTOR_CERT_SOON, .name = "mail.\nx",
		.n = 12, .day = 20830,
	};
	struct buf out AUTO(buf_release) = BUF_INIT;

	view_doctor(&l, VIEW_SV, &out);
	ck_assert_str_eq(out.data, "varning   in: certifikat      mail. x: giltigt bara till 2027-01-12 (dagar kvar: 12)."
	                 " Gör så här: se till att det förnyas före dess.\n");
	buf_clear(&out);
	view_doctor_json(&l, VIEW_EN, &out);
	ck_assert_str_eq(out.data, "{\"check\":\"in-certificate\",\"status\":\"warning\",\"kind\":\"cert-soon\","
	                 "\"what\":\"mail. x: good only until 2027-01-12 (days left: 12)\","
	                 "\"mend\":\"have it renewed before\",\"name\":\"mail.\\nx\",\"other\":null,"
	                 "\"said\":null,\"n\":12,\"most\":0,\"day\":\"2027-01-12\",\"after\":null}\n");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("view");
	TCase *t = tcase_create("view");

	tcase_add_test(t, dates_are_said_as_their_table_says);
	tcase_add_test(t, posts_are_spoken_of_as_their_table_says);
	tcase_add_test(t, rules_are_said_as_their_table_says);
	tcase_add_test(t, every_kind_of_rule_has_words);
	tcase_add_test(t, a_finding_says_one_as_one);
	tcase_add_test(t, statuses_have_words);
	tcase_add_test(t, columns_are_as_wide_as_their_widest_cell);
	tcase_add_test(t, a_cell_can_neither_break_a_row_nor_command_a_terminal);
	tcase_add_test(t, a_table_without_columns_or_rows_is_nothing);
	tcase_add_test(t, a_json_object_is_one_line_in_order);
	tcase_add_test(t, json_is_utf8_whatever_was_stored);
	tcase_add_test(t, every_finding_has_its_words);
	tcase_add_test(t, every_line_of_doctor_has_its_words);
	tcase_add_test(t, a_line_of_doctor_is_one_line);
	suite_add_tcase(s, t);
	return tap_run(s);
}
