/* SPDX-License-Identifier: EUPL-1.2 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/due.h"
#include "core/import.h"
#include "tests/tap.h"

/* The whole model municipality, read as oversyn reads it. */
static struct registry town;

static void read_file(const char *name, struct complaints *c)
{
	int kind = import_kind_by_file(name);
	char relative[300];
	size_t len;

	if (kind < 0)
		return;
	snprintf(relative, sizeof(relative), "config/model/%s", name);
	char *bytes = tap_slurp(tap_path(relative), &len);
	import_csv((enum import_kind)kind, name, bytes, len, &town, c);
	free(bytes);
}

static void read_town(void)
{
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;
	struct dirent **names;

	registry_init(&town);
	int n = scandir(tap_path("config/model"), &names, NULL, alphasort);
	ck_assert_int_gt(n, 0);
	for (int i = 0; i < n; i++) {
		read_file(names[i]->d_name, &c);
		free(names[i]);
	}
	free(names);
	registry_index(&town);
	ck_assert_msg(c.n == 0, "%s", c.text.data);
}

static const char *shown(dayno day, char text[DATE_TEXT])
{
	return day == DAY_NONE ? "-" : date_text(day, text);
}

static int bad;

static void expected_row(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	char anchor[DATE_TEXT], day[DATE_TEXT];
	struct due due;
	dayno today;

	ck_assert_int_eq(n, 4);
	ck_assert(date_parse("2027-01-11", &today));
	const struct item *i = registry_item(&town, field[0]);
	ck_assert_msg(i != NULL, "line %d: no item is called %s", line, field[0]);
	due_compute(&town, i, today, &a, &due);
	if (strcmp(shown(due.anchor, anchor), field[1]) == 0 &&
	    strcmp(shown(due.due, day), field[2]) == 0 &&
	    strcmp(due_status_name(due.status), field[3]) == 0)
		return;
	bad++;
	printf("# %s: got %s %s %s, expected %s %s %s\n", field[0], shown(due.anchor, anchor),
	       shown(due.due, day), due_status_name(due.status), field[1], field[2], field[3]);
}

START_TEST(the_model_municipality_is_as_worked_out_by_hand)
{
	read_town();
	tap_table("tests/cases/tallvinge-2027-01-11.txt", expected_row);
	ck_assert_int_eq(bad, 0);
	registry_release(&town);
}
END_TEST

START_TEST(the_guideline_acts_before_the_board_meets)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	char text[DATE_TEXT];
	struct due due;
	dayno today;

	read_town();
	ck_assert(date_parse("2027-01-11", &today));
	due_compute(&town, registry_item(&town, "S03"), today, &a, &due);
	ck_assert_str_eq(date_text(due.due, text), "2027-10-31");
	ck_assert_int_eq(due.act_basis, ACT_MEETING);
	ck_assert_str_eq(due.meeting->body, "KS");
	ck_assert_str_eq(date_text(due.meeting->day, text), "2027-10-12");
	ck_assert_str_eq(date_text(due.act_by, text), "2027-09-21");
	registry_release(&town);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("core/due: the model");
	TCase *t = tcase_create("model");

	tcase_add_test(t, the_model_municipality_is_as_worked_out_by_hand);
	tcase_add_test(t, the_guideline_acts_before_the_board_meets);
	suite_add_tcase(s, t);
	return tap_run(s);
}
