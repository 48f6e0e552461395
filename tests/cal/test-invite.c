/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "cal/invite.h"
#include "tests/cal/libical-invite.h"
#include "tests/tap.h"

static struct invite sample(void)
{
	return (struct invite){
		.uid = "gr-7f3a9c52e1b84d0f-2027@granskning.tallvinge.example",
		.sequence = 0,
		.stamp = 1799046900, /* 2027-01-04T07:15:00Z */
		.created = 1799046900,
		.day = date_of(2027, 3, 15),
		.hour = 9,
		.minute = 0,
		.minutes = 60,
		.summary = "Årlig granskning: delegationsordning",
		.description = "Rad ett\nRad två; med komma, och \\",
		.organizer_name = "Granskning, Tallvinge kommun",
		.organizer = "granskning@tallvinge.example",
		.attendee_name = "Åsa Öberg",
		.attendee = "asa.oberg@tallvinge.example",
		.language = "sv",
	};
}

/* The calendar with its folds undone, so that lines can be looked for. */
static void unfold(const struct buf *in, struct buf *out)
{
	for (const char *p = in->data; *p; p++) {
		if (!strncmp(p, "\r\n ", 3))
			p += 2;
		else
			buf_chr(out, *p);
	}
}

static void written(const struct invite *i, bool cancel, struct buf *raw, struct buf *unfolded)
{
	struct err e = ERR_INIT;
	int got = cancel ? invite_cancel(i, raw, &e) : invite_request(i, raw, &e);

	ck_assert_msg(!got, "%s", e.text);
	unfold(raw, unfolded);
}

static int count(const struct buf *b, const char *what)
{
	int n = 0;

	for (const char *p = b->data; (p = strstr(p, what)); p++)
		n++;
	return n;
}

#define LINE(b, line) \
	ck_assert_msg(strstr((b)->data, "\r\n" line "\r\n"), "no line %s in\n%s", line, (b)->data)

START_TEST(a_request_says_it_all)
{
	struct buf raw AUTO(buf_release) = BUF_INIT, b AUTO(buf_release) = BUF_INIT;
	struct invite i = sample();

	written(&i, false, &raw, &b);
	ck_assert(text_starts(b.data, "BEGIN:VCALENDAR\r\n"));
	LINE(&b, "PRODID:-//Oversyn//Oversyn//SV");
	LINE(&b, "METHOD:REQUEST");
	LINE(&b, "UID:gr-7f3a9c52e1b84d0f-2027@granskning.tallvinge.example");
	LINE(&b, "DTSTAMP:20270104T071500Z");
	LINE(&b, "CREATED:20270104T071500Z");
	LINE(&b, "LAST-MODIFIED:20270104T071500Z");
	LINE(&b, "SEQUENCE:0");
	LINE(&b, "DTSTART;TZID=Europe/Stockholm:20270315T090000");
	LINE(&b, "DTEND;TZID=Europe/Stockholm:20270315T100000");
	LINE(&b, "SUMMARY:Årlig granskning: delegationsordning");
	LINE(&b, "DESCRIPTION:Rad ett\\nRad två\\; med komma\\, och \\\\");
	LINE(&b, "ORGANIZER;CN=\"Granskning, Tallvinge kommun\":mailto:granskning@tallvinge.example");
	LINE(&b, "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;"
	         "CN=Åsa Öberg;X-NUM-GUESTS=0:mailto:asa.oberg@tallvinge.example");
	LINE(&b, "STATUS:CONFIRMED");
	LINE(&b, "X-MICROSOFT-CDO-BUSYSTATUS:BUSY");
	LINE(&b, "X-MICROSOFT-DISALLOW-COUNTER:FALSE");
	LINE(&b, "ACTION:DISPLAY");
	LINE(&b, "TRIGGER;RELATED=START:-P1D");
	ck_assert_int_eq(count(&b, "METHOD:"), 1);
	ck_assert_int_eq(count(&b, "BEGIN:VEVENT"), 1);
	ck_assert_int_eq(count(&b, "ATTENDEE"), 1);
	ck_assert_int_eq(count(&b, "X-LIC-ERROR"), 0);
}
END_TEST

