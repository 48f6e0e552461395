/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether a letter's event can have the time that its person proposed. */
#include "core/rsvp.h"

enum {
	USUAL_START = 9 * 60, USUAL_MINUTES = 60, /* when nobody has proposed another time */
	DAY_MINUTES = 24 * 60,
	MINUTE = 60, /* seconds */
};

struct event_time event_time_of(const struct letter *l)
{
	if (!l->event_minutes)
		return (struct event_time){ l->event_day, USUAL_START, USUAL_MINUTES };
	return (struct event_time){ l->event_day, l->event_start, l->event_minutes };
}

static instant begins(struct event_time t)
{
	return zone_instant(t.day, t.start / 60, t.start % 60, 0);
}

/* The calendar's last days are no days that anybody means. */
static bool sensible(instant t)
{
	return t >= 0 && t < zone_instant(date_of(2199, 1, 1), 0, 0, 0);
}

/* All day long is a day: it ends when the next one begins. */
static bool whole_days(const struct rsvp *r)
{
	return r->end == INSTANT_NONE || zone_wall(r->end - 1).day <= zone_wall(r->start).day;
}

static bool read_time(const struct rsvp *r, bool all_day, struct event_time at,
                      struct event_time *to)
{
	if (r->start == INSTANT_NONE || !sensible(r->start)
	    || (r->end != INSTANT_NONE && !sensible(r->end)))
		return false;
	struct wall from = zone_wall(r->start);

	*to = (struct event_time){ from.day, at.start, at.minutes };
	if (all_day)
		return whole_days(r);
	to->start = from.hour * 60 + from.minute;
	if (r->end == INSTANT_NONE || r->end <= r->start)
		return true;
	if (r->end - r->start > (instant)DAY_MINUTES * MINUTE)
		return false;
	int minutes = (int)((r->end - r->start) / MINUTE);
	to->minutes = minutes ? minutes : at.minutes;
	return true;
}

enum event_stays event_moves(const struct workcal *cal, dayno act_by, struct event_time at,
                             const struct rsvp *r, bool all_day, instant now,
                             struct event_time *to)
{
	if (!read_time(r, all_day, at, to))
		return STAYS_UNCLEAR;
	if (to->day == at.day && to->start == at.start && to->minutes == at.minutes)
		return STAYS_SAME;
	if (begins(*to) <= now)
		return STAYS_PAST;
	if (to->day > act_by)
		return STAYS_LATE;
	if (!workday_is(cal, to->day))
		return STAYS_DAY_OFF;
	return workday_recess(cal, to->day) ? STAYS_RECESS : STAYS_NOT;
}
