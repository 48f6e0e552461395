/* SPDX-License-Identifier: EUPL-1.2 */
/* Mail by a program like sendmail: scripts play it, with every end that one can come
 * to. */
#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/transport.h"
#include "tests/tap.h"

static char folder[] = "/tmp/oversyn-sendmail-XXXXXX";
static char program[sizeof(folder) + 16], said[sizeof(folder) + 16];

static const char MAIL[] = "From: <granskning@kommun.example>\r\nTo: Eva <eva@kund.example>\r\n"
	"Message-ID: <1@kommun.example>\r\n\r\n.\r\nHej\r\n";

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(program, sizeof(program), "%s/sendmail", folder);
	snprintf(said, sizeof(said), "%s/said", folder);
}

static void teardown(void)
{
	unlink(program);
	unlink(said);
	rmdir(folder);
}

/* What the program does, in the language of sh. */
static void play(const char *does)
{
	FILE *f = fopen(program, "w");

	ck_assert_ptr_nonnull(f);
	fprintf(f, "#!/bin/sh\ncd %s || exit 99\n%s\n", folder, does);
	fclose(f);
	ck_assert_int_eq(chmod(program, 0700), 0);
}

static struct submit_result submit(const char *bytes, const char *to, const struct net_clock *clock)
{
	struct submit_result r;
	struct sender *s;
	struct err e = ERR_INIT;

	ck_assert_msg(!sender_sendmail(program, clock, &s, &e), "%s", e.text);
	sender_submit(s, "granskning@kommun.example", to, bytes, strlen(bytes), "<1@kommun.example>", &r);
	sender_free(s);
	return r;
}

static void wants(const char *does, enum submit_verdict v, const char *words)
{
	play(does);
	struct submit_result r = submit(MAIL, "eva@kund.example", NULL);

	ck_assert_msg(r.verdict == v && strstr(r.answer, words), "%s: %s: %s", does,
	              submit_verdict_name(r.verdict), r.answer);
}

START_TEST(it_gets_the_mail_and_plain_arguments)
{
	play("printf '%s|' \"$@\" > said; cat >> said");
	struct submit_result r = submit(MAIL, "eva@kund.example", NULL);
	ck_assert_int_eq(r.verdict, SUBMIT_ACCEPTED);
	char *text = tap_slurp(said, NULL);
	ck_assert_str_eq(text, "-t|-i|-f|granskning@kommun.example|From: <granskning@kommun.example>\n"
	                 "To: Eva <eva@kund.example>\nMessage-ID: <1@kommun.example>\n\n.\nHej\n");
	free(text);
}
END_TEST

START_TEST(each_end_has_its_verdict_and_keeps_what_was_printed)
{
	wants("cat > said; exit 75", SUBMIT_DEFERRED, "status 75");
	wants("echo 'cannot write to the queue' >&2; exit 73", SUBMIT_BUSY, "status 73: cannot write to the queue");
	wants("echo not allowed; exit 77", SUBMIT_HELD, "status 77: not allowed");
	wants("exit 67", SUBMIT_FAILED, "status 67");
	wants("echo 'server message: 550 5.1.1 unknown' >&2; exit 69", SUBMIT_FAILED, "550 5.1.1 unknown");
	wants("printf 'one\\ntwo\\033[31m\\303\\245\\n'; exit 75", SUBMIT_DEFERRED, "one two [31m??");
	wants("kill -9 $$", SUBMIT_UNCERTAIN, "died");
	wants("exit 0", SUBMIT_ACCEPTED, "taken by"); /* it need not read its mail */
	/* a line without end is cut, and stops neither of them */
	wants("head -c 1000000 /dev/zero | tr '\\0' x; exit 75", SUBMIT_DEFERRED, "xxxxxxxxxx");
	/* what goes on in the background holds the output open: nobody waits for it */
	wants("sleep 300 & echo $! > said; exit 0", SUBMIT_ACCEPTED, "taken by");
	char *text = tap_slurp(said, NULL);
	ck_assert_int_eq(kill(atoi(text), SIGKILL), 0);
	free(text);
}
END_TEST

