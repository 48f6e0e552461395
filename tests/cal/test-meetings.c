/* SPDX-License-Identifier: EUPL-1.2 */
/* Calendars of meetings, as the programs write them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cal/meetings.h"
#include "tests/tap.h"

static void when_of(const struct calendar_entry *e, struct buf *out)
{
	char day[DATE_TEXT];

	buf_str(out, date_text(e->day, day));
	if (e->hour >= 0)
		buf_fmt(out, " %02d.%02d", e->hour, e->minute);
}

/* A row of tests/cases/meetings.txt, without the file's name. */
static void row_of(const struct calendar_entry *e, struct buf *out)
{
	char day[DATE_TEXT];

	buf_fmt(out, "%d | ", e->line);
	if (e->fault)
		buf_fmt(out, "fault: %s", e->fault);
	else
		when_of(e, out);
	if (e->original != DAY_NONE)
		buf_fmt(out, " of %s", date_text(e->original, day));
	if (e->cancelled)
		buf_str(out, " cancelled");
	buf_fmt(out, " | %s", e->summary ? e->summary : "-");
}

static void read_file(struct arena *a, const char *name, struct calendar_file *out)
{
	struct buf path AUTO(buf_release) = BUF_INIT;
	struct unpack u = { .a = a };
	struct buf packed AUTO(buf_release) = BUF_INIT;
	struct calendar_file read;
	size_t len;

	buf_fmt(&path, "tests/cases/meetings/%s", name);
	char *bytes = tap_slurp(tap_path(path.data), &len);
	meetings_read(a, bytes, len, &read);
	free(bytes);
	/* What the keeper gets is what the reader read. */
	meetings_pack(&read, &packed);
	u.at = packed.data;
	u.left = packed.len;
	ck_assert_msg(meetings_unpack(&u, out), "%s", name);
}

/* ---- whole files ---- */

static struct arena arena;
static struct calendar_file file;
static char current[64];
static size_t at;

static void finish_file(int line)
{
	ck_assert_msg(!*current || at == file.n_faults + file.n_entries,
	              "line %d: %s has more than these rows", line, current);
}

/* The faults of a file come before its entries. A row may leave out the end. */
static void one_row(int line, char **field, int n)
{
	struct buf got AUTO(buf_release) = BUF_INIT, want AUTO(buf_release) = BUF_INIT;

	if (strcmp(current, field[0]) != 0) {
		finish_file(line);
		snprintf(current, sizeof(current), "%s", field[0]);
		read_file(&arena, current, &file);
		at = 0;
	}
	for (int i = 1; i < n; i++)
		buf_fmt(&want, "%s%s", i > 1 ? " | " : "", field[i]);
	if (at < file.n_faults)
		buf_fmt(&got, "%d | fault: %s", file.faults[at].line, file.faults[at].text);
	else if (at < file.n_faults + file.n_entries)
		row_of(&file.entries[at - file.n_faults], &got);
	at++;
	char *dots = strstr(want.data, "…");
	bool same = dots ? !strncmp(got.data, want.data, (size_t)(dots - want.data))
	                       && text_ends(got.data, dots + strlen("…"))
	                 : !strcmp(got.data, want.data);
	ck_assert_msg(same, "line %d of the table: read\n%s\nnot\n%s", line, got.data, want.data);
}

START_TEST(calendars_are_read_as_programs_write_them)
{
	current[0] = '\0';
	tap_table("tests/cases/meetings.txt", one_row);
	finish_file(0);
	arena_release(&arena);
}
END_TEST

START_TEST(the_words_beside_come_along)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct calendar_file f;

	read_file(&a, "google.ics", &f);
	ck_assert_str_eq(f.entries[0].calendar, "Sammanträden Tallvinge");
	ck_assert_str_eq(f.entries[0].location, "Sessionssalen, kommunhuset");
	ck_assert_str_eq(f.entries[0].uid, "3v1q8s0o2b5n7d4e6f9g@google.com");
	ck_assert_int_eq(f.entries[1].sequence, 2);
	ck_assert_int_eq(f.entries[1].stamp, 1795163415); /* 2026-11-20T08:30:15Z */
	read_file(&a, "outlook.ics", &f);
	ck_assert_str_eq(f.entries[0].categories, "Sammanträde");
	ck_assert_uint_eq(strlen(f.entries[0].uid), 112);
	ck_assert_str_eq(f.entries[0].calendar, "Samhällsbyggnadsnämnden");
	read_file(&a, "shapes.ics", &f);
	ck_assert_str_eq(f.entries[0].calendar, "Nämnder å ö");
	ck_assert_str_eq(f.entries[1].categories, "Nämnd, öppen,Blå, Sammanträde");
	ck_assert_uint_eq(text_width(f.entries[1].location), 60);
}
END_TEST

