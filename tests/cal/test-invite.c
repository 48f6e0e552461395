/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cal/invite.h"
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

/* Bytes of a calendar | method | uid | partstat | sequence */
static void one_reply(int line, char **field, int n)
{
	struct calendar_reply r;
	struct buf bytes AUTO(buf_release) = BUF_INIT;

	ck_assert_msg(n == 5, "line %d: five fields wanted", line);
	for (const char *p = field[0]; *p; p++) {
		if (p[0] == '\\' && p[1] == 'n') {
			buf_str(&bytes, "\r\n");
			p++;
		} else {
			buf_chr(&bytes, *p);
		}
	}
	calendar_reply_read(bytes.data, bytes.len, &r);
	for (int i = 1; i < 4; i++)
		field[i] = strcmp(field[i], "-") ? field[i] : strchr(field[i], '\0');
	ck_assert_msg(!strcmp(r.method, field[1]), "line %d: method \"%s\"", line, r.method);
	ck_assert_msg(!strcmp(r.uid, field[2]), "line %d: uid \"%s\"", line, r.uid);
	ck_assert_msg(!strcmp(r.partstat, field[3]), "line %d: partstat \"%s\"", line, r.partstat);
	ck_assert_msg(r.sequence == atoi(field[4]), "line %d: sequence %d", line, r.sequence);
}

START_TEST(replies_are_read_as_clients_write_them)
{
	tap_table("tests/cases/calendar-replies.txt", one_reply);
}
END_TEST

static void say(struct buf *b, const char *what, const char *value)
{
	if (*value)
		buf_fmt(b, "%s%s=%s", b->len ? " " : "", what, value);
}

static void say_time(struct buf *b, const char *what, instant t)
{
	char text[INSTANT_TEXT];

	if (t != INSTANT_NONE)
		say(b, what, zone_text(t, text));
}

/* As the reader gives it to its keeper. */
static void pass_over_a_wire(struct calendar_reply *r)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf b AUTO(buf_release) = BUF_INIT;

	calendar_reply_pack(r, &b);
	struct unpack u = { .a = &a, .at = b.data, .left = b.len };
	ck_assert(calendar_reply_unpack(&u, r) && u.left == 0);
}

/* Bytes of a calendar | every fact that is known, in order */
static void one_set_of_facts(int line, char **field, int n)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT, got AUTO(buf_release) = BUF_INIT;
	struct calendar_reply r;

	ck_assert_msg(n == 2, "line %d has %d fields", line, n);
	for (char *c = field[0]; *c; c++) {
		bool end = c[0] == '\\' && c[1] == 'n', escaped = c[0] == '\\' && c[1] == '\\';
		buf_chr(&bytes, end ? '\n' : *c);
		c += end || escaped;
	}
	calendar_reply_read(bytes.data, bytes.len, &r);
	pass_over_a_wire(&r);
	say(&got, "partstat", r.partstat);
	say(&got, "attendee", r.attendee);
	say(&got, "sent-by", r.sent_by);
	say(&got, "delegated-to", r.delegated_to);
	say(&got, "organizer", r.organizer);
	say_time(&got, "stamp", r.stamp);
	say_time(&got, "start", r.start);
	say_time(&got, "end", r.end);
	say(&got, "all-day", r.all_day ? "yes" : "");
	say(&got, "unknown-zone", r.unknown_zone ? "yes" : "");
	say(&got, "rescued", r.rescued ? "yes" : "");
	say(&got, "comment", r.comment);
	const char *all = got.len ? got.data : "(nothing)";
	ck_assert_msg(!strcmp(all, field[1]), "line %d: \"%s\"", line, all);
}

START_TEST(facts_beside_the_answer_are_kept)
{
	tap_table("tests/cases/calendar-facts.txt", one_set_of_facts);
}
END_TEST

START_TEST(a_reply_from_a_bad_reader_is_not_believed)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct calendar_reply r;

	calendar_reply_read("", 0, &r);
	calendar_reply_pack(&r, &b);
	for (size_t i = 0; i <= b.len; i++) { /* cut short, or one byte 0xFF */
		struct unpack cut = { .a = &a, .at = b.data, .left = i };
		ck_assert(calendar_reply_unpack(&cut, &r) == (i == b.len));
		if (i == b.len)
			break;
		char was = b.data[i];
		b.data[i] = (char)0xFF;
		struct unpack odd = { .a = &a, .at = b.data, .left = b.len };
		bool taken = calendar_reply_unpack(&odd, &r);
		ck_assert(!taken || (r.sequence >= 0 && r.attendees >= 0));
		ck_assert(!taken || i + 3 < b.len); /* the last three are yes or no */
		b.data[i] = was;
	}
}
END_TEST

