/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_CORE_DESK_H
#define OVERSYN_TESTS_CORE_DESK_H

#include "core/plan.h"
#include "tests/core/town.h"

/* What lies before a pass: a small town, its open reviews, letters and questions.
 * desk_lay() and desk_clear() are a checked fixture. */
#define DESK_TODAY "2027-02-01" /* a Monday: what was decided on 2026-03-01 was to be
                                 * invited two weeks ago */
extern struct arena arena;
extern struct registry town;
extern struct review standing[8];
extern struct letter letters[8];
extern struct question asked[8];
extern struct plan_input in;
extern struct plan plan;

void desk_lay(void);
void desk_clear(void);
struct item *add(const char *id, const char *role, const char *body);
struct item *item_of(const char *id);
void pass(void); /* plan_pass() on it all */
/* An open review of the item in letter GR-1, invited long ago to `address`. */
struct review *stand(const char *item, int n, const char *address);

#endif
