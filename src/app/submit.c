/* SPDX-License-Identifier: EUPL-1.2 */
/* The outbox is handed to the mail server, and what it says is kept. */
#include <stdio.h>
#include <string.h>

#include "app/files.h"
#include "app/pass.h"
#include "base/log.h"
#include "src/app/ack.h"
#include "src/app/bounce.h"
#include "src/app/outbox.h"

enum { CLAIM = 500 }; /* mails claimed durably at a time */

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

/* A batch on its way, and what is known of it. */
struct handing {
	struct pass *p;
	struct arena arena; /* of what is known */
	const struct outbox_batch *batch;
	struct outbox_ended *ended;
	size_t n_ended;
	bool stop; /* no other mail would fare better, or the program is to end */
};

static int submitted(void *ctx, size_t i, const struct submit_result *result)
{
	struct handing *h = ctx;
	struct pass *p = h->p;
	const struct outbox_row *row = &h->batch->rows[i];

	if (result->verdict == SUBMIT_ACCEPTED && !p->courier_notes)
		ack_note(store_acks(p->store), &(struct ack){ .batch = h->batch->number, .mail = row->id });
	count_outcome(&p->report, result->verdict);
	h->ended[h->n_ended++] = (struct outbox_ended){
		.row = row, .verdict = result->verdict, .answer = arena_dup(&h->arena, result->answer),
	};
	if (result->verdict != SUBMIT_ACCEPTED)
		log_event(LOG_WARNING, "mail-not-accepted", "message_id=%s verdict=%s answer=\"%s\"",
		          row->message_id, submit_verdict_name(result->verdict), result->answer);
	h->stop = h->stop || result->verdict == SUBMIT_HELD || result->verdict == SUBMIT_BUSY || !pass_goes_on(p);
	return h->stop;
}

static void hand_over(struct handing *h, struct arena *a, const struct outbox_batch *batch)
{
	struct submission *m = arena_alloc(a, batch->n * sizeof(*m));

	for (size_t i = 0; i < batch->n; i++) {
		const struct outbox_row *row = &batch->rows[i];

		m[i] = (struct submission){
			.from = h->p->registry.settings.address, .to = row->to, .bytes = row->bytes, .len = row->len,
			.message_id = row->message_id, .ack = { .batch = batch->number, .mail = row->id },
		};
	}
	h->batch = batch;
	h->n_ended = 0;
	h->ended = arena_alloc(&h->arena, batch->n * sizeof(*h->ended));
	sender_submit_many(h->p->sender, m, batch->n, submitted, h);
}

/* Who must hear of a refused mail does so even if the program ends before the next turn. */
static int tell_refused(struct handing *h, struct err *e)
{
	for (size_t i = 0; i < h->n_ended; i++)
		if (h->ended[i].verdict == SUBMIT_FAILED
		    && bounce_refused(h->p, h->ended[i].row, h->ended[i].answer, e))
			return -1;
	return 0;
}

static void boot_name(char out[64])
{
	struct buf text AUTO(buf_release) = BUF_INIT;
	struct err e = ERR_INIT;

	if (file_read("/proc/sys/kernel/random/boot_id", 63, &text, &e))
		buf_clear(&text); /* then every end is taken for a power cut */
	snprintf(out, 64, "%.*s", (int)strcspn(text.data, "\n"), text.data);
}

static int submit_all(struct pass *p, const char *boot, struct err *e)
{
	struct handing h = { .p = p, .arena = ARENA_INIT };
	struct arena rows[2] = { ARENA_INIT, ARENA_INIT };
	int failed = 0;
	struct outbox_batch batch = { .n = 0 };

	for (int turn = 0; !failed; turn = !turn) {
		const struct outbox_claim claim = {
			.most = h.stop ? 0 : CLAIM, .throttle = &p->config->out.throttle,
			.patience = &p->config->out.patience, .boot = boot,
			.window = submit_window(p->config->out.server.connections),
		};
		struct arena *of_last = &rows[!turn];

		failed = tell_refused(&h, e)
		         || store_outbox_turn(p->store, &rows[turn], h.ended, h.n_ended, &claim, p->now, &batch, e);
		arena_release(of_last);
		arena_release(&h.arena);
		h.n_ended = 0;
		if (failed || !batch.n)
			break;
		hand_over(&h, &rows[turn], &batch);
	}
	arena_release(&rows[0]);
	arena_release(&rows[1]);
	arena_release(&h.arena);
	return failed ? -1 : 0;
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
	char boot[64];
	size_t left;

	if (p->boot)
		snprintf(boot, sizeof(boot), "%s", p->boot);
	else
		boot_name(boot);
	if (store_outbox_recover(p->store, boot, p->now, &left, e))
		return -1;
	if (left)
		log_event(LOG_WARNING, "pass-ended-early", "mails=%zu why=\"an earlier pass ended while it sent "
		          "mail: one may arrive twice, under the same Message-ID\"", left);
	if (submit_all(p, boot, e))
		return -1;
	int told = outbox_tell(p, e);
	if (told < 0 || (told > 0 && submit_all(p, boot, e)))
		return -1;
	return note_rest(p, e);
}
