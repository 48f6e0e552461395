/* SPDX-License-Identifier: EUPL-1.2 */
/* What a calendar's events come to: one value for each day of each meeting. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cal/meetings.h"
#include "event.h"
#include "series.h"

/* All events that have a UID: by it, masters before what differs from them,
 * older versions before newer. */
struct index {
	struct vevent **at;
	size_t n;
};

static int same_meeting(const struct calendar_entry *x, const struct calendar_entry *y)
{
	int order = strcmp(x->uid, y->uid);

	return order ? order : (x->original > y->original) - (x->original < y->original);
}

static int by_version(const void *a, const void *b)
{
	const struct calendar_entry *x = &(*(struct vevent *const *)a)->entry;
	const struct calendar_entry *y = &(*(struct vevent *const *)b)->entry;
	int order = same_meeting(x, y);

	if (!order)
		order = (x->sequence > y->sequence) - (x->sequence < y->sequence);
	if (!order)
		order = (x->stamp > y->stamp) - (x->stamp < y->stamp);
	return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* Sorts, and keeps of each meeting the latest version alone; a version that
 * was superseded loses its start line. */
static struct index index_of(struct vevent *events, size_t n)
{
	struct index x = { .at = mem_alloc((n + 1) * sizeof(*x.at)), .n = 0 };
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (events[i].entry.uid)
			x.at[x.n++] = &events[i];
	if (x.n)
		qsort(x.at, x.n, sizeof(*x.at), by_version);
	for (size_t i = 0; i < x.n; i++) {
		if (i + 1 < x.n && !same_meeting(&x.at[i]->entry, &x.at[i + 1]->entry))
			x.at[i]->entry.line = 0;
		else
			x.at[kept++] = x.at[i];
	}
	x.n = kept;
	return x;
}

static const struct vevent *find(const struct index *x, const char *uid, dayno original)
{
	const struct calendar_entry key = { .uid = uid, .original = original };
	size_t low = 0, high = uid ? x->n : 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = same_meeting(&x->at[mid]->entry, &key);

		if (!order)
			return x->at[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static void add(struct arena *a, struct calendar_file *out, const struct calendar_entry *e)
{
	if (out->n_entries == MEETINGS_MAX_ENTRIES)
		return;
	out->entries = arena_grow(a, out->entries, out->n_entries, &out->cap_entries,
	                          sizeof(*out->entries));
	out->entries[out->n_entries++] = *e;
	if (out->n_entries == MEETINGS_MAX_ENTRIES)
		file_fault(a, out, e->line, "the calendar has too many meetings: export fewer years");
}

static void put_on(struct calendar_entry *e, const struct when *w)
{
	struct wall wall = when_wall(w);

	e->day = wall.day;
	e->hour = w->date ? -1 : wall.hour;
	e->minute = w->date ? -1 : wall.minute;
}

/* What is left to say of one that differs from its series stands there. */
static void fill_from(struct calendar_entry *e, const struct vevent *series)
{
	if (!series)
		return;
	e->cancelled = e->cancelled || series->entry.cancelled;
	e->summary = e->summary ? e->summary : series->entry.summary;
	e->categories = e->categories ? e->categories : series->entry.categories;
}

static void add_single(struct arena *a, const struct index *x, const struct vevent *v,
                       struct calendar_file *out)
{
	struct calendar_entry e = v->entry;

	if (e.original != DAY_NONE)
		fill_from(&e, find(x, e.uid, DAY_NONE));
	if (v->started && !e.fault)
		put_on(&e, &v->start);
	else if (!e.fault && e.cancelled && e.original != DAY_NONE)
		e.day = e.original;
	else if (!e.fault)
		e.fault = "it has no beginning (DTSTART): export the calendar again";
	add(a, out, &e);
}

static bool is_excepted(const struct vevent *v, dayno day)
{
	for (size_t i = 0; i < v->n_except; i++)
		if (v->except[i] == day)
			return true;
	return false;
}

static void add_series(struct arena *a, const struct index *x, const struct vevent *v,
                       struct calendar_file *out)
{
	dayno days[SERIES_MAX];
	struct calendar_entry e = v->entry;
	struct series s;
	int n = 0;

	if (!v->started && !e.fault)
		e.fault = "it has no beginning (DTSTART): export the calendar again";
	if (!e.fault)
		e.fault = series_read(a, v->rule, &s);
	if (!e.fault)
		e.fault = series_days(a, &s, &v->start, days, SERIES_MAX, &n);
	if (e.fault)
		add(a, out, &e);
	for (int i = 0; !e.fault && i < n; i++) {
		struct calendar_entry one = e;
		struct when at = v->start;

		at.day = days[i];
		put_on(&one, &at);
		one.original = one.day;
		one.cancelled = e.cancelled || is_excepted(v, one.day);
		if (!find(x, e.uid, one.day))
			add(a, out, &one);
	}
}

void events_settle(struct arena *a, struct vevent *events, size_t n, struct calendar_file *out)
{
	struct index x = index_of(events, n);

	for (size_t i = 0; i < n && out->n_entries < MEETINGS_MAX_ENTRIES; i++) {
		if (!events[i].entry.line)
			continue;
		if (events[i].rule && events[i].entry.original == DAY_NONE)
			add_series(a, &x, &events[i], out);
		else
			add_single(a, &x, &events[i], out);
	}
	mem_free(x.at);
}
