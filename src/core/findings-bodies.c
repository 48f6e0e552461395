/* SPDX-License-Identifier: EUPL-1.2 */
/* Bodies: their inventories, their end, their meetings, and coverage. */
#include <string.h>

#include "base/mem.h"
#include "due-internal.h"
#include "findings-internal.h"

bool body_gone(const struct body *b, dayno today)
{
	return b->ceases != DAY_NONE && b->ceases < today;
}

bool body_controls(const struct body *b, dayno today)
{
	return (b->kind == BODY_BOARD || b->kind == BODY_COMMITTEE) && !body_gone(b, today);
}

/* What a body has today, counted in one walk through the items. */
struct holdings {
	size_t inventories, processing;
	const char *inventory_ids;
	size_t decides; /* items that it must note or decide */
	size_t items;   /* that are its affair today */
	size_t rows;    /* that the register still names it for */
	size_t leans[2]; /* of those it decides: due this year or undated, due next year */
};

static size_t number_of(const struct look *l, const struct body *b)
{
	return (size_t)(b - l->r->bodies);
}

static void count_home(struct look *l, const struct item *i, struct holdings *h)
{
	h->items++;
	h->decides += i->needs_decision;
	h->processing += i->kind == ITEM_PROCESSING;
	if (i->kind != ITEM_INVENTORY)
		return;
	h->inventories++;
	h->inventory_ids = list_add(&l->out->arena, h->inventory_ids, i->id);
}

/* The year that an item's meeting is looked for in: 0 this one, 1 the next, -1
 * later than anybody plans meetings for. */
static int meeting_year(const struct look *l, const struct glance *g)
{
	int year = date_ymd(l->today).y;

	if (g->due == DAY_NONE || date_ymd(g->due).y <= year)
		return 0;
	return date_ymd(g->due).y == year + 1 ? 1 : -1;
}

/* What the council must renew leans on its calendar and on those before it;
 * everything else that needs a meeting on its own body's. */
static void count_leaning(struct look *l, const struct item *i, struct holdings *all)
{
	const struct glance *g = glance_of(l, i);
	dayno day = g->due > l->today ? g->due : l->today;
	struct council_way way = {.council = registry_body_on(l->r, i->body, day)};
	int year = meeting_year(l, g);

	if (!i->needs_decision || year < 0)
		return;
	if (g->council)
		way = due_council_way(l->r, day);
	const struct body *const leans_on[] = {way.council, way.board, way.group};
	for (size_t k = 0; k < ARRAY_LEN(leans_on); k++)
		if (leans_on[k])
			all[number_of(l, leans_on[k])].leans[year]++;
}

static struct holdings *count_holdings(struct look *l)
{
	const struct registry *r = l->r;
	struct holdings *all = mem_zalloc((r->n_bodies + 1) * sizeof(*all));

	for (size_t k = 0; k < r->n_items; k++) {
		const struct item *i = &r->items[k];
		const struct body *named = registry_body(r, i->body);
		if (i->retired || !named)
			continue;
		all[number_of(l, named)].rows++;
		if (l->items[k].home)
			count_home(l, i, &all[number_of(l, l->items[k].home)]);
		count_leaning(l, i, all);
	}
	return all;
}

static void find_registers(struct look *l, const struct body *b, const struct holdings *h)
{
	struct finding f;

	if (!h->inventories) {
		f = find_body(FINDING_INVENTORY_MISSING, b);
		findings_add(l->out, &f);
	} else if (h->inventories > 1) {
		f = find_body(FINDING_INVENTORY_TWICE, b);
		f.other = h->inventory_ids;
		f.n = h->inventories;
		findings_add(l->out, &f);
	}
	if (!h->processing) {
		f = find_body(FINDING_PROCESSING_MISSING, b);
		findings_add(l->out, &f);
	}
}

static bool has_role(const struct look *l, const struct body *b, enum role_kind kind)
{
	for (size_t i = 0; i < l->r->n_roles; i++) {
		const struct role *role = &l->r->roles[i];
		if (role->kind == kind && role->address && role->org && strcmp(role->org, b->id) == 0 &&
		    role_valid(role, l->today))
			return true;
	}
	return false;
}

