/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_APP_PLAYED_H
#define OVERSYN_TESTS_APP_PLAYED_H

#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

/* Mail servers that a test plays itself, each connection in a process of its own. */
struct played {
	pid_t courier; /* a recipient or a mailbox of the name "killer" ends it */
	pid_t keeper;  /* whose every courier is ended so; 0: nobody's */
	int accepted;
	int logins;    /* connections to the mailbox */
	int moved, moved_most; /* mails, and with one command */
	pid_t server;
	uint16_t port;
};
extern struct played *played; /* all processes have the same */

void played_begin(void);
/* One that speaks so, on this machine, until the end. */
void played_serve(void (*talk)(FILE *in, FILE *out));
void played_end(void);

/* Accepts all mail but that to "nobody". */
void played_smtp(FILE *in, FILE *out);
/* One mailbox of two mails; "large" is one of PLAYED_LARGE, of which none is read with
 * another; "killer" ends who looks. */
enum { PLAYED_LARGE = 6000 };
void played_imap(FILE *in, FILE *out);

#endif
