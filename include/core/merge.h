/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_MERGE_H
#define OVERSYN_CORE_MERGE_H

#include "core/registry.h"

/* Appends one item to a register that is still being filled. */
void registry_add_item(struct registry *r, const struct item *item);

/*
 * Appends all rows of `with` to `onto`; where both know an id, indexing keeps
 * the later one, so `onto` must be indexed afterwards. Strings are shared:
 * `with` must outlive `onto`. The settings of `onto` are left alone. As in the
 * store, a body has one meeting a day, and one that stands on another day in
 * `with` has left its day in `onto`.
 */
void registry_merge(struct registry *onto, const struct registry *with);

#endif
