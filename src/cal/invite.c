/* SPDX-License-Identifier: EUPL-1.2 */
#include "cal/invite.h"

#include <libical/ical.h>
#include <stdbool.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "core/address.h"

enum { UID_MAX = 99, DAY_MINUTES = 24 * 60, DAY_SECONDS = 24 * 60 * 60 };

static const char ZONE[] = "Europe/Stockholm";

/*
 * Two rules since 1970, as Google writes it. libical's own would carry a TZID
 * of its making, offsets from 1879 and rules cut at 2037.
 */
static const char TIMEZONE[] =
	"BEGIN:VTIMEZONE\r\n"
	"TZID:Europe/Stockholm\r\n"
	"X-LIC-LOCATION:Europe/Stockholm\r\n"
	"BEGIN:STANDARD\r\n"
	"DTSTART:19701025T030000\r\n"
	"TZOFFSETFROM:+0200\r\n"
	"TZOFFSETTO:+0100\r\n"
	"TZNAME:CET\r\n"
	"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
	"END:STANDARD\r\n"
	"BEGIN:DAYLIGHT\r\n"
	"DTSTART:19700329T020000\r\n"
	"TZOFFSETFROM:+0100\r\n"
	"TZOFFSETTO:+0200\r\n"
	"TZNAME:CEST\r\n"
	"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
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

static struct icaltimetype clock_time(dayno day, int minutes)
{
	struct ymd d = date_ymd(day + minutes / DAY_MINUTES);

	minutes %= DAY_MINUTES;
	return (struct icaltimetype){
		.year = d.y, .month = d.m, .day = d.d, .hour = minutes / 60, .minute = minutes % 60
	};
}

static struct icaltimetype utc_time(instant t)
{
	int seconds = (int)(t % DAY_SECONDS);
	struct icaltimetype at = clock_time((dayno)(t / DAY_SECONDS), seconds / 60);

	at.second = seconds % 60;
	at.zone = icaltimezone_get_utc_timezone();
	return at;
}

static icalproperty *in_zone(icalproperty *p)
{
	icalproperty_add_parameter(p, icalparameter_new_tzid(ZONE));
	return p;
}

static void add_x(icalcomponent *c, const char *name, const char *value)
{
	icalproperty *p = icalproperty_new_x(value);

	icalproperty_set_x_name(p, name);
	icalcomponent_add_property(c, p);
}

static void add_name(icalproperty *p, const char *name)
{
	struct buf cn AUTO(buf_release) = BUF_INIT;

	clean_name(name, &cn);
	if (!text_blank(cn.data))
		icalproperty_add_parameter(p, icalparameter_new_cn(cn.data));
}

static icalproperty *organizer(const struct invite *i)
{
	struct buf uri AUTO(buf_release) = BUF_INIT;

	buf_fmt(&uri, "mailto:%s", i->organizer);
	icalproperty *p = icalproperty_new_organizer(uri.data);
	add_name(p, i->organizer_name);
	return p;
}

static icalparameter_partstat partstat(const struct invite *i)
{
	static const struct {
		const char *word;
		icalparameter_partstat state;
	} states[] = {
		{ "ACCEPTED", ICAL_PARTSTAT_ACCEPTED }, { "TENTATIVE", ICAL_PARTSTAT_TENTATIVE },
		{ "DECLINED", ICAL_PARTSTAT_DECLINED },
	};

	for (size_t k = 0; i->partstat && k < ARRAY_LEN(states); k++)
		if (!strcmp(states[k].word, i->partstat))
			return states[k].state;
	return ICAL_PARTSTAT_NEEDSACTION;
}

