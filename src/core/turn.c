/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/turn.h"

#include <string.h>
#include <strings.h>

#include "core/posts.h"
#include "core/quorum.h"
#include "core/trust.h"

enum { TERM_YEARS = 4 };

struct turn {
	dayno after, next;
};

static void note(struct turn *t, dayno day)
{
	if (day > t->after && (t->next == DAY_NONE || day < t->next))
		t->next = day;
}

static void note_last(struct turn *t, dayno last)
{
	if (last != DAY_NONE)
		note(t, last + 1);
}

static void note_absences(struct turn *t, const struct registry *r, const char *role)
{
	size_t low = 0, high = r->n_absences;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (strcmp(r->absences[mid].role, role) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (size_t i = low; i < r->n_absences && !strcmp(r->absences[i].role, role); i++) {
		note(t, r->absences[i].from);
		note_last(t, r->absences[i].to);
	}
}

static void note_role(struct turn *t, const struct registry *r, const struct role *role)
{
	if (!role)
		return;
	note(t, role->from);
	note_last(t, role->to);
	note_absences(t, r, role->id);
}

static void note_address(struct turn *t, const struct registry *r, const char *address)
{
	for (size_t i = 0; address && i < r->n_roles; i++)
		if (r->roles[i].address && strcasecmp(r->roles[i].address, address) == 0)
			note_role(t, r, &r->roles[i]);
}

/* Everybody whom registry_role_on() asks on its way up. */
static void note_way(struct turn *t, const struct registry *r, const char *id)
{
	const struct role *role = registry_role(r, id);

	for (size_t steps = 0; role && steps < r->n_roles; steps++) {
		note_role(t, r, role);
		if (role_valid(role, t->after))
			return;
		note_address(t, r, role->address);
		note_role(t, r, registry_role(r, role->deputy));
		role = registry_role(r, role->superior);
	}
}

/* Whoever has the post, one after another. */
static void note_posts(struct turn *t, const struct registry *r, enum post p)
{
	for (size_t i = 0; i < r->n_roles; i++)
		if (post_titled(p, r->roles[i].title))
			note_role(t, r, &r->roles[i]);
}

/* And those above a data protection officer or the author, who approve nothing. */
static const struct role *note_approvers(struct turn *t, const struct registry *r, const struct item *i)
{
	const struct role *role = registry_holder(r, i, t->after);

	if (post_decided(r, i)) {
		note_posts(t, r, POST_DIRECTOR);
		role = post_role(r, POST_DIRECTOR, t->after);
		return role && role_valid(role, t->after) ? role : NULL;
	}
	for (size_t steps = 0; role && steps < r->n_roles
	                       && (role->kind == ROLE_OFFICER || quorum_is_author(r, i, role->address)); steps++) {
		role = registry_role(r, role->superior);
		note_role(t, r, role);
	}
	return role;
}

/* Who is told when nobody answers: those above the holder, the coordinator, and
 * whoever has the chair's address. */
static void note_told(struct turn *t, const struct registry *r, const struct item *i,
                      const struct role *holder)
{
	const struct role *role = holder;
	const struct body *body = registry_letter_body(r, i, t->after);

	if (holder)
		note_role(t, r, registry_role(r, holder->deputy));
	for (size_t steps = 0; role && steps < r->n_roles; steps++) {
		note_way(t, r, role->superior);
		role = registry_role_on(r, role->superior, t->after);
		if (role && role->kind != ROLE_OFFICER && role->address
		    && !trust_same_address(role->address, holder->address))
			break;
	}
	note_way(t, r, r->settings.contact_role);
	if (body)
		note_address(t, r, body->chair);
}

/* Where several approve, everybody who is asked in their seats, and told. */
static void note_seats(struct turn *t, const struct registry *r, const struct item *i)
{
	for (const char *at = i->approvers; at && *at;) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		size_t n = strcspn(at, " ");
		const char *id = arena_dupn(&a, at, n);

		at += n + strspn(at + n, " ");
		note_way(t, r, id);
		note_told(t, r, i, registry_role_on(r, id, t->after));
	}
}

/* A term that is registered is repeated for ever, both ways. */
static void note_term(struct turn *t, const struct body *b)
{
	if (b->term_from == DAY_NONE || b->term_to == DAY_NONE)
		return;
	int years = date_ymd(t->after).y - date_ymd(b->term_from).y;

	for (int k = years / TERM_YEARS - 1; k <= years / TERM_YEARS + 1; k++)
		note(t, date_add(b->term_from, k * TERM_YEARS, UNIT_YEAR));
}

static bool follows_terms(const struct item *i)
{
	for (size_t k = 0; k < i->rules.n; k++) {
		enum rule_kind kind = i->rules.at[k].kind;

		if (kind == RULE_TERM_ONCE || kind == RULE_TERM_START || kind == RULE_TERM_END
		    || kind == RULE_WITH_PARENT)
			return true;
	}
	return false;
}

dayno turn_next(const struct registry *r, const struct item *i, dayno day)
{
	struct turn t = { .after = day, .next = DAY_NONE };
	bool terms = follows_terms(i);

	note_way(&t, r, i->responsible);
	note_told(&t, r, i, note_approvers(&t, r, i));
	note_seats(&t, r, i);
	for (size_t b = 0; b < r->n_bodies; b++) {
		note_last(&t, r->bodies[b].ceases);
		if (terms)
			note_term(&t, &r->bodies[b]);
	}
	if (terms)
		note_last(&t, term_national(day).to);
	return t.next;
}

/* Only where something is asked: by the matter it is another body than letters are on behalf
 * of, and an item that is retired has no other turn. */
dayno turn_secretary(const struct registry *r, const struct body *b, dayno day)
{
	struct turn t = { .after = day, .next = DAY_NONE };

	note_address(&t, r, b->secretary);
	note_last(&t, b->ceases);
	return t.next;
}
