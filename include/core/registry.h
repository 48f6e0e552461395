/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_REGISTRY_H
#define OVERSYN_CORE_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "core/date.h"
#include "core/recess.h"
#include "core/rule.h"
#include "core/settings.h"
#include "core/workday.h"
#include "core/zone.h"

struct training;

/*
 * The register as values: everything the rules need to know about a
 * municipality. `store` reads and writes it, core/import.h fills it from
 * CSV, core decides on it. Strings and arrays live in the register's arena;
 * a string that is not known is NULL, never "". Arrays are sorted by id once
 * registry_index() has run. Ids are ASCII or UTF-8 without white space.
 */
enum body_kind { BODY_COUNCIL, BODY_BOARD, BODY_COMMITTEE, BODY_GROUP };

struct body { /* organ */
	const char *id, *name, *prefix; /* prefix: of its registry numbers */
	enum body_kind kind;
	const char *unit;              /* the unit that serves it */
	const char *chair, *secretary; /* addresses */
	dayno term_from, term_to;      /* its own mandate; DAY_NONE: the national one */
	const char *successor; /* the body that takes over its items and roles; NULL: none */
	dayno ceases;          /* its last day; DAY_NONE: it goes on */
	int stop_days;         /* of its papers before a meeting; 0: the municipality's */
	const char *note;
	const char *chaired_by; /* role, when a pass last looked; "": nobody; NULL: none has */
	dayno chaired_since;    /* the day that a pass found it to be another; DAY_NONE: none has */
};

struct unit { /* förvaltning */
	const char *id, *name, *head_title, *head_address;
	const char **bodies; /* the bodies it serves */
	size_t n_bodies;
};

enum role_kind { ROLE_CHIEF, ROLE_ELECTED, ROLE_SECRETARY, ROLE_OFFICER, ROLE_OTHER };

struct role { /* roll: a post; ROLE_OFFICER is the data protection officer */
	const char *id, *title, *address;
	const char *alias;            /* what it also writes from, split by one space; NULL */
	const char *org;              /* a unit's or a body's id */
	const char *superior, *deputy; /* role ids */
	enum role_kind kind;
	dayno from, to; /* validity, both included; DAY_NONE: open */
	const char *note;
	bool dead;       /* mail to its address has come back: nobody is there */
	dayno dead_from; /* since this day, while it is dead */
};

struct absence { /* frånvaro: a holder who is away, both days included */
	const char *role; /* its id */
	dayno from, to;
	const char *source; /* who said so: "register", or an incoming mail */
};

/* How many of an item's approvers must approve. */
enum quorum { QUORUM_NONE, QUORUM_ONE, QUORUM_TWO, QUORUM_ALL };

struct item { /* granskningsobjekt */
	const char *id, *title;
	enum item_kind kind;
	const char *subkind;     /* "tillämpningsrutin", "system", "riktlinje" … */
	const char *body;        /* responsible body's id; NULL: all of them ("alla") */
	const char *responsible; /* role id; NULL: no holder */
	const char *decided_by;  /* as written: "Kommundirektör", "KF" */
	const char *approvers;   /* role ids, split by one space: they approve together; NULL */
	enum quorum quorum;      /* of them; QUORUM_NONE without */
	const char *author;      /* role id of who wrote it, and so cannot approve; NULL */
	const char *parent;      /* id of the document or routine above it */
	const char *link;        /* kopplad_till as written: the parent, or an asset */
	const char *registry_no;
	const char *paragraph;
	const char *replaces; /* item ids or titles, as written */
	const char *replaced_by; /* id of the item that names this one in `replaces`; NULL */
	int nth_child; /* 0, 1 … among its parent's children by id */
	dayno decided, revised, reviewed, valid_from; /* facts; DAY_NONE unknown */
	dayno renewed_for; /* the due date that a decision of our own cases answered */
	dayno reviewed_for; /* the due date that `reviewed` answered, where our own review did */
	dayno classified;   /* when K, R and T were set; DAY_NONE unknown */
	int levels[3];      /* K, R, T: 0–3 (KLASSA); -1 unknown */
	bool decided_ask; /* the register shows a placeholder where the date should be */
	dayno known_on;   /* first imported */
	struct rules rules; /* as read from rule_text and validity */
	size_t n_default_rules; /* the first so many rules are the kind's default, not its own words */
	const char *rule_text; /* the words of the review rule; NULL: empty, the kind's default applies */
	const char *validity;  /* the words of the validity field */
	bool needs_decision;   /* the body must note or decide at a meeting */
	bool retired;          /* avvecklad, or replaced */
	bool name_protected;   /* the title never leaves by mail */
	const char *held_by;   /* role that answered when a pass last looked; NULL: none has */
	dayno held_since;      /* the day that it was handed over to that role; DAY_NONE */
	bool asleep;           /* loaded for the sake of others: no pass need look at it yet */
	const char *shown; /* what a person was shown, canonical: hashed into the version */
	const char *note;
};

struct meeting { /* sammanträde */
	const char *body;
	dayno day;
	int hour, minute; /* -1 unknown */
	dayno stop, preparation, summons, adjusted_by; /* DAY_NONE unknown */
	const char *uid; /* in the calendar it came from (RFC 5545 §3.8.4.7); NULL */
	bool cancelled;  /* inställt, or moved to another day: nothing leans on it */
	const char *note;
};

/* One dated occurrence of a named cycle. A planned one is a fixed date that
 * a review can count for; one that happened calls for a review afterwards. */
