/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/due.h"
#include "tests/tap.h"

/*
 * Each row of tests/cases/due.txt is an item of a small register: rules in
 * canonical text, facts as name=value, the day, and what must come out.
 */
struct case_item {
	struct registry r;
	struct item item;
	dayno today;
};

static dayno day_of(const char *text)
{
	dayno day;

	ck_assert_msg(date_parse(text, &day), "%s is no date", text);
	return day;
}

static char *word_after(char *word, const char *name)
{
	size_t n = strlen(name);

	return strncmp(word, name, n) == 0 && word[n] == '=' ? word + n + 1 : NULL;
}

/* "event=rsa:2027-10-12", "happened=incident:2027-02-01". */
static void add_event(struct registry *r, char *value, bool happened)
{
	char *colon = strchr(value, ':');

	ck_assert_ptr_nonnull(colon);
	*colon = '\0';
	r->events = arena_grow(&r->arena, r->events, r->n_events, &r->cap_events,
	                       sizeof(*r->events));
	r->events[r->n_events++] = (struct event){
		.name = arena_dup(&r->arena, value), .day = day_of(colon + 1), .happened = happened,
	};
}

/* "term=2026-10-15/2030-10-14": the body's own. */
static void add_body(struct case_item *c, char *value)
{
	char *slash = strchr(value, '/');

	ck_assert_ptr_nonnull(slash);
	*slash = '\0';
	struct registry *r = &c->r;
	r->bodies = arena_grow(&r->arena, r->bodies, r->n_bodies, &r->cap_bodies,
	                       sizeof(*r->bodies));
	struct body *body = &r->bodies[r->n_bodies++];
	*body = body_blank();
	body->id = "N";
	body->name = "Nämnden";
	body->kind = BODY_COMMITTEE;
	body->term_from = day_of(value);
	body->term_to = day_of(slash + 1);
	c->item.body = "N";
}

static void read_fact(struct case_item *c, char *word)
{
	struct {
		const char *name;
		dayno *day;
	} days[] = {
		{ "decided", &c->item.decided },       { "revised", &c->item.revised },
		{ "reviewed", &c->item.reviewed },     { "known", &c->item.known_on },
		{ "valid_from", &c->item.valid_from },
		{ "election", &c->r.settings.next_election },
	};
	char *value;

	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		if ((value = word_after(word, days[i].name)) != NULL) {
			*days[i].day = day_of(value);
			return;
		}
	}
	if ((value = word_after(word, "event")) != NULL)
		add_event(&c->r, value, false);
	else if ((value = word_after(word, "happened")) != NULL)
		add_event(&c->r, value, true);
	else if ((value = word_after(word, "term")) != NULL)
		add_body(c, value);
	else if (strcmp(word, "retired") == 0)
		c->item.retired = true;
	else if (strcmp(word, "decided_ask") == 0)
		c->item.decided_ask = true;
	else if (strcmp(word, "document") == 0)
		c->item.kind = ITEM_DOCUMENT;
	else
		ck_abort_msg("no fact is called %s", word);
}

static void start_case(struct case_item *c)
{
	*c = (struct case_item){ .today = 0 };
	registry_init(&c->r);
	c->item = item_blank();
	c->item.id = c->item.title = "X";
	c->item.kind = ITEM_ROUTINE;
}

static void read_rules(struct case_item *c, char *text)
{
	struct rule rule;

	for (char *at = text, *next; at && *at; at = next) {
		next = strstr(at, "; ");
		if (next) {
			*next = '\0';
			next += 2;
		}
		ck_assert_msg(rule_parse(&c->r.arena, at, &rule), "%s is no rule", at);
		rules_add(&c->r.arena, &c->item.rules, rule);
	}
}

