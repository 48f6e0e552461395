/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_APPLY_H
#define OVERSYN_CORE_APPLY_H

#include "core/change.h"
#include "core/due.h"
#include "core/renewal.h"
#include "core/reply.h"
#include "core/trust.h"

/*
 * The one place where what a reply says and whether it is trusted are
 * joined. Pure: from a letter, its reviews, the reading and the trust to the
 * change it makes and to the answer the sender gets.
 */
enum answer_kind {
	ANSWER_NONE,     /* nothing is sent: the coordinator sees it */
	ANSWER_RECEIPT,  /* what was recorded and what happens next */
	ANSWER_QUESTION, /* not understood, or not to be had like that: asked back */
	ANSWER_CONFIRM,  /* understood, and held until the registered address says that it is theirs */
};

/* Why a reply did not do what it said; words for it are the templates'. */
enum apply_note {
	NOTE_NONE,
	NOTE_ALREADY,       /* that review needs no answer any more */
	NOTE_NO_SUCH_ITEM,  /* the letter has no such number */
	NOTE_TOO_LATE,      /* extension: beyond the limit, or the second one */
	NOTE_NO_DATE,       /* extension without a date that can be read */
	NOTE_CHANGED,       /* the item is not what the sender was shown: asked anew */
	NOTE_NOT_YOURS,     /* somebody else answers for that item that day */
	NOTE_NOT_CLEAR,     /* nothing recorded: a whole, unconditional answer is needed */
	NOTE_WHICH,         /* it names one, and several reviews could be meant */
	NOTE_NO_PARAGRAPH,  /* a decision: without its § there is no evidence of it */
	NOTE_NO_MEETING,    /* a decision: the body did not meet that day, as far as is known */
	NOTE_NOT_YET,       /* a decision: that day is still to come */
	NOTE_TOO_EARLY,     /* a decision: before anybody was asked to review it */
	NOTE_NO_OPTION,     /* a decision: two proposals were put, and it does not say which */
	NOTE_OTHER,         /* adjusted minutes: of another decision than was reported */
	NOTE_UNADJUSTED,    /* the minutes that were asked about are not adjusted yet */
	NOTE_ELSEWHERE,     /* nothing stands in that letter any more: what it asked stands in a newer one */
	NOTE_NO_ANSWER,     /* undo: there is no answer of the sender's that stands */
	NOTE_UNDO_LATE,     /* undo: its time has passed */
	NOTE_UNDO_DECIDED,  /* undo: a body has decided on it */
	NOTE_UNDO_NEWER,    /* undo: the item has another review since, or this one has ended */
	NOTE_UNDO_CHANGED,  /* undo: the item is not what was answered */
	NOTE_UNDO_OVERTAKEN, /* undo: somebody else has answered after the sender */
	NOTE_AUTHOR,         /* whoever wrote it does not approve it */
	NOTE_COUNTED,        /* where several approve: the sender's approval counts already */
	NOTE_CONFIRM_UNCLEAR, /* neither yes nor no to a confirmation */
	NOTE_CONFIRM_USED,    /* it was answered before */
	NOTE_CONFIRM_EXPIRED, /* its time has passed */
	NOTE_CONFIRM_DROPPED, /* the answer was not the sender's */
	NOTE_TABLE_DROPPED,   /* the changes of a table are not wanted */
};

struct applied_item {
	const struct item *item;
	int n;                /* its number in the letter */
	enum verdict verdict; /* what was recorded for it; VERDICT_NONE: nothing */
	enum apply_note note;
	const char *text;     /* what the sender added */
	dayno until;          /* the new act_by of an extension; of what is open again */
	enum verdict undone;  /* of UNDO: what was taken back */
	bool stands;          /* of UNDO: an earlier answer is the one that counts again */
	dayno next_due;       /* of a closed review; DAY_NONE: not known yet */
	bool awaiting;        /* its body must decide */
	bool delegated;       /* what was approved is the sender's own decision (core/posts.h) */
	enum reply_outcome outcome; /* of DECISION: what the body did; NONE: the minutes are adjusted.
	                             * Else what the holder proposes to make of a document */
	const char *option;   /* of DECISION: which proposal it took; NULL */
	bool back;            /* of DECISION: it is to be worked on again */
	bool renewed;         /* of DECISION: the item was decided anew */
	const char *paragraph; /* of DECISION; NULL: none */
	const char *registry_no; /* of a renewal; NULL: none was told */
	dayno decided;        /* of DECISION: the meeting */
	enum adjusted adjusted; /* of DECISION: whether its minutes are, as it was said */
	dayno again;          /* of DECISION: when more is asked about it; DAY_NONE: not, or not known */
	bool joint;           /* several approve it: */
	int approvals, need;  /* how many have, of how many that must */
	const char *awaits;   /* who has not: titles; NULL: nobody */
};

struct applied {
	enum answer_kind answer;
	enum apply_note note;  /* of the whole, for ANSWER_QUESTION */
	struct applied_item *items;
	size_t n, cap;
	bool all_closed;       /* no item of the letter needs an answer any more */
	bool undone;           /* an answer was taken back */
	enum inquiry_about about; /* of a letter to a secretary: what it asks */
	dayno meeting;         /* of a letter to a secretary: the latest that it asks about */
	bool for_coordinator;  /* a person must look */
	bool asks;             /* it asks something that is left to them */
	bool tell_holder;      /* somebody else answered: whom the letter went to is told */
	const char *status;    /* of the inbox row */
	const char *reason;    /* one line, English */
	const char *review;    /* the first one touched */
};

