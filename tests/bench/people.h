/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_BENCH_PEOPLE_H
#define OVERSYN_TESTS_BENCH_PEOPLE_H

#include <stddef.h>

enum { PEOPLE_TODAY = 20829 /* 2027-01-11, a Monday */ };

/* A new database at `path` in which so many people each answer for one routine, whose
 * review is to be done in five weeks: on that day a pass writes to each of them. */
void people_make(const char *path, size_t n);

#endif
