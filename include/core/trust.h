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
	bool trusted;          /* a sign-off may be recorded */
	const char *why_token, *why_sender, *why_domain; /* English, static */
};

/* How the site learns that a sender's domain is genuine (replies.md §4). */
enum trust_profile {
	TRUST_TOKEN,   /* it does not: token and sender decide; the domain stays unknown */
	TRUST_AUTHSERV /* dmarc=pass in the topmost Authentication-Results of our authserv-id */
};

struct trust_facts {
	bool token_found;       /* a token of ours that names a letter */
	bool token_matches;     /* and the letter is the one being answered */
	const char *from;       /* the one address in From; NULL: none or several */
	const char *auth_domain; /* the domain our own server vouches for; NULL: none */
};

/* `holder` is the role the letter went to, on the day of receipt. */
struct trust trust_judge(const struct registry *r, const struct role *holder, dayno day,
                         enum trust_profile profile, const struct trust_facts *f);

/* Whether two addresses are the same mailbox: the local part exactly but for
 * ASCII case, the domain by ASCII case. */
bool trust_same_address(const char *a, const char *b);
const char *fact_name(enum fact f); /* "no", "yes", "unknown" */

#endif
