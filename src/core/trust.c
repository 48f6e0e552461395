/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/trust.h"

#include <string.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_but_for_case(const char *a, const char *b)
{
	while (*a && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return *a == *b;
}

static bool same_but_for_case_n(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (lower(a[i]) != lower(b[i]))
			return false;
	return true;
}

/* Case says nothing in any mail system a municipality runs; anything more
 * lenient (dots, plus parts, look-alike letters) would be a guess. */
bool trust_same_address(const char *a, const char *b)
{
	return a && b && strchr(a, '@') && same_but_for_case(a, b);
}

/* Whether the address of `len` bytes is among those that a space splits. */
static bool listed(const char *list, const char *address, size_t len)
{
	for (const char *at = list; at && *at && len;) {
		size_t n = strcspn(at, " ");

		if (n == len && same_but_for_case_n(at, address, len))
			return true;
		at += n + strspn(at + n, " ");
	}
	return false;
}

bool trust_role_writes(const struct role *role, const char *address)
{
	return trust_same_address(role->address, address)
	       || (address && listed(role->alias, address, strlen(address)));
}

bool trust_roles_share(const struct role *role, const struct role *other)
{
	for (const char *at = role->alias; at && *at;) {
		size_t n = strcspn(at, " ");

		if (listed(other->address, at, n) || listed(other->alias, at, n))
			return true;
		at += n + strspn(at + n, " ");
	}
	return false;
}

const char *fact_name(enum fact f)
{
	static const char *const name[] = {
		[FACT_NO] = "no", [FACT_YES] = "yes", [FACT_UNKNOWN] = "unknown"
	};

	return name[f];
}

static bool in_force(const struct role *role, dayno day)
{
	return (role->from == DAY_NONE || role->from <= day) &&
	       (role->to == DAY_NONE || day <= role->to);
}

/* Looked up by hand, not with registry_role(): the register need not be
 * indexed for an answer to be judged. */
static const struct role *role_by_id(const struct registry *r, const char *id)
{
	for (size_t i = 0; id && i < r->n_roles; i++)
		if (r->roles[i].id && strcmp(r->roles[i].id, id) == 0)
			return &r->roles[i];
	return NULL;
}

/* The same person may hold the role under another post at the same address. */
static const struct role *role_at(const struct registry *r, const char *address, dayno day)
{
	for (size_t i = 0; i < r->n_roles; i++)
		if (r->roles[i].kind != ROLE_OFFICER && in_force(&r->roles[i], day) &&
		    trust_role_writes(&r->roles[i], address))
			return &r->roles[i];
	return NULL;
}

/* An officer (dataskyddsombud) is asked and copied, never an approver. */
static bool may_answer(const struct role *role, dayno day, const char *from)
{
	return role && role->kind != ROLE_OFFICER && in_force(role, day) &&
	       trust_role_writes(role, from);
}

static void judge_token(const struct trust_facts *f, struct trust *t)
{
	t->token = f->token_found && f->token_matches ? FACT_YES : FACT_NO;
	if (!f->token_found)
		t->why_token = "the message carries no token of ours";
	else if (!f->token_matches)
		t->why_token = "the token names another letter than the one answered";
	else
		t->why_token = "the token names the letter";
}

static void judge_sender(const struct registry *r, const struct role *holder, dayno day,
                         const char *from, struct trust *t)
{
	t->sender = FACT_NO;
	if (!from) {
		t->why_sender = "the message does not have exactly one sender";
		return;
	}
	if (!holder) {
		t->why_sender = "the letter's role is not in the register";
		return;
	}
	const struct role *deputy = role_by_id(r, holder->deputy);
	if (may_answer(holder, day, from)) {
		t->as = holder;
		t->why_sender = "the sender holds the role";
	} else if (may_answer(deputy, day, from)) {
		t->as = deputy;
		t->deputy = true;
		t->why_sender = "the sender is the holder's deputy";
	} else if (holder->kind == ROLE_OFFICER) {
		t->why_sender = "a data protection officer is asked, and is never an approver";
	} else if (trust_role_writes(holder, from)) {
		t->as = role_at(r, from, day);
		t->why_sender = t->as ? "the sender holds another role in force at the same address"
		                      : "the sender's role was not in force that day";
	} else {
		t->why_sender = "the sender neither holds the role nor is its deputy that day";
	}
	t->sender = t->as ? FACT_YES : FACT_NO;
}

static void judge_domain(enum trust_profile profile, const struct trust_facts *f, struct trust *t)
{
	const char *at = f->from ? strrchr(f->from, '@') : NULL;

	if (profile == TRUST_NONE) {
		t->domain = FACT_UNKNOWN;
		t->why_domain = "this site does not check the sender's domain";
		return;
	}
	t->domain = FACT_NO;
	if (!f->auth_domain)
		t->why_domain = f->auth_why ? f->auth_why : "nobody vouches for the sender's domain";
	else if (!at || !same_but_for_case(at + 1, f->auth_domain))
		t->why_domain = "another domain than the sender's is vouched for";
	else {
		t->domain = FACT_YES;
		t->why_domain = f->auth_why ? f->auth_why : "the sender's domain is vouched for";
	}
}

/* A mail that lay about somewhere may be somebody else's copy of it. Clocks and
 * time zones are off by a day, and few by more. */
static void judge_way(dayno day, const struct trust_facts *f, struct trust *t)
{
	enum { BEFORE = 1, AHEAD = 2 }; /* days */

	if (f->indirect)
		t->why_direct = f->indirect;
	else if (f->written != DAY_NONE && f->asked != DAY_NONE && f->written < f->asked - BEFORE)
		t->why_direct = "the message is dated before the letter that it answers";
	else if (f->written != DAY_NONE && f->written > day + AHEAD)
		t->why_direct = "the message is dated in the future";
	t->direct = !t->why_direct;
}

static bool chairs(const struct registry *r, const struct role *role)
{
	for (size_t i = 0; i < r->n_bodies; i++)
		if (trust_same_address(r->bodies[i].chair, role->address))
			return true;
	return false;
}

struct trust trust_judge(const struct registry *r, const struct role *holder, dayno day,
                         enum trust_profile profile, const struct trust_facts *f)
{
	struct trust t = { .as = NULL };

	judge_token(f, &t);
	judge_sender(r, holder, day, f->from, &t);
	judge_domain(profile, f, &t);
	judge_way(day, f, &t);
	t.alarm = f->alarm;
	t.board = t.as && (t.as->kind == ROLE_ELECTED || chairs(r, t.as));
	t.identified = t.token == FACT_YES && t.sender == FACT_YES;
	t.trusted = t.identified && t.domain == FACT_YES && t.direct;
	return t;
}
