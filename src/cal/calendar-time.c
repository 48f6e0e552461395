/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "calendar-internal.h"
#include "lines.h"
#include "when.h"

/*
 * Beside Sweden's own clock (when.c) those an hour from it, as minutes: in
 * Europe all change at the same instant (Directive 2000/84/EC), so the distance
 * is constant. What a mail's own VTIMEZONE says is not asked: it can lie, and
 * count for ever.
 */
struct neighbour {
	const char *name;
	int minutes;
};

static const struct neighbour neighbours[] = {
	{ "FLE Standard Time", 60 }, { "GTB Standard Time", 60 }, { "Europe/Helsinki", 60 },
	{ "Europe/Mariehamn", 60 }, { "Europe/Tallinn", 60 }, { "Europe/Riga", 60 },
	{ "Europe/Vilnius", 60 }, { "Europe/Athens", 60 }, { "GMT Standard Time", -60 },
	{ "Europe/London", -60 }, { "Europe/Dublin", -60 }, { "Europe/Lisbon", -60 },
};

static int minutes_away(const char *name, size_t len)
{
	for (size_t i = 0; i < ARRAY_LEN(neighbours); i++)
		if (strlen(neighbours[i].name) == len && !strncasecmp(neighbours[i].name, name, len))
			return neighbours[i].minutes;
	return 0;
}

/* The same moment on the Swedish clock, perhaps of the day beside. */
static void move(struct when *w, int minutes)
{
	int at = w->hour * 60 + w->minute - minutes;

	w->day += at < 0 ? -1 : at >= 1440 ? 1 : 0;
	at = (at + 1440) % 1440;
	w->hour = at / 60;
	w->minute = at % 60;
}

bool calendar_time(const char *line, instant *out, bool *all_day)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct when w;
	size_t len = 0;
	const char *v = line_value(line), *zone = line_parameter(line, "TZID", &len);
	int minutes = zone ? minutes_away(zone, len) : 0;

	if (!v || when_read(&a, minutes ? "" : line, v, strlen(v), &w))
		return false;
	/* Without a zone it floats: nobody knows whose clock was meant. */
	if (!zone && !w.utc && !w.date)
		return false;
	if (minutes && !w.utc && !w.date)
		move(&w, minutes);
	*all_day = w.date;
	*out = when_instant(&w);
	return true;
}
