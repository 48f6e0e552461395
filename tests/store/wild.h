/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_STORE_WILD_H
#define OVERSYN_TESTS_STORE_WILD_H

#include "core/registry.h"

/*
 * A small municipality in which everything occurs that a due date or a letter can
 * lean on, at random: rand() decides, so that srand() repeats it. It is kept as a
 * register that is not indexed, for store_import().
 */
void wild_build(struct registry *r, dayno today);
/* Changes one thing of it, as somebody would who imports a corrected file. Returns
 * what, for the message of a test that fails. */
const char *wild_change(struct registry *r, dayno today);

#endif
