/* SPDX-License-Identifier: EUPL-1.2 */
#include <ctype.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/reader.h"
#include "base/buf.h"
#include "tests/app/family.h"
#include "tests/tap.h"

static const char mail[] = "From: Anna <anna@k.example>\nTo: oversyn@k.example\n"
                           "Content-Type: text/plain; charset=utf-8\n\nGodkänns\n";

static bool equal(const char *x, const char *y)
{
	return x && y ? strcmp(x, y) == 0 : x == y;
}

static int parse(struct reader *r, struct arena *a, const char *bytes, size_t len,
                 struct reading *out)
{
	const struct mail_known known = { .own = "oversyn@k.example", .received = INSTANT_NONE };
	struct err e = ERR_INIT;
	int ok = reader_parse(r, a, bytes, len, &known, out, &e);

	ck_assert_msg(ok >= 0, "%s", e.text);
	return ok;
}

static struct reader *started(void)
{
	struct reader *r = NULL;
	struct err e = ERR_INIT;

	ck_assert_msg(reader_start(&r, &e) == 0, "%s", e.text);
	return r;
}

static pid_t child(void)
{
	pid_t found = family_child(getpid(), 0);

	ck_assert_msg(found > 0, "the reader is no child of ours");
	return found;
}

START_TEST(it_parses_one_mail_after_the_other)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reader *r = started();
	struct reading out;

	for (int i = 0; i < 20; i++) {
		ck_assert_int_eq(parse(r, &a, mail, strlen(mail), &out), 1);
		ck_assert_str_eq(out.mail.fresh, "Godkänns");
		ck_assert_str_eq(out.mail.from, "anna@k.example");
		ck_assert_str_eq(out.calendar.method, "");
	}
	ck_assert_int_eq(parse(r, &a, "", 0, &out), 1);
	reader_stop(r);
}
END_TEST

START_TEST(calendar_answers_come_along)
{
	static const char answer[] =
		"From: anna@k.example\nMIME-Version: 1.0\n"
		"Content-Type: text/calendar; charset=utf-8; method=REPLY\n\n"
		"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:u@k.example\n"
		"DTSTAMP:20270112T080000Z\nATTENDEE;PARTSTAT=ACCEPTED:mailto:anna@k.example\n"
		"SEQUENCE:1\nEND:VEVENT\nEND:VCALENDAR\n";
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reader *r = started();
	struct reading out;

	ck_assert_int_eq(parse(r, &a, answer, strlen(answer), &out), 1);
	ck_assert_int_eq(out.mail.cls, MAIL_CALENDAR_REPLY);
	ck_assert_str_eq(out.calendar.method, "REPLY");
	ck_assert_str_eq(out.calendar.uid, "u@k.example");
	ck_assert_str_eq(out.calendar.partstat, "ACCEPTED");
	reader_stop(r);
}
END_TEST

/* A mail with a file of the fuzzer's as it was attached, and one note. */
static void attach(struct buf *out, const char *name, const char *type, int times)
{
	char path[120];
	size_t len;

	snprintf(path, sizeof(path), "tests/fuzz/corpus/inventory/%s", name);
	char *bytes = tap_slurp(tap_path(path), &len);
	buf_str(out, "From: anna@k.example\nMIME-Version: 1.0\n"
	             "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
	             "Content-Type: text/plain; charset=utf-8\n\nHär kommer listan\n--b\n"
	             "Content-Type: text/plain; name=läs-mig.txt\n"
	             "Content-Disposition: attachment; filename=note.txt\n\nx;y\n");
	for (; times; times--) {
		buf_fmt(out, "--b\nContent-Type: %s\nContent-Transfer-Encoding: binary\n"
		        "Content-Disposition: attachment; filename=\"%s\"\n\n", type, name);
		buf_add(out, bytes, len);
		buf_str(out, "\n");
	}
	buf_str(out, "--b--\n");
	free(bytes);
}

