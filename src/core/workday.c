/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/workday.h"

enum { SATURDAY = 6, SUNDAY = 7 };

/*
 * Holidays on fixed dates, with the years for which the rule holds:
 * nationaldagen became a holiday in 2005 (SFS 2004:1320), första maj in 1939.
 * The three eves count as Sundays (lagen 1930:173); for years before that act
 * the answer is the present one.
 */
static const struct {
	int month, day, since;
	const char *name;
} fixed[] = {
	{1, 1, 0, "nyårsdagen"},
	{1, 6, 0, "trettondedag jul"},
	{5, 1, 1939, "första maj"},
	{6, 6, 2005, "nationaldagen"},
	{12, 24, 0, "julafton"},
	{12, 25, 0, "juldagen"},
	{12, 26, 0, "annandag jul"},
	{12, 31, 0, "nyårsafton"},
};

/* Days after Easter Sunday; annandag pingst was one until 2004. */
static const struct {
	int after, until;
	const char *name;
} moving[] = {
	{-2, 9999, "långfredagen"},
	{0, 9999, "påskdagen"},
	{1, 9999, "annandag påsk"},
	{39, 9999, "Kristi himmelsfärdsdag"},
	{49, 9999, "pingstdagen"},
	{50, 2004, "annandag pingst"},
};

/* Midsommardagen and alla helgons dag moved to a Saturday in 1953. Before,
 * midsommardagen was 24 June and alla helgons dag a Sunday. */
static const char *saturday_holiday(dayno day, struct ymd at)
{
	if (at.y < 1953) {
		if (at.m == 6 && at.d == 24)
			return "midsommardagen";
		return at.m == 6 && at.d == 23 ? "midsommarafton" : NULL;
	}
	dayno midsummer = date_of(at.y, 6, 20);
	midsummer += SATURDAY - date_weekday(midsummer) % 7;
	if (day == midsummer)
		return "midsommardagen";
	if (day == midsummer - 1)
		return "midsommarafton";
	dayno saints = date_of(at.y, 10, 31);
	saints += SATURDAY - date_weekday(saints) % 7;
	return day == saints ? "alla helgons dag" : NULL;
}

const char *workday_holiday(dayno day)
{
	struct ymd at = date_ymd(day);

	if (!date_valid(at.y, at.m, at.d))
		return NULL;
	dayno easter = date_easter(at.y);
	/* A church holiday that meets 1 May or 6 June gives the day its name. */
	for (size_t i = 0; i < sizeof(moving) / sizeof(moving[0]); i++)
		if (day == easter + moving[i].after && at.y <= moving[i].until)
			return moving[i].name;
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (at.m == fixed[i].month && at.d == fixed[i].day && at.y >= fixed[i].since)
			return fixed[i].name;
	return saturday_holiday(day, at);
}

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
	return date_weekday(day) < SATURDAY && !workday_holiday(day);
}

bool workday_is(const struct workcal *cal, dayno day)
{
	if (!ordinary(cal, day))
		return false;
	/* What the municipality says about the very date stands. */
	if (!cal || !cal->squeeze_off || own_word(cal, day))
		return true;
	return ordinary(cal, day - 1) || ordinary(cal, day + 1);
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
	for (size_t i = 0; cal && i < cal->n_recess; i++)
		if (day >= cal->recess[i].from && day <= cal->recess[i].to)
			return &cal->recess[i];
	return NULL;
}
