/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_SHOWN_H
#define OVERSYN_CORE_SHOWN_H

#include "base/arena.h"

/*
 * What a person was shown of an item, canonical: lines "key=value" in a fixed
 * order, those without a value left out. The import makes it (struct item's
 * `shown`), the version hash is of it.
 */

/* The value of a key, or NULL. */
const char *shown_get(struct arena *a, const char *shown, const char *key) MUST_USE;

/* The same text with the key's value replaced, set where it had none, or, with
 * NULL, left out. A key that no item has leaves the text as it is. */
const char *shown_put(struct arena *a, const char *shown, const char *key, const char *value) MUST_USE;

#endif
