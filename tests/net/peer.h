/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_NET_PEER_H
#define OVERSYN_TESTS_NET_PEER_H

#include "fake.h"
#include "net/transport.h"

/*
 * A mail server that plays a script: it says what no real server says on
 * demand. What may stand in what it says:
 *
 *	\n %T             a line end; the tag of the client's line
 *	@capa @select @list @literal   ordinary answers of an IMAP server
 *	@tls              shakes hands (after the answer to STARTTLS)
 *	@close @silence   hangs up; says nothing more
 *	@drip             a byte each second, without end
 *	@flood @lines @more   endless line, endless "* OK" lines, endless "250-"
 *	@parens @nul @x1030   200 000 parentheses, a NUL byte, 1030 letters
 *	@545s             545 seconds pass
 *	@alone            hangs up for good if the client has said more by now
 *	@again            hangs up, and the rest is for the client's next connection
 */
struct step {
	bool waits;       /* for a line of the client's; false: the greeting */
	const char *hear; /* what stands in that line; NULL: anything */
	const char *say;  /* @dot at its beginning: reads a mail first */
};

enum { STEPS_MOST = 60 };

struct script {
	struct step step[STEPS_MOST];
	int n;
	const struct cert *cert; /* what it shows when TLS starts */
	const char *priority;    /* its TLS; NULL: GnuTLS's normal one */
	bool implicit;           /* TLS before the greeting */
	const char *before;      /* said before that, in the clear; NULL: nothing */
	const char *user, *token; /* hear = "@xoauth2": these, as RFC 7628's draft says */
};

fake_talk peer_talk; /* ctx: struct script */

/* From a table's fields: "<EHLO> 250 hi" hears EHLO and says "250 hi". */
void script_of_fields(struct script *s, char **field, int n);

/*
 * The client's clock while it talks to a peer: it jumps to the end of a wait
 * when the peer has said that it will keep silent, and a second for each byte
 * that drips, so that nobody waits and no busy machine decides the outcome.
 */
struct peer_clock {
	struct net_clock clock;
	int report;      /* the fake's */
	int64_t ahead_ms;
	bool silent;
	bool heard;      /* the client said something in TLS */
	bool shook;      /* hands were shaken */
};

void peer_clock_start(struct peer_clock *c, const struct fake *f);
int64_t peer_clock_now(const struct peer_clock *c); /* ms */
/* Ends the fake; what the client said by then is in *c. */
void peer_end(struct fake *f, struct peer_clock *c);

#endif
