/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_REGISTRY_INTERNAL_H
#define OVERSYN_CORE_REGISTRY_INTERNAL_H

#include "core/registry.h"

/* The part of registry_index() that joins sorted rows: which item is whose
 * parent, which replaces which (the old one retires, its children move), and
 * which events name an item. */
void registry_link(struct registry *r);
/* The part that reads each item's words into its rules. */
void registry_read_rules(struct registry *r);

#endif
