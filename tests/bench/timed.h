/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_BENCH_TIMED_H
#define OVERSYN_TESTS_BENCH_TIMED_H

#include "base/err.h"

double timed_now(void); /* seconds, on a clock that only goes on */
/* The most memory in KiB, of this program alone: getrusage() counts who started it, too. */
long timed_peak(void);
/* Ends the program, and says why, where something failed. */
void timed_check(int failed, const struct err *e);

#endif
