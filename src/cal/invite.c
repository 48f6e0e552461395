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
	size_t len = text ? strlen(text) : 0;
	const char *end = text + len;

	if (!len || !text_is_utf8(text, len))
		return;
	for (const char *from = text;;) { /* from there on nothing has been amiss */
		text += text_printable(text, (size_t)(end - text));
		const char *at = text;
		uint32_t c = text_next(&text);
		bool control = c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
		if ((lines && c == '\n') || (!control && !turns_direction(c)))
			continue;
		buf_add(out, from, (size_t)(at - from));
		if (!c)
			return;
		if (control && !(lines && c == '\r'))
			buf_chr(out, ' ');
		from = text;
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
		char *to = buf_extend(out, n + 3);
		memcpy(to, line, n);
		memcpy(to + n, "\r\n ", 3);
		line += n;
		len -= n;
	}
	buf_add(out, line, len);
	buf_add(out, "\r\n", 2);
}

/* A TEXT value (§3.3.11). */
static void say_text(struct buf *out, const char *name, const char *value)
{
	struct buf line AUTO(buf_release) = BUF_INIT;

	buf_str(&line, name);
	while (*value) {
		size_t plain = strcspn(value, "\n\\;,");
		buf_add(&line, value, plain);
		value += plain;
		if (*value) {
			buf_add(&line, (const char[]){ '\\', *value == '\n' ? 'n' : *value }, 2);
			value++;
		}
	}
	put_line(out, line.data, line.len);
}

/* ";CN=…", in quotes where it must be (§3.2); nothing where there is no name. */
static void put_cn(struct buf *line, const char *name)
{
	struct buf cn AUTO(buf_release) = BUF_INIT;

	clean_name(name, &cn);
	if (text_blank(cn.data))
		return;
	const char *quote = strpbrk(cn.data, ",;:") ? "\"" : "";
	buf_str(line, ";CN=");
	buf_str(line, quote);
	buf_add(line, cn.data, cn.len);
	buf_str(line, quote);
}

static void put_digits(struct buf *out, int n, int digits)
{
	char text[8];

	for (int k = digits; k--; n /= 10)
		text[k] = (char)('0' + n % 10);
	buf_add(out, text, (size_t)digits);
}

/* ---- an event ---- */

/* "20270315T090000" and what comes after it. */
static void put_time(struct buf *out, dayno day, int seconds, const char *end)
{
	struct ymd d = date_ymd(day);

	put_digits(out, d.y, 4);
	put_digits(out, d.m, 2);
	put_digits(out, d.d, 2);
	buf_chr(out, 'T');
	put_digits(out, seconds / 3600, 2);
	put_digits(out, seconds / 60 % 60, 2);
	put_digits(out, seconds % 60, 2);
	buf_str(out, end);
}

static void put_utc(struct buf *out, instant t)
{
	put_time(out, (dayno)(t / DAY_SECONDS), (int)(t % DAY_SECONDS), "Z\r\n");
}

static void put_wall(struct buf *out, dayno day, int minutes)
{
	put_time(out, day + minutes / DAY_MINUTES, minutes % DAY_MINUTES * 60, "\r\n");
}

static void say_times(struct buf *out, const struct invite *i)
{
	int start = i->hour * 60 + i->minute;

	buf_str(out, "DTSTAMP:");
	put_utc(out, i->stamp);
	buf_str(out, "CREATED:");
	put_utc(out, i->created);
	buf_str(out, "LAST-MODIFIED:");
	put_utc(out, i->stamp);
	buf_fmt(out, "SEQUENCE:%d\r\n", i->sequence);
	buf_str(out, "DTSTART;TZID=" ZONE ":");
	put_wall(out, i->day, start);
	buf_str(out, "DTEND;TZID=" ZONE ":");
	put_wall(out, i->day, start + i->minutes);
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
	struct buf line AUTO(buf_release) = BUF_INIT;

	buf_str(&line, "ORGANIZER");
	put_cn(&line, i->organizer_name);
	buf_str(&line, ":mailto:");
	buf_str(&line, i->organizer);
	put_line(out, line.data, line.len);
	buf_clear(&line);
	buf_str(&line, "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=");
	buf_str(&line, partstat(i));
	buf_str(&line, ";RSVP=TRUE");
	put_cn(&line, i->attendee_name);
	buf_str(&line, ";X-NUM-GUESTS=0:mailto:");
	buf_str(&line, i->attendee);
	put_line(out, line.data, line.len);
}

static bool in_english(const struct invite *i)
{
	return i->language && text_starts(i->language, "en");
}

/* DISALLOW-COUNTER:TRUE would take "propose a new time" away. */
#define FOR_OUTLOOK(busy) \
	"CLASS:PUBLIC\r\n" \
	"PRIORITY:5\r\n" \
	"X-MICROSOFT-CDO-BUSYSTATUS:" busy "\r\n" \
	"X-MICROSOFT-CDO-INTENDEDSTATUS:" busy "\r\n" \
	"X-MICROSOFT-CDO-ALLDAYEVENT:FALSE\r\n" \
	"X-MICROSOFT-DISALLOW-COUNTER:FALSE\r\n"

static void say_state(struct buf *out, const struct invite *i, bool cancel)
{
	if (cancel) {
		buf_str(out, "STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n" FOR_OUTLOOK("FREE"));
		return;
	}
	buf_str(out, "STATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\n" FOR_OUTLOOK("BUSY")
	             "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:");
	buf_str(out, in_english(i) ? "Reminder" : "Påminnelse");
	buf_str(out, "\r\nTRIGGER;RELATED=START:-P1D\r\nEND:VALARM\r\n");
}

static int write_calendar(const struct invite *i, bool cancel, struct buf *out, struct err *e)
{
	if (check(i, e))
		return -1;
	buf_str(out, "BEGIN:VCALENDAR\r\nPRODID:-//Oversyn//Oversyn//");
	buf_str(out, in_english(i) ? "EN" : "SV");
	buf_str(out, "\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\nMETHOD:");
	buf_str(out, cancel ? "CANCEL\r\n" : "REQUEST\r\n");
	buf_str(out, TIMEZONE);
	buf_str(out, "BEGIN:VEVENT\r\n");
	say_text(out, "UID:", i->uid);
	say_times(out, i);
	say_texts(out, i);
	say_people(out, i);
	say_state(out, i, cancel);
	buf_str(out, "END:VEVENT\r\nEND:VCALENDAR\r\n");
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
