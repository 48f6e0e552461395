/* SPDX-License-Identifier: EUPL-1.2 */
/* One row of the register becomes an attestation for each chief that it concerns. */
#include <stdio.h>
#include <string.h>

#include "core/due.h"
#include "core/import.h"
#include "core/plan.h"
#include "core/training.h"
#include "core/turn.h"
#include "tests/tap.h"

static const char roles_csv[] =
	"roll_id;titel;e-post;organisation;slag;giltig_från;giltig_till\n"
	"kd;Kommundirektör;kd@t.example;KLF;chef;;\n"
	"a;Rektor A;a@t.example;BUF;chef;2024-01-01;\n"
	"b;Rektor B;b@t.example;BUF;chef;2024-01-01;2027-06-30\n"
	"gone;Rektor C;c@t.example;BUF;chef;2020-01-01;2026-06-30\n"
	"ny;Rektor B;b@t.example;BUF;chef;2027-07-01;\n"
	"sf;Systemförvaltare;sf@t.example;BUF;stöd;;\n"
	"dso;Dataskyddsombud;dso@t.example;KLF;dataskyddsombud;;\n";
static const char head[] =
	"utbildning_id;namn;gäller;organisation;intervall;senast_intygad;giltig_från;status\n";

static struct registry r;

static void read_csv(enum import_kind kind, const char *csv)
{
	struct complaints c = COMPLAINTS_INIT;

	import_csv(kind, "f.csv", csv, strlen(csv), &r, &c);
	ck_assert_msg(c.n == 0, "%s", c.text.data);
	complaints_release(&c);
}

static void lay(void)
{
	registry_init(&r);
	read_csv(IMPORT_ROLES, roles_csv);
}

static void clear(void)
{
	registry_release(&r);
}

/* As an import does it that day. */
static void expand(dayno day)
{
	registry_settle(&r);
	training_expand(&r, day);
	for (size_t i = 0; i < r.n_trainings; i++)
		if (r.trainings[i].known_on == DAY_NONE)
			r.trainings[i].known_on = day;
	registry_index(&r);
}

/* Who is to attest by when; "–" rests, "x" is retired. */
static void list(dayno day, struct buf *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	for (size_t i = 0; i < r.n_items; i++) {
		const struct item *item = &r.items[i];
		char text[DATE_TEXT];
		struct due d;

		ck_assert_int_eq(item->kind, ITEM_TRAINING);
		due_compute(&r, item, day, &a, &d);
		buf_fmt(out, "%s%s %s", i ? ", " : "", item->id,
		        item->retired ? "x" : training_rests(&r, item, day) ? "–"
		        : d.due == DAY_NONE ? "?" : date_text(d.due, text));
	}
}

static int bad;

static void case_row(int line, char **field, int n)
{
	struct buf csv AUTO(buf_release) = BUF_INIT, found AUTO(buf_release) = BUF_INIT;
	dayno day;

	ck_assert_msg(n == 3 && date_parse(field[1], &day), "line %d", line);
	clear();
	lay();
	buf_fmt(&csv, "%s%s\n", head, field[0]);
	read_csv(IMPORT_TRAININGS, csv.data);
	expand(date_of(2027, 1, 11));
	list(day, &found);
	if (strcmp(found.len ? found.data : "-", field[2]) != 0) {
		bad++;
		printf("# line %d: found %s\n#   expected %s\n", line, found.len ? found.data : "-", field[2]);
	}
}

START_TEST(each_row_is_for_whom_the_table_says)
{
	bad = 0;
	tap_table("tests/cases/trainings.txt", case_row);
	ck_assert_int_eq(bad, 0);
}
END_TEST

