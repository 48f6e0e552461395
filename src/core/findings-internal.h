/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_FINDINGS_INTERNAL_H
#define OVERSYN_CORE_FINDINGS_INTERNAL_H

#include "core/due.h"
#include "core/findings.h"

/*
 * How findings are made: findings.c looks at each item once and keeps what the
 * parts need; each part then judges one side of the register.
 */

/* Of one item; a retired one has only its title. */
struct glance {
	bool live;
	const char *title;         /* folded; "" unknown */
	const struct role *holder; /* in force today; NULL: nobody */
	const struct body *home;   /* whose affair it is today; NULL: all bodies' */
	dayno due, act_by;
	enum due_status status;
	bool classified; /* K, R, T and date, not too old */
	bool council;    /* the council must renew it: three bodies meet about it */
};

struct look {
	const struct registry *r;
	dayno today;
	struct findings *out;
	struct glance *items;     /* as r->items */
	const struct item **by_title; /* all of them, by folded title, kind, body, link */
	size_t *held;             /* as r->roles: how many live items name it */
	struct rules classify;    /* how old K, R and T may be */
	struct undated *events;   /* cycles of which no date is known */
	size_t n_events, cap_events;
};

struct undated {
	const char *name;
	size_t n; /* items that name it, and have a date by another rule only */
};

enum { LOOK_AHEAD = 366 }; /* days: the next round of what is reviewed yearly */

/* The parts. */
void look_item(struct look *l, const struct item *i);    /* computes its glance, too */
void look_quorum(struct look *l, const struct item *i);
void look_levels(struct look *l, const struct item *i, struct glance *g);
void look_exceptions(struct look *l);
void look_events(struct look *l);
void look_roles(struct look *l);
void look_officer(struct look *l);
void look_it_chief(struct look *l); /* who is told of raised K, R and T */
void look_posts(struct look *l);
void look_bodies(struct look *l);
void look_calendars(struct look *l);
void look_required(struct look *l);
void look_references(struct look *l);
void look_settings(struct look *l);
void look_coverage(struct look *l);

/* A finding on an item, a role or a body, with what all of its kind have. */
struct finding find_item(enum finding_kind kind, const struct item *i);
struct finding find_role(const struct look *l, enum finding_kind kind, const struct role *role);
struct finding find_body(enum finding_kind kind, const struct body *b);
/* On a key or a title that belongs to nobody. */
struct finding find_name(enum finding_kind kind, const char *subject);

static inline const struct glance *glance_of(const struct look *l, const struct item *i)
{
	return &l->items[i - l->r->items];
}

/* Whether the body must have its own inventory and register: it controls its
 * processing (GDPR art. 4.7), and it still is. */
bool body_controls(const struct body *b, dayno today);
bool body_gone(const struct body *b, dayno today);

/* Somebody in force that day at the role's own address, itself left out. */
bool role_continues(const struct registry *r, const struct role *role, dayno day);

/* Ids with commas between, appended. */
const char *list_add(struct arena *a, const char *list, const char *one);

#endif
