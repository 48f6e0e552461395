/* SPDX-License-Identifier: EUPL-1.2 */
#include <libical/ical.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cal/invite.h"
#include "lines.h"

/*
 * Foreign calendars are sifted before libical sees them: only the lines that
 * say what came back, for which event and from whom, get through. So no time
 * zone (libical opens files by its name), no recurrence (it can count for
 * ever), no date and no unclosed part of a time zone reaches it at all.
 */
enum {
	BYTES_MAX = 256 * 1024,
	LINES_MAX = 5000,
	DEPTH_MAX = 4,
};

/* The unfolded lines that passed, each with CRLF. */
struct sifted {
	struct buf text;
	bool calendar; /* BEGIN:VCALENDAR was there */
	int depth;     /* of all that is open */
	int open;      /* of what passed */
};

/* libical takes "abc" for 0 and wraps what is too large. */
static bool small_number(const char *line)
{
	const char *v = line_value(line);
	size_t n = v ? strspn(v, "0123456789") : 0;

	return n >= 1 && n <= 9 && v[n + strspn(v + n, " ")] == '\0';
}

static bool is_frame(const char *line)
{
	static const char *const kept[] = { "VCALENDAR", "VEVENT", "VALARM" };
	const char *v = line_value(line);
	size_t n = v ? strcspn(v, " ;") : 0;

	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		if (v && n == strlen(kept[i]) && !strncasecmp(v, kept[i], n))
			return true;
	}
	return false;
}

static bool wanted(const char *line)
{
	if (line_is(line, "BEGIN") || line_is(line, "END"))
		return is_frame(line);
	if (line_is(line, "SEQUENCE"))
		return small_number(line);
	return line_is(line, "METHOD") || line_is(line, "UID") || line_is(line, "ATTENDEE");
}

/* Takes one unfolded line; false when the nesting goes too deep. An END
 * without its BEGIN is left out: libical complains about it on stderr. */
static bool take(struct sifted *s, const char *line)
{
	bool begin = line_is(line, "BEGIN"), end = line_is(line, "END");

	if (begin && ++s->depth > DEPTH_MAX)
		return false;
	if (end)
		s->depth--;
	if (!wanted(line) || (end && s->open == 0))
		return true;
	if (begin && line_value(line) && !strncasecmp(line_value(line), "VCALENDAR", 9))
		s->calendar = true;
	s->open += begin;
	s->open -= end;
	buf_str(&s->text, line);
	buf_str(&s->text, "\r\n");
	return true;
}

/* Unfolds and sifts; false when the bytes go beyond what a calendar needs. */
static bool sift(const char *bytes, size_t len, struct sifted *s)
{
	struct lines l;
	bool ok = len <= BYTES_MAX && !(len && memchr(bytes, '\0', len));

	lines_init(&l, bytes, len);
	while (ok && lines_next(&l))
		ok = l.next_line <= LINES_MAX && take(s, l.text.data);
	lines_release(&l);
	return ok;
}

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

void calendar_reply_read(const char *bytes, size_t len, struct calendar_reply *out)
{
	struct sifted s = { .text = BUF_INIT };

	*out = (struct calendar_reply){ 0 };
	if (sift(bytes, len, &s) && s.calendar) {
		icalcomponent *c = icalparser_parse_string(s.text.data), *calendar = c;

		/* Two calendars, or a stray END, come in a component of libical's own. */
		if (c && icalcomponent_isa(c) == ICAL_XROOT_COMPONENT)
			calendar = icalcomponent_get_first_component(c, ICAL_VCALENDAR_COMPONENT);
		if (calendar && icalcomponent_isa(calendar) == ICAL_VCALENDAR_COMPONENT)
			read_calendar(calendar, out);
		else
			scan(s.text.data, out);
		if (c)
			icalcomponent_free(c);
	}
	if (!out->method[0])
		*out = (struct calendar_reply){ 0 };
	buf_release(&s.text);
}