static void read_facts(struct case_item *c, char *text)
{
	char *save = NULL;

	for (char *w = strtok_r(text, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
		if (strcmp(w, "-") != 0)
			read_fact(c, w);
	}
}

static int bad;

static void due_row(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct case_item c;
	struct due due;
	char text[DATE_TEXT];

	ck_assert_msg(n == 5 || n == 6, "line %d has %d fields", line, n);
	start_case(&c);
	char *shown = arena_dup(&c.r.arena, field[0]);
	if (strcmp(field[0], "-") != 0)
		read_rules(&c, field[0]);
	read_facts(&c, field[1]);
	due_compute(&c.r, &c.item, day_of(field[2]), &a, &due);
	const char *day = due.due == DAY_NONE ? "-" : date_text(due.due, text);
	struct buf asked AUTO(buf_release) = BUF_INIT;
	for (size_t i = 0; i < due.n_ask; i++)
		buf_fmt(&asked, "%s%s", i ? "; " : "", due.ask[i]);
	const char *want = n == 6 ? field[5] : "";
	if (strcmp(day, field[3]) != 0 || strcmp(due_status_name(due.status), field[4]) != 0 ||
	    strcmp(asked.data, want) != 0) {
		bad++;
		printf("# line %d: %s: got %s %s [%s], expected %s %s [%s]\n", line, shown, day,
		       due_status_name(due.status), asked.data, field[3], field[4], want);
	}
	registry_release(&c.r);
}

START_TEST(rules_and_facts_give_a_due_date)
{
	bad = 0;
	tap_table("tests/cases/due.txt", due_row);
	ck_assert_int_eq(bad, 0);
}
END_TEST

static struct item *add_item(struct registry *r, const char *id, const char *parent,
                             const char *rule)
{
	struct rule parsed;

	r->items = arena_grow(&r->arena, r->items, r->n_items, &r->cap_items, sizeof(*r->items));
	struct item *i = &r->items[r->n_items++];
	*i = item_blank();
	i->id = arena_dup(&r->arena, id);
	i->title = "T";
	i->parent = arena_dup(&r->arena, parent);
	i->kind = ITEM_DOCUMENT;
	ck_assert(rule_parse(&r->arena, rule, &parsed));
	rules_add(&r->arena, &i->rules, parsed);
	return i;
}

START_TEST(a_child_follows_its_parent)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_item(&r, "A", NULL, "EVERY 4Y")->decided = day_of("2024-02-29");
	add_item(&r, "B", "A", "WITH_PARENT");
	add_item(&r, "C", "B", "WITH_PARENT");
	add_item(&r, "D", "Z", "WITH_PARENT");
	due_compute(&r, &r.items[2], day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.due, day_of("2028-02-29"));
	ck_assert_str_eq(due.reasons[0].parent->id, "B");
	ck_assert(!due.loop);
	due_compute(&r, &r.items[3], day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.status, DUE_ASK);
	ck_assert_str_eq(due.ask[0], "överordnat dokument");
	r.items[0].retired = true;
	due_compute(&r, &r.items[1], day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.status, DUE_ASK);
	registry_release(&r);
}
END_TEST

START_TEST(parents_that_loop_are_refused)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_item(&r, "A", "B", "WITH_PARENT");
	add_item(&r, "B", "C", "WITH_PARENT");
	add_item(&r, "C", "A", "WITH_PARENT");
	add_item(&r, "D", "D", "WITH_PARENT");
	for (size_t i = 0; i < r.n_items; i++) {
		due_compute(&r, &r.items[i], day_of("2027-01-11"), &a, &due);
		ck_assert(due.loop);
		ck_assert_int_eq(due.status, DUE_ASK);
		ck_assert_int_eq(due.due, DAY_NONE);
	}
	registry_release(&r);
}
END_TEST

/* Two rules that follow the parent, forty generations: must not double. */
START_TEST(generations_cost_no_more_than_their_number)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;
	char id[8], parent[8];

	registry_init(&r);
	for (int i = 10; i < 50; i++) {
		snprintf(id, sizeof(id), "I%d", i);
		snprintf(parent, sizeof(parent), "I%d", i + 1);
		const char *rule = i == 49 ? "END 2027-01-01" : "WITH_PARENT";
		struct item *one = add_item(&r, id, parent, rule);
		for (int k = 0; k < 3; k++)
			rules_add(&r.arena, &one->rules, one->rules.at[0]);
	}
	due_compute(&r, &r.items[0], day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.due, day_of("2027-01-01"));
	ck_assert_int_eq(due.status, DUE_OVERDUE);
	registry_release(&r);
}
END_TEST

static void add_meeting(struct registry *r, const char *body, const char *day, const char *stop)
{
	r->meetings = arena_grow(&r->arena, r->meetings, r->n_meetings, &r->cap_meetings,
	                         sizeof(*r->meetings));
	r->meetings[r->n_meetings++] = (struct meeting){
		.body = body, .day = day_of(day), .stop = stop ? day_of(stop) : DAY_NONE,
		.preparation = DAY_NONE, .summons = DAY_NONE, .adjusted_by = DAY_NONE,
	};
}

