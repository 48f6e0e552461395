/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_DEMO_EVENTS_H
#define OVERSYN_SRC_APP_DEMO_EVENTS_H

#include "core/registry.h"
#include "store/store.h"

/*
 * What happens in the demo's year, config/demo/events.txt: what the coordinator does
 * about it is done on its day through the same doors as by hand (import, trigger);
 * what came of it is looked up at the end.
 */
struct demo_events;

int demo_events_open(struct demo_events **out, struct err *e) MUST_USE;
void demo_events_close(struct demo_events *d);
/* What the coordinator does on the day of `now`, before its pass. */
int demo_events_play(struct demo_events *d, struct store *s, instant now, struct err *e) MUST_USE;
/* A line for each event: its day, what happened, what came of it. */
int demo_events_tell(const struct demo_events *d, struct store *s, const struct registry *r,
                     struct buf *out, struct err *e) MUST_USE;

#endif
