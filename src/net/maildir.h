/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_MAILDIR_H
#define OVERSYN_SRC_NET_MAILDIR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/*
 * The folder form of a Maildir (https://cr.yp.to/proto/maildir.html and
 * Maildir++). Nothing here deletes a mail.
 */
void fd_close(int *fd); /* for AUTO(); -1 is nothing */

/* Makes dir (with its parents), dir/tmp, dir/new and dir/cur where absent. */
int maildir_make(const char *dir, struct err *e) MUST_USE;
int maildir_open(const char *dir, const char *sub, int *fd, struct err *e) MUST_USE;

/* Length of a file name without its flags (":2,S"). */
size_t maildir_base(const char *name);
/* A mail's own file name: no path, nothing hidden. */
bool maildir_name_ok(const char *name);
/* Finds the file in an open folder that has this name, whatever its flags:
 * 1 and its whole name in a fresh string, 0 if there is none. */
int maildir_find(int fd, const char *name, char **whole, struct err *e) MUST_USE;

#endif
