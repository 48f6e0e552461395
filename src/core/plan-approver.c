/* SPDX-License-Identifier: EUPL-1.2 */
/* Who is asked to sign off. */
#include "core/plan.h"
#include "core/posts.h"
#include "core/quorum.h"

const struct role *plan_approver(const struct registry *r, const struct item *item, dayno day)
{
	const struct role *role = registry_holder(r, item, day);

	if (post_decided(r, item)) {
		role = post_role(r, POST_DIRECTOR, day);
		return role && role_valid(role, day) ? role : NULL;
	}
	/* More steps than there are roles: superiors that loop. */
	for (size_t steps = 0; role && (role->kind == ROLE_OFFICER
	                                || quorum_is_author(r, item, role->address)); steps++)
		role = steps < r->n_roles ? registry_role(r, role->superior) : NULL;
	return role && role_valid(role, day) ? role : NULL;
}

const struct role *plan_answers(const struct registry *r, const struct item *item,
                                const struct review *review, dayno day)
{
	return review->seat ? quorum_acting(r, review->seat, day) : plan_approver(r, item, day);
}
