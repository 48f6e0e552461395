/* SPDX-License-Identifier: EUPL-1.2 */
/* Who is told of raised K, R and T. */
#include <string.h>

#include "base/text.h"
#include "core/inventory.h"

const struct role *inventory_it_chief(const struct registry *r, dayno day)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const struct role *named = registry_role(r, r->settings.it_chief);

	for (size_t i = 0; !r->settings.it_chief && !named && i < r->n_roles; i++) {
		const struct role *role = &r->roles[i];

		if (role->title && role_valid(role, day) && !strcmp(text_fold(&a, role->title), "it-chef"))
			named = role;
	}
	const struct role *acts = named ? registry_role_on(r, named->id, day) : NULL;
	return acts && acts->address ? acts : NULL;
}
