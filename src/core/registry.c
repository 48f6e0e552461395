/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/registry.h"

#include <string.h>
#include <strings.h>

void registry_init(struct registry *r)
{
	*r = (struct registry){
		.arena = ARENA_INIT,
		.settings = {
			.ref_prefix = "GR",
			.soon_days = 60,
			.invite_days = 42,
			.remind_days = 14,
			.last_remind_workdays = 3,
			.overdue_workdays = 1,
			.escalate_workdays = 10,
			.chair_workdays = 25,
			.event_days = 60,
			.stop_days = 21,
			.preparation_days = 14,
			.summons_days = 7,
			.adjust_days = 14,
			.decision_again_workdays = 7,
			.deficiency_count = 3,
			.deficiency_answer_days = 5,
			.deficiency_remind_days = 5,
			.deficiency_again_days = 10,
			.deficiency_later_days = 20,
			.cascade_days = 14,
			.review_contracts = 1,
			.contract_days = 90,
			.classify_rule = "Vart fjärde år",
			.default_rule = {[ITEM_TRAINING] = "Årligen"},
			.officer_copies = 1,
			.extension_days = 30,
			.undo_days = 7,
			.mass_rows = 3,
			.mass_percent = 20,
			.confirm_days = 7,
			.letter_questions = 3,
			.weekly_letter = 1,
			.weekly_day = 1,
			.quarterly_status = 1,
			.sender_answers = 10,
			.day_answers = 500,
			.review_mails = 12,
			.storm_letters = 50,
			.storm_factor = 3,
			.eves_work = 1,
			.squeeze_work = 1,
			.next_election = DAY_NONE,
			.term = {DAY_NONE, DAY_NONE},
			.council_term = {DAY_NONE, DAY_NONE},
		},
	};
}

struct item item_blank(void)
{
	struct item i = {
		.decided = DAY_NONE, .revised = DAY_NONE, .reviewed = DAY_NONE,
		.held_since = DAY_NONE, .valid_from = DAY_NONE, .known_on = DAY_NONE, .reviewed_for = DAY_NONE,
		.renewed_for = DAY_NONE,
		.classified = DAY_NONE, .levels = {-1, -1, -1},
	};

	rules_init(&i.rules);
	return i;
}

struct body body_blank(void)
{
	return (struct body){.term_from = DAY_NONE, .term_to = DAY_NONE, .ceases = DAY_NONE, .chaired_since = DAY_NONE};
}

void registry_release(struct registry *r)
{
	arena_release(&r->arena);
	*r = (struct registry){.arena = ARENA_INIT};
}