/* Who writes a decision back, and who is told last when nothing helps. */
static void find_people(struct look *l, const struct body *b, const struct holdings *h)
{
	struct finding f;

	if (h->decides && !b->secretary && !has_role(l, b, ROLE_SECRETARY)) {
		f = find_body(FINDING_BODY_NO_SECRETARY, b);
		f.n = h->decides;
		findings_add(l->out, &f);
	}
	if (h->items && body_controls(b, l->today) && !b->chair && !has_role(l, b, ROLE_ELECTED)) {
		f = find_body(FINDING_BODY_NO_CHAIR, b);
		f.n = h->items;
		findings_add(l->out, &f);
	}
}

static size_t meetings_after(const struct look *l, const struct body *b)
{
	size_t n = 0;

	for (size_t i = 0; i < l->r->n_meetings; i++) {
		const struct meeting *m = &l->r->meetings[i];
		n += !m->cancelled && strcmp(m->body, b->id) == 0 && m->day > b->ceases &&
		     m->day >= l->today;
	}
	return n;
}

static void find_ceasing(struct look *l, const struct body *b, const struct holdings *h)
{
	const struct body *next = registry_body(l->r, b->successor);
	struct finding f;

	if (b->ceases == DAY_NONE)
		return;
	if (!next && h->rows && b->ceases - l->today <= LOOK_AHEAD) {
		f = find_body(FINDING_BODY_ENDS_ALONE, b);
		f.day = b->ceases;
		f.n = h->rows;
		findings_add(l->out, &f);
	} else if (next && h->rows && body_gone(b, l->today)) {
		f = find_body(FINDING_BODY_ITEMS_LEFT, b);
		f.day = b->ceases;
		f.n = h->rows;
		f.other = registry_body_on(l->r, b->id, l->today)->id;
		findings_add(l->out, &f);
	}
	size_t meetings = meetings_after(l, b);
	if (meetings) {
		f = find_body(FINDING_BODY_MEETS_AFTER, b);
		f.day = b->ceases;
		f.n = meetings;
		findings_add(l->out, &f);
	}
}

void look_bodies(struct look *l)
{
	struct holdings *all = count_holdings(l);

	for (size_t i = 0; i < l->r->n_bodies; i++) {
		const struct body *b = &l->r->bodies[i];
		if (body_controls(b, l->today))
			find_registers(l, b, &all[i]);
		find_people(l, b, &all[i]);
		find_ceasing(l, b, &all[i]);
	}
	mem_free(all);
}

static bool meets_in(const struct registry *r, const struct body *b, int year)
{
	for (size_t i = 0; i < r->n_meetings; i++) {
		const struct meeting *m = &r->meetings[i];
		if (!m->cancelled && strcmp(m->body, b->id) == 0 && date_ymd(m->day).y == year)
			return true;
	}
	return false;
}

static void find_calendar(struct look *l, const struct body *b, int year, size_t leaning)
{
	if ((b->ceases != DAY_NONE && date_ymd(b->ceases).y < year) || meets_in(l->r, b, year))
		return;
	struct finding f = find_body(FINDING_CALENDAR_MISSING, b);
	f.year = year;
	f.n = leaning;
	findings_add(l->out, &f);
}

/* Meetings are planned in the autumn: until then next year's are only missed
 * by what must be decided at one of them, and later years' by nothing. */
void look_calendars(struct look *l)
{
	enum { OCTOBER = 10 };
	struct holdings *all = count_holdings(l);
	struct ymd now = date_ymd(l->today);

	for (size_t i = 0; i < l->r->n_bodies; i++) {
		const struct body *b = &l->r->bodies[i];
		if (all[i].leans[0])
			find_calendar(l, b, now.y, all[i].leans[0]);
		if (all[i].leans[1] || (now.m >= OCTOBER && meets_in(l->r, b, now.y)))
			find_calendar(l, b, now.y + 1, all[i].leans[1]);
	}
	mem_free(all);
}
