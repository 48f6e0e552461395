/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/quorum.h"

#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "core/trust.h"

static const char *const names[] = {
	[QUORUM_NONE] = NULL, [QUORUM_ONE] = "one", [QUORUM_TWO] = "two", [QUORUM_ALL] = "all",
};

const char *quorum_name(enum quorum q)
{
	return names[q];
}

int quorum_by_name(const char *name)
{
	if (!name)
		return QUORUM_NONE;
	for (size_t i = 1; i < ARRAY_LEN(names); i++)
		if (!strcmp(names[i], name))
			return (int)i;
	return -1;
}

bool quorum_joint(const struct item *i)
{
	return i->approvers != NULL;
}

/* ---- persons ---- */

static size_t name_length(const char *address)
{
	return strcspn(address, "+@");
}

/* A name has a first and a last part; "kansli" is no name. */
static bool same_name(const char *a, const char *b)
{
	size_t n = name_length(a);

	if (n != name_length(b) || !memchr(a, '.', n))
		return false;
	struct arena folded AUTO(arena_release) = ARENA_INIT;
	return !strcmp(text_fold(&folded, arena_dupn(&folded, a, n)),
	               text_fold(&folded, arena_dupn(&folded, b, n)));
}

static bool same_directly(const char *a, const char *b)
{
	return trust_same_address(a, b) || same_name(a, b);
}

static bool role_writes(const struct role *role, const char *address)
{
	return (role->address && same_directly(role->address, address))
	       || trust_role_writes(role, address);
}

/* Two roles that share an address, or the name in one. */
static bool roles_meet(const struct role *a, const struct role *b)
{
	return trust_roles_share(a, b) || (a->address && role_writes(b, a->address))
	       || (b->address && role_writes(a, b->address));
}

bool quorum_same_person(const struct registry *r, const char *a, const char *b)
{
	struct arena work AUTO(arena_release) = ARENA_INIT;

	if (!a || !b)
		return false;
	if (same_directly(a, b))
		return true;
	bool *reached = arena_alloc(&work, r->n_roles + 1);
	size_t *queue = arena_alloc(&work, (r->n_roles + 1) * sizeof(*queue)), n = 0;
	for (size_t i = 0; i < r->n_roles; i++)
		if ((reached[i] = role_writes(&r->roles[i], a)))
			queue[n++] = i;
	for (size_t k = 0; k < n; k++) {
		const struct role *role = &r->roles[queue[k]];

		if (role_writes(role, b))
			return true;
		for (size_t i = 0; i < r->n_roles; i++)
			if (!reached[i] && roles_meet(role, &r->roles[i])) {
				reached[i] = true;
				queue[n++] = i;
			}
	}
	return false;
}

bool quorum_is_author(const struct registry *r, const struct item *i, const char *address)
{
	const struct role *author = registry_role(r, i->author);

	return author && address && (trust_role_writes(author, address)
	                             || quorum_same_person(r, author->address, address));
}

/* ---- seats ---- */

const struct role *quorum_acting(const struct registry *r, const char *seat, dayno day)
{
	const struct role *role = registry_role_on(r, seat, day);

	return role && role->kind != ROLE_OFFICER && role->address ? role : NULL;
}

/* The next of the ids that a space splits; NULL: there is no more. */
static const char *next_id(struct arena *a, const char **at)
{
	size_t n = strcspn(*at, " ");
	const char *id = n ? arena_dupn(a, *at, n) : NULL;

	*at += n + strspn(*at + n, " ");
	return id;
}

static bool has_seat(const struct registry *r, const struct seats *s, const char *address)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].role && quorum_same_person(r, s->at[i].role->address, address))
			return true;
	return false;
}

static int needed(const struct item *i, const struct seats *s)
{
	switch (i->quorum) {
	case QUORUM_ONE:
		return 1;
	case QUORUM_TWO:
		return 2;
	case QUORUM_NONE:
	case QUORUM_ALL:
		break;
	}
	return s->persons + s->vacant > 0 ? s->persons + s->vacant : 1;
}

