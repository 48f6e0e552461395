/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_BENCH_LETTERS_H
#define OVERSYN_TESTS_BENCH_LETTERS_H

#include "base/buf.h"

/* What measures how fast mail is handed over has in common. */
#define LETTER_FROM "granskning@kommun.example"
#define LETTER_TO "handlaggare@kommun.example"

void letter_write(struct buf *out, size_t bytes); /* one of about that size */
/* One line: how many, the seconds before the first went and for all, peak memory in KiB. */
void letter_report(size_t n, double before, double seconds);

#endif
