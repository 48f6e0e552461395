/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_MERGE_H
#define OVERSYN_CORE_MERGE_H

#include "core/registry.h"

/* Appends one item to a register that is still being filled. */
void registry_add_item(struct registry *r, const struct item *item);

/*
 * Overlays `onto` with what `with` holds: rows with an id that is known
 * replace it, others are added (meetings by body and day, events by name, day
 * and item). Strings are shared: `with` must outlive `onto`. `onto` must be
 * indexed again afterwards; its settings are left alone.
 */
void registry_merge(struct registry *onto, const struct registry *with);

#endif
