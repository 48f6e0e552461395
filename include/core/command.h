/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_COMMAND_H
#define OVERSYN_CORE_COMMAND_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * What the coordinator writes to the program: one line, which says nothing else. A
 * closed grammar; what is nearly a command is none, and is answered with those that
 * there are.
 */
#define COMMANDS(X) \
	X(UNKNOWN, "unknown") \
	X(HELP, "help")       /* what can be written */ \
	X(STATUS, "status")   /* how each body stands */ \
	X(OVERDUE, "overdue") /* what is overdue */ \
	X(WAITING, "waiting") /* what has been asked for and waits */ \
	X(SHOW, "show")       /* what is known of a letter, a review, an item, a case */ \
	X(START, "start")     /* a review of an item before its time: is confirmed first */

enum command_kind {
#define X(name, word) COMMAND_##name,
	COMMANDS(X)
#undef X
	COMMAND_KIND_COUNT
};

struct command {
	enum command_kind kind;
	const char *ref;  /* SHOW, START: of what, as written; NULL: nothing was named */
	const char *line; /* the line that was read, tidied; NULL: there was none */
	const char *rest; /* what stands below it; "" where the subject was read */
};

/*
 * The first line of the text that is no greeting, else the subject; the text alone,
 * where it answers a letter (subject NULL, or one that begins with "SV:"). `fresh` may
 * be NULL. Strings go to the arena.
 */
void command_said(struct arena *a, const char *subject, const char *fresh, struct command *out);

const char *command_name(enum command_kind k);

#endif