/* RSVP=TRUE gives Thunderbird its buttons, X-NUM-GUESTS Gmail its own. */
static icalproperty *attendee(const struct invite *i)
{
	struct buf uri AUTO(buf_release) = BUF_INIT;
	icalparameter *guests = icalparameter_new(ICAL_X_PARAMETER);

	icalparameter_set_xname(guests, "X-NUM-GUESTS");
	icalparameter_set_xvalue(guests, "0");
	buf_fmt(&uri, "mailto:%s", i->attendee);
	icalproperty *p = icalproperty_new_attendee(uri.data);
	icalproperty_add_parameter(p, icalparameter_new_cutype(ICAL_CUTYPE_INDIVIDUAL));
	icalproperty_add_parameter(p, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
	icalproperty_add_parameter(p, icalparameter_new_partstat(partstat(i)));
	icalproperty_add_parameter(p, icalparameter_new_rsvp(ICAL_RSVP_TRUE));
	add_name(p, i->attendee_name);
	icalproperty_add_parameter(p, guests);
	return p;
}

/* One, the day before: Outlook takes one, the others have their own. */
static icalcomponent *alarm(const struct invite *i)
{
	const struct icaltriggertype day_before = { .duration = { .is_neg = 1, .days = 1 } };
	const char *words = i->language && text_starts(i->language, "en") ? "Reminder" : "Påminnelse";
	icalcomponent *c = icalcomponent_new_valarm();
	icalproperty *trigger = icalproperty_new_trigger(day_before);

	icalproperty_add_parameter(trigger, icalparameter_new_related(ICAL_RELATED_START));
	icalcomponent_add_property(c, icalproperty_new_action(ICAL_ACTION_DISPLAY));
	icalcomponent_add_property(c, icalproperty_new_description(words));
	icalcomponent_add_property(c, trigger);
	return c;
}

static void add_times(icalcomponent *c, const struct invite *i)
{
	int start = i->hour * 60 + i->minute;

	icalcomponent_add_property(c, icalproperty_new_dtstamp(utc_time(i->stamp)));
	icalcomponent_add_property(c, icalproperty_new_created(utc_time(i->created)));
	icalcomponent_add_property(c, icalproperty_new_lastmodified(utc_time(i->stamp)));
	icalcomponent_add_property(c, icalproperty_new_sequence(i->sequence));
	icalcomponent_add_property(c, in_zone(icalproperty_new_dtstart(clock_time(i->day, start))));
	icalcomponent_add_property(
		c, in_zone(icalproperty_new_dtend(clock_time(i->day, start + i->minutes))));
}

static void add_texts(icalcomponent *c, const struct invite *i)
{
	struct buf summary AUTO(buf_release) = BUF_INIT, text AUTO(buf_release) = BUF_INIT;

	clean(i->summary, false, &summary);
	clean(i->description, true, &text);
	icalcomponent_add_property(c, icalproperty_new_summary(summary.data));
	if (!text_blank(text.data))
		icalcomponent_add_property(c, icalproperty_new_description(text.data));
}

static icalcomponent *event(const struct invite *i, bool cancel)
{
	icalcomponent *c = icalcomponent_new_vevent();

	icalcomponent_add_property(c, icalproperty_new_uid(i->uid));
	add_times(c, i);
	add_texts(c, i);
	icalcomponent_add_property(c, organizer(i));
	icalcomponent_add_property(c, attendee(i));
	icalcomponent_add_property(
		c, icalproperty_new_status(cancel ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
	icalcomponent_add_property(
		c, icalproperty_new_transp(cancel ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
	icalcomponent_add_property(c, icalproperty_new_class(ICAL_CLASS_PUBLIC));
	icalcomponent_add_property(c, icalproperty_new_priority(5));
	add_x(c, "X-MICROSOFT-CDO-BUSYSTATUS", cancel ? "FREE" : "BUSY");
	add_x(c, "X-MICROSOFT-CDO-INTENDEDSTATUS", cancel ? "FREE" : "BUSY");
	add_x(c, "X-MICROSOFT-CDO-ALLDAYEVENT", "FALSE");
	/* TRUE would take "propose a new time" away. */
	add_x(c, "X-MICROSOFT-DISALLOW-COUNTER", "FALSE");
	if (!cancel)
		icalcomponent_add_component(c, alarm(i));
	return c;
}

static void release(icalcomponent **c)
{
	if (*c)
		icalcomponent_free(*c);
}

static int write_calendar(const struct invite *i, bool cancel, struct buf *out, struct err *e)
{
	if (check(i, e))
		return -1;
	icalcomponent *c AUTO(release) = icalcomponent_new_vcalendar();
	bool english = i->language && text_starts(i->language, "en");

	icalcomponent_add_property(c, icalproperty_new_prodid(english ? "-//Oversyn//Oversyn//EN"
	                                                              : "-//Oversyn//Oversyn//SV"));
	icalcomponent_add_property(c, icalproperty_new_version("2.0"));
	icalcomponent_add_property(c, icalproperty_new_calscale("GREGORIAN"));
	icalcomponent_add_property(
		c, icalproperty_new_method(cancel ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST));
	icalcomponent_add_component(c, icalparser_parse_string(TIMEZONE));
	icalcomponent_add_component(c, event(i, cancel));
	if (!icalrestriction_check(c))
		return err_set(e, ERR_USAGE, "invitation: libical finds it against RFC 5546");

	char *text = icalcomponent_as_ical_string_r(c);
	if (!text)
		return err_set(e, ERR_USAGE, "invitation: libical could not write it");
	buf_str(out, text);
	icalmemory_free_buffer(text);
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
