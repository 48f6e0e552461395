/* SPDX-License-Identifier: EUPL-1.2 */
/* Posts by their titles, and what the director decides. */
#include <stdio.h>
#include <string.h>

#include "core/apply.h"
#include "core/plan.h"
#include "core/posts.h"
#include "core/turn.h"
#include "tests/core/town.h"
#include "tests/tap.h"

static struct arena arena;
static struct registry town;
static struct review review;
static struct letter letter;
static struct change change;
static struct applied done;
static dayno today;

static int bad;

static void title_row(int line, char **field, int n)
{
	ck_assert_msg(n == 2, "line %d has %d fields", line, n);
	for (int p = 0; p < POST_COUNT; p++) {
		bool want = !strcmp(field[1], post_name((enum post)p));

		if (post_titled((enum post)p, field[0]) == want)
			continue;
		bad++;
		printf("# line %d: %s is %sa %s\n", line, field[0], want ? "not " : "", post_name((enum post)p));
	}
}

START_TEST(a_post_is_known_by_its_title)
{
	bad = 0;
	tap_table("tests/cases/posts.txt", title_row);
	ck_assert_int_eq(bad, 0);
	ck_assert(!post_titled(POST_DIRECTOR, NULL));
}
END_TEST

static void lay(void)
{
	arena = (struct arena)ARENA_INIT;
	town_build(&town);
	today = town_day("2027-02-01");
	town_role(&town, "kd")->title = "Kommundirektör";
	town_role(&town, "bkd")->title = "Biträdande kommundirektör";
	struct item *i = town_item(&town, "R1", "sc", NULL, "2026-03-01");
	i->subkind = "tillämpningsrutin";
	i->decided_by = "Kommundirektör";
	town.settings.director_decides = 1;
	registry_index(&town);
	review = (struct review){
		.id = "R1.1", .item = "R1", .state = REVIEW_OPEN, .rung = RUNG_INVITE,
		.due = town_day("2027-03-01"), .act_by = town_day("2027-03-01"),
		.opened = town_day("2027-01-18"), .last_notice = town_day("2027-01-18"),
		.extended_until = DAY_NONE, .signed_on = DAY_NONE, .letter = "GR-1", .n = 1,
		.version = plan_version(&arena, registry_item(&town, "R1")),
	};
	letter = (struct letter){ .ref = "GR-1", .role = "kd", .body = "KS", .address = "kd@t.example" };
}

static void clear(void)
{
	registry_release(&town);
	arena_release(&arena);
}

static void answer(const char *from, const char *text, const struct confirmation *confirmed,
                   const struct held *held)
{
	struct trust_facts f = { .token_found = true, .token_matches = true, .from = from,
	                         .auth_domain = "t.example", .asked = DAY_NONE, .written = DAY_NONE };
	struct trust trust = trust_judge(&town, plan_approver(&town, registry_item(&town, "R1"), today),
	                                 today, TRUST_AUTHSERV, &f);
	struct reply reply;
	struct apply_input in = {
		.registry = &town, .letter = &letter, .reviews = &review, .n_reviews = 1, .reply = &reply,
		.trust = &trust, .from = from, .day = today, .at = 1801468800,
		.confirmed = confirmed, .held = held, .n_held = held ? 1 : 0,
	};

	/* What is confirmed was judged already: the app gives it whole. */
	reply_read(&arena, text, &(struct reply_context){ .received = today }, &reply);
	change = (struct change){ .at = in.at };
	apply_reply(&in, &arena, &change, &done);
}

START_TEST(by_default_the_directors_reply_is_an_acknowledgement)
{
	const struct item *i = registry_item(&town, "R1");

	town.settings.director_decides = 0;
	ck_assert_str_eq(plan_approver(&town, i, today)->id, "sc");
	answer("sc@t.example", "GODKÄNNS", NULL, NULL);
	ck_assert_int_eq(done.answer, ANSWER_RECEIPT);
	ck_assert_uint_eq(change.n_decisions, 0);
	ck_assert_int_eq(change.reviews[0].state, REVIEW_CLOSED);
}
END_TEST

START_TEST(the_director_is_asked_where_the_director_decides)
{
	struct item *i = &town.items[0];

	ck_assert_str_eq(plan_approver(&town, i, today)->id, "kd");
	i->decided_by = "kd"; /* by id */
	ck_assert_str_eq(plan_approver(&town, i, today)->id, "kd");
	i->decided_by = "Systemägare";
	ck_assert_str_eq(plan_approver(&town, i, today)->id, "sc");
	i->decided_by = "Kommundirektör";
	i->subkind = "verksamhetsrutin";
	ck_assert_str_eq(plan_approver(&town, i, today)->id, "sc");
	i->subkind = "Tillämpningsrutin";
	ck_assert_str_eq(plan_approver(&town, i, today)->id, "kd");
}
END_TEST