START_TEST(the_time_zone_has_two_rules)
{
	struct buf raw AUTO(buf_release) = BUF_INIT, b AUTO(buf_release) = BUF_INIT;
	struct invite i = sample();

	written(&i, false, &raw, &b);
	LINE(&b, "TZID:Europe/Stockholm");
	LINE(&b, "DTSTART:19701025T030000");
	LINE(&b, "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10");
	LINE(&b, "DTSTART:19700329T020000");
	LINE(&b, "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3");
	ck_assert_int_eq(count(&b, "TZOFFSETTO:"), 2);
	ck_assert_int_eq(count(&b, "RRULE"), 2);
}
END_TEST

START_TEST(a_cancellation_takes_it_back)
{
	struct buf raw AUTO(buf_release) = BUF_INIT, b AUTO(buf_release) = BUF_INIT;
	struct invite i = sample();

	i.sequence = 3;
	i.stamp += 86400;
	written(&i, true, &raw, &b);
	LINE(&b, "METHOD:CANCEL");
	LINE(&b, "STATUS:CANCELLED");
	LINE(&b, "SEQUENCE:3");
	LINE(&b, "DTSTAMP:20270105T071500Z");
	LINE(&b, "CREATED:20270104T071500Z");
	LINE(&b, "UID:gr-7f3a9c52e1b84d0f-2027@granskning.tallvinge.example");
	LINE(&b, "DTSTART;TZID=Europe/Stockholm:20270315T090000");
	ck_assert_int_eq(count(&b, "VALARM"), 0);
	ck_assert_int_eq(count(&b, "ATTENDEE"), 1);
}
END_TEST

START_TEST(lines_are_folded_at_75_octets)
{
	struct buf raw AUTO(buf_release) = BUF_INIT, b AUTO(buf_release) = BUF_INIT;
	struct buf longer AUTO(buf_release) = BUF_INIT;
	struct invite i = sample();

	for (int n = 0; n < 300; n++)
		buf_str(&longer, n % 9 ? "å" : "\xf0\x9f\x91\x8d ");
	i.summary = i.description = i.attendee_name = longer.data;
	written(&i, false, &raw, &b);
	size_t column = 0;
	const char *start = raw.data;
	for (const char *p = raw.data; *p; p++) {
		ck_assert((*p == '\n') == (p > raw.data && p[-1] == '\r'));
		column = *p == '\n' ? 0 : column + 1;
		ck_assert_uint_le(column, 75 + 1);
		if (*p == '\n') {
			ck_assert_msg(text_is_utf8(start, (size_t)(p - start)), "cut in a letter");
			start = p + 1;
		}
	}
	ck_assert_ptr_nonnull(strstr(b.data, longer.data));
}
END_TEST

START_TEST(an_event_may_pass_midnight)
{
	struct buf raw AUTO(buf_release) = BUF_INIT, b AUTO(buf_release) = BUF_INIT;
	struct invite i = sample();

	i.day = date_of(2027, 12, 31);
	i.hour = 23;
	i.minute = 30;
	i.minutes = 45;
	written(&i, false, &raw, &b);
	LINE(&b, "DTSTART;TZID=Europe/Stockholm:20271231T233000");
	LINE(&b, "DTEND;TZID=Europe/Stockholm:20280101T001500");
}
END_TEST

START_TEST(no_value_forges_a_line)
{
	struct buf raw AUTO(buf_release) = BUF_INIT, b AUTO(buf_release) = BUF_INIT;
	struct invite i = sample();

	i.summary = "a\r\nX-EVIL:1\x01";
	i.description = "b\r\nX-EVIL:2\rX-EVIL:3\x7f\u202e";
	i.attendee_name = "c\"\r\nX-EVIL:4^n;X=1";
	i.organizer_name = "d:mailto:x@evil.test";
	written(&i, false, &raw, &b);
	ck_assert_int_eq(count(&b, "\nX-EVIL"), 0);
	LINE(&b, "SUMMARY:a  X-EVIL:1 ");
	LINE(&b, "DESCRIPTION:b\\nX-EVIL:2X-EVIL:3 ");
	ck_assert_ptr_nonnull(strstr(b.data, ";CN=\"c  X-EVIL:4n;X=1\";"));
	ck_assert_ptr_nonnull(strstr(b.data, ";CN=\"d:mailto:x@evil.test\":mailto:granskning@"));
	ck_assert_int_eq(count(&b, "\u202e"), 0);
}
END_TEST

