/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/import.h"
#include "tests/tap.h"

static const char *const model[] = {
	"arshjul-2027.csv", "forteckningar.csv", "forvaltningar.csv", "helgdagar-2026-2031.csv",
	"informationstillgangar.csv", "kommun.csv", "namnder.csv", "roller.csv", "rutiner.csv",
	"sammantraden-2027.csv", "styrdokument.csv",
};

static void read_model(struct registry *r, struct complaints *c)
{
	for (size_t i = 0; i < ARRAY_LEN(model); i++) {
		char path[64];
		size_t len;
		snprintf(path, sizeof(path), "config/model/%s", model[i]);
		char *bytes = tap_slurp(tap_path(path), &len);
		int kind = import_kind_by_file(path);
		ck_assert_int_ge(kind, 0);
		import_csv((enum import_kind)kind, model[i], bytes, len, r, c);
		free(bytes);
	}
}

static size_t count(const struct registry *r, enum item_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_items; i++)
		n += r->items[i].kind == kind;
	return n;
}

START_TEST(the_model_is_read_without_a_complaint)
{
	struct registry r AUTO(registry_release);
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;

	registry_init(&r);
	read_model(&r, &c);
	registry_index(&r);
	import_check(&r, &c);
	ck_assert_str_eq(c.text.data, "");
	ck_assert_uint_eq(c.n, 0);
	ck_assert_uint_eq(r.n_bodies, 11);
	ck_assert_uint_eq(r.n_units, 6);
	ck_assert_uint_eq(r.n_roles, 64);
	ck_assert_uint_eq(count(&r, ITEM_ASSET), 60);
	ck_assert_uint_eq(count(&r, ITEM_INVENTORY), 9);
	ck_assert_uint_eq(count(&r, ITEM_PROCESSING), 9);
	ck_assert_uint_eq(count(&r, ITEM_ROUTINE), 40);
	ck_assert_uint_eq(count(&r, ITEM_DOCUMENT), 12);
	ck_assert_uint_eq(r.n_meetings, 99);
	ck_assert_uint_eq(r.n_days_off, 138);
	ck_assert_uint_eq(r.n_recess, 2);
	/* Two elections, the RSA of both files once, the wheel's twelve others, a contract. */
	ck_assert_uint_eq(r.n_events, 15);

	/* Read once more over itself, nothing is there twice. */
	read_model(&r, &c);
	registry_index(&r);
	ck_assert_uint_eq(r.n_items, 130);
	ck_assert_uint_eq(r.n_roles, 64);
	ck_assert_uint_eq(r.n_meetings, 99);
	ck_assert_uint_eq(r.n_events, 15);
}
END_TEST

