/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_RULE_H
#define OVERSYN_CORE_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/date.h"

/*
 * The rule language (DESIGN §4): when an item is due. The words that a
 * person wrote are kept beside the rules they became. The canonical text of
 * a rule ("EVERY 4Y", "EVENT val-6M") is what the store keeps, what --json
 * prints and what rule_parse() reads back.
 */
#define RULE_KINDS(X) \
	X(EVERY)       /* n unit [FROM DECIDED]: interval from the anchor */ \
	X(YEARLY)      /* mm-dd or Wnn (its Friday) */ \
	X(TERM_ONCE)   /* the last day of the term */ \
	X(TERM_START)  /* 31 December of the term's first whole year */ \
	X(TERM_END)    /* the last day of the term, before the next opens */ \
	X(EVENT)       /* name [± n unit]: a named cycle */ \
	X(MAXGAP)      /* n unit: on demand, never longer apart */ \
	X(REVIEW_BY)   /* date: one deadline, then ask for a new rule */ \
	X(END)         /* date, or decided+n unit: validity ends; renewal must be decided before */ \
	X(WITH_PARENT) /* the parent's due */ \
	X(OPEN)        /* valid until further notice: no cadence */ \
	X(ON_DEMAND)   /* "vid behov": no clock */ \
	X(ASK)         /* (what): not to be computed */ \
	X(NONE)        /* explicitly nothing */

enum rule_kind {
#define X(name) RULE_##name,
	RULE_KINDS(X)
#undef X
	RULE_KIND_COUNT
};

enum { EVENT_NAME = 32 };

struct rule {
	enum rule_kind kind;
	int n;                  /* EVERY, MAXGAP; signed shift of EVENT (0: none); END decided+n */
	enum unit_of_time unit; /* of n */
	bool from_decided;      /* EVERY … FROM DECIDED */
	int month, day;         /* YEARLY mm-dd; month 0 when week is used */
	int week;               /* YEARLY Wnn */
	char event[EVENT_NAME]; /* EVENT: a-z0-9_ */
	dayno date;             /* REVIEW_BY, END; DAY_NONE in END: n units after the decision
	                         * ("giltighetstid: fyra år"), "END decided+4Y" */
	const char *ask;        /* ASK: what to ask for, in Swedish; else NULL */
	const char *text;       /* the words it came from; NULL if none */
};

/* Facts that stand in the same field as rules do. */
struct rule_facts {
	dayno valid_from, decided, reviewed, revised; /* DAY_NONE where not said */
	dayno proposed_review_by; /* what to propose when we ask ("Hösten 2027") */
};

struct rules {
	struct rule *at;
	size_t n, cap;
	struct rule_facts facts;
};

void rules_init(struct rules *r);
void rules_add(struct arena *a, struct rules *r, struct rule rule);
void rules_ask(struct arena *a, struct rules *r, const char *what, const char *text);

/* Canonical text, appended. */
void rule_format(const struct rule *r, struct buf *out);
/* Reads canonical text; false when it is none. Strings go to the arena. */
bool rule_parse(struct arena *a, const char *text, struct rule *out);

const char *rule_kind_name(enum rule_kind kind); /* "TERM ONCE" */

#endif
