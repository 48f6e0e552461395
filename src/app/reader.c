/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/reader.h"

#include "base/mem.h"
#include "child.h"
#include "reader-wire.h"

enum {
	PATIENCE_MS = 20000,    /* for one request */
	MOST_ANSWER = 16 << 20, /* bytes of an answer: more is nonsense */
};

struct reader {
	struct child child;
};

int reader_start(struct reader **out, struct err *e)
{
	struct reader *r = mem_zalloc(sizeof(*r));

	if (child_start("reader", READER_ARGUMENT, -1, &r->child, e)) {
		mem_free(r);
		return -1;
	}
	*out = r;
	return 0;
}

void reader_stop(struct reader *r)
{
	if (!r)
		return;
	child_stop(&r->child);
	mem_free(r);
}

static bool ask(struct reader *r, const struct wire_request *q, const char *const field[WIRE_FIELDS],
                int64_t deadline)
{
	if (!wire_write(r->child.fd, q, sizeof(*q), deadline))
		return false;
	for (int i = 0; i < WIRE_FIELDS; i++)
		if (field[i] && !wire_write(r->child.fd, field[i], q->len[i], deadline))
			return false;
	return true;
}

/* The answer's bytes, in the arena. */
static bool hear(struct reader *r, struct unpack *answer, int64_t deadline)
{
	struct wire_answer w;

	if (!wire_read(r->child.fd, &w, sizeof(w), deadline) || w.len > MOST_ANSWER)
		return false;
	char *bytes = arena_alloc(answer->a, w.len + 1);
	answer->at = bytes;
	answer->left = w.len;
	return wire_read(r->child.fd, bytes, w.len, deadline);
}

int reader_ask(struct reader *r, const struct wire_request *q, const char *const field[WIRE_FIELDS],
               reader_unpack *unpack, struct arena *a, void *out, struct err *e)
{
	struct unpack answer = { .a = a };

	if (!r->child.pid && child_start("reader", READER_ARGUMENT, -1, &r->child, e))
		return -1;
	int64_t deadline = wire_now() + PATIENCE_MS;
	/* A reader gone bad may say anything: what it says must be well formed. */
	if (ask(r, q, field, deadline) && hear(r, &answer, deadline) && unpack(&answer, out))
		return 1;
	child_stop(&r->child);
	return 0;
}
