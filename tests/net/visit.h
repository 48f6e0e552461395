/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_NET_VISIT_H
#define OVERSYN_TESTS_NET_VISIT_H

#include "net/transport.h"

/*
 * One visit to a mail server. Over SMTP it hands over one mail with a
 * Message-ID of <1+a=b@kommun.example>, and *out is the verdict, ": " and the
 * answer. Over IMAP it fetches (limit: 1024 bytes), and *out is "mails N", or
 * the error; with `put_away` it only puts the mails with those UIDs ("1 2 5") of
 * UIDVALIDITY 7 away, and *out is "done", or the error.
 */
void visit(const struct server *to, bool smtp, const char *put_away, char *out, size_t size);

/*
 * A visit over SMTP with several mails at once: from the second on to b2@kund.example,
 * with <2+a=b@kommun.example>, and so on. It stops as a pass does, at a verdict that no
 * other mail would fare better with. out[i] is the verdict of a mail, ": " and the
 * answer; "not begun"; or "told twice".
 */
enum { VISIT_MAILS = 8 };
void visit_with_mails(const struct server *to, int mails, char out[VISIT_MAILS][600]);

/*
 * A longer one over IMAP: fetches with that limit, waits for at most so many
 * seconds, and fetches again when it is told to look. *out tells each, as
 * "mails 1 (UID 2: 300 bytes); look; mails 0", "…; time is up", or an error. With so many
 * mails it says each time that it has enough; 0: never.
 */
void visit_and_wait(const struct server *to, size_t limit, int enough, int wait_s, char *out,
                    size_t size);

/* "held: ahead of TLS": the verdict at the beginning, the words anywhere. */
bool visit_said(const char *wanted, const char *out, bool smtp);

#endif
