/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_RETRY_H
#define OVERSYN_CORE_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/zone.h"

/* What a mail server's answer to one submission means (RFC 5321 §4.2,
 * RFC 3463), judged by phase and enhanced code, not by its first digit. */
#define SUBMIT_VERDICTS(X) \
	X(ACCEPTED, "accepted")  /* 250 after the final dot, or delivered to the Maildir */ \
	X(DEFERRED, "deferred")  /* greylisting and the like: this mail, later */ \
	X(BUSY, "busy")          /* the server is away or wants peace: every mail, later */ \
	X(FAILED, "failed")      /* this recipient will not work: 5.1.x, bad address */ \
	X(HELD, "held")          /* authentication, quota, policy of our own side: hold the queue */ \
	X(UNCERTAIN, "uncertain") /* the connection died between final dot and answer */

enum submit_verdict {
#define X(name, word) SUBMIT_##name,
	SUBMIT_VERDICTS(X)
#undef X
	SUBMIT_VERDICT_COUNT
};

enum submit_phase {
	PHASE_CONNECT, PHASE_TLS, PHASE_AUTH, PHASE_MAIL, PHASE_RCPT, PHASE_DATA, PHASE_DOT
};

const char *submit_verdict_name(enum submit_verdict v);

/* `code` is the SMTP reply code, 0 when the connection failed; `text` the
 * reply's text, which may begin with an enhanced code. */
enum submit_verdict retry_judge(enum submit_phase phase, int code, const char *text);

/* The same of a program that submits mail (sendmail -t): its exit status as
 * sysexits.h has them, -1 when it did not come to its own end; `output` is what it
 * printed, in which a server's answer may stand. */
enum submit_verdict retry_judge_program(int status, const char *output);

/*
 * When to try again after `attempts` tries (1 …): 5, 15, 60, 240 minutes, then
 * every 4 hours, and up to a fifth of that later, so that what was put off together
 * does not come back together; how much hangs on `seed` (the mail's number) alone.
 * Never earlier: greylisting wants at least five minutes.
 */
instant retry_at(instant now, int attempts, int64_t seed);
/* It is always sooner than so many seconds ahead: what waits for longer was put off by a
 * clock that was ahead, and has waited long enough. */
enum { RETRY_LONGEST_S = 240 * 60 * 6 / 5 };

/* The site's patience with a mail that waits since `since`. */
struct retry_policy {
	int notice_h;  /* hours until the coordinator is told; 0: never */
	int give_up_h; /* hours until a mail that is put off has failed; 0: never */
};
enum { RETRY_NOTICE_H = 4, RETRY_GIVE_UP_H = 5 * 24 }; /* RFC 5321 §4.5.4.1: 4 to 5 days */
/* But no mail is given up before so many tries, which take 17 hours at least: where the
 * machine was off, or the server away, the hours have gone and nobody has asked. Not more,
 * for who makes a pass a day is to hear of it within a week or so. */
enum { RETRY_LEAST_TRIES = 8 };

/* `since` of mails of which the coordinator is to be told at `now`, at the latest;
 * INSTANT_NONE: of none. */
instant retry_late_since(const struct retry_policy *p, instant now);
bool retry_is_over(const struct retry_policy *p, instant since, int attempts, instant now);

#endif
