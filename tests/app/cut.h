/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_APP_CUT_H
#define OVERSYN_TESTS_APP_CUT_H

#include <stdbool.h>

/*
 * A disk that can be cut off under SQLite: a VFS of its own before the machine's. Every
 * write, truncation and sync of a database is a step; before the step `at` the process
 * ends. No sync reaches the machine's disk: what is synced is what the disk says is.
 */
enum cut {
	CUT_KILL,  /* as kill -9 does: all that was written stays */
	CUT_POWER, /* what was not synced is lost */
	CUT_TORN,  /* some of what was not synced is lost, some is not */
	CUT_FULL,  /* nothing ends, but from there on no file can grow */
};

/* For every database that this process opens from now on. `at` 0: never; `steps`, which
 * may be shared with another process, counts them. */
void cut_disk(enum cut how, int at, int *steps);
/* Files can grow again, and go on doing so. */
void cut_room(void);

#endif
