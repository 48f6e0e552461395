/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The courier is another process: what it does is what a sender and a receiver in this
 * one do (tests/net tells that); here it is killed, lies, and shows what it has given
 * away.
 */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/courier.h"
#include "tests/app/family.h"
#include "tests/app/played.h"
#include "tests/tap.h"

static pid_t courier_pid(void)
{
	return family_child(getpid(), played->server);
}

/* ---- the courier, from outside ---- */

struct visit {
	struct courier *c;
	struct sender *sender;
	struct receiver *receiver;
};

static struct visit open_smtp(void)
{
	const struct mail_door door = { .server = { .host = "localhost", .port = played->port, .tls = TLS_NONE, .timeout_s = 60, .connections = 2 } };
	struct visit v = { .c = NULL };
	struct err e = ERR_INIT;

	courier_new(-1, &v.c);
	ck_assert_msg(!courier_open(v.c, &door, "client.example", NULL, &v.sender, &v.receiver, &e), "%s", e.text);
	ck_assert(v.sender && !v.receiver);
	return v;
}

static struct visit open_imap(const char *mailbox)
{
	const struct mail_door door = {
		.server = { .host = "localhost", .port = played->port, .tls = TLS_NONE, .timeout_s = 60 },
		.mailbox = mailbox, .handled = "Handled",
	};
	struct visit v = { .c = NULL };
	struct err e = ERR_INIT;

	courier_new(-1, &v.c);
	ck_assert_msg(!courier_open(v.c, NULL, NULL, &door, &v.sender, &v.receiver, &e), "%s", e.text);
	ck_assert(!v.sender && v.receiver);
	return v;
}

static void leave(struct visit *v)
{
	if (v->sender)
		sender_free(v->sender);
	if (v->receiver)
		receiver_free(v->receiver);
	courier_free(v->c);
	ck_assert_int_eq(courier_pid(), 0);
}

/* ---- out ---- */

enum { MAILS = 40, CONNECTIONS = 2, WINDOW = 2 * CONNECTIONS };

struct told {
	int times[MAILS];
	enum submit_verdict verdict[MAILS];
	size_t n, stop_after;
};

static int note(void *ctx, size_t i, const struct submit_result *r)
{
	struct told *t = ctx;

	ck_assert_uint_lt(i, MAILS);
	t->times[i]++;
	t->verdict[i] = r->verdict;
	return ++t->n == t->stop_after;
}

static void hand_over(const struct visit *v, int special, const char *to, struct told *t)
{
	struct submission m[MAILS];

	for (int i = 0; i < MAILS; i++)
		m[i] = (struct submission){
			.from = "a@kommun.example", .to = i == special ? to : "b@kund.example",
			.bytes = "Subject: hej\r\n\r\nhej\r\n", .len = 21, .message_id = "1@kommun.example",
		};
	sender_submit_many(v->sender, m, MAILS, note, t);
	for (int i = 0; i < MAILS; i++)
		ck_assert_int_le(t->times[i], 1);
}

START_TEST(it_hands_over_as_a_sender_here_does)
{
	struct told t = { .n = 0 };

	played_serve(played_smtp);
	struct visit v = open_smtp();
	hand_over(&v, 7, "nobody@kund.example", &t);
	ck_assert_uint_eq(t.n, MAILS);
	for (int i = 0; i < MAILS; i++)
		ck_assert_int_eq(t.verdict[i], i == 7 ? SUBMIT_FAILED : SUBMIT_ACCEPTED);
	ck_assert_int_eq(played->accepted, MAILS - 1);
	leave(&v);
}
END_TEST

START_TEST(it_begins_no_more_when_it_is_told_to_stop)
{
	struct told t = { .stop_after = 1 };

	played_serve(played_smtp);
	struct visit v = open_smtp();
	hand_over(&v, -1, NULL, &t);
	ck_assert_uint_ge(t.n, 1);
	ck_assert_int_eq(played->accepted, (int)t.n); /* each that was begun was told of */
	leave(&v);
}
END_TEST

