/* SPDX-License-Identifier: EUPL-1.2 */
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "calendar-internal.h"
#include "lines.h"

/* Copies a token of visible ASCII in upper case; "" if it is none or too long. */
static void copy_token(const char *from, size_t len, bool upper, char *to, size_t size)
{
	to[0] = '\0';
	if (len == 0 || len >= size)
		return;
	for (size_t i = 0; i < len; i++) {
		char c = from[i];
		if (c <= ' ' || c >= 0x7f) {
			to[0] = '\0';
			return;
		}
		to[i] = upper && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	to[len] = '\0';
}

static void known(const char *word, const char *const *words, size_t n, char *to)
{
	to[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		if (!strcmp(word, words[i]))
			memcpy(to, word, strlen(word) + 1);
	}
}

static void set_method(const char *from, size_t len, struct calendar_reply *out)
{
	static const char *const methods[] = { "REPLY",  "COUNTER", "REFRESH", "REQUEST",
		                               "CANCEL", "PUBLISH", "ADD",     "DECLINECOUNTER" };
	char word[sizeof(out->method)];

	copy_token(from, len, true, word, sizeof(word));
	known(word, methods, ARRAY_LEN(methods), out->method);
}

static void set_partstat(const char *from, size_t len, struct calendar_reply *out)
{
	static const char *const states[] = { "NEEDS-ACTION", "ACCEPTED",  "DECLINED",  "TENTATIVE",
		                              "DELEGATED",    "COMPLETED", "IN-PROCESS" };
	char word[sizeof(out->partstat)];

	copy_token(from, len, true, word, sizeof(word));
	known(word, states, ARRAY_LEN(states), out->partstat);
}

/* ---- what libical could read ---- */

static void read_partstat(icalproperty *attendee, struct calendar_reply *out)
{
	icalparameter *p = icalproperty_get_first_parameter(attendee, ICAL_PARTSTAT_PARAMETER);
	icalparameter_partstat state = p ? icalparameter_get_partstat(p) : ICAL_PARTSTAT_NONE;
	const char *word = NULL;

	if (state != ICAL_PARTSTAT_NONE && state != ICAL_PARTSTAT_X)
		word = icalparameter_enum_to_string((int)state);
	set_partstat(word ? word : "", word ? strlen(word) : 0, out);
}

static void read_event(icalcomponent *event, struct calendar_reply *out)
{
	const char *uid = icalcomponent_get_uid(event);
	icalproperty *seq = icalcomponent_get_first_property(event, ICAL_SEQUENCE_PROPERTY);

	copy_token(uid ? uid : "", uid ? strlen(uid) : 0, false, out->uid, sizeof(out->uid));
	out->sequence = seq ? icalproperty_get_sequence(seq) : 0;
	icalproperty *who = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
	if (who)
		read_partstat(who, out);
	/* One answers for himself; of several, nobody knows who it was. */
	if (icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY))
		out->partstat[0] = '\0';
}

static void read_calendar(icalcomponent *c, struct calendar_reply *out)
{
	icalproperty *method = icalcomponent_get_first_property(c, ICAL_METHOD_PROPERTY);
	icalcomponent *first = icalcomponent_get_first_component(c, ICAL_VEVENT_COMPONENT), *next;
	const char *word = NULL;

	if (method)
		word = icalproperty_method_to_string(icalproperty_get_method(method));
	set_method(word ? word : "", word ? strlen(word) : 0, out);
	if (!first || !out->method[0])
		return;
	read_event(first, out);
	while ((next = icalcomponent_get_next_component(c, ICAL_VEVENT_COMPONENT))) {
		struct calendar_reply other = { 0 };
		read_event(next, &other);
		if (strcmp(other.uid, out->uid) != 0 || strcmp(other.partstat, out->partstat) != 0)
			out->partstat[0] = '\0';
	}
}

/* ---- what it could not: cut off or unclosed ---- */

static void scan_attendee(const char *line, int *seen, struct calendar_reply *out)
{
	size_t len = 0;
	const char *state = line_parameter(line, "PARTSTAT", &len);

	set_partstat(state ? state : "", len, out);
	if (++*seen > 1)
		out->partstat[0] = '\0';
}

static void scan(char *text, struct calendar_reply *out)
{
	int attendees = 0;

	for (char *line = text, *next; line && *line; line = next) {
		next = strstr(line, "\r\n");
		if (next) {
			*next = '\0';
			next += 2;
		}
		const char *v = line_value(line);
		if (!v)
			continue;
		size_t len = strcspn(v, " ");
		if (line_is(line, "METHOD") && !out->method[0])
			set_method(v, len, out);
		else if (line_is(line, "UID") && !out->uid[0])
			copy_token(v, len, false, out->uid, sizeof(out->uid));
		else if (line_is(line, "SEQUENCE"))
			out->sequence = (int)strtol(v, NULL, 10);
		else if (line_is(line, "ATTENDEE"))
			scan_attendee(line, &attendees, out);
	}
}

/* Joins what libical or the line scanner read with the facts beside it. */
static void settle(const struct calendar_reply *facts, struct calendar_reply *out)
{
	struct calendar_reply read = *out;

	memcpy(out, facts, sizeof(*out));
	memcpy(out->method, read.method, sizeof(out->method));
	memcpy(out->uid, read.uid, sizeof(out->uid));
	memcpy(out->partstat, read.partstat, sizeof(out->partstat));
	out->sequence = read.sequence;
	out->rescued = read.rescued;
}

/* Every byte set, its padding too: it crosses a wire. */
static void nothing(struct calendar_reply *out)
{
	memset(out, 0, sizeof(*out));
	out->stamp = out->start = out->end = INSTANT_NONE;
}

void calendar_reply_read(const char *bytes, size_t len, struct calendar_reply *out)
{
	struct calendar_reply facts;
	struct sifted s = { .text = BUF_INIT, .facts = &facts };

	nothing(&facts);
	nothing(out);
	if (calendar_sift(bytes, len, &s) && s.calendar) {
		icalcomponent *c = icalparser_parse_string(s.text.data), *calendar = c;

		/* Two calendars, or a stray END, come in a component of libical's own. */
		if (c && icalcomponent_isa(c) == ICAL_XROOT_COMPONENT)
			calendar = icalcomponent_get_first_component(c, ICAL_VCALENDAR_COMPONENT);
		if (calendar && icalcomponent_isa(calendar) == ICAL_VCALENDAR_COMPONENT) {
			read_calendar(calendar, out);
		} else {
			scan(s.text.data, out);
			out->rescued = true;
		}
		if (c)
			icalcomponent_free(c);
	}
	if (out->method[0])
		settle(&facts, out);
	else
		nothing(out);
	buf_release(&s.text);
}
