/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_QUORUM_H
#define OVERSYN_CORE_QUORUM_H

#include "core/change.h"
#include "core/registry.h"

/*
 * Who must approve an item together, and whether they have (four eyes). Pure.
 * Persons are counted, not roles: whoever holds two of the roles, or answers for two,
 * counts once, and the author never. One objection keeps it open, however many approve.
 */

/* Whether the item is approved by several together. */
bool quorum_joint(const struct item *i);

/*
 * Whether two addresses are one person's: the same mailbox; two that one role writes
 * from, however many roles it takes to get from one to the other; or one name at two
 * domains (anna.ek@a.example, anna.ek@b.example). In doubt it is one person.
 */
bool quorum_same_person(const struct registry *r, const char *a, const char *b);

/* Whether the address is of the item's author. */
bool quorum_is_author(const struct registry *r, const struct item *i, const char *address);

/* One of those who approve. */
struct seat {
	const char *id;          /* the role that the register names */
	const struct role *role; /* who is asked in it that day; NULL: nobody may be */
	bool author;             /* nobody, since the author holds it */
	bool twice;              /* nobody, since a seat before it has the same person */
};

struct seats {
	struct seat *at;
	size_t n;
	int persons; /* who can be asked that day, each once */
	int vacant;  /* seats that nobody can be asked in, but for the author's and the second of one person */
	int need;    /* how many persons must approve */
};

void quorum_seats(const struct registry *r, const struct item *i, dayno day, struct arena *a,
                  struct seats *out);

/* Who acts in one seat that day; never a data protection officer (GDPR art. 38.6). NULL:
 * nobody. */
const struct role *quorum_acting(const struct registry *r, const char *seat, dayno day);

/* Whether the role may answer in place of a seat's holder: it must be neither the author
 * nor a person who has a seat of his own. */
bool quorum_stands_in(const struct registry *r, const struct item *i, const char *seat,
                      const struct role *deputy, dayno day);

/* What was answered in a seat. */
struct voice {
	const char *seat;
	const char *address; /* whose answer it is */
	enum verdict verdict;
};

struct tally {
	int approvals; /* persons who approve, each once */
	int need;
	bool objected; /* somebody asks for changes, or refuses */
	bool met;      /* enough approve, and nobody objects */
};

/* Of each seat its first voice counts: they come newest first. An answer that only asks
 * for time, or says that somebody else should answer, is neither for nor against. */
struct tally quorum_count(const struct registry *r, const struct item *i, dayno day,
                          const struct voice *voices, size_t n);

/* The first voice of the seat that says something for or against; VERDICT_NONE. */
enum verdict quorum_said(const struct voice *voices, size_t n, const char *seat);

/* Who has not approved, as their roles' titles: "Kanslichef, It-chef". NULL: nobody. */
const char *quorum_awaited(const struct registry *r, const struct item *i, dayno day,
                           const struct voice *voices, size_t n, struct arena *a);

const char *quorum_name(enum quorum q); /* "one", "two", "all"; NULL: none */
int quorum_by_name(const char *name);   /* QUORUM_NONE for NULL; -1: none */

#endif
