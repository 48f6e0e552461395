/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_FINDINGS_H
#define OVERSYN_CORE_FINDINGS_H

#include "core/registry.h"

/*
 * What a register lacks or gets wrong, found without asking anybody: a pure
 * function of the register and the day. One finding per fact, as values; the
 * words for people are view's. What only can be asked for is a finding too,
 * never silence (DESIGN §4). Nothing here stops a pass.
 *
 * The table: to add a kind, add its line here and its words to
 * src/view/finding-words.inc, which the compiler asks for. By severity, the
 * gravest first; then in the order in which people are shown them.
 */
#define FINDING_KINDS(X) \
	/* What the law or the guideline requires is not there. */ \
	X(INVENTORY_MISSING, "inventory-missing", FAULT, BODY) \
	X(PROCESSING_MISSING, "processing-missing", FAULT, BODY) \
	X(GUIDELINE_MISSING, "guideline-missing", FAULT, TITLE) \
	X(IT_POLICY_MISSING, "it-policy-missing", FAULT, TITLE) \
	X(DEFICIENCY_ROUTINE_MISSING, "deficiency-routine-missing", FAULT, TITLE) \
	X(FOLLOW_UP_ROUTINE_MISSING, "follow-up-routine-missing", FAULT, TITLE) \
	X(VALIDITY_ENDED, "validity-ended", FAULT, ITEM) \
	X(POST_MISSING, "post-missing", FAULT, TITLE) \
	X(POST_VACANT, "post-vacant", FAULT, ROLE) \
	X(UNIT_NO_CHIEF, "unit-no-chief", FAULT, TITLE) \
	X(OFFICER_MISSING, "officer-missing", FAULT, TITLE) \
	X(OFFICER_RESPONSIBLE, "officer-responsible", FAULT, ITEM) \
	X(OFFICER_DECIDES, "officer-decides", FAULT, ITEM) \
	X(OFFICER_DEPUTY, "officer-deputy", FAULT, ROLE) \
	X(OFFICER_UNMARKED, "officer-unmarked", FAULT, ROLE) \
	/* Nobody can be asked, or nothing can be sent or computed. */ \
	X(HOLDER_MISSING, "holder-missing", FAULT, ITEM) \
	X(HOLDER_NOBODY, "holder-nobody", FAULT, ROLE) \
	X(QUORUM_SHORT, "quorum-short", FAULT, ITEM) \
	X(AUTHOR_ALONE, "author-alone", FAULT, ITEM) \
	X(BODY_ENDS_ALONE, "body-ends-alone", FAULT, BODY) \
	X(LINK_UNKNOWN, "link-unknown", FAULT, ITEM) \
	X(PARENT_LOOP, "parent-loop", FAULT, ITEM) \
	X(FACT_AHEAD, "fact-ahead", FAULT, ITEM) \
	X(COORDINATOR_MISSING, "coordinator-missing", FAULT, SETTING) \
	X(SETTING_MISSING, "setting-missing", FAULT, SETTING) \
	X(SETTING_UNREADABLE, "setting-unreadable", FAULT, SETTING) \
	X(TEMPLATE_BROKEN, "template-broken", FAULT, TEMPLATE) \
	/* It works today and will not, or not as somebody believes. */ \
	X(UNWATCHED, "unwatched", WARNING, ITEM) \
	X(QUESTION_OPEN, "question-open", WARNING, ITEM) \
	X(ROLE_ENDS, "role-ends", WARNING, ROLE) \
	X(ROLE_GONE, "role-gone", WARNING, ROLE) \
	X(ROLE_NOT_YET, "role-not-yet", WARNING, ROLE) \
	X(ROLE_TWICE, "role-twice", WARNING, ROLE) \
	X(ALIAS_TAKEN, "alias-taken", WARNING, ROLE) \
	X(SUPERIOR_NOBODY, "superior-nobody", WARNING, ROLE) \
	X(ABSENT_ALONE, "absent-alone", WARNING, ITEM) \
	X(AUTHOR_APPROVES, "author-approves", WARNING, ITEM) \
	X(LEVELS_MISSING, "levels-missing", WARNING, ITEM) \
	X(LEVELS_UNDATED, "levels-undated", WARNING, ITEM) \
	X(LEVELS_OLD, "levels-old", WARNING, ITEM) \
	X(IT_CHIEF_MISSING, "it-chief-missing", WARNING, SETTING) \
	X(INVENTORY_TWICE, "inventory-twice", WARNING, BODY) \
	X(ITEM_TWICE, "item-twice", WARNING, ITEM) \
	X(PARENT_RETIRED, "parent-retired", WARNING, ITEM) \
	X(CALENDAR_MISSING, "calendar-missing", WARNING, BODY) \
	X(BODY_MEETS_AFTER, "body-meets-after", WARNING, BODY) \
	X(BODY_NO_SECRETARY, "body-no-secretary", WARNING, BODY) \
	X(BODY_NO_CHAIR, "body-no-chair", WARNING, BODY) \
	X(EVENT_UNDATED, "event-undated", WARNING, EVENT) \
	X(EXCEPTION_UNMATCHED, "exception-unmatched", WARNING, ITEM) \
	X(EXCEPTION_ON_END, "exception-on-end", WARNING, ITEM) \
	X(TERM_PAST, "term-past", WARNING, SETTING) \
	X(ELECTION_PAST, "election-past", WARNING, SETTING) \
	X(RECESS_MISSING, "recess-missing", WARNING, SETTING) \
	/* The program copes, and the register could say more. */ \
	X(ABSENT_DEPUTY, "absent-deputy", NOTE, ITEM) \
	X(BODY_ITEMS_LEFT, "body-items-left", NOTE, BODY) \
	X(REPLACES_UNKNOWN, "replaces-unknown", NOTE, ITEM) \
	X(REGISTRY_NO_MISSING, "registry-no-missing", NOTE, ITEM) \
	X(SUBKIND_UNUSED, "subkind-unused", NOTE, SETTING) \
	X(CONTACT_MISSING, "contact-missing", NOTE, SETTING)