START_TEST(items_follow_the_register)
{
	struct buf found AUTO(buf_release) = BUF_INIT;
	dayno day = date_of(2027, 1, 11);
	struct buf csv AUTO(buf_release) = BUF_INIT;

	buf_fmt(&csv, "%sU1;Utbildning;varje chef;BUF;Årligen;;;\n", head);
	read_csv(IMPORT_TRAININGS, csv.data);
	expand(day);
	ck_assert_uint_eq(r.n_items, 3);
	r.items[0].reviewed = day + 30; /* a attests */
	/* A chief leaves the unit's chiefs, another comes. */
	read_csv(IMPORT_ROLES, "roll_id;titel;e-post;organisation;slag\na;Lärare A;a@t.example;BUF;stöd\n"
	                       "e;Rektor E;e@t.example;BUF;chef\n");
	expand(day + 60);
	list(day + 60, &found);
	ck_assert_str_eq(found.data, "U1-a x, U1-b 2028-01-11, U1-e 2028-03-12, U1-ny –");
	/* And back again, with what was attested. */
	read_csv(IMPORT_ROLES, "roll_id;titel;e-post;organisation;slag\na;Rektor A;a@t.example;BUF;chef\n");
	expand(day + 61);
	buf_clear(&found);
	list(day + 61, &found);
	ck_assert_str_eq(found.data, "U1-a 2028-02-10, U1-b 2028-01-11, U1-e 2028-03-12, U1-ny –");
	ck_assert_int_eq(registry_item(&r, "U1-a")->known_on, day);
	ck_assert_str_eq(training_of(&r, registry_item(&r, "U1-a"))->id, "U1");
}
END_TEST

START_TEST(what_rests_ends_its_review_and_wakes_with_its_role)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf csv AUTO(buf_release) = BUF_INIT;
	dayno day = date_of(2027, 7, 1);
	struct plan plan;

	buf_fmt(&csv, "%sU1;Utbildning;varje chef;BUF;Årligen;;;\n", head);
	read_csv(IMPORT_TRAININGS, csv.data);
	expand(date_of(2027, 1, 11));
	struct review open = { .id = "U1-b.1", .item = "U1-b", .state = REVIEW_OPEN, .rung = RUNG_INVITE,
	                       .due = day + 100, .act_by = day + 100, .opened = day - 10,
	                       .last_notice = day - 10, .extended_until = DAY_NONE, .signed_on = DAY_NONE,
	                       .version = plan_version(&a, registry_item(&r, "U1-b")) };
	struct plan_input in = { .registry = &r, .reviews = &open, .n_reviews = 1, .today = day };

	plan_pass(&in, &a, &plan);
	ck_assert_uint_eq(plan.n_superseded, 1);
	ck_assert_int_eq(plan.superseded[0].state, REVIEW_CANCELLED);
	open.opened = day + 1; /* the day is wrong, or was then */
	plan_pass(&in, &a, &plan);
	ck_assert_uint_eq(plan.n_superseded, 0);
	in.today = date_of(2027, 3, 1);
	in.n_reviews = 0;
	plan_pass(&in, &a, &plan);
	for (size_t i = 0; i < plan.n_looks; i++)
		if (!strcmp(plan.looks[i].item->id, "U1-ny"))
			ck_assert_int_eq(plan.looks[i].next, day);
	ck_assert_uint_eq(plan.n_looks, 3);
}
END_TEST

static bool is_open(void *with, const char *item)
{
	(void)with;
	return !strcmp(item, "U1-kd");
}

START_TEST(units_are_counted)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf csv AUTO(buf_release) = BUF_INIT;
	size_t n;

	buf_fmt(&csv, "%sU1;Utbildning;varje chef;;Senast den 31 mars varje år;;;\n", head);
	read_csv(IMPORT_TRAININGS, csv.data);
	expand(date_of(2027, 1, 11));
	for (size_t i = 0; i < r.n_items; i++)
		if (!strcmp(r.items[i].id, "U1-a"))
			r.items[i].reviewed = date_of(2027, 3, 1);
	const struct training_count *c = training_counts(&r, date_of(2027, 4, 2), &a, is_open, NULL, &n);
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(c[0].org, "BUF"); /* a and b; ny is not there yet */
	ck_assert_int_eq(c[0].chiefs, 2);
	ck_assert_int_eq(c[0].attested, 1);
	ck_assert_int_eq(c[0].overdue, 1);
	ck_assert_int_eq(c[0].open, 0);
	ck_assert_str_eq(c[1].org, "KLF");
	ck_assert_int_eq(c[1].open, 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("training");
	TCase *t = tcase_create("training");

	tcase_add_checked_fixture(t, lay, clear);
	tcase_add_test(t, each_row_is_for_whom_the_table_says);
	tcase_add_test(t, items_follow_the_register);
	tcase_add_test(t, what_rests_ends_its_review_and_wakes_with_its_role);
	tcase_add_test(t, units_are_counted);
	suite_add_tcase(s, t);
	return tap_run(s);
}
