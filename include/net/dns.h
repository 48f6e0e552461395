/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_NET_DNS_H
#define OVERSYN_NET_DNS_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * What the DNS says of a name, through the C library's resolver: UDP, and TCP
 * where an answer does not fit. What it says is the world's word, not checked
 * by DNSSEC here.
 */
enum dns_verdict {
	DNS_FOUND,  /* exactly one TXT record */
	DNS_NONE,   /* no such name, no TXT record, or several, of which none is the one */
	DNS_FAILED, /* no answer, or none that can be read */
};

struct dns_answer {
	enum dns_verdict verdict;
	const char *text; /* the record's strings joined: UTF-8, one line; NULL unless found */
	const char *why;  /* one line, English, static */
};

enum { DNS_SECONDS = 3 }; /* of one attempt, of which there are two */

/* Asks for TXT of `name`. `resolver`: as dns_is_resolver() takes it; NULL: the
 * system's. Total; strings go to the arena. */
void dns_txt(struct arena *a, const char *resolver, int seconds, const char *name,
             struct dns_answer *out);

/* Whether the text is an IPv4 address, or one with ":" and a port. */
bool dns_is_resolver(const char *text);

#endif