START_TEST(the_model_says_what_it_should)
{
	struct registry r AUTO(registry_release);
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;
	dayno march = date_of(2027, 3, 1), april = date_of(2027, 4, 1);

	registry_init(&r);
	read_model(&r, &c);
	registry_index(&r);
	ck_assert_str_eq(r.settings.address, "oversyn@tallvinge.example");
	ck_assert_str_eq(r.settings.default_rule[ITEM_PROCESSING], "Årligen");
	ck_assert_str_eq(r.settings.contact_role, "sakchef");
	ck_assert_int_eq(r.settings.next_election, date_of(2030, 9, 8));
	ck_assert_int_eq(registry_body(&r, "BUN")->term_to, date_of(2030, 12, 31));
	ck_assert_int_eq(registry_body(&r, "KF")->term_from, date_of(2026, 10, 15));
	ck_assert_int_eq(registry_body(&r, "KSAU")->term_from, DAY_NONE);

	const struct item *i = registry_item(&r, "T012"); /* no system: no system owner */
	ck_assert_str_eq(i->responsible, "arkiv");
	i = registry_item(&r, "T013");
	ck_assert_str_eq(i->responsible, "bereds");
	ck_assert_str_eq(registry_item(&r, "T001")->responsible, "itchef");
	ck_assert_ptr_nonnull(strstr(registry_item(&r, "T001")->shown, "k=3\nr=2\nt=3\n"));
	i = registry_item(&r, "R02");
	ck_assert_ptr_null(i->body);
	ck_assert_str_eq(i->parent, "S03");
	ck_assert_str_eq(registry_letter_body(&r, i, date_of(2027, 1, 11))->id, "KS");
	ck_assert(!i->needs_decision);
	ck_assert(registry_item(&r, "R28")->needs_decision);
	ck_assert_ptr_null(registry_item(&r, "R15")->parent); /* an asset is only a link */
	ck_assert(registry_item(&r, "F01")->needs_decision);
	ck_assert(registry_item(&r, "S03")->needs_decision);
	ck_assert_str_eq(registry_item(&r, "S07")->validity, "2026-12-31");
	ck_assert_str_eq(registry_item(&r, "S12")->rule_text, "-");
	ck_assert_int_eq(registry_item(&r, "F09")->reviewed, DAY_NONE);

	/* The post changes hands on 1 April, at the same address. */
	i = registry_item(&r, "F04");
	ck_assert_str_eq(registry_holder(&r, i, march)->id, "fc.vof");
	ck_assert_str_eq(registry_holder(&r, i, april)->id, "fc.vof2");
	/* rek.b leaves without a successor: upwards. */
	i = registry_item(&r, "T023");
	ck_assert_str_eq(registry_holder(&r, i, date_of(2027, 6, 30))->id, "rek.b");
	ck_assert_str_eq(registry_holder(&r, i, date_of(2027, 7, 1))->id, "vc.grund");

	const struct meeting *m = r.meetings;
	while (strcmp(m->body, "KS") != 0)
		m++;
	ck_assert_int_eq(m->day, date_of(2027, 1, 12));
	ck_assert_int_eq(m->stop, date_of(2026, 12, 22));
	ck_assert_int_eq(m->hour * 60 + m->minute, 13 * 60);
}
END_TEST

START_TEST(placeholders_are_asked_for)
{
	static const char csv[] =
		"DOK_ID;Titel;beslutsdatum;ansvar_organ;dokumentansvarig_roll;uppföljning;status;"
		"ersätter;granskat;namn_skyddat;giltig_från\n"
		"A;Ett;[Beslutsdatum];KS;kd;;;;;;\n"
		"B;Två;xxxx-xx-xx;KS;kd;;Avvecklad;A;2026-01-02;ja;2025-01-01\n"
		"C;Tre;-;KS;kd;;;A;;;\n"
		"D;Fyra;[2015-11-19];KS;kd;;;;;;\n";
	struct registry r AUTO(registry_release);
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;

	registry_init(&r);
	import_csv(IMPORT_DOCUMENTS, "f.csv", csv, strlen(csv), &r, &c);
	ck_assert_str_eq(c.text.data, "");
	ck_assert_uint_eq(r.n_items, 4);
	ck_assert(r.items[0].decided_ask && r.items[0].decided == DAY_NONE);
	ck_assert(r.items[1].decided_ask && r.items[1].retired && r.items[1].name_protected);
	ck_assert_int_eq(r.items[1].reviewed, date_of(2026, 1, 2));
	ck_assert_int_eq(r.items[1].valid_from, date_of(2025, 1, 1));
	ck_assert_str_eq(r.items[1].replaces, "A");
	ck_assert(!r.items[2].decided_ask && r.items[2].decided == DAY_NONE);
	ck_assert_int_eq(r.items[3].decided, date_of(2015, 11, 19));
	ck_assert_ptr_null(r.items[0].rule_text);
	/* A replaced document is watched no longer. */
	registry_index(&r);
	ck_assert(registry_item(&r, "A")->retired);
	ck_assert(!registry_item(&r, "C")->retired);
}
END_TEST

/* A field of a table, with \n for line ends. */
static char *lines(char *field)
{
	for (char *at = field; (at = strstr(at, "\\n"));) {
		*at = '\n';
		memmove(at + 1, at + 2, strlen(at + 2) + 1);
	}
	return field;
}