/* ---- times and series, a line each ---- */

static void read_event(struct arena *a, const char *start, const char *rule, struct calendar_file *out)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	buf_fmt(&b, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART%s\r\n", start);
	if (rule)
		buf_fmt(&b, "RRULE:%s\r\n", rule);
	buf_str(&b, "SUMMARY:KS\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
	meetings_read(a, b.data, b.len, out);
	ck_assert_uint_eq(out->n_faults, 0);
}

/* What follows DTSTART | Swedish day and time, or the fault's first words */
static void one_time(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf got AUTO(buf_release) = BUF_INIT;
	struct calendar_file f;

	ck_assert_int_eq(n, 2);
	read_event(&a, field[0], NULL, &f);
	ck_assert_uint_eq(f.n_entries, 1);
	if (f.entries[0].fault)
		buf_fmt(&got, "fault: %s", f.entries[0].fault);
	else
		when_of(&f.entries[0], &got);
	bool fault = text_starts(field[1], "fault:");
	ck_assert_msg(fault ? text_starts(got.data, field[1]) : !strcmp(got.data, field[1]),
	              "line %d: %s gives %s", line, field[0], got.data);
}

START_TEST(times_are_swedish)
{
	tap_table("tests/cases/meeting-times.txt", one_time);
}
END_TEST

/* What follows DTSTART | RRULE | its days, or the fault's first words */
static void one_series(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf got AUTO(buf_release) = BUF_INIT;
	struct calendar_file f;

	ck_assert_int_eq(n, 3);
	read_event(&a, field[0], field[1], &f);
	for (size_t i = 0; i < f.n_entries; i++) {
		const struct calendar_entry *e = &f.entries[i];

		buf_str(&got, i ? " " : "");
		if (e->fault)
			buf_fmt(&got, "fault: %s", e->fault);
		else
			when_of(e, &got);
		ck_assert(e->fault || e->original == e->day);
	}
	bool fault = text_starts(field[2], "fault:");
	ck_assert_msg(fault ? text_starts(got.data, field[2]) : !strcmp(got.data, field[2]),
	              "line %d: %s gives %s", line, field[1], got.data);
}

START_TEST(series_are_counted)
{
	tap_table("tests/cases/meeting-series.txt", one_series);
}
END_TEST

/* ---- what is made to do harm ---- */

static void only_a_fault(const struct buf *b, const char *words)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct calendar_file f;

	meetings_read(&a, b->data, b->len, &f);
	ck_assert_uint_eq(f.n_entries, 0);
	ck_assert_uint_ge(f.n_faults, 1);
	ck_assert_msg(strstr(f.faults[f.n_faults - 1].text, words), "%s", f.faults[0].text);
}

START_TEST(what_is_too_much_is_not_read)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (int i = 0; i < 100000; i++)
		buf_str(&b, "BEGIN:VEVENT\n");
	only_a_fault(&b, "this deep");
	buf_clear(&b);
	buf_str(&b, "BEGIN:VCALENDAR\n");
	for (int i = 0; i < MEETINGS_MAX_LINES; i++)
		buf_str(&b, "X:1\n");
	only_a_fault(&b, "too long");
	buf_clear(&b);
	buf_str(&b, "BEGIN:VCALENDAR\n");
	for (int i = 0; i < MEETINGS_MAX_ENTRIES; i++)
		buf_str(&b, "BEGIN:VEVENT\nUID:1\nEND:VEVENT\n");
	only_a_fault(&b, "too many meetings");
	buf_clear(&b);
	buf_str(&b, "BEGIN:VCALENDAR\n");
	while (b.len <= MEETINGS_MAX_BYTES)
		buf_str(&b, " 0123456789012345678901234567890123456789012345678901234567890123456789\n");
	only_a_fault(&b, "too large");
	buf_clear(&b);
	buf_add(&b, "BEGIN:VCALENDAR\nX:\0\nEND:VCALENDAR\n", 34);
	only_a_fault(&b, "no calendar");
}
END_TEST