START_TEST(nobody_decides_in_the_place_of_a_director_who_has_left)
{
	town_role(&town, "kd")->to = today - 1;
	ck_assert(!plan_approver(&town, registry_item(&town, "R1"), today));
}
END_TEST

START_TEST(the_day_that_a_director_takes_office_is_waited_for)
{
	struct role *kd = town_role(&town, "kd");

	kd->to = today - 1;
	struct role *next = town_role(&town, "bkd");
	next->title = "Kommundirektör";
	next->from = town_day("2027-05-03");
	ck_assert_int_eq(turn_next(&town, registry_item(&town, "R1"), today), next->from);
	ck_assert_str_eq(plan_approver(&town, registry_item(&town, "R1"), next->from)->id, "bkd");
}
END_TEST

START_TEST(a_decision_is_always_confirmed)
{
	answer("kd@t.example", "GODKÄNNS", NULL, NULL);
	ck_assert_int_eq(done.answer, ANSWER_CONFIRM);
	ck_assert_uint_eq(change.n_reviews + change.n_decisions + change.n_records, 0);
	ck_assert(done.items[0].delegated);
	answer("kd@t.example", "ÄNDRING: fel blankett", NULL, NULL);
	ck_assert_int_eq(done.answer, ANSWER_RECEIPT); /* no decision */
	ck_assert_int_eq(change.reviews[0].state, REVIEW_CHANGES);
}
END_TEST

START_TEST(the_deputy_does_not_decide)
{
	answer("bkd@t.example", "GODKÄNNS", NULL, NULL);
	ck_assert_uint_eq(change.n_reviews + change.n_decisions, 0);
	ck_assert_int_eq(done.items[0].note, NOTE_NOT_YOURS);
	ck_assert(done.for_coordinator);
}
END_TEST

START_TEST(what_is_confirmed_is_a_decision_by_the_role)
{
	const struct confirmation c = {
		.token_hash = "f00d", .role = "kd", .address = "kd@t.example", .from = "kd@t.example",
		.token = "yes", .sender = "yes", .domain = "yes", .direct = "yes", .asked = 1801468700,
		.expires = 1802073500, .mails = 1, .state = CONFIRM_CONFIRMED, .mail = 7,
	};
	const struct held held = {
		.review = "R1.1", .version = review.version,
		.answer = { .n = 1, .verdict = VERDICT_APPROVE, .until = DAY_NONE, .date = DAY_NONE },
	};

	answer("kd@t.example", "1 GODKÄNNS", &c, &held);
	ck_assert_int_eq(done.answer, ANSWER_RECEIPT);
	ck_assert_uint_eq(change.n_decisions, 1);
	ck_assert_uint_eq(change.n_signoffs, 1);
	const struct decision *d = &change.decisions[0];
	ck_assert_str_eq(d->role, "kd");
	ck_assert_str_eq(d->body, "KS");
	ck_assert_ptr_null(d->paragraph); /* a § is a body's */
	ck_assert(d->adjusted); /* no minutes are waited for */
	ck_assert_int_eq(d->day, today);
	ck_assert_uint_eq(change.n_inquiries, 0);
	ck_assert_int_eq(change.reviews[0].state, REVIEW_CLOSED);
	ck_assert_int_eq(done.items[0].decided, today);
	ck_assert_int_ne(done.items[0].next_due, DAY_NONE);
	bool recorded = false;
	for (size_t i = 0; i < change.n_records; i++)
		recorded |= !strcmp(change.records[i].kind, "decision-delegated")
		            && strstr(change.records[i].facts, "title=Kommundirektör\n")
		            && strstr(change.records[i].facts, "report_to=KS\n");
	ck_assert(recorded);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("posts");
	TCase *t = tcase_create("posts");

	tcase_add_checked_fixture(t, lay, clear);
	tcase_add_test(t, a_post_is_known_by_its_title);
	tcase_add_test(t, by_default_the_directors_reply_is_an_acknowledgement);
	tcase_add_test(t, the_director_is_asked_where_the_director_decides);
	tcase_add_test(t, nobody_decides_in_the_place_of_a_director_who_has_left);
	tcase_add_test(t, the_day_that_a_director_takes_office_is_waited_for);
	tcase_add_test(t, a_decision_is_always_confirmed);
	tcase_add_test(t, the_deputy_does_not_decide);
	tcase_add_test(t, what_is_confirmed_is_a_decision_by_the_role);
	suite_add_tcase(s, t);
	return tap_run(s);
}
