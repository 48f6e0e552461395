/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_STORE_REPORTS_H
#define OVERSYN_STORE_REPORTS_H

#include "core/report.h"
#include "store/store.h"

/* The letters of the week and of the quarter in the store, and what they count; a
 * change (store_apply()) writes them. */

struct pulse {
	dayno started;      /* day of the first pass; DAY_NONE: there has been none */
	instant last;       /* the latest pass; INSTANT_NONE */
	int passes, failed; /* since the last letter of the week; in so many of them no mail
	                     * could be fetched */
	int64_t longest;    /* the longest time between two of them, in seconds */
};
/* Notes a pass, and returns how it stands with it. */
int store_pulse(struct store *s, instant now, bool fetched, struct pulse *out, struct err *e) MUST_USE;
/* The same without a new one. */
int store_pulse_read(struct store *s, struct pulse *out, struct err *e) MUST_USE;

/* The latest of the kind: 1, 0 none, -1 error. What went on a later day than today, by a
 * clock that was ahead, is none. */
int store_report_last(struct store *s, struct arena *a, enum report_kind k, dayno today,
                      struct report *out, struct err *e) MUST_USE;

/* What has gone on since an instant; and what waits now. */
struct activity {
	int letters, answers; /* mails of ours that answer none, and those that do */
	int accepted;         /* of both: taken by the mail server */
	int held, failed;     /* that have not gone, ever */
	int handled, applied, answered; /* incoming: all; acted on; answered */
	int waiting, left;    /* incoming that waits for a person: ever; of these, since then */
};
int store_activity(struct store *s, instant since, struct activity *out, struct err *e) MUST_USE;

/* A review that ended, or was decided on, in a span of days. */
struct ended_review {
	const char *review, *item;
	dayno due, day; /* that it answered; of its sign-off, or of its decision */
};
struct made_decision {
	const char *body, *paragraph, *item; /* paragraph NULL: not known */
	dayno day;
	bool adjusted;
};
struct span_facts {
	struct ended_review *ended; /* by item */
	size_t n_ended;
	struct made_decision *decisions; /* by day */
	size_t n_decisions;
	int to_superior, to_chair; /* reviews that were escalated to them */
	int reported, closed;      /* deficiencies; mistaken ones left out */
};
int store_span(struct store *s, struct arena *a, dayno from, dayno to, struct span_facts *out,
               struct err *e) MUST_USE;

/* How many rows the record has, and the hash of the last. */
int store_record_head(struct store *s, int64_t *rows, char head[DIGEST_HEX], struct err *e) MUST_USE;

#endif