enum finding_kind {
#define X(kind, name, severity, subject) FINDING_##kind,
	FINDING_KINDS(X)
#undef X
	FINDING_KIND_COUNT
};

enum finding_severity { SEVERITY_FAULT, SEVERITY_WARNING, SEVERITY_NOTE };

enum finding_subject {
	SUBJECT_ITEM, SUBJECT_BODY, SUBJECT_ROLE, SUBJECT_EVENT,
	SUBJECT_SETTING,  /* a key of kommun.csv, or with a body a column of its row */
	SUBJECT_TITLE,    /* what should be in the register, by name */
	SUBJECT_TEMPLATE, /* "sv/invitation.md" */
};

/* What each member says beside the subject depends on the kind; the words
 * name them. Strings live as long as the register and the findings do. */
struct finding {
	enum finding_kind kind;
	const char *subject; /* id of what it is about, never NULL */
	const char *body;    /* id of the body concerned; NULL: all, or none */
	const char *name;    /* the subject's title or name; NULL */
	const char *other;   /* another's id, or words as written; NULL */
	dayno day, until;    /* DAY_NONE: none */
	int year;            /* 0: none */
	size_t n;            /* of items, mostly; 0: none */
};

/* How far a body's items are watched, in figures; retired ones left out. */
struct coverage {
	const struct body *body; /* NULL: what is for all bodies */
	size_t items;
	size_t dated;            /* have a due date; overdue and soon are of them */
	size_t overdue, soon;
	size_t ask, none;        /* to be asked for; need no date, by their own word */
	size_t without_holder;   /* nobody in force answers for it */
	size_t assets, classified; /* of the assets: K, R, T and date, not too old */
	bool inventory, processing; /* has its inventory, its art. 30 register */
	bool controller;         /* must have them: a board or a committee */
};

struct findings {
	struct arena arena;
	struct finding *at;
	size_t n, cap;
	struct coverage *coverage; /* in the order of the bodies' ids; for all bodies last */
	size_t n_coverage, cap_coverage;
};

void findings_init(struct findings *f);
void findings_release(struct findings *f);

/* Looks an indexed register through on a day. Sorted by kind, body, subject
 * and day; what was in *f before takes its place among them. */
void findings_gather(const struct registry *r, dayno today, struct findings *f);

/* Adds one that the register cannot show, before findings_gather(). */
void findings_add(struct findings *f, const struct finding *one);

const char *finding_kind_name(enum finding_kind kind); /* "inventory-missing" */
enum finding_severity finding_severity(enum finding_kind kind);
enum finding_subject finding_subject(enum finding_kind kind);
const char *finding_severity_name(enum finding_severity s);  /* "fault", "warning", "note" */
const char *finding_subject_name(enum finding_subject s);    /* "item", "body" … */

#endif
