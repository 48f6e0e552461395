/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "cal/invite.h"
#include "tests/tap.h"

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
	struct buf raw AUTO(buf_release) = BUF_INIT, hurt AUTO(buf_release) = BUF_INIT;
	struct calendar_reply r;
	unsigned seed = 1;

	buf_fmt(&raw, "%sEND:VCALENDAR\nBEGIN:VCALENDAR\n%sEND:VCALENDAR\n", REPLY, REPLY);
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
		pass_over_a_wire(&r);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("replies");
	TCase *t = tcase_create("replies");

	tcase_set_timeout(t, 30);
	tcase_add_test(t, replies_are_read_as_clients_write_them);
	tcase_add_test(t, facts_beside_the_answer_are_kept);
	tcase_add_test(t, a_reply_from_a_bad_reader_is_not_believed);
	tcase_add_test(t, what_is_too_much_is_not_read);
	tcase_add_test(t, zones_and_recurrences_are_not_evaluated);
	tcase_add_test(t, any_bytes_come_to_an_end);
	suite_add_tcase(s, t);
	return tap_run(s);
}
