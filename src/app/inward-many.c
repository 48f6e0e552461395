/* SPDX-License-Identifier: EUPL-1.2 */
/* In: mails are read first, some at a time, and then handled with one commit; each is
 * still a transaction of its own within it. */
#include "base/log.h"
#include "base/mem.h"
#include "src/app/inward.h"

enum {
	POISON = 3,            /* readers that a mail may kill before it is set aside */
	MANY = 32,             /* mails that one commit handles */
	MANY_BYTES = 4 << 20,  /* and what they hold at most, but for the last of them */
};

/* Those that could be read, each with what its reading holds. */
struct many {
	struct arena arena[MANY];
	struct incoming in[MANY];
	size_t n, bytes;
	int64_t last; /* the number of the last that was looked at */
};

static void forget(struct many *m)
{
	for (size_t i = 0; i < MANY; i++)
		arena_release(&m->arena[i]);
	m->n = m->bytes = 0;
}

static int crashed(struct pass *p, int64_t id, struct err *e)
{
	int crashes;

	if (store_inbox_crashed(p->store, id, p->now, &crashes, e))
		return -1;
	if (crashes >= POISON)
		p->report.coordinator++;
	log_event(LOG_ERROR, "reader-died", "inbox=%lld times=%d", (long long)id, crashes);
	return 0;
}

/* 1: one more was looked at; 0 there is none, -1 error. */
static int read_next(struct pass *p, struct many *m, struct err *e)
{
	struct arena *a = &m->arena[m->n];
	struct incoming *in = &m->in[m->n];

	*in = (struct incoming){ .has_letter = false };
	int more = store_inbox_next(p->store, a, m->last, &in->row, e);
	if (more <= 0)
		return more;
	m->last = in->row.id;
	in->day = zone_wall(in->row.received).day;
	int ok = inward_read(p, a, in, NULL, e);
	if (ok < 0 || (!ok && crashed(p, m->last, e)))
		return -1;
	if (ok) {
		m->bytes += in->row.len;
		m->n++;
	} else {
		arena_release(a);
	}
	return 1;
}

static int handle_all(struct pass *p, struct many *m, struct err *e)
{
	struct err end = ERR_INIT;
	int failed = 0;

	if (!m->n)
		return 0;
	if (store_group_begin(p->store, STORE_PARTS, e))
		return -1;
	p->common_stands = false; /* others may have written until now, and may again */
	for (size_t i = 0; i < m->n && !failed && pass_goes_on(p); i++)
		if (inward_handle(p, &m->arena[i], &m->in[i], e))
			failed = err_wrap(e, "incoming mail %lld", (long long)m->in[i].row.id);
	p->common_stands = false;
	/* those before the one that failed stand */
	if (store_group_end(p->store, &end) && !failed) {
		*e = end;
		failed = -1;
	}
	return failed;
}

/* How many were looked at, from the oldest on; -1. */
static int sweep(struct pass *p, struct many *m, struct err *e)
{
	int more = 1, failed = 0, looked = 0;

	m->last = 0;
	while (more > 0 && !failed && pass_goes_on(p)) {
		more = 1;
		while (m->n < MANY && m->bytes <= MANY_BYTES && pass_goes_on(p) && (more = read_next(p, m, e)) > 0)
			looked++;
		failed = more < 0 ? -1 : handle_all(p, m, e);
		forget(m);
	}
	return failed ? -1 : looked;
}

/* What killed a reader is still new: it is tried again, after the others. */
int pass_read(struct pass *p, struct err *e)
{
	struct many *m = mem_zalloc(sizeof(*m));
	int looked = 0;

	while (pass_goes_on(p) && (looked = sweep(p, m, e)) > 0)
		continue;
	mem_free(m);
	return looked < 0 ? -1 : 0;
}