static void refused(struct invite i, const char *start)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct err e = ERR_INIT;

	ck_assert_int_eq(invite_request(&i, &out, &e), -1);
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_msg(text_starts(e.text, start), "%s", e.text);
	ck_assert_uint_eq(out.len, 0);
}

START_TEST(what_cannot_be_an_invitation_is_refused)
{
	static const char *const uids[] = {
		"", "a b", "a\r\nX-EVIL:1", "å@x.test", "040000008200E00074C5B7101A82E008000000",
		("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		 "aaaaaaaaaaaaaaaaaaaa")
	};
	struct invite i;

	for (size_t n = 0; n < ARRAY_LEN(uids); n++) {
		i = sample();
		i.uid = uids[n];
		refused(i, "invitation: \"");
	}
	i = sample();
	i.attendee = "x@y.test\r\nX-EVIL:1";
	refused(i, "invitation: attendee");
	i = sample();
	i.organizer = "x";
	refused(i, "invitation: organizer");
	i = sample();
	i.day = DAY_NONE;
	refused(i, "invitation: no such day");
	i = sample();
	i.hour = 24;
	refused(i, "invitation: no such day");
	i = sample();
	i.stamp = INSTANT_NONE;
	refused(i, "invitation: its own time");
	i = sample();
	i.summary = " ";
	refused(i, "invitation: has no title");
	i = sample();
	i.sequence = -1;
	refused(i, "invitation: SEQUENCE");
}
END_TEST

/* Words of every length, with what must be escaped, quoted or folded in every place. */
static const char *some_words(struct buf *b, unsigned int *seed, bool lines)
{
	static const char *const parts[] = { "a", "å", "€", "😀", ";", ",", ":", "\\", " ", "granskning",
		"nämndens", "=", "\n" };

	buf_clear(b);
	buf_str(b, "x");
	for (unsigned int n = (*seed = *seed * 1103515245 + 12345) >> 16 & 63; n; n--)
		buf_str(b, parts[((*seed = *seed * 1103515245 + 12345) >> 16) % (ARRAY_LEN(parts) - !lines)]);
	buf_str(b, "y");
	return b->data;
}

START_TEST(libical_writes_the_same)
{
	struct buf text[4] = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT };
	unsigned int seed = 1;

	for (int n = 0; n < 500; n++) {
		struct buf ours AUTO(buf_release) = BUF_INIT, theirs AUTO(buf_release) = BUF_INIT;
		struct buf a AUTO(buf_release) = BUF_INIT, b AUTO(buf_release) = BUF_INIT;
		struct invite i = sample();
		i.summary = some_words(&text[0], &seed, false);
		i.description = some_words(&text[1], &seed, true);
		i.organizer_name = some_words(&text[2], &seed, false);
		i.attendee_name = some_words(&text[3], &seed, false);
		i.sequence = n;
		i.hour = n % 24;
		i.minute = n % 60;
		i.minutes = 1 + n * 2;
		i.stamp += n * 86413;
		written(&i, n % 2, &ours, &a);
		libical_invite(&i, n % 2, &theirs);
		unfold(&theirs, &b);
		ck_assert_str_eq(a.data, b.data);
		ck_assert(libical_same(ours.data, theirs.data));
		for (const char *at = ours.data, *end; (end = strstr(at, "\r\n")); at = end + 2)
			ck_assert_msg(end - at <= 75 && text_is_utf8(at, (size_t)(end - at)), "%s", ours.data);
	}
	for (int k = 0; k < 4; k++)
		buf_release(&text[k]);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("invite");
	TCase *t = tcase_create("invite");

	tcase_set_timeout(t, 30);
	tcase_add_test(t, a_request_says_it_all);
	tcase_add_test(t, libical_writes_the_same);
	tcase_add_test(t, the_time_zone_has_two_rules);
	tcase_add_test(t, a_cancellation_takes_it_back);
	tcase_add_test(t, lines_are_folded_at_75_octets);
	tcase_add_test(t, an_event_may_pass_midnight);
	tcase_add_test(t, no_value_forges_a_line);
	tcase_add_test(t, what_cannot_be_an_invitation_is_refused);
	suite_add_tcase(s, t);
	return tap_run(s);
}
