/* SPDX-License-Identifier: EUPL-1.2 */
/* The outbox is handed to the mail server, and what it says is kept. */
#include "app/pass.h"
#include "base/log.h"
#include "src/app/bounce.h"
#include "src/app/outbox.h"

enum { CLAIM = 50 }; /* mails claimed durably at a time */

static void count_outcome(struct pass_report *r, enum submit_verdict v)
{
	switch (v) {
	case SUBMIT_ACCEPTED:
		r->accepted++;
		break;
	case SUBMIT_BUSY:
		r->busy = true;
		r->deferred++;
		break;
	case SUBMIT_DEFERRED:
	case SUBMIT_UNCERTAIN:
		r->deferred++;
		break;
	case SUBMIT_FAILED:
		r->failed++;
		break;
	case SUBMIT_HELD:
		r->held++;
		break;
	case SUBMIT_VERDICT_COUNT:
		break;
	}
}

struct claim {
	struct pass *p;
	const struct outbox_row *rows;
	struct err *e;
	int stop; /* as the function below returns; -1 */
};

/* 0: on with the next mail; else no other would fare better. */
static int submitted(void *ctx, size_t i, const struct submit_result *result)
{
	struct claim *c = ctx;
	struct pass *p = c->p;
	const struct outbox_row *row = &c->rows[i];

	count_outcome(&p->report, result->verdict);
	if (result->verdict != SUBMIT_ACCEPTED)
		log_event(LOG_WARNING, "mail-not-accepted", "message_id=%s verdict=%s answer=\"%s\"",
		          row->message_id, submit_verdict_name(result->verdict), result->answer);
	if ((result->verdict == SUBMIT_FAILED && bounce_refused(p, row, result->answer, c->e))
	    || store_outbox_result(p->store, row->id, result->verdict, result->answer,
	                           &p->config->out.patience, p->now, c->e))
		c->stop = -1;
	else if (result->verdict == SUBMIT_HELD || result->verdict == SUBMIT_BUSY || !pass_goes_on(p))
		c->stop = 1;
	return c->stop;
}

static int submit_all(struct pass *p, struct err *e)
{
	for (;;) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct claim c = { .p = p, .e = e };
		struct outbox_row *rows;
		size_t n;

		if (store_outbox_claim(p->store, &a, p->now, CLAIM, &p->config->out.throttle, &rows, &n, e))
			return -1;
		struct submission *m = arena_alloc(&a, n * sizeof(*m));
		for (size_t i = 0; i < n; i++)
			m[i] = (struct submission){ .from = p->registry.settings.address, .to = rows[i].to,
			                            .bytes = rows[i].bytes, .len = rows[i].len,
			                            .message_id = rows[i].message_id };
		c.rows = rows;
		sender_submit_many(p->sender, m, n, submitted, &c);
		if (c.stop || n == 0)
			return c.stop < 0 ? -1 : 0;
	}
}

/* What is left, and why. */
static int note_rest(struct pass *p, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct outbox_gate gate;

	if (store_outbox_gate(p->store, &a, &gate, e))
		return -1;
	p->report.unsent = gate.waiting;
	p->report.on_hold = gate.held;
	p->report.busy = gate.until != INSTANT_NONE;
	return 0;
}

int pass_submit(struct pass *p, struct err *e)
{
	size_t left;

	if (store_outbox_recover(p->store, p->now, &left, e))
		return -1;
	if (left)
		log_event(LOG_WARNING, "pass-ended-early", "mails=%zu why=\"an earlier pass ended while it sent "
		          "mail: one may arrive twice, under the same Message-ID\"", left);
	if (submit_all(p, e))
		return -1;
	int told = outbox_tell(p, e);
	if (told < 0 || (told > 0 && submit_all(p, e)))
		return -1;
	return note_rest(p, e);
}
