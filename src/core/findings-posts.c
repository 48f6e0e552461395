/* SPDX-License-Identifier: EUPL-1.2 */
/* The posts that the guideline gives work to, and the chiefs of units. */
#include <string.h>

#include "core/posts.h"
#include "findings-internal.h"

/* A role that nobody holds today: neither it nor another post of the same name, nor
 * somebody else in force at its address. */
static void find_post(struct look *l, enum post p)
{
	const struct role *role = post_role(l->r, p, l->today);
	struct finding f;

	if (!role) {
		f = find_name(FINDING_POST_MISSING, post_name(p));
		findings_add(l->out, &f);
	} else if (!role_valid(role, l->today) && !role_continues(l->r, role, l->today)) {
		f = find_role(l, FINDING_POST_VACANT, role);
		findings_add(l->out, &f);
	}
}

static bool has_chief(const struct look *l, const struct unit *u)
{
	for (size_t i = 0; i < l->r->n_roles; i++) {
		const struct role *role = &l->r->roles[i];

		if (role->kind == ROLE_CHIEF && role->org && !strcmp(role->org, u->id)
		    && role_valid(role, l->today))
			return true;
	}
	return false;
}

/* A register that has no roles yet is not told which. Whoever answers for the IT
 * environment is looked for with the assets, the coordinator with the settings. */
void look_posts(struct look *l)
{
	if (!l->r->n_roles)
		return;
	find_post(l, POST_DIRECTOR);
	for (size_t i = 0; i < l->r->n_units; i++) {
		const struct unit *u = &l->r->units[i];
		struct finding f = find_name(FINDING_UNIT_NO_CHIEF, u->id);

		f.name = u->name;
		if (!has_chief(l, u))
			findings_add(l->out, &f);
	}
}
