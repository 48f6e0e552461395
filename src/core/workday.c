/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/workday.h"

enum { SATURDAY = 6, SUNDAY = 7 };

static const struct day_off *own_word(const struct workcal *cal, dayno day)
{
	size_t low = 0, high = cal ? cal->n_own : 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (cal->own[mid].day == day)
			return &cal->own[mid];
		if (cal->own[mid].day < day)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static bool ordinary(const struct workcal *cal, dayno day)
{
	const struct day_off *own = own_word(cal, day);

	if (own)
		return own->working;
	return date_weekday(day) < SATURDAY && !workday_holiday(day) &&
	       !(cal && cal->eves_off && workday_eve(day));
}

bool workday_is(const struct workcal *cal, dayno day)
{
	if (day == DAY_NONE || !ordinary(cal, day))
		return false;
	/* What the municipality says about the very date stands. */
	if (!cal || !cal->squeeze_off || own_word(cal, day))
		return true;
	return ordinary(cal, day - 1) || ordinary(cal, day + 1);
}

const char *workday_name(const struct workcal *cal, dayno day)
{
	const struct day_off *own = own_word(cal, day);

	if (workday_is(cal, day))
		return NULL;
	if (own && own->name)
		return own->name;
	const char *name = workday_holiday(day);
	if (name)
		return name;
	if (date_weekday(day) >= SATURDAY)
		return date_weekday(day) == SATURDAY ? "lördag" : "söndag";
	name = own || cal->eves_off ? workday_eve(day) : NULL;
	if (name)
		return name;
	return own ? "ledig dag" : "klämdag";
}

/* Steps to the next working day in a direction. A table that leaves none is a
 * mistake: the search gives up after two years, at the day it began with. */
static dayno seek(const struct workcal *cal, dayno day, int step)
{
	dayno at = day;

	if (date_add(day, 0, UNIT_DAY) == DAY_NONE)
		return day;
	for (int tries = 0; tries < 731; tries++, at += step)
		if (workday_is(cal, at))
			return at;
	return day;
}

dayno workday_on_or_before(const struct workcal *cal, dayno day)
{
	return seek(cal, day, -1);
}

dayno workday_on_or_after(const struct workcal *cal, dayno day)
{
	return seek(cal, day, 1);
}

dayno workday_add(const struct workcal *cal, dayno day, int n)
{
	int step = n < 0 ? -1 : 1;

	if (day == DAY_NONE)
		return day;
	for (; n; n -= step) {
		dayno next = seek(cal, day + step, step);
		if (date_add(next, 0, UNIT_DAY) == DAY_NONE)
			return DAY_NONE; /* left the calendar */
		day = next;
	}
	return day;
}

const struct period *workday_recess(const struct workcal *cal, dayno day)
{
	size_t low = 0, high = cal ? cal->n_recess : 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (day < cal->recess[mid].from)
			high = mid;
		else if (day > cal->recess[mid].to)
			low = mid + 1;
		else
			return &cal->recess[mid];
	}
	return NULL;
}
