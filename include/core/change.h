/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_CHANGE_H
#define OVERSYN_CORE_CHANGE_H

#include <stdint.h>

#include "core/case.h"
#include "core/confirm.h"
#include "core/inquiry.h"
#include "core/ladder.h"
#include "core/matter.h"
#include "core/ref.h"
#include "core/reply.h"
#include "core/report.h"
#include "core/review.h"
#include "core/zone.h"

/*
 * A change is everything that one decision does to the store, as values:
 * made by the rules, filled with rendered mail, and then applied by
 * store_apply() in ONE transaction together with its record. Either all of
 * it happened, or none.
 */

_Static_assert(sizeof((struct inquiry){ .times = 0 }.letter) == REF_TEXT, "a letter's ref");

/* A letter: what one person is asked on behalf of one body on one day. */
struct letter {
	char ref[REF_TEXT];      /* public: "GR-27-0042-K7QD"; the letter's key */
	const char *token_hash;  /* hex SHA-256 of its token */
	char token[TOKEN_TEXT];  /* of one that was just minted: it is not kept; "": it is derived */
	const char *role, *body; /* ids; who it was written to, on whose behalf */
	const char *address;     /* where it went */
	dayno opened;            /* the working day it was first sent */
	const char *uid;         /* of its calendar event, as it is sent */
	dayno event_day;         /* of its calendar event; DAY_NONE: it has none */
	int event_start, event_minutes; /* the time of day that its person proposed, in minutes
	                            after midnight, and how long; 0 long: the usual */
	int sequence;            /* of its calendar event (RFC 5545 §3.8.7.4) */
	int mails;               /* mails sent about it so far; numbers its Message-IDs */
	enum letter_kind kind;   /* what it asks for, and so how an answer is read */
};

/* A review as the store keeps it, with its place in a letter. */
struct review {
	const char *id;       /* "T006.2": item and ordinal */
	const char *item;
	enum review_state state;
	enum rung rung;       /* the highest sent */
	dayno due, act_by;    /* as they were when it was opened, or as extended */
	dayno opened, last_notice; /* day of first and of latest notice */
	dayno extended_until; /* DAY_NONE: never extended */
	const char *version;  /* hex SHA-256 of what the holder was shown */
	char letter[REF_TEXT]; /* "" before the first notice */
	int n;                /* its number in the letter; fixed. Read from a letter that told
	                       * somebody else about it: its number there */
	dayno signed_on;      /* of the sign-off that stands; DAY_NONE */
	const char *deputy;   /* id of the role that was asked while the holder was away; NULL */
	char copy[REF_TEXT];  /* the letter in which the data protection officer was told; "" */
	int copy_n;           /* its number there. `n` when it is read from that letter */
	int mails;            /* that have gone out about it, to whomever */
	/* Of an item that several approve together (core/quorum.h) each has a row of this
	 * kind, with letter, number, rung, last notice and deputy of his own. */
	const char *seat;     /* the approver: id of the role that the register names; NULL: the
	                       * review has but one holder */
	enum verdict said;    /* what was answered in the seat last, for or against; VERDICT_NONE */
};

/* Whether the holder, or the approver whose seat it is, has the ball. */
bool review_asks(const struct review *r);

struct notice { /* one rung sent for one review */
	const char *review;
	enum rung rung;
	dayno day;
	const char *message_id; /* of the outbox mail that carried it */
	const char *seat; /* of the approver that it went to; NULL: the review has but one holder */
};

enum told_whom { TOLD_DEPUTY, TOLD_SUPERIOR, TOLD_CHAIR };

const char *told_name(enum told_whom w);

struct told { /* one notice that went to somebody else than the holder */
	const char *review;
	enum told_whom whom;
	enum rung rung;
	char letter[REF_TEXT]; /* to whom it was told */
	int n;                 /* the review's number there */
	dayno day;
	const char *message_id;
	const char *seat;      /* whose part of it; NULL */
};

struct question { /* a fact about an item that only people know was asked for */
	const char *item;
	char letter[REF_TEXT];
	int n; /* its number in the letter */
	dayno day;
	const char *text; /* what was asked for, Swedish */
};

struct signoff { /* kvittens: an acknowledgement by a role; never a decision */
	const char *review, *role, *address;
	enum verdict verdict;
	enum reply_outcome outcome; /* what the holder proposes to make of a document; NONE */
	const char *text;    /* what was said after the verb; NULL */
	const char *version; /* of what was answered */
	bool deputy;
	const char *seat;    /* the approver's, where several approve together; NULL */
	const char *token, *sender, *domain; /* the three facts, by name */
	const char *confirmation; /* the token hash of the round trip it went; NULL: none */
	instant at;
	/* The review before it, so that it can be withdrawn; what its item had been
	 * reviewed on the store adds. */
	enum review_state before;
	enum rung before_rung;
	dayno before_act_by, before_extended;
};

struct standing_signoff { /* a sign-off that stands, as the store has it */
	int64_t id, mail; /* the incoming mail that held it; 0: not known */
	const char *review, *role, *address, *seat;
	enum verdict verdict;
	enum reply_outcome outcome;
	instant at;
	int before; /* enum review_state; -1: not known, an older program wrote it */
	enum rung before_rung;
	dayno before_act_by, before_extended;
	dayno completed, completed_for; /* what its item had been reviewed on */
	bool decided; /* a body has decided on the review since */
	bool newer;   /* the item has had another review since */
};

