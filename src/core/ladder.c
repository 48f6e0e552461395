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
	return r != RUNG_OVERDUE;
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

static dayno counted(const struct settings *s, const struct workcal *cal, dayno act_by,
                     enum rung r)
{
	switch (r) {
	case RUNG_INVITE:
		return act_by - s->invite_days;
	case RUNG_REMIND:
		return act_by - s->remind_days;
	case RUNG_LAST_REMIND:
		return workday_add(cal, act_by, -s->last_remind_workdays);
	case RUNG_OVERDUE:
		return workday_add(cal, act_by, s->overdue_workdays);
	case RUNG_NONE:
	case RUNG_COUNT:
		break;
	}
	return DAY_NONE;
}

dayno ladder_day(const struct settings *s, const struct workcal *cal, dayno act_by, enum rung r)
{
	if (act_by == DAY_NONE || r == RUNG_NONE)
		return DAY_NONE;
	dayno day = counted(s, cal, act_by, r);
	if (!rests(r))
		return workday_on_or_after(cal, day);

	/* Earlier rather than later: a day off never shortens the time that
	 * people get. */
	if (!workday_recess(cal, day))
		day = workday_on_or_before(cal, day);
	if (!workday_recess(cal, day))
		return day;
	/* Past act_by when that lies in this recess, or in one that follows. */
	dayno after = after_recess(cal, day);
	return after <= act_by ? after : before_recess(cal, day);
}

enum rung ladder_rung(const struct settings *s, const struct workcal *cal, dayno act_by,
                      enum rung sent, dayno today)
{
	if (act_by == DAY_NONE || !workday_is(cal, today))
		return RUNG_NONE;
	bool recess = workday_recess(cal, today) != NULL;
	for (int r = RUNG_COUNT - 1; r > (int)sent; r--) {
		if (ladder_day(s, cal, act_by, (enum rung)r) > today)
			continue;
		/* A lower rung than the one that waits for the recess to end is
		 * not sent in its place. */
		return recess && rests((enum rung)r) ? RUNG_NONE : (enum rung)r;
	}
	return RUNG_NONE;
}

dayno ladder_next(const struct settings *s, const struct workcal *cal, dayno act_by,
                  enum rung sent, dayno today)
{
	dayno next = DAY_NONE;

	if (act_by == DAY_NONE)
		return DAY_NONE;
	for (int r = (int)sent + 1; r < RUNG_COUNT; r++) {
		dayno day = ladder_day(s, cal, act_by, (enum rung)r);
		day = workday_on_or_after(cal, day > today ? day : today + 1);
		if (rests((enum rung)r))
			day = after_recess(cal, day);
		if (next == DAY_NONE || day < next)
			next = day;
	}
	return next;
}
