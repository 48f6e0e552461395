/* SPDX-License-Identifier: EUPL-1.2 */
/* Children that end before they are ready: what cannot be confined wants a person; what
 * something else ended is tried again. They are this program, told how to end. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/courier.h"
#include "src/app/child.h"
#include "tests/app/family.h"
#include "tests/tap.h"

/* As ends[] has it: each is the argument of one that ends so. */
static const struct {
	const char *argument;
	int status; /* it exits with; −1: a signal ends it */
	enum err_kind kind;
	const char *why;
} ends[] = {
	{ "--unconfined", CHILD_UNCONFINED, ERR_SAFETY, "cannot be confined" },
	{ "--killed", -1, ERR_OUTSIDE, "while it started (signal 9)" },
	{ "--unheard", 3, ERR_OUTSIDE, "while it started (status 3)" },
	{ "--gone", 0, ERR_OUTSIDE, "while it started (status 0)" },
	{ "--not-run", 127, ERR_OUTSIDE, "while it started (status 127)" },
};

START_TEST(only_what_says_so_cannot_be_confined)
{
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct err e = ERR_INIT;
		struct child c;

		ck_assert_int_eq(child_start("reader", ends[i].argument, -1, &c, &e), -1);
		ck_assert_msg(e.kind == ends[i].kind, "%s: %d", ends[i].argument, (int)e.kind);
		ck_assert_msg(strstr(e.text, ends[i].why) != NULL, "%s: %s", ends[i].argument, e.text);
		ck_assert_int_eq(c.pid, 0);
	}
}
END_TEST

/* ---- the courier ---- */

static int fate[2]; /* a pipe: each byte in it is the end of one courier, in ends[] */

static int note(void *ctx, size_t i, const struct submit_result *r)
{
	ck_assert_uint_eq(i, 0);
	*(struct submit_result *)ctx = *r;
	return 0;
}

static void submit(struct sender *s, struct submit_result *out)
{
	const struct submission m = {
		.from = "a@kommun.example", .to = "b@kund.example", .bytes = "x\r\n", .len = 3,
	};

	out->verdict = SUBMIT_VERDICT_COUNT;
	sender_submit_many(s, &m, 1, note, out);
}

static void kill_courier(void)
{
	pid_t pid = family_child(getpid(), 0);

	ck_assert_int_gt(pid, 0);
	kill(pid, SIGKILL);
	siginfo_t gone; /* and stays for the keeper to bury */
	ck_assert_int_eq(waitid(P_PID, (id_t)pid, &gone, WEXITED | WNOWAIT), 0);
}

static void open_one(struct courier **c, struct sender **s)
{
	const struct mail_door door = { .server = { .host = "localhost", .port = 1, .tls = TLS_NONE } };
	struct receiver *none = NULL;
	struct err e = ERR_INIT;

	ck_assert_int_eq(pipe(fate), 0);
	ck_assert_int_ne(fcntl(fate[0], F_SETFL, O_NONBLOCK), -1);
	courier_new(fate[0], c);
	ck_assert_msg(!courier_open(*c, &door, "client.example", NULL, s, &none, &e), "%s", e.text);
}

START_TEST(a_courier_that_is_killed_as_it_starts_holds_nothing)
{
	struct submit_result r;
	struct courier *c;
	struct sender *s = NULL;

	open_one(&c, &s);
	kill_courier();
	ck_assert_int_eq(write(fate[1], "\1", 1), 1);
	submit(s, &r);
	ck_assert_msg(r.verdict == SUBMIT_BUSY, "%d: %s", (int)r.verdict, r.answer);
	/* as often as that, it is left in peace for a while, whatever ended it */
	ck_assert_int_eq(write(fate[1], "\1", 1), 1);
	submit(s, &r);
	ck_assert_int_eq(r.verdict, SUBMIT_BUSY);
	submit(s, &r);
	ck_assert_int_eq(r.verdict, SUBMIT_BUSY);
	ck_assert_msg(strstr(r.answer, "3 times in a row") != NULL, "%s", r.answer);
	courier_free(c);
}
END_TEST

START_TEST(one_that_cannot_be_confined_holds_the_mail)
{
	struct submit_result r;
	struct courier *c;
	struct sender *s = NULL;

	open_one(&c, &s);
	kill_courier();
	ck_assert_int_eq(write(fate[1], "\0", 1), 1);
	submit(s, &r);
	ck_assert_msg(r.verdict == SUBMIT_HELD, "%d: %s", (int)r.verdict, r.answer);
	courier_free(c);
}
END_TEST

static int end_as(size_t i)
{
	if (ends[i].status < 0)
		kill(getpid(), SIGKILL);
	_exit(ends[i].status);
}

int main(int argc, char **argv)
{
	char which;

	for (size_t i = 0; argc == 2 && i < ARRAY_LEN(ends); i++)
		if (!strcmp(argv[1], ends[i].argument))
			return end_as(i);
	if (argc == 2 && !strcmp(argv[1], COURIER_ARGUMENT))
		return read(CHILD_MORE, &which, 1) == 1 ? end_as((size_t)which) : courier_serve(STDIN_FILENO);

	Suite *s = suite_create("app/child");
	TCase *t = tcase_create("child");
	suite_add_tcase(s, t);
	tcase_set_timeout(t, 90);
	tcase_add_test(t, only_what_says_so_cannot_be_confined);
	tcase_add_test(t, a_courier_that_is_killed_as_it_starts_holds_nothing);
	tcase_add_test(t, one_that_cannot_be_confined_holds_the_mail);
	return tap_run(s);
}
