/* SPDX-License-Identifier: EUPL-1.2 */
/* Reasons that no words of the item name: what happened to it all the same. */
#include <string.h>

#include "base/attr.h"
#include "due-internal.h"

/* The item's own words about the event say the same, or more. They never make
 * the event count later: the earliest wins here too. */
static bool said(const struct due *out, const char *event, dayno day)
{
	for (size_t k = 0; k < out->n_reasons; k++) {
		const struct reason *one = &out->reasons[k];
		if (one->rule->kind == RULE_EVENT && strcmp(one->rule->event, event) == 0 &&
		    one->due != DAY_NONE && one->due <= day)
			return true;
	}
	return false;
}

/* A rule that stands for the reason, so that it reads like the others. */
static void add(struct due_facts *f, struct due *out, enum reason_source source, const char *event,
                struct occurrence o)
{
	struct rule rule = { .kind = source == REASON_CASCADE ? RULE_WITH_PARENT : RULE_EVENT,
	                     .date = DAY_NONE };

	if (o.day == DAY_NONE || (source != REASON_CASCADE && said(out, event, o.day)))
		return;
	memcpy(rule.event, event, strlen(event) + 1);
	out->reasons[out->n_reasons++] = (struct reason){
		.rule = memcpy(arena_alloc(f->a, sizeof(rule)), &rule, sizeof(rule)),
		.due = o.day, .from = o.from, .source = source, .skipped = f->skipped,
	};
}

static void add_event(struct due_facts *f, struct due *out, const struct event *e)
{
	bool contract = strcmp(e->name, "avtal_slut") == 0;

	if (strcmp(e->name, "brist") == 0 || (contract && !f->r->settings.review_contracts))
		return;
	f->skipped = NULL;
	add(f, out, contract ? REASON_CONTRACT : REASON_EVENT, e->name,
	    contract ? due_contract(f) : due_item_event(f, e->name));
}

/* The events that name the item, and those of what it is linked to. */
struct naming {
	const struct event *const *at[3];
	size_t n[3];
};

static struct naming naming_of(const struct due_facts *f)
{
	const struct item *i = f->item;
	bool same = i->parent && i->link && strcmp(i->parent, i->link) == 0;
	struct naming events;

	events.at[0] = registry_item_events(f->r, i->id, &events.n[0]);
	events.at[1] = registry_item_events(f->r, i->link, &events.n[1]);
	events.at[2] = registry_item_events(f->r, same ? NULL : i->parent, &events.n[2]);
	return events;
}

size_t due_implied_most(const struct due_facts *f)
{
	struct naming events = naming_of(f);

	return events.n[0] + events.n[1] + events.n[2] + 2;
}

/* When the parent was last changed in a way that its children must follow: it
 * was revised, or another document took its place. */
static dayno parent_changed(const struct item *i, const struct item *parent)
{
	bool moved = i->link && strcmp(i->link, parent->id) != 0;
	dayno day = parent->revised;

	return moved && parent->decided > day ? parent->decided : day;
}

/* Children are reviewed one after another, so that not all fall on one day. */
static void add_cascade(struct due_facts *f, struct due *out)
{
	const struct item *i = f->item, *parent = registry_item(f->r, i->parent);
	const struct settings *s = &f->r->settings;

	if (!parent || parent == i || parent->retired || f->anchor == DAY_NONE)
		return;
	dayno changed = parent_changed(i, parent);
	if (changed == DAY_NONE || changed <= f->anchor)
		return;
	dayno day = date_add(changed, s->event_days + i->nth_child * s->cascade_days, UNIT_DAY);
	f->skipped = NULL;
	if (day == DAY_NONE || due_skipped(f, day))
		return;
	add(f, out, REASON_CASCADE, "", (struct occurrence){ day, changed });
	out->reasons[out->n_reasons - 1].parent = parent;
}

void due_implied(struct due_facts *f, struct due *out)
{
	struct naming events = naming_of(f);
	int count = f->r->settings.deficiency_count;

	for (size_t of = 0; of < ARRAY_LEN(events.n); of++)
		for (size_t k = 0; k < events.n[of]; k++)
			add_event(f, out, events.at[of][k]);
	f->skipped = NULL;
	if (count > 0)
		add(f, out, REASON_DEFICIENCIES, "brist", due_deficiencies(f, count));
	add_cascade(f, out);
}
