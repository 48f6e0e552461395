/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_FILES_H
#define OVERSYN_APP_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* Files as app needs them: whole, bounded, with errors that name them. */
enum { FILE_LIMIT = 64 << 20 };

bool file_exists(const char *path);
bool file_is_dir(const char *path);
/* Appends the whole file ("-": standard input); more than `limit` bytes is ERR_USAGE. */
int file_read(const char *path, size_t limit, struct buf *out, struct err *e) MUST_USE;
/* Writes a fresh file in place of any other (tmp, fsync, rename). */
int file_write(const char *path, const char *bytes, size_t len, struct err *e) MUST_USE;
/* mkdir -p. */
int dir_make(const char *path, struct err *e) MUST_USE;
/* Removes what `oversyn demo` made: DIR and all in it. Refused (ERR_SAFETY)
 * unless DIR holds the file `mark`. */
int dir_remove(const char *path, const char *mark, struct err *e) MUST_USE;

#endif
