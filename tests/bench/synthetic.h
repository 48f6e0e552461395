/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_BENCH_SYNTHETIC_H
#define OVERSYN_TESTS_BENCH_SYNTHETIC_H

#include "core/registry.h"

/*
 * Invented registers of any size. The same seed gives the same register on
 * every machine. How often each rule comes is an estimate: most items are
 * reviewed every year, every other or every fourth; some have no clock.
 */
struct synthetic {
	uint32_t seed;
	size_t items, meetings; /* the meetings of 2026 to 2028, eleven bodies together */
};

/* Fills a registry that registry_init() has made; not indexed yet. */
void synthetic_town(struct registry *r, const struct synthetic *wish);

/* A plain rule that a recurrence rule (RFC 5545 §3.3.10) can say too. */
struct plain_rule {
	struct rule rule;
	dayno anchor;
	char recur[64]; /* the same as a recurrence rule that begins on the anchor */
	dayno after;    /* whose first occurrence after this day is meant */
	bool same;      /* false: RFC 5545 means another day (it skips what a month lacks) */
};

void synthetic_rule(uint32_t *seed, struct plain_rule *out);

uint32_t synthetic_chance(uint32_t *seed, uint32_t below); /* 0 … below − 1 */

#endif
