/* SPDX-License-Identifier: EUPL-1.2 */
/* What is wrong with one item: its holder, its dates, its rules. */
#include <string.h>

#include "base/text.h"
#include "due-internal.h"
#include "findings-internal.h"

static void find_holder(struct look *l, const struct item *i, const struct glance *g)
{
	const struct role *role = registry_role(l->r, i->responsible);
	struct finding f;

	if (!role) {
		f = find_item(FINDING_HOLDER_MISSING, i);
		f.other = i->responsible;
		findings_add(l->out, &f);
		return;
	}
	/* Also where the officer stands in for a role that is vacant. */
	if (role->kind != ROLE_OFFICER)
		role = g->holder;
	if (!role || role->kind != ROLE_OFFICER)
		return;
	f = find_item(FINDING_OFFICER_RESPONSIBLE, i);
	f.other = role->id;
	findings_add(l->out, &f);
}

/* Facts lie behind us: a year mistyped would put the next review off by decades. */
static void find_facts_ahead(struct look *l, const struct item *i)
{
	static const char *const reviewed[ITEM_KIND_COUNT] = {
		[ITEM_INVENTORY] = "senast_granskad", [ITEM_PROCESSING] = "senast_granskad",
		[ITEM_ASSET] = "senast_genomgången",  [ITEM_ROUTINE] = "senast_granskad",
		[ITEM_DOCUMENT] = "granskat", [ITEM_TRAINING] = "senast_intygad",
	};
	const struct {
		dayno day;
		const char *column;
	} facts[] = {
		{i->decided, "beslutsdatum"},
		{i->revised, "reviderat"},
		{i->reviewed, reviewed[i->kind]},
		{i->classified, "senast_klassad"},
	};

	for (size_t k = 0; k < ARRAY_LEN(facts); k++) {
		if (facts[k].day == DAY_NONE || facts[k].day <= l->today)
			continue;
		struct finding f = find_item(FINDING_FACT_AHEAD, i);
		f.day = facts[k].day;
		f.other = facts[k].column;
		findings_add(l->out, &f);
	}
}

static const char *asked(struct arena *a, const struct due *d)
{
	const char *list = NULL;

	for (size_t k = 0; k < d->n_ask; k++)
		list = list ? arena_fmt(a, "%s; %s", list, d->ask[k]) : arena_dup(a, d->ask[k]);
	return list;
}

static void find_questions(struct look *l, const struct item *i, const struct due *d)
{
	struct finding f;

	if (d->loop) {
		f = find_item(FINDING_PARENT_LOOP, i);
		f.other = i->parent;
	} else if (d->n_ask) {
		f = find_item(d->status == DUE_ASK ? FINDING_UNWATCHED : FINDING_QUESTION_OPEN, i);
		f.other = asked(&l->out->arena, d);
		f.day = d->due;
	} else {
		return;
	}
	findings_add(l->out, &f);
}

/* Past its last day a document is not late: it has ceased to be valid. */
static void find_end(struct look *l, const struct item *i, const struct due *d)
{
	dayno ended = DAY_NONE;

	for (size_t k = 0; k < d->n_reasons; k++) {
		const struct reason *one = &d->reasons[k];
		if (one->rule->kind == RULE_END && one->due != DAY_NONE && one->due < l->today &&
		    (ended == DAY_NONE || one->due < ended))
			ended = one->due;
	}
	if (ended == DAY_NONE)
		return;
	struct finding f = find_item(FINDING_VALIDITY_ENDED, i);
	f.day = ended;
	f.other = i->decided_by ? i->decided_by : i->body;
	findings_add(l->out, &f);
}

static void count_event(struct look *l, const char *name)
{
	for (size_t k = 0; k < l->n_events; k++) {
		if (strcmp(l->events[k].name, name) == 0) {
			l->events[k].n++;
			return;
		}
	}
	l->events = arena_grow(&l->out->arena, l->events, l->n_events, &l->cap_events,
	                       sizeof(*l->events));
	l->events[l->n_events++] = (struct undated){arena_dup(&l->out->arena, name), 1};
}

/* The item is watched by another rule meanwhile; without one it is asked about. */
static void count_undated(struct look *l, const struct due *d)
{
	if (d->due == DAY_NONE)
		return;
	for (size_t k = 0; k < d->n_reasons; k++) {
		const struct reason *one = &d->reasons[k];
		if (one->rule->kind == RULE_EVENT && one->due == DAY_NONE &&
		    !due_event_happens(one->rule->event))
			count_event(l, one->rule->event);
	}
}

void look_events(struct look *l)
{
	for (size_t k = 0; k < l->n_events; k++) {
		struct finding f = find_name(FINDING_EVENT_UNDATED, l->events[k].name);
		f.n = l->events[k].n;
		findings_add(l->out, &f);
	}
}

/* The deputy who signs while the role's holder is away. */
static const struct role *stand_in(const struct look *l, const struct role *role, dayno day)
{
	const struct role *deputy = registry_role(l->r, role->deputy);

	return deputy && role_valid(deputy, day) && !registry_absence(l->r, deputy->id, day)
	       ? deputy : NULL;
}

static void find_absence(struct look *l, const struct item *i, const struct due *d)
{
	const struct role *role = registry_role(l->r, i->responsible);

	if (!role || d->act_by == DAY_NONE || d->act_by < l->today)
		return;
	if (!role_valid(role, d->act_by))
		role = registry_holder(l->r, i, d->act_by);
	const struct absence *away = role ? registry_absence(l->r, role->id, d->act_by) : NULL;
	if (!away)
		return;
	const struct role *deputy = stand_in(l, role, d->act_by);
	struct finding f = find_item(deputy ? FINDING_ABSENT_DEPUTY : FINDING_ABSENT_ALONE, i);
	f.other = deputy ? arena_fmt(&l->out->arena, "%s (%s)", role->id, deputy->id) : role->id;
	f.day = d->act_by;
	f.until = away->to;
	findings_add(l->out, &f);
}

static void find_registry_no(struct look *l, const struct item *i)
{
	if (i->kind != ITEM_DOCUMENT || i->registry_no)
		return;
	struct finding f = find_item(FINDING_REGISTRY_NO_MISSING, i);
	findings_add(l->out, &f);
}

void look_item(struct look *l, const struct item *i)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct glance *g = &l->items[i - l->r->items];
	struct due d;

	due_compute(l->r, i, l->today, &a, &d);
	g->due = d.due;
	g->act_by = d.act_by;
	g->status = d.status;
	g->council = due_council_renews(l->r, i, &d);
	g->holder = registry_holder(l->r, i, l->today);
	g->home = registry_body_on(l->r, i->body, l->today);
	find_holder(l, i, g);
	look_quorum(l, i);
	find_questions(l, i, &d);
	find_end(l, i, &d);
	count_undated(l, &d);
	find_absence(l, i, &d);
	find_facts_ahead(l, i);
	find_registry_no(l, i);
	if (i->kind == ITEM_ASSET)
		look_levels(l, i, g);
}
