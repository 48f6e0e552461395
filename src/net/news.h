/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_NET_NEWS_H
#define OVERSYN_SRC_NET_NEWS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What an IMAP server tells unasked of the selected mailbox, noted as the bytes
 * come in: whatever answer it rides with, and whoever reads that, it is not
 * missed. New mail is appended (RFC 3501 §2.3.1.2), so that counting is enough:
 * what is beyond the mails that we have seen is new, and a server that says the
 * same number again tells nothing.
 */
struct news {
	uint32_t exists; /* mails there are */
	uint32_t seen;   /* the first so many of them have been looked at */
	char tag[12];    /* of a command that we sent past libetpan; "": none */
	bool go_ahead;   /* a "+" came since */
	bool answered;   /* its last line came */
	bool bye;
};

/* `line` without its end; of a long one, the beginning. */
void news_line(struct news *n, const char *line);
void news_await(struct news *n, unsigned int number); /* sets the tag */

#endif
