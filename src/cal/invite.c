/* SPDX-License-Identifier: EUPL-1.2 */
#include "cal/invite.h"

#include <stdbool.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "core/address.h"

/*
 * Written as text: libical builds a tree for each invitation and writes that, which
 * takes more than ten times as long. tests/cal/test-invite has libical write the same,
 * and finds no difference but where lines are folded.
 */

enum { UID_MAX = 99, DAY_MINUTES = 24 * 60, DAY_SECONDS = 24 * 60 * 60 };

#define ZONE "Europe/Stockholm"

/*
 * Two rules since 1970, as Google writes it. libical's own would carry a TZID
 * of its making, offsets from 1879 and rules cut at 2037.
 */
static const char TIMEZONE[] =
	"BEGIN:VTIMEZONE\r\n"
	"TZID:" ZONE "\r\n"
	"X-LIC-LOCATION:" ZONE "\r\n"
	"BEGIN:STANDARD\r\n"
	"DTSTART:19701025T030000\r\n"
	"TZOFFSETFROM:+0200\r\n"
	"TZOFFSETTO:+0100\r\n"
	"TZNAME:CET\r\n"
	"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n"
	"END:STANDARD\r\n"
	"BEGIN:DAYLIGHT\r\n"
	"DTSTART:19700329T020000\r\n"
	"TZOFFSETFROM:+0100\r\n"
	"TZOFFSETTO:+0200\r\n"
	"TZNAME:CEST\r\n"
	"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n"
	"END:DAYLIGHT\r\n"
	"END:VTIMEZONE\r\n";

/* The marks that turn the reading direction around: no use here but deceit. */
static bool turns_direction(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Text that cannot break out of its property: control characters become
 * spaces, broken UTF-8 goes. Line ends stay where `lines` says so. */
static void clean(const char *text, bool lines, struct buf *out)
{
	if (!text || !text_is_utf8(text, strlen(text)))
		return;
	for (uint32_t c = text_next(&text); c; c = text_next(&text)) {
		if (turns_direction(c) || (lines && c == '\r'))
			continue;
		bool control = c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
		text_put(out, control && !(lines && c == '\n') ? ' ' : c);
	}
}

/* A name for CN: besides, no quote (it cannot be written there) and no "^"
 * (RFC 6868, which many read wrongly). */
static void clean_name(const char *name, struct buf *out)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	clean(name, false, &b);
	for (const char *p = b.data; *p; p++) {
		if (*p != '"' && *p != '^')
			buf_chr(out, *p);
	}
}

static int check_uid(const char *uid, struct err *e)
{
	/* How Exchange marks its own: it would decode the rest. */
	static const char exchange[] = "040000008200E00074C5B7101A82E008";
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789.@_-";
	size_t len = uid ? strlen(uid) : 0;

	if (len == 0 || len > UID_MAX || strspn(uid, allowed) != len || text_starts(uid, exchange))
		return err_set(e, ERR_USAGE,
		               "invitation: \"%.120s\" is no UID (1 to %d of A–Z a–z 0–9 . @ _ -)",
		               uid ? uid : "", UID_MAX);
	return 0;
}

static bool instant_ok(instant t)
{
	return t >= 0 && t < (instant)date_of(2200, 1, 1) * DAY_SECONDS;
}

static int check(const struct invite *i, struct err *e)
{
	if (check_uid(i->uid, e))
		return -1;
	if (address_check(i->organizer, e))
		return err_wrap(e, "invitation: organizer");
	if (address_check(i->attendee, e))
		return err_wrap(e, "invitation: attendee");
	if (i->sequence < 0)
		return err_set(e, ERR_USAGE, "invitation: SEQUENCE %d is below 0", i->sequence);
	if (!instant_ok(i->stamp) || !instant_ok(i->created))
		return err_set(e, ERR_USAGE, "invitation: its own time is not between 1970 and 2200");
	if (i->day < 0 || i->day >= date_of(2199, 12, 31) || i->hour < 0 || i->hour > 23 ||
	    i->minute < 0 || i->minute > 59 || i->minutes < 1 || i->minutes > DAY_MINUTES)
		return err_set(e, ERR_USAGE, "invitation: no such day or time of day");
	if (text_blank(i->summary))
		return err_set(e, ERR_USAGE, "invitation: has no title");
	return 0;
}

/* ---- lines ---- */

enum { OCTETS = 75 }; /* of a line, without its end (RFC 5545 §3.1) */

/* Ends a line, and folds it; never within a character. */
static void put_line(struct buf *out, const char *line, size_t len)
{
	for (size_t room = OCTETS; len > room; room = OCTETS - 1) {
		size_t n = room;
		while (n > 1 && ((unsigned char)line[n] & 0xc0) == 0x80)
			n--;
		buf_add(out, line, n);
		buf_add(out, "\r\n ", 3);
		line += n;
		len -= n;
	}
	buf_add(out, line, len);
	buf_add(out, "\r\n", 2);
}

static void PRINTF(2, 3) say(struct buf *out, const char *fmt, ...)
{
	struct buf line AUTO(buf_release) = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vfmt(&line, fmt, ap);
	va_end(ap);
	put_line(out, line.data, line.len);
}

/* A TEXT value (§3.3.11). */
static void say_text(struct buf *out, const char *name, const char *value)
{
	struct buf line AUTO(buf_release) = BUF_INIT;

	buf_str(&line, name);
	for (; *value; value++) {
		if (*value == '\n') {
			buf_str(&line, "\\n");
			continue;
		}
		if (strchr("\\;,", *value))
			buf_chr(&line, '\\');
		buf_chr(&line, *value);
	}
	put_line(out, line.data, line.len);
}

