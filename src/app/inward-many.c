/* SPDX-License-Identifier: EUPL-1.2 */
/* In: mails are read, some at a time, and then handled with one commit. Where one of them
 * fails, all are handled again, each then a transaction of its own within the commit. While
 * some are handled the next are being read. */
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
	struct incoming in[MANY], heard[MANY]; /* as they are now, and before they were handled */
	bool read[MANY]; /* it was: it is to be handled */
	size_t n, bytes;
	size_t begun; /* how many have begun to be handled */
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
	m->n = m->bytes = m->begun = 0;
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
	for (m->begun = 0; m->begun < m->n && pass_goes_on(p);) {
		size_t i = m->begun++;
		struct incoming *in = &m->in[i];

		if (!m->read[i])
			continue;
		m->heard[i] = *in;
		if (inward_handle(p, &m->arena[i], in, e))
			return err_wrap(e, "incoming mail %lld", (long long)in->row.id);
		if (reader_pass_over(p->reader, in->ahead, e)) /* that nobody wanted */
			return -1;
		in->ahead = NULL;
		reader_turn(p->reader);
	}
	return 0;
}

/* Nothing of them has been done: they are as they had been heard, but for what was asked
 * for ahead, which is heard once. What is known of people may be what was undone. */
static int take_back(struct pass *p, struct many *m, const struct pass_report *before, struct err *e)
{
	for (size_t i = 0; i < m->begun; i++) {
		struct ticket *ahead = m->in[i].ahead;

		if (!m->read[i])
			continue;
		m->in[i] = m->heard[i];
		m->in[i].ahead = ahead;
	}
	inward_letters_stand(p);
	p->report = *before;
	p->common_stands = false;
	return pass_load_all(p, e);
}

/* Those before the one that fails stand. */
static int handle_one_by_one(struct pass *p, struct many *m, struct err *e)
{
	struct err end = ERR_INIT;

	if (store_group_begin(p->store, STORE_PARTS, e))
		return -1;
	int failed = inward_register_stands(p, e) ? -1 : handle_each(p, m, e);
	if (store_group_end(p->store, &end) && !failed) {
		*e = end;
		failed = -1;
	}
	return failed;
}

/* What is asked for ahead is looked up within, where no lock is taken for each row. */
static int handle_all(struct pass *p, struct sweep *s, struct err *e)
{
	const struct pass_report before = p->report;
	struct err why = ERR_INIT, undone = ERR_INIT;
	struct many *m = s->now;

	if (!m->n)
		return ask_next(p, s, e);
	if (store_group_begin(p->store, STORE_WHOLE, e))
		return -1;
	int failed = inward_register_stands(p, &why) || ask_answers(p, m, &why) || ask_next(p, s, &why)
	             ? -1 : handle_each(p, m, &why);
	if (store_group_end(p->store, &undone)) {
		log_event(LOG_WARNING, "one-by-one", "why=\"%s\"", failed ? why.text : undone.text);
		failed = take_back(p, m, &before, e) || handle_one_by_one(p, m, e) ? -1 : 0;
	} else if (failed) {
		*e = why;
	}
	inward_letters_stand(p);
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
