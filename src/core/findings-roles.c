/* SPDX-License-Identifier: EUPL-1.2 */
/* Roles: who leaves, who follows, who is above, and the officer. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "core/trust.h"
#include "findings-internal.h"

bool role_continues(const struct registry *r, const struct role *role, dayno day)
{
	for (size_t i = 0; role->address && i < r->n_roles; i++) {
		const struct role *other = &r->roles[i];
		if (other != role && other->address && role_valid(other, day) &&
		    strcasecmp(other->address, role->address) == 0)
			return true;
	}
	return false;
}

/* Who would answer for an item of the role. */
static const struct role *who_answers(const struct look *l, const struct role *role, dayno day)
{
	struct item i = item_blank();

	i.id = "";
	i.responsible = role->id;
	return registry_holder(l->r, &i, day);
}

/* A role that is in force and has a last day before long. */
static void find_end(struct look *l, const struct role *role)
{
	if (role->to == DAY_NONE || role->to - l->today > LOOK_AHEAD)
		return;
	const struct role *deputy = registry_role(l->r, role->deputy);
	dayno after = role->to + 1;
	if (role_continues(l->r, role, after) || (deputy && role_valid(deputy, after)))
		return;
	const struct role *next = who_answers(l, role, after);
	struct finding f = find_role(l, FINDING_ROLE_ENDS, role);
	f.day = role->to;
	f.other = next ? next->id : NULL;
	findings_add(l->out, &f);
}

/* A role that is named and not in force. */
static void find_vacant(struct look *l, const struct role *role)
{
	const struct role *now = who_answers(l, role, l->today);
	bool ended = role->to != DAY_NONE && role->to < l->today;

	if (role_continues(l->r, role, l->today))
		return;
	struct finding f = find_role(l, !now ? FINDING_HOLDER_NOBODY
	                                : ended ? FINDING_ROLE_GONE : FINDING_ROLE_NOT_YET, role);
	f.day = ended ? role->to : role->from;
	f.other = now ? now->id : NULL;
	findings_add(l->out, &f);
}

/* Nobody in force on the way up: who cannot be reached has nobody above. */
static void find_superiors(struct look *l, const struct role *role)
{
	const struct role *up = registry_role(l->r, role->superior);

	for (size_t steps = 0; up && steps < l->r->n_roles; steps++) {
		if (role_valid(up, l->today) || role_continues(l->r, up, l->today))
			return;
		up = registry_role(l->r, up->superior);
	}
	/* Somebody stands at the top, but never the officer: who else approves? */
	if (!role->superior && role->kind != ROLE_OFFICER)
		return;
	struct finding f = find_role(l, FINDING_SUPERIOR_NOBODY, role);
	f.other = role->superior;
	findings_add(l->out, &f);
}

static void find_deputy(struct look *l, const struct role *role)
{
	const struct role *deputy = registry_role(l->r, role->deputy);

	if (!deputy || deputy->kind != ROLE_OFFICER || role->kind == ROLE_OFFICER)
		return;
	struct finding f = find_role(l, FINDING_OFFICER_DEPUTY, role);
	f.other = deputy->id;
	findings_add(l->out, &f);
}

static int by_address(const void *a, const void *b)
{
	const struct role *const *x = a, *const *y = b;
	int order = strcasecmp((*x)->address, (*y)->address);

	return order ? order : strcmp((*x)->id, (*y)->id);
}

static bool same_post(const struct role *a, const struct role *b)
{
	return strcasecmp(a->address, b->address) == 0 && a->kind == b->kind &&
	       strcmp(a->org ? a->org : "", b->org ? b->org : "") == 0;
}

/* One post held twice at a time: the one who left has no last day. Two posts
 * of different kinds may well share an address, and a person. */
static void find_twice(struct look *l)
{
	const struct registry *r = l->r;
	const struct role **sorted = mem_alloc((r->n_roles + 1) * sizeof(const struct role *));
	size_t n = 0;

	for (size_t i = 0; i < r->n_roles; i++)
		if (r->roles[i].address && role_valid(&r->roles[i], l->today))
			sorted[n++] = &r->roles[i];
	if (n)
		qsort(sorted, n, sizeof(const struct role *), by_address);
	for (size_t i = 1; i < n; i++) {
		if (!same_post(sorted[i - 1], sorted[i]))
			continue;
		struct finding f = find_role(l, FINDING_ROLE_TWICE, sorted[i]);
		f.other = sorted[i - 1]->id;
		findings_add(l->out, &f);
	}
	mem_free(sorted);
}

/* An answer from an alias counts for the role: it must be nobody else's address. */
static void find_alias(struct look *l, const struct role *role)
{
	for (size_t i = 0; role->alias && i < l->r->n_roles; i++) {
		const struct role *other = &l->r->roles[i];

		if (other == role || !trust_roles_share(role, other) || !role_valid(other, l->today)
		    || trust_same_address(role->address, other->address))
			continue;
		struct finding f = find_role(l, FINDING_ALIAS_TAKEN, role);
		f.other = other->id;
		findings_add(l->out, &f);
		return;
	}
}

void look_roles(struct look *l)
{
	for (size_t i = 0; i < l->r->n_roles; i++) {
		const struct role *role = &l->r->roles[i];
		find_deputy(l, role);
		if (role_valid(role, l->today))
			find_alias(l, role);
		if (!l->held[i])
			continue;
		if (!role_valid(role, l->today)) {
			find_vacant(l, role);
			continue;
		}
		find_end(l, role);
		find_superiors(l, role);
	}
	find_twice(l);
}

/* The title holds the word itself, not a compound of it: "Dataskyddsombudets
 * sekreterare" is somebody else. */
static bool titled_officer(const char *title)
{
	static const char word[] = "dataskyddsombud";
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *at = title ? text_fold(&a, title) : "";

	for (; (at = strstr(at, word)); at++) {
		const char *end = at + sizeof(word) - 1;
		if (!*end || strchr(" ,;/()", *end))
			return true;
	}
	return false;
}

/* Who decides is free text: the word, the usual short form, or the role's id. */
static bool decided_by_officer(const struct registry *r, const struct item *i)
{
	const struct role *role = registry_role(r, i->decided_by);

	return (role && role->kind == ROLE_OFFICER) || titled_officer(i->decided_by) ||
	       (i->decided_by && strcasecmp(i->decided_by, "dso") == 0);
}

void look_officer(struct look *l)
{
	const struct registry *r = l->r;
	bool known = !r->n_roles;

	for (size_t i = 0; i < r->n_roles; i++) {
		const struct role *role = &r->roles[i];
		bool titled = role->kind != ROLE_OFFICER && titled_officer(role->title);
		if (!role_valid(role, l->today) || !(titled || role->kind == ROLE_OFFICER))
			continue;
		known = true;
		if (titled) {
			struct finding f = find_role(l, FINDING_OFFICER_UNMARKED, role);
			findings_add(l->out, &f);
		}
	}
	if (!known) {
		struct finding f = find_name(FINDING_OFFICER_MISSING, "Dataskyddsombud");
		findings_add(l->out, &f);
	}
	for (size_t i = 0; i < r->n_items; i++) {
		if (!l->items[i].live || !decided_by_officer(r, &r->items[i]))
			continue;
		struct finding f = find_item(FINDING_OFFICER_DECIDES, &r->items[i]);
		f.other = r->items[i].decided_by;
		findings_add(l->out, &f);
	}
}
