/* SPDX-License-Identifier: EUPL-1.2 */
/* Meetings from calendars. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "core/import.h"

enum { TITLE_SHOWN = 60, MOST_KINDS = 16 };

/* A meeting that an entry told of, with what tells its versions apart. */
struct told {
	struct meeting meeting;
	int sequence;
	instant stamp;
	size_t order; /* as read: later files come later */
};

struct skips { /* how many of what kind */
	const char *what;
	size_t n;
};

struct gather {
	const struct body *body;
	struct calendar_bodies bodies;
	struct registry *into;
	struct complaints *c;
	struct told *told;
	size_t n, cap;
	/* of the file at hand */
	const char *file;
	int complained; /* the line that was complained about last */
	size_t meetings, cancelled, skipped;
	struct skips skips[MOST_KINDS];
};

static const char *title_of(struct gather *g, const struct calendar_entry *e)
{
	if (!e->summary)
		return "a meeting without a title";
	return arena_fmt(&g->into->arena, "\"%s\"", text_cut(&g->into->arena, e->summary, TITLE_SHOWN));
}

/* One complaint for each event: a series has but one line. */
static void bad(struct gather *g, const struct calendar_entry *e, const char *what)
{
	if (g->complained != e->line)
		complain(g->c, g->file, e->line, 0, "%s: %s", title_of(g, e), what);
	g->complained = e->line;
}

static void skip(struct gather *g, const char *what)
{
	size_t i = 0;

	while (i < MOST_KINDS - 1 && g->skips[i].what && strcmp(g->skips[i].what, what) != 0)
		i++;
	g->skips[i].what = what;
	g->skips[i].n++;
	g->skipped++;
}

static void add_told(struct gather *g, struct told told)
{
	told.order = g->n;
	g->told = mem_grow(g->told, g->n, &g->cap, sizeof(*g->told));
	g->told[g->n++] = told;
}

/* One of a series that stands on another day has left its own. */
static void take(struct gather *g, const struct calendar_entry *e, const struct calendar_sense *s)
{
	struct arena *a = &g->into->arena;
	struct told told = {
		.meeting = {
			.body = arena_dup(a, s->body->id), .day = e->day, .hour = e->hour,
			.minute = e->minute, .stop = DAY_NONE, .preparation = DAY_NONE,
			.summons = DAY_NONE, .adjusted_by = DAY_NONE, .uid = arena_dup(a, e->uid),
			.cancelled = s->cancelled,
		},
		.sequence = e->sequence, .stamp = e->stamp,
	};
	struct told left = told;
	char day[DATE_TEXT];

	if (e->uid && e->original != DAY_NONE)
		told.meeting.uid = arena_fmt(a, "%s#%s", e->uid, date_text(e->original, day));
	add_told(g, told);
	*(s->cancelled ? &g->cancelled : &g->meetings) += 1;
	if (e->original == DAY_NONE || e->original == e->day)
		return;
	left.meeting.uid = NULL;
	left.meeting.day = e->original;
	left.meeting.cancelled = true;
	add_told(g, left);
}

static void read_entry(struct gather *g, const struct calendar_entry *e)
{
	struct calendar_sense s = calendar_sense(&g->bodies, e, g->body);

	switch (s.verdict) {
	case CALENDAR_SKIPPED:
		skip(g, s.skipped);
		return;
	case CALENDAR_NO_BODY:
		bad(g, e, "names no body of the register: say which body with --body, or export only "
		    "meetings");
		return;
	case CALENDAR_SEVERAL:
		bad(g, e, "names several bodies: say which body with --body, or name one in the title");
		return;
	case CALENDAR_AWAY:
		bad(g, e, "says that it is moved to another day: move the meeting itself, or begin the "
		    "title with Inställt");
		return;
	case CALENDAR_MEETING:
		break;
	}
	if (e->fault)
		bad(g, e, e->fault);
	else
		take(g, e, &s);
}

static void read_calendar(struct gather *g, const struct import_calendar *cal, struct buf *notes)
{
	g->file = cal->file;
	g->complained = 0;
	g->meetings = g->cancelled = g->skipped = 0;
	memset(g->skips, 0, sizeof(g->skips));
	for (size_t i = 0; i < cal->read.n_faults; i++)
		complain(g->c, cal->file, cal->read.faults[i].line, 0, "%s", cal->read.faults[i].text);
	for (size_t i = 0; i < cal->read.n_entries; i++)
		read_entry(g, &cal->read.entries[i]);
	buf_fmt(notes, "%s: %zu meeting%s, %zu cancelled, %zu skipped", cal->file, g->meetings,
	        g->meetings == 1 ? "" : "s", g->cancelled, g->skipped);
	for (size_t i = 0; i < MOST_KINDS && g->skips[i].what; i++)
		buf_fmt(notes, "%s%s %zu", i ? ", " : " (", g->skips[i].what, g->skips[i].n);
	buf_str(notes, g->skipped ? ")\n" : "\n");
}

/* ---- one row for each day of a body ---- */

static int by_order(const struct told *x, const struct told *y)
{
	return (x->order > y->order) - (x->order < y->order);
}

/* Those without a uid first; of one uid the latest version last. */
static int by_uid(const void *a, const void *b)
{
	const struct told *x = a, *y = b;
	int order = strcmp(x->meeting.uid ? x->meeting.uid : "", y->meeting.uid ? y->meeting.uid : "");

	if (!order)
		order = (x->sequence > y->sequence) - (x->sequence < y->sequence);
	if (!order)
		order = (x->stamp > y->stamp) - (x->stamp < y->stamp);
	return order ? order : by_order(x, y);
}

