/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_CHILD_H
#define OVERSYN_SRC_APP_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

/*
 * A process beside this one: the same program under another argument, with one
 * socket to its parent and nothing else of it, no environment and no files. It
 * says a byte when it has confined itself, and is ended with its parent.
 */
enum { CHILD_MORE = 3 };
/* What one exits with that cannot confine itself. */
enum { CHILD_UNCONFINED = 4 };

struct child {
	pid_t pid; /* 0: none runs */
	int fd;
};

/* `more`: a descriptor that it gets as CHILD_MORE; -1: none. `name` stands in errors: ERR_SAFETY where it
 * could not confine itself, ERR_OUTSIDE where something else ended it before it was ready. */
int child_start(const char *name, const char *argument, int more, struct child *out, struct err *e) MUST_USE;
void child_stop(struct child *c); /* at once; none: nothing */
/* In the child, when it is ready to serve: tells the parent. */
bool child_ready(int out);

/* Read or write exactly len bytes; deadline_ms on the monotonic clock, or −1
 * for none. False at the end, on an error, or too late. */
bool wire_read(int fd, void *to, size_t len, int64_t deadline_ms);
bool wire_write(int fd, const void *from, size_t len, int64_t deadline_ms);
/* Whether there is something to be read, or the end, within that time. */
bool wire_waits(int fd, int64_t deadline_ms);
int64_t wire_now(void);

#endif
