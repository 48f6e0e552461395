/* SPDX-License-Identifier: EUPL-1.2 */
/* Who is told of raised K, R and T. */
#include "core/inventory.h"
#include "core/posts.h"

const struct role *inventory_it_chief(const struct registry *r, dayno day)
{
	const struct role *named = registry_role(r, r->settings.it_chief);
	const struct role *titled = r->settings.it_chief ? NULL : post_role(r, POST_IT_CHIEF, day);

	if (titled && role_valid(titled, day))
		named = titled;
	const struct role *acts = named ? registry_role_on(r, named->id, day) : NULL;
	return acts && acts->address ? acts : NULL;
}
