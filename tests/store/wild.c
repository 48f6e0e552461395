/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/store/wild.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "core/merge.h"

enum { ITEMS = 40, ROLES = 9 };

static const char *const words[] = {
	"Årligen", "Vart fjärde år", "Två gånger per år", "Varje kvartal", "En gång per mandatperiod",
	"I början av varje mandatperiod", "Senast den 31 mars varje år", "v. 40 varje år", "Tills vidare",
	"Vid behov", "Vid behov, dock minst vartannat år", "Årligen eller vid väsentliga förändringar",
	"Vid incident", "Efter val", "Vid RSA", "Samtidigt som överordnat dokument",
	"Följs upp senast 2027-09-01", "Senast i slutet av mandatperioden", NULL,
};
static const char *const validities[] = {
	"Tills vidare", "2027-12-31", "Fyra år", "2027-06-30", NULL, NULL, NULL, NULL,
};
static const char *const bodies[] = { "KF", "KS", "KSAU", "BUN", "SON" };
static const char *const happenings[] = { "incident", "lagandring", "avtal_slut", "brist", "rsa",
                                          "val", "systembyte" };
static const char *const titles[] = { "Policy för säkerhet", "Rutin för lösenord", "Riktlinje",
                                      "Informationshanteringsplan" };
static const char *const roles[ROLES] = { "kd", "bkd", "sc", "skolchef", "enhet", "dso", "sekr",
                                          "vikarie", "ny" };

static const char *const directors[] = { "Kommundirektör", "Biträdande kommundirektör" };