void quorum_seats(const struct registry *r, const struct item *i, dayno day, struct arena *a,
                  struct seats *out)
{
	const char *at = i->approvers ? i->approvers : "", *id;
	size_t cap = 0;

	*out = (struct seats){ .n = 0 };
	while ((id = next_id(a, &at))) {
		struct seat s = { .id = id, .role = quorum_acting(r, id, day) };

		s.author = s.role && quorum_is_author(r, i, s.role->address);
		s.twice = s.role && !s.author && has_seat(r, out, s.role->address);
		if (s.author || s.twice)
			s.role = NULL;
		out->persons += s.role != NULL;
		out->vacant += !s.role && !s.author && !s.twice;
		out->at = arena_grow(a, out->at, out->n, &cap, sizeof(*out->at));
		out->at[out->n++] = s;
	}
	out->need = needed(i, out);
}

bool quorum_stands_in(const struct registry *r, const struct item *i, const char *seat,
                      const struct role *deputy, dayno day)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct seats seats;

	if (quorum_is_author(r, i, deputy->address))
		return false;
	quorum_seats(r, i, day, &a, &seats);
	for (size_t k = 0; k < seats.n; k++)
		if (seats.at[k].role && (!seat || strcmp(seats.at[k].id, seat) != 0)
		    && quorum_same_person(r, seats.at[k].role->address, deputy->address))
			return false;
	return true;
}

/* ---- voices ---- */

static bool speaks(enum verdict v)
{
	return v == VERDICT_APPROVE || v == VERDICT_CHANGES || v == VERDICT_REJECT;
}

/* The seat's newest voice, if this is it. */
static bool stands(const struct voice *voices, size_t k)
{
	if (!speaks(voices[k].verdict))
		return false;
	for (size_t i = 0; i < k; i++)
		if (speaks(voices[i].verdict) && !strcmp(voices[i].seat, voices[k].seat))
			return false;
	return true;
}

enum verdict quorum_said(const struct voice *voices, size_t n, const char *seat)
{
	for (size_t i = 0; i < n; i++)
		if (speaks(voices[i].verdict) && !strcmp(voices[i].seat, seat))
			return voices[i].verdict;
	return VERDICT_NONE;
}

static bool counted(const struct registry *r, const struct voice *voices, size_t k)
{
	for (size_t i = 0; i < k; i++)
		if (stands(voices, i) && voices[i].verdict == VERDICT_APPROVE
		    && quorum_same_person(r, voices[i].address, voices[k].address))
			return true;
	return false;
}

struct tally quorum_count(const struct registry *r, const struct item *i, dayno day,
                          const struct voice *voices, size_t n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct tally t = { .approvals = 0 };
	struct seats seats;

	quorum_seats(r, i, day, &a, &seats);
	t.need = seats.need;
	for (size_t k = 0; k < n; k++) {
		if (!stands(voices, k))
			continue;
		if (voices[k].verdict != VERDICT_APPROVE)
			t.objected = true;
		else if (!quorum_is_author(r, i, voices[k].address) && !counted(r, voices, k))
			t.approvals++;
	}
	t.met = !t.objected && t.approvals >= t.need;
	return t;
}

const char *quorum_awaited(const struct registry *r, const struct item *i, dayno day,
                           const struct voice *voices, size_t n, struct arena *a)
{
	const char *list = NULL;
	struct seats seats;

	quorum_seats(r, i, day, a, &seats);
	for (size_t s = 0; s < seats.n; s++) {
		const struct role *named = registry_role(r, seats.at[s].id);
		const char *title = named && named->title ? named->title : seats.at[s].id;

		if (seats.at[s].author || seats.at[s].twice
		    || quorum_said(voices, n, seats.at[s].id) == VERDICT_APPROVE)
			continue;
		list = list ? arena_fmt(a, "%s, %s", list, title) : title;
	}
	return list;
}
