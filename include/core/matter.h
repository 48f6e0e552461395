/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_MATTER_H
#define OVERSYN_CORE_MATTER_H

#include <stdint.h>

#include "core/date.h"

/* What a pass comes upon beside the reviews, as a change holds it (core/change.h):
 * matters for the coordinator, addresses that are dead, who holds what. */

struct brake; /* core/brake.h */

/* What the coordinator is to be told, once; `key` says what is the same. */
enum matter_kind {
	MATTER_ESCALATED, /* item, role: who has not answered, other: who was told, text: since when */
	MATTER_CAPPED,    /* item, role: about which no more mail goes out */
	MATTER_BOUNCED,   /* role, text: the address, and what the server said */
	MATTER_VACANT,    /* role: that has ended, other: who answers for its items now; NULL: nobody */
	MATTER_FIRST,     /* text: how many letters the first pass sent */
	MATTER_LEFT,      /* key: the number of a mail that waits for a person */
	MATTER_KIND_COUNT
};

const char *matter_kind_name(enum matter_kind k);

struct matter {
	int64_t id; /* as the store has it */
	enum matter_kind kind;
	const char *key;
	dayno day;
	const char *item, *role, *other, *text; /* ids, and one line; NULL */
};

struct matter_told {
	int64_t id;
	const char *letter; /* to the coordinator, that says it: its ref */
};

struct dead_address { /* a mail server says that there is no such mailbox */
	const char *address;
	dayno day;
	const char *source; /* the incoming report, or the mail that was refused */
	const char *said;   /* NULL */
};

/* Who answers for an item, or chairs a body, from now on. */
enum held_what { HELD_ITEM, HELD_CHAIR };
struct holding {
	enum held_what what;
	const char *id, *role; /* role "": a body has no chair in force */
	dayno since;           /* when it was handed over; DAY_NONE: it is only known now */
};

#endif
