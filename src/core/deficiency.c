/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/deficiency.h"

#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "core/trust.h"

static const char *const states[] = {
	[DEFICIENCY_OPEN] = "open", [DEFICIENCY_CLOSED] = "closed", [DEFICIENCY_MISTAKEN] = "mistaken",
};

const char *deficiency_state_name(enum deficiency_state s)
{
	return states[s];
}

enum deficiency_state deficiency_state_by_name(const char *name)
{
	for (size_t i = 0; name && i < ARRAY_LEN(states); i++)
		if (!strcmp(states[i], name))
			return (enum deficiency_state)i;
	return DEFICIENCY_OPEN;
}

/* "brist+it@kommun.example" is "brist@kommun.example", too. */
static bool is_address(const char *own, const char *address)
{
	char bare[256];
	const char *plus = strchr(address, '+'), *at = strrchr(address, '@');

	if (trust_same_address(own, address))
		return true;
	if (!plus || !at || plus > at || strlen(address) >= sizeof(bare))
		return false;
	memcpy(bare, address, (size_t)(plus - address));
	strcpy(bare + (plus - address), at);
	return trust_same_address(own, bare);
}

static bool among(const char *own, const char **address, size_t n)
{
	for (size_t i = 0; own && i < n; i++)
		if (is_address(own, address[i]))
			return true;
	return false;
}

bool deficiency_address_among(const struct settings *s, const char **address, size_t n)
{
	return among(s->deficiency_address, address, n);
}

bool deficiency_letters_among(const struct settings *s, const char **address, size_t n)
{
	return among(s->address, address, n);
}

/* ---- when somebody is told ---- */

dayno deficiency_answer_by(const struct registry *r, dayno reported)
{
	struct workcal cal = registry_workcal(r);

	return workday_add(&cal, reported, r->settings.deficiency_answer_days);
}

const struct role *deficiency_coordinator(const struct registry *r, dayno day)
{
	const char *contact = r->settings.contact_role;
	const struct role *role = contact ? registry_role_on(r, contact, day) : NULL;

	return role && role->address ? role : NULL;
}

const struct role *deficiency_holder(const struct registry *r, const struct deficiency *d,
                                     dayno day)
{
	const struct item *item = d->item ? registry_item(r, d->item) : NULL;
	const struct role *holder = item ? registry_holder(r, item, day) : NULL;
	const struct role *coordinator = deficiency_coordinator(r, day);

	if (!holder || !holder->address)
		return NULL;
	return coordinator && trust_same_address(coordinator->address, holder->address) ? NULL : holder;
}

bool deficiency_coordinator_due(const struct deficiency *d, dayno today)
{
	return d->state == DEFICIENCY_OPEN && d->step != DAY_NONE && d->step <= today;
}

bool deficiency_is_reminder(const struct deficiency *d, dayno today)
{
	return d->stage > 0 && deficiency_coordinator_due(d, today);
}

enum { HOLDER_STAGES = 3 }; /* the letter and two reminders; then only the coordinator's */

bool deficiency_holder_due(const struct registry *r, const struct deficiency *d, dayno today)
{
	const struct role *holder = deficiency_holder(r, d, today);

	if (!holder || d->state != DEFICIENCY_OPEN || d->handed_back)
		return false;
	if (!d->holder || strcmp(d->holder, holder->id) != 0)
		return true;
	return deficiency_coordinator_due(d, today) && d->stage < HOLDER_STAGES;
}

/* The step after a letter that goes today. */
static dayno next_step(const struct registry *r, int stage, dayno today)
{
	const struct settings *s = &r->settings;
	struct workcal cal = registry_workcal(r);
	int days = stage == 1 ? s->deficiency_remind_days
	           : stage == 2 ? s->deficiency_again_days - s->deficiency_remind_days
	           : s->deficiency_later_days;

	return workday_add(&cal, today, days > 0 ? days : 1);
}

void deficiency_told(const struct registry *r, struct deficiency *d, dayno today)
{
	const struct role *holder = deficiency_holder(r, d, today);

	if (deficiency_holder_due(r, d, today))
		d->holder = holder->id;
	if (deficiency_coordinator_due(d, today))
		d->step = next_step(r, ++d->stage, today);
	d->due = d->step;
}

/* ---- what they answer ---- */

