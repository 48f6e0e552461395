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

/* "event=rsa:2027-10-12", "happened=incident:2027-02-01", and with one more
 * ":X" the item that it names; ":X:2": so often that day. */
static void add_event(struct registry *r, char *value, struct event event)
{
	char *save = NULL, *name = strtok_r(value, ":", &save), *day = strtok_r(NULL, ":", &save);
	char *item = strtok_r(NULL, ":", &save), *times = strtok_r(NULL, ":", &save);

	ck_assert_ptr_nonnull(day);
	event.name = arena_dup(&r->arena, name);
	event.day = day_of(day);
	event.item = item ? arena_dup(&r->arena, item) : NULL;
	event.times = times ? atoi(times) : 0;
	r->events = arena_grow(&r->arena, r->events, r->n_events, &r->cap_events,
	                       sizeof(*r->events));
	r->events[r->n_events++] = event;
}

/* "skip=2027-03-20", "move=2027-03-20/2027-05-01", "plan=…" of the item X. */
static void add_exception(struct registry *r, char *value, enum exception_kind kind)
{
	char *slash = strchr(value, '/');

	if (slash)
		*slash = '\0';
	r->exceptions = arena_grow(&r->arena, r->exceptions, r->n_exceptions, &r->cap_exceptions,
	                           sizeof(*r->exceptions));
	r->exceptions[r->n_exceptions++] = (struct exception){
		.item = "X", .day = day_of(value), .kind = kind,
		.to = slash ? day_of(slash + 1) : DAY_NONE, .reason = "r",
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
		{ "valid_from", &c->item.valid_from }, { "for", &c->item.reviewed_for },
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
		add_event(&c->r, value, (struct event){ .happened = false });
	else if ((value = word_after(word, "happened")) != NULL)
		add_event(&c->r, value, (struct event){ .happened = true });
	else if ((value = word_after(word, "told")) != NULL)
		add_event(&c->r, value, (struct event){ .triggered = true });
	else if ((value = word_after(word, "skip")) != NULL)
		add_exception(&c->r, value, EXCEPTION_SKIP);
	else if ((value = word_after(word, "move")) != NULL)
		add_exception(&c->r, value, EXCEPTION_MOVE);
	else if ((value = word_after(word, "link")) != NULL)
		c->item.link = arena_dup(&c->r.arena, value);
	else if ((value = word_after(word, "deficiencies")) != NULL)
		c->r.settings.deficiency_count = value[0] - '0';
	else if ((value = word_after(word, "contract_days")) != NULL)
		c->r.settings.contract_days = atoi(value);
	else if (strcmp(word, "no_contracts") == 0)
		c->r.settings.review_contracts = 0;
	else if (strcmp(word, "rhythm") == 0)
		c->r.settings.late_from_planned[c->item.kind] = 1;
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
	registry_index(&c.r);
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
	ck_assert(due.reasons[0].source == REASON_DEFAULT && due.reasons[1].source == REASON_OWN);
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
	tcase_add_test(t, every_reason_is_kept_and_the_earliest_wins);
	suite_add_tcase(s, t);
	return tap_run(s);
}
