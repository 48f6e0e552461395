/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_TEMPLATES_H
#define OVERSYN_APP_TEMPLATES_H

#include "base/arena.h"
#include "base/err.h"
#include "mail/template.h"

/* The templates a letter can be made of. */
extern const char *const template_names[];
extern const size_t template_count;

/*
 * The text of a template in a language: the site's own DIR/LANG/NAME.md if
 * there is one (dir may be NULL), else the program's. A line
 * "{{> part-footer}}" is replaced by that template; parts hold no parts.
 */
int templates_load(struct arena *a, const char *dir, const char *language, const char *name,
                   const char **text, struct err *e) MUST_USE;

/* Renders every template of every language with values for every name (see
 * letter_sample_values()), so that a mistake is found at start and not in the
 * middle of a pass. */
int templates_check(const char *dir, const struct tset *sample, struct err *e) MUST_USE;

#endif
