/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_PLAN_H
#define OVERSYN_CORE_PLAN_H

#include "core/change.h"
#include "core/due.h"
#include "core/outbox.h"

/*
 * What one pass should send on a day: one letter per person, body and
 * working day. Pure: from the register and the open reviews to a list of
 * letters to write; app gives them their ref, token and bytes. Only items that
 * are not asleep are looked at.
 */
struct plan_item {
	const struct item *item;
	struct due due;
	struct review review; /* as it will be once the notice is out; id "" when new */
	enum rung rung;       /* the one it climbs to */
	int n;                /* its number in the letter */
	const struct role *holder; /* who answers for it */
	const char *seat;     /* of the approver, where several approve; NULL */
	dayno told;           /* when the latest notice before this one went; DAY_NONE */
	bool opened;          /* by this letter */
	bool changed;         /* what it shows, since its holder was last asked about it */
	bool moved;           /* what its date leaned on has moved: `was` it before */
	dayno was;
	struct inquiry inquiry; /* to a secretary: as it will be once this is out */
	const struct role *before; /* who answered for it until now, in a letter that hands it over */
	bool foreseen;        /* the letter was to be foreseen on plan_input's `since` */
};

enum plan_kind {
	PLAN_REVIEW,
	PLAN_QUESTION,   /* a fact that only people know */
	PLAN_DEPUTY,     /* to who stands in for a holder who is away */
	PLAN_ESCALATION, /* to the superior of those who have not answered */
	PLAN_CHAIR,      /* to the chair of the body, for information */
	PLAN_DECISION,   /* to the body's secretary: what became of it at a meeting? */
	PLAN_REVISION,   /* to the same, before the meeting: is the document kept or revised? */
	PLAN_BACK,       /* to the holder of what a body has sent back: is it ready? */
	PLAN_ADJUSTED,   /* to the same: are the minutes with its decision adjusted? */
	PLAN_COPY,       /* to the data protection officer, for information and opinion */
	PLAN_HAND_OVER,  /* to who answers for the items from now on; those that are opened ask */
	PLAN_NEW_CHAIR,  /* to a chair who is new: the open reviews of the body, for information */
};

/* Whether a body's secretary is asked. */
bool plan_to_secretary(enum plan_kind kind);

struct plan_letter {
	enum plan_kind kind;
	char ref[REF_TEXT];        /* of the letter it continues; "" for a new one */
	const struct role *holder; /* whom it goes to */
	const struct body *body;   /* on whose behalf */
	struct plan_item *items;
	size_t n, cap;
	enum rung rung;  /* the most urgent of its items' */
	dayno act_by;    /* the earliest of its items'; DAY_NONE for a question of any kind */
	enum inquiry_about about; /* of a letter to a secretary */
	dayno meeting;   /* that a secretary is asked about; else DAY_NONE */
	bool moved;      /* it says nothing but that dates have moved */
	bool foreseen;   /* some item of it was to be foreseen */
	int asked;       /* of a hand-over: how many items wait for an answer; numbered from 1 */
	dayno event_day; /* what its calendar event must move to; DAY_NONE: it stays */
};

struct plan_finding {
	const struct item *item;
	const char *what; /* English, one line */
};

/* When an item that a pass has looked at is to be looked at again. */
struct plan_look {
	const struct item *item;
	size_t letter; /* that it goes in: index + 1; 0: none. Only once that is sent it holds */
	dayno next;    /* after today; PLAN_NEVER: not until a fact changes */
	const char *holder; /* the role to note as the one who answers for it; NULL: as noted */
};

/* A review about which as many mails have gone out as may. */
struct plan_capped {
	const struct item *item;
	const char *review;
	const struct role *holder;
};

/* Who chairs a body from now on; "": nobody. */
struct plan_chair {
	const struct body *body;
	const char *role;
	size_t letter; /* in which it is told: index + 1; 0: in none */
};

struct plan {
	struct plan_letter *letters;
	size_t n_letters, cap_letters;
	struct review *superseded; /* open reviews that a change underneath, a new
	                              holder or retirement has made void */
	size_t n_superseded, cap_superseded;
	struct review *moved; /* reviews with a new date that nobody needs a letter about */
	size_t n_moved, cap_moved;
	struct plan_finding *findings;
	size_t n_findings, cap_findings;
	struct plan_look *looks; /* one for each item looked at */
	size_t n_looks, cap_looks;
	struct plan_capped *capped;
	size_t n_capped, cap_capped;
	struct plan_chair *chairs; /* that are others than was noted */
	size_t n_chairs, cap_chairs;
	const struct item **orphans; /* that nobody in force answers for */
	size_t n_orphans, cap_orphans;
};

/* The calendar's last day stands for a day that does not come. */
#define PLAN_NEVER date_of(2200, 12, 31)