START_TEST(attached_tables_come_along)
{
	static const struct {
		const char *name, *type;
		int times;
		size_t rows, complaints;
	} cases[] = {
		{ "andrad.csv", "text/csv", 1, 6, 0 },
		{ "andrad.csv", "application/vnd.ms-excel", 1, 6, 0 },
		{ "andrad.csv", "application/octet-stream", 1, 6, 0 },
		{ "western.csv", "text/plain; charset=us-ascii", 1, 6, 0 },
		{ "unicode.txt", "text/csv", 1, 6, 0 },
		{ "openpyxl.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 1, 6, 0 },
		{ "xlsxwriter.xlsx", "application/octet-stream", 2, 6, 0 },
		{ "formel.xlsx", "application/octet-stream", 1, 5, 1 },
		{ "unicode.txt", "text/plain", 1, 6, 0 }, /* Excel's; the note is not counted */
		{ "andrad.csv", "text/csv", 0, 0, 0 }, /* nothing but the note */
	};
	struct reader *r = started();

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct buf bytes AUTO(buf_release) = BUF_INIT;
		struct reading out;
		attach(&bytes, cases[i].name, cases[i].type, cases[i].times);
		ck_assert_int_eq(parse(r, &a, bytes.data, bytes.len, &out), 1);
		ck_assert_str_eq(out.mail.fresh, "Här kommer listan");
		ck_assert_msg(out.table.n == cases[i].rows, "%s as %s: %zu rows", cases[i].name,
		              cases[i].type, out.table.n);
		ck_assert_uint_eq(out.table.n_complaints, cases[i].complaints);
		ck_assert_uint_eq(out.n_tables, (size_t)cases[i].times);
		ck_assert_ptr_null(out.mail.file.bytes); /* only what was read crosses */
	}
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reading out;
	ck_assert_int_eq(parse(r, &a, mail, strlen(mail), &out), 1);
	ck_assert_uint_eq(out.n_tables, 0);
	ck_assert_uint_eq(out.table.n, 0);
	reader_stop(r);
}
END_TEST

START_TEST(calendars_of_meetings_are_read)
{
	static const char meetings[] =
		"BEGIN:VCALENDAR\nX-WR-CALNAME:KS\nBEGIN:VEVENT\nUID:u\nDTSTART:20270112T120000Z\n"
		"RRULE:FREQ=WEEKLY;COUNT=2\nSUMMARY:Möte\nEND:VEVENT\nEND:VCALENDAR\n";
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reader *r = started();
	struct calendar_file f;
	struct err e = ERR_INIT;

	ck_assert_int_eq(reader_meetings(r, &a, meetings, strlen(meetings), &f, &e), 1);
	ck_assert_uint_eq(f.n_entries, 2);
	ck_assert_str_eq(f.entries[1].summary, "Möte");
	ck_assert_str_eq(f.entries[1].calendar, "KS");
	ck_assert_int_eq(f.entries[1].day, date_of(2027, 1, 19));
	ck_assert_int_eq(f.entries[1].hour, 13);
	ck_assert_int_eq(reader_meetings(r, &a, "", 0, &f, &e), 1);
	ck_assert_uint_eq(f.n_faults, 1);
	reader_stop(r);
}
END_TEST

START_TEST(a_dead_reader_is_replaced)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reader *r = started();
	struct reading out;

	kill(child(), SIGKILL);
	ck_assert_int_eq(parse(r, &a, mail, strlen(mail), &out), 0);
	ck_assert_int_eq(parse(r, &a, mail, strlen(mail), &out), 1);
	ck_assert_str_eq(out.mail.fresh, "Godkänns");
	reader_stop(r);
}
END_TEST

/* Stopped, it answers nothing: the keeper waits its time and carries on. */
START_TEST(a_silent_reader_is_replaced)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reader *r = started();
	struct reading out;
	time_t began = time(NULL);

	kill(child(), SIGSTOP);
	ck_assert_int_eq(parse(r, &a, mail, strlen(mail), &out), 0);
	ck_assert_int_le(time(NULL) - began, 30);
	ck_assert_int_eq(parse(r, &a, mail, strlen(mail), &out), 1);
	reader_stop(r);
}
END_TEST

static int read_document(struct reader *r, struct arena *a, const char *bytes, size_t len,
                         struct document *out)
{
	struct err e = ERR_INIT;
	int ok = reader_document(r, a, bytes, len, DOCUMENT_PAGES, out, &e);

	ck_assert_msg(ok >= 0, "%s", e.text);
	return ok;
}

START_TEST(documents_and_mail_take_turns)
{
	static const char text[] = "Policy för inköp\nBeslutsdatum\t2024-01-01\n", doc[] = "{\\rtf1 Policy}";
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reader *r = started();
	struct reading reading;
	struct document d;

	for (int i = 0; i < 5; i++) {
		ck_assert_int_eq(read_document(r, &a, text, strlen(text), &d), 1);
		ck_assert_str_eq(d.text, text);
		ck_assert_ptr_null(d.fault);
		ck_assert_int_eq(parse(r, &a, mail, strlen(mail), &reading), 1);
		ck_assert_str_eq(reading.mail.fresh, "Godkänns");
		ck_assert_int_eq(read_document(r, &a, doc, strlen(doc), &d), 1);
		ck_assert_ptr_null(d.text);
		ck_assert_ptr_nonnull(strstr(d.fault, "rich text"));
	}
	kill(child(), SIGKILL);
	ck_assert_int_eq(read_document(r, &a, text, strlen(text), &d), 0);
	ck_assert_int_eq(read_document(r, &a, text, strlen(text), &d), 1);
	reader_stop(r);
}
END_TEST

