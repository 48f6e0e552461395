/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_COMMAND_LINE_H
#define OVERSYN_SRC_APP_COMMAND_LINE_H

#include "app/options.h"
#include "base/buf.h"

enum json_lines { JSON_NO, JSON_YES, JSON_DRY_RUN /* only what --dry-run shows */ };

/* A command, and all that it takes. What is not said here is refused before anything is
 * done: a word that would be ignored may have been meant as the one that holds back. */
struct command {
	const char *name;
	const char *sub;     /* its first word, where that tells what follows; NULL */
	const char *words;   /* the others, as the help writes them */
	const char *does;
	int (*run)(const struct options *o, struct err *e);
	unsigned takes;      /* options_bit() of each of its own options */
	size_t least, most;  /* words after these names */
	enum json_lines json;
	const char *ask;     /* what is said where a word is missing or cannot be */
};

/* The one that is meant, its options and words checked; NULL, *e is filled. */
const struct command *command_line(const struct options *o, struct err *e) MUST_USE;
bool command_has_json(const struct command *c, const struct options *o);
void command_help(struct buf *out);

#endif
