/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_TRUST_H
#define OVERSYN_CORE_TRUST_H

#include <stdbool.h>

#include "core/registry.h"

/*
 * Three separate facts, each kept with its reason and never merged: the
 * token names the letter; the sender is the role's holder or deputy on the
 * day; the sender's domain was authenticated by our own server.
 */
enum fact { FACT_NO, FACT_YES, FACT_UNKNOWN };

struct trust {
	enum fact token, sender, domain;
	const struct role *as; /* the role the sender answers as; NULL if none */
	bool deputy;           /* it is the holder's deputy who answers */
	bool direct;           /* it came straight from the sender, when it says it did */
	bool alarm;            /* it may be forged: the coordinator should know */
	bool board;            /* an elected person, or a body's chair: always confirmed */
	bool identified;       /* token and sender hold: worth an answer, not yet a sign-off */
	bool trusted;          /* all three hold, directly: a sign-off may be recorded */
	const char *why_token, *why_sender, *why_domain; /* English, one line each */
	const char *why_direct; /* the same; NULL: nothing speaks against it */
};

/* How the site learns that a sender's domain is genuine (replies.md §4). */
enum trust_profile {
	TRUST_NONE,    /* it does not: the domain stays unknown, every decision is confirmed */
	TRUST_AUTHSERV /* dmarc=pass in the topmost Authentication-Results of our authserv-id */
};

struct trust_facts {
	bool token_found;       /* a token of ours that names a letter */
	bool token_matches;     /* and the letter is the one being answered */
	const char *from;       /* the one address in From; NULL: none or several */
	const char *auth_domain; /* the domain somebody we trust vouches for; NULL: none */
	const char *auth_why;   /* who, or why nobody does: one line; NULL: not known */
	bool alarm;             /* somebody may have forged it */
	const char *indirect;   /* why it may have been passed on or sent again; NULL */
	dayno asked;            /* when the letter was first sent */
	dayno written;          /* its Date in Swedish time; DAY_NONE: it has none */
};

/* What a reply would do, if it were believed. */
enum trust_act {
	ACT_WORD,   /* changes no review: an answer or a question back is all */
	ACT_REVIEW, /* changes a review */
	ACT_BOARD   /* the same, on behalf of a body or by its chair */
};

enum trust_verdict {
	TRUST_DO,      /* it is acted on */
	TRUST_CONFIRM, /* the registered address is asked whether it is theirs */
	TRUST_REFUSE,  /* it does nothing: a person looks */
	TRUST_TELL     /* the same, and whom the letter went to is told that it does not count */
};

/* `holder` is the role the letter went to, on the day of receipt. */
struct trust trust_judge(const struct registry *r, const struct role *holder, dayno day,
                         enum trust_profile profile, const struct trust_facts *f);

/*
 * What follows from the facts: all three, or a confirmation round trip; never
 * anything for who is not the holder or the deputy. Pure, and total.
 */
enum trust_verdict trust_policy(const struct trust *t, enum trust_act act);
const char *trust_verdict_name(enum trust_verdict v); /* "do", "confirm", "refuse", "tell" */
/* The one line, English, that says which fact decided. */
const char *trust_reason(const struct trust *t);

/* Whether the address is one that the role writes from: its own, or an alias. */
bool trust_role_writes(const struct role *role, const char *address);

/* Whether one of the first role's aliases is an address of the other. */
bool trust_roles_share(const struct role *role, const struct role *other);

/* Whether two addresses are the same mailbox: the local part exactly but for
 * ASCII case, the domain by ASCII case. */
bool trust_same_address(const char *a, const char *b);
const char *fact_name(enum fact f); /* "no", "yes", "unknown" */

#endif
