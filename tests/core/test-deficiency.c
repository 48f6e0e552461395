/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "core/deficiency.h"
#include "tests/core/reply-rows.h"
#include "tests/tap.h"

static struct registry town;
static int bad;

static void add_item(const char *id, const char *title, const char *responsible, bool retired)
{
	struct item i = item_blank();

	i.id = id;
	i.title = title;
	i.kind = ITEM_ASSET;
	i.body = "KS";
	i.responsible = responsible;
	i.retired = retired;
	town.items = arena_grow(&town.arena, town.items, town.n_items, &town.cap_items, sizeof(i));
	town.items[town.n_items++] = i;
}

static void add_role(const char *id, const char *address)
{
	town.roles = arena_grow(&town.arena, town.roles, town.n_roles, &town.cap_roles,
	                        sizeof(*town.roles));
	town.roles[town.n_roles++] = (struct role){
		.id = id, .title = id, .address = address, .kind = ROLE_CHIEF, .from = DAY_NONE, .to = DAY_NONE,
	};
}

static void build(void)
{
	registry_init(&town);
	add_role("chef", "chef@t.example");
	add_role("sakchef", "sak@t.example");
	add_item("T005", "Journalsystem", "chef", false);
	add_item("T035", "Trygghetslarm", "sakchef", false);
	add_item("F01", "Förteckning över tillgångar", "chef", false);
	add_item("F02", "Förteckning över tillgångar", "chef", false);
	add_item("R1", "Rutin för nycklar", "chef", false);
	add_item("R2", "Rutin för nycklar i skolan", "chef", false);
	add_item("T9", "Gamla systemet", "chef", true);
	add_item("X", "It", "chef", false);
	add_item("7", "Nummer sju", "chef", false);
	registry_index(&town);
}

/* ---- which item ---- */

static void item_row(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	ck_assert_msg(n == 3, "line %d has %d fields", line, n);
	const struct item *item = deficiency_item(&town, &a, field[0], unescape(&a, field[1]));
	const char *got = item ? item->id : "-";
	if (!strcmp(got, field[2]))
		return;
	bad++;
	printf("# line %d: %s, expected %s\n", line, got, field[2]);
}

START_TEST(only_the_one_item_that_is_named_is_meant)
{
	build();
	bad = 0;
	tap_table("tests/cases/deficiency-items.txt", item_row);
	fflush(stdout);
	ck_assert_int_eq(bad, 0);
	registry_release(&town);
}
END_TEST

/* ---- to which address ---- */

START_TEST(the_address_holds_in_every_form)
{
	static const struct {
		const char *address;
		bool yes;
	} rows[] = {
		{ "brist@t.example", true }, { "BRIST@T.example", true }, { "brist+it@t.example", true },
		{ "brist+@t.example", true }, { "brister@t.example", false }, { "brist@x.example", false },
		{ "xbrist@t.example", false }, { "brist", false }, { "+brist@t.example", false },
		{ "brist@t.example+x", false }, { "", false },
	};

	build();
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *one[] = { "x@y.example", rows[i].address };

		town.settings.deficiency_address = "brist@t.example";
		ck_assert_msg(deficiency_address_among(&town.settings, one, 2) == rows[i].yes, "%s",
		              rows[i].address);
		town.settings.deficiency_address = NULL;
		ck_assert(!deficiency_address_among(&town.settings, one, 2));
	}
	registry_release(&town);
}
END_TEST

/* ---- when ---- */

static struct deficiency open_case(const char *item)
{
	dayno monday = date_of(2027, 4, 12);

	return (struct deficiency){
		.ref = "BR-27-0001-AAAA", .day = monday, .item = item, .closed = DAY_NONE, .step = monday,
		.due = monday,
	};
}

static void expect_day(dayno got, int month, int day)
{
	char text[DATE_TEXT];

	ck_assert_msg(got == date_of(2027, month, day), "%s, expected %d-%d", date_text(got, text), month,
	              day);
}

START_TEST(reminders_come_after_five_ten_and_then_every_twenty_working_days)
{
	struct deficiency d = open_case("T005");

	build();
	ck_assert(deficiency_coordinator_due(&d, d.day) && deficiency_holder_due(&town, &d, d.day));
	deficiency_told(&town, &d, d.day);
	ck_assert_str_eq(d.holder, "chef");
	expect_day(d.due, 4, 19);
	ck_assert(!deficiency_coordinator_due(&d, d.due - 1) && !deficiency_holder_due(&town, &d, d.due - 1));
	ck_assert(deficiency_coordinator_due(&d, d.due) && deficiency_holder_due(&town, &d, d.due));
	deficiency_told(&town, &d, d.due);
	expect_day(d.due, 4, 26);
	ck_assert(deficiency_holder_due(&town, &d, d.due));
	deficiency_told(&town, &d, d.due);
	expect_day(d.due, 5, 25); /* Ascension day is off */
	ck_assert(deficiency_coordinator_due(&d, d.due) && !deficiency_holder_due(&town, &d, d.due));
	expect_day(deficiency_answer_by(&town, d.day), 4, 19);
	registry_release(&town);
}
END_TEST

