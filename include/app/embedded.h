/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_EMBEDDED_H
#define OVERSYN_APP_EMBEDDED_H

#include <stddef.h>

/* Files of the source tree that travel inside the program, by their path
 * there: "templates/sv/receipt.md", "config/model/roller.csv". Each is
 * followed by a NUL that `len` does not count. */
struct embedded_file {
	const char *name;
	size_t name_len;
	const char *bytes;
	size_t len;
};

extern const struct embedded_file embedded_files[];
extern const size_t embedded_count;

const struct embedded_file *embedded_find(const char *name); /* NULL: none */

#endif
