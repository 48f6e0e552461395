/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_OPTIONS_H
#define OVERSYN_APP_OPTIONS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/zone.h"
#include "view/view.h"

/* The options that only some commands take; src/app/command-line.c says which. */
enum own_option {
	OPT_ON = 256, OPT_WITHIN, OPT_DRY_RUN, OPT_SENT, OPT_LETTER, OPT_UNADJUSTED, OPT_MONTHS, OPT_BY,
	OPT_LEVEL, OPT_APPLY, OPT_SET, OPT_RULE, OPT_BODY, OPT_OUTCOME, OPT_REGISTRY_NO, OPT_NO_MAIL,
	OPT_WAIT, OPT_OVERWRITE, OPT_OUTSIDE_MEETING, OPT_OWN_END,
};
#define OPTION_BIT(opt) (1U << ((opt) - OPT_ON))

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
	unsigned given; /* OPTION_BIT() of each of those */
	bool json, dry_run, help, version, unadjusted, outside_meeting;
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

/* "dry-run", and what is written after it: "DATE"; "": nothing is. */
const char *options_name(int own_option);
const char *options_value(int own_option);

/* Whether a word, dashes before it or not, is likely meant as another. */
bool options_near(const char *said, const char *meant);

/* A whole number of 0 to `most`: 0, or -1 it is none. */
int options_number(const char *text, int most, int *out) MUST_USE;
/* The words from args[from] on as one line; NULL: none. */
const char *options_rest(const struct options *o, size_t from, struct arena *a);

#endif