START_TEST(long_lines_are_cut_or_left_out)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct calendar_file f;

	buf_str(&b, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270112\nSUMMARY:");
	for (int i = 0; i < 1000; i++)
		buf_str(&b, "å");
	buf_str(&b, "\nUID:");
	for (int i = 0; i <= MEETINGS_MAX_UID; i++)
		buf_str(&b, "u");
	buf_str(&b, "\nX-ALT-DESC:");
	for (int i = 0; i < 100000; i++)
		buf_str(&b, "x");
	buf_str(&b, "\nEND:VEVENT\nEND:VCALENDAR\n");
	meetings_read(&a, b.data, b.len, &f);
	ck_assert_uint_eq(f.n_entries, 1);
	ck_assert_uint_eq(f.n_faults, 0);
	ck_assert_uint_eq(text_width(f.entries[0].summary), MEETINGS_MAX_TEXT);
	ck_assert(text_starts(f.entries[0].fault, "its UID is too long"));
}
END_TEST

/* 20,000 series of 500 would be ten million meetings. */
START_TEST(there_are_never_too_many_meetings)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct calendar_file f;

	buf_str(&b, "BEGIN:VCALENDAR\n");
	for (int i = 0; i < 5000; i++)
		buf_fmt(&b, "BEGIN:VEVENT\nUID:%d\nDTSTART:20270101\n"
		        "RRULE:FREQ=WEEKLY;COUNT=500;BYDAY=MO,TU,WE,TH,FR\nEND:VEVENT\n", i);
	buf_str(&b, "END:VCALENDAR\n");
	meetings_read(&a, b.data, b.len, &f);
	ck_assert_uint_eq(f.n_entries, MEETINGS_MAX_ENTRIES);
	ck_assert_uint_eq(f.n_faults, 1);
}
END_TEST

START_TEST(any_bytes_come_to_an_end)
{
	static const char *const pieces[] = {
		"BEGIN:VCALENDAR\n", "END:VCALENDAR\n", "BEGIN:VEVENT\n", "END:VEVENT\n", "UID:a\n",
		"DTSTART:20270112T130000\n", "DTSTART;TZID=", "RRULE:FREQ=WEEKLY;", "COUNT=3\n",
		"EXDATE:20270119,", "RECURRENCE-ID:20270119T130000\n", "SUMMARY:\xc3", "\"", ";", ":",
		"\r\n ", "\\", "=", ",", "BYDAY=-1MO,", "UNTIL=20271231\n", "SEQUENCE:-1\n",
	};

	srand(7);
	for (int i = 0; i < 20000; i++) {
		struct buf b AUTO(buf_release) = BUF_INIT, packed AUTO(buf_release) = BUF_INIT;
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct unpack u = { .a = &a };
		struct calendar_file f;

		for (int k = rand() % 40; k >= 0; k--)
			buf_str(&b, pieces[(size_t)rand() % ARRAY_LEN(pieces)]);
		meetings_read(&a, b.data, b.len, &f);
		ck_assert_uint_ge(f.n_faults + f.n_entries + (strstr(b.data, "BEGIN:V") != NULL), 1);
		meetings_pack(&f, &packed);
		u.at = packed.data;
		u.left = packed.len;
		ck_assert(meetings_unpack(&u, &f));
		/* Half of an answer is none. */
		u.at = packed.data;
		u.left = packed.len - 1;
		u.bad = false;
		ck_assert(!meetings_unpack(&u, &f));
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("meetings");
	TCase *c = tcase_create("meetings");

	tcase_set_timeout(c, 0);
	tcase_add_test(c, calendars_are_read_as_programs_write_them);
	tcase_add_test(c, the_words_beside_come_along);
	tcase_add_test(c, times_are_swedish);
	tcase_add_test(c, series_are_counted);
	tcase_add_test(c, what_is_too_much_is_not_read);
	tcase_add_test(c, long_lines_are_cut_or_left_out);
	tcase_add_test(c, there_are_never_too_many_meetings);
	tcase_add_test(c, any_bytes_come_to_an_end);
	suite_add_tcase(s, c);
	return tap_run(s);
}
