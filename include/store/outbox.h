/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_OUTBOX_H
#define OVERSYN_STORE_OUTBOX_H

#include "core/outbox.h"
#include "core/throttle.h"
#include "store/store.h"

/*
 * Mail on its way out. What becomes of a mail, and what makes it so:
 *
 *	queued     written by a change; or released, or asked for again, by a person
 *	sending    claimed by a pass
 *	accepted   the server has it: on a later day than it was written, that is the day of
 *	           its reviews' latest notice
 *	deferred   it goes again when its time comes
 *	uncertain  it may have been taken: it goes again, the same bytes under the same
 *	           Message-ID
 *	held       a person must release it
 *	failed     it was refused for good, given up, or came back
 *	cancelled  by a person
 *
 * A pass claims mails a batch at a time. That they are claimed is durable before the first
 * is begun; how they ended is committed together with the next claim. Between the two
 * commits stands only the log of acknowledgements (core/ack.h): whoever hands a mail over
 * notes there, at once and unsynced, that the server has taken it.
 *
 *	killed      what is noted has gone. Of the others, begun in the claim's order, only
 *	            the first can have been on the wire, as many as the batch says: they
 *	            are uncertain. The rest was never begun.
 *	power cut   the log may be lost: what is not noted there is uncertain
 *
 * None is lost, and only what is uncertain may arrive twice. So that a disk which fills up
 * costs no more than a kill does, a batch is claimed only where there is room for its notes.
 */

/* How a mail of the last claim ended. */
struct outbox_ended {
	const struct outbox_row *row; /* as it was claimed */
	enum submit_verdict verdict;
	const char *answer; /* NULL: none */
};

struct outbox_claim {
	size_t most; /* 0: none is claimed */
	const struct throttle *throttle;     /* NULL: no limit */
	const struct retry_policy *patience; /* with a mail that is put off; NULL: endless */
	const char *boot; /* the kernel's name for the time since the machine was started */
	int window;       /* the most that can be on the wire at once */
};

struct outbox_batch {
	struct outbox_row *rows; /* with their bytes, in the order in which they must be begun */
	size_t n;
	uint32_t number; /* for the notes */
};

/*
 * Notes how mails ended, and claims others, in one transaction. SUBMIT_HELD holds the
 * outbox. What is claimed and has not ended was never begun, and waits again. Claimed is
 * nothing while the server is to be left in peace, and only word of it to the coordinator
 * while the outbox is held. What waits for longer than anything is put off (core/retry.h)
 * waits no more: the clock was ahead.
 */
int store_outbox_turn(struct store *s, struct arena *a, const struct outbox_ended *ended, size_t n_ended,
                      const struct outbox_claim *c, instant now, struct outbox_batch *out,
                      struct err *e) MUST_USE;

/* What a pass left that was cut off, or that could not commit how its mails ended. */
struct outbox_left {
	size_t claimed;   /* mails, of which: */
	size_t taken;     /* the server has them, as was noted */
	size_t uncertain; /* may arrive twice */
};
/* Puts it right. Only under store_lock(). */
int store_outbox_recover(struct store *s, const char *boot, instant now, struct outbox_left *out,
                         struct err *e) MUST_USE;

/* Whether mail goes. */
struct outbox_gate {
	bool held;          /* no mail goes until it is released */
	instant held_since; /* and why: */
	const char *reason;
	bool told;          /* the coordinator knows */
	bool returned;      /* because the database was put back (store/copy.h) */
	instant until;      /* the server is left in peace; INSTANT_NONE: it is not */
	const char *answer; /* its last words then */
	int waiting, held_mails; /* that are to go; of them, those that are held */
};
int store_outbox_gate(struct store *s, struct arena *a, struct outbox_gate *out,
                      struct err *e) MUST_USE;

/* When the next of it can go; INSTANT_NONE: nothing waits for its time. */
int store_outbox_next(struct store *s, instant *out, struct err *e) MUST_USE;

/* ---- what a person does, each one transaction ---- */

enum outbox_act { OUTBOX_RETRY, OUTBOX_HOLD, OUTBOX_RELEASE, OUTBOX_CANCEL };
const char *outbox_act_name(enum outbox_act act);

/* With these mails. ERR_SAFETY, and nothing is done, where one of them is in no state
 * for it: a mail that has gone cannot be cancelled. */
int store_outbox_act(struct store *s, enum outbox_act act, const int64_t *ids, size_t n,
                     instant now, struct err *e) MUST_USE;
/* With all of them: retries what was put off, and no longer leaves the server in peace
 * (*n: how many wait to be tried now); holds the outbox; releases it and every held mail. Not to cancel. */
int store_outbox_act_all(struct store *s, enum outbox_act act, const char *reason, instant now,
                         size_t *n, struct err *e) MUST_USE;

/* ---- what the coordinator is to be told ---- */

struct outbox_news {
	struct outbox_row *late, *failed; /* without their bytes, oldest first */
	size_t n_late, n_failed;
};
/* Mails that wait since `late_since` or longer (INSTANT_NONE: none), and those that
 * have failed, and that the coordinator has not been told of; but not those that tell. */
int store_outbox_news(struct store *s, struct arena *a, instant late_since,
                      struct outbox_news *out, struct err *e) MUST_USE;
/* The reviews with a mail that has not left, by review and seat. */
struct unsents {
	struct unsent *at;
	size_t n;
};
int store_unsent(struct store *s, struct arena *a, struct unsents *out, struct err *e) MUST_USE;
/* When the coordinator was last written to of the outbox; INSTANT_NONE: never. */
int store_outbox_last_word(struct store *s, instant *out, struct err *e) MUST_USE;

#endif
