/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/posts.h"

#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "core/quorum.h"

enum { MOST_NAMES = 6 };

/* Folded; the first is what it is called where nobody has it yet. */
static const struct {
	const char *called;
	const char *const names[MOST_NAMES];
} posts[POST_COUNT] = {
	[POST_DIRECTOR] = { "Kommundirektör",
	                    { "kommundirektör", "kommunchef", "stadsdirektör", "regiondirektör" } },
	[POST_IT_CHIEF] = { "It-chef",
	                    { "it-chef", "it chef", "it-direktör", "digitaliseringschef", "cio" } },
};

const char *post_name(enum post p)
{
	return posts[p].called;
}

/* Whoever holds a post for the time being holds it. */
static const char *past_acting(const char *folded)
{
	static const char *const acting[] = { "tf ", "tf. ", "t.f. ", "t f ", "tillförordnad " };

	for (size_t i = 0; i < ARRAY_LEN(acting); i++)
		if (text_starts(folded, acting[i]))
			return folded + strlen(acting[i]);
	return folded;
}

bool post_titled(enum post p, const char *title)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	if (!title)
		return false;
	const char *folded = past_acting(text_fold(&a, title));
	for (size_t i = 0; i < MOST_NAMES && posts[p].names[i]; i++) {
		size_t n = strlen(posts[p].names[i]);

		if (text_starts(folded, posts[p].names[i]) && (!folded[n] || strchr(" ,(", folded[n])))
			return true;
	}
	return false;
}

const struct role *post_role(const struct registry *r, enum post p, dayno day)
{
	const struct role *any = NULL;

	for (size_t i = 0; i < r->n_roles; i++) {
		const struct role *role = &r->roles[i];

		if (role->kind == ROLE_OFFICER || !post_titled(p, role->title))
			continue;
		if (role_valid(role, day))
			return role;
		any = any ? any : role;
	}
	return any;
}

/* Who decides stands in the register as a title or as a role's id. */
static bool by_director(const struct registry *r, const struct item *i)
{
	const struct role *role = registry_role(r, i->decided_by);

	return post_titled(POST_DIRECTOR, i->decided_by)
	       || (role && post_titled(POST_DIRECTOR, role->title));
}

static bool application_routine(const struct item *i)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	return i->kind == ITEM_ROUTINE && i->subkind
	       && !strcmp(text_fold(&a, i->subkind), "tillämpningsrutin");
}

/* What several approve is not for one to decide. */
bool post_decided(const struct registry *r, const struct item *i)
{
	return r->settings.director_decides && !quorum_joint(i) && application_routine(i) && by_director(r, i);
}

bool post_decides(const struct registry *r, const struct item *i, const struct role *role,
                  dayno day)
{
	return role && post_titled(POST_DIRECTOR, role->title) && role_valid(role, day)
	       && post_decided(r, i);
}
