/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_OUTBOX_H
#define OVERSYN_STORE_OUTBOX_H

#include "core/throttle.h"
#include "store/store.h"

/*
 * Mail on its way out. What becomes of a mail, and what makes it so:
 *
 *	queued     written by a change; or released, or asked for again, by a person
 *	sending    claimed by a pass
 *	accepted   the server has it
 *	deferred   it goes again when its time comes
 *	uncertain  it may have been taken: it goes again, the same bytes under the same
 *	           Message-ID
 *	held       a person must release it
 *	failed     it was refused for good, given up, or came back
 *	cancelled  by a person
 *
 * A pass hands over the mails of a claim one by one, in the claim's order, and each
 * result is durable before the next mail is begun. So a pass that is killed, or loses
 * its power, leaves at most one mail of which nobody knows: the first of those still
 * `sending`. None is lost, and only that one may arrive twice.
 */

/* Puts right what a killed pass left: its first mail is uncertain, the others were
 * never begun. Only under store_lock(). *n: how many were left. */
int store_outbox_recover(struct store *s, instant now, size_t *n, struct err *e) MUST_USE;

/* Claims up to `max` mails that can go now, and no more than the throttle lets
 * through (NULL: no limit): marks them sending, durably, and returns them with their
 * bytes, in the order in which they must go. Nothing while the server is to be left in
 * peace; while the outbox is held, only word of it to the coordinator. */
int store_outbox_claim(struct store *s, struct arena *a, instant now, size_t max,
                       const struct throttle *t, struct outbox_row **out, size_t *n,
                       struct err *e) MUST_USE;

/* Writes how one submission ended. SUBMIT_HELD holds the outbox; after it and after
 * SUBMIT_BUSY the rest of the claim is no longer claimed. A mail that is put off for
 * longer than the site's patience (NULL: endless) has failed. */
int store_outbox_result(struct store *s, int64_t id, enum submit_verdict v, const char *answer,
                        const struct retry_policy *patience, instant now, struct err *e) MUST_USE;

/* Whether mail goes. */
struct outbox_gate {
	bool held;          /* no mail goes until it is released */
	instant held_since; /* and why: */
	const char *reason;
	bool told;          /* the coordinator knows */
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
/* With all of them: retries what was put off (*n: how many), and no longer leaves the
 * server in peace; holds the outbox; releases it and every held mail. Not to cancel. */
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
/* When the coordinator was last written to of the outbox; INSTANT_NONE: never. */
int store_outbox_last_word(struct store *s, instant *out, struct err *e) MUST_USE;

#endif