START_TEST(its_death_leaves_few_in_doubt)
{
	struct told t = { .n = 0 };
	size_t accepted = 0, doubtful = 0;

	played_serve(played_smtp);
	struct visit v = open_smtp();
	played->courier = courier_pid();
	hand_over(&v, 20, "killer@kund.example", &t);
	for (int i = 0; i < MAILS; i++) {
		accepted += t.times[i] && t.verdict[i] == SUBMIT_ACCEPTED;
		doubtful += t.times[i] && t.verdict[i] == SUBMIT_UNCERTAIN;
	}
	ck_assert_uint_eq(accepted + doubtful, t.n);
	ck_assert_uint_ge(accepted, 20 - WINDOW);
	ck_assert(doubtful >= 1 && doubtful <= WINDOW);
	ck_assert(!t.times[MAILS - 1]);

	/* the next question starts another */
	t = (struct told){ .n = 0 };
	hand_over(&v, -1, NULL, &t);
	ck_assert_uint_eq(t.n, MAILS);
	ck_assert_int_eq(t.verdict[0], SUBMIT_ACCEPTED);
	leave(&v);
}
END_TEST

START_TEST(bad_addresses_are_judged_as_here)
{
	struct told t = { .n = 0 };

	played_serve(played_smtp);
	struct visit v = open_smtp();
	hand_over(&v, 3, "b@kund.example\r\nRCPT TO:<c@kund.example>", &t);
	ck_assert_int_eq(t.verdict[3], SUBMIT_FAILED);
	ck_assert_int_eq(played->accepted, MAILS - 1);
	leave(&v);
}
END_TEST

/* ---- in ---- */

static int take(void *ctx, const struct fetched *m, struct err *e)
{
	char *all = ctx;

	(void)e;
	ck_assert_uint_eq(m->uidvalidity, 7);
	ck_assert_uint_eq(m->len, 3);
	strcat(all, m->bytes);
	return 0;
}

static int refuse(void *ctx, const struct fetched *m, struct err *e)
{
	(void)ctx;
	(void)m;
	return err_set(e, ERR_OUTSIDE, "the disk is full");
}

START_TEST(it_fetches_and_puts_away)
{
	const struct mail_place places[] = { { .uidvalidity = 7, .uid = 1 }, { .uidvalidity = 7, .uid = 2 } };
	char all[100] = "";
	struct err e = ERR_INIT;

	played_serve(played_imap);
	struct visit v = open_imap("INBOX");
	ck_assert_msg(!receiver_fetch(v.receiver, 1000, take, all, &e), "%s", e.text);
	ck_assert_str_eq(all, "abcdef");
	ck_assert_msg(!receiver_done_many(v.receiver, places, 2, &e), "%s", e.text);
	const struct mail_place old = { .uidvalidity = 6, .uid = 1 };
	ck_assert_int_eq(receiver_done_many(v.receiver, &old, 1, &e), -1);
	ck_assert_ptr_nonnull(strstr(e.text, "made anew"));
	leave(&v);
}
END_TEST

/* A server that takes a tenth of a second for each has the time for a part. */
START_TEST(it_puts_many_away_in_parts)
{
	enum { MANY = 5000, MOST_AT_ONCE = 2400 };
	struct mail_place places[MANY];
	struct err e = ERR_INIT;

	for (uint32_t i = 0; i < MANY; i++)
		places[i] = (struct mail_place){ .uidvalidity = 7, .uid = i + 1 };
	played_serve(played_imap);
	struct visit v = open_imap("INBOX");
	ck_assert_msg(!receiver_done_many(v.receiver, places, MANY, &e), "%s", e.text);
	ck_assert_int_eq(played->moved, MANY);
	ck_assert_int_le(played->moved_most, MOST_AT_ONCE);
	ck_assert_int_eq(played->logins, 1);
	leave(&v);
}
END_TEST

