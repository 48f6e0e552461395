/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_VIEW_SAMPLE_H
#define OVERSYN_TESTS_VIEW_SAMPLE_H

#include "view/view.h"

/* A small piece of the model municipality: the guideline that a council
 * decided, its meetings in the autumn of 2027, and what made it due. */

static inline dayno on(const char *text) /* NULL and "-": none */
{
	dayno d = DAY_NONE;

	return text && date_parse(text, &d) ? d : DAY_NONE;
}

struct sample {
	struct registry r;
	struct body bodies[3];
	struct role roles[1];
	struct meeting meetings[3];
	struct event events[1];
	struct item item, parent;
	struct rule rules[4];
	struct reason reasons[4];
	struct due due;
};

static inline struct meeting sample_meeting(const char *body, const char *day, const char *stop)
{
	return (struct meeting){ .body = body, .day = on(day), .hour = -1, .minute = -1,
	                         .stop = on(stop), .preparation = DAY_NONE, .summons = DAY_NONE,
	                         .adjusted_by = DAY_NONE };
}

static inline struct body sample_body(const char *id, const char *name, enum body_kind kind)
{
	struct body b = body_blank();

	b.id = id;
	b.name = name;
	b.kind = kind;
	return b;
}

static inline void sample_register(struct sample *s)
{
	s->bodies[0] = sample_body("KF", "Kommunfullmäktige", BODY_COUNCIL);
	s->bodies[1] = sample_body("KS", "Kommunstyrelsen", BODY_BOARD);
	s->bodies[2] = sample_body("KSAU", "Kommunstyrelsens arbetsutskott", BODY_GROUP);
	s->roles[0] = (struct role){ .id = "sakchef", .title = "Säkerhetschef", .org = "KLF",
	                             .from = DAY_NONE, .to = DAY_NONE };
	s->meetings[0] = sample_meeting("KF", "2027-10-25", "2027-10-04");
	s->meetings[1] = sample_meeting("KS", "2027-10-12", "2027-09-21");
	s->meetings[2] = sample_meeting("KSAU", "2027-09-28", NULL);
	s->events[0] = (struct event){ .name = "incident", .day = on("2027-03-01"),
	                                .happened = true };
	s->r = (struct registry){
		.settings = { .invite_days = 42, .remind_days = 14, .last_remind_workdays = 3,
		              .overdue_workdays = 1, .stop_days = 21, .soon_days = 60 },
		.bodies = s->bodies, .n_bodies = 3, .roles = s->roles, .n_roles = 1,
		.meetings = s->meetings, .n_meetings = 3, .events = s->events, .n_events = 1,
	};
}

static inline void sample_init(struct sample *s)
{
	*s = (struct sample){ 0 };
	sample_register(s);
	s->parent = (struct item){ .id = "S02", .title = "Policy för it-säkerhet",
	                           .kind = ITEM_DOCUMENT };
	s->item = (struct item){
		.id = "S03", .title = "Riktlinjer för informationssäkerhet", .kind = ITEM_DOCUMENT,
		.body = "KS", .responsible = "sakchef", .decided_by = "KF",
		.rule_text = "Vart fjärde år och i samband med RSA", .validity = "Tills vidare",
	};
	s->rules[0] = (struct rule){ .kind = RULE_EVERY, .n = 4, .unit = UNIT_YEAR };
	s->rules[1] = (struct rule){ .kind = RULE_EVENT, .event = "rsa" };
	s->reasons[0] = (struct reason){ .rule = &s->rules[0], .due = on("2028-06-17"),
	                                 .from = on("2024-06-17") };
	s->reasons[1] = (struct reason){ .rule = &s->rules[1], .due = on("2027-10-31"),
	                                 .from = on("2027-10-31"), .wins = true };
	s->due = (struct due){
		.anchor = on("2024-06-17"), .anchor_source = ANCHOR_DECIDED,
		.due = on("2027-10-31"), .act_by = on("2027-09-21"), .status = DUE_LATER,
		.act_basis = ACT_MEETING, .meeting = &s->meetings[1],
		.reasons = s->reasons, .n_reasons = 2,
	};
}

/* Makes the item due by one rule alone. */
static inline void sample_one(struct sample *s, struct rule rule, const char *due, const char *from)
{
	s->rules[0] = rule;
	s->reasons[0] = (struct reason){ .rule = &s->rules[0], .due = on(due), .from = on(from),
	                                 .wins = due[0] != '-' };
	s->due.n_reasons = 1;
	s->due.due = s->due.act_by = on(due);
	s->due.act_basis = due[0] != '-' ? ACT_DUE : ACT_NONE;
	s->due.meeting = NULL;
}

#endif