/* The sandbox must not change what the libraries find: fonts, tables, time. */
START_TEST(documents_read_as_in_one_process)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *folder = arena_dup(&a, tap_path("tests/fuzz/corpus/document"));
	DIR *d = opendir(folder);
	struct reader *r = started();
	int n = 0, with_text = 0;

	ck_assert_ptr_nonnull(d);
	for (struct dirent *at; (at = readdir(d)) != NULL;) {
		struct document here, there;
		size_t len;
		if (at->d_name[0] == '.')
			continue;
		char *bytes = tap_slurp(arena_fmt(&a, "%s/%s", folder, at->d_name), &len);
		document_read(&a, bytes, len, DOCUMENT_PAGES, &here);
		ck_assert_int_eq(read_document(r, &a, bytes, len, &there), 1);
		ck_assert_msg(equal(here.text, there.text) && equal(here.fault, there.fault),
		              "%s is read otherwise", at->d_name);
		free(bytes);
		with_text += here.text != NULL;
		n++;
	}
	closedir(d);
	ck_assert_int_gt(n, 20);
	ck_assert_int_gt(with_text, 10);
	reader_stop(r);
}
END_TEST

START_TEST(too_large_a_file_is_a_fault)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reader *r = started();
	struct document d;
	size_t len = DOCUMENT_MAX_BYTES;
	char *huge = arena_alloc(&a, len + 1);

	memset(huge, 'x', len);
	ck_assert_int_eq(read_document(r, &a, huge, len, &d), 1);
	ck_assert_int_eq(strlen(d.text), DOCUMENT_MAX_TEXT);
	ck_assert_int_eq(read_document(r, &a, huge, len + 1, &d), 1);
	ck_assert_ptr_nonnull(strstr(d.fault, "larger than"));
	ck_assert_int_eq(read_document(r, &a, "x", 1, &d), 1);
	reader_stop(r);
}
END_TEST

START_TEST(too_large_a_mail_harms_nobody)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reader *r = started();
	struct reading out;
	size_t len = MAIL_MAX_BYTES + 1;
	char *huge = arena_alloc(&a, len);

	memset(huge, 'x', len);
	ck_assert_int_eq(parse(r, &a, huge, len, &out), 1);
	ck_assert_int_eq(out.mail.cls, MAIL_OTHER);
	ck_assert(out.mail.doubtful);
	huge = arena_alloc(&a, 3 * len); /* not even taken over the wire */
	ck_assert_int_eq(parse(r, &a, huge, 3 * len, &out), 0);
	ck_assert_int_eq(parse(r, &a, mail, strlen(mail), &out), 1);
	reader_stop(r);
}
END_TEST

/* Asked for together, each is read by itself: what one of them does to the reader is not
 * laid to the others. */
START_TEST(a_mail_that_kills_the_reader_goes_alone)
{
	enum { MAILS = 40, BAD = 17, LARGE = 3 * (MAIL_MAX_BYTES + 1) };
	const struct mail_known known = { .own = "oversyn@k.example", .received = INSTANT_NONE };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reader *r = started();
	struct ticket *t[MAILS];
	char *huge = arena_alloc(&a, LARGE);
	struct reading out;
	struct err e = ERR_INIT;

	memset(huge, 'x', LARGE);
	for (int i = 0; i < MAILS; i++) {
		const char *bytes = i == BAD ? huge : arena_fmt(&a, "Subject: %d\n%s", i, mail);
		t[i] = reader_parse_ask(r, bytes, i == BAD ? LARGE : strlen(bytes), &known);
	}
	for (int i = 0; i < MAILS; i++) {
		ck_assert_int_eq(reader_parse_hear(r, t[i], &a, &out, &e), i != BAD);
		if (i != BAD)
			ck_assert_str_eq(out.mail.subject, arena_fmt(&a, "%d", i));
	}
	reader_stop(r);
}
END_TEST

