/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_TEMPLATES_H
#define OVERSYN_APP_TEMPLATES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/zone.h"
#include "mail/template.h"

/* The templates a letter can be made of. */
extern const char *const template_names[];
extern const size_t template_count;

/*
 * Renders a letter: the site's own DIR/LANG/NAME.md if there is one (dir may be
 * NULL), else the program's; a "{{> part-footer}}" in it likewise. Errors name
 * the file and line that is to be mended.
 */
int templates_letter(const char *dir, const char *language, const char *name,
                     const struct tset *values, struct rendered *out, struct err *e) MUST_USE;

/*
 * The same for who writes many: what a letter is made of is read when the first
 * letter of a pass needs it, and again in the next pass, whose instant is another.
 * dir and language are the same every time, and live as long. Begins as zeroes;
 * arena_release(&t.arena) at the end.
 */
struct templates {
	struct arena arena;
	instant pass; /* that they were read in */
	struct kept_template *at;
	size_t n, cap;
};
int templates_render(struct templates *t, instant pass, const char *dir, const char *language,
                     const char *name, const struct tset *values, struct rendered *out,
                     struct err *e) MUST_USE;

/* Goes through one template with values for every name (letter_sample_values()). */
int templates_check_one(const char *dir, const char *language, const char *name,
                        const struct tset *sample, struct err *e) MUST_USE;

/*
 * Every template of every language, and every file in the site's folder that
 * no letter is made of (a name typed wrong): calls `found` with each error, so
 * that a mistake is found at start and not in the middle of a pass. Returns how
 * many there were.
 */
typedef void templates_found(void *to, const struct err *e);
size_t templates_check(const char *dir, const struct tset *sample, templates_found *found, void *to);

#endif