START_TEST(what_cannot_be_kept_ends_the_fetch)
{
	char all[100] = "";
	struct err e = ERR_INIT;

	played_serve(played_imap);
	struct visit v = open_imap("INBOX");
	ck_assert_int_eq(receiver_fetch(v.receiver, 1000, refuse, NULL, &e), -1);
	ck_assert_str_eq(e.text, "the disk is full");
	ck_assert_msg(!receiver_fetch(v.receiver, 1000, take, all, &e), "%s", e.text);
	ck_assert_str_eq(all, "abcdef");
	leave(&v);
}
END_TEST

static int take_few(void *ctx, const struct fetched *m, struct err *e)
{
	size_t *n = ctx;

	(void)e;
	ck_assert_uint_eq(m->uid, ++*n);
	return *n >= 5;
}

/* A few more may be on their way by then. */
START_TEST(it_fetches_no_more_than_is_wanted)
{
	struct err e = ERR_INIT;
	struct watch w;
	size_t n = 0;

	played_serve(played_imap);
	struct visit v = open_imap("large");
	pid_t pid = courier_pid();
	for (int i = 0; i < 2; i++) {
		n = 0;
		ck_assert_msg(!receiver_fetch(v.receiver, 1000, take_few, &n, &e), "%s", e.text);
		ck_assert_uint_ge(n, 5);
		ck_assert_uint_lt(n, PLAYED_LARGE / 2);
	}
	int look = 0;
	for (int i = 0; i < 600 && !look; i++, usleep(50000))
		look = receiver_watch(v.receiver, net_now_ms(NULL), &w, &e);
	ck_assert_int_eq(look, 1); /* at the rest */
	ck_assert_int_eq(courier_pid(), pid);
	ck_assert_int_eq(played->logins, 1);
	leave(&v);
}
END_TEST

START_TEST(its_death_is_a_connection_that_broke)
{
	struct err e = ERR_INIT;

	played_serve(played_imap);
	struct visit v = open_imap("killer");
	for (int i = 0; i < 3; i++) {
		char all[100] = "";

		played->courier = i < 2 ? courier_pid() : 0;
		int failed = receiver_fetch(v.receiver, 1000, take, all, &e);
		ck_assert_int_eq(failed, i ? 0 : -1);
		ck_assert(i || e.kind == ERR_OUTSIDE);
		ck_assert_str_eq(all, i ? "abcdef" : "");
	}
	leave(&v);
}
END_TEST

/* A server that kills every one of them is left in peace. */
START_TEST(who_dies_often_is_not_replaced_at_once)
{
	struct err e = ERR_INIT;

	played_serve(played_imap);
	struct visit v = open_imap("killer");
	played->keeper = getpid();
	for (int died = 0; died < 6 && !strstr(e.text, "in a row"); died++) {
		char all[100] = "";

		e = (struct err)ERR_INIT;
		ck_assert_int_eq(receiver_fetch(v.receiver, 1000, take, all, &e), -1);
		ck_assert_int_eq(e.kind, ERR_OUTSIDE);
	}
	ck_assert_msg(strstr(e.text, "3 times in a row"), "%s", e.text);
	leave(&v);
}
END_TEST

START_TEST(it_watches_until_there_is_mail)
{
	char all[100] = "";
	struct err e = ERR_INIT;
	enum waited how;

	played_serve(played_imap);
	struct visit v = open_imap("INBOX");
	ck_assert_msg(!receiver_fetch(v.receiver, 1000, take, all, &e), "%s", e.text);
	ck_assert_msg(!receiver_wait(v.receiver, NULL, net_now_ms(NULL) + 60000, &how, &e), "%s", e.text);
	ck_assert_int_eq(how, WAITED_LOOK);
	/* a question ends a watch */
	struct watch w;
	ck_assert_int_ge(receiver_watch(v.receiver, net_now_ms(NULL), &w, &e), 0);
	ck_assert_msg(!receiver_fetch(v.receiver, 1000, take, all, &e), "%s", e.text);
	ck_assert_str_eq(all, "abcdefabcdef");
	leave(&v);
}
END_TEST

