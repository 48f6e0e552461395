/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_SETTINGS_H
#define OVERSYN_CORE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/date.h"
#include "core/item-kind.h"
#include "core/recess.h"

/* What a municipality has chosen. A number stands where nothing is set: its default. */

struct subkind_rule { /* "riktlinje": "Vart fjärde år" */
	const char *subkind, *words;
};

struct settings { /* the municipality's own choices, from kommun.csv */
	const char *name;      /* "Tallvinge kommun" */
	const char *domain;    /* mail domain */
	const char *address;   /* what letters come from and answers go to */
	const char *deficiency_address, *registrar;
	const char *contact_role;  /* id of the coordinator's role */
	const char *contact_phone, *privacy_link; /* NULL unknown */
	const char *emergency_phone; /* for what cannot wait; NULL unknown */
	const char *ref_prefix;    /* of letter references; "GR" */
	const char *default_rule[ITEM_KIND_COUNT]; /* as written; NULL: none */
	struct subkind_rule *subkind_rules; /* by document type; before default_rule */
	size_t n_subkind_rules, cap_subkind_rules;
	const char *classify_rule; /* how old K, R and T may be */
	/* Whether the interval after a late review goes on from the planned date
	 * instead of from the day that it was done. */
	int late_from_planned[ITEM_KIND_COUNT];
	int soon_days;         /* 60: status "soon" */
	int invite_days;       /* 42 before act_by */
	int remind_days;       /* 14 before */
	int last_remind_workdays; /* 3 before */
	int overdue_workdays;  /* 1 after */
	int escalate_workdays, chair_workdays; /* 10, 25 after */
	int event_days;        /* 60: after something that happened */
	int stop_days;         /* 21: papers before a meeting whose stop date is unknown */
	int preparation_days, summons_days; /* 14, 7: before such a meeting */
	int adjust_days;       /* 14: after it, until its record is adjusted at the latest */
	int decision_again_workdays; /* 7: until a secretary who has not answered is asked again */
	int deficiency_count;  /* 3: so many reports since the last review call for one; 0: none do */
	int deficiency_answer_days; /* 5 working days: until a reporter hears from somebody */
	int deficiency_remind_days, deficiency_again_days; /* 5, 10 working days without answer */
	int deficiency_later_days;  /* 20 working days: between the reminders after those */
	int cascade_days;      /* 14: between the reviews that a revised parent opens */
	int review_contracts;  /* 1: an asset and what is linked to it are reviewed before its contract ends */
	int contract_days;     /* 90: so many days before */
	int officer_copies;    /* 1: the data protection officer is told what is reviewed */
	int director_decides;  /* 0: kommundirektören acknowledges application routines; 1: decides them */
	int extension_days;    /* 30: the longest extension a reply may take, once */
	int undo_days;         /* 7: how long ÅNGRA is offered */
	int mass_rows, mass_percent; /* 3, 20: more assets than both that go at once are asked about twice */
	const char *it_chief;  /* id of the role that is told of raised K, R, T; NULL: by its title */
	int confirm_days;      /* 7: how long an answer waits to be confirmed */
	int letter_questions;  /* 3: questions back about one letter (core/limits.h) */
	int sender_answers, day_answers; /* 10, 500: answers a day, to one address and over all */
	int weekly_letter, weekly_day; /* 1; 1, Monday, to 7: the coordinator's weekly letter */
	int quarterly_status;  /* 1: the board's, after each quarter */
	int review_mails;      /* 12: mails about one review, to whomever */
	int storm_letters, storm_factor; /* 50, 3: more than so many letters in a pass, and so many
	                        * times those that were to be foreseen, are a storm (core/brake.h) */
	int eves_work, squeeze_work; /* 1; 0: eves, klämdagar are no working days */
	dayno next_election;   /* DAY_NONE: by law */
	struct period term, council_term; /* of board and committees, of the council; DAY_NONE:
	                                   * national. For bodies that have none of their own */
};

#endif
