/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/core/town.h"

#include <string.h>

#include "core/merge.h"
#include "tests/tap.h"

dayno town_day(const char *text)
{
	dayno day = DAY_NONE;

	ck_assert_msg(date_parse(text, &day), "%s is no date", text);
	return day;
}

static void add_role(struct registry *r, const struct role *role)
{
	r->roles = arena_grow(&r->arena, r->roles, r->n_roles, &r->cap_roles, sizeof(*role));
	r->roles[r->n_roles] = *role;
	r->roles[r->n_roles].from = r->roles[r->n_roles].to = DAY_NONE;
	r->n_roles++;
}

static void add_body(struct registry *r, const char *id, enum body_kind kind)
{
	r->bodies = arena_grow(&r->arena, r->bodies, r->n_bodies, &r->cap_bodies, sizeof(*r->bodies));
	struct body *b = &r->bodies[r->n_bodies++];
	*b = body_blank();
	b->id = b->name = id;
	b->kind = kind;
}

void town_build(struct registry *r)
{
	registry_init(r);
	add_body(r, "KS", BODY_BOARD);
	add_body(r, "SON", BODY_COMMITTEE);
	add_role(r, &(struct role){ .id = "kd", .address = "kd@t.example", .org = "KS",
	                            .deputy = "bkd" });
	add_role(r, &(struct role){ .id = "bkd", .address = "bkd@t.example", .org = "KS" });
	add_role(r, &(struct role){ .id = "sc", .address = "sc@t.example", .org = "SON",
	                            .superior = "kd" });
	add_role(r, &(struct role){ .id = "dso", .address = "dso@t.example", .org = "KS",
	                            .superior = "kd", .kind = ROLE_OFFICER });
	registry_index(r);
}

struct item *town_item(struct registry *r, const char *id, const char *role, const char *body,
                       const char *decided)
{
	struct item i = item_blank();

	i.id = i.title = i.shown = id;
	i.kind = ITEM_ROUTINE;
	i.responsible = role;
	i.body = body;
	i.rule_text = "årligen";
	i.decided = decided ? town_day(decided) : DAY_NONE;

	registry_add_item(r, &i);
	return &r->items[r->n_items - 1];
}

struct role *town_role(struct registry *r, const char *id)
{
	for (size_t i = 0; i < r->n_roles; i++)
		if (!strcmp(r->roles[i].id, id))
			return &r->roles[i];
	ck_abort_msg("no role %s", id);
	return NULL;
}

const char *town_lines(struct arena *a, const char *text)
{
	char *out = arena_dup(a, text);

	for (char *at; (at = strstr(out, " / ")) != NULL;)
		memcpy(at, " \n ", 3);
	return out;
}
