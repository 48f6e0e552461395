/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/due.h"

#include <string.h>

#include "base/attr.h"
#include "core/training.h"
#include "due-internal.h"

static const char ask_gap[] = "längsta avstånd mellan översynerna";
static const char ask_interval[] = "översynsintervall";
static const char ask_decided[] = "beslutsdatum";

enum { DEEPEST = 64 }; /* of parents: a longer chain is taken for a loop */

/* The items whose due dates are being computed, innermost first. */
struct trail {
	const struct item *item;
	const struct trail *up;
	int depth;
};

static void compute(const struct registry *r, const struct item *i, dayno today, struct arena *a,
                    const struct trail *up, struct due *out);

const char *due_status_name(enum due_status s)
{
	static const char *const names[] = {
		[DUE_OVERDUE] = "overdue", [DUE_SOON] = "soon", [DUE_LATER] = "later",
		[DUE_ASK] = "ask", [DUE_NONE] = "none",
	};

	return names[s];
}

/* Asks once for each thing: the question that says more is kept. */
static void ask(struct arena *a, struct due *out, const char *what)
{
	for (size_t i = 0; i < out->n_ask; i++) {
		if (strncmp(out->ask[i], what, strlen(what)) == 0)
			return;
	}
	/* No more than a question per rule and a few of our own: see compute(). */
	out->ask[out->n_ask++] = arena_dup(a, what);
}

static void find_anchor(const struct item *i, struct due *out)
{
	const struct {
		dayno day;
		enum anchor_source source;
	} facts[] = {
		{ i->reviewed, ANCHOR_REVIEWED },
		{ i->revised, ANCHOR_REVISED },
		{ i->decided, ANCHOR_DECIDED },
	};

	for (size_t k = 0; k < ARRAY_LEN(facts); k++) {
		if (facts[k].day != DAY_NONE && facts[k].day > out->anchor) {
			out->anchor = facts[k].day;
			out->anchor_source = facts[k].source;
		}
	}
	if (out->anchor == DAY_NONE && i->valid_from != DAY_NONE) {
		out->anchor = i->valid_from;
		out->anchor_source = ANCHOR_VALID_FROM;
	}
}

static const char *missing_anchor(const struct item *i)
{
	bool decided = i->kind == ITEM_DOCUMENT || i->decided_ask;

	return decided ? ask_decided : "datum för senaste granskning";
}

static struct occurrence interval(struct due_facts *f, const struct rule *rule,
                                  struct reason *reason, struct due *out)
{
	dayno from = rule->from_decided ? f->item->decided : f->anchor;

	if (from == DAY_NONE) {
		ask(f->a, out, rule->from_decided ? ask_decided : missing_anchor(f->item));
		return (struct occurrence){ DAY_NONE, DAY_NONE };
	}
	return due_interval(f, rule, from, &reason->from_planned);
}

/* One deadline: met by a review completed after the latest decision. */
static struct occurrence review_by(struct due_facts *f, const struct rule *rule)
{
	const struct item *i = f->item;
	dayno decision = i->revised > i->decided ? i->revised : i->decided;
	bool met = i->reviewed != DAY_NONE && i->reviewed > decision;

	met = met || due_skipped(f, rule->date);
	return (struct occurrence){ met ? DAY_NONE : rule->date, DAY_NONE };
}

/* Validity ends: met only by a new decision. */
static struct occurrence validity_end(const struct due_facts *f, const struct rule *rule,
                                      struct due *out)
{
	dayno decided = f->item->decided;

	if (rule->date != DAY_NONE) {
		bool met = (decided != DAY_NONE && decided > rule->date)
		           || (f->item->renewed_for != DAY_NONE && f->item->renewed_for >= rule->date);
		return (struct occurrence){ met ? DAY_NONE : rule->date, DAY_NONE };
	}
	if (decided == DAY_NONE) {
		ask(f->a, out, ask_decided);
		return (struct occurrence){ DAY_NONE, DAY_NONE };
	}
	return (struct occurrence){ date_add(decided, rule->n, rule->unit), decided };
}

static bool loops(const struct trail *trail, const struct item *i)
{
	for (const struct trail *t = trail; t; t = t->up) {
		if (t->item == i || t->depth >= DEEPEST)
			return true;
	}
	return false;
}

