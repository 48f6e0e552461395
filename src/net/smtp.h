/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_SMTP_H
#define OVERSYN_SRC_NET_SMTP_H

#include <libetpan/mailsmtp.h>

#include "internal.h"
#include "stream-internal.h"
#include "token.h"

/* What a server said that it can do; forgotten when TLS starts. */
struct smtp_offers {
	bool starttls, dsn, size;
	size_t size_most; /* 0: it does not say */
	char auth[512];   /* " PLAIN LOGIN ", in capitals; "": none */
};

struct smtp_sender {
	struct sender base;
	struct server server;
	char *helo;
	struct stream *stream;
	mailsmtp *smtp; /* NULL: no connection */
	struct smtp_offers offers;
	struct token token; /* where there is a token_url */
};

enum { SMTP_ANSWER_BYTES = 1 << 16 };

/* Time and bytes for the next command and its answer. */
void smtp_bound(struct smtp_sender *s);
/* Says one line, which ends with CR LF, and reads the answer to where libetpan
 * keeps its own. Returns the code; 0: trouble, or no answer of an SMTP server.
 * NULL: only reads. Wipes nothing. */
int smtp_ask(struct smtp_sender *s, const char *line);
/* Fills *out when the answer was not the hoped-for one. */
bool smtp_refused(struct smtp_sender *s, enum submit_phase phase, int hoped,
                  struct submit_result *out);

/* Each fills *out and returns false when it did not go well. */
bool smtp_hello(struct smtp_sender *s, struct submit_result *out);  /* EHLO */
bool smtp_log_in(struct smtp_sender *s, struct submit_result *out); /* AUTH (RFC 4954) */

#endif
