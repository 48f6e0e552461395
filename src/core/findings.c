/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "core/expr.h"
#include "core/training.h"
#include "findings-internal.h"

static const struct {
	const char *name;
	enum finding_severity severity;
	enum finding_subject subject;
} kinds[FINDING_KIND_COUNT] = {
#define X(kind, name, severity, subject) \
	[FINDING_##kind] = {name, SEVERITY_##severity, SUBJECT_##subject},
	FINDING_KINDS(X)
#undef X
};

const char *finding_kind_name(enum finding_kind kind)
{
	return kinds[kind].name;
}

enum finding_severity finding_severity(enum finding_kind kind)
{
	return kinds[kind].severity;
}

enum finding_subject finding_subject(enum finding_kind kind)
{
	return kinds[kind].subject;
}

const char *finding_severity_name(enum finding_severity s)
{
	static const char *const names[] = {
		[SEVERITY_FAULT] = "fault",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_NOTE] = "note",
	};
	return names[s];
}

const char *finding_subject_name(enum finding_subject s)
{
	static const char *const names[] = {
		[SUBJECT_ITEM] = "item",
		[SUBJECT_BODY] = "body",
		[SUBJECT_ROLE] = "role",
		[SUBJECT_EVENT] = "event",
		[SUBJECT_SETTING] = "setting",
		[SUBJECT_TITLE] = "title",
		[SUBJECT_TEMPLATE] = "template",
	};
	return names[s];
}

void findings_init(struct findings *f)
{
	*f = (struct findings){.arena = ARENA_INIT};
}

void findings_release(struct findings *f)
{
	arena_release(&f->arena);
	findings_init(f);
}

void findings_add(struct findings *f, const struct finding *one)
{
	f->at = arena_grow(&f->arena, f->at, f->n, &f->cap, sizeof(*f->at));
	f->at[f->n++] = *one;
}

struct finding find_name(enum finding_kind kind, const char *subject)
{
	return (struct finding){
		.kind = kind, .subject = subject, .day = DAY_NONE, .until = DAY_NONE,
	};
}

struct finding find_item(enum finding_kind kind, const struct item *i)
{
	struct finding f = find_name(kind, i->id);

	f.body = i->body;
	f.name = i->title;
	return f;
}

struct finding find_role(const struct look *l, enum finding_kind kind, const struct role *role)
{
	struct finding f = find_name(kind, role->id);

	f.name = role->title;
	f.n = l->held[role - l->r->roles];
	return f;
}

struct finding find_body(enum finding_kind kind, const struct body *b)
{
	struct finding f = find_name(kind, b->id);

	f.body = b->id;
	f.name = b->name;
	return f;
}

const char *list_add(struct arena *a, const char *list, const char *one)
{
	return list ? arena_fmt(a, "%s, %s", list, one) : one;
}

static int by_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int by_number(long a, long b)
{
	return (a > b) - (a < b);
}

static int by_finding(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int order = by_number(x->kind, y->kind);

	if (!order)
		order = by_text(x->body, y->body);
	if (!order)
		order = by_text(x->subject, y->subject);
	if (!order)
		order = by_number(x->day, y->day);
	if (!order)
		order = by_number(x->year, y->year);
	return order ? order : by_text(x->other, y->other);
}

/* The items by title; qsort() has no context, so each brings its own. */
struct titled {
	const char *title;
	const struct item *item;
};

static int by_title(const void *a, const void *b)
{
	const struct titled *x = a, *y = b;
	int order = strcmp(x->title, y->title);

	if (!order)
		order = by_number(x->item->kind, y->item->kind);
	if (!order)
		order = by_text(x->item->body, y->item->body);
	if (!order)
		order = by_text(x->item->link, y->item->link);
	return order ? order : strcmp(x->item->id, y->item->id);
}

static void sort_titles(struct look *l)
{
	const struct registry *r = l->r;
	struct titled *sorted = mem_alloc((r->n_items + 1) * sizeof(*sorted));

	for (size_t i = 0; i < r->n_items; i++)
		sorted[i] = (struct titled){l->items[i].title, &r->items[i]};
	qsort(sorted, r->n_items, sizeof(*sorted), by_title);
	for (size_t i = 0; i < r->n_items; i++)
		l->by_title[i] = sorted[i].item;
	mem_free(sorted);
}

static void glance_all(struct look *l)
{
	const struct registry *r = l->r;

	for (size_t i = 0; i < r->n_items; i++) {
		const struct item *item = &r->items[i];
		const struct role *role = registry_role(r, item->responsible);

		l->items[i] = (struct glance){
			.live = !item->retired && !training_rests(r, item, l->today),
			.title = item->title ? text_fold(&l->out->arena, item->title) : "",
			.due = DAY_NONE, .act_by = DAY_NONE, .status = DUE_NONE,
		};
		if (!l->items[i].live)
			continue;
		/* An attestation goes with its role: nobody is missed for it. */
		if (role && item->kind != ITEM_TRAINING)
			l->held[role - r->roles]++;
		look_item(l, item);
	}
	sort_titles(l);
}

void findings_gather(const struct registry *r, dayno today, struct findings *f)
{
	struct look l = {
		.r = r, .today = today, .out = f,
		.items = mem_zalloc((r->n_items + 1) * sizeof(*l.items)),
		.by_title = mem_zalloc((r->n_items + 1) * sizeof(*l.by_title)),
		.held = mem_zalloc((r->n_roles + 1) * sizeof(*l.held)),
	};

	rules_init(&l.classify);
	if (r->settings.classify_rule)
		expr_read(&f->arena, r->settings.classify_rule, EXPR_REVIEW, &l.classify);
	glance_all(&l);
	look_exceptions(&l);
	look_events(&l);
	look_roles(&l);
	look_officer(&l);
	look_it_chief(&l);
	look_posts(&l);
	look_bodies(&l);
	look_calendars(&l);
	look_required(&l);
	look_references(&l);
	look_settings(&l);
	look_coverage(&l);
	if (f->n)
		qsort(f->at, f->n, sizeof(*f->at), by_finding);
	mem_free(l.items);
	mem_free(l.by_title);
	mem_free(l.held);
}
