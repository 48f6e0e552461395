/* SPDX-License-Identifier: EUPL-1.2 */
/* The frame of a calendar file: components, and what belongs to all of it. */
#include "cal/meetings.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "event.h"
#include "lines.h"

enum { NAME_MAX_BYTES = 24 };

struct parse {
	struct arena *a;
	struct calendar_file *out;
	struct lines l;
	char open[MEETINGS_MAX_DEPTH][NAME_MAX_BYTES]; /* components */
	int began[MEETINGS_MAX_DEPTH];                 /* their lines */
	int depth;
	struct vevent *events;
	size_t n, cap, first; /* first: of the calendar that is open */
	const char *name;     /* of that calendar */
	bool cancel;          /* its METHOD */
	bool any, stopped;
};

void file_fault(struct arena *a, struct calendar_file *out, int line, const char *text)
{
	if (out->n_faults == MEETINGS_MAX_FAULTS)
		return;
	out->faults = arena_grow(a, out->faults, out->n_faults, &out->cap_faults, sizeof(*out->faults));
	out->faults[out->n_faults++] = (struct calendar_fault){ line, text };
}

/* What makes all that follows doubtful. */
static void stop(struct parse *p, int line, const char *text)
{
	file_fault(p->a, p->out, line, text);
	p->stopped = true;
}

static bool inside(const struct parse *p, const char *name, int depth)
{
	return p->depth == depth && !strcasecmp(p->open[depth - 1], name);
}

static void begin(struct parse *p, const char *value)
{
	size_t len = strcspn(value, " ");

	if (p->depth == MEETINGS_MAX_DEPTH || len >= NAME_MAX_BYTES) {
		stop(p, p->l.line, "nothing in a calendar lies this deep: export it again");
		return;
	}
	memcpy(p->open[p->depth], value, len);
	p->open[p->depth][len] = '\0';
	p->began[p->depth++] = p->l.line;
	if (inside(p, "VCALENDAR", 1)) {
		p->any = true;
		p->cancel = false;
		p->name = NULL;
		p->first = p->n;
	} else if (inside(p, "VEVENT", 2)) {
		p->events = arena_grow(p->a, p->events, p->n, &p->cap, sizeof(*p->events));
		p->events[p->n++] = event_begin(p->l.line);
		if (p->n == MEETINGS_MAX_ENTRIES)
			stop(p, p->l.line, "the calendar has too many meetings: export fewer years");
	}
}

static void end(struct parse *p, const char *value)
{
	size_t len = strcspn(value, " ");

	if (!p->depth || strlen(p->open[p->depth - 1]) != len
	    || strncasecmp(p->open[p->depth - 1], value, len) != 0) {
		stop(p, p->l.line, "something ends here that has not begun: export the calendar again");
		return;
	}
	if (inside(p, "VCALENDAR", 1))
		for (size_t i = p->first; i < p->n; i++) {
			p->events[i].entry.calendar = p->name;
			p->events[i].entry.cancelled |= p->cancel;
		}
	p->depth--;
}

static void method(struct parse *p, const char *value)
{
	p->cancel = !strncasecmp(value, "CANCEL", 6);
	if (!strncasecmp(value, "REPLY", 5) || !strncasecmp(value, "COUNTER", 7)
	    || !strncasecmp(value, "REFRESH", 7) || !strncasecmp(value, "DECLINECOUNTER", 14))
		stop(p, p->l.line, "this is an answer to an invitation, no calendar of meetings");
}

static void calendar_line(struct parse *p, const char *line, const char *value)
{
	if (line_is(line, "METHOD"))
		method(p, value);
	else if (line_is(line, "X-WR-CALNAME") || (line_is(line, "NAME") && !p->name))
		p->name = event_text(p->a, value, MEETINGS_MAX_TEXT);
}

static void take(struct parse *p, const char *line, size_t len)
{
	const char *value = line_value(line);

	if (len > MEETINGS_MAX_LINE) /* a picture; no date or title is that long */
		return;
	if (!text_is_utf8(line, len)) {
		file_fault(p->a, p->out, p->l.line, "is not UTF-8: export the calendar again");
		return;
	}
	if (!value)
		return;
	if (line_is(line, "BEGIN"))
		begin(p, value);
	else if (line_is(line, "END"))
		end(p, value);
	else if (inside(p, "VCALENDAR", 1))
		calendar_line(p, line, value);
	else if (inside(p, "VEVENT", 2) && !strcasecmp(p->open[0], "VCALENDAR"))
		event_line(p->a, &p->events[p->n - 1], line);
}

void meetings_read(struct arena *a, const char *bytes, size_t len, struct calendar_file *out)
{
	struct parse p = { .a = a, .out = out };

	*out = (struct calendar_file){ .entries = NULL };
	if (len > MEETINGS_MAX_BYTES) {
		file_fault(a, out, 1, "the calendar is too large: export fewer years");
		return;
	}
	if (len && memchr(bytes, '\0', len)) {
		file_fault(a, out, 1, "this is no calendar: export it as iCalendar (.ics)");
		return;
	}
	lines_init(&p.l, bytes, len);
	while (!p.stopped && lines_next(&p.l)) {
		take(&p, p.l.text.data, p.l.text.len);
		if (p.l.line > MEETINGS_MAX_LINES)
			stop(&p, p.l.line, "the calendar is too long: export fewer years");
	}
	lines_release(&p.l);
	if (!p.stopped && !p.any)
		stop(&p, 1, "this is no calendar: export it as iCalendar (.ics)");
	if (!p.stopped && p.depth)
		stop(&p, p.began[p.depth - 1], "what begins here does not end: was the file cut off?");
	if (!p.stopped)
		events_settle(a, p.events, p.n, out);
}
