/* SPDX-License-Identifier: EUPL-1.2 */
/* plan: the time to come, a smoother one, and changes that are only tried. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "core/forecast.h"
#include "core/import.h"
#include "core/merge.h"
#include "core/moves.h"

struct planning {
	const struct options *o;
	struct house house;
	struct registry registry;
	struct arena arena;
	struct reviews open;
	dayno today;
};

static void print_weeks(const struct planning *p, const struct week *weeks, size_t n,
                        const char *body, const char *role, struct buf *out)
{
	for (size_t i = 0; p->o->json && i < n; i++)
		view_forecast_week_json(&weeks[i], body, role, out);
}

static void by_body(struct planning *p, const struct forecast *f, struct table *t, struct buf *out)
{
	for (size_t i = 0; i < p->registry.n_bodies; i++) {
		const char *id = p->registry.bodies[i].id;
		size_t n;
		struct week *weeks = forecast_weeks(f, id, NULL, &p->arena, &n);

		print_weeks(p, weeks, n, id, NULL, out);
		view_forecast_row(t, id, weeks, n);
	}
}

static void by_role(struct planning *p, const struct forecast *f, struct table *t, struct buf *out)
{
	for (size_t i = 0; i < p->registry.n_roles; i++) {
		const char *id = p->registry.roles[i].id;
		size_t n, reviews = 0;
		struct week *weeks = forecast_weeks(f, NULL, id, &p->arena, &n);

		for (size_t k = 0; k < n; k++)
			reviews += weeks[k].reviews;
		if (!reviews)
			continue;
		print_weeks(p, weeks, n, NULL, id, out);
		view_forecast_row(t, id, weeks, n);
	}
}

static void look_ahead(struct planning *p, const struct forecast *f, struct buf *out)
{
	const char *by = p->o->by ? p->o->by : "week";
	bool body = !strcmp(by, "body"), sv = p->o->lang == VIEW_SV;
	struct table t;
	size_t n;

	if (!strcmp(by, "week")) {
		struct week *weeks = forecast_weeks(f, NULL, NULL, &p->arena, &n);

		print_weeks(p, weeks, n, NULL, NULL, out);
		if (!p->o->json)
			view_forecast_weeks(weeks, n, p->o->lang, out);
		return;
	}
	view_forecast_head(&t, p->o->lang, body ? (sv ? "Nämnd" : "Body") : (sv ? "Roll" : "Role"));
	if (body)
		by_body(p, f, &t, out);
	else
		by_role(p, f, &t, out);
	if (!p->o->json)
		table_write(&t, out);
	table_release(&t);
}

/* What was proposed becomes data like any other exception. */
static int apply(struct planning *p, const struct level *l, struct err *e)
{
	struct import_report report = { .text = BUF_INIT };
	struct registry plans;

	registry_init(&plans);
	for (size_t i = 0; i < l->n; i++) {
		plans.exceptions = arena_grow(&plans.arena, plans.exceptions, plans.n_exceptions,
		                              &plans.cap_exceptions, sizeof(*plans.exceptions));
		plans.exceptions[plans.n_exceptions++] = (struct exception){
			.item = l->at[i].review->item->id, .day = l->at[i].review->due,
			.kind = EXCEPTION_PLAN, .to = l->at[i].to, .reason = "jämnare år",
		};
	}
	int failed = store_import(p->house.store, &plans, p->o->now, &report, e);
	buf_release(&report.text);
	registry_release(&plans);
	return failed;
}

static int smoother(struct planning *p, const struct forecast *f, struct buf *out, struct err *e)
{
	struct level level;

	forecast_level(&p->registry, f, p->today, &p->arena, &level);
	if (p->o->json)
		view_level_json(&level, out);
	else
		view_level(&level, p->o->lang, out);
	return p->o->apply && level.n ? apply(p, &level, e) : 0;
}

/* One setting as a line of kommun.csv, read by the importer itself. */
static void set(struct registry *r, const char *pair, struct complaints *c)
{
	struct buf csv AUTO(buf_release) = BUF_INIT;
	size_t n = strcspn(pair, "=");

	buf_str(&csv, "nyckel;värde\n");
	buf_add(&csv, pair, n);
	buf_str(&csv, ";\"");
	for (const char *at = pair + n + 1; *at; at++)
		buf_fmt(&csv, *at == '"' ? "\"\"" : "%c", *at);
	buf_str(&csv, "\"\n");
	import_csv(IMPORT_MUNICIPALITY, "--set", csv.data, csv.len, r, c);
}

static int rule(struct registry *r, const char *pair, struct err *e)
{
	size_t n = strcspn(pair, "=");
	const char *id = arena_dupn(&r->arena, pair, n);

	for (size_t i = 0; i < r->n_items; i++) {
		if (strcmp(r->items[i].id, id) != 0)
			continue;
		r->items[i].rule_text = pair[n + 1] ? pair + n + 1 : NULL;
		return 0;
	}
	return err_set(e, ERR_USAGE, "there is no item %s in the register", id);
}

static int try(struct planning *p, struct registry *after, struct complaints *c, struct buf *out,
               struct err *e)
{
	struct moves moves;

	registry_merge(after, &p->registry);
	after->settings = p->registry.settings;
	for (size_t i = 0; i < p->o->n_set; i++)
		set(after, p->o->set[i], c);
	for (size_t i = 0; i < p->o->n_rule; i++)
		if (rule(after, p->o->rule[i], e))
			return -1;
	if (c->n)
		return err_set(e, ERR_USAGE, "%.*s", (int)strcspn(c->text.data, "\n"), c->text.data);
	registry_index(after);
	moves_between(&p->registry, after, p->today, &p->arena, &moves);
	if (p->o->json)
		view_moves_json(&moves, out);
	else
		view_moves(&moves, p->o->lang, out);
	return 0;
}

static int run(struct planning *p, struct buf *out, struct err *e)
{
	int months = p->o->months ? p->o->months : FORECAST_MONTHS;
	struct forecast f;

	if (p->o->n_set || p->o->n_rule) {
		struct complaints c = COMPLAINTS_INIT;
		struct registry after;

		registry_init(&after);
		int failed = try(p, &after, &c, out, e);
		registry_release(&after);
		complaints_release(&c);
		return failed;
	}
	if (store_open_reviews(p->house.store, &p->arena, &p->open, e))
		return -1;
	forecast_make(&p->registry, p->open.at, p->open.n, p->today, months, &p->arena, &f);
	if (p->o->level)
		return smoother(p, &f, out, e);
	look_ahead(p, &f, out);
	return 0;
}

int command_plan(const struct options *o, struct err *e)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct planning p = { .o = o, .arena = ARENA_INIT, .today = zone_wall(o->now).day };

	if (o->apply && !o->level)
		return err_set(e, ERR_USAGE, "--apply goes with --level");
	if (house_open(o, o->apply ? 0 : STORE_READ, &p.house, e))
		return -1;
	registry_init(&p.registry);
	int failed = store_load(p.house.store, &p.registry, e) || run(&p, &out, e);
	fputs(out.data, stdout);
	registry_release(&p.registry);
	arena_release(&p.arena);
	house_close(&p.house);
	return failed ? -1 : 0;
}
