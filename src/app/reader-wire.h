/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_READER_WIRE_H
#define OVERSYN_SRC_APP_READER_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/pack.h"

/* Between keeper and reader: both are the same program, so plain structs. A
 * request is its head and its fields; an answer is its head and so many bytes,
 * packed and unpacked by what the kind of request belongs to. */
enum wire_kind {
	WIRE_MAIL,     /* bytes, struct mail_known as bytes → struct reading */
	WIRE_DOCUMENT, /* bytes; number: pages → struct document */
	WIRE_MEETINGS, /* bytes → struct calendar_file */
	WIRE_KINDS
};

enum { WIRE_FIELDS = 2 };

struct wire_request {
	uint64_t kind;
	uint64_t number;
	uint64_t len[WIRE_FIELDS]; /* WIRE_ABSENT: NULL */
};

struct wire_answer {
	uint64_t len;
};

/* A request as it was heard: NUL after each field. */
struct wire_asked {
	uint64_t number;
	uint64_t len[WIRE_FIELDS];
	char *field[WIRE_FIELDS]; /* NULL: absent */
	struct mail_shelf *shelf; /* the reader's */
};

/* What the reader does for a kind: values of its own in a, packed into *out. */
void wire_answer_mail(struct arena *a, const struct wire_asked *q, struct buf *out);
void wire_answer_document(struct arena *a, const struct wire_asked *q, struct buf *out);
void wire_answer_meetings(struct arena *a, const struct wire_asked *q, struct buf *out);

#define WIRE_ABSENT UINT64_MAX

/* Puts a request at the end of the row. `field` holds what q->len measures, NULL where
 * absent: it stays the asker's until the ticket is gone, but for what *own, which is taken
 * over, holds. NULL: nothing. */
struct reader;
struct ticket;
struct ticket *reader_send(struct reader *r, const struct wire_request *q,
                           const char *const field[WIRE_FIELDS], struct buf *own);

/* Waits for the answer and unpacks it; as the functions of app/reader.h return. The
 * ticket is gone then. */
typedef bool reader_unpack(struct unpack *answer, void *out);
int reader_hear(struct reader *r, struct ticket *t, reader_unpack *unpack, struct arena *a, void *out,
                struct err *e) MUST_USE;
/* Both. */
int reader_ask(struct reader *r, const struct wire_request *q, const char *const field[WIRE_FIELDS],
               reader_unpack *unpack, struct arena *a, void *out, struct err *e) MUST_USE;

#endif
