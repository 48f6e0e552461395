/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_HEALTH_H
#define OVERSYN_STORE_HEALTH_H

#include "store/store.h"

/* How the database is, for who looks after it. */
struct store_health {
	int schema;      /* number of the last migration */
	uint64_t bytes;  /* of the file */
	bool pass_runs;  /* somebody holds the right to run passes */
	const char *shut; /* of its lock and its note of what went, one that this user cannot write; NULL */
};

/* Looks the whole file through: a large one takes its time. Damage is ERR_SAFETY. */
int store_health(struct store *s, struct arena *a, struct store_health *out, struct err *e) MUST_USE;

#endif
