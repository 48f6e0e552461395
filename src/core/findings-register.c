/* SPDX-License-Identifier: EUPL-1.2 */
/* What the register as a whole lacks, and rows that do not fit each other. */
#include <string.h>

#include "due-internal.h"
#include "findings-internal.h"

/*
 * What the guideline for information security demands or refers to, by words of
 * its title: "fastställda rutiner" for reporting deficiencies, "beslutade
 * rutiner" for following up, the policy for it security, and the guideline
 * itself. A title must hold one word of each list that there is.
 */
static const struct required {
	enum finding_kind kind;
	enum item_kind of;
	const char *called;
	const char *const one[4], *const other[4];
} required[] = {
	{FINDING_GUIDELINE_MISSING, ITEM_DOCUMENT, "Riktlinjer för informationssäkerhet",
	 {"informationssäkerhet"}, {"riktlinje", "policy", "styrdokument"}},
	{FINDING_IT_POLICY_MISSING, ITEM_DOCUMENT, "Policy för it-säkerhet",
	 {"it-säkerhet", "it säkerhet", "cybersäkerhet"}, {NULL}},
	{FINDING_DEFICIENCY_ROUTINE_MISSING, ITEM_ROUTINE, "Rutin för rapportering av brister",
	 {"brist", "avvikelse"}, {"rapport", "anmäl"}},
	{FINDING_FOLLOW_UP_ROUTINE_MISSING, ITEM_ROUTINE, "Rutin för uppföljning",
	 {"uppfölj", "följa upp", "utvärder"}, {"informationssäkerhet", "system", "rutin"}},
};

static bool has_one(const char *title, const char *const words[4])
{
	for (size_t i = 0; i < 4 && words[i]; i++)
		if (strstr(title, words[i]))
			return true;
	return !words[0];
}

static bool is_there(const struct look *l, const struct required *q)
{
	for (size_t i = 0; i < l->r->n_items; i++) {
		const struct glance *g = &l->items[i];
		if (g->live && l->r->items[i].kind == q->of && has_one(g->title, q->one) &&
		    has_one(g->title, q->other))
			return true;
	}
	return false;
}

/* A register that is still empty is not told what it lacks. */
void look_required(struct look *l)
{
	for (size_t k = 0; l->r->n_items && k < ARRAY_LEN(required); k++) {
		if (is_there(l, &required[k]))
			continue;
		struct finding f = find_name(required[k].kind, required[k].called);
		findings_add(l->out, &f);
	}
}

static bool replaces_any(const struct look *l, const struct item *i)
{
	for (size_t k = 0; k < l->r->n_items; k++) {
		const char *by = l->r->items[k].replaced_by;
		if (by && strcmp(by, i->id) == 0)
			return true;
	}
	return false;
}

static void find_links(struct look *l, const struct item *i)
{
	const struct item *linked = registry_item(l->r, i->link);
	const struct item *parent = registry_item(l->r, i->parent);
	struct finding f;

	if (i->link && !linked) {
		f = find_item(FINDING_LINK_UNKNOWN, i);
		f.other = i->link;
		findings_add(l->out, &f);
	} else if (parent && parent->retired) {
		f = find_item(FINDING_PARENT_RETIRED, i);
		f.other = parent->id;
		findings_add(l->out, &f);
	}
	if (i->replaces && !replaces_any(l, i)) {
		f = find_item(FINDING_REPLACES_UNKNOWN, i);
		f.other = i->replaces;
		findings_add(l->out, &f);
	}
}

static bool same_words(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* The same thing twice is reviewed twice, by two letters. */
static void find_doubles(struct look *l)
{
	for (size_t k = 1; k < l->r->n_items; k++) {
		const struct item *x = l->by_title[k - 1], *y = l->by_title[k];
		const struct glance *g = glance_of(l, x), *h = glance_of(l, y);
		if (!g->live || !h->live || !*g->title || strcmp(g->title, h->title) != 0 ||
		    x->kind != y->kind || x->kind == ITEM_TRAINING || !same_words(x->body, y->body) ||
		    !same_words(x->link, y->link))
			continue;
		struct finding f = find_item(FINDING_ITEM_TWICE, y);
		f.other = x->id;
		findings_add(l->out, &f);
	}
}

void look_references(struct look *l)
{
	for (size_t k = 0; k < l->r->n_items; k++)
		if (!l->r->items[k].retired)
			find_links(l, &l->r->items[k]);
	find_doubles(l);
}

/* The due dates that the item would have if nothing had been decided about any
 * single one. */
static void undecided(const struct look *l, const struct item *i, struct arena *a, struct due *out)
{
	struct registry r = *l->r;

	r.n_exceptions = 0;
	due_compute(&r, i, l->today, a, out);
}

static bool gives(const struct due *d, dayno day, bool end)
{
	for (size_t k = 0; k < d->n_reasons; k++)
		if (d->reasons[k].due == day && (d->reasons[k].rule->kind == RULE_END) == end)
			return true;
	return false;
}

static bool skips_before(const struct look *l, const struct exception *x)
{
	for (size_t k = 0; k < l->r->n_exceptions; k++) {
		const struct exception *one = &l->r->exceptions[k];
		if (one != x && one->kind == EXCEPTION_SKIP && one->day < x->day &&
		    strcmp(one->item, x->item) == 0)
			return true;
	}
	return false;
}

/* What lies behind us is history. What comes must be a date that the rules give,
 * or one after another that is skipped. */
void look_exceptions(struct look *l)
{
	for (size_t k = 0; k < l->r->n_exceptions; k++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		const struct exception *x = &l->r->exceptions[k];
		const struct item *i = registry_item(l->r, x->item);
		struct due d;

		if (!i || i->retired || x->day < l->today)
			continue;
		undecided(l, i, &a, &d);
		bool end = gives(&d, x->day, true) && x->kind != EXCEPTION_PLAN;
		if (!end && (gives(&d, x->day, false) || d.due == x->day || skips_before(l, x)))
			continue;
		struct finding f = find_item(end ? FINDING_EXCEPTION_ON_END
		                                 : FINDING_EXCEPTION_UNMATCHED, i);
		f.day = x->day;
		f.until = d.due;
		findings_add(l->out, &f);
	}
}
