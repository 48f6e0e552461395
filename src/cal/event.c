/* SPDX-License-Identifier: EUPL-1.2 */
/* One VEVENT, line by line. */
#include "event.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "cal/meetings.h"
#include "lines.h"

struct vevent event_begin(int line)
{
	return (struct vevent){
		.entry = { .original = DAY_NONE, .day = DAY_NONE, .hour = -1, .minute = -1,
		           .stamp = INSTANT_NONE, .line = line },
	};
}

static void fault(struct vevent *v, const char *text)
{
	if (!v->entry.fault)
		v->entry.fault = text;
}

/* TEXT (RFC 5545 §3.3.11), its line ends as spaces, control characters gone. */
const char *event_text(struct arena *a, const char *value, size_t most)
{
	struct buf plain AUTO(buf_release) = BUF_INIT;

	for (const char *at = value; *at; at++) {
		if (*at == '\\' && at[1]) {
			at++;
			buf_chr(&plain, *at == 'n' || *at == 'N' ? ' ' : *at);
		} else if ((unsigned char)*at >= ' ' && *at != 0x7f) {
			buf_chr(&plain, *at);
		} else {
			buf_chr(&plain, ' ');
		}
	}
	const char *text = text_cut(a, text_tidy(a, plain.data), most);
	return *text ? text : NULL;
}

static const char *text_of(struct arena *a, const char *line)
{
	return event_text(a, line_value(line), MEETINGS_MAX_TEXT);
}

/* CATEGORIES may stand more than once. */
static void categories(struct arena *a, struct vevent *v, const char *line)
{
	bool full = v->entry.categories && text_width(v->entry.categories) >= MEETINGS_MAX_TEXT;
	const char *more = full ? NULL : text_of(a, line);

	if (more && v->entry.categories)
		more = text_cut(a, arena_fmt(a, "%s, %s", v->entry.categories, more), MEETINGS_MAX_TEXT);
	if (more)
		v->entry.categories = more;
}

static void uid(struct arena *a, struct vevent *v, const char *value)
{
	if (strlen(value) > MEETINGS_MAX_UID)
		fault(v, "its UID is too long to be kept: make the meeting anew");
	else
		v->entry.uid = event_text(a, value, MEETINGS_MAX_UID);
}

static void start(struct arena *a, struct vevent *v, const char *line, const char *value)
{
	const char *wrong = when_read(a, line, value, strlen(value), &v->start);

	if (v->started)
		wrong = "it begins twice (DTSTART): export the calendar again";
	v->started = true;
	if (wrong)
		fault(v, wrong);
}

static void recurrence_id(struct arena *a, struct vevent *v, const char *line, const char *value)
{
	size_t len;
	struct when w;
	const char *wrong = when_read(a, line, value, strlen(value), &w);

	if (line_parameter(line, "RANGE", &len))
		wrong = "it changes the rest of a series (RECURRENCE-ID;RANGE): make that a series of its own";
	if (wrong)
		fault(v, wrong);
	else
		v->entry.original = when_wall(&w).day;
}

static void exceptions(struct arena *a, struct vevent *v, const char *line, const char *value)
{
	while (*value) {
		size_t len = strcspn(value, ",");
		struct when w;
		const char *wrong = when_read(a, line, value, len, &w);

		if (wrong) {
			fault(v, wrong);
			return;
		}
		v->except = arena_grow(a, v->except, v->n_except, &v->cap_except, sizeof(*v->except));
		v->except[v->n_except++] = when_wall(&w).day;
		value += len + (value[len] == ',');
	}
}

static void rule(struct arena *a, struct vevent *v, const char *value)
{
	if (v->rule)
		fault(v, "it has two recurrences (RRULE): make it two series");
	v->rule = arena_dup(a, value);
}

/* The latest of DTSTAMP alone tells versions apart; an odd one is the oldest. */
static void stamp(struct arena *a, struct vevent *v, const char *line, const char *value)
{
	struct when w;

	if (!when_read(a, line, value, strlen(value), &w))
		v->entry.stamp = when_instant(&w);
}

static void sequence(struct vevent *v, const char *value)
{
	size_t n = strspn(value, "0123456789");

	if (n && n <= 9 && !value[n])
		v->entry.sequence = (int)strtol(value, NULL, 10);
}

void event_line(struct arena *a, struct vevent *v, const char *line)
{
	const char *value = line_value(line);

	if (!value)
		return;
	if (line_is(line, "UID"))
		uid(a, v, value);
	else if (line_is(line, "SUMMARY"))
		v->entry.summary = text_of(a, line);
	else if (line_is(line, "LOCATION"))
		v->entry.location = text_of(a, line);
	else if (line_is(line, "CATEGORIES"))
		categories(a, v, line);
	else if (line_is(line, "DTSTART"))
		start(a, v, line, value);
	else if (line_is(line, "RECURRENCE-ID"))
		recurrence_id(a, v, line, value);
	else if (line_is(line, "EXDATE"))
		exceptions(a, v, line, value);
	else if (line_is(line, "RRULE"))
		rule(a, v, value);
	else if (line_is(line, "RDATE") || line_is(line, "EXRULE"))
		fault(v, "it has extra days beside its series (RDATE, EXRULE): make them single meetings");
	else if (line_is(line, "STATUS"))
		v->entry.cancelled = v->entry.cancelled || !strncasecmp(value, "CANCELLED", 9);
	else if (line_is(line, "SEQUENCE"))
		sequence(v, value);
	else if (line_is(line, "DTSTAMP"))
		stamp(a, v, line, value);
}
