/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/ladder.h"

#include <assert.h>
#include <string.h>

#include "base/attr.h"

static const char *const names[] = {
#define X(name, word) [RUNG_##name] = word,
	RUNGS(X)
#undef X
};
static_assert(ARRAY_LEN(names) == RUNG_COUNT, "every rung has a name");

const char *rung_name(enum rung r)
{
	return names[r];
}

int rung_by_name(const char *name)
{
	for (int i = 0; i < RUNG_COUNT; i++)
		if (!strcmp(names[i], name))
			return i;
	return -1;
}

/* Invitations and reminders ask for work that nobody does in a recess. */
static bool rests(enum rung r)
{
	return r < RUNG_OVERDUE;
}

/* Recesses may touch each other; more of them in a row than this is a mistake
 * in the register, and a mistake must not hang the program. */
enum { RECESS_HOPS = 64 };

static dayno before_recess(const struct workcal *cal, dayno day)
{
	const struct period *p;

	for (int i = 0; i < RECESS_HOPS && (p = workday_recess(cal, day)); i++)
		day = workday_on_or_before(cal, p->from - 1);
	return day;
}

static dayno after_recess(const struct workcal *cal, dayno day)
{
	const struct period *p;

	for (int i = 0; i < RECESS_HOPS && (p = workday_recess(cal, day)); i++)
		day = workday_on_or_after(cal, p->to + 1);
	return day;
}

struct ladder ladder_to(const struct settings *s, const struct workcal *cal, dayno act_by)
{
	return (struct ladder){
		.settings = s, .cal = cal, .act_by = act_by, .last = DAY_NONE, .stop = DAY_NONE,
	};
}

static dayno later(dayno a, dayno b)
{
	return a > b ? a : b;
}

/* Nobody is told of a person who has had no time since we last wrote. */
static dayno rested(const struct ladder *l, int workdays, int before)
{
	dayno day = workday_add(l->cal, l->act_by, workdays);

	if (l->last == DAY_NONE)
		return day;
	return later(day, workday_add(l->cal, l->last, workdays > before ? workdays - before : 1));
}

enum {
	SUPERIOR_WORKDAYS = 5, /* to find out what is the matter */
	CHAIR_WORKDAYS = 3,    /* to ask for the matter to be taken up */
};

static dayno chair_day(const struct ladder *l)
{
	dayno day = rested(l, l->settings->chair_workdays, l->settings->escalate_workdays);

	if (l->stop != DAY_NONE && workday_add(l->cal, l->stop, -CHAIR_WORKDAYS) < day)
		day = workday_add(l->cal, l->stop, -CHAIR_WORKDAYS);
	return l->last == DAY_NONE ? day : later(day, workday_add(l->cal, l->last, 1));
}

static dayno counted(const struct ladder *l, enum rung r)
{
	const struct settings *s = l->settings;

	switch (r) {
	case RUNG_INVITE:
		return l->act_by - s->invite_days;
	case RUNG_REMIND:
		return l->act_by - s->remind_days;
	case RUNG_LAST_REMIND:
		return workday_add(l->cal, l->act_by, -s->last_remind_workdays);
	case RUNG_OVERDUE:
		return workday_add(l->cal, l->act_by, s->overdue_workdays);
	case RUNG_ESCALATE:
		return rested(l, s->escalate_workdays, s->overdue_workdays);
	case RUNG_CHAIR:
		return chair_day(l);
	case RUNG_NONE:
	case RUNG_COUNT:
		break;
	}
	return DAY_NONE;
}

/* The day that the settings say. */
static dayno meant(const struct ladder *l, enum rung r)
{
	dayno day = counted(l, r);

	if (!rests(r))
		return workday_on_or_after(l->cal, day);
	/* Earlier rather than later: a day off never shortens the time that
	 * people get. */
	if (!workday_recess(l->cal, day))
		day = workday_on_or_before(l->cal, day);
	if (!workday_recess(l->cal, day))
		return day;
	/* Past act_by when that lies in this recess, or in one that follows. */
	dayno after = after_recess(l->cal, day);
	return after <= l->act_by ? after : before_recess(l->cal, day);
}

dayno ladder_day(const struct ladder *l, enum rung r)
{
	if (l->act_by == DAY_NONE || r == RUNG_NONE)
		return DAY_NONE;
	dayno day = meant(l, r);
	if (r != RUNG_REMIND || l->last == DAY_NONE || day >= l->last + LADDER_REST_DAYS)
		return day;
	return after_recess(l->cal, workday_on_or_after(l->cal, l->last + LADDER_REST_DAYS));
}

/* The highest rung that may follow: past the overdue notice each hears in turn. */
static enum rung highest(enum rung sent)
{
	return sent < RUNG_OVERDUE ? RUNG_OVERDUE : sent < RUNG_CHAIR ? sent + 1 : sent;
}

enum rung ladder_rung(const struct ladder *l, enum rung sent, dayno today)
{
	if (l->act_by == DAY_NONE || l->last == today || !workday_is(l->cal, today))
		return RUNG_NONE;
	bool recess = workday_recess(l->cal, today) != NULL;
	for (enum rung r = highest(sent); r > sent; r--) {
		if (ladder_day(l, r) > today)
			continue;
		/* A lower rung than the one that waits for the recess to end is
		 * not sent in its place. */
		return recess && rests(r) ? RUNG_NONE : r;
	}
	return RUNG_NONE;
}

dayno ladder_next(const struct ladder *l, enum rung sent, dayno today)
{
	dayno next = DAY_NONE;

	if (l->act_by == DAY_NONE)
		return DAY_NONE;
	for (enum rung r = sent + 1; r <= highest(sent); r++) {
		dayno day = ladder_day(l, r);
		day = workday_on_or_after(l->cal, day > today ? day : today + 1);
		if (rests(r))
			day = after_recess(l->cal, day);
		if (next == DAY_NONE || day < next)
			next = day;
	}
	return next;
}

dayno ladder_stop_from(const struct workcal *cal, dayno last)
{
	return workday_add(cal, last, SUPERIOR_WORKDAYS + CHAIR_WORKDAYS);
}
