/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/report.h"

enum {
	WEEK = 7,
	MONTHS = 3,
	LONGEST_RECESS = 400, /* days: a longer one is a mistake in the register */
};

const char *report_kind_name(enum report_kind k)
{
	static const char *const names[] = { [REPORT_WEEK] = "week", [REPORT_QUARTER] = "quarter" };

	return names[k];
}

dayno report_letter_day(const struct workcal *cal, dayno day)
{
	dayno end = day + LONGEST_RECESS;

	while (day < end && (!workday_is(cal, day) || workday_recess(cal, day)))
		day++;
	return day;
}

dayno report_week_day(const struct workcal *cal, dayno period)
{
	return workday_on_or_after(cal, period);
}

struct quarter report_quarter(dayno day)
{
	struct ymd d = date_ymd(day);
	struct quarter q = { .year = d.y, .n = (d.m - 1) / MONTHS + 1 };

	q.from = date_of(d.y, (q.n - 1) * MONTHS + 1, 1);
	q.to = date_add(q.from, MONTHS, UNIT_MONTH) - 1;
	return q;
}

struct quarter report_quarter_before(dayno day)
{
	return report_quarter(report_quarter(day).from - 1);
}

/* The latest day of the week that is set, on or before the day. */
static dayno week_of(const struct settings *s, dayno day)
{
	return day - (date_weekday(day) - s->weekly_day + WEEK) % WEEK;
}

static dayno week_due(const struct settings *s, const struct workcal *cal,
                      const struct report_state *x, dayno today)
{
	dayno period = week_of(s, today);

	while (report_week_day(cal, period) > today)
		period -= WEEK;
	if (x->started == DAY_NONE || report_week_day(cal, period) <= x->started)
		return DAY_NONE;
	return workday_is(cal, today) ? period : DAY_NONE;
}

static dayno quarter_due(const struct workcal *cal, const struct report_state *x, dayno today)
{
	struct quarter q = report_quarter_before(today);

	while (report_letter_day(cal, q.to + 1) > today)
		q = report_quarter_before(q.from);
	if (x->started == DAY_NONE || q.to < x->started)
		return DAY_NONE;
	return report_letter_day(cal, today) == today ? q.to : DAY_NONE;
}

bool report_maybe(const struct settings *s, enum report_kind k, const struct report_state *x,
                  dayno today)
{
	bool on = k == REPORT_WEEK ? s->weekly_letter : s->quarterly_status;
	dayno latest = k == REPORT_WEEK ? week_of(s, today) : report_quarter_before(today).to;

	return on && x->started != DAY_NONE && (x->last == DAY_NONE || x->last < latest)
	       && (k == REPORT_WEEK ? x->started < today : x->started <= latest);
}

dayno report_due(const struct settings *s, const struct workcal *cal, enum report_kind k,
                 const struct report_state *x, dayno today)
{
	if (!report_maybe(s, k, x, today))
		return DAY_NONE;
	dayno period = k == REPORT_WEEK ? week_due(s, cal, x, today) : quarter_due(cal, x, today);

	return period == DAY_NONE || (x->last != DAY_NONE && period <= x->last) ? DAY_NONE : period;
}

dayno report_week_next(const struct settings *s, const struct workcal *cal, dayno today)
{
	return report_week_day(cal, week_of(s, today) + WEEK);
}
