/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_REGISTRY_H
#define OVERSYN_CORE_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "core/date.h"
#include "core/rule.h"
#include "core/workday.h"
#include "core/zone.h"

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
	const char *note;
};

struct unit { /* förvaltning */
	const char *id, *name, *head_title, *head_address;
	const char **bodies; /* the bodies it serves */
	size_t n_bodies;
};

enum role_kind { ROLE_CHIEF, ROLE_ELECTED, ROLE_SECRETARY, ROLE_OFFICER, ROLE_OTHER };

struct role { /* roll: a post; ROLE_OFFICER is the data protection officer */
	const char *id, *title, *address;
	const char *org;              /* a unit's or a body's id */
	const char *superior, *deputy; /* role ids */
	enum role_kind kind;
	dayno from, to; /* validity, both included; DAY_NONE: open */
	const char *note;
};

enum item_kind {
	ITEM_INVENTORY, /* förteckning över informationstillgångar */
	ITEM_PROCESSING, /* register över personuppgiftsbehandlingar (art. 30) */
	ITEM_ASSET,     /* informationstillgång */
	ITEM_ROUTINE,   /* rutin */
	ITEM_DOCUMENT,  /* styrdokument */
	ITEM_KIND_COUNT
};

struct item { /* granskningsobjekt */
	const char *id, *title;
	enum item_kind kind;
	const char *subkind;     /* "tillämpningsrutin", "system", "riktlinje" … */
	const char *body;        /* responsible body's id; NULL: all of them ("alla") */
	const char *responsible; /* role id; NULL: no holder */
	const char *decided_by;  /* as written: "Kommundirektör", "KF" */
	const char *parent;      /* item id */
	const char *registry_no;
	const char *paragraph;
	const char *replaces; /* item id or title, as written */
	dayno decided, revised, reviewed, valid_from; /* facts; DAY_NONE unknown */
	bool decided_ask; /* the register shows a placeholder where the date should be */
	dayno known_on;   /* first imported */
	struct rules rules; /* as read from rule_text and validity */
	size_t n_default_rules; /* the first so many rules are the kind's default, not its own words */
	const char *rule_text; /* the words of the review rule; NULL: empty, the kind's default applies */
	const char *validity;  /* the words of the validity field */
	bool needs_decision;   /* the body must note or decide at a meeting */
	bool retired;          /* avvecklad, or replaced */
	bool name_protected;   /* the title never leaves by mail */
	const char *shown; /* what a person was shown, canonical: hashed into the version */
	const char *note;
};

struct meeting { /* sammanträde */
	const char *body;
	dayno day;
	int hour, minute; /* -1 unknown */
	dayno stop, preparation, summons, adjusted_by; /* DAY_NONE unknown */
	const char *note;
};

/* One dated occurrence of a named cycle. A planned one is a fixed date that
 * a review can count for; one that happened calls for a review afterwards. */
struct event {
	const char *name; /* "rsa" */
	dayno day;
	bool happened;    /* incident, systembyte …; else planned */
	const char *item; /* only for this item; NULL: all that name the event */
	const char *text;
};

struct settings { /* the municipality's own choices, from kommun.csv */
	const char *name;      /* "Tallvinge kommun" */
	const char *domain;    /* mail domain */
	const char *address;   /* what letters come from and answers go to */
	const char *deficiency_address, *registrar;
	const char *contact_role;  /* id of the coordinator's role */
	const char *contact_phone, *privacy_link; /* NULL unknown */
	const char *ref_prefix;    /* of letter references; "GR" */
	const char *default_rule[ITEM_KIND_COUNT]; /* as written; NULL: none */
	int soon_days;         /* 60: status "soon" */
	int invite_days;       /* 42 before act_by */
	int remind_days;       /* 14 before */
	int last_remind_workdays; /* 3 before */
	int overdue_workdays;  /* 1 after */
	int escalate_workdays, chair_workdays; /* 10, 25 after */
	int event_days;        /* 60: after something that happened */
	int stop_days;         /* 21: papers before a meeting whose stop date is unknown */
	int extension_days;    /* 30: the longest extension a reply may take, once */
	int undo_days;         /* 7: how long ÅNGRA is offered */
	dayno next_election;   /* DAY_NONE: by law */
	struct period term, council_term; /* of board and committees, of the council; DAY_NONE:
	                                   * national. For bodies that have none of their own */
};

struct registry {
	struct arena arena;
	struct settings settings;
	struct body *bodies;
	size_t n_bodies, cap_bodies;
	struct unit *units;
	size_t n_units, cap_units;
	struct role *roles;
	size_t n_roles, cap_roles;
	struct item *items;
	size_t n_items, cap_items;
	struct meeting *meetings; /* sorted by body, day */
	size_t n_meetings, cap_meetings;
	struct event *events; /* sorted by name, day */
	size_t n_events, cap_events;
	struct day_off *days_off;
	size_t n_days_off, cap_days_off;
	struct period *recess;
	size_t n_recess, cap_recess;
};

void registry_init(struct registry *r);    /* empty, with default settings */
void registry_release(struct registry *r);
/* Sorts, keeps the later of two with the same id (so that a file read over
 * what the store knew updates it), and reads each item's words into its rules
 * (the kind's default rule where there are none). Must run before lookups and
 * core/due.h. */
void registry_index(struct registry *r);
/* Only the first half of it: sorts, and of rows with equal keys keeps the later. */
void registry_settle(struct registry *r);

const struct body *registry_body(const struct registry *r, const char *id);
const struct unit *registry_unit(const struct registry *r, const char *id);
const struct role *registry_role(const struct registry *r, const char *id);
const struct item *registry_item(const struct registry *r, const char *id);
struct workcal registry_workcal(const struct registry *r);

/* The body on whose behalf the item's letters are written: its own, else the
 * first that the responsible role's unit serves, else the board. Never NULL
 * in a register that has a board. */
const struct body *registry_letter_body(const struct registry *r, const struct item *i);

/* Whether the role is in force on the day. */
bool role_valid(const struct role *role, dayno day);
/*
 * Who answers for the item that day: the responsible role, or, where that
 * role is not in force, a role in force at the same address, else its
 * deputy, else its superior (upwards, loops ended). NULL: nobody.
 */
const struct role *registry_holder(const struct registry *r, const struct item *i, dayno day);

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
