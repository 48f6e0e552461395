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
/*
 * The same in two steps, so that the reader is at work while the caller is too: many may
 * be asked before the first is heard, and each is read, in that order, by itself. `bytes`
 * are the caller's to keep until the ticket is gone, which hearing or dropping it is.
 */
struct ticket;
struct ticket *reader_parse_ask(struct reader *r, const char *bytes, size_t len,
                                const struct mail_known *known);
int reader_parse_hear(struct reader *r, struct ticket *t, struct arena *a, struct reading *out,
                      struct err *e) MUST_USE;
/* Lets the answer come, and forgets it: 0, -1 as above. NULL: nothing. */
int reader_pass_over(struct reader *r, struct ticket *t, struct err *e) MUST_USE;
/* Forgets it at once, and ends a reader that is at it. NULL: nothing. */
void reader_drop(struct reader *r, struct ticket *t);
/* Hands on and takes what goes without waiting: now and then, while many are asked. */
void reader_turn(struct reader *r);
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
