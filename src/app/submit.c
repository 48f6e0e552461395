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

/* 0: on with the next mail; 1: no other would fare better; -1. */
static int submit_one(struct pass *p, const struct outbox_row *row, struct err *e)
{
	struct submit_result result;

	sender_submit(p->sender, p->registry.settings.address, row->to, row->bytes, row->len,
	              row->message_id, &result);
	count_outcome(&p->report, result.verdict);
	if (result.verdict != SUBMIT_ACCEPTED)
		log_event(LOG_WARNING, "mail-not-accepted", "message_id=%s verdict=%s answer=\"%s\"",
		          row->message_id, submit_verdict_name(result.verdict), result.answer);
	if (result.verdict == SUBMIT_FAILED && bounce_refused(p, row, result.answer, e))
		return -1;
	if (store_outbox_result(p->store, row->id, result.verdict, result.answer,
	                        &p->config->out.patience, p->now, e))
		return -1;
	return result.verdict == SUBMIT_HELD || result.verdict == SUBMIT_BUSY;
}

static int submit_all(struct pass *p, struct err *e)
{
	for (;;) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct outbox_row *rows;
		size_t n;
		int stop = 0;

		if (store_outbox_claim(p->store, &a, p->now, CLAIM, &p->config->out.throttle, &rows, &n, e))
			return -1;
		for (size_t i = 0; i < n && !stop; i++)
			stop = submit_one(p, &rows[i], e);
		if (stop || n == 0)
			return stop < 0 ? -1 : 0;
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
