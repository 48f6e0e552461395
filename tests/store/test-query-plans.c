/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How SQLite goes about what a pass asks it: the table says it for each statement,
 * and the test fails when a plan becomes another one. A pass with nothing to do
 * must cost the same in a register of a million items as in one of a thousand, so
 * none may walk through a table that grows with the register or with the years.
 */
#include <stdio.h>
#include <string.h>

#include "tests/store/fixture.h"

static const struct {
	const char *name, *sql;
} statements[] = {
#define STMT(name, sql) { #name, sql },
#include "src/store/stmt.inc"
#undef STMT
};

/* What grows: with the register, with each letter, with each mail. */
static const char *const growing[] = {
	"item", "event", "exception", "review", "letter", "question", "notice", "told", "seat", "inquiry",
	"signoff", "decision", "deficiency", "deficiency_mail", "deficiency_told", "outbox", "inbox", "record",
	"rsvp", "item_edit",
};

static sqlite3 *db;
static int bad;

static const char *sql_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(statements); i++)
		if (!strcmp(statements[i].name, name))
			return statements[i].sql;
	ck_abort_msg("no statement is called %s", name);
	return NULL;
}

/* Which table and by which index; how subqueries are numbered and unions made is
 * SQLite's own, and differs from one version to the next. */
static void add_step(struct buf *out, const char *step)
{
	bool table = !strncmp(step, "SEARCH ", 7) ||
	             (!strncmp(step, "SCAN ", 5) && strcmp(step, "SCAN CONSTANT ROW") != 0);

	if (table && !strstr(out->data, step))
		buf_fmt(out, "%s%s", out->len ? "; " : "", step);
}

static void plan_of(const char *name, struct buf *out)
{
	struct buf sql AUTO(buf_release) = BUF_INIT;
	sqlite3_stmt *st;

	buf_fmt(&sql, "EXPLAIN QUERY PLAN %s", sql_of(name));
	ck_assert_int_eq(sqlite3_prepare_v2(db, sql.data, -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW)
		add_step(out, (const char *)sqlite3_column_text(st, 3));
	sqlite3_finalize(st);
}

/* "SCAN item", with nothing that says it is an index of few rows. */
static const char *walks(const char *plan)
{
	for (const char *at = plan; (at = strstr(at, "SCAN ")); at++)
		for (size_t i = 0; i < ARRAY_LEN(growing); i++) {
			size_t n = strlen(growing[i]);
			const char *after = at + 5 + n;

			if (!strncmp(at + 5, growing[i], n) && (!*after || *after == ';' || *after == ' '))
				return growing[i];
		}
	return NULL;
}

static void plan_row(int line, char **field, int n)
{
	struct buf plan AUTO(buf_release) = BUF_INIT;

	ck_assert_msg(n == 2 || n == 3, "line %d has %d fields", line, n);
	plan_of(field[0], &plan);
	if (strcmp(plan.data, field[1]) != 0) {
		bad++;
		printf("# line %d: %s | %s\n", line, field[0], plan.data);
	}
	/* The third field says why a walk costs little. */
	const char *table = n == 2 ? walks(plan.data) : NULL;
	if (table) {
		bad++;
		printf("# line %d: %s walks through %s\n", line, field[0], table);
	}
}

START_TEST(plans_are_as_the_table_says)
{
	struct store *s = open_filled();

	db = s->db;
	bad = 0;
	tap_table("tests/cases/query-plans.txt", plan_row);
	fflush(stdout);
	ck_assert_int_eq(bad, 0);
	store_close(s);
}
END_TEST

START_TEST(a_walk_is_seen)
{
	struct store *s = open_filled();
	struct buf plan AUTO(buf_release) = BUF_INIT;

	db = s->db;
	plan_of("ITEM_ALL", &plan);
	ck_assert_str_eq(walks(plan.data), "item");
	ck_assert_ptr_null(walks("SEARCH item USING INDEX item_wake (wake<?)"));
	ck_assert_ptr_null(walks("SCAN item_of"));
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("query-plans");
	TCase *t = tcase_create("query-plans");

	tcase_add_checked_fixture(t, fixture_start, fixture_end);
	tcase_add_test(t, plans_are_as_the_table_says);
	tcase_add_test(t, a_walk_is_seen);
	suite_add_tcase(s, t);
	return tap_run(s);
}
