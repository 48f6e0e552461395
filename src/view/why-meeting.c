/* SPDX-License-Identifier: EUPL-1.2 */
/* When the work must be ready, and the meetings it must pass. */
#include <string.h>

#include "core/ladder.h"
#include "internal.h"

/* What kind of day off it is: its own name, or that of the weekday. */
static void say_day_off(const struct why *w, dayno day, const char *name)
{
	const char *weekday = view_weekday(day, VIEW_SV);

	if (!name || strcmp(name, weekday) == 0)
		why_say(w, "%s är en %s", "%s is a %s", view_iso(w->a, day),
		        view_weekday(day, w->lang));
	else if (strcmp(name, "klämdag") == 0)
		why_say(w, "%s är en klämdag", "%s is a squeeze day off", view_iso(w->a, day));
	else
		why_say(w, "%s är %s (%s)", "%s is %s (%s)", view_iso(w->a, day),
		        clean_line(w->a, name), view_weekday(day, w->lang));
}

/* Each day off from the due date back to the working day before it. */
static void say_days_off(const struct why *w)
{
	const struct workcal cal = registry_workcal(w->r);

	for (dayno day = w->due->due; day > w->due->act_by; day--) {
		buf_str(w->out, day == w->due->due ? "" : ", ");
		say_day_off(w, day, workday_name(&cal, day));
	}
}

static void say_long(const struct why *w, dayno day)
{
	view_date_long(day, w->lang, w->out);
	buf_str(w->out, ".\n");
}

/* Later ones that would have been in time, had they not been cancelled. */
static void say_cancelled(const struct why *w, const struct meeting *m)
{
	for (size_t k = 0; k < w->r->n_meetings; k++) {
		const struct meeting *one = &w->r->meetings[k];

		if (one->cancelled && strcmp(one->body, m->body) == 0 && one->day > m->day &&
		    one->day <= w->due->due)
			why_say(w, "Sammanträdet %s är inställt eller flyttat%s%s.\n",
			        "The meeting of %s is cancelled or moved%s%s.\n",
			        view_iso(w->a, one->day), one->note ? ": " : "",
			        one->note ? clean_line(w->a, one->note) : "");
	}
}

static void say_meeting(const struct why *w)
{
	const struct due *d = w->due;
	const struct meeting *m = d->meeting;

	if (m) {
		why_say(w, "Sista sammanträdet i tid för %s är %s, handlingar senast %s",
		        "The last meeting of %s in time is %s, papers by %s",
		        m->body, view_iso(w->a, m->day), view_iso(w->a, meeting_stop(w->r, m)));
		if (m->stop == DAY_NONE)
			why_say(w, " (%d dagar före, eftersom stoppdatumet inte är känt)",
			        " (%d days before, as its stop date is not known)",
			        m->day - meeting_stop(w->r, m));
		buf_str(w->out, ".\n");
		say_cancelled(w, m);
	}
	why_say(w, "Arbetet ska vara klart ", "The work must be ready on ");
	say_long(w, d->act_by);
}

static void say_basis(const struct why *w)
{
	const struct due *d = w->due;

	switch (d->act_basis) {
	case ACT_NONE:
		break;
	case ACT_DUE:
		why_say(w, "Arbetet ska vara klart samma dag, ",
		        "The work must be ready the same day, ");
		say_long(w, d->act_by);
		break;
	case ACT_WORKDAY:
		say_days_off(w);
		why_say(w, ", så arbetet ska vara klart arbetsdagen före, ",
		        ", so the work must be ready on the working day before, ");
		say_long(w, d->act_by);
		break;
	case ACT_CHAIN:
		why_say(w, "Fullmäktige måste förnya det, så det börjar hos %s.\n",
		        "The council must renew it, so it starts with %s.\n", d->meeting->body);
		say_meeting(w);
		break;
	case ACT_MEETING:
		say_meeting(w);
		break;
	case ACT_PLANNED:
		why_say(w, "Arbetet är planerat till en tidigare dag (%s): det ska vara klart ",
		        "The work is planned for an earlier day (%s): it must be ready on ",
		        clean_line(w->a, d->planned->reason));
		say_long(w, d->act_by);
		break;
	case ACT_NO_CALENDAR:
		why_say(w, "Det ska tas upp på ett sammanträde, men inget är registrerat i tid: "
		        "arbetet ska vara klart %d dagar före, ",
		        "A meeting must take it up, but none is registered in time: "
		        "the work must be ready %d days before, ", d->due - d->act_by);
		say_long(w, d->act_by);
		break;
	}
}

static void say_chain(const struct why *w)
{
	const struct chain c = due_chain(w->r, w->due->due);
	const struct meeting *const way[] = { c.council, c.board, c.group };
	const struct meeting *first = NULL;

	if (w->item->kind != ITEM_DOCUMENT || !due_council_decides(w->r, w->item))
		return;
	if (!c.reaches) {
		why_say(w, "Ska fullmäktige besluta om en revidering når sammanträdeskalendern "
		        "inte så långt.\n",
		        "If the council must decide a revision, the meeting calendar does "
		        "not reach that far.\n");
		return;
	}
	why_say(w, "Ska fullmäktige besluta om en revidering: ",
	        "If the council must decide a revision: ");
	for (size_t k = 0; k < ARRAY_LEN(way); k++) {
		if (!way[k])
			continue;
		buf_fmt(w->out, "%s %s, ", way[k]->body, view_iso(w->a, way[k]->day));
		first = way[k];
	}
	why_say(w, "handlingar senast %s.\n", "papers by %s.\n",
	        view_iso(w->a, meeting_stop(w->r, first)));
}

static void say_first_letter(const struct why *w)
{
	const struct workcal cal = registry_workcal(w->r);
	const struct ladder ladder = ladder_to(&w->r->settings, &cal, w->due->act_by);
	dayno day = ladder_day(&ladder, RUNG_INVITE);

	if (day >= w->today)
		why_say(w, "Första brevet går %s.\n", "The first letter goes %s.\n",
		        view_iso(w->a, day));
	else
		why_say(w, "Dagen för det första brevet var %s.\n",
		        "The day for the first letter was %s.\n", view_iso(w->a, day));
}

void why_act_by(const struct why *w)
{
	if (w->due->due == DAY_NONE || w->due->act_by == DAY_NONE)
		return;
	say_basis(w);
	say_first_letter(w);
	say_chain(w);
}