enum {
	PLAN_ASK_AGAIN_DAYS = 90, /* until an unanswered question is asked again */
	PLAN_FIND_AGAIN_DAYS = 30, /* until what a person must mend is reported again */
	PLAN_BACK_DAYS = 30,      /* between reminders of what a body has sent back */
	PLAN_RESTS_DAYS = 60,     /* until a review that rests in work is a finding */
	PLAN_INQUIRIES = 3,       /* a secretary is asked the same so often, and then a person looks */
};

/*
 * `reviews` are the open ones, by item id; `letters` those they stand in;
 * `asked` the questions asked so far (the latest day per item counts); `inquiries`
 * what their secretaries were asked about the open ones, and what they are still to
 * be asked about closed ones, by item, the latest meeting last; `rests` the reviews that
 * wait for changes, by item; `unsent` those with a mail that has not left, by review and seat:
 * no further rung goes until it has, so that nobody is told of who has not been asked.
 */
struct plan_input {
	const struct registry *registry;
	const struct review *reviews;
	size_t n_reviews;
	const struct letter *letters; /* sorted by ref */
	size_t n_letters;
	const struct question *asked; /* sorted by item */
	size_t n_asked;
	const struct inquiry *inquiries;
	size_t n_inquiries;
	const struct rest *rests;
	size_t n_rests;
	const struct unsent *unsent;
	size_t n_unsent;
	dayno today;
	dayno since; /* what falls due after this day was to be foreseen (core/brake.h) */
};
/* Letters come in the order of their urgency, so that a ceiling stops the last ones. */
void plan_pass(const struct plan_input *in, struct arena *a, struct plan *out);

/*
 * Who is asked to sign an item off on a day: its holder; but the data
 * protection officer is never an approver (GDPR art. 38.6), nor is the author, so
 * then their superior; and what the director decides (core/posts.h), nobody else
 * does, nor in the director's place. NULL: nobody.
 */
const struct role *plan_approver(const struct registry *r, const struct item *item, dayno day);

/*
 * Who is told when a holder does not answer: the one who acts as superior that
 * day, past a data protection officer and past the holder's own other posts; where
 * there is none, the coordinator. NULL: there is nobody else.
 */
const struct role *plan_superior(const struct registry *r, const struct role *holder, dayno day);

/*
 * Who hears that nobody answers, of the rung or, where the superior is somebody elected,
 * as the chair does: then that is the rung. NULL: there is nobody.
 */
const struct role *plan_told(const struct registry *r, const struct role *holder,
                             const struct body *body, dayno day, enum rung *rung);

/* Who chairs a body that day, of those in force; NULL: nobody. */
const struct role *plan_chair_of(const struct registry *r, const struct body *body, dayno day);

/* What the rungs of a review are counted from that got its latest notice, of the
 * rung `sent`, on the day `last`. */
struct ladder plan_ladder(const struct registry *r, const struct workcal *cal,
                          const struct body *body, dayno act_by, enum rung sent, dayno last);

/*
 * The day on which the program writes again about what a review letter, or an escalation, of
 * today asks for, if nobody answers: to its reader, or, of what is overdue, to whoever is
 * told then. From the last reminder on a letter speaks of its most urgent items alone.
 * DAY_NONE: no day is known.
 */
dayno plan_next_notice(const struct registry *r, const struct plan_letter *l, dayno today);

/* The role in force that day at the address of the body's secretary, who reports
 * what it decided. NULL: nobody. */
const struct role *plan_secretary(const struct registry *r, const struct body *body, dayno day);

/* The meeting that takes up what is handed in on the day: its papers have not
 * closed. NULL: none that is registered. */
const struct meeting *plan_meeting(const struct registry *r, const char *body, dayno day);

/* Why a review of a plan's `superseded` is void, for its record: "retired", "replaced"
 * or "role-ended" where it is cancelled; "changed", "reviewed" or "handed-on" where
 * another takes its place. */
const char *plan_void_reason(const struct registry *r, const struct review *review, dayno day);

/*
 * Whether the data protection officer is told when the item is reviewed: registers
 * of processing, and routines and documents that by their title are about personal
 * data or that the officer works on. Not each asset: the registers say what those
 * hold, and an officer of many letters reads none.
 */
bool plan_personal(const struct registry *r, const struct item *item);
/* The officer in force that day who can be reached: the body's own, else any. NULL. */
const struct role *plan_officer(const struct registry *r, const struct body *body, dayno day);

/* The first day from `day` on that letters go out: a working day, in no recess. */
dayno plan_letter_day(const struct workcal *cal, dayno day);

/* The day that a secretary who was asked on `day` is asked again. */
dayno plan_ask_again(const struct registry *r, dayno day);

/* Who answers for a review, or for one approver's part of it; NULL: nobody. */
const struct role *plan_answers(const struct registry *r, const struct item *item,
                                const struct review *review, dayno day);

/* Hex SHA-256 of what a holder is shown of an item: the version a sign-off binds to. */
char *plan_version(struct arena *a, const struct item *item) MUST_USE;

#endif
