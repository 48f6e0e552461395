/* SPDX-License-Identifier: EUPL-1.2 */
/* In: mails are read, some at a time, and then handled with one commit; each is still a
 * transaction of its own within it. While some are handled the next are being read. */
#include "base/log.h"
#include "base/mem.h"
#include "src/app/inward.h"

enum {
	POISON = 3,            /* readers that a mail may kill before it is set aside */
	FEW = 8,               /* mails that the first commit handles, so that both soon have work, … */
	MANY = 128,            /* … and a later one at most */
	MANY_BYTES = 4 << 20,  /* and what they hold at most, but for the last of them */
};

/* Mails that are handled together, each with what its reading holds. */
struct many {
	struct arena arena[MANY];
	struct incoming in[MANY];
	bool read[MANY]; /* it was: it is to be handled */
	size_t n, bytes;
};

/* Those at hand, and those that are being read meanwhile. */
struct sweep {
	struct many *now, *next;
	int64_t last; /* the number of the last that was looked at */
	size_t most;  /* mails that are taken next */
	int looked;
};

static void forget(struct pass *p, struct many *m)
{
	for (size_t i = 0; i < m->n; i++) {
		reader_drop(p->reader, m->in[i].asked);
		reader_drop(p->reader, m->in[i].ahead);
		arena_release(&m->arena[i]);
	}
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

/* Takes the next that nobody has looked at, and has them read. */
static int ask_next(struct pass *p, struct sweep *s, struct err *e)
{
	struct many *m = s->next;

	while (m->n < s->most && m->bytes <= MANY_BYTES && pass_goes_on(p)) {
		struct incoming *in = &m->in[m->n];

		*in = (struct incoming){ .has_letter = false };
		int more = store_inbox_next(p->store, &m->arena[m->n], s->last, &in->row, e);
		if (more <= 0)
			return more;
		s->last = in->row.id;
		s->looked++;
		in->day = zone_wall(in->row.received).day;
		inward_ask(p, in);
		m->bytes += in->row.len;
		m->n++;
	}
	return 0;
}

static int hear_all(struct pass *p, struct many *m, struct err *e)
{
	for (size_t i = 0; i < m->n; i++) {
		int ok = inward_hear(p, &m->arena[i], &m->in[i], e);

		if (ok < 0 || (!ok && crashed(p, m->in[i].row.id, e)))
			return -1;
		m->read[i] = ok;
	}
	return 0;
}

static int ask_answers(struct pass *p, struct many *m, struct err *e)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->read[i] && inward_ask_answer(p, &m->arena[i], &m->in[i], e))
			return -1;
	return 0;
}

static int handle_each(struct pass *p, struct many *m, struct err *e)
{
	for (size_t i = 0; i < m->n && pass_goes_on(p); i++) {
		struct incoming *in = &m->in[i];

		if (!m->read[i])
			continue;
		if (inward_handle(p, &m->arena[i], in, e))
			return err_wrap(e, "incoming mail %lld", (long long)in->row.id);
		if (reader_pass_over(p->reader, in->ahead, e)) /* that nobody wanted */
			return -1;
		in->ahead = NULL;
		reader_turn(p->reader);
	}
	return 0;
}

/* What is asked for ahead is looked up within, where no lock is taken for each row. */
static int handle_all(struct pass *p, struct sweep *s, struct err *e)
{
	struct err end = ERR_INIT;

	if (!s->now->n)
		return ask_next(p, s, e);
	if (store_group_begin(p->store, STORE_PARTS, e))
		return -1;
	int failed = inward_register_stands(p, e) || ask_answers(p, s->now, e) || ask_next(p, s, e)
	             ? -1 : handle_each(p, s->now, e);
	inward_letters_stand(p);
	/* those before the one that failed stand */
	if (store_group_end(p->store, &end) && !failed) {
		*e = end;
		failed = -1;
	}
	return failed;
}

/* How many were looked at, from the oldest on; -1. */
static int sweep(struct pass *p, struct sweep *s, struct err *e)
{
	int failed;

	s->last = s->looked = 0;
	s->most = FEW;
	do {
		struct many *done = s->now;

		s->now = s->next;
		s->next = done;
		failed = hear_all(p, s->now, e);
		if (!failed)
			failed = handle_all(p, s, e);
		forget(p, s->now);
		s->most = s->most < MANY / 2 ? s->most * 2 : MANY;
	} while (!failed && s->next->n && pass_goes_on(p));
	forget(p, s->next);
	return failed ? -1 : s->looked;
}

/* What killed a reader is still new: it is tried again, after the others. */
int pass_read(struct pass *p, struct err *e)
{
	struct sweep s = { .now = mem_zalloc(sizeof(*s.now)), .next = mem_zalloc(sizeof(*s.next)) };
	int looked = 0;

	p->common_stands = false; /* the pass itself may have written until now */
	while (pass_goes_on(p) && (looked = sweep(p, &s, e)) > 0)
		continue;
	mem_free(s.now);
	mem_free(s.next);
	return looked < 0 ? -1 : 0;
}
