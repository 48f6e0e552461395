/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/family.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/text.h"

struct titled {
	const char *folded;
	size_t at;
};

struct search {
	struct kin *v;
	size_t n;
	size_t *up; /* towards the first member; its own index at the top */
	struct titled *titles;
	size_t n_titles;
	bool titled; /* indexed: only where some row may name an item by its title */
	struct arena arena;
};

static size_t top(struct search *s, size_t i)
{
	for (; s->up[i] != i; i = s->up[i])
		s->up[i] = s->up[s->up[i]];
	return i;
}

static void join(struct search *s, size_t a, size_t b)
{
	a = top(s, a);
	b = top(s, b);
	s->up[a > b ? a : b] = a < b ? a : b;
}

static const struct kin *by_id(const struct search *s, const char *id)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(s->v[mid].id, id);
		if (!order)
			return &s->v[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static int by_title(const void *a, const void *b)
{
	return strcmp(((const struct titled *)a)->folded, ((const struct titled *)b)->folded);
}

static void index_titles(struct search *s)
{
	size_t cap = 0;

	if (s->titled)
		return;
	s->titled = true;
	for (size_t i = 0; i < s->n; i++) {
		if (!s->v[i].document || !s->v[i].title)
			continue;
		s->titles = arena_grow(&s->arena, s->titles, s->n_titles, &cap, sizeof(*s->titles));
		s->titles[s->n_titles++] = (struct titled){ text_fold(&s->arena, s->v[i].title), i };
	}
	if (s->n_titles > 1)
		qsort(s->titles, s->n_titles, sizeof(*s->titles), by_title);
}

static void join_titled(struct search *s, size_t i, const char *folded)
{
	size_t low = 0, high = s->n_titles;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (strcmp(s->titles[mid].folded, folded) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < s->n_titles && !strcmp(s->titles[low].folded, folded); low++)
		join(s, i, s->titles[low].at);
}

static void join_named(struct search *s, size_t i, const char *name)
{
	const char *tidy = text_tidy(&s->arena, name);
	const struct kin *known = by_id(s, tidy);

	if (known)
		join(s, i, (size_t)(known - s->v));
	join_titled(s, i, text_fold(&s->arena, tidy));
}

/* "Policy för it-säkerhet; Rutin för lösenord": one name, or several. */
static void join_replaced(struct search *s, size_t i)
{
	const char *at = s->v[i].replaces;

	join_named(s, i, at);
	while (*at) {
		size_t len = strcspn(at, ";,");
		if (len)
			join_named(s, i, arena_dupn(&s->arena, at, len));
		at += len + (at[len] != '\0');
	}
}

void family_find(struct kin *v, size_t n)
{
	struct search s = { .v = v, .n = n, .arena = ARENA_INIT };

	s.up = mem_alloc((n + 1) * sizeof(*s.up));
	for (size_t i = 0; i < n; i++)
		s.up[i] = i;
	for (size_t i = 0; i < n; i++) {
		const struct kin *parent = v[i].link ? by_id(&s, v[i].link) : NULL;

		if (parent && parent->document)
			join(&s, i, (size_t)(parent - v));
		if (!v[i].replaces)
			continue;
		index_titles(&s);
		join_replaced(&s, i);
	}
	for (size_t i = 0; i < n; i++)
		v[i].family = v[top(&s, i)].id;
	mem_free(s.up);
	arena_release(&s.arena);
}
