/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_CONFIRM_H
#define OVERSYN_CORE_CONFIRM_H

#include <stdint.h>

#include "core/ref.h"
#include "core/reply.h"
#include "core/review.h"

/*
 * The confirmation round trip (bekräftelse): an answer whose sender is the right
 * one, but may be forged, is held as it was understood, and the registered
 * address is asked whether it is theirs. Only whoever reads that mailbox can
 * say yes, once, before it expires, to the very answer that was shown. What a
 * table that came back changes in an inventory always waits for that.
 */
#define CONFIRM_STATES(X) \
	X(ASKED, "asked") \
	X(CONFIRMED, "confirmed") \
	X(DROPPED, "dropped") /* the sender says that it is not theirs */

enum confirm_state {
#define X(name, word) CONFIRM_##name,
	CONFIRM_STATES(X)
#undef X
	CONFIRM_STATE_COUNT
};

const char *confirm_state_name(enum confirm_state s);
int confirm_state_by_name(const char *name); /* -1: none */

/* One answer as it was understood, with what it answered. */
struct held {
	const char *review, *version; /* id; hex SHA-256 of what the sender was shown */
	struct answer answer;         /* its number is never 0 */
};

struct confirmation {
	const char *token_hash; /* hex SHA-256 of its token; its key */
	char letter[REF_TEXT];
	const char *role;       /* as whom the sender answered */
	const char *address;    /* the registered one, that was asked */
	int64_t mail;           /* the incoming mail that is to be confirmed */
	const char *from;       /* its sender, as it claimed */
	const char *token, *sender, *domain, *direct; /* its facts, by name */
	const char *answers;    /* confirm_write() */
	/* Of what an attached table changes: the mail that held it, inventory_text() of
	 * what was shown, and whether it is asked for the second time, since so much
	 * goes. 0, NULL, false: there is none. */
	int64_t table_mail;
	const char *difference;
	bool again;
	instant asked, expires;
	int mails;              /* how often it was asked */
	enum confirm_state state;
	instant ended;          /* INSTANT_NONE: it waits */
	int64_t ended_by;       /* the incoming mail that ended it; 0 */
	const char *end_domain; /* the domain of that mail, by fact; NULL */
};

/* The answers as text, one a line, and back. confirm_read() is NULL and 0 for a
 * text that confirm_write() did not write. */
char *confirm_write(struct arena *a, const struct held *h, size_t n) MUST_USE;
struct held *confirm_read(struct arena *a, const char *text, size_t *n) MUST_USE;

/* What a mail that carries the token does: every state meets every answer. */
enum confirm_step {
	CONFIRM_APPLY,    /* the held answer is acted on, as far as it still can be */
	CONFIRM_DROP,     /* it is forgotten */
	CONFIRM_AGAIN,    /* neither yes nor no: asked once more */
	CONFIRM_USED,     /* it was answered before: nothing more happens */
	CONFIRM_EXPIRED,  /* too late: the letter itself still waits for an answer */
	CONFIRM_STRANGER, /* it does not come from the role that was asked */
	CONFIRM_STEP_COUNT
};
enum confirm_step confirm_next(const struct confirmation *c, bool same_person, instant received,
                               const struct reply *reply);
const char *confirm_step_name(enum confirm_step s);

#endif