START_TEST(what_cannot_be_run_holds_the_queue)
{
	struct submit_result r = submit(MAIL, "eva@kund.example", NULL);
	struct sender *s;
	struct err e = ERR_INIT;

	ck_assert_msg(r.verdict == SUBMIT_HELD && strstr(r.answer, "cannot be run"), "%s", r.answer);
	play("exit 0");
	ck_assert_int_eq(chmod(program, 0600), 0);
	r = submit(MAIL, "eva@kund.example", NULL);
	ck_assert_int_eq(r.verdict, SUBMIT_HELD);
	ck_assert_int_eq(sender_sendmail("sendmail", NULL, &s, &e), -1);
	ck_assert_int_eq((int)e.kind, ERR_USAGE);
}
END_TEST

/* A clock on which ten minutes go by while nothing happens. */
static int64_t late_now(void *ctx)
{
	return *(int64_t *)ctx;
}

static int late_wait(void *ctx, int fd, short events, int64_t ms)
{
	(void)fd, (void)events;
	*(int64_t *)ctx += ms;
	return 0;
}

START_TEST(one_that_hangs_is_ended_with_what_it_started)
{
	int64_t at = 5;
	struct net_clock clock = { .now_ms = late_now, .wait = late_wait, .ctx = &at };

	play("sleep 300 & sleep 300");
	struct submit_result r = submit(MAIL, "eva@kund.example", &clock);
	ck_assert_msg(r.verdict == SUBMIT_UNCERTAIN && strstr(r.answer, "ten minutes"), "%s", r.answer);
	ck_assert_int_eq(at, 600005);
}
END_TEST

/* With -t the program takes the recipient from the mail: it must be the one meant. */
START_TEST(a_mail_that_would_go_elsewhere_is_not_given_to_it)
{
	static const struct {
		const char *header, *to;
		bool goes;
	} rows[] = {
		{ "To: eva@kund.example\r\n", "eva@kund.example", true },
		{ "To: Eva@Kund.Example\r\n", "eva@kund.example", true },
		{ "To: <eva@kund.example>\r\n", "eva@kund.example", true },
		{ "To: \"Ek, Eva <chef>\"\r\n <eva@kund.example>\r\n", "eva@kund.example", true },
		{ "to : eva@kund.example\r\n", "eva@kund.example", false },
		{ "TO:\teva@kund.example  \r\n", "eva@kund.example", true },
		{ "To: =?utf-8?q?Ek=2C_Eva?= <eva@kund.example>\r\n", "eva@kund.example", true },
		{ "To: Eva <ulla@kund.example>\r\n", "eva@kund.example", false },
		{ "To: eva@kund.example.org\r\n", "eva@kund.example", false },
		{ "To: eva@kund.example, ulla@kund.example\r\n", "eva@kund.example", false },
		{ "To: Alla: eva@kund.example;\r\n", "eva@kund.example", false },
		{ "To: <ulla@kund.example> <eva@kund.example>\r\n", "eva@kund.example", false },
		{ "To: <eva@kund.example> ulla@kund.example\r\n", "eva@kund.example", false },
		{ "To: eva@kund.example (Eva)\r\n", "eva@kund.example", false },
		{ "To: eva@kund.example\r\nTo: eva@kund.example\r\n", "eva@kund.example", false },
		{ "To: eva@kund.example\r\nCC: ulla@kund.example\r\n", "eva@kund.example", false },
		{ "To: eva@kund.example\r\nbcc:\r\n", "eva@kund.example", false },
		{ "To: eva@kund.example\r\nResent-To: ulla@kund.example\r\n", "eva@kund.example", false },
		{ "From: x@kommun.example\r\n", "eva@kund.example", false },
		{ "", "eva@kund.example", false },
		{ "\r\nTo: eva@kund.example\r\n", "eva@kund.example", false },
	};

	play("cat > said");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char mail[300];

		snprintf(mail, sizeof(mail), "%s\r\nHej\r\n", rows[i].header);
		unlink(said);
		struct submit_result r = submit(mail, rows[i].to, NULL);
		ck_assert_msg((r.verdict == SUBMIT_ACCEPTED) == rows[i].goes, "%s: %s", rows[i].header, r.answer);
		ck_assert_msg((access(said, F_OK) == 0) == rows[i].goes, "%s", rows[i].header);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sendmail");
	TCase *tc = tcase_create("sendmail");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 0);
	tcase_add_test(tc, it_gets_the_mail_and_plain_arguments);
	tcase_add_test(tc, each_end_has_its_verdict_and_keeps_what_was_printed);
	tcase_add_test(tc, what_cannot_be_run_holds_the_queue);
	tcase_add_test(tc, one_that_hangs_is_ended_with_what_it_started);
	tcase_add_test(tc, a_mail_that_would_go_elsewhere_is_not_given_to_it);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
