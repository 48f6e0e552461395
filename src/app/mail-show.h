/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_MAIL_SHOW_H
#define OVERSYN_SRC_APP_MAIL_SHOW_H

#include "app/reader.h"
#include "store/inbox.h"

/* A mail that came in, as a terminal may show it. Its bytes are read by the reader, which a
 * hostile mail may stop: *reading then has no text. 1 read, 0 stopped, -1 error. */
int mail_read_again(struct reader *reader, struct arena *a, const struct inbox_row *m,
                    struct reading *out, struct err *e) MUST_USE;

/* Where it came from, its subject and its text; what is ours of it in Swedish, or English. */
int mail_show(struct reader *reader, struct arena *a, const struct inbox_row *m, bool sv, struct buf *out,
              struct err *e) MUST_USE;

/* A foreign text without the signs that a terminal would act upon, but for line ends; words
 * that say so where it is no text. */
const char *mail_without_controls(struct arena *a, const char *text, bool sv);

#endif
