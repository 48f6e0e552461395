/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/bench/people.h"

#include "core/merge.h"
#include "store/store.h"
#include "tests/bench/timed.h"

/* Everybody answers for one routine, whose review is to be done in five weeks. */
static void add_person(struct registry *r, size_t n)
{
	struct role role = {
		.id = arena_fmt(&r->arena, "r%06zu", n),
		.title = arena_fmt(&r->arena, "Systemförvaltare %zu", n),
		.address = arena_fmt(&r->arena, "forvaltare%zu@kommun.example", n),
		.org = "KS", .kind = ROLE_OTHER, .from = DAY_NONE, .to = DAY_NONE,
	};
	struct item item = item_blank();

	r->roles = arena_grow(&r->arena, r->roles, r->n_roles, &r->cap_roles, sizeof(role));
	r->roles[r->n_roles++] = role;
	item.id = arena_fmt(&r->arena, "R%06zu", n);
	item.title = item.shown = arena_fmt(&r->arena, "Rutin för behörigheter i system %zu", n);
	item.kind = ITEM_ROUTINE;
	item.body = "KS";
	item.responsible = role.id;
	item.decided = date_of(2024, 3, 4);
	item.reviewed = date_add(PEOPLE_TODAY + 35, -12, UNIT_MONTH);
	item.rule_text = "Årligen";
	item.known_on = date_of(2026, 1, 7);
	registry_add_item(r, &item);
}

void people_make(const char *path, size_t n)
{
	struct import_report report = { .text = BUF_INIT };
	struct body board = body_blank();
	struct err e = ERR_INIT;
	struct registry r;
	struct store *s;
	size_t awake;

	registry_init(&r);
	r.settings.name = "Exempel kommun";
	r.settings.domain = "kommun.example";
	r.settings.address = "granskning@kommun.example";
	r.settings.contact_phone = "0123-456 78";
	board.id = "KS";
	board.name = "Kommunstyrelsen";
	board.kind = BODY_BOARD;
	r.bodies = arena_grow(&r.arena, r.bodies, r.n_bodies, &r.cap_bodies, sizeof(board));
	r.bodies[r.n_bodies++] = board;
	for (size_t i = 0; i < n; i++)
		add_person(&r, i);
	registry_settle(&r);
	timed_check(store_open(path, STORE_CREATE | STORE_VOLATILE, &s, &e), &e);
	timed_check(store_import(s, &r, (instant)(PEOPLE_TODAY - 7) * 86400, &report, &e), &e);
	timed_check(store_wake(s, PEOPLE_TODAY - 1, &awake, &e), &e); /* as the day before's pass did */
	buf_release(&report.text);
	registry_release(&r);
	store_close(s);
}
