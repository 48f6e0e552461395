/* SPDX-License-Identifier: EUPL-1.2 */
/* Why a request is void. */
#include <string.h>

#include "core/training.h"
#include "plan-internal.h"

const char *plan_void_reason(const struct registry *r, const struct review *review, dayno day)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const struct item *item = registry_item(r, review->item);

	if (!item)
		return "retired";
	if (item->replaced_by)
		return "replaced";
	if (item->retired)
		return "retired";
	if (training_rests(r, item, day))
		return "role-ended";
	if (review->version && strcmp(review->version, plan_version(&a, item)) != 0)
		return "changed";
	return item->reviewed > review->opened ? "reviewed" : "handed-on";
}