static void nothing_read(const struct buf *b)
{
	struct calendar_reply r;

	calendar_reply_read(b->data, b->len, &r);
	ck_assert_str_eq(r.method, "");
	ck_assert_str_eq(r.uid, "");
	ck_assert_str_eq(r.partstat, "");
}

static const char REPLY[] = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:u@x.test\n"
			    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.test\nEND:VEVENT\n";

START_TEST(what_is_too_much_is_not_read)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	nothing_read(&b);
	for (int i = 0; i < 100000; i++)
		buf_str(&b, "BEGIN:VEVENT\n");
	nothing_read(&b);
	buf_clear(&b);
	buf_str(&b, REPLY);
	for (int i = 0; i < 5; i++)
		buf_str(&b, "BEGIN:VEVENT\n");
	nothing_read(&b);
	buf_clear(&b);
	buf_str(&b, REPLY);
	for (int i = 0; i < 5000; i++)
		buf_str(&b, "X:1\n");
	nothing_read(&b);
	buf_clear(&b);
	buf_str(&b, REPLY);
	while (b.len <= 256 * 1024)
		buf_str(&b, " 0123456789012345678901234567890123456789\n");
	nothing_read(&b);
	buf_clear(&b);
	buf_str(&b, REPLY);
	buf_add(&b, "\0\n", 2);
	nothing_read(&b);
}
END_TEST

/* Hangs for ever, or opens a file of the sender's choice, if evaluated. */
START_TEST(zones_and_recurrences_are_not_evaluated)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct calendar_reply r;

	buf_str(&b, REPLY);
	buf_cut(&b, b.len - strlen("END:VEVENT\n"));
	buf_str(&b, "DTSTART;TZID=/freeassociation.sourceforge.net/Tzfile/../../../dev/stdin:"
	            "20270101T000000\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n"
	            "END:VEVENT\nEND:VCALENDAR\n");
	calendar_reply_read(b.data, b.len, &r);
	ck_assert_str_eq(r.method, "REPLY");
	ck_assert_str_eq(r.partstat, "ACCEPTED");
}
END_TEST

START_TEST(any_bytes_come_to_an_end)
{
	struct invite i = sample();
	struct buf raw AUTO(buf_release) = BUF_INIT, hurt AUTO(buf_release) = BUF_INIT;
	struct calendar_reply r;
	struct err e = ERR_INIT;
	unsigned seed = 1;

	ck_assert(!invite_request(&i, &raw, &e));
	for (size_t n = 0; n <= raw.len; n++)
		calendar_reply_read(raw.data, n, &r);
	for (int round = 0; round < 3000; round++) {
		buf_clear(&hurt);
		buf_add(&hurt, raw.data, raw.len);
		for (int k = 0; k < 8; k++) {
			seed = seed * 1103515245U + 12345U;
			hurt.data[(seed >> 8) % hurt.len] = (char)(seed >> 24);
		}
		calendar_reply_read(hurt.data, hurt.len, &r);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("invite");
	TCase *t = tcase_create("invite");

	tcase_set_timeout(t, 30);
	tcase_add_test(t, a_request_says_it_all);
	tcase_add_test(t, the_time_zone_has_two_rules);
	tcase_add_test(t, a_cancellation_takes_it_back);
	tcase_add_test(t, lines_are_folded_at_75_octets);
	tcase_add_test(t, an_event_may_pass_midnight);
	tcase_add_test(t, no_value_forges_a_line);
	tcase_add_test(t, what_cannot_be_an_invitation_is_refused);
	tcase_add_test(t, replies_are_read_as_clients_write_them);
	tcase_add_test(t, facts_beside_the_answer_are_kept);
	tcase_add_test(t, a_reply_from_a_bad_reader_is_not_believed);
	tcase_add_test(t, what_is_too_much_is_not_read);
	tcase_add_test(t, zones_and_recurrences_are_not_evaluated);
	tcase_add_test(t, any_bytes_come_to_an_end);
	suite_add_tcase(s, t);
	return tap_run(s);
}
