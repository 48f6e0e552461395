/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/training.h"

#include <stdlib.h>
#include <string.h>

#include "core/due.h"
#include "core/expr.h"
#include "core/merge.h"

static const char subkind[] = "utbildningsintyg";

bool training_concerns(const struct training *t, const struct role *role)
{
	if (t->retired)
		return false;
	if (t->role)
		return !strcmp(t->role, role->id);
	return role->kind == ROLE_CHIEF && (!t->org || (role->org && !strcmp(t->org, role->org)));
}

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static const char *id_of(struct arena *a, const struct training *t, const struct role *role)
{
	return arena_fmt(a, "%s-%s", t->id, role->id);
}

/* "Senast den 31 oktober varje år": a date of its own, which no anchor moves. */
static bool has_date(struct registry *r, const char *words)
{
	struct rules rules;

	rules_init(&rules);
	if (words)
		expr_read(&r->arena, words, EXPR_REVIEW, &rules);
	for (size_t i = 0; i < rules.n; i++)
		if (rules.at[i].kind == RULE_YEARLY)
			return true;
	return false;
}

/*
 * From when it is counted: from the day that the role began, or the training did,
 * or the item was first known of. A date of the year needs no such day: what comes
 * first after it became known is the first one.
 */
static dayno counted_from(struct registry *r, const struct training *t, const struct role *role,
                          dayno known)
{
	bool late = t->known_on != DAY_NONE && known > t->known_on; /* a chief who came later */
	dayno first = t->from != DAY_NONE && !late ? t->from : known;

	if (has_date(r, t->rule_text ? t->rule_text : r->settings.default_rule[ITEM_TRAINING]))
		return DAY_NONE;
	return role->from > first ? role->from : first;
}

static const char *shown(struct arena *a, const struct item *i)
{
	return arena_fmt(a, "kind=%s\nid=%s\ntitle=%s\nresponsible=%s\nrule=%s\nregistry_no=%s\n",
	                 item_kind_name(i->kind), i->id, i->title, i->responsible,
	                 i->rule_text ? i->rule_text : "", i->registry_no ? i->registry_no : "");
}

/* What the row says of its item. */
static void fill(struct registry *r, struct item *i, const struct training *t,
                 const struct role *role)
{
	i->kind = ITEM_TRAINING;
	i->subkind = subkind;
	i->title = role->title ? arena_fmt(&r->arena, "%s, %s", t->title, role->title) : t->title;
	i->responsible = role->id;
	i->registry_no = t->registry_no;
	i->rule_text = t->rule_text;
	i->note = t->note;
	i->retired = false;
	i->valid_from = counted_from(r, t, role, i->known_on);
	if (t->reviewed != DAY_NONE && t->reviewed > i->reviewed
	    && (role->from == DAY_NONE || role->from <= t->reviewed)) {
		i->reviewed = t->reviewed;
		i->reviewed_for = DAY_NONE;
	}
	i->shown = shown(&r->arena, i);
}

static struct item *find(struct registry *r, size_t n, const char *id)
{
	size_t low = 0;

	while (low < n) {
		size_t mid = low + (n - low) / 2;
		int order = strcmp(r->items[mid].id, id);

		if (!order)
			return &r->items[mid];
		if (order < 0)
			low = mid + 1;
		else
			n = mid;
	}
	return NULL;
}

static void expand_one(struct registry *r, size_t n, bool *wanted, const struct training *t,
                       const struct role *role, dayno today)
{
	const char *id = id_of(&r->arena, t, role);
	struct item *old = find(r, n, id);

	if (old) {
		if (old->kind == ITEM_TRAINING)
			fill(r, old, t, role);
		wanted[old - r->items] = true;
		return;
	}
	if (role->to != DAY_NONE && role->to < today)
		return;
	struct item i = item_blank();
	i.id = id;
	/* Before the role begins there is nobody to know of it. */
	i.known_on = role->from > today ? role->from : today;
	fill(r, &i, t, role);
	registry_add_item(r, &i);
}

void training_expand(struct registry *r, dayno today)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	size_t n = r->n_items;
	bool *wanted = arena_alloc(&a, n + 1);

	memset(wanted, 0, n + 1);
	for (size_t t = 0; t < r->n_trainings; t++)
		for (size_t k = 0; k < r->n_roles; k++)
			if (training_concerns(&r->trainings[t], &r->roles[k]))
				expand_one(r, n, wanted, &r->trainings[t], &r->roles[k], today);
	for (size_t i = 0; i < n; i++)
		if (r->items[i].kind == ITEM_TRAINING && !wanted[i])
			r->items[i].retired = true;
}

const struct training *training_of(const struct registry *r, const struct item *i)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const struct role *role = registry_role(r, i->responsible);

	for (size_t t = 0; role && i->kind == ITEM_TRAINING && t < r->n_trainings; t++)
		if (!strcmp(id_of(&a, &r->trainings[t], role), i->id))
			return &r->trainings[t];
	return NULL;
}

bool training_rests(const struct registry *r, const struct item *i, dayno day)
{
	const struct role *role = i->kind == ITEM_TRAINING ? registry_role(r, i->responsible) : NULL;

	return role && !role_valid(role, day);
}

static int by_org(const void *a, const void *b)
{
	const struct training_count *x = a, *y = b;

	return strcmp(x->org ? x->org : "", y->org ? y->org : "");
}

static struct training_count *count_of(struct arena *a, struct training_count **all, size_t *n,
                                       size_t *cap, const char *org)
{
	for (size_t i = 0; *all && i < *n; i++)
		if (same((*all)[i].org, org))
			return &(*all)[i];
	*all = arena_grow(a, *all, *n, cap, sizeof(**all));
	(*all)[*n] = (struct training_count){ .org = org };
	return &(*all)[(*n)++];
}

struct training_count *training_counts(const struct registry *r, dayno today, struct arena *a,
                                       bool (*open)(void *with, const char *item), void *with,
                                       size_t *n)
{
	struct training_count *all = NULL;
	size_t cap = 0;

	*n = 0;
	for (size_t i = 0; i < r->n_items; i++) {
		const struct item *item = &r->items[i];
		const struct role *role = registry_role(r, item->responsible);
		struct due d;

		if (item->kind != ITEM_TRAINING || item->retired || !role || !role_valid(role, today))
			continue;
		struct training_count *c = count_of(a, &all, n, &cap, role->org);
		due_compute(r, item, today, a, &d);
		c->chiefs++;
		c->overdue += d.status == DUE_OVERDUE;
		c->attested += item->reviewed != DAY_NONE && d.status != DUE_OVERDUE;
		c->open += open(with, item->id);
	}
	if (all)
		qsort(all, *n, sizeof(*all), by_org);
	return all;
}
