/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_HANDING_H
#define OVERSYN_SRC_APP_HANDING_H

#include "app/pass.h"
#include "store/outbox.h"

/*
 * The outbox on its way to the mail server, a batch at a time. Between two turns the
 * courier hands a batch over while the pass does something else; how each mail ended is
 * noted at the next turn, in the commit that claims the next batch.
 */
struct handing {
	struct pass *p;
	char boot[64];
	struct arena rows[2]; /* of the batch that is on its way, and of the next */
	struct arena known;   /* of what is known of it */
	int turn;
	struct outbox_batch batch;
	struct submission *mails;
	struct outbox_ended *ended;
	size_t n_ended;
	bool on_its_way;
	bool stop; /* no other mail would fare better, or the program is to end */
};

/* First settles what an earlier pass left when it was cut off. The pass has a sender.
 * What was opened is closed, also after an error of a turn. */
int handing_open(struct handing *h, struct pass *p, struct err *e) MUST_USE;
/* How many mails are on their way after it; 0: nothing is to go, or nothing may; -1. */
int handing_turn(struct handing *h, struct err *e) MUST_USE;
/* Waits for what is on its way and notes how it ended; nothing more goes. */
int handing_close(struct handing *h, struct err *e) MUST_USE;

#endif
