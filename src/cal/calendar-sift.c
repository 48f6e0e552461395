/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "calendar-internal.h"
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

static bool names(const char *line, const char *what)
{
	const char *v = line_value(line);
	size_t n = strlen(what);

	return v && !strncasecmp(v, what, n) && !v[n + strspn(v + n, " ")];
}

/* Facts come from the first event, and from nothing inside it (alarms). */
static void note(struct sifted *s, const char *line, bool begin, bool end)
{
	if (begin && (s->in_event || names(line, "VEVENT"))) {
		s->events += s->in_event == 0;
		s->in_event++;
	} else if (end && s->in_event) {
		s->in_event--;
	} else if (s->in_event == 1 && s->events == 1) {
		calendar_take_fact(line, s->facts);
	}
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
	note(s, line, begin, end);
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

bool calendar_sift(const char *bytes, size_t len, struct sifted *s)
{
	struct lines l;
	bool ok = len <= BYTES_MAX && !(len && memchr(bytes, '\0', len));

	lines_init(&l, bytes, len);
	while (ok && lines_next(&l))
		ok = l.next_line <= LINES_MAX && take(s, l.text.data);
	lines_release(&l);
	return ok;
}
