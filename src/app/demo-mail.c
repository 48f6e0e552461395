/* SPDX-License-Identifier: EUPL-1.2 */
/* The mail that the demo's people write. */
#include <config.h>

#include "src/app/demo-mail.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "mail/message.h"

static void quote(struct buf *out, const char *text)
{
	for (const char *end; *text; text = *end ? end + 1 : end) {
		end = strchrnul(text, '\n');
		buf_fmt(out, "> %.*s\r\n", (int)(end - text), text);
	}
}

static void crlf(struct buf *out, const char *text)
{
	for (const char *end; *text; text = *end ? end + 1 : end) {
		end = strchrnul(text, '\n');
		buf_fmt(out, "%.*s\r\n", (int)(end - text), text);
	}
}

/* "Mon, 11 Jan 2027 08:00:00 +0100" */
static void date_field(struct buf *out, instant now)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	                                      "Sep", "Oct", "Nov", "Dec" };
	struct wall w = zone_wall(now);
	struct ymd d = date_ymd(w.day);

	buf_fmt(out, "%s, %02d %s %d %02d:%02d:%02d %+05d", days[date_weekday(w.day) - 1], d.d,
	        months[d.m - 1], d.y, w.hour, w.minute, w.second, w.offset / 36);
}

/* Our own server stands above everything that comes from elsewhere. */
static void envelope(const struct pending *x, instant now, struct buf *out)
{
	buf_fmt(out, "Authentication-Results: mx.tallvinge.example; dmarc=%s header.from=tallvinge.example\r\n"
	        "Received: from %s by mx.tallvinge.example; ", x->outside ? "fail" : "pass",
	        x->outside ? "mail.elsewhere.example" : "mail.tallvinge.example");
	date_field(out, now);
	buf_fmt(out, "\r\nFrom: <%s>\r\nTo: <%s>\r\nSubject: ", x->from, x->to);
	mail_header_words(x->subject, strlen("Subject: "), out);
	buf_str(out, "\r\nDate: ");
	date_field(out, now);
}

/* ---- calendars ---- */

/* The value of the first such property of the event: after its name, to the end of
 * its folded lines. */
static const char *property(struct arena *a, const char *event, const char *name)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	const char *at = strstr(event, arena_fmt(a, "\n%s", name));

	if (!at)
		return NULL;
	for (at += 1 + strlen(name); *at; at++) {
		size_t line = strcspn(at, "\r\n"), end = strspn(at + line, "\r\n");

		buf_add(&b, at, line);
		at += line + end;
		if (*at != ' ' && *at != '\t')
			break;
	}
	return arena_dup(a, b.data);
}

const char *demo_calendar_answer(struct arena *a, const char *calendar, const char *from,
                                 const char *partstat, instant now)
{
	const char *event = calendar ? strstr(calendar, "BEGIN:VEVENT") : NULL;
	const char *uid = event ? property(a, event, "UID:") : NULL;
	const char *organizer = event ? property(a, event, "ORGANIZER") : NULL;
	const char *to = organizer ? strstr(organizer, "mailto:") : NULL;
	time_t seconds = (time_t)now;
	char stamp[20];
	struct tm utc;

	if (!uid || !to || !gmtime_r(&seconds, &utc))
		return NULL;
	strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &utc);
	return arena_fmt(a, "BEGIN:VCALENDAR\nPRODID:-//Tallvinge//Demo//SV\nVERSION:2.0\nMETHOD:REPLY\n"
	                 "BEGIN:VEVENT\nUID:%s\nSEQUENCE:%s\nDTSTAMP:%s\nDTSTART%s\nORGANIZER:mailto:%s\n"
	                 "ATTENDEE;PARTSTAT=%s:mailto:%s\nEND:VEVENT\nEND:VCALENDAR\n", uid,
	                 property(a, event, "SEQUENCE:"), stamp, property(a, event, "DTSTART"),
	                 to + strlen("mailto:"), partstat, from);
}

/* ---- the whole of it ---- */

static void text_part(const struct pending *x, instant now, struct buf *out)
{
	struct ymd d = date_ymd(zone_wall(now).day);

	buf_str(out, "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n");
	if (x->automatic)
		buf_str(out, "Auto-Submitted: auto-replied\r\n");
	buf_str(out, "\r\n");
	crlf(out, x->text);
	if (x->automatic || !x->quote)
		return;
	buf_fmt(out, "\r\nDen %d-%02d-%02d kl. 08:00, skrev Översyn, Tallvinge kommun:\r\n", d.y, d.m, d.d);
	quote(out, x->quote);
}

void demo_mail_write(const struct pending *x, instant now, const char *id, struct buf *out)
{
	envelope(x, now, out);
	buf_fmt(out, "\r\nMessage-ID: <%s>\r\n", id);
	if (x->answers_id)
		buf_fmt(out, "In-Reply-To: <%s>\r\nReferences: <%s>\r\n", x->answers_id, x->answers_id);
	buf_str(out, "MIME-Version: 1.0\r\n");
	if (!x->calendar) {
		text_part(x, now, out);
		return;
	}
	buf_str(out, "Content-Type: multipart/alternative; boundary=\"answer\"\r\n\r\n--answer\r\n");
	text_part(x, now, out);
	buf_str(out, "\r\n--answer\r\nContent-Type: text/calendar; charset=utf-8; method=REPLY\r\n"
	        "Content-Transfer-Encoding: 8bit\r\n\r\n");
	crlf(out, x->calendar);
	buf_str(out, "\r\n--answer--\r\n");
}
