/* SPDX-License-Identifier: EUPL-1.2 */
/* Meetings: the days around one, which is the last in time, and the way to the
 * council. */
#include <string.h>

#include "base/text.h"
#include "due-internal.h"

/* A body's own habit before the municipality's. */
dayno meeting_stop(const struct registry *r, const struct meeting *m)
{
	const struct body *b = registry_body(r, m->body);
	int days = b && b->stop_days ? b->stop_days : r->settings.stop_days;

	return m->stop != DAY_NONE ? m->stop : m->day - days;
}

dayno meeting_summons(const struct registry *r, const struct meeting *m)
{
	return m->summons != DAY_NONE ? m->summons : m->day - r->settings.summons_days;
}

dayno meeting_preparation(const struct registry *r, const struct meeting *m)
{
	return m->preparation != DAY_NONE ? m->preparation : m->day - r->settings.preparation_days;
}

dayno meeting_adjusted_by(const struct registry *r, const struct meeting *m)
{
	return m->adjusted_by != DAY_NONE ? m->adjusted_by : m->day + r->settings.adjust_days;
}

/* How many meetings sort before the body's first one after the day. */
static size_t meetings_until(const struct registry *r, const char *body, dayno day)
{
	size_t low = 0, high = r->n_meetings;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(r->meetings[mid].body, body);
		if (order < 0 || (order == 0 && r->meetings[mid].day <= day))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool of_body(const struct registry *r, size_t i, const char *body)
{
	return i < r->n_meetings && strcmp(r->meetings[i].body, body) == 0;
}

const struct meeting *meeting_last(const struct registry *r, const char *body, dayno day)
{
	for (size_t i = meetings_until(r, body, day); i > 0 && of_body(r, i - 1, body); i--)
		if (!r->meetings[i - 1].cancelled)
			return &r->meetings[i - 1];
	return NULL;
}

const struct meeting *meeting_next(const struct registry *r, const char *body, dayno day)
{
	for (size_t i = meetings_until(r, body, day - 1); of_body(r, i, body); i++)
		if (!r->meetings[i].cancelled)
			return &r->meetings[i];
	return NULL;
}

/* A year without any meeting of the body is one that nobody has planned yet. */
bool meeting_calendar_reaches(const struct registry *r, const char *body, dayno day)
{
	int year = date_ymd(day).y;
	const struct meeting *m = meeting_last(r, body, date_of(year, 12, 31));

	return m && date_ymd(m->day).y == year;
}

static const struct body *body_of_kind(const struct registry *r, enum body_kind kind, dayno day)
{
	for (size_t i = 0; i < r->n_bodies; i++) {
		const struct body *b = &r->bodies[i];
		if (b->kind == kind && (b->ceases == DAY_NONE || day <= b->ceases))
			return b;
	}
	return NULL;
}

/* The board's own working group: KSAU of KS. Committees have groups too. */
static const struct body *group_of(const struct registry *r, const struct body *board, dayno day)
{
	for (size_t i = 0; i < r->n_bodies; i++) {
		const struct body *b = &r->bodies[i];
		if (b->kind == BODY_GROUP && strncmp(b->id, board->id, strlen(board->id)) == 0)
			return b;
	}
	return body_of_kind(r, BODY_GROUP, day);
}

struct council_way due_council_way(const struct registry *r, dayno day)
{
	const struct body *board = body_of_kind(r, BODY_BOARD, day);

	return (struct council_way){
		.council = body_of_kind(r, BODY_COUNCIL, day),
		.board = board,
		.group = board ? group_of(r, board, day) : NULL,
	};
}

/* One step back: the body's last meeting before the next one is summoned. */
static const struct meeting *step_back(const struct registry *r, const struct body *b, dayno *before,
                                       bool *reaches)
{
	const struct meeting *m = b ? meeting_last(r, b->id, *before) : NULL;

	if (m)
		*before = meeting_summons(r, m);
	else if (b)
		*reaches = false;
	return m;
}

struct chain due_chain(const struct registry *r, dayno due)
{
	struct chain chain = { .reaches = due != DAY_NONE };
	dayno before = due;

	if (due == DAY_NONE)
		return chain;
	struct council_way way = due_council_way(r, due);
	if (!way.council || !meeting_calendar_reaches(r, way.council->id, due))
		chain.reaches = false;
	chain.council = step_back(r, way.council, &before, &chain.reaches);
	if (chain.council)
		chain.board = step_back(r, way.board, &before, &chain.reaches);
	if (chain.board)
		chain.group = step_back(r, way.group, &before, &chain.reaches);
	return chain;
}

/* One step on: the body's first meeting that is summoned once the last one has been. */
static const struct meeting *step_on(const struct registry *r, const struct body *b, dayno *after,
                                     bool papers, bool *reaches)
{
	const struct meeting *m = b ? meeting_next(r, b->id, *after) : NULL;

	while (m && (papers ? meeting_stop(r, m) : meeting_summons(r, m)) < *after)
		m = meeting_next(r, b->id, m->day + 1);
	if (m)
		*after = m->day;
	else if (b)
		*reaches = false;
	return m;
}

struct chain due_chain_from(const struct registry *r, dayno ready)
{
	struct chain chain = { .reaches = ready != DAY_NONE };

	if (ready == DAY_NONE)
		return chain;
	struct council_way way = due_council_way(r, ready);
	chain.group = step_on(r, way.group, &ready, true, &chain.reaches);
	if (chain.reaches)
		chain.board = step_on(r, way.board, &ready, !chain.group, &chain.reaches);
	if (chain.reaches)
		chain.council = step_on(r, way.council, &ready, !chain.board, &chain.reaches);
	return chain;
}

/* "KF", "Kommunfullmäktige" and "fullmäktige" all name the council. */
bool due_council_decides(const struct registry *r, const struct item *i)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	if (!i->decided_by)
		return false;
	const char *by = text_fold(&a, i->decided_by);
	for (size_t k = 0; k < r->n_bodies; k++) {
		const struct body *b = &r->bodies[k];
		if (b->kind == BODY_COUNCIL &&
		    (strcmp(by, text_fold(&a, b->id)) == 0 ||
		     (b->name && strcmp(by, text_fold(&a, b->name)) == 0)))
			return true;
	}
	return strcmp(by, "kf") == 0 || text_ends(by, "fullmäktige");
}