static void close_it(struct deficiency *d, const struct deficiency_answer *x,
                     enum deficiency_state state)
{
	d->state = state;
	d->reason = x->answer->text;
	d->closed = x->day;
	d->closed_by = x->role;
	d->step = d->due = DAY_NONE;
}

/* Somebody is at it: it is asked about again, but not soon. */
static void rest(const struct registry *r, struct deficiency *d, dayno day)
{
	d->stage = d->stage < HOLDER_STAGES ? HOLDER_STAGES : d->stage;
	d->step = d->due = next_step(r, d->stage, day);
}

static void tell_incident(const struct deficiency *d, struct event *incident)
{
	*incident = (struct event){
		.name = "incident", .day = d->day, .happened = true, .triggered = true, .item = d->item,
	};
}

static enum deficiency_result concerns(const struct registry *r, struct arena *a,
                                       struct deficiency *d, const struct deficiency_answer *x,
                                       struct event *incident)
{
	const struct item *item = deficiency_item(r, a, NULL, x->answer->text);

	if (!item)
		return DEFICIENCY_WHICH_ITEM;
	if (!d->item || strcmp(d->item, item->id) != 0)
		d->handed_back = false;
	d->item = item->id;
	rest(r, d, x->day);
	if (deficiency_holder_due(r, d, x->day))
		d->due = x->day;
	if (d->incident)
		tell_incident(d, incident);
	return DEFICIENCY_CONCERNS;
}

static enum deficiency_result outcome(const struct registry *r, struct arena *a,
                                      struct deficiency *d, const struct deficiency_answer *x,
                                      struct event *incident)
{
	switch (x->answer->outcome) {
	case OUTCOME_MENDED:
	case OUTCOME_CLOSED:
		close_it(d, x, DEFICIENCY_CLOSED);
		return DEFICIENCY_IS_CLOSED;
	case OUTCOME_MISTAKEN:
		if (!x->coordinator)
			return DEFICIENCY_COORDINATORS;
		close_it(d, x, DEFICIENCY_MISTAKEN);
		return DEFICIENCY_IS_MISTAKEN;
	case OUTCOME_INCIDENT:
		d->incident = true;
		rest(r, d, x->day);
		if (d->item)
			tell_incident(d, incident);
		return DEFICIENCY_IS_INCIDENT;
	case OUTCOME_CONCERNS:
		return concerns(r, a, d, x, incident);
	case OUTCOME_NONE:
	case OUTCOME_APPROVED:
	case OUTCOME_REJECTED:
	case OUTCOME_NOTED:
	case OUTCOME_REFERRED_BACK:
	case OUTCOME_TABLED:
	case OUTCOME_WITHDRAWN:
	case OUTCOME_ENDED:
	case OUTCOME_EDITORIAL:
	case OUTCOME_REVISE:
	case OUTCOME_COUNT:
		break;
	}
	return DEFICIENCY_NOTHING;
}

enum deficiency_result deficiency_answered(const struct registry *r, struct arena *a,
                                           struct deficiency *d,
                                           const struct deficiency_answer *x,
                                           struct event *incident)
{
	*incident = (struct event){ .name = NULL };
	if (x->answer->outcome == OUTCOME_NONE && x->answer->verdict != VERDICT_WRONG_PERSON
	    && x->answer->verdict != VERDICT_FORWARDED)
		return DEFICIENCY_NOTHING;
	if (d->state != DEFICIENCY_OPEN)
		return DEFICIENCY_WAS_CLOSED;
	if (x->answer->outcome != OUTCOME_NONE)
		return outcome(r, a, d, x, incident);
	if (!x->coordinator) {
		d->handed_back = true;
		d->step = d->due = x->day;
	}
	return DEFICIENCY_HANDED_BACK;
}

const char *deficiency_result_name(enum deficiency_result r)
{
	static const char *const names[] = {
		[DEFICIENCY_NOTHING] = "nothing", [DEFICIENCY_IS_CLOSED] = "closed",
		[DEFICIENCY_IS_MISTAKEN] = "mistaken", [DEFICIENCY_IS_INCIDENT] = "incident",
		[DEFICIENCY_CONCERNS] = "concerns", [DEFICIENCY_HANDED_BACK] = "handed-back",
		[DEFICIENCY_WAS_CLOSED] = "was-closed", [DEFICIENCY_WHICH_ITEM] = "which-item",
		[DEFICIENCY_COORDINATORS] = "coordinators",
	};

	return names[r];
}
