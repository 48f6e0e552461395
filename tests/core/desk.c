/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/core/desk.h"

#include <string.h>

#include "core/merge.h"
#include "tests/tap.h"

struct arena arena;
struct registry town;
struct review standing[8];
struct letter letters[8];
struct question asked[8];
struct plan_input in;
struct plan plan;

void desk_lay(void)
{
	arena = (struct arena)ARENA_INIT;
	town_build(&town);
	in = (struct plan_input){
		.registry = &town, .reviews = standing, .letters = letters, .asked = asked,
		.today = town_day(DESK_TODAY),
	};
}

void desk_clear(void)
{
	registry_release(&town);
	arena_release(&arena);
}

struct item *add(const char *id, const char *role, const char *body)
{
	return town_item(&town, id, role, body, "2026-03-01");
}

void pass(void)
{
	registry_index(&town);
	plan_pass(&in, &arena, &plan);
}

struct review *stand(const char *item, int n, const char *address)
{
	registry_index(&town);
	item_of(item)->decided = town_day("2026-02-15");
	struct review *r = &standing[in.n_reviews++];
	*r = (struct review){
		.id = "X.1", .item = item, .state = REVIEW_OPEN, .rung = RUNG_INVITE,
		.due = town_day("2027-02-15"), .act_by = town_day("2027-02-15"),
		.opened = town_day("2027-01-04"), .last_notice = town_day("2027-01-04"),
		.extended_until = DAY_NONE, .signed_on = DAY_NONE, .letter = "GR-1", .n = n,
		.version = plan_version(&arena, registry_item(&town, item)),
	};
	letters[0] = (struct letter){ .ref = "GR-1", .role = "kd", .body = "KS", .address = address };
	in.n_letters = 1;
	return r;
}

struct item *item_of(const char *id)
{
	for (size_t i = 0; i < town.n_items; i++)
		if (!strcmp(town.items[i].id, id))
			return &town.items[i];
	ck_abort_msg("no item %s", id);
	return NULL;
}