struct withdrawal { /* of a sign-off, by the one who gave it: ÅNGRA */
	int64_t signoff;
	const char *review; /* goes back to what the change says of it */
};

struct decision { /* beslut: by a body, at a meeting; or by a role, by delegation */
	const char *review, *body, *paragraph, *reported_by;
	const char *role; /* that decided, which is to be reported to the body; NULL: the body did */
	dayno day;
	bool adjusted;
	enum reply_outcome outcome; /* APPROVED, NOTED and ENDED end the review */
};

struct item_fact { /* what a completed review or a decision says about its item */
	const char *item;
	dayno reviewed; /* DAY_NONE: never, by a review of ours */
	dayno reviewed_for; /* the due date that it answered; DAY_NONE unknown */
};

struct outmail { /* rendered once, never again */
	const char *message_id; /* without <>; unique */
	const char *to;         /* one address */
	const char *letter;     /* ref, or NULL */
	const char *kind;       /* template name: "invitation", "receipt" … */
	const char *subject;
	const char *bytes;
	size_t len;
	instant created;
};

struct record_entry { /* one row of the append-only protocol */
	const char *kind;    /* "review-opened", "letter-sent", "signoff" … */
	const char *subject; /* the id it is about: review, letter, inbox … */
	const char *facts;   /* key=value, one per line, canonical; no names, no text of mails */
};

struct item_edit { /* what a confirmed table made of an asset (core/inventory.h) */
	const struct item *item; /* as it becomes; read from the store: its id alone */
	const char *inventory, *confirmation, *role; /* ids; a token hash */
	char letter[REF_TEXT];
	dayno day;
	const char *fate;    /* "added", "changed", "removed" */
	bool added, retired; /* it was not there before; it is no longer in use since */
	const char *columns; /* that it changed: "namn, status" */
};

struct report { /* a letter of the week or of the quarter (core/report.h) */
	enum report_kind kind;
	dayno period, day;
	instant at;
	char letter[REF_TEXT];
	const char *figures; /* what it said, for the next one: key=value, one per line */
};

struct inbox_done { /* how an incoming mail was handled */
	int64_t id; /* 0: this change handles none */
	enum mail_class cls;
	enum verdict verdict;
	const char *review;  /* NULL: none */
	const char *reason;
	const char *status;  /* "applied", "answered", "kept", "coordinator" */
	const char *message_id, *sender, *letter; /* NULL: none */
	const char *withheld; /* the limit that kept it from an answer; NULL */
};

struct rsvp; /* core/rsvp.h */
struct amendment;
struct outbox_change; /* core/outbox.h */

struct change {
	instant at;
	struct letter *letters; /* new, or with sequence/event_day/mails advanced */
	size_t n_letters, cap_letters;
	struct review *reviews; /* new, or with their new state */
	size_t n_reviews, cap_reviews;
	struct notice *notices;
	size_t n_notices, cap_notices;
	struct told *told;
	size_t n_told, cap_told;
	struct inquiry *inquiries; /* new, asked again, or answered */
	size_t n_inquiries, cap_inquiries;
	struct question *questions;
	size_t n_questions, cap_questions;
	struct signoff *signoffs;
	size_t n_signoffs, cap_signoffs;
	struct withdrawal *withdrawals;
	size_t n_withdrawals, cap_withdrawals;
	struct decision *decisions;
	size_t n_decisions, cap_decisions;
	struct absence *absences;
	size_t n_absences, cap_absences;
	struct item_fact *facts;
	size_t n_facts, cap_facts;
	struct renewal *renewals; /* core/renewal.h */
	size_t n_renewals, cap_renewals;
	struct confirmation *confirmations; /* new, asked once more, or ended */
	size_t n_confirmations, cap_confirmations;
	struct outmail *mails;
	size_t n_mails, cap_mails;
	struct record_entry *records;
	size_t n_records, cap_records;
	struct deficiency *deficiencies; /* new, or as they are now */
	size_t n_deficiencies, cap_deficiencies;
	struct deficiency_mail *added;
	size_t n_added, cap_added;
	struct deficiency_told *cases;
	size_t n_cases, cap_cases;
	struct amendment *amendments; /* core/amendment.h */
	size_t n_amendments, cap_amendments;
	struct item_edit *edits;
	size_t n_edits, cap_edits;
	struct event *events; /* that somebody told */
	size_t n_events, cap_events;
	struct exception *exceptions; /* told: a review is to be ready earlier */
	size_t n_exceptions, cap_exceptions;
	const struct report *report; /* that the letter is; NULL: none */
	struct matter *matters; /* new; one that is known already is left as it is */
	size_t n_matters, cap_matters;
	struct matter_told *matters_told;
	size_t n_matters_told, cap_matters_told;
	struct dead_address *dead;
	size_t n_dead, cap_dead;
	struct holding *holdings;
	size_t n_holdings, cap_holdings;
	struct outbox_change *outbox; /* what becomes of mails that went out; NULL */
	struct inbox_done inbox;
	const struct rsvp *rsvp; /* what its calendar answered; NULL */
	const struct brake *brake; /* as it is now; NULL: as it was */
};

#endif
