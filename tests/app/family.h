/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_APP_FAMILY_H
#define OVERSYN_TESTS_APP_FAMILY_H

#include <stddef.h>
#include <sys/types.h>

/* Processes as /proc shows them. */

/* A line of /proc/PID/status, without its label, in `line`; NULL: there is none. */
char *family_status(const char *pid, const char *label, char *line, size_t size);
/* A child of that one, but not the other; 0: there is none. */
pid_t family_child(pid_t parent, pid_t not_this);

#endif
