/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_APP_READER_H
#define OVERSYN_APP_READER_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "cal/invite.h"
#include "cal/meetings.h"
#include "doc/document.h"
#include "doc/table.h"
#include "mail/message.h"

/*
 * The reader: a process of its own that turns foreign bytes into values,
 * because the parsers of mail, calendars and documents crash on hostile ones. It has no
 * network, no files, no environment and no secrets, and bounded time and
 * memory. When it dies or answers nonsense, it is replaced at the next call;
 * the mail or file that did it is the caller's to set aside. Its calls return
 * 1 read; 0 the reader died over these bytes; -1 none can be started.
 */
struct reader;

struct reading {
	struct mail_facts mail;
	struct calendar_reply calendar; /* empty method when there is none */
	size_t n_tables;   /* that are attached */
	struct grid table; /* the first of them, read */
};

/* What the program is called with to be a reader. */
#define READER_ARGUMENT "--reader"

int reader_start(struct reader **out, struct err *e) MUST_USE;
/* As mail_read(). */
int reader_parse(struct reader *r, struct arena *a, const char *bytes, size_t len,
                 const struct mail_known *known, struct reading *out, struct err *e) MUST_USE;
/* As document_read(). */
int reader_document(struct reader *r, struct arena *a, const char *bytes, size_t len, int pages,
                    struct document *out, struct err *e) MUST_USE;
/* As meetings_read(). */
int reader_meetings(struct reader *r, struct arena *a, const char *bytes, size_t len,
                    struct calendar_file *out, struct err *e) MUST_USE;
void reader_stop(struct reader *r); /* NULL: nothing */

/* The reader's side: confines itself, then answers requests until the keeper
 * goes away. Returns an exit status; refuses to serve unconfined. */
int reader_serve(int in, int out);

#endif
