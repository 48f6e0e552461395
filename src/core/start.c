/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/start.h"

#include "core/due.h"
#include "core/plan.h"
#include "core/report.h"

const char *start_verdict_name(enum start_verdict v)
{
	static const char *const names[] = {
		[START_OK] = "ok", [START_RETIRED] = "retired", [START_OPEN] = "open",
		[START_NOBODY] = "nobody", [START_ANYWAY] = "anyway", [START_RECENT] = "recent",
	};

	return names[v];
}

static enum start_verdict judge(const struct registry *r, const struct item *i, bool open,
                                const struct due *d, const struct start *s)
{
	dayno lead = r->settings.invite_days;

	if (i->retired)
		return START_RETIRED;
	if (open)
		return START_OPEN;
	if (!s->holder || !s->holder->address || !s->body)
		return START_NOBODY;
	/* Half of the time until it is to be answered again must have passed (core/plan.h). */
	if (i->reviewed != DAY_NONE && s->letter - i->reviewed <= s->act_by - s->letter)
		return START_RECENT;
	if (s->asks && d->anchor != DAY_NONE && d->anchor >= s->event.day)
		return START_RECENT;
	if (d->due != DAY_NONE && d->act_by - lead <= s->letter)
		return START_ANYWAY;
	return START_OK;
}

struct start start_review(const struct registry *r, const struct item *i, bool open, dayno today)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct workcal cal = registry_workcal(r);
	struct start s = { .due = today + r->settings.event_days };
	struct due d;

	due_compute(r, i, today, &a, &d);
	s.holder = plan_approver(r, i, today);
	s.body = registry_letter_body(r, i, today);
	s.letter = report_letter_day(&cal, today);
	s.act_by = workday_on_or_before(&cal, s.letter + r->settings.invite_days);
	s.asks = d.due == DAY_NONE || d.due > s.due;
	if (!s.asks)
		s.due = d.due;
	if (s.act_by > s.due)
		s.act_by = workday_on_or_before(&cal, s.due);
	s.event = (struct event){
		.name = START_EVENT, .day = today, .happened = true, .triggered = true, .item = i->id,
	};
	s.plan = (struct exception){
		.item = i->id, .day = s.due, .kind = EXCEPTION_PLAN, .to = s.act_by, .reason = "begärd av samordnaren",
	};
	s.verdict = judge(r, i, open, &d, &s);
	return s;
}
