/* SPDX-License-Identifier: EUPL-1.2 */
/* The outbox is handed to the mail server, and what it says is kept. */
#include "app/pass.h"
#include "base/log.h"
#include "src/app/bounce.h"

enum { CLAIM = 50 }; /* mails claimed durably at a time */

static void count_outcome(struct pass_report *r, enum submit_verdict v)
{
	switch (v) {
	case SUBMIT_ACCEPTED:
		r->accepted++;
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

int pass_submit(struct pass *p, struct err *e)
{
	for (;;) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct outbox_row *rows;
		size_t n;

		if (store_outbox_claim(p->store, &a, p->now, CLAIM, &rows, &n, e))
			return -1;
		for (size_t i = 0; i < n; i++) {
			struct submit_result result;

			sender_submit(p->sender, p->registry.settings.address, rows[i].to, rows[i].bytes,
			              rows[i].len, rows[i].message_id, &result);
			count_outcome(&p->report, result.verdict);
			if (result.verdict != SUBMIT_ACCEPTED)
				log_event(LOG_WARNING, "mail-not-accepted", "message_id=%s verdict=%s answer=\"%s\"",
				          rows[i].message_id, submit_verdict_name(result.verdict), result.answer);
			if (result.verdict == SUBMIT_FAILED && bounce_refused(p, &rows[i], result.answer, e))
				return -1;
			if (store_outbox_result(p->store, rows[i].id, result.verdict, result.answer, p->now, e))
				return -1;
			if (result.verdict == SUBMIT_HELD)
				return 0;
		}
		if (n < CLAIM)
			return 0;
	}
}