static void add_bodies(struct registry *r)
{
	static const struct body bodies[] = {
		{ .id = "KF", .kind = BODY_COUNCIL, .term_from = DAY_NONE, .term_to = DAY_NONE },
		{ .id = "KS", .kind = BODY_BOARD, .term_from = DAY_NONE, .term_to = DAY_NONE },
		{ .id = "KSAU", .kind = BODY_GROUP, .term_from = DAY_NONE, .term_to = DAY_NONE },
	};

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		r->bodies = arena_grow(&r->arena, r->bodies, r->n_bodies, &r->cap_bodies,
		                       sizeof(*r->bodies));
		r->bodies[r->n_bodies++] = bodies[i];
	}
	add_meeting(r, "KF", "2027-09-27", NULL);
	add_meeting(r, "KF", "2027-10-25", NULL);
	add_meeting(r, "KS", "2027-09-14", "2027-08-24");
	add_meeting(r, "KS", "2027-10-12", "2027-09-21");
	add_meeting(r, "KS", "2027-11-16", NULL);
	add_meeting(r, "KSAU", "2027-09-28", "2027-09-16");
	add_meeting(r, "KSAU", "2027-11-02", "2027-10-21");
}

START_TEST(work_is_ready_before_the_meeting)
{
	static const struct {
		const char *rule, *act_by;
		enum act_basis basis;
		bool decision;
	} cases[] = {
		{ "EVENT rsa", "2027-09-21", ACT_MEETING, true },
		{ "END 2027-12-01", "2027-10-26", ACT_MEETING, true },
		/* stop unknown: 21 days */
		{ "END 2028-03-01", "2028-01-19", ACT_NO_CALENDAR, true },
		{ "END 2027-02-01", "2026-12-21", ACT_NO_CALENDAR, true },
		/* before the first */
		{ "END 2027-10-29", "2027-10-29", ACT_DUE, false },
		{ "END 2027-10-31", "2027-10-29", ACT_WORKDAY, false },
		{ "END 2027-12-26", "2027-12-23", ACT_WORKDAY, false },
		{ "OPEN", NULL, ACT_NONE, true },
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct due due;

	registry_init(&r);
	add_bodies(&r);
	struct item *i = add_item(&r, "S", NULL, cases[_i].rule);
	i->body = "KS";
	i->needs_decision = cases[_i].decision;
	i->decided = day_of("2024-06-17");
	due_compute(&r, i, day_of("2027-01-11"), &a, &due);
	ck_assert_int_eq(due.act_basis, cases[_i].basis);
	ck_assert_int_eq(due.act_by, cases[_i].act_by ? day_of(cases[_i].act_by) : DAY_NONE);
	ck_assert_int_eq(due.meeting != NULL, cases[_i].basis == ACT_MEETING);
	registry_release(&r);
}
END_TEST

START_TEST(a_council_decision_passes_board_and_group)
{
	struct registry r;

	registry_init(&r);
	add_bodies(&r);
	struct chain c = due_chain(&r, day_of("2027-10-31"));
	ck_assert_int_eq(c.council->day, day_of("2027-10-25"));
	ck_assert_int_eq(c.board->day, day_of("2027-10-12"));
	ck_assert_int_eq(c.group->day, day_of("2027-09-28"));
	c = due_chain(&r, day_of("2020-01-01"));
	ck_assert_ptr_null(c.council);
	ck_assert_ptr_null(c.group);
	registry_release(&r);
}
END_TEST

START_TEST(every_reason_is_kept_and_the_earliest_wins)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct case_item c;
	struct due due;
	char rules[] = "EVERY 4Y; EVENT rsa; ASK(hänvisning)";

	start_case(&c);
	read_rules(&c, rules);
	c.item.decided = day_of("2024-06-17");
	c.item.n_default_rules = 1;
	due_compute(&c.r, &c.item, day_of("2027-01-11"), &a, &due);
	ck_assert_uint_eq(due.n_reasons, 3);
	ck_assert_int_eq(due.reasons[0].due, day_of("2028-06-17"));
	ck_assert_int_eq(due.reasons[0].from, day_of("2024-06-17"));
	ck_assert(due.reasons[0].by_default && !due.reasons[1].by_default);
	ck_assert(due.reasons[1].wins && !due.reasons[0].wins);
	ck_assert_int_eq(due.reasons[2].due, DAY_NONE);
	ck_assert_str_eq(due.ask[0], "hänvisning");
	ck_assert_int_eq(due.anchor_source, ANCHOR_DECIDED);
	registry_release(&c.r);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("core/due");
	TCase *t = tcase_create("due");

	tcase_add_test(t, rules_and_facts_give_a_due_date);
	tcase_add_test(t, a_child_follows_its_parent);
	tcase_add_test(t, parents_that_loop_are_refused);
	tcase_add_test(t, generations_cost_no_more_than_their_number);
	tcase_add_loop_test(t, work_is_ready_before_the_meeting, 0, 8);
	tcase_add_test(t, a_council_decision_passes_board_and_group);
	tcase_add_test(t, every_reason_is_kept_and_the_earliest_wins);
	suite_add_tcase(s, t);
	return tap_run(s);
}
