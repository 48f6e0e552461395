/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_CAL_EVENT_H
#define OVERSYN_SRC_CAL_EVENT_H

#include "core/calendar.h"
#include "when.h"

/* A VEVENT as it stands in the file: one meeting, a series, or one of a series
 * that differs. */
struct vevent {
	struct calendar_entry entry; /* day, hour, minute: not filled yet */
	struct when start;
	bool started;         /* DTSTART was there */
	const char *rule;     /* RRULE */
	dayno *except;        /* EXDATE, as Swedish days */
	size_t n_except, cap_except;
};

struct vevent event_begin(int line);

/* Takes one unfolded line of it. What it says is checked; the first thing that
 * is wrong goes to entry.fault. */
void event_line(struct arena *a, struct vevent *v, const char *line);

/* A value of type TEXT on one line, cut; NULL: empty. */
const char *event_text(struct arena *a, const char *value, size_t most);

/* What becomes of all of them: of each UID (and day of its series) the latest
 * version, series as their single meetings. */
void events_settle(struct arena *a, struct vevent *events, size_t n, struct calendar_file *out);

/* A fault of the file; not noted beyond MEETINGS_MAX_FAULTS. */
void file_fault(struct arena *a, struct calendar_file *out, int line, const char *text);

#endif
