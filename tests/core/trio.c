/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/core/trio.h"

#include "core/plan.h"

struct arena arena;
struct registry town;
struct review reviews[ITEMS];
struct letter letter;

void trio_lay(void)
{
	static const char *const ids[ITEMS] = { "A", "B", "C" };
	static const char *const keys[ITEMS] = { "A.1", "B.1", "C.1" };

	arena = (struct arena)ARENA_INIT;
	town_build(&town);
	for (int i = 0; i < ITEMS; i++)
		town_item(&town, ids[i], "kd", "KS", "2026-03-01")->needs_decision = i == 1;
	registry_index(&town);
	for (int i = 0; i < ITEMS; i++)
		reviews[i] = (struct review){
			.id = keys[i], .item = ids[i], .state = REVIEW_OPEN, .rung = RUNG_REMIND,
			.due = town_day("2027-03-01"), .act_by = town_day("2027-02-15"),
			.opened = town_day("2027-01-04"), .last_notice = town_day("2027-02-01"),
			.extended_until = DAY_NONE, .signed_on = DAY_NONE, .letter = "GR-1", .n = i + 1,
			.version = plan_version(&arena, registry_item(&town, ids[i])),
		};
	letter = (struct letter){ .ref = "GR-1", .role = "kd", .body = "KS",
	                          .address = "kd@t.example" };
}

void trio_clear(void)
{
	registry_release(&town);
	arena_release(&arena);
}