static void try(const char *table, int line, char **field, int n, bool on_model)
{
	struct registry r AUTO(registry_release);
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;

	ck_assert_msg(n == 4, "%s:%d: %d fields", table, line, n);
	int kind = import_kind_by_name(field[0]);
	ck_assert_msg(kind >= 0, "%s:%d: unknown kind", table, line);
	registry_init(&r);
	if (on_model)
		read_model(&r, &c);
	char *bytes = lines(field[1]);
	import_csv((enum import_kind)kind, "f.csv", bytes, strlen(bytes), &r, &c);
	if (on_model) {
		ck_assert_msg(!c.n, "%s:%d: %s", table, line, c.text.data);
		registry_index(&r);
		import_check(&r, &c);
	}
	ck_assert_msg(c.n == 1, "%s:%d: %zu complaints: %s", table, line, c.n, c.text.data);
	ck_assert_msg(strncmp(c.text.data, field[2], strlen(field[2])) == 0, "%s:%d: %s", table, line,
	              c.text.data);
	ck_assert_msg(strstr(c.text.data, field[3]) != NULL, "%s:%d: %s", table, line, c.text.data);
}

static void try_bad(int line, char **field, int n)
{
	try("import-bad.txt", line, field, n, false);
}

static void try_reference(int line, char **field, int n)
{
	try("import-references.txt", line, field, n, true);
}

START_TEST(every_bad_row_is_named)
{
	tap_table("tests/cases/import-bad.txt", try_bad);
}
END_TEST

START_TEST(references_must_hold)
{
	tap_table("tests/cases/import-references.txt", try_reference);
}
END_TEST

START_TEST(file_names_tell_the_kind)
{
	ck_assert_int_eq(import_kind_by_file("sammantraden-2027.csv"), IMPORT_MEETINGS);
	ck_assert_int_eq(import_kind_by_file("/a/b/roller.csv"), IMPORT_ROLES);
	ck_assert_int_eq(import_kind_by_file("arshjul-2027.csv"), IMPORT_EVENTS);
	ck_assert_int_eq(import_kind_by_file("forvantat-2027-01-11.csv"), -1);
	ck_assert_int_eq(import_kind_by_file("svar-exempel.csv"), -1);
	ck_assert_int_eq(import_kind_by_file("handelser-2027.csv"), -1);
	ck_assert_int_eq(import_kind_by_file("roller.txt"), -1);
	ck_assert_int_eq(import_kind_by_file("rollerna.csv"), -1);
	ck_assert_int_eq(import_kind_by_file(""), -1);
	ck_assert_int_eq(import_kind_by_file("x/Roller.CSV"), IMPORT_ROLES);
	ck_assert_int_eq(import_kind_by_file("nämnder.csv"), IMPORT_BODIES);
	ck_assert_int_eq(import_kind_by_file("FÖRTECKNINGAR-2027.Csv"), IMPORT_INVENTORIES);
	ck_assert_int_eq(import_kind_by_file("a\xCC\x8A" "rshjul.csv"), IMPORT_EVENTS);
	ck_assert_int_eq(import_kind_by_file("Informationstillga\xCC\x8A" "ngar.csv"), IMPORT_ASSETS);
	ck_assert_int_eq(import_kind_by_file("Sammanträden-KS.ics"), IMPORT_MEETINGS);
	ck_assert_int_eq(import_kind_by_file("n\xE4" "mnder.csv"), -1); /* not UTF-8 */
	ck_assert_int_eq(import_kind_by_file("role.csv"), -1);
	ck_assert_int_eq(import_kind_by_file("roller (1).csv"), -1);
	ck_assert_int_eq(import_fate_by_file("Roller.CSV"), IMPORT_TAKEN);
	ck_assert_int_eq(import_fate_by_file("svar-exempel.csv"), IMPORT_IGNORED);
	ck_assert_int_eq(import_fate_by_file("Händelser-2027.csv"), IMPORT_IGNORED);
	ck_assert_int_eq(import_fate_by_file("förväntat-2027-01-11.csv"), IMPORT_IGNORED);
	ck_assert_int_eq(import_fate_by_file("logo.png"), IMPORT_IGNORED);
	ck_assert_int_eq(import_fate_by_file(".~lock.roller.csv"), IMPORT_IGNORED);
	ck_assert_int_eq(import_fate_by_file("role.csv"), IMPORT_REFUSED);
	ck_assert_int_eq(import_fate_by_file("roller.csv.txt"), IMPORT_REFUSED);
	ck_assert_int_eq(import_fate_by_file("Roller.txt"), IMPORT_REFUSED);
	ck_assert_int_eq(import_fate_by_file("roller.ics"), IMPORT_REFUSED);
	ck_assert_int_eq(import_fate_by_file("README.md"), IMPORT_LEFT);
	ck_assert_int_eq(import_fate_by_file("roller.xlsx"), IMPORT_LEFT);
	for (int i = 0; i < IMPORT_KIND_COUNT; i++)
		ck_assert_int_eq(import_kind_by_name(import_kind_name((enum import_kind)i)), i);
}
END_TEST

