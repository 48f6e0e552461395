/* SPDX-License-Identifier: EUPL-1.2 */
/* When the work must be ready. */
#include "due-internal.h"

static void no_calendar(const struct registry *r, struct due *out)
{
	out->act_basis = ACT_NO_CALENDAR;
	out->act_by = out->due - r->settings.invite_days;
}

static void at_meeting(const struct registry *r, const struct meeting *m, enum act_basis basis,
                       struct due *out)
{
	out->act_basis = basis;
	out->meeting = m;
	out->act_by = meeting_stop(r, m);
}

/* The body that the affair lies with when it is due has to take it up. */
static void act_at_body(const struct registry *r, const struct body *body, struct due *out)
{
	const struct meeting *m = meeting_calendar_reaches(r, body->id, out->due)
	                                  ? meeting_last(r, body->id, out->due) : NULL;

	/* Not one that has had it: a body that meets once a year may meet too late. */
	if (m && m->day > out->anchor)
		at_meeting(r, m, ACT_MEETING, out);
	else
		no_calendar(r, out);
}

/* What the council must have renewed by then starts with the first body on the
 * way there. */
static void act_at_chain(const struct registry *r, struct due *out)
{
	struct chain c = due_chain(r, out->due);
	const struct meeting *first = c.group ? c.group : c.board ? c.board : c.council;

	if (c.reaches && first)
		at_meeting(r, first, ACT_CHAIN, out);
	else
		no_calendar(r, out);
}

/* A validity that ends is renewed by a decision; every other review can show
 * that nothing needs to change, which the responsible body notes. */
static bool must_renew(const struct due *out)
{
	for (size_t k = 0; k < out->n_reasons; k++)
		if (out->reasons[k].wins)
			return out->reasons[k].rule->kind == RULE_END;
	return false;
}

bool due_council_renews(const struct registry *r, const struct item *i, const struct due *d)
{
	return i->needs_decision && must_renew(d) && due_council_decides(r, i);
}

void due_act(const struct registry *r, const struct item *i, struct due *out)
{
	if (out->due == DAY_NONE)
		return;
	const struct body *body = registry_body_on(r, i->body, out->due);
	if (i->needs_decision && body) {
		if (due_council_renews(r, i, out))
			act_at_chain(r, out);
		else
			act_at_body(r, body, out);
	} else {
		struct workcal cal = registry_workcal(r);
		out->act_by = workday_on_or_before(&cal, out->due);
		out->act_basis = out->act_by == out->due ? ACT_DUE : ACT_WORKDAY;
	}
	const struct exception *x = registry_exception(r, i->id, out->due, EXCEPTION_PLAN);
	if (x && x->to < out->act_by) {
		out->planned = x;
		out->act_by = x->to;
		out->act_basis = ACT_PLANNED;
	}
}
