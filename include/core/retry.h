/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_RETRY_H
#define OVERSYN_CORE_RETRY_H

#include "core/zone.h"

/* What a mail server's answer to one submission means (RFC 5321 §4.2,
 * RFC 3463), judged by phase and enhanced code, not by its first digit. */
#define SUBMIT_VERDICTS(X) \
	X(ACCEPTED, "accepted")  /* 250 after the final dot, or delivered to the Maildir */ \
	X(DEFERRED, "deferred")  /* greylisting, busy, unreachable: later */ \
	X(FAILED, "failed")      /* this recipient will not work: 5.1.x, bad address */ \
	X(HELD, "held")          /* authentication, quota, policy of our own side: hold the queue */ \
	X(UNCERTAIN, "uncertain") /* the connection died between final dot and answer */

enum submit_verdict {
#define X(name, word) SUBMIT_##name,
	SUBMIT_VERDICTS(X)
#undef X
	SUBMIT_VERDICT_COUNT
};

enum submit_phase { PHASE_CONNECT, PHASE_TLS, PHASE_AUTH, PHASE_MAIL, PHASE_RCPT, PHASE_DATA, PHASE_DOT };

const char *submit_verdict_name(enum submit_verdict v);

/* `code` is the SMTP reply code, 0 when the connection failed; `text` the
 * reply's text, which may begin with an enhanced code. */
enum submit_verdict retry_judge(enum submit_phase phase, int code, const char *text);

/* When to try again after `attempts` tries (1 …): 5, 15, 60, 240 minutes,
 * then every 4 hours. Greylisting wants at least five minutes. */
instant retry_at(instant now, int attempts);

#endif