struct apply_input {
	const struct registry *registry;
	const struct letter *letter;
	const struct review *reviews; /* of the letter, by number */
	size_t n_reviews;
	const struct review *beside; /* every approver's part of those that several approve */
	size_t n_beside;
	const struct standing_signoff *standing; /* sign-offs of them; the newest of each first */
	size_t n_standing;
	const struct inquiry *inquiries; /* of the letter, when it asks a secretary */
	size_t n_inquiries;
	const struct reply *reply;
	const struct trust *trust;
	const char *from;
	/* Who enters it that had it by other ways, as by telephone, from whoever writes from
	 * `from`: a mail's facts are not there. NULL: it came by mail. */
	const char *told_by;
	/* The answers of a confirmed confirmation, which `reply` then holds; else NULL. */
	const struct confirmation *confirmed;
	const struct held *held;
	size_t n_held;
	dayno day; /* of receipt, Swedish time */
	instant at;
};

/*
 * ÅNGRA takes back what the sender's latest answer to the letter did, or their
 * latest to the numbers given, and then the one before. The sign-off is
 * withdrawn and stays in the record; review and item become what they were. It
 * can be had by who signed, in the same role, until settings.undo_days after
 * the day of the answer; not when a body has decided, somebody else has answered
 * since, the item has changed or has had another review.
 */

/* The answers that apply_reply() understood and did not act on, as they are to be
 * held; for ANSWER_CONFIRM. */
struct held *apply_held(const struct apply_input *in, const struct applied *out, struct arena *a);

/* Fills *change (reviews, signoffs, facts, records; no mail) and *out. */
void apply_reply(const struct apply_input *in, struct arena *a, struct change *change,
                 struct applied *out);

/*
 * A secretary's answer is a report: the review ends with the date and the § of a
 * decision that approves or notes it. Minutes that are not said to be adjusted are
 * asked about later; that they are is a second decision row, and changes nothing else.
 * What is referred back or rejected goes back to work, by way of the coordinator; what
 * is tabled or taken off the agenda is asked about after the body's next meeting.
 */

/* What a body decided, as somebody enters it who has it from elsewhere. */
struct recorded {
	const struct item *item;
	const struct review *review; /* the item's latest; NULL: it never had one */
	const struct inquiry *inquiries; /* the item's, or more */
	size_t n_inquiries;
	dayno day;
	const char *paragraph;
	const char *registry_no;     /* of a renewal; NULL: the item keeps its own */
	const char *reported_by;
	bool adjusted;
	enum reply_outcome outcome;  /* APPROVED, REVISE or ENDED */
	bool renews;                 /* APPROVED: the item was decided anew */
	bool outside;                /* on purpose: at no meeting that is registered */
	instant at;
};

/*
 * APPROVED closes a review that awaits a decision, and renews its item where that is
 * what it awaits; REVISE sends it back to work. A renewal or repeal needs no review that
 * waits: one that is open is void by itself, since the item has changed. The change holds
 * review, decision, fact and record, and where the minutes are not adjusted that they are
 * to be asked about. False: no review waits for such a decision.
 */
bool apply_decision(const struct registry *r, const struct recorded *x, struct arena *a,
                    struct change *change);

/*
 * What speaks against it: NONE; TOO_EARLY, and then *since is the first day that it could
 * be; NO_MEETING, where the body's meetings of that year are registered, and then *body is
 * the body. By mail only a day that is a meeting counts; by hand one may say otherwise.
 */
enum apply_note apply_decision_note(const struct registry *r, const struct recorded *x, struct arena *a,
                                    dayno *since, const struct body **body);
/* "§ 41" of "41", "§41", "par. 41" or "paragraf 41/2027"; NULL: there is no number to cite. */
const char *apply_paragraph(struct arena *a, const char *said);

/* The last day on which an answer given at `at` can be taken back. */
dayno apply_undo_until(const struct registry *r, instant at);

/* Appending to a change, for whoever makes one. */
void change_review(struct change *c, struct arena *a, const struct review *r);
void change_record(struct change *c, struct arena *a, const char *kind, const char *subject,
                   const char *facts);
void change_mail(struct change *c, struct arena *a, const struct outmail *m);
void change_letter(struct change *c, struct arena *a, const struct letter *l);
void change_notice(struct change *c, struct arena *a, const struct notice *n);
void change_told(struct change *c, struct arena *a, const struct told *x);
void change_absence(struct change *c, struct arena *a, const struct absence *x);
void change_amendment(struct change *c, struct arena *a, const struct amendment *x);
void change_confirmation(struct change *c, struct arena *a, const struct confirmation *x);
void change_inquiry(struct change *c, struct arena *a, const struct inquiry *q);
void change_renewal(struct change *c, struct arena *a, const struct renewal *n);
void change_question(struct change *c, struct arena *a, const struct question *q);
void change_deficiency(struct change *c, struct arena *a, const struct deficiency *d);
void change_added(struct change *c, struct arena *a, const struct deficiency_mail *m);
void change_case_told(struct change *c, struct arena *a, const struct deficiency_told *t);
void change_exception(struct change *c, struct arena *a, const struct exception *x);
void change_matter(struct change *c, struct arena *a, const struct matter *m);
void change_matter_told(struct change *c, struct arena *a, const struct matter_told *t);
void change_dead(struct change *c, struct arena *a, const struct dead_address *d);
void change_holding(struct change *c, struct arena *a, const struct holding *h);
void change_event(struct change *c, struct arena *a, const struct event *v);

#endif
