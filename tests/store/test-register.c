/* SPDX-License-Identifier: EUPL-1.2 */
/* What goes in from CSV comes out again, and importing again says what changed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/import.h"
#include "tests/store/fixture.h"

static struct import_report report = { .text = BUF_INIT };

static void import(struct store *s, const struct registry *r)
{
	buf_clear(&report.text);
	OK(store_import(s, r, NOW, &report, e));
}

START_TEST(a_register_comes_back_as_it_went_in)
{
	struct store *s = open_filled();
	struct registry r;

	registry_init(&r);
	OK(store_load(s, &r, e));
	ck_assert_uint_eq(r.n_bodies, 2);
	ck_assert_uint_eq(r.n_items, 3);
	ck_assert_str_eq(r.settings.name, "Tallvinge kommun");
	ck_assert_int_eq(r.settings.soon_days, 30);
	const struct unit *u = registry_unit(&r, "KLF");
	ck_assert_uint_eq(u->n_bodies, 2);
	ck_assert_str_eq(u->bodies[0], "KS");
	ck_assert_str_eq(u->bodies[1], "BUN");
	ck_assert_int_eq(registry_body(&r, "KS")->kind, BODY_BOARD);
	ck_assert_int_eq(registry_body(&r, "KS")->term_from, DAY_NONE);
	ck_assert_int_eq(registry_role(&r, "kd")->from, date_of(2024, 1, 1));
	ck_assert_int_eq(registry_role(&r, "kd")->to, DAY_NONE);
	const struct item *i = registry_item(&r, "R01");
	ck_assert_ptr_null(i->body);
	ck_assert_int_eq(i->kind, ITEM_ROUTINE);
	ck_assert_int_eq(i->reviewed, date_of(2026, 3, 20));
	ck_assert_int_eq(i->revised, DAY_NONE);
	ck_assert_int_eq(i->known_on, date_of(2027, 1, 11));
	ck_assert_str_eq(i->shown, "F\n1");
	ck_assert_uint_gt(i->rules.n, 0);
	ck_assert_int_eq(r.meetings[0].hour, 13);
	ck_assert_int_eq(r.meetings[0].stop, date_of(2026, 12, 22));
	ck_assert_str_eq(r.events[0].name, "rsa");
	ck_assert_ptr_null(r.events[0].item);
	ck_assert_int_eq(r.days_off[0].day, date_of(2027, 6, 25));
	ck_assert_int_eq(r.recess[0].at.to, date_of(2027, 8, 8));
	registry_release(&r);
	store_close(s);
}
END_TEST

START_TEST(importing_the_same_again_changes_nothing)
{
	struct store *s = open_filled();
	struct registry r;
	int64_t rows = ask_sql("SELECT count(*) FROM record");

	small_register(&r);
	import(s, &r);
	ck_assert_str_eq(report.text.data, "");
	ck_assert_uint_eq(report.added + report.changed, 0);
	ck_assert_uint_gt(report.same, 10);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM record"), rows);
	registry_release(&r);
	store_close(s);
}
END_TEST

START_TEST(importing_again_says_which_columns_changed)
{
	struct store *s = open_filled();
	struct registry r;

	small_register(&r);
	r.roles[0].title = "Kommunchef";
	r.roles[0].to = date_of(2027, 12, 31);
	r.units[0].n_bodies = 1;
	r.meetings[0].hour = 14;
	r.settings.soon_days = 60;
	r.items[0].registry_no = "KS 2026/112";
	r.events[0].item = "F01";
	import(s, &r);
	ck_assert_str_eq(report.text.data,
	                 "~ setting soon_days: value\n"
	                 "~ unit KLF: bodies\n"
	                 "~ role kd: title, valid_to\n"
	                 "~ inventory F01: registry_no\n"
	                 "~ meeting KS 2027-01-12: hour\n"
	                 "+ event rsa 2027-10-31 F01\n");
	ck_assert_uint_eq(report.changed, 5);
	ck_assert_uint_eq(report.added, 1);
	registry_release(&r);
	registry_init(&r);
	OK(store_load(s, &r, e));
	ck_assert_str_eq(r.roles[0].title, "Kommunchef");
	ck_assert_uint_eq(r.units[0].n_bodies, 1);
	ck_assert_int_eq(r.settings.soon_days, 60);
	registry_release(&r);
	store_close(s);
}
END_TEST

START_TEST(what_is_absent_is_kept)
{
	struct store *s = open_filled();
	struct registry r;

	registry_init(&r);
	import(s, &r);
	ck_assert_uint_eq(report.added + report.changed, 0);
	OK(store_load(s, &r, e));
	ck_assert_uint_eq(r.n_items, 3);
	ck_assert_str_eq(r.settings.name, "Tallvinge kommun");
	ck_assert_int_eq(r.settings.soon_days, 30);
	registry_release(&r);
	store_close(s);
}
END_TEST

START_TEST(a_name_that_is_nowhere_keeps_the_whole_import_out)
{
	struct store *s = open_filled();
	struct err e = ERR_INIT;
	struct registry r;
	int64_t rows = ask_sql("SELECT count(*) FROM record");

	small_register(&r);
	r.roles[0].title = "Ny";
	r.items[2].responsible = "nobody";
	ck_assert_int_eq(store_import(s, &r, NOW, &report, &e), -1);
	ck_assert_int_eq(e.kind, ERR_FOUND);
	ck_assert_msg(strstr(e.text, "item") && strstr(e.text, "role"), "%s", e.text);
	ck_assert_str_eq(report.text.data, "");
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM role WHERE title = 'Ny'"), 0);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM record"), rows);
	registry_release(&r);
	store_close(s);
}
END_TEST

START_TEST(an_old_file_undoes_no_review)
{
	struct store *s = open_filled();
	struct item_fact fact = {
		.item = "F01", .reviewed = date_of(2027, 2, 1), .reviewed_for = date_of(2027, 1, 20),
	};
	struct change c = { .at = NOW, .facts = &fact, .n_facts = 1 };
	struct registry r;

	OK(store_apply(s, &c, e));
	small_register(&r);
	import(s, &r);
	ck_assert_uint_eq(report.changed, 0);
	registry_release(&r);
	registry_init(&r);
	OK(store_load(s, &r, e));
	ck_assert_int_eq(registry_item(&r, "F01")->reviewed, date_of(2027, 2, 1));
	ck_assert_int_eq(registry_item(&r, "F01")->reviewed_for, date_of(2027, 1, 20));
	ck_assert_int_eq(registry_item(&r, "F02")->reviewed_for, DAY_NONE);
	ck_assert_int_eq(registry_item(&r, "F02")->reviewed, date_of(2026, 3, 20));
	registry_release(&r);
	store_close(s);
}
END_TEST

static struct meeting meeting_on(dayno day, const char *uid)
{
	return (struct meeting){
		.body = "KS", .day = day, .hour = 13, .minute = 0, .stop = DAY_NONE,
		.preparation = DAY_NONE, .summons = DAY_NONE, .adjusted_by = DAY_NONE, .uid = uid,
	};
}

START_TEST(what_due_dates_are_made_of_comes_back)
{
	static struct absence away = { .role = "kd", .source = "register" };
	static struct exception skip = { .item = "F01", .kind = EXCEPTION_SKIP, .reason = "byte" };
	static struct subkind_rule rule = { "riktlinje", "Vart fjärde år" };
	struct store *s = open_filled();
	struct registry r;

	small_register(&r);
	away.from = date_of(2027, 2, 1);
	away.to = date_of(2027, 2, 14);
	r.absences = &away;
	skip.day = date_of(2027, 3, 20);
	skip.to = DAY_NONE;
	r.exceptions = &skip;
	r.n_absences = r.n_exceptions = 1;
	r.settings.subkind_rules = &rule;
	r.settings.n_subkind_rules = 1;
	r.settings.late_from_planned[ITEM_ROUTINE] = 1;
	r.items[0].levels[1] = 3;
	r.items[0].classified = date_of(2025, 3, 11);
	r.bodies[0].ceases = date_of(2027, 12, 31);
	r.bodies[0].successor = r.bodies[1].id;
	import(s, &r);
	registry_release(&r);
	registry_init(&r);
	OK(store_load(s, &r, e));
	ck_assert_int_eq(registry_absence(&r, "kd", date_of(2027, 2, 14))->to, away.to);
	ck_assert_ptr_null(registry_absence(&r, "kd", date_of(2027, 2, 15)));
	ck_assert_uint_eq(r.n_exceptions, 1);
	ck_assert_int_eq(r.exceptions[0].day, skip.day);
	ck_assert_int_eq(r.exceptions[0].kind, EXCEPTION_SKIP);
	ck_assert_str_eq(r.settings.subkind_rules[0].words, "Vart fjärde år");
	ck_assert_int_eq(r.settings.late_from_planned[ITEM_ROUTINE], 1);
	ck_assert_int_eq(r.settings.late_from_planned[ITEM_ASSET], 0);
	ck_assert_int_eq(registry_item(&r, "F01")->levels[1], 3);
	ck_assert_int_eq(registry_item(&r, "F01")->levels[0], -1);
	ck_assert_int_eq(registry_item(&r, "F01")->classified, date_of(2025, 3, 11));
	ck_assert_str_eq(registry_body_on(&r, "KS", date_of(2027, 12, 31))->id, "KS");
	ck_assert_str_eq(registry_body_on(&r, "KS", date_of(2028, 1, 1))->id, "BUN");
	registry_release(&r);
	store_close(s);
}
END_TEST

START_TEST(a_type_of_document_that_is_no_longer_named_is_forgotten)
{
	static struct subkind_rule rule = { "riktlinje", "Vart fjärde år" };
	struct store *s = open_filled();
	struct registry r;

	small_register(&r);
	r.settings.subkind_rules = &rule;
	r.settings.n_subkind_rules = 1;
	import(s, &r);
	r.settings.n_subkind_rules = 0;
	import(s, &r);
	ck_assert_str_eq(report.text.data, "~ setting subkind_rule.riktlinje: value\n");
	import(s, &r);
	ck_assert_str_eq(report.text.data, "");
	registry_release(&r);
	registry_init(&r);
	OK(store_load(s, &r, e));
	ck_assert_uint_eq(r.settings.n_subkind_rules, 0);
	registry_release(&r);
	store_close(s);
}
END_TEST

START_TEST(a_meeting_that_moves_leaves_its_day_cancelled)
{
	struct store *s = open_filled();
	struct meeting one = meeting_on(date_of(2027, 2, 9), "uid-1");
	struct registry r;

	registry_init(&r);
	r.meetings = &one;
	r.n_meetings = 1;
	import(s, &r);
	one.day = date_of(2027, 2, 16);
	import(s, &r);
	ck_assert_str_eq(report.text.data, "~ meeting KS 2027-02-09: moved to 2027-02-16\n"
	                                   "+ meeting KS 2027-02-16\n");
	import(s, &r);
	ck_assert_str_eq(report.text.data, "");
	registry_release(&r);
	registry_init(&r);
	OK(store_load(s, &r, e));
	int held = 0, off = 0;
	for (size_t i = 0; i < r.n_meetings; i++) {
		if (r.meetings[i].day == date_of(2027, 2, 9))
			off += r.meetings[i].cancelled;
		if (r.meetings[i].day == date_of(2027, 2, 16))
			held += !r.meetings[i].cancelled;
	}
	ck_assert_int_eq(off, 1);
	ck_assert_int_eq(held, 1);
	registry_release(&r);
	store_close(s);
}
END_TEST

START_TEST(every_word_of_core_fits_the_schema)
{
	struct store *s = open_filled();
	struct registry r;

	small_register(&r);
	for (int k = 0; k < ITEM_KIND_COUNT; k++) {
		r.items[0].kind = (enum item_kind)k;
		import(s, &r);
	}
	for (int k = BODY_COUNCIL; k <= BODY_GROUP; k++) {
		r.bodies[0].kind = (enum body_kind)k;
		import(s, &r);
	}
	for (int k = ROLE_CHIEF; k <= ROLE_OTHER; k++) {
		struct registry back;

		r.roles[0].kind = (enum role_kind)k;
		import(s, &r);
		registry_init(&back);
		OK(store_load(s, &back, e));
		ck_assert_int_eq(back.roles[0].kind, k);
		registry_release(&back);
	}
	registry_release(&r);
	store_close(s);
}
END_TEST

/* What was loaded, imported again, must be the same to the last column. */
START_TEST(the_model_municipality_makes_the_round_trip)
{
	static const char *const model[] = {
		"arshjul-2027.csv", "forteckningar.csv", "forvaltningar.csv",
		"helgdagar-2026-2031.csv", "informationstillgangar.csv", "kommun.csv", "namnder.csv",
		"roller.csv", "rutiner.csv", "sammantraden-2027.csv", "styrdokument.csv",
	};
	struct store *s = open_with(STORE_CREATE | STORE_VOLATILE);
	struct complaints c = COMPLAINTS_INIT;
	struct registry r, back;

	registry_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(model); i++) {
		char path[64];
		size_t len;

		snprintf(path, sizeof(path), "config/model/%s", model[i]);
		char *bytes = tap_slurp(tap_path(path), &len);
		import_csv((enum import_kind)import_kind_by_file(path), model[i], bytes, len, &r, &c);
		free(bytes);
	}
	ck_assert_str_eq(c.text.data, "");
	registry_index(&r);
	import(s, &r);
	size_t rows = report.added;
	ck_assert_uint_gt(rows, 400);
	registry_init(&back);
	OK(store_load(s, &back, e));
	ck_assert_uint_eq(back.n_items, r.n_items);
	ck_assert_uint_eq(back.n_meetings, r.n_meetings);
	ck_assert_int_eq(back.settings.council_term.from, r.settings.council_term.from);
	import(s, &back);
	ck_assert_str_eq(report.text.data, "");
	ck_assert_uint_eq(report.same, rows);
	registry_release(&back);
	registry_release(&r);
	complaints_release(&c);
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("register");
	TCase *t = tcase_create("register");

	tcase_add_checked_fixture(t, fixture_start, fixture_end);
	tcase_add_test(t, a_register_comes_back_as_it_went_in);
	tcase_add_test(t, importing_the_same_again_changes_nothing);
	tcase_add_test(t, importing_again_says_which_columns_changed);
	tcase_add_test(t, what_is_absent_is_kept);
	tcase_add_test(t, a_name_that_is_nowhere_keeps_the_whole_import_out);
	tcase_add_test(t, an_old_file_undoes_no_review);
	tcase_add_test(t, what_due_dates_are_made_of_comes_back);
	tcase_add_test(t, a_type_of_document_that_is_no_longer_named_is_forgotten);
	tcase_add_test(t, a_meeting_that_moves_leaves_its_day_cancelled);
	tcase_add_test(t, every_word_of_core_fits_the_schema);
	tcase_add_test(t, the_model_municipality_makes_the_round_trip);
	suite_add_tcase(s, t);
	int failed = tap_run(s);
	buf_release(&report.text);
	return failed;
}