#define ONE(array) (array)[rand() % (int)ARRAY_LEN(array)]
#define GROW(r, list) \
	((r)->list = arena_grow(&(r)->arena, (r)->list, (r)->n_##list, &(r)->cap_##list, \
	                        sizeof(*(r)->list)), &(r)->list[(r)->n_##list++])

static bool once_in(int n)
{
	return rand() % n == 0;
}

static dayno around(dayno day, int before, int after)
{
	return day - before + rand() % (before + after + 1);
}

static const char *some_item(const struct registry *r)
{
	return r->items[rand() % (int)r->n_items].id;
}

static const char *item_or_none(const struct registry *r, int n)
{
	return r->n_items && once_in(n) ? some_item(r) : NULL;
}

static void add_bodies(struct registry *r)
{
	static const enum body_kind kinds[] = { BODY_COUNCIL, BODY_BOARD, BODY_GROUP, BODY_COMMITTEE,
	                                        BODY_COMMITTEE };

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		struct body *b = GROW(r, bodies);

		*b = body_blank();
		b->id = b->name = bodies[i];
		b->kind = kinds[i];
		b->unit = "FORV";
		b->secretary = once_in(8) ? NULL : once_in(2) ? "sekr@t.example" : "kd@t.example";
		b->chair = once_in(3) ? NULL : arena_fmt(&r->arena, "%s@t.example", ONE(roles));
	}
	const char **served = arena_alloc(&r->arena, 2 * sizeof(*served));
	served[0] = "BUN";
	served[1] = "KS";
	*GROW(r, units) = (struct unit){ .id = "FORV", .name = "Förvaltningen", .bodies = served,
	                                 .n_bodies = 2 };
}

static void add_roles(struct registry *r, dayno today)
{
	for (int i = 0; i < ROLES; i++) {
		bool officer = !strcmp(roles[i], "dso");

		*GROW(r, roles) = (struct role){
			.id = roles[i],
			.title = i < 2 ? directors[once_in(3)] : roles[i],
			.address = once_in(8) ? NULL
			           : arena_fmt(&r->arena, "%s@t.example", roles[once_in(5) ? 0 : i]),
			.org = once_in(2) ? "FORV" : "SON",
			.superior = i ? roles[once_in(3) ? 0 : rand() % i] : NULL,
			.deputy = once_in(2) ? roles[rand() % ROLES] : NULL,
			.kind = officer ? ROLE_OFFICER : ROLE_CHIEF,
			.from = once_in(3) ? around(today, 60, 300) : DAY_NONE,
			.to = once_in(3) ? around(today, 10, 400) : DAY_NONE,
		};
		struct role *role = &r->roles[r->n_roles - 1];
		if (role->from != DAY_NONE && role->to != DAY_NONE && role->to < role->from)
			role->to = DAY_NONE;
	}
}

static void reword(struct registry *r, struct item *i)
{
	i->rule_text = ONE(words);
	if (i->rule_text && once_in(5))
		i->rule_text = arena_fmt(&r->arena, "%s, %s", i->rule_text, "dock minst vart tredje år");
	i->validity = i->kind == ITEM_DOCUMENT ? ONE(validities) : NULL;
}

/* Whoever approves is shown who the others are. */
static void show(struct registry *r, struct item *i)
{
	i->shown = arena_fmt(&r->arena, "%s/%s/%d/%s", i->title, i->approvers ? i->approvers : "",
	                     (int)i->quorum, i->author ? i->author : "");
}

static void rename_item(struct registry *r, struct item *i)
{
	i->title = once_in(3) ? ONE(titles) : arena_fmt(&r->arena, "Titel %d", rand() % 1000);
	show(r, i);
}

static void reapprove(struct registry *r, struct item *i)
{
	int first = rand() % ROLES;

	i->approvers = NULL;
	i->quorum = QUORUM_NONE;
	i->author = once_in(6) ? ONE(roles) : NULL;
	if (once_in(3)) {
		i->approvers = once_in(2) ? arena_fmt(&r->arena, "%s %s", roles[first], roles[(first + 1) % ROLES])
		               : arena_fmt(&r->arena, "%s %s %s", roles[first], roles[(first + 2) % ROLES],
		                           roles[(first + 3) % ROLES]);
		i->quorum = (enum quorum)(QUORUM_ONE + rand() % 3);
	}
	show(r, i);
}

static void replace_with(struct registry *r, struct item *i)
{
	const char *first = once_in(2) ? some_item(r) : ONE(titles);

	i->replaces = once_in(3) ? NULL
	              : once_in(2) ? first
	                           : arena_fmt(&r->arena, "%s; %s", first, ONE(titles));
}

static void add_item(struct registry *r, dayno today)
{
	struct item i = item_blank();

	i.id = arena_fmt(&r->arena, "I%03zu", r->n_items);
	i.kind = (enum item_kind)(rand() % ITEM_KIND_COUNT); /* attestations rest with their roles */
	if (once_in(2))
		i.kind = ITEM_DOCUMENT;
	i.subkind = i.kind == ITEM_ROUTINE && once_in(2) ? "tillämpningsrutin" : NULL;
	rename_item(r, &i);
	i.body = once_in(4) ? NULL : ONE(bodies);
	i.responsible = once_in(15) ? NULL : ONE(roles);
	i.decided_by = once_in(2) ? "KF" : "Kommundirektör";
	i.parent = item_or_none(r, 2);
	if (r->n_items && once_in(10))
		replace_with(r, &i);
	i.decided = once_in(4) ? DAY_NONE : around(today, 1500, 0);
	i.revised = once_in(4) ? around(today, 500, 0) : DAY_NONE;
	i.reviewed = once_in(2) ? around(today, 800, 0) : DAY_NONE;
	i.valid_from = once_in(6) ? around(today, 900, 0) : DAY_NONE;
	i.decided_ask = once_in(12);
	i.needs_decision = once_in(4);
	i.retired = once_in(20);
	reword(r, &i);
	reapprove(r, &i);
	registry_add_item(r, &i);
}

static void add_meetings(struct registry *r, dayno today)
{
	for (size_t b = 0; b < ARRAY_LEN(bodies); b++)
		for (dayno day = today - 60; day < today + 500; day += 28 + rand() % 21) {
			struct meeting m = {
				.body = bodies[b], .day = day, .hour = 13, .minute = 0,
				.stop = once_in(2) ? day - 20 : DAY_NONE, .preparation = DAY_NONE,
				.summons = DAY_NONE, .adjusted_by = DAY_NONE,
				.uid = arena_fmt(&r->arena, "%s-%zu@t.example", bodies[b], r->n_meetings),
			};
			*GROW(r, meetings) = m;
		}
}

static void add_event(struct registry *r, dayno today)
{
	dayno day = around(today, 30, 300);

	*GROW(r, events) = (struct event){
		.name = ONE(happenings), .day = day, .happened = day <= today,
		.triggered = once_in(2), .item = once_in(3) ? NULL : some_item(r),
	};
}

static void add_absence(struct registry *r, dayno today)
{
	dayno from = around(today, 10, 200);

	*GROW(r, absences) = (struct absence){
		.role = ONE(roles), .from = from, .to = from + rand() % 60, .source = "register",
	};
}

static void add_exception(struct registry *r, dayno today)
{
	enum exception_kind kind = (enum exception_kind)(rand() % 3);

	*GROW(r, exceptions) = (struct exception){
		.item = some_item(r), .day = around(today, 0, 400), .kind = kind,
		.to = kind == EXCEPTION_SKIP ? DAY_NONE : around(today, 0, 400), .reason = "test",
	};
}

static void rest(struct registry *r, dayno today)
{
	dayno from = around(today, 10, 200);

	*GROW(r, recess) = (struct recess){
		.key = arena_fmt(&r->arena, "uppehåll%zu", r->n_recess),
		.at = { from, from + rand() % 50 },
	};
}

void wild_build(struct registry *r, dayno today)
{
	registry_init(r);
	r->settings.name = "Tallvinge kommun";
	add_bodies(r);
	add_roles(r, today);
	for (int i = 0; i < ITEMS; i++)
		add_item(r, today);
	add_meetings(r, today);
	for (int i = 0; i < 6; i++) {
		add_event(r, today);
		add_absence(r, today);
		add_exception(r, today);
	}
	rest(r, today);
}

static void move_meeting(struct registry *r)
{
	struct meeting *m = &r->meetings[rand() % (int)r->n_meetings];

	if (once_in(3))
		m->cancelled = !m->cancelled;
	else
		m->day += rand() % 15 - 7;
	m->stop = DAY_NONE;
}

static void end_body(struct registry *r, dayno today)
{
	struct body *b = &r->bodies[3 + rand() % 2];

	b->successor = once_in(4) ? NULL : b == &r->bodies[3] ? "SON" : "KS";
	b->ceases = b->successor ? around(today, 5, 100) : DAY_NONE;
	if (once_in(3)) {
		b->term_from = date_of(2023, 1, 1) + rand() % 400;
		b->term_to = date_add(b->term_from, 4, UNIT_YEAR) - 1;
	}
}

static const char *change_role(struct registry *r, dayno today)
{
	struct role *role = &r->roles[rand() % (int)r->n_roles];

	switch (rand() % 5) {
	case 0:
		role->to = once_in(2) ? DAY_NONE : around(today, 5, 60);
		if (role->from != DAY_NONE && role->to < role->from)
			role->to = DAY_NONE;
		return "role's end";
	case 1:
		role->from = DAY_NONE;
		return "role's start";
	case 2:
		role->address = arena_fmt(&r->arena, "%s%d@t.example", role->id, rand() % 3);
		return "role's address";
	case 3:
		role->deputy = ONE(roles);
		return "role's deputy";
	default:
		role->superior = ONE(roles);
		return "role's superior";
	}
}

static const char *change_item(struct registry *r, dayno today)
{
	struct item *i = &r->items[rand() % (int)r->n_items];

	switch (rand() % 12) {
	case 11:
		reapprove(r, i);
		return "approvers";
	case 0:
		i->reviewed = today;
		return "reviewed";
	case 1:
		i->decided = today;
		return "decided";
	case 2:
		i->revised = today;
		return "revised";
	case 3:
		reword(r, i);
		return "rule";
	case 4:
		i->responsible = once_in(6) ? NULL : ONE(roles);
		return "responsible";
	case 5:
		rename_item(r, i);
		return "title";
	case 6:
		i->parent = item_or_none(r, 2);
		return "parent";
	case 7:
		replace_with(r, i);
		return "replaces";
	case 8:
		i->retired = !i->retired && once_in(3);
		return "retired";
	case 9:
		i->body = once_in(4) ? NULL : ONE(bodies);
		return "body";
	default:
		i->needs_decision = !i->needs_decision;
		return "needs_decision";
	}
}

static const char *change_shared(struct registry *r, dayno today)
{
	switch (rand() % 7) {
	case 6:
		r->bodies[rand() % (int)r->n_bodies].chair = arena_fmt(&r->arena, "%s@t.example", ONE(roles));
		return "chair";
	case 0:
		r->settings.invite_days = 20 + rand() % 40;
		return "setting";
	case 5:
		r->settings.director_decides = !r->settings.director_decides;
		return "who decides";
	case 1:
		rest(r, today);
		return "recess";
	case 2:
		*GROW(r, days_off) = (struct day_off){ .day = around(today, 0, 60), .working = once_in(2) };
		return "day off";
	case 3:
		end_body(r, today);
		return "body";
	default:
		r->units[0].bodies[0] = ONE(bodies);
		return "unit";
	}
}

const char *wild_change(struct registry *r, dayno today)
{
	switch (rand() % 12) {
	case 0:
		add_item(r, today);
		return "new item";
	case 1:
		move_meeting(r);
		return "meeting";
	case 2:
		add_event(r, today);
		return "event";
	case 3:
		add_absence(r, today);
		return "absence";
	case 4:
		add_exception(r, today);
		return "exception";
	case 5:
		return change_role(r, today);
	case 6:
		return change_shared(r, today);
	default:
		return change_item(r, today);
	}
}
