/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_OPTIONS_H
#define OVERSYN_APP_OPTIONS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/zone.h"
#include "view/view.h"

/* The command line (DESIGN §10): options may stand before or after the
 * command; "--" ends them. */
struct options {
	struct arena arena;
	const char *command;
	const char **args; /* what is left, in order */
	size_t n_args, cap_args;
	const char *db, *config;
	instant now;    /* --now, else the clock, read once */
	bool now_given;
	enum view_lang lang;
	bool json, dry_run, help, version, unadjusted;
	dayno on;       /* --on; DAY_NONE */
	int within;     /* --within; -1 */
	const char *sent, *letter; /* of `read` */
	const char *outcome, *registry_no; /* of `record`; NULL */
	int months;                /* of `plan`; 0: a year */
	const char *by;            /* of `plan`: week, body, role */
	bool level, apply;
	const char **set, **rule;  /* of `plan`: key=value, ITEM=words */
	size_t n_set, cap_set, n_rule, cap_rule;
	bool no_mail;              /* of `doctor` */
	int wait;                  /* its seconds; -1 */
	const char *body;          /* --body, of `import meetings`; NULL */
	bool overwrite;            /* of `import` */
};

int options_parse(int argc, char **argv, struct options *out, struct err *e) MUST_USE;
void options_release(struct options *o);

/* A whole number of 0 to `most`: 0, or -1 it is none. */
int options_number(const char *text, int most, int *out) MUST_USE;
/* The words from args[from] on as one line; NULL: none. */
const char *options_rest(const struct options *o, size_t from, struct arena *a);

#endif
