/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_INBOX_H
#define OVERSYN_STORE_INBOX_H

#include "store/store.h"

/* Mail that came in: kept as it came, and what became of it. */

struct inbox_row {
	int64_t id;
	const char *source; /* "maildir:INBOX/new" or "imap:host/mailbox" */
	uint32_t uidvalidity, uid; /* 0 for a Maildir */
	const char *name;   /* Maildir file name; NULL over IMAP */
	const char *sha256; /* hex, of the raw bytes */
	instant received;
	const char *status; /* new applied answered kept coordinator poison */
	const char *class_name, *verdict, *reason, *review;
	int crashes;        /* how many readers it has killed */
	const char *sender, *letter, *message_id; /* once it is handled; NULL: none */
	const char *settled_why; /* what a person did about it; NULL: nothing was left to them, or still is */
	bool cut;           /* only its first piece is here */
	int64_t cut_of;     /* of so many bytes, as the server says; 0: it does not, or all is here */
	const char *bytes;  /* NULL in listings */
	size_t len;
};

/* Keeps raw bytes before anyone looks at them, all of them or none; what is known
 * already (same bytes from the same place) is left as it is. How many were new; -1. */
int store_inbox_put(struct store *s, const struct inbox_row *m, size_t n, struct err *e) MUST_USE;
/* The oldest mail not yet handled, of those with a higher number than `after`, with its
 * bytes: 1, 0 none, -1 error. */
int store_inbox_next(struct store *s, struct arena *a, int64_t after, struct inbox_row *out,
                     struct err *e) MUST_USE;
/* Notes that the mail killed a reader; at the third time it is set aside as poison, and
 * the coordinator is to be told. */
int store_inbox_crashed(struct store *s, int64_t id, instant now, int *crashes, struct err *e) MUST_USE;
/* A person has decided about a mail that was left to them, and says what. */
int store_inbox_settle(struct store *s, int64_t id, const char *why, instant now, struct err *e) MUST_USE;
/* All of them, or only what nobody has decided on: the coordinator's list. */
int store_inbox_list(struct store *s, struct arena *a, bool undecided, struct inbox_row **out,
                     size_t *n, struct err *e) MUST_USE;
/* A mail by its number, with its bytes. ERR_FOUND: there is none. */
int store_inbox_get(struct store *s, struct arena *a, int64_t id, struct inbox_row *out,
                    struct err *e) MUST_USE;
/* The same without them. */
int store_inbox_facts(struct store *s, struct arena *a, int64_t id, struct inbox_row *out,
                      struct err *e) MUST_USE;
/* The first mail that was handled under that Message-ID: 1, 0 none, -1 error. */
int store_inbox_same(struct store *s, struct arena *a, const char *message_id,
                     struct inbox_row *out, struct err *e) MUST_USE;
/* The first that was handled, before this one, with the very same bytes: 1, 0, -1. */
int store_inbox_twin(struct store *s, struct arena *a, const struct inbox_row *of,
                     struct inbox_row *out, struct err *e) MUST_USE;

#endif
