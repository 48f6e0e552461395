/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_MAIL_MAILTO_H
#define OVERSYN_MAIL_MAILTO_H

#include "base/buf.h"

/* What Outlook hands over to the mail program at most is 2083 bytes; others
 * take more. */
enum { MAILTO_MAX = 2000 };

/*
 * Appends a link (RFC 6068) that opens a mail to `address`, with a subject and
 * a body in UTF-8. Everything but unreserved characters and the address's @ is
 * percent-encoded: "+" as %2B, which both those who read it as a space and
 * those who do not take for a plus; a line end (LF or CR LF) as %0D%0A; a space
 * as %20. In HTML its "&" is written &amp;, as by ESCAPE_MARKDOWN. A body that
 * would make the link longer than MAILTO_MAX is cut between two characters.
 */
void mailto_link(const char *address, const char *subject, const char *body, struct buf *out);

/* Goes on with the body of such a link, which begins at out->data[start]: links that
 * differ in their bodies alone have the rest of them in common. */
void mailto_body(size_t start, const char *body, struct buf *out);

#endif