START_TEST(the_coordinator_is_told_once_of_an_own_item)
{
	struct deficiency d = open_case("T035"), unknown = open_case(NULL);

	build();
	ck_assert(deficiency_coordinator_due(&d, d.day) && !deficiency_holder_due(&town, &d, d.day));
	ck_assert(deficiency_coordinator_due(&unknown, d.day) && !deficiency_holder_due(&town, &unknown, d.day));
	registry_release(&town);
}
END_TEST

/* ---- what an answer does ---- */

static enum deficiency_result say(struct arena *a, struct deficiency *d, enum verdict v,
                                  enum reply_outcome o, const char *text, bool coordinator,
                                  struct event *incident)
{
	struct answer said = { .verdict = v, .outcome = o, .text = text };
	struct deficiency_answer x = {
		.answer = &said, .role = "r", .coordinator = coordinator, .day = d->day + 1,
	};

	return deficiency_answered(&town, a, d, &x, incident);
}

START_TEST(an_answer_closes_or_moves_on)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct deficiency d = open_case(NULL);
	struct event incident;

	build();
	deficiency_told(&town, &d, d.day);
	ck_assert_int_eq(say(&a, &d, VERDICT_UNCLEAR, OUTCOME_NONE, NULL, true, &incident), DEFICIENCY_NOTHING);
	ck_assert_int_eq(say(&a, &d, VERDICT_CHANGES, OUTCOME_INCIDENT, NULL, true, &incident),
	                 DEFICIENCY_IS_INCIDENT);
	ck_assert(d.incident && !incident.name);
	expect_day(d.due, 5, 12); /* twenty working days later */
	ck_assert_int_eq(say(&a, &d, VERDICT_CHANGES, OUTCOME_CONCERNS, "GÄLLER zorro", true, &incident),
	                 DEFICIENCY_WHICH_ITEM);
	ck_assert_int_eq(say(&a, &d, VERDICT_CHANGES, OUTCOME_CONCERNS, "GÄLLER T005", true, &incident),
	                 DEFICIENCY_CONCERNS);
	ck_assert_str_eq(incident.name, "incident");
	ck_assert_str_eq(incident.item, "T005");
	expect_day(d.due, 4, 13); /* who answers for it is told at once, the coordinator is not */
	ck_assert(deficiency_holder_due(&town, &d, d.due) && !deficiency_coordinator_due(&d, d.due));
	deficiency_told(&town, &d, d.due);
	ck_assert_int_eq(say(&a, &d, VERDICT_WRONG_PERSON, OUTCOME_NONE, NULL, false, &incident),
	                 DEFICIENCY_HANDED_BACK);
	ck_assert(deficiency_coordinator_due(&d, d.day + 1) && !deficiency_holder_due(&town, &d, d.day + 1));
	ck_assert_int_eq(say(&a, &d, VERDICT_CHANGES, OUTCOME_MISTAKEN, NULL, false, &incident),
	                 DEFICIENCY_COORDINATORS);
	ck_assert_int_eq(d.state, DEFICIENCY_OPEN);
	ck_assert_int_eq(say(&a, &d, VERDICT_CHANGES, OUTCOME_MENDED, "bytt", false, &incident),
	                 DEFICIENCY_IS_CLOSED);
	ck_assert(d.state == DEFICIENCY_CLOSED && d.due == DAY_NONE && !strcmp(d.reason, "bytt"));
	ck_assert_int_eq(say(&a, &d, VERDICT_CHANGES, OUTCOME_MISTAKEN, NULL, true, &incident),
	                 DEFICIENCY_WAS_CLOSED);
	registry_release(&town);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("deficiency");
	TCase *t = tcase_create("deficiency");

	tcase_add_test(t, only_the_one_item_that_is_named_is_meant);
	tcase_add_test(t, the_address_holds_in_every_form);
	tcase_add_test(t, reminders_come_after_five_ten_and_then_every_twenty_working_days);
	tcase_add_test(t, the_coordinator_is_told_once_of_an_own_item);
	tcase_add_test(t, an_answer_closes_or_moves_on);
	suite_add_tcase(s, t);
	return tap_run(s);
}