/* ---- what it is ---- */

START_TEST(its_doors_are_refused_as_here)
{
	const struct mail_door door = { .server = { .host = "", .tls = TLS_NONE } };
	struct visit v = { .c = NULL };
	struct err e = ERR_INIT;

	courier_new(-1, &v.c);
	ck_assert_int_eq(courier_open(v.c, &door, "client.example", NULL, &v.sender, &v.receiver, &e), -1);
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(e.text, "set its host"));
	leave(&v);
}
END_TEST

START_TEST(it_has_given_away_what_it_does_not_need)
{
	char line[512], path[100], pid[20];
	struct dirent *at;
	int files = 0;

	played_serve(played_smtp);
	struct visit v = open_smtp();
	snprintf(pid, sizeof(pid), "%d", (int)courier_pid());
	ck_assert_int_eq(atoi(family_status(pid, "NoNewPrivs:", line, sizeof(line))), 1);
	ck_assert_int_eq(atoi(family_status(pid, "Seccomp:", line, sizeof(line))), 2);
	snprintf(path, sizeof(path), "/proc/%s/fd", pid);
	DIR *d = opendir(path);
	while (d && (at = readdir(d)) != NULL)
		files += at->d_name[0] != '.';
	ck_assert(!d || files == 4); /* its socket twice, /dev/null, what it watches connections by */
	if (d)
		closedir(d);
	leave(&v);
}
END_TEST

/* With its keeper it ends, whatever that dies of. */
START_TEST(it_does_not_outlive_its_keeper)
{
	int pipe_of[2];
	pid_t pid = 0;

	played_serve(played_smtp);
	ck_assert_int_eq(pipe(pipe_of), 0);
	fflush(NULL);
	pid_t keeper = fork();
	if (!keeper) {
		struct visit v = open_smtp();
		pid = courier_pid();
		if (!v.sender || write(pipe_of[1], &pid, sizeof(pid)) != sizeof(pid))
			_exit(1);
		kill(getpid(), SIGKILL);
	}
	ck_assert_int_eq(read(pipe_of[0], &pid, sizeof(pid)), sizeof(pid));
	ck_assert_int_eq(waitpid(keeper, NULL, 0), keeper);
	for (int i = 0; i < 600 && kill(pid, 0) == 0; i++) {
		char number[20], line[512];

		snprintf(number, sizeof(number), "%d", (int)pid);
		const char *state = family_status(number, "State:", line, sizeof(line));
		if (!state || strchr(state, 'Z'))
			return;
		usleep(50000);
	}
	ck_assert_int_ne(kill(pid, 0), 0);
}
END_TEST

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], COURIER_ARGUMENT) == 0)
		return courier_serve(STDIN_FILENO);

	Suite *s = suite_create("app/courier");
	TCase *t = tcase_create("courier");
	suite_add_tcase(s, t);
	tcase_set_timeout(t, 90);
	tcase_add_checked_fixture(t, played_begin, played_end);
	tcase_add_test(t, it_hands_over_as_a_sender_here_does);
	tcase_add_test(t, it_begins_no_more_when_it_is_told_to_stop);
	tcase_add_test(t, its_death_leaves_few_in_doubt);
	tcase_add_test(t, bad_addresses_are_judged_as_here);
	tcase_add_test(t, it_fetches_and_puts_away);
	tcase_add_test(t, it_puts_many_away_in_parts);
	tcase_add_test(t, what_cannot_be_kept_ends_the_fetch);
	tcase_add_test(t, it_fetches_no_more_than_is_wanted);
	tcase_add_test(t, its_death_is_a_connection_that_broke);
	tcase_add_test(t, who_dies_often_is_not_replaced_at_once);
	tcase_add_test(t, it_watches_until_there_is_mail);
	tcase_add_test(t, its_doors_are_refused_as_here);
	tcase_add_test(t, it_has_given_away_what_it_does_not_need);
	tcase_add_test(t, it_does_not_outlive_its_keeper);
	return tap_run(s);
}
