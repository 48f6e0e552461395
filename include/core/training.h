/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_TRAINING_H
#define OVERSYN_CORE_TRAINING_H

#include "core/registry.h"

/*
 * Training attestations (utbildningsintyg). One row of the register says what
 * is attested and how often; it stands for one item for each chief that it
 * concerns ("U01-vc.hemt"), or for the one role that it names. The items come
 * and go with the roles: while a role is not in force its item rests, and once
 * the row or the role no longer asks for it, it is retired.
 */
struct training { /* utbildning: what chiefs attest of their people */
	const char *id, *title;
	const char *role; /* the one who attests; NULL: every chief */
	const char *org;  /* only those of this unit; NULL: all */
	const char *rule_text, *registry_no, *note;
	dayno from;       /* giltig_från; DAY_NONE: since it is known */
	dayno reviewed;   /* when all last attested it, before the program did ask; DAY_NONE */
	dayno known_on;   /* first imported; DAY_NONE: just now */
	bool retired;
};

/* The chiefs of a row, or the role that it names, whenever they are in force. */
bool training_concerns(const struct training *t, const struct role *role);

/*
 * Brings the items of a settled register into line with its trainings and
 * roles: adds those that are missing, known on `today`, mends those that differ,
 * retires those that nothing asks for. Facts (known_on, reviewed) stay. The register must be
 * settled again before lookups of items. Items that are added for roles which
 * ended before today would never wake: there are none.
 */
void training_expand(struct registry *r, dayno today);

/* The row that the item stands for; NULL: it is no attestation, or its row is gone. */
const struct training *training_of(const struct registry *r, const struct item *i);

/* Whether nobody can attest the item that day: its role is not in force. */
bool training_rests(const struct registry *r, const struct item *i, dayno day);

/* How far the attestations of one unit have come on a day. */
struct training_count {
	const char *org;      /* a unit's or a body's id; NULL: of roles without one */
	int chiefs;           /* items of roles in force */
	int attested;         /* of them: attested, and the next one is not overdue */
	int open;             /* of them: asked for and not answered; the caller counts */
	int overdue;
};
/* By org, in the order of ids. `open` says whether an item has an open review. */
struct training_count *training_counts(const struct registry *r, dayno today, struct arena *a,
                                       bool (*open)(void *with, const char *item), void *with,
                                       size_t *n);

#endif
