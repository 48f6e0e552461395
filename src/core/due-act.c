/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "due-internal.h"

static bool of_body(const struct meeting *m, const char *body)
{
	return m->body && strcmp(m->body, body) == 0;
}

/* The body's last meeting on or before the day; NULL when there is none. */
static const struct meeting *last_meeting(const struct registry *r, const char *body, dayno day)
{
	const struct meeting *last = NULL;

	for (size_t i = 0; i < r->n_meetings; i++) {
		const struct meeting *m = &r->meetings[i];
		if (of_body(m, body) && m->day <= day && (!last || m->day > last->day))
			last = m;
	}
	return last;
}

/* A year without any meeting of the body is one that nobody has planned yet. */
static bool calendar_reaches(const struct registry *r, const char *body, dayno day)
{
	int year = date_ymd(day).y;

	for (size_t i = 0; i < r->n_meetings; i++) {
		if (of_body(&r->meetings[i], body) && date_ymd(r->meetings[i].day).y == year)
			return true;
	}
	return false;
}

static void act_at_meeting(const struct registry *r, const char *body, struct due *out)
{
	const struct meeting *m =
		calendar_reaches(r, body, out->due) ? last_meeting(r, body, out->due) : NULL;

	if (!m) {
		out->act_basis = ACT_NO_CALENDAR;
		out->act_by = out->due - r->settings.invite_days;
		return;
	}
	out->act_basis = ACT_MEETING;
	out->meeting = m;
	out->act_by = m->stop != DAY_NONE ? m->stop : m->day - r->settings.stop_days;
}

void due_act(const struct registry *r, const struct item *i, struct due *out)
{
	if (out->due == DAY_NONE)
		return;
	if (i->needs_decision && i->body && registry_body(r, i->body)) {
		act_at_meeting(r, i->body, out);
		return;
	}
	struct workcal cal = registry_workcal(r);
	out->act_by = workday_on_or_before(&cal, out->due);
	out->act_basis = out->act_by == out->due ? ACT_DUE : ACT_WORKDAY;
}

static const struct body *body_of_kind(const struct registry *r, enum body_kind kind)
{
	for (size_t i = 0; i < r->n_bodies; i++) {
		if (r->bodies[i].kind == kind)
			return &r->bodies[i];
	}
	return NULL;
}

/* The board's own working group: KSAU of KS. Committees have groups too. */
static const struct body *group_of(const struct registry *r, const struct body *board)
{
	for (size_t i = 0; i < r->n_bodies; i++) {
		const struct body *b = &r->bodies[i];
		if (b->kind == BODY_GROUP && strncmp(b->id, board->id, strlen(board->id)) == 0)
			return b;
	}
	return body_of_kind(r, BODY_GROUP);
}

struct chain due_chain(const struct registry *r, dayno due)
{
	const struct body *council = body_of_kind(r, BODY_COUNCIL);
	const struct body *board = body_of_kind(r, BODY_BOARD);
	const struct body *group = board ? group_of(r, board) : NULL;
	struct chain chain = { .council = NULL };
	dayno before = due;

	if (due == DAY_NONE)
		return chain;
	if (council)
		chain.council = last_meeting(r, council->id, before);
	if (chain.council)
		before = chain.council->day - 1;
	if (board)
		chain.board = last_meeting(r, board->id, before);
	if (chain.board)
		before = chain.board->day - 1;
	if (group)
		chain.group = last_meeting(r, group->id, before);
	return chain;
}
