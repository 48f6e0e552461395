/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What must hold of every due date, tried on thousands of registers made at
 * random (the same ones each time): the earliest reason wins, time alone moves
 * nothing, another rule never makes anything later, a review makes nothing
 * earlier than it was done.
 */
#include <stdio.h>
#include <string.h>

#include "core/due.h"
#include "tests/tap.h"

enum { ROUNDS = 20000, TODAY = 20829 /* 2027-01-11 */ };

static unsigned state;

static unsigned chance(unsigned n) /* 0 … n - 1 */
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % n;
}

static dayno day_within(int before, int after)
{
	return TODAY - before + (dayno)chance((unsigned)(before + after));
}

static dayno sometimes(dayno day)
{
	return chance(3) ? day : DAY_NONE;
}

static const char *const texts[] = {
	"EVERY 1Y", "EVERY 4Y", "EVERY 6M", "EVERY 1M", "EVERY 2W", "EVERY 4Y FROM DECIDED",
	"YEARLY 12-31", "YEARLY 02-29", "YEARLY W45", "YEARLY W53", "TERM ONCE", "TERM START",
	"TERM END", "EVENT rsa", "EVENT val-6M", "EVENT bokslut", "EVENT incident",
	"EVENT systembyte+2M", "EVENT brist", "MAXGAP 2Y", "REVIEW_BY 2027-06-30",
	"END 2027-12-31", "END decided+4Y", "WITH_PARENT", "OPEN", "ON_DEMAND", "ASK(datum)", "NONE",
};
static const char *const names[] = { "rsa", "bokslut", "incident", "systembyte", "brist",
	"avtal_slut", "val" };
static const char *const ids[] = { "A", "B", "C", "D" };

static struct rule random_rule(struct arena *a)
{
	struct rule rule;

	ck_assert(rule_parse(a, texts[chance(ARRAY_LEN(texts))], &rule));
	return rule;
}

static void add_body(struct registry *r, const char *id, enum body_kind kind)
{
	r->bodies = arena_grow(&r->arena, r->bodies, r->n_bodies, &r->cap_bodies, sizeof(*r->bodies));
	struct body *b = &r->bodies[r->n_bodies++];
	*b = body_blank();
	b->id = id;
	b->kind = kind;
	b->ceases = chance(4) ? DAY_NONE : day_within(400, 400);
	b->successor = b->ceases != DAY_NONE ? "KS" : NULL;
}

static void add_item(struct registry *r, size_t n)
{
	r->items = arena_grow(&r->arena, r->items, r->n_items, &r->cap_items, sizeof(*r->items));
	struct item *i = &r->items[r->n_items++];
	*i = item_blank();
	i->id = i->title = ids[n];
	i->kind = (enum item_kind)chance(ITEM_KIND_COUNT);
	i->parent = chance(2) ? ids[chance(ARRAY_LEN(ids))] : NULL;
	i->body = chance(2) ? "KS" : "N";
	i->decided_by = chance(2) ? "KF" : NULL;
	i->needs_decision = chance(2);
	i->decided = sometimes(day_within(3000, 0));
	i->revised = sometimes(day_within(2000, 0));
	i->reviewed = sometimes(day_within(1000, 0));
	i->reviewed_for = i->reviewed == DAY_NONE ? DAY_NONE
	                                          : sometimes(i->reviewed - (dayno)chance(300));
	i->known_on = day_within(1000, 0);
	i->retired = !chance(12);
}

static void add_dates(struct registry *r)
{
	for (unsigned n = chance(6); n > 0; n--) {
		r->events = arena_grow(&r->arena, r->events, r->n_events, &r->cap_events,
		                       sizeof(*r->events));
		struct event *e = &r->events[r->n_events++];
		*e = (struct event){ .name = names[chance(ARRAY_LEN(names))], .day = day_within(700, 900) };
		e->happened = e->day <= TODAY && chance(2);
		e->triggered = chance(2);
		e->item = chance(2) ? ids[chance(ARRAY_LEN(ids))] : NULL;
	}
	for (unsigned n = chance(8); n > 0; n--) {
		r->meetings = arena_grow(&r->arena, r->meetings, r->n_meetings, &r->cap_meetings,
		                         sizeof(*r->meetings));
		static const char *const bodies[] = { "KF", "KS", "KSAU", "N" };
		r->meetings[r->n_meetings++] = (struct meeting){
			.body = bodies[chance(4)], .day = day_within(300, 900), .stop = DAY_NONE,
			.preparation = DAY_NONE, .summons = DAY_NONE, .adjusted_by = DAY_NONE,
			.cancelled = !chance(5),
		};
	}
}

static void random_register(struct registry *r)
{
	registry_init(r);
	add_body(r, "KF", BODY_COUNCIL);
	add_body(r, "KS", BODY_BOARD);
	add_body(r, "KSAU", BODY_GROUP);
	add_body(r, "N", BODY_COMMITTEE);
	for (size_t n = 0; n < ARRAY_LEN(ids); n++)
		add_item(r, n);
	add_dates(r);
	for (int k = 0; k < ITEM_KIND_COUNT; k++)
		r->settings.late_from_planned[k] = chance(2);
	registry_index(r);
	for (size_t n = 0; n < r->n_items; n++)
		for (unsigned k = chance(4); k > 0; k--)
			rules_add(&r->arena, &r->items[n].rules, random_rule(&r->arena));
}