static int by_place(const struct meeting *x, const struct meeting *y)
{
	int order = strcmp(x->body, y->body);

	return order ? order : (x->day > y->day) - (x->day < y->day);
}

/* On one day the meeting that is held comes first, then the earlier. */
static int by_day(const void *a, const void *b)
{
	const struct told *x = a, *y = b;
	int order = by_place(&x->meeting, &y->meeting);

	if (!order)
		order = (int)x->meeting.cancelled - (int)y->meeting.cancelled;
	if (!order)
		order = (x->meeting.hour * 60 + x->meeting.minute) - (y->meeting.hour * 60 + y->meeting.minute);
	return order ? order : by_order(x, y);
}

static void keep_latest(struct gather *g)
{
	size_t kept = 0;

	if (g->n)
		qsort(g->told, g->n, sizeof(*g->told), by_uid);
	for (size_t i = 0; i < g->n; i++) {
		const char *uid = g->told[i].meeting.uid;

		if (!uid || i + 1 == g->n || strcmp(uid, g->told[i + 1].meeting.uid) != 0)
			g->told[kept++] = g->told[i];
	}
	g->n = kept;
}

static void keep_one_a_day(struct gather *g)
{
	size_t kept = 0;

	if (g->n)
		qsort(g->told, g->n, sizeof(*g->told), by_day);
	for (size_t i = 0; i < g->n; i++)
		if (!kept || by_place(&g->told[kept - 1].meeting, &g->told[i].meeting) != 0)
			g->told[kept++] = g->told[i];
	g->n = kept;
}

static int by_place_of(const void *key, const void *one)
{
	return by_place(key, &((const struct told *)one)->meeting);
}

static const struct told *told_of(const struct gather *g, const struct meeting *m)
{
	return g->n ? bsearch(m, g->told, g->n, sizeof(*g->told), by_place_of) : NULL;
}

/* What the register knows of that day and a calendar does not say. */
static void fill_known(struct meeting *m, const struct registry *known)
{
	size_t low = 0, high = known->n_meetings;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (by_place(&known->meetings[mid], m) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (!low || by_place(&known->meetings[low - 1], m) != 0)
		return;
	const struct meeting *old = &known->meetings[low - 1];
	m->stop = old->stop;
	m->preparation = old->preparation;
	m->summons = old->summons;
	m->adjusted_by = old->adjusted_by;
	m->note = old->note;
	if (m->hour < 0) {
		m->hour = old->hour;
		m->minute = old->minute;
	}
}

static void put(struct gather *g, const struct registry *known)
{
	struct registry *into = g->into;
	size_t kept = 0;

	for (size_t i = 0; i < into->n_meetings; i++)
		if (!told_of(g, &into->meetings[i]))
			into->meetings[kept++] = into->meetings[i];
	into->n_meetings = kept;
	for (size_t i = 0; i < g->n; i++) {
		struct meeting m = g->told[i].meeting;

		fill_known(&m, known);
		into->meetings = arena_grow(&into->arena, into->meetings, into->n_meetings,
		                            &into->cap_meetings, sizeof(m));
		into->meetings[into->n_meetings++] = m;
	}
}

/* ---- what the calendars no longer hold ---- */

static int by_uid_alone(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* From the body's first day in the calendars to its last. */
static bool within(const struct gather *g, const struct meeting *m)
{
	size_t at = 0;

	while (at < g->n && strcmp(g->told[at].meeting.body, m->body) != 0)
		at++;
	size_t last = at;
	while (last + 1 < g->n && !strcmp(g->told[last + 1].meeting.body, m->body))
		last++;
	return at < g->n && m->day > g->told[at].meeting.day && m->day < g->told[last].meeting.day;
}

static void tell_missing(const struct gather *g, const struct registry *known, struct buf *notes)
{
	const char **uids = mem_alloc((g->n + 1) * sizeof(*uids));
	char day[DATE_TEXT];
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		if (g->told[i].meeting.uid)
			uids[n++] = g->told[i].meeting.uid;
	if (n)
		qsort(uids, n, sizeof(*uids), by_uid_alone);
	for (size_t i = 0; i < known->n_meetings; i++) {
		const struct meeting *m = &known->meetings[i];

		if (m->cancelled || told_of(g, m) || !within(g, m))
			continue;
		if (m->uid && n && bsearch(&m->uid, uids, n, sizeof(*uids), by_uid_alone))
			continue; /* moved */
		buf_fmt(notes, "? meeting %s %s: not in the calendar, still counted: mark it inställt\n",
		        m->body, date_text(m->day, day));
	}
	mem_free(uids);
}

void import_calendars(const struct import_calendar *calendars, size_t n, const struct body *body,
                      const struct registry *known, struct registry *into, struct complaints *c,
                      struct buf *notes)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct gather g = { .body = body, .into = into, .c = c };

	if (!n)
		return;
	calendar_bodies(&a, known, &g.bodies);
	for (size_t i = 0; i < n; i++)
		read_calendar(&g, &calendars[i], notes);
	keep_latest(&g);
	keep_one_a_day(&g);
	tell_missing(&g, known, notes);
	put(&g, known);
	mem_free(g.told);
}
