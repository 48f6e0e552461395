/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_POSTS_H
#define OVERSYN_CORE_POSTS_H

#include "core/registry.h"

/*
 * The posts that a guideline for information security gives work to by their
 * name, found among the roles by their titles: whoever decides application
 * routines, and whoever answers for the IT environment. The coordinator is a
 * setting, the data protection officer a kind of role.
 */
enum post {
	POST_DIRECTOR, /* kommundirektör, by whatever name the municipality has for it */
	POST_IT_CHIEF, /* it-chef */
	POST_COUNT
};

const char *post_name(enum post p); /* "Kommundirektör": what it is called in the register */

/* Whether a title, as it is written, is that of the post: the name itself, also
 * with "tf" before it or more words after it, and no compound of it. */
bool post_titled(enum post p, const char *title);

/* The role of the post: one in force on the day, else any; NULL: there is none. */
const struct role *post_role(const struct registry *r, enum post p, dayno day);

/* Whether what the role approves about the item is a decision of that role by
 * delegation: the municipality says so, the item is an application routine
 * (tillämpningsrutin) that the director decides, and the role is the director. */
bool post_decides(const struct registry *r, const struct item *i, const struct role *role,
                  dayno day);
/* Whether the director decides the item, whoever answers for it. */
bool post_decided(const struct registry *r, const struct item *i);

#endif
