/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_STORE_SHARED_H
#define OVERSYN_TESTS_STORE_SHARED_H

#include "store/store.h"

/* Fails the test unless each letter's register (GR-000001 to so many) is the same, loaded
 * over what all letters have in common, as loaded for itself. */
void letters_stand_on_what_they_share(struct store *s, int letters);

#endif