START_TEST(a_flood_of_faults_is_counted_not_printed)
{
	struct buf csv AUTO(buf_release) = BUF_INIT;
	struct registry r AUTO(registry_release);
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;

	registry_init(&r);
	buf_str(&csv, "roll_id;titel;e-post;organisation\n");
	for (int i = 0; i < 200000; i++)
		buf_str(&csv, "x;;;\n");
	import_csv(IMPORT_ROLES, "f.csv", csv.data, csv.len, &r, &c);
	ck_assert_uint_ge(c.n, 400000);
	ck_assert_uint_lt(c.text.len, 100000);
}
END_TEST

/* The model with bytes changed at random: complaints or rows, never a crash. */
START_TEST(any_bytes_are_survived)
{
	unsigned seed = 7;

	for (size_t i = 0; i < ARRAY_LEN(model); i++) {
		char path[64];
		size_t len;
		snprintf(path, sizeof(path), "config/model/%s", model[i]);
		char *bytes = tap_slurp(tap_path(path), &len);
		for (int round = 0; round < 60; round++) {
			struct registry r AUTO(registry_release);
			struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;
			registry_init(&r);
			for (int k = 0; k < 1 + round; k++) {
				seed = seed * 1103515245U + 12345U;
				bytes[(seed >> 8) % len] = "\";\n-4\0\xc3\xff" "aK"[(seed >> 4) % 10];
			}
			import_csv((enum import_kind)import_kind_by_file(path), "f.csv", bytes, len, &r, &c);
			registry_index(&r);
			import_check(&r, &c);
		}
		free(bytes);
	}
}
END_TEST

START_TEST(terms_follow_the_elections)
{
	struct period p = term_national(date_of(2027, 1, 1));

	ck_assert_int_eq(p.from, date_of(2027, 1, 1));
	ck_assert_int_eq(p.to, date_of(2030, 12, 31));
	ck_assert_int_eq(term_national(date_of(2026, 12, 31)).from, date_of(2023, 1, 1));
	ck_assert_int_eq(term_election(2026), date_of(2026, 9, 13));
	ck_assert_int_eq(term_election(2022), date_of(2022, 9, 11));
	ck_assert_int_eq(term_election(2010), date_of(2010, 9, 19));
	ck_assert_int_eq(term_election(2025), DAY_NONE);
	ck_assert_int_eq(term_election(-2147483647), DAY_NONE);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("import");
	TCase *t = tcase_create("import");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, the_model_is_read_without_a_complaint);
	tcase_add_test(t, the_model_says_what_it_should);
	tcase_add_test(t, placeholders_are_asked_for);
	tcase_add_test(t, every_bad_row_is_named);
	tcase_add_test(t, references_must_hold);
	tcase_add_test(t, file_names_tell_the_kind);
	tcase_add_test(t, a_flood_of_faults_is_counted_not_printed);
	tcase_add_test(t, any_bytes_are_survived);
	tcase_add_test(t, terms_follow_the_elections);
	suite_add_tcase(s, t);
	return tap_run(s);
}
