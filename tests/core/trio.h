/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_CORE_TRIO_H
#define OVERSYN_TESTS_CORE_TRIO_H

#include "core/change.h"
#include "tests/core/town.h"

/* A letter to kd about three open reviews, A, B and C, for tests of its answers; B is
 * for the body to decide. trio_lay() and trio_clear() are a checked fixture. */
enum { ITEMS = 3 };

extern struct arena arena;
extern struct registry town;
extern struct review reviews[ITEMS];
extern struct letter letter;

void trio_lay(void);
void trio_clear(void);

#endif
