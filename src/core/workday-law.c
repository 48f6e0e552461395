/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/workday.h"

/*
 * The days off by law. Today's are those of lagen (1989:253) om allmänna
 * helgdagar; what was before it, as far as it makes a day off in 1900 or later:
 *
 *  – Since the reform of 1772 the church's holidays on weekdays were those
 *    below, and alla helgons dag was a Sunday in November.
 *  – Första maj became equal to a holiday by lagen (1938:107), first in 1939.
 *  – The reform decided in 1952 (Bringéus, Årets festdagar; ISOF, "Jungfru
 *    Marie bebådelsedag") took effect in 1953: midsommardagen moved from 24
 *    June to a Saturday, alla helgons dag became a Saturday and Marie
 *    bebådelsedag went from 25 March to a Sunday.
 *  – Lagen (2004:1320), in force on 1 April 2005, made nationaldagen a holiday
 *    in the place of annandag pingst.
 *
 * Saturdays, midsommarafton, julafton and nyårsafton count as Sundays by lagen
 * (1930:173) 2 § as it reads today. They came into it by steps from 1 June 1961
 * (SFS 1961:70: Saturdays of the summer and three eves); the years before get
 * today's answer, since nobody's deadline lies there.
 */
enum { SATURDAY = 6, ALWAYS = 0, STILL = 9999 };
enum { REFORM = 1953, NATIONAL_DAY = 2005 };

static const struct holiday {
	int month, day, since, until; /* years, both included */
	const char *name;
} fixed[] = {
	{1, 1, ALWAYS, STILL, "nyårsdagen"},
	{1, 6, ALWAYS, STILL, "trettondedag jul"},
	{3, 25, ALWAYS, REFORM - 1, "Marie bebådelsedag"},
	{5, 1, 1939, STILL, "första maj"},
	{6, 6, NATIONAL_DAY, STILL, "nationaldagen"},
	{6, 23, ALWAYS, REFORM - 1, "midsommarafton"},
	{6, 24, ALWAYS, REFORM - 1, "midsommardagen"},
	{12, 24, ALWAYS, STILL, "julafton"},
	{12, 25, ALWAYS, STILL, "juldagen"},
	{12, 26, ALWAYS, STILL, "annandag jul"},
	{12, 31, ALWAYS, STILL, "nyårsafton"},
};

/* Days after Easter Sunday. */
static const struct moving {
	int after, until;
	const char *name;
} moving[] = {
	{-2, STILL, "långfredagen"},
	{0, STILL, "påskdagen"},
	{1, STILL, "annandag påsk"},
	{39, STILL, "Kristi himmelsfärdsdag"},
	{49, STILL, "pingstdagen"},
	{50, NATIONAL_DAY - 1, "annandag pingst"},
};

/* The Saturday of the week that begins on a date. */
static dayno saturday_from(int y, int m, int d)
{
	dayno first = date_of(y, m, d);

	return first + SATURDAY - date_weekday(first) % 7;
}

static const char *moving_holiday(dayno day, struct ymd at)
{
	if (at.m < 3 || at.m > 6) /* 20 March to 14 June */
		return NULL;
	int after = day - date_easter(at.y);
	for (size_t i = 0; i < sizeof(moving) / sizeof(moving[0]); i++)
		if (after == moving[i].after && at.y <= moving[i].until)
			return moving[i].name;
	return NULL;
}

/* In Holy Week Marie bebådelsedag gave way and was kept on a Sunday. That is
 * how it is done since 1953; that it was so before is taken for granted, the
 * law of that time was not found. */
static bool gave_way(dayno day, struct ymd at)
{
	if (at.m != 3 || at.d != 25)
		return false;
	dayno easter = date_easter(at.y);
	return day >= easter - 7 && day <= easter;
}

static const char *fixed_holiday(dayno day, struct ymd at)
{
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		const struct holiday *h = &fixed[i];
		if (at.m == h->month && at.d == h->day)
			return at.y >= h->since && at.y <= h->until && !gave_way(day, at)
			       ? h->name : NULL;
	}
	return NULL;
}

static const char *saturday_holiday(dayno day, struct ymd at)
{
	if (at.y < REFORM)
		return NULL;
	if (at.m == 6) {
		dayno midsummer = saturday_from(at.y, 6, 20);
		if (day == midsummer)
			return "midsommardagen";
		return day == midsummer - 1 ? "midsommarafton" : NULL;
	}
	bool may_be = (at.m == 10 && at.d == 31) || (at.m == 11 && at.d <= 6);
	return may_be && day == saturday_from(at.y, 10, 31) ? "alla helgons dag" : NULL;
}

const char *workday_holiday(dayno day)
{
	struct ymd at = date_ymd(day);

	if (!date_valid(at.y, at.m, at.d))
		return NULL;
	/* A church holiday that meets 1 May or 6 June gives the day its name. */
	const char *name = moving_holiday(day, at);
	if (!name)
		name = fixed_holiday(day, at);
	return name ? name : saturday_holiday(day, at);
}

const char *workday_eve(dayno day)
{
	struct ymd at = date_ymd(day);

	if (!date_valid(at.y, at.m, at.d) || date_weekday(day) >= SATURDAY)
		return NULL;
	if (at.m == 1 && at.d == 5)
		return "trettondagsafton";
	if (at.m == 4 && at.d == 30)
		return "valborgsmässoafton";
	if (at.m >= 10)
		return at.y >= REFORM && day + 1 == saturday_from(at.y, 10, 31)
		       ? "allhelgonaafton" : NULL;
	if (at.m < 3 || at.m > 6)
		return NULL;
	int after = day - date_easter(at.y);
	if (after == -3)
		return "skärtorsdagen";
	return after == 38 ? "dagen före Kristi himmelsfärdsdag" : NULL;
}
