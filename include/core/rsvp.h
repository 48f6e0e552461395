/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_RSVP_H
#define OVERSYN_CORE_RSVP_H

#include "core/change.h"
#include "core/registry.h"

/*
 * What an answer to a letter's calendar event leads to (RFC 5546 §3.2.3, §3.2.7,
 * §2.1.4, §2.1.5). Pure. An accept is attendance and never a sign-off, a decline
 * asks who does it instead, and a proposed time moves the event but no review:
 * due and act_by stay. Since no more than an event moves, it is enough that the
 * answer names it by a UID or a token that cannot be guessed, and that who answers
 * can be the one who was invited; what signs something is asked for more
 * (core/trust.h). Whatever is written back goes to the letter's own person, not
 * to who answered.
 */

#define RSVP_WHOS(X) \
	X(INVITED, "invited") \
	X(ALIAS, "alias")   /* another address of his, as Exchange writes it */ \
	X(DEPUTY, "deputy") /* of the role, or who answers for an item of the letter today */ \
	X(STRANGER, "stranger") /* a party-crasher: an invitation was passed on */

enum rsvp_who {
#define X(name, word) RSVP_##name,
	RSVP_WHOS(X)
#undef X
	RSVP_WHO_COUNT
};

#define RSVP_OUTCOMES(X) \
	X(RECORDED, "recorded")   /* and nothing else happens */ \
	X(OLD, "old")             /* an earlier time of the event, or said before what we have */ \
	X(DOUBTFUL, "doubtful")   /* a person must look */ \
	X(CRASHED, "stranger")    /* ignored */ \
	X(MOVED, "moved")         /* the event has another time: a REQUEST says so */ \
	X(STAYS, "stays")         /* it cannot have that time: a mail says why */ \
	X(DECLINED, "declined")   /* asked who does it instead */ \
	X(DELEGATED, "delegated") /* a proposal, for the coordinator */ \
	X(AGAIN, "sent-again")    /* the present REQUEST once more */ \
	X(NO_SIGNOFF, "no-sign-off") /* words came with it: told how to sign */

enum rsvp_outcome {
#define X(name, word) RSVP_DID_##name,
	RSVP_OUTCOMES(X)
#undef X
	RSVP_OUTCOME_COUNT
};

const char *rsvp_who_name(enum rsvp_who w);
int rsvp_who_by_name(const char *name); /* -1: none */
const char *rsvp_outcome_name(enum rsvp_outcome o);
int rsvp_outcome_by_name(const char *name); /* -1: none */

/* One answer, as the store keeps it. Texts are NULL when nothing was said. */
struct rsvp {
	int64_t mail; /* the incoming mail that it came in */
	const char *letter;
	const char *attendee; /* who answers, by the calendar's word, else the sender */
	const char *method, *partstat; /* "REPLY", "ACCEPTED" … */
	const char *sent_by, *delegated_to, *comment;
	int sequence;
	instant stamp;
	instant start, end; /* proposed, of a COUNTER; INSTANT_NONE */
	enum rsvp_who who;
	enum rsvp_outcome outcome;
	instant at; /* when it came */
};

struct rsvps {
	struct rsvp *at;
	size_t n;
};

/* When a letter's event is: wall-clock time, in minutes. */
struct event_time {
	dayno day; /* DAY_NONE: it has none */
	int start, minutes;
};
struct event_time event_time_of(const struct letter *l);

/* Why an event cannot have a proposed time. */
enum event_stays {
	STAYS_NOT,      /* it can */
	STAYS_SAME,     /* it has it already */
	STAYS_UNCLEAR,  /* no time is said that we are sure of, or days on end */
	STAYS_PAST,     /* it is over */
	STAYS_LATE,     /* after the letter's first act_by */
	STAYS_DAY_OFF,
	STAYS_RECESS,
};

/*
 * The time that was proposed in place of `at`. All day long, it keeps its time of
 * day; an end that makes no sense leaves its length. act_by is the earliest of
 * what the letter still waits for.
 */
enum event_stays event_moves(const struct workcal *cal, dayno act_by, struct event_time at,
                             const struct rsvp *r, bool all_day, instant now,
                             struct event_time *to);

enum { RSVP_MOVES = 5 }; /* of one event that people may ask for: then a person looks */

struct rsvp_input {
	const struct registry *registry;
	const struct letter *letter;
	const struct review *reviews; /* of the letter */
	size_t n_reviews;
	const struct rsvp *before; /* answers to the letter so far, newest first */
	size_t n_before;
	const char *from;  /* of the mail; NULL */
	bool refuted;      /* our own server does not vouch for the sender's domain */
	bool damaged;      /* the calendar was put together from what is left of it */
	bool all_day, unknown_zone;
	int attendees;     /* how many answer in it */
	bool words;        /* somebody wrote something with it */
};

struct rsvp_judged {
	struct event_time to;      /* of MOVED */
	enum event_stays stays;    /* of STAYS */
	dayno act_by;              /* the letter's first; DAY_NONE: nothing waits */
	const char *partstat;      /* the latest that stands of who was invited; NULL */
	bool for_coordinator;
	const char *reason;        /* one line, English */
};

/*
 * Fills r's who and outcome, and its sequence and stamp as they count: a sequence
 * that we never sent, or a stamp in the future, must not silence every later
 * answer. What stands beside is r as it was read.
 */
void rsvp_judge(const struct rsvp_input *in, struct arena *a, struct rsvp *r,
                struct rsvp_judged *out);

/* What is known of the attendance of who was invited: the latest that stands of the
 * answers so far, newest first, and that is about the event's present time; NULL. */
const char *rsvp_attendance(const struct letter *l, const struct rsvp *before, size_t n);

#endif