/* What failed, in words that lead to the register. */
#define HOLDS(cond, what) \
	ck_assert_msg(cond, "round %d, item %s: %s", round, i->id, what)

static void earliest_wins(const struct item *i, const struct due *d, int round)
{
	dayno first = DAY_NONE;
	int winners = 0;

	for (size_t k = 0; k < d->n_reasons; k++) {
		dayno day = d->reasons[k].due;
		winners += d->reasons[k].wins;
		if (day != DAY_NONE && (first == DAY_NONE || day < first))
			first = day;
	}
	HOLDS(d->due == first, "the due date is the earliest of its reasons");
	HOLDS(winners == (first != DAY_NONE), "one reason wins, if there is a date");
	HOLDS(d->act_by == DAY_NONE || d->act_by <= d->due, "the work is ready by the due date");
	HOLDS((d->act_by == DAY_NONE) == (d->due == DAY_NONE), "a due date says when to be ready");
	HOLDS(d->status != DUE_ASK || d->n_ask > 0, "who asks says for what");
	HOLDS(!d->meeting || !d->meeting->cancelled, "nothing leans on a cancelled meeting");
}

/* Without an anchor a term is today's; all else stands still while time goes. */
static bool follows_today(const struct registry *r, const struct item *i, int depth)
{
	bool blank = i->reviewed == DAY_NONE && i->revised == DAY_NONE && i->decided == DAY_NONE;
	bool ends = false;

	for (size_t k = 0; k < r->n_bodies; k++)
		ends = ends || r->bodies[k].ceases != DAY_NONE;
	for (size_t k = 0; k < i->rules.n; k++) {
		enum rule_kind kind = i->rules.at[k].kind;
		bool term = kind == RULE_TERM_ONCE || kind == RULE_TERM_START || kind == RULE_TERM_END;
		if (term && (blank || ends))
			return true;
		const struct item *parent = kind == RULE_WITH_PARENT ? registry_item(r, i->parent) : NULL;
		if (parent && (depth > 4 || follows_today(r, parent, depth + 1)))
			return true;
	}
	return false;
}

static void time_moves_nothing(const struct registry *r, const struct item *i,
                               const struct due *d, struct arena *a, int round)
{
	struct due later;

	due_compute(r, i, TODAY + 1 + (dayno)chance(400), a, &later);
	if (follows_today(r, i, 0))
		return;
	HOLDS(later.due == d->due, "time alone moves no due date");
	HOLDS(later.act_by == d->act_by, "nor when the work must be ready");
	HOLDS(d->status != DUE_OVERDUE || later.status == DUE_OVERDUE, "overdue stays overdue");
}

static void another_rule_makes_nothing_later(const struct registry *r, const struct item *i,
                                             const struct due *d, struct arena *a, int round)
{
	struct item more = *i;
	struct due other;

	more.rules.at = NULL;
	more.rules.n = more.rules.cap = 0;
	for (size_t k = 0; k < i->rules.n; k++)
		rules_add(a, &more.rules, i->rules.at[k]);
	rules_add(a, &more.rules, random_rule(a));
	due_compute(r, &more, TODAY, a, &other);
	/* An event that names the item needs no words; words for it may ask for more. */
	HOLDS(d->due == DAY_NONE || (other.due != DAY_NONE && other.due <= d->due),
	      "another rule makes nothing later");
}

/* Every rule but those that only a decision, a parent or a date meets. */
static bool met_by_review(const struct due *d)
{
	for (size_t k = 0; k < d->n_reasons; k++) {
		enum rule_kind kind = d->reasons[k].rule->kind;
		if (d->reasons[k].wins && (kind == RULE_END || kind == RULE_WITH_PARENT ||
		                           d->reasons[k].rule->from_decided))
			return false;
	}
	return true;
}

static void a_review_goes_on(const struct registry *r, const struct item *i, struct arena *a,
                             int round)
{
	struct item done = *i;
	struct due next;

	done.reviewed = TODAY;
	done.reviewed_for = DAY_NONE;
	due_compute(r, &done, TODAY, a, &next);
	HOLDS(next.due == DAY_NONE || next.due > TODAY || !met_by_review(&next),
	      "what was reviewed today is not due today");
}

START_TEST(invariants_hold)
{
	state = 4711;
	for (int round = 0; round < ROUNDS; round++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct registry r;

		random_register(&r);
		for (size_t n = 0; n < r.n_items; n++) {
			const struct item *i = &r.items[n];
			struct due d;

			due_compute(&r, i, TODAY, &a, &d);
			earliest_wins(i, &d, round);
			time_moves_nothing(&r, i, &d, &a, round);
			if (!i->retired)
				another_rule_makes_nothing_later(&r, i, &d, &a, round);
			a_review_goes_on(&r, i, &a, round);
		}
		registry_release(&r);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("due-random");
	TCase *t = tcase_create("due-random");

	tcase_set_timeout(t, 0);
	tcase_add_test(t, invariants_hold);
	suite_add_tcase(s, t);
	return tap_run(s);
}
