/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_LOOP_H
#define OVERSYN_SRC_APP_LOOP_H

#include <stdbool.h>

#include "core/zone.h"

/*
 * The daemon's loop: sleeps until core says so, or until there is something to see. What
 * it sees and does is its owner's, so that tests live ten days of it in a moment.
 */
struct loop_left { /* by a pass; as struct wakeup */
	instant retry;
	bool left, failed;
};

enum loop_woken {
	LOOP_TIME, /* the time is up, or something woke it for nothing */
	LOOP_LOOK, /* there is mail, or the database is another */
	LOOP_END,
};

struct loop_ops {
	instant (*now)(void *ctx);
	/* As struct wakeup's; another after a sleep in which the configuration was read anew. */
	int (*letters_from)(void *ctx);
	void (*pass)(void *ctx, instant now, struct loop_left *out);
	/* Sleeps for no more than so many seconds; `next`: when a pass will be. */
	enum loop_woken (*sleep)(void *ctx, int seconds, instant next);
};

/* A sleep is no longer: a clock that was set, or a machine that was asleep, is noticed. */
enum { LOOP_SLEEP_S = 60 };
/* Between passes, however often there is something to see. */
enum { LOOP_BREATH_S = 2 };

void loop_run(const struct loop_ops *ops, void *ctx);

#endif