static struct occurrence with_parent(struct due_facts *f, const struct trail *trail,
                                     struct reason *reason, struct due *out)
{
	struct occurrence none = { DAY_NONE, DAY_NONE };
	const struct item *parent =
		f->item->parent ? registry_item(f->r, f->item->parent) : NULL;

	if (!parent || parent->retired) {
		ask(f->a, out, "överordnat dokument");
		return none;
	}
	if (loops(trail, parent)) {
		out->loop = true;
		ask(f->a, out, "överordnat dokument: de följer varandra i en ring");
		return none;
	}
	struct due theirs;
	compute(f->r, parent, f->today, f->a, trail, &theirs);
	reason->parent = parent;
	if (theirs.loop)
		out->loop = true;
	if (theirs.due == DAY_NONE)
		ask(f->a, out, arena_fmt(f->a, "datum för översyn av %s",
		                         parent->title ? parent->title : parent->id));
	if (theirs.due != DAY_NONE && due_skipped(f, theirs.due))
		return none;
	return (struct occurrence){ theirs.due, theirs.anchor };
}

/* A question, with what the words let us propose. */
static void ask_rule(const struct due_facts *f, const struct rule *rule, struct due *out)
{
	dayno proposed = f->item->rules.facts.proposed_review_by;
	char day[DATE_TEXT];

	if (proposed != DAY_NONE && rule->ask && strcmp(rule->ask, "datum") == 0)
		ask(f->a, out, arena_fmt(f->a, "datum (förslag %s)", date_text(proposed, day)));
	else
		ask(f->a, out, rule->ask && *rule->ask ? rule->ask : ask_interval);
}

static struct occurrence one_rule(struct due_facts *f, const struct rule *rule,
                                  const struct trail *trail, struct reason *reason, struct due *out)
{
	switch (rule->kind) {
	case RULE_EVERY:
	case RULE_MAXGAP:
		return interval(f, rule, reason, out);
	case RULE_YEARLY:
		return due_yearly(f, rule);
	case RULE_TERM_ONCE:
	case RULE_TERM_START:
	case RULE_TERM_END:
		return due_term(f, rule);
	case RULE_EVENT:
		return due_event(f, rule);
	case RULE_REVIEW_BY:
		return review_by(f, rule);
	case RULE_END:
		return validity_end(f, rule, out);
	case RULE_WITH_PARENT:
		return with_parent(f, trail, reason, out);
	case RULE_ASK:
		ask_rule(f, rule, out);
		break;
	case RULE_OPEN:
	case RULE_ON_DEMAND:
	case RULE_NONE:
	case RULE_KIND_COUNT:
		break;
	}
	return (struct occurrence){ DAY_NONE, DAY_NONE };
}

/* What a rule that gave no date makes us ask, once no rule gave one. */
static const char *question(const struct rule *rule, bool clock, struct arena *a)
{
	switch (rule->kind) {
	case RULE_REVIEW_BY:
		return "ny uppföljningsregel";
	case RULE_END:
		return rule->date != DAY_NONE ? "ny giltighetstid" : NULL;
	case RULE_EVENT:
		if (clock)
			return NULL;
		return due_event_happens(rule->event)
		               ? ask_gap
		               : arena_fmt(a, "datum då händelsen %s inträffar", rule->event);
	case RULE_ON_DEMAND:
		return clock ? NULL : ask_gap;
	case RULE_YEARLY:
	case RULE_TERM_ONCE:
	case RULE_TERM_START:
	case RULE_TERM_END:
	case RULE_EVERY:
	case RULE_MAXGAP:
	case RULE_WITH_PARENT:
	case RULE_OPEN:
	case RULE_ASK:
	case RULE_NONE:
	case RULE_KIND_COUNT:
		break;
	}
	return NULL;
}

/* Whether another rule than events tells when; what it lacks is asked for. */
static bool has_clock(const struct rules *rules)
{
	static const bool clock[RULE_KIND_COUNT] = {
		[RULE_EVERY] = true, [RULE_YEARLY] = true, [RULE_TERM_ONCE] = true,
		[RULE_TERM_START] = true, [RULE_TERM_END] = true, [RULE_MAXGAP] = true,
		[RULE_REVIEW_BY] = true, [RULE_END] = true, [RULE_WITH_PARENT] = true,
	};

	for (size_t i = 0; i < rules->n; i++) {
		if (clock[rules->at[i].kind])
			return true;
	}
	return false;
}

static bool only_none(const struct rules *rules)
{
	for (size_t i = 0; i < rules->n; i++) {
		if (rules->at[i].kind != RULE_NONE)
			return false;
	}
	return rules->n > 0;
}