/* Whoever stops in the middle leaves nothing behind that the next could hear. */
START_TEST(what_is_dropped_is_not_heard)
{
	const struct mail_known known = { .own = "oversyn@k.example", .received = INSTANT_NONE };
	static const char other[] = "Subject: another\n\nx\n";
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reader *r = started();
	struct reading out;
	struct err e = ERR_INIT;
	struct ticket *first = reader_parse_ask(r, mail, strlen(mail), &known);
	struct ticket *second = reader_parse_ask(r, other, strlen(other), &known);
	struct ticket *third = reader_parse_ask(r, mail, strlen(mail), &known);

	reader_drop(r, first);
	ck_assert_int_eq(reader_pass_over(r, third, &e), 0);
	ck_assert_int_eq(parse(r, &a, mail, strlen(mail), &out), 1);
	ck_assert_str_eq(out.mail.fresh, "Godkänns");
	ck_assert_int_eq(reader_parse_hear(r, second, &a, &out, &e), 1);
	ck_assert_str_eq(out.mail.subject, "another");
	reader_stop(r);
}
END_TEST

/* The kernel's own word on what the process may still do. */
START_TEST(it_is_confined_before_it_reads)
{
	struct reader *r = started();
	char pid[32], line[512], path[64];

	snprintf(pid, sizeof(pid), "%d", (int)child());
	const char *seccomp = family_status(pid, "Seccomp:", line, sizeof(line));
	ck_assert_msg(seccomp && atoi(seccomp) == 2, "no system call filter");
	const char *privileges = family_status(pid, "NoNewPrivs:", line, sizeof(line));
	ck_assert_msg(privileges && atoi(privileges) == 1, "may gain privileges");
	snprintf(path, sizeof(path), "/proc/%s/limits", pid);
	FILE *f = fopen(path, "r");
	bool processes = false, files = false;
	while (f && fgets(line, sizeof(line), f)) {
		long most;
		processes = processes || (sscanf(line, "Max processes %ld", &most) == 1 && most == 0);
		files = files || (sscanf(line, "Max open files %ld", &most) == 1 && most <= 3);
	}
	if (f)
		fclose(f);
	ck_assert_msg(processes, "may start processes");
	ck_assert_msg(files, "may open files");
	reader_stop(r);
}
END_TEST

static struct reader *shared;

static void read_both_ways(int line, char **field, int n)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct mail_facts here;
	struct reading there;
	size_t len;
	char *bytes = tap_slurp(tap_path(arena_fmt(&a, "tests/cases/mail/%s.eml", field[0])), &len);

	(void)n;
	mail_parse(&a, bytes, len, NULL, "oversyn@k.example", NULL, &here);
	ck_assert_int_eq(parse(shared, &a, bytes, len, &there), 1);
	ck_assert_msg(equal(here.fresh, there.mail.fresh) && equal(here.from, there.mail.from) &&
	              equal(here.subject, there.mail.subject) && here.cls == there.mail.cls &&
	              here.doubtful == there.mail.doubtful,
	              "line %d: %s is read otherwise", line, field[0]);
	free(bytes);
}

/* Confinement must not change what is read (a charset that cannot be loaded). */
START_TEST(it_reads_as_one_process_does)
{
	shared = started();
	tap_table("tests/cases/mail.txt", read_both_ways);
	tap_table("tests/cases/layouts.txt", read_both_ways);
	tap_table("tests/cases/hostile.txt", read_both_ways);
	reader_stop(shared);
}
END_TEST

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], READER_ARGUMENT) == 0)
		return reader_serve(STDIN_FILENO, STDOUT_FILENO);

	Suite *s = suite_create("app/reader");
	TCase *t = tcase_create("reader");
	suite_add_tcase(s, t);
	tcase_set_timeout(t, 90);
	tcase_add_test(t, it_parses_one_mail_after_the_other);
	tcase_add_test(t, calendar_answers_come_along);
	tcase_add_test(t, attached_tables_come_along);
	tcase_add_test(t, calendars_of_meetings_are_read);
	tcase_add_test(t, a_dead_reader_is_replaced);
	tcase_add_test(t, a_silent_reader_is_replaced);
	tcase_add_test(t, documents_and_mail_take_turns);
	tcase_add_test(t, documents_read_as_in_one_process);
	tcase_add_test(t, too_large_a_file_is_a_fault);
	tcase_add_test(t, too_large_a_mail_harms_nobody);
	tcase_add_test(t, a_mail_that_kills_the_reader_goes_alone);
	tcase_add_test(t, what_is_dropped_is_not_heard);
	tcase_add_test(t, it_is_confined_before_it_reads);
	tcase_add_test(t, it_reads_as_one_process_does);
	return tap_run(s);
}