struct event {
	const char *name; /* "rsa" */
	dayno day;
	bool happened;    /* incident, systembyte …; else planned */
	bool triggered;   /* told by trigger: a planned date then replaces the register's of
	                   * that year */
	const char *item; /* only for this item and what is linked to it; NULL: all that name
	                   * the event */
	const char *text;
	int times; /* so often that day; 0 is once */
};

/* What is decided about one occurrence of an item's review, as data: the rule
 * is left as it is. `day` is the due date as the rules give it. */
enum exception_kind {
	EXCEPTION_SKIP, /* hoppas över: the next occurrence counts */
	EXCEPTION_MOVE, /* flyttas: due another day */
	EXCEPTION_PLAN, /* planeras: due stays, the work is to be ready on an earlier day */
};

struct exception { /* undantag */
	const char *item;
	dayno day;
	enum exception_kind kind;
	dayno to; /* DAY_NONE for EXCEPTION_SKIP */
	const char *reason;
};

/* What words were read as before, for the next register in which they stand. It outlives
 * all registers that had it. */
struct known_rules;
struct known_rules *known_rules_new(void);
void known_rules_free(struct known_rules *k); /* NULL is fine */

struct registry {
	struct arena arena;
	struct known_rules *known; /* not its own; NULL: all is read for this register alone */
	struct settings settings;
	struct body *bodies;
	size_t n_bodies, cap_bodies;
	struct unit *units;
	size_t n_units, cap_units;
	struct role *roles;
	size_t n_roles, cap_roles;
	struct item *items;
	size_t n_items, cap_items;
	struct training *trainings; /* core/training.h; their items stand among the items */
	size_t n_trainings, cap_trainings;
	struct meeting *meetings; /* sorted by body, day */
	size_t n_meetings, cap_meetings;
	struct event *events; /* sorted by name, those of no item first, day */
	size_t n_events, cap_events;
	const struct event **item_events; /* those that name an item, by item, name, day */
	size_t n_item_events;
	struct absence *absences; /* sorted by role, from */
	size_t n_absences, cap_absences;
	struct exception *exceptions; /* sorted by item, day */
	size_t n_exceptions, cap_exceptions;
	struct day_off *days_off;
	size_t n_days_off, cap_days_off;
	struct recess *recess; /* sorted by key and year */
	size_t n_recess, cap_recess;
	struct period *rests; /* what they come to, by registry_settle(): see recess_periods() */
	size_t n_rests;
};

/* Values of which nothing is known yet: no date, no level. */
struct item item_blank(void);
struct body body_blank(void);

void registry_init(struct registry *r);    /* empty, with default settings */
void registry_release(struct registry *r);
/* Sorts, keeps the later of two with the same id (so that a file read over what the store
 * knew updates it), and reads each item's words into its rules (the kind's default rule
 * where there are none). Must run before lookups and core/due.h. */
void registry_index(struct registry *r);
/* The same where all but items, events and exceptions is in order already: the rest is not
 * written to, and may be another register's. */
void registry_index_items(struct registry *r);
/* Only the first half of it: sorts, and of rows with equal keys keeps the later. */
void registry_settle(struct registry *r);

const struct body *registry_body(const struct registry *r, const char *id);
const struct unit *registry_unit(const struct registry *r, const char *id);
const struct role *registry_role(const struct registry *r, const char *id);
const struct item *registry_item(const struct registry *r, const char *id);
struct workcal registry_workcal(const struct registry *r);

/* The body on whose behalf the item's letters are written on a day: its own,
 * else the first that the responsible role's unit serves, else the board; where
 * that body has ended, its successor. Never NULL in a register that has a board. */
const struct body *registry_letter_body(const struct registry *r, const struct item *i, dayno day);
/* The events that name the item: *n of them from the pointer on. */
const struct event *const *registry_item_events(const struct registry *r, const char *item,
                                                size_t *n);
/* The events of a name that name no item: *n of them from the pointer on. */
const struct event *registry_events(const struct registry *r, const char *name, size_t *n);
/* What was decided about the item's occurrence on a due date, or NULL. */
const struct exception *registry_exception(const struct registry *r, const char *item, dayno day,
                                           enum exception_kind kind);

/* Whether the role is in force on the day, and its address not known to be dead. */
bool role_valid(const struct role *role, dayno day);
/*
 * Who acts in a role that day: the role itself, or, where it is not in force, a
 * role in force at the same address, else its deputy, else its superior
 * (upwards, loops ended). NULL: nobody.
 */
const struct role *registry_role_on(const struct registry *r, const char *id, dayno day);
/* The same for an item's responsible role: who answers for the item that day. */
const struct role *registry_holder(const struct registry *r, const struct item *i, dayno day);

/* The body that a body's affairs lie with on a day: itself, or, after its last
 * day, its successor (followed on; a ring of successors ends where it began).
 * NULL for an id that is not in the register. */
const struct body *registry_body_on(const struct registry *r, const char *id, dayno day);

/* The absence that a role's holder is in on the day, or NULL. */
const struct absence *registry_absence(const struct registry *r, const char *role, dayno day);

/* Whether a status, folded, says that an item is no longer in use. */
bool item_status_retired(const char *folded);

const char *exception_kind_name(enum exception_kind kind); /* "skip", "move", "plan" */
const char *item_kind_name(enum item_kind kind);   /* "inventory" … for programs */
const char *item_kind_word(enum item_kind kind);   /* "förteckning" … for people */
const char *body_kind_name(enum body_kind kind);
const char *role_kind_name(enum role_kind kind);

/* The national term that holds a day: four years from 1 January after the
 * ordinary election (second Sunday of September 2022, 2026 …; KL 5:9, 6:18;
 * third Sunday before 2014). */
struct period term_national(dayno day);
dayno term_election(int year); /* of an ordinary election year; else DAY_NONE */

#endif
