/* SPDX-License-Identifier: EUPL-1.2 */
#include "when.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "lines.h"

enum { FIRST_YEAR = 1990, LAST_YEAR = 2190, NAME_SHOWN = 60 };

/* The zones that have kept the clock of Sweden since 1996, by their names in
 * the tz database, on Windows (CLDR windowsZones) and in old Outlooks. */
static const char *const swedish[] = {
	"Europe/Stockholm", "Europe/Amsterdam", "Europe/Andorra", "Europe/Belgrade", "Europe/Berlin",
	"Europe/Bratislava", "Europe/Brussels", "Europe/Budapest", "Europe/Copenhagen",
	"Europe/Ljubljana", "Europe/Luxembourg", "Europe/Madrid", "Europe/Malta", "Europe/Oslo",
	"Europe/Paris", "Europe/Prague", "Europe/Rome", "Europe/Vienna", "Europe/Warsaw",
	"Europe/Zagreb", "Europe/Zurich", "Arctic/Longyearbyen", "CET", "MET",
	"W. Europe Standard Time", "Romance Standard Time", "Central Europe Standard Time",
	"Central European Standard Time",
};
static const char *const utc[] = {
	"UTC", "Etc/UTC", "Etc/UCT", "Zulu", "Etc/Zulu", "GMT", "Etc/GMT", "tzone://Microsoft/Utc",
	"(UTC) Coordinated Universal Time",
};

/* "/mozilla.org/20050126_1/Europe/Stockholm" names a zone of a well-known list. */
static bool named(const char *name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t longer = strlen(name), len = strlen(list[i]);

		if (!strcasecmp(name, list[i]))
			return true;
		if (name[0] == '/' && longer > len && strchr(list[i], '/')
		    && name[longer - len - 1] == '/' && !strcasecmp(name + longer - len, list[i]))
			return true;
	}
	return false;
}

/* "(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien": the name that
 * Windows shows, in whatever language. */
static bool shown_by_windows(const char *name)
{
	return (!strncmp(name, "(UTC+01", 7) || !strncmp(name, "(GMT+01", 7))
	       && strstr(name, "Stockholm");
}

static bool number(const char *v, size_t digits, int *out)
{
	*out = 0;
	for (size_t i = 0; i < digits; i++) {
		if (v[i] < '0' || v[i] > '9')
			return false;
		*out = *out * 10 + (v[i] - '0');
	}
	return true;
}

static bool read_time(const char *v, struct when *out)
{
	return v[0] == 'T' && number(v + 1, 2, &out->hour) && number(v + 3, 2, &out->minute)
	       && number(v + 5, 2, &out->second) && out->hour < 24 && out->minute < 60
	       && out->second <= 60;
}

/* "20270112", "20270112T130000", "20270112T120000Z". */
static bool read_value(const char *v, size_t len, struct when *out)
{
	int y, m, d;

	*out = (struct when){ .date = len == 8 };
	if ((len != 8 && len != 15 && len != 16) || !number(v, 4, &y) || !number(v + 4, 2, &m)
	    || !number(v + 6, 2, &d) || !date_valid(y, m, d) || y < FIRST_YEAR || y > LAST_YEAR)
		return false;
	out->day = date_of(y, m, d);
	out->utc = len == 16;
	return len == 8 || (read_time(v + 8, out) && (len == 15 || v[15] == 'Z'));
}

static const char *read_zone(struct arena *a, const char *line, struct when *out)
{
	size_t len = 0;
	const char *at = line_parameter(line, "TZID", &len);

	if (!at || out->date || out->utc)
		return NULL;
	const char *name = arena_dupn(a, at, len);
	out->utc = named(name, utc, ARRAY_LEN(utc));
	if (out->utc || named(name, swedish, ARRAY_LEN(swedish)) || shown_by_windows(name))
		return NULL;
	return arena_fmt(a, "the time zone \"%s\" is not known: set the meeting to Swedish time "
	                 "(Europe/Stockholm)", text_cut(a, text_tidy(a, name), NAME_SHOWN));
}

const char *when_read(struct arena *a, const char *line, const char *v, size_t len,
                      struct when *out)
{
	while (len && v[len - 1] == ' ')
		len--;
	if (!read_value(v, len, out))
		return arena_fmt(a, "\"%s\" is no date between %d and %d, like 20270131 or "
		                 "20270131T130000: mend it in the calendar and export it again",
		                 text_cut(a, text_tidy(a, arena_dupn(a, v, len)), NAME_SHOWN),
		                 FIRST_YEAR, LAST_YEAR);
	return read_zone(a, line, out);
}

instant when_instant(const struct when *w)
{
	if (w->utc)
		return (instant)w->day * 86400 + w->hour * 3600 + w->minute * 60 + w->second;
	return zone_instant(w->day, w->hour, w->minute, w->second);
}

struct wall when_wall(const struct when *w)
{
	return w->date ? (struct wall){ .day = w->day } : zone_wall(when_instant(w));
}
