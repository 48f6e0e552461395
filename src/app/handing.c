/* SPDX-License-Identifier: EUPL-1.2 */
#include "src/app/handing.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/files.h"
#include "base/log.h"
#include "src/app/ack.h"
#include "src/app/bounce.h"

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

static int submitted(void *ctx, size_t i, const struct submit_result *result)
{
	struct handing *h = ctx;
	struct pass *p = h->p;
	const struct outbox_row *row = &h->batch.rows[i];

	if (result->verdict == SUBMIT_ACCEPTED && !p->courier_notes
	    && !ack_note(store_acks(p->store), &(struct ack){ .batch = h->batch.number, .mail = row->id }))
		h->stop = true;
	count_outcome(&p->report, result->verdict);
	h->ended[h->n_ended++] = (struct outbox_ended){
		.row = row, .verdict = result->verdict, .answer = arena_dup(&h->known, result->answer),
	};
	if (result->verdict != SUBMIT_ACCEPTED)
		log_event(LOG_WARNING, "mail-not-accepted", "message_id=%s verdict=%s answer=\"%s\"",
		          row->message_id, submit_verdict_name(result->verdict), result->answer);
	h->stop = h->stop || result->verdict == SUBMIT_HELD || result->verdict == SUBMIT_BUSY || !pass_goes_on(p);
	return h->stop;
}

/* The batch in rows[turn] goes. */
static void begin(struct handing *h)
{
	struct arena *a = &h->rows[h->turn];

	h->mails = arena_alloc(a, h->batch.n * sizeof(*h->mails));
	h->ended = arena_alloc(a, h->batch.n * sizeof(*h->ended));
	for (size_t i = 0; i < h->batch.n; i++) {
		const struct outbox_row *row = &h->batch.rows[i];

		h->mails[i] = (struct submission){
			.from = h->p->registry.settings.address, .to = row->to, .bytes = row->bytes, .len = row->len,
			.message_id = row->message_id, .ack = { .batch = h->batch.number, .mail = row->id },
		};
	}
	sender_submit_begin(h->p->sender, h->mails, h->batch.n, submitted, h);
	h->on_its_way = true;
}

/* Whoever notes what was taken stops where it cannot, and the keeper then as well: what a
 * pass that is cut off has not noted goes again. */
static void look_at_notes(struct handing *h)
{
	struct stat st;
	off_t taken = 0;

	for (size_t i = 0; i < h->n_ended; i++)
		taken += h->ended[i].verdict == SUBMIT_ACCEPTED;
	if (store_acks(h->p->store) < 0 || fstat(store_acks(h->p->store), &st) || st.st_size >= taken * ACK_BYTES)
		return;
	h->stop = true;
	log_event(LOG_ERROR, "mail-not-noted", "why=\"what the mail server takes cannot be noted beside the database: "
	          "the other mails wait; is the disk full?\"");
}

static void end(struct handing *h)
{
	if (!h->on_its_way)
		return;
	sender_submit_end(h->p->sender);
	h->on_its_way = false;
	look_at_notes(h);
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

static int turn(struct handing *h, size_t most, struct err *e)
{
	const struct config *c = h->p->config;
	const struct outbox_claim claim = {
		.most = most, .throttle = &c->out.throttle, .patience = &c->out.patience, .boot = h->boot,
		.window = submit_window(c->out.server.connections),
	};
	struct outbox_batch next;

	if (tell_refused(h, e)
	    || store_outbox_turn(h->p->store, &h->rows[!h->turn], h->ended, h->n_ended, &claim, h->p->now, &next, e))
		return -1;
	arena_release(&h->rows[h->turn]);
	arena_release(&h->known);
	h->turn = !h->turn;
	h->batch = next;
	h->n_ended = 0;
	return 0;
}

static void boot_name(const struct pass *p, char out[64])
{
	struct buf text AUTO(buf_release) = BUF_INIT;
	struct err e = ERR_INIT;

	if (p->boot) {
		snprintf(out, 64, "%s", p->boot);
		return;
	}
	if (file_read("/proc/sys/kernel/random/boot_id", 63, &text, &e))
		buf_clear(&text); /* then every end is taken for a power cut */
	snprintf(out, 64, "%.*s", (int)strcspn(text.data, "\n"), text.data);
}

int handing_open(struct handing *h, struct pass *p, struct err *e)
{
	struct outbox_left left;

	*h = (struct handing){ .p = p, .rows = { ARENA_INIT, ARENA_INIT }, .known = ARENA_INIT };
	boot_name(p, h->boot);
	if (store_outbox_recover(p->store, h->boot, p->now, &left, e))
		return -1;
	if (left.claimed)
		log_event(LOG_WARNING, "pass-ended-early", "mails=%zu taken=%zu uncertain=%zu why=\"an earlier pass ended "
		          "while it sent mail: what is uncertain may arrive twice, under the same Message-ID\"",
		          left.claimed, left.taken, left.uncertain);
	return 0;
}

int handing_turn(struct handing *h, struct err *e)
{
	end(h);
	if (turn(h, h->stop ? 0 : CLAIM, e))
		return -1;
	if (h->batch.n)
		begin(h);
	return h->batch.n > INT_MAX ? INT_MAX : (int)h->batch.n;
}

int handing_close(struct handing *h, struct err *e)
{
	end(h);
	int failed = h->batch.n ? turn(h, 0, e) : 0;
	arena_release(&h->rows[0]);
	arena_release(&h->rows[1]);
	arena_release(&h->known);
	return failed;
}
