/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_CORE_TOWN_H
#define OVERSYN_TESTS_CORE_TOWN_H

#include "core/registry.h"

/*
 * A small municipality for the tests of what one pass sends and what one reply
 * does: a board and a committee, each with a chief; the board's chief has a
 * deputy; a data protection officer below the board's chief. Roles: "kd", its
 * deputy "bkd", "sc", "dso"; bodies: "KS", "SON".
 */
void town_build(struct registry *r);
/* An item that is due a year after it was decided; then index the register. */
struct item *town_item(struct registry *r, const char *id, const char *role, const char *body,
                       const char *decided);
struct role *town_role(struct registry *r, const char *id);
dayno town_day(const char *text);
/* An answer as tables write it: " / " is a new line. */
const char *town_lines(struct arena *a, const char *text);

#endif
