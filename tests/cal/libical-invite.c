/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/cal/libical-invite.h"

#include <libical/ical.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"

enum { DAY_MINUTES = 24 * 60, DAY_SECONDS = 24 * 60 * 60 };

static const char ZONE[] = "Europe/Stockholm";

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
	if (!text_blank(name))
		icalproperty_add_parameter(p, icalparameter_new_cn(name));
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
	icalcomponent_add_property(c, icalproperty_new_summary(i->summary));
	if (!text_blank(i->description))
		icalcomponent_add_property(c, icalproperty_new_description(i->description));
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

void libical_invite(const struct invite *i, bool cancel, struct buf *out)
{
	icalcomponent *c = icalcomponent_new_vcalendar();
	bool english = i->language && text_starts(i->language, "en");

	icalcomponent_add_property(c, icalproperty_new_prodid(english ? "-//Oversyn//Oversyn//EN"
	                                                              : "-//Oversyn//Oversyn//SV"));
	icalcomponent_add_property(c, icalproperty_new_version("2.0"));
	icalcomponent_add_property(c, icalproperty_new_calscale("GREGORIAN"));
	icalcomponent_add_property(
		c, icalproperty_new_method(cancel ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST));
	icalcomponent_add_component(c, icalparser_parse_string(TIMEZONE));
	icalcomponent_add_component(c, event(i, cancel));
	char *text = icalcomponent_as_ical_string_r(c);
	buf_str(out, text);
	icalmemory_free_buffer(text);
	icalcomponent_free(c);
}

bool libical_same(const char *one, const char *other)
{
	icalcomponent *a = icalparser_parse_string(one), *b = icalparser_parse_string(other);
	bool same = a && b && icalrestriction_check(a);

	if (same) {
		char *as = icalcomponent_as_ical_string_r(a), *bs = icalcomponent_as_ical_string_r(b);
		same = !strcmp(as, bs) && !strstr(as, "X-LIC-ERROR");
		icalmemory_free_buffer(as);
		icalmemory_free_buffer(bs);
	}
	if (a)
		icalcomponent_free(a);
	if (b)
		icalcomponent_free(b);
	return same;
}
