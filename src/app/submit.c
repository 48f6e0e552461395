/* SPDX-License-Identifier: EUPL-1.2 */
/* The outbox is handed to the mail server, and what it says is kept. */
#include "src/app/handing.h"
#include "src/app/outbox.h"

static int submit_all(struct pass *p, struct err *e)
{
	struct err again = ERR_INIT;
	struct handing h;
	int more = 1;

	if (handing_open(&h, p, e))
		return -1;
	while (more > 0)
		more = handing_turn(&h, e);
	return handing_close(&h, more < 0 ? &again : e) || more < 0 ? -1 : 0;
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
	if (submit_all(p, e))
		return -1;
	int told = outbox_tell(p, e);
	if (told < 0 || (told > 0 && submit_all(p, e)))
		return -1;
	return note_rest(p, e);
}