/* ";CN=…", in quotes where it must be (§3.2); nothing where there is no name. */
static void put_cn(struct buf *line, const char *name)
{
	struct buf cn AUTO(buf_release) = BUF_INIT;

	clean_name(name, &cn);
	if (!text_blank(cn.data))
		buf_fmt(line, strpbrk(cn.data, ",;:") ? ";CN=\"%s\"" : ";CN=%s", cn.data);
}

/* ---- an event ---- */

static void say_utc(struct buf *out, const char *name, instant t)
{
	struct ymd d = date_ymd((dayno)(t / DAY_SECONDS));
	int s = (int)(t % DAY_SECONDS);

	say(out, "%s:%04d%02d%02dT%02d%02d%02dZ", name, d.y, d.m, d.d, s / 3600, s / 60 % 60, s % 60);
}

static void say_wall(struct buf *out, const char *name, dayno day, int minutes)
{
	struct ymd d = date_ymd(day + minutes / DAY_MINUTES);

	minutes %= DAY_MINUTES;
	say(out, "%s;TZID=" ZONE ":%04d%02d%02dT%02d%02d00", name, d.y, d.m, d.d, minutes / 60, minutes % 60);
}

static void say_times(struct buf *out, const struct invite *i)
{
	int start = i->hour * 60 + i->minute;

	say_utc(out, "DTSTAMP", i->stamp);
	say_utc(out, "CREATED", i->created);
	say_utc(out, "LAST-MODIFIED", i->stamp);
	say(out, "SEQUENCE:%d", i->sequence);
	say_wall(out, "DTSTART", i->day, start);
	say_wall(out, "DTEND", i->day, start + i->minutes);
}

static void say_texts(struct buf *out, const struct invite *i)
{
	struct buf summary AUTO(buf_release) = BUF_INIT, text AUTO(buf_release) = BUF_INIT;

	clean(i->summary, false, &summary);
	clean(i->description, true, &text);
	say_text(out, "SUMMARY:", summary.data);
	if (!text_blank(text.data))
		say_text(out, "DESCRIPTION:", text.data);
}

static const char *partstat(const struct invite *i)
{
	static const char *const words[] = { "ACCEPTED", "TENTATIVE", "DECLINED" };

	for (size_t k = 0; i->partstat && k < ARRAY_LEN(words); k++)
		if (!strcmp(words[k], i->partstat))
			return words[k];
	return "NEEDS-ACTION";
}

static void say_people(struct buf *out, const struct invite *i)
{
	struct buf organizer AUTO(buf_release) = BUF_INIT, attendee AUTO(buf_release) = BUF_INIT;

	put_cn(&organizer, i->organizer_name);
	put_cn(&attendee, i->attendee_name);
	say(out, "ORGANIZER%s:mailto:%s", organizer.data, i->organizer);
	say(out, "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=%s;RSVP=TRUE%s;X-NUM-GUESTS=0:mailto:%s",
	    partstat(i), attendee.data, i->attendee);
}

static bool in_english(const struct invite *i)
{
	return i->language && text_starts(i->language, "en");
}

static void say_event(struct buf *out, const struct invite *i, bool cancel)
{
	say(out, "BEGIN:VEVENT");
	say(out, "UID:%s", i->uid);
	say_times(out, i);
	say_texts(out, i);
	say_people(out, i);
	say(out, "STATUS:%s", cancel ? "CANCELLED" : "CONFIRMED");
	say(out, "TRANSP:%s", cancel ? "TRANSPARENT" : "OPAQUE");
	say(out, "CLASS:PUBLIC");
	say(out, "PRIORITY:5");
	say(out, "X-MICROSOFT-CDO-BUSYSTATUS:%s", cancel ? "FREE" : "BUSY");
	say(out, "X-MICROSOFT-CDO-INTENDEDSTATUS:%s", cancel ? "FREE" : "BUSY");
	say(out, "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE");
	/* TRUE would take "propose a new time" away. */
	say(out, "X-MICROSOFT-DISALLOW-COUNTER:FALSE");
	if (!cancel) {
		say(out, "BEGIN:VALARM");
		say(out, "ACTION:DISPLAY");
		say(out, "DESCRIPTION:%s", in_english(i) ? "Reminder" : "Påminnelse");
		say(out, "TRIGGER;RELATED=START:-P1D");
		say(out, "END:VALARM");
	}
	say(out, "END:VEVENT");
}

static int write_calendar(const struct invite *i, bool cancel, struct buf *out, struct err *e)
{
	if (check(i, e))
		return -1;
	say(out, "BEGIN:VCALENDAR");
	say(out, "PRODID:-//Oversyn//Oversyn//%s", in_english(i) ? "EN" : "SV");
	say(out, "VERSION:2.0");
	say(out, "CALSCALE:GREGORIAN");
	say(out, "METHOD:%s", cancel ? "CANCEL" : "REQUEST");
	buf_str(out, TIMEZONE);
	say_event(out, i, cancel);
	say(out, "END:VCALENDAR");
	return 0;
}

int invite_request(const struct invite *i, struct buf *out, struct err *e)
{
	return write_calendar(i, false, out, e);
}

int invite_cancel(const struct invite *i, struct buf *out, struct err *e)
{
	return write_calendar(i, true, out, e);
}