static void ask_undated(const struct item *i, struct arena *a, struct due *out)
{
	bool clock = has_clock(&i->rules);

	for (size_t k = 0; k < i->rules.n; k++) {
		const char *what = question(&i->rules.at[k], clock, a);
		if (what)
			ask(a, out, what);
	}
	if (out->n_ask == 0 && !only_none(&i->rules))
		ask(a, out, ask_interval);
}

static void pick_earliest(struct due *out)
{
	struct reason *first = NULL;

	for (size_t k = 0; k < out->n_reasons; k++) {
		struct reason *one = &out->reasons[k];
		if (one->due != DAY_NONE && (!first || one->due < first->due))
			first = one;
	}
	if (first) {
		first->wins = true;
		out->due = first->due;
	}
}

static enum due_status status_of(const struct registry *r, dayno today, const struct due *d)
{
	if (d->due == DAY_NONE)
		return d->n_ask ? DUE_ASK : DUE_NONE;
	if (d->due < today)
		return DUE_OVERDUE;
	return d->due - today <= r->settings.soon_days ? DUE_SOON : DUE_LATER;
}

/* Said twice, the parent is asked once: else the work would double at each
 * generation. */
static const struct reason *same_parent(const struct due *out, struct reason *reason)
{
	if (reason->rule->kind != RULE_WITH_PARENT)
		return NULL;
	for (const struct reason *one = out->reasons; one < reason; one++) {
		if (one->rule->kind == RULE_WITH_PARENT) {
			reason->parent = one->parent;
			return one;
		}
	}
	return NULL;
}

/* A single occurrence may have been moved; but when validity ends, it ends. */
static void move(struct due_facts *f, struct reason *reason)
{
	const struct exception *x =
		reason->due == DAY_NONE || reason->rule->kind == RULE_END
		? NULL : registry_exception(f->r, f->item->id, reason->due, EXCEPTION_MOVE);

	if (!x)
		return;
	reason->moved = x;
	reason->due = x->to;
}

static void apply_rules(struct due_facts *f, const struct trail *trail, struct due *out)
{
	const struct rules *rules = &f->item->rules;

	out->reasons = arena_alloc(f->a, (rules->n + due_implied_most(f)) * sizeof(*out->reasons));
	for (size_t k = 0; k < rules->n; k++) {
		struct reason *reason = &out->reasons[out->n_reasons++];
		*reason = (struct reason){
			.rule = &rules->at[k],
			.source = k < f->item->n_default_rules ? REASON_DEFAULT : REASON_OWN,
		};
		const struct reason *same = same_parent(out, reason);
		f->skipped = NULL;
		struct occurrence o = same ? (struct occurrence){ same->due, same->from }
		                           : one_rule(f, &rules->at[k], trail, reason, out);
		reason->due = o.day;
		reason->from = o.day == DAY_NONE ? DAY_NONE : o.from;
		reason->skipped = f->skipped;
	}
	due_implied(f, out);
	for (size_t k = 0; k < out->n_reasons; k++)
		move(f, &out->reasons[k]);
}

static void compute(const struct registry *r, const struct item *i, dayno today, struct arena *a,
                    const struct trail *up, struct due *out)
{
	struct trail trail = { .item = i, .up = up, .depth = up ? up->depth + 1 : 0 };

	*out = (struct due){
		.anchor = DAY_NONE, .due = DAY_NONE, .act_by = DAY_NONE, .status = DUE_NONE,
	};
	find_anchor(i, out);
	if (i->retired || training_rests(r, i, today))
		return;
	/* At most two questions a rule (its own, and that no date came), and two more. */
	out->ask = arena_alloc(a, (i->rules.n * 2 + 2) * sizeof(*out->ask));
	struct due_facts f = {
		.r = r, .item = i, .today = today, .a = a,
		.anchor = out->anchor, .anchor_source = out->anchor_source,
	};
	apply_rules(&f, &trail, out);
	if (i->decided_ask)
		ask(a, out, ask_decided);
	pick_earliest(out);
	if (out->due == DAY_NONE)
		ask_undated(i, a, out);
	due_act(r, i, out);
	out->status = status_of(r, today, out);
}

void due_compute(const struct registry *r, const struct item *i, dayno today, struct arena *a,
                 struct due *out)
{
	compute(r, i, today, a, NULL, out);
}
