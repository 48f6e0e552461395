/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "core/import.h"
#include "core/inventory.h"
#include "doc/table.h"
#include "tests/fuzz/fuzz.h"

/* An inventory of three assets, and its roles; the second's name is protected. */
static const char roles[] =
	"roll_id;titel;e-post;organisation\nkd;Kommundirektör;kd@k.example;KLF\n"
	"itchef;It-chef;it@k.example;KLF\n";
static const char bodies[] = "namnd_id;namn;slag\nKS;Kommunstyrelsen;styrelse\n";
static const char inventories[] =
	"förteckning_id;namn;nämnd;ansvarig_roll;intervall\nF1;Förteckning;KS;kd;Årligen\n";
static const char assets[] =
	"tillgång_id;namn;nämnd;slag;K;R;T;informationsägare;systemägare;systemförvaltare;"
	"senast_klassad;intervall;status;namn_skyddat\n"
	"T1;E-post;KS;system;1;2;3;kd;itchef;itchef;2025-03-11;Årligen;i drift;\n"
	"T2;Hemligt namn;KS;register;3;;;kd;itchef;;;;i drift;ja\n"
	"T3;=Formel;KS;pappersarkiv;;;;kd;;;2019-02-19;Vart fjärde år;vilande;\n";

static void read_register(struct registry *r)
{
	struct complaints c AUTO(complaints_release) = COMPLAINTS_INIT;

	registry_init(r);
	import_csv(IMPORT_ROLES, "r", roles, strlen(roles), r, &c);
	import_csv(IMPORT_BODIES, "b", bodies, strlen(bodies), r, &c);
	import_csv(IMPORT_INVENTORIES, "f", inventories, strlen(inventories), r, &c);
	import_csv(IMPORT_ASSETS, "a", assets, strlen(assets), r, &c);
	registry_index(r);
	MUST(!c.n);
}

static bool whole(const char *s)
{
	return s && text_is_utf8(s, strlen(s));
}

static void check_grid(struct arena *a, const struct grid *g)
{
	MUST(g->n <= GRID_MAX_ROWS && g->n_complaints <= GRID_MAX_COMPLAINTS && g->bytes <= GRID_MAX_TEXT);
	for (size_t i = 0; i < g->n; i++) {
		MUST(g->rows[i].n && g->rows[i].n <= GRID_MAX_COLUMNS);
		for (size_t c = 0; c < g->rows[i].n; c++)
			MUST(whole(g->rows[i].cell[c]));
	}
	for (size_t i = 0; i < g->n_complaints; i++) {
		MUST(whole(grid_complaint_text(a, &g->complaints[i], true)));
		MUST(whole(grid_complaint_text(a, &g->complaints[i], false)));
	}
}

static void across_the_pipe(struct arena *a, const struct grid *g)
{
	struct buf packed AUTO(buf_release) = BUF_INIT;
	struct unpack u = { .a = a };
	struct grid again;

	table_pack(g, &packed);
	u.at = packed.data;
	u.left = packed.len;
	MUST(table_unpack(&u, &again));
	MUST(again.n == g->n && again.n_complaints == g->n_complaints);
	for (size_t i = 0; i < g->n; i++)
		for (size_t c = 0; c < g->rows[i].n; c++)
			MUST(strcmp(again.rows[i].cell[c], g->rows[i].cell[c]) == 0);
}

/* Held against the same register, the same grid changes the same. */
static void hold(struct arena *a, const struct registry *r, const struct item *f, dayno day,
                 struct grid *g, const struct inventory_difference *d)
{
	static const struct inventory_limits limits = INVENTORY_LIMITS;
	const char *held = inventory_text(a, d);
	struct inventory_difference again;
	bool ok = inventory_compare(r, f, day, "GR-1", held, &limits, a, g, &again);

	MUST(ok == (d->n > 0));
	MUST(!ok || strcmp(inventory_text(a, &again), held) == 0);
	MUST(!ok || (again.mass == d->mass && again.raised == d->raised));
}

static void compare(struct arena *a, struct grid *g)
{
	static const struct inventory_limits limits = INVENTORY_LIMITS;
	struct registry r AUTO(registry_release);
	struct inventory_difference d;
	dayno day = date_of(2027, 1, 11);

	read_register(&r);
	const struct item *f = registry_item(&r, "F1");
	bool ok = inventory_compare(&r, f, day, "GR-1", NULL, &limits, a, g, &d);
	MUST(ok == !g->n_complaints);
	MUST(ok || !d.n);
	check_grid(a, g);
	for (size_t i = 0; i < d.n; i++) {
		struct item made = inventory_apply(f, &d.edits[i], day, a);
		MUST(made.id && whole(made.title) && *made.title && made.responsible);
		MUST(registry_role(&r, made.responsible));
		MUST(made.classified == DAY_NONE || made.classified <= day);
		for (int axis = 0; axis < 3; axis++)
			MUST(made.levels[axis] >= -1 && made.levels[axis] <= 3);
		/* What was not shown is not lost, and is not told. */
		for (size_t k = 0; k < d.edits[i].n; k++)
			MUST(!d.edits[i].fields[k].old || !strstr(d.edits[i].fields[k].old, "Hemligt"));
	}
	if (ok)
		hold(a, &r, f, day, g, &d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct grid g;

	table_read(&a, (const char *)data, size, &g);
	check_grid(&a, &g);
	across_the_pipe(&a, &g);
	compare(&a, &g);
	/* What a reader that has been taken over might say. */
	struct unpack u = { .a = &a, .at = (const char *)data, .left = size };
	if (table_unpack(&u, &g))
		check_grid(&a, &g);
	return 0;
}