/* Every struct of the register begins with its id: one search serves all. */
static const void *find(const void *array, size_t n, size_t size, const char *id)
{
	size_t low = 0, high = id ? n : 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const char *at = (const char *)array + mid * size;
		const char *const *its_id = (const void *)at;
		int order = strcmp(*its_id, id);
		if (order == 0)
			return at;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

_Static_assert(offsetof(struct body, id) == 0 && offsetof(struct unit, id) == 0 &&
               offsetof(struct role, id) == 0 && offsetof(struct item, id) == 0,
               "find() expects the id first");

const struct body *registry_body(const struct registry *r, const char *id)
{
	return find(r->bodies, r->n_bodies, sizeof(*r->bodies), id);
}

const struct unit *registry_unit(const struct registry *r, const char *id)
{
	return find(r->units, r->n_units, sizeof(*r->units), id);
}

const struct role *registry_role(const struct registry *r, const char *id)
{
	return find(r->roles, r->n_roles, sizeof(*r->roles), id);
}

const struct item *registry_item(const struct registry *r, const char *id)
{
	return find(r->items, r->n_items, sizeof(*r->items), id);
}

struct workcal registry_workcal(const struct registry *r)
{
	return (struct workcal){
		.own = r->days_off,
		.n_own = r->n_days_off,
		.recess = r->rests,
		.n_recess = r->n_rests,
		.eves_off = !r->settings.eves_work,
		.squeeze_off = !r->settings.squeeze_work,
	};
}

static const struct body *body_of_org(const struct registry *r, const char *org, dayno day)
{
	const struct unit *unit = registry_unit(r, org);

	for (size_t i = 0; unit && i < unit->n_bodies; i++) {
		const struct body *body = registry_body_on(r, unit->bodies[i], day);
		if (body)
			return body;
	}
	return registry_body_on(r, org, day);
}

const struct body *registry_letter_body(const struct registry *r, const struct item *i, dayno day)
{
	const struct role *role = registry_role(r, i->responsible);
	const struct body *body = registry_body_on(r, i->body, day);

	if (!body && role)
		body = body_of_org(r, role->org, day);
	for (size_t b = 0; !body && b < r->n_bodies; b++)
		if (r->bodies[b].kind == BODY_BOARD)
			body = registry_body_on(r, r->bodies[b].id, day);
	return body;
}

/* The first of the sorted pointers whose item is not less than the id. */
static size_t first_item_event(const struct registry *r, const char *item, int than)
{
	size_t low = 0, high = r->n_item_events;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (strcmp(r->item_events[mid]->item, item) < than)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct event *const *registry_item_events(const struct registry *r, const char *item,
                                                size_t *n)
{
	size_t from = item ? first_item_event(r, item, 0) : 0;

	*n = item ? first_item_event(r, item, 1) - from : 0;
	return *n ? r->item_events + from : NULL;
}

/* Names in order; of one name first those without an item. */
static size_t first_event(const struct registry *r, const char *name, bool of_item)
{
	size_t low = 0, high = r->n_events;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(r->events[mid].name, name);
		if (order < 0 || (order == 0 && of_item && !r->events[mid].item))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct event *registry_events(const struct registry *r, const char *name, size_t *n)
{
	size_t from = first_event(r, name, false);

	*n = first_event(r, name, true) - from;
	return *n ? r->events + from : NULL;
}

const struct exception *registry_exception(const struct registry *r, const char *item, dayno day,
                                           enum exception_kind kind)
{
	size_t low = 0, high = item ? r->n_exceptions : 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct exception *x = &r->exceptions[mid];
		int order = strcmp(x->item, item);
		if (!order)
			order = (x->day > day) - (x->day < day);
		if (!order)
			order = (int)x->kind - (int)kind;
		if (!order)
			return x;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

bool role_valid(const struct role *role, dayno day)
{
	return (role->from == DAY_NONE || role->from <= day) &&
	       (role->to == DAY_NONE || role->to >= day) &&
	       !(role->dead && role->dead_from <= day);
}

/* A post that changes hands keeps its address: the successor's role is found
 * by it. */
static const struct role *successor(const struct registry *r, const struct role *gone, dayno day)
{
	for (size_t i = 0; gone->address && i < r->n_roles; i++) {
		const struct role *role = &r->roles[i];
		if (role->address && role_valid(role, day) &&
		    strcasecmp(role->address, gone->address) == 0)
			return role;
	}
	return NULL;
}

const struct role *registry_role_on(const struct registry *r, const char *id, dayno day)
{
	const struct role *role = registry_role(r, id);

	/* More steps than there are roles: superiors that loop. */
	for (size_t steps = 0; role && steps < r->n_roles; steps++) {
		if (role_valid(role, day))
			return role;
		const struct role *other = successor(r, role, day);
		if (other)
			return other;
		other = registry_role(r, role->deputy);
		if (other && role_valid(other, day))
			return other;
		role = registry_role(r, role->superior);
	}
	return NULL;
}

const struct role *registry_holder(const struct registry *r, const struct item *i, dayno day)
{
	return registry_role_on(r, i->responsible, day);
}

const struct body *registry_body_on(const struct registry *r, const char *id, dayno day)
{
	const struct body *body = registry_body(r, id);

	for (size_t steps = 0; body && steps < r->n_bodies; steps++) {
		const struct body *next = registry_body(r, body->successor);
		if (!next || body->ceases == DAY_NONE || day <= body->ceases)
			break;
		body = next;
	}
	return body;
}

const struct absence *registry_absence(const struct registry *r, const char *role, dayno day)
{
	for (size_t i = 0; role && i < r->n_absences; i++) {
		const struct absence *a = &r->absences[i];
		if (strcmp(a->role, role) == 0 && a->from <= day && day <= a->to)
			return a;
	}
	return NULL;
}

bool item_status_retired(const char *folded)
{
	static const char *const words[] = {"avvecklad", "avvecklat", "upphävd", "upphävt", "ersatt"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(folded, words[i]) == 0)
			return true;
	return false;
}

const char *exception_kind_name(enum exception_kind kind)
{
	static const char *const names[] = {
		[EXCEPTION_SKIP] = "skip",
		[EXCEPTION_MOVE] = "move",
		[EXCEPTION_PLAN] = "plan",
	};
	return names[kind];
}

static const struct {
	const char *name, *word;
} item_kinds[ITEM_KIND_COUNT] = {
	[ITEM_INVENTORY] = {"inventory", "förteckning"},
	[ITEM_PROCESSING] = {"processing", "behandlingsregister"},
	[ITEM_ASSET] = {"asset", "informationstillgång"},
	[ITEM_ROUTINE] = {"routine", "rutin"},
	[ITEM_DOCUMENT] = {"document", "styrdokument"},
	[ITEM_TRAINING] = {"training", "utbildningsintyg"},
};

const char *item_kind_name(enum item_kind kind)
{
	return item_kinds[kind].name;
}

const char *item_kind_word(enum item_kind kind)
{
	return item_kinds[kind].word;
}

const char *body_kind_name(enum body_kind kind)
{
	static const char *const names[] = {
		[BODY_COUNCIL] = "council",
		[BODY_BOARD] = "board",
		[BODY_COMMITTEE] = "committee",
		[BODY_GROUP] = "group",
	};
	return names[kind];
}

const char *role_kind_name(enum role_kind kind)
{
	static const char *const names[] = {
		[ROLE_CHIEF] = "chief",
		[ROLE_ELECTED] = "elected",
		[ROLE_SECRETARY] = "secretary",
		[ROLE_OFFICER] = "officer",
		[ROLE_OTHER] = "other",
	};
	return names[kind];
}
