/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/booking.h"

/* Its person may still have something to do about it. */
static bool waits(const struct review *r)
{
	return !(r->seat && r->said == VERDICT_APPROVE)
	       && (r->state == REVIEW_OPEN || r->state == REVIEW_CHANGES
	        || r->state == REVIEW_MISDIRECTED);
}

static dayno first_open(const struct review *r, size_t n)
{
	dayno day = DAY_NONE;

	for (size_t i = 0; i < n; i++)
		if (review_asks(&r[i]) && (day == DAY_NONE || r[i].act_by < day))
			day = r[i].act_by;
	return day;
}

struct difference {
	bool waits;  /* something is left */
	bool list;   /* other reviews are open than before */
	bool opened; /* one that was not is open */
	bool dates;  /* one that stays open must be ready on another day */
	bool first;  /* that the first of them must be ready on is another day */
};

static struct difference differ(const struct review *before, const struct review *after, size_t n)
{
	struct difference d = { .waits = false };

	for (size_t i = 0; i < n; i++) {
		bool was = review_asks(&before[i]), is = review_asks(&after[i]);

		d.waits |= waits(&after[i]);
		d.list |= was != is;
		d.opened |= is && !was;
		d.dates |= is && was && before[i].act_by != after[i].act_by;
	}
	d.first = first_open(before, n) != first_open(after, n);
	return d;
}

/* A time that its person chose stands as long as it is early enough; but whoever is
 * given more time has asked for another day. */
static bool chosen(const struct letter *l, const struct difference *d, dayno day, dayno today)
{
	return l->event_minutes && !(d->dates && d->first) && l->event_day > today && l->event_day <= day;
}

enum booking booking_next(const struct workcal *cal, const struct letter *l,
                          const struct review *before, const struct review *after, size_t n,
                          dayno today, dayno *day)
{
	struct difference d = differ(before, after, n);
	dayno first = first_open(after, n);

	*day = first == DAY_NONE ? DAY_NONE : workday_on_or_before(cal, first);
	if (l->event_day == DAY_NONE)
		return d.opened && l->sequence && *day > today ? BOOKING_RETURNS : BOOKING_STAYS;
	if (!d.waits)
		return l->event_day >= today ? BOOKING_GOES : BOOKING_STAYS;
	if (*day == DAY_NONE || (!d.list && !d.dates))
		return BOOKING_STAYS;
	if (*day > today && *day != l->event_day && !chosen(l, &d, *day, today))
		return BOOKING_MOVES;
	return d.list && l->event_day > today ? BOOKING_LISTS : BOOKING_STAYS;
}

void booking_take(struct letter *l, enum booking b, dayno day)
{
	if (b == BOOKING_STAYS || b == BOOKING_LISTS)
		return;
	l->sequence++;
	if (b == BOOKING_GOES)
		return; /* the CANCEL repeats the time that it had */
	l->event_day = day;
	l->event_minutes = 0;
}
