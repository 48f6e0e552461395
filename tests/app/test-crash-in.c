/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What DESIGN promises of mail in, tried at every turn of the talk with an IMAP server and
 * at every step of the disk: the pass is killed there, or loses its power, and another
 * carries on. No mail is moved before the server
 * itself finds it in the database; in the end each is kept once, and lies with the
 * handled mail, whole, and in the inbox no more. The mails all bear one Message-ID.
 * And what becomes of more mails than are taken at a time.
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/pass.h"
#include "store/inbox.h"
#include "tests/app/cut.h"
#include "tests/app/listener.h"
#include "tests/tap.h"

enum { NOW = 1799650800 }; /* 2027-01-11T08:00:00+01:00 */
enum {
	FEW = 130,    /* more than are kept by one commit */
	MAILS = 1300, /* more than are put away at a time, twice, where each takes so long: */
	SLOW_MS = 60,
};

static char folder[] = "/tmp/oversyn-crash-in-XXXXXX";
static char base[sizeof(folder) + 16], db[sizeof(folder) + 16];

/* What the server, the pass and the test share. */
static struct shared {
	bool inbox[MAILS + 1], deleted[MAILS + 1]; /* by UID */
	int handled[MAILS + 1]; /* how many copies lie there */
	bool early;   /* a mail was moved that the database did not hold */
	bool can_move;
	int mails;    /* how many there are */
	bool refuses_to_move, only_says_so;
	int looks, moves; /* how often the mailbox was listed, mails were moved */
	int each_ms;  /* what a mail takes on the pass's clock */
	int asked, end_at; /* how often the pass asked whether it goes on; then it does not; 0: it does */
	int turns;    /* of the talk, so far */
	int steps;    /* of the disk */
	int kill_at;  /* at this turn the pass is killed; 0: never */
	pid_t pass;
} *shared;
static uint16_t port;
static pid_t server;

/* ---- the server ---- */

/* A place where the pass may die. */
static void turn(void)
{
	if (++shared->turns == shared->kill_at && shared->pass > 0)
		kill(shared->pass, SIGKILL);
}

static const char *text(int uid)
{
	static char bytes[200];

	snprintf(bytes, sizeof(bytes), "From: eva@kund.example\r\nMessage-ID: <same@kund.example>\r\n"
	         "Subject: %d\r\n\r\nHej\r\n", uid);
	return bytes;
}

/* How often the database holds each mail, by UID. */
static void count_kept(int times[MAILS + 1])
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s;
	struct err e = ERR_INIT;
	struct inbox_row *rows;
	size_t n;

	memset(times, 0, (MAILS + 1) * sizeof(*times));
	if (store_open(db, STORE_READ, &s, &e))
		return;
	if (!store_inbox_list(s, &a, false, &rows, &n, &e))
		for (size_t i = 0; i < n; i++)
			times[rows[i].uid <= MAILS ? rows[i].uid : 0]++;
	store_close(s);
}

static void put_by(int uid, const int *kept)
{
	if (!shared->inbox[uid] || shared->only_says_so)
		return;
	shared->early = shared->early || kept[uid] < 1;
	shared->handled[uid]++;
}

static void list(FILE *out)
{
	shared->looks++;
	for (int i = 1; i <= shared->mails; i++)
		if (shared->inbox[i])
			fprintf(out, "* %d FETCH (UID %d RFC822.SIZE %zu INTERNALDATE \"11-Jan-2027 07:00:00 "
			        "+0100\" FLAGS (%s))\r\n", i, i, strlen(text(i)), shared->deleted[i] ? "\\Deleted" : "");
}

/* The next of a set, "1,3:5 …" (RFC 3501 §9); 0: that was all. */
static int next_of_set(const char **at, long *last)
{
	static long uid;
	char *end;

	if (*last > uid)
		return (int)++uid;
	*at += **at == ',';
	if (**at < '0' || **at > '9')
		return 0;
	*last = uid = strtol(*at, &end, 10);
	if (*end == ':')
		*last = strtol(end + 1, &end, 10);
	*at = end;
	return (int)uid;
}

static void fetch(FILE *out, const char *what)
{
	const char *at = what + strcspn(what, "0123456789");
	long last = 0;

	if (strchr(what, '*')) {
		list(out);
		return;
	}
	for (int uid; (uid = next_of_set(&at, &last)); )
		if (uid <= shared->mails && shared->inbox[uid])
			fprintf(out, "* %d FETCH (UID %d BODY[]<0> {%zu}\r\n%s)\r\n", uid, uid, strlen(text(uid)),
			        text(uid));
}

/* A command that changes one of them. */
static void change_one(const char *what, int uid, const int *kept)
{
	if (!strncmp(what, "UID MOVE", 8)) {
		put_by(uid, kept);
		shared->inbox[uid] = shared->inbox[uid] && shared->only_says_so;
	} else if (!strncmp(what, "UID COPY", 8)) {
		put_by(uid, kept);
	} else if (!strncmp(what, "UID STORE", 9)) {
		shared->deleted[uid] = true;
	} else if (!strncmp(what, "UID EXPUNGE", 11)) {
		shared->inbox[uid] = shared->inbox[uid] && !shared->deleted[uid];
	}
}

static void change(const char *what)
{
	const char *at = what + strcspn(what, "0123456789");
	int kept[MAILS + 1] = { 0 };
	long last = 0;

	if (!strncmp(what, "UID MOVE", 8) || !strncmp(what, "UID COPY", 8))
		count_kept(kept);
	shared->moves += !strncmp(what, "UID MOVE", 8);
	for (int uid; (uid = next_of_set(&at, &last)); )
		if (uid <= MAILS)
			change_one(what, uid, kept);
}

static void obey(FILE *out, const char *what)
{
	int exists = 0;

	for (int i = 1; i <= shared->mails; i++)
		exists += shared->inbox[i];
	if (!strncmp(what, "CAPABILITY", 10)) {
		fprintf(out, "* CAPABILITY IMAP4rev1 UIDPLUS%s\r\n", shared->can_move ? " MOVE" : "");
	} else if (!strncmp(what, "SELECT", 6)) {
		fprintf(out, "* %d EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n", exists);
	} else if (!strncmp(what, "UID FETCH", 9)) {
		fetch(out, what);
	} else if (!shared->refuses_to_move) {
		change(what);
	}
}

static void talk(int fd)
{
	FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
	char line[4000];
	int on = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	turn();
	fputs("* PREAUTH hello\r\n", out);
	fflush(out);
	while (fgets(line, sizeof(line), in)) {
		size_t tag = strcspn(line, " ");
		turn(); /* it has been said, and nothing is done */
		obey(out, line + tag + 1);
		turn(); /* it is done, and nobody says so */
		bool no = shared->refuses_to_move && !strncmp(line + tag + 1, "UID MOVE", 8);
		fprintf(out, "%.*s %s done\r\n", (int)tag, line, no ? "NO" : "OK");
		fflush(out);
		turn(); /* somebody has said so */
	}
	fclose(in);
	fclose(out);
}

/* ---- the pass ---- */

static bool goes_on(void *ctx)
{
	(void)ctx;
	return ++shared->asked != shared->end_at;
}

static int64_t now_ms(void *ctx)
{
	(void)ctx;
	return (int64_t)shared->asked * shared->each_ms;
}

static void pass(void)
{
	static const struct net_clock clock = { .now_ms = now_ms };
	const struct config config = { .language = "sv" };
	const struct server from = { .host = "localhost", .port = port, .tls = TLS_NONE, .timeout_s = 60 };
	struct pass p = { .config = &config, .now = NOW, .goes_on = goes_on, .clock = &clock };
	struct err e = ERR_INIT;

	if (store_open(db, 0, &p.store, &e) || store_lock(p.store, &e)
	    || receiver_imap(&from, "INBOX", "Handled", &p.receiver, &e) || pass_fetch(&p, &e)) {
		printf("# %s\n", e.text);
		_exit(1);
	}
	receiver_free(p.receiver);
	store_close(p.store);
	_exit(0);
}

/* One pass in a process of its own, which ends at the step or turn given (0: never):
 * its exit status; -1: it did not come to its own end. */
static int run_so(enum cut how, int step, int at_turn)
{
	int status;

	shared->steps = shared->turns = 0;
	shared->kill_at = at_turn;
	fflush(NULL);
	pid_t pid = fork();
	if (!pid) {
		shared->pass = getpid();
		cut_disk(how, step, &shared->steps);
		pass();
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status)) {
		ck_assert_int_eq(WTERMSIG(status), SIGKILL);
		return -1;
	}
	return WEXITSTATUS(status);
}

/* Whether it came to its own end, and a good one. */
static bool run(enum cut how, int step, int at_turn)
{
	int status = run_so(how, step, at_turn);

	ck_assert_int_le(status, 0);
	return !status;
}

static void afresh(bool can_move, int mails)
{
	char journal[sizeof(db) + 10];
	size_t len;
	char *bytes = tap_slurp(base, &len);
	FILE *f = fopen(db, "w");

	ck_assert(f && fwrite(bytes, 1, len, f) == len);
	fclose(f);
	free(bytes);
	snprintf(journal, sizeof(journal), "%s-journal", db);
	unlink(journal);
	*shared = (struct shared){ .can_move = can_move, .mails = mails, .each_ms = SLOW_MS };
	for (int i = 1; i <= mails; i++)
		shared->inbox[i] = true;
}

static void look(int at, bool ended)
{
	int kept[MAILS + 1];

	ck_assert_msg(!shared->early, "at %d: a mail was moved before it was kept", at);
	count_kept(kept);
	for (int i = 1; i <= shared->mails; i++) {
		ck_assert_msg(shared->inbox[i] || shared->handled[i], "at %d: mail %d is lost", at, i);
		if (!ended)
			continue;
		ck_assert_msg(kept[i] == 1, "at %d: mail %d is kept %d times", at, i, kept[i]);
		ck_assert_msg(shared->handled[i], "at %d: mail %d is not with the handled", at, i);
		ck_assert_msg(!shared->inbox[i] || shared->deleted[i], "at %d: mail %d is still to be read", at, i);
	}
}

static void every_turn(bool can_move, int mails)
{
	int at = 0, copies = 0;

	for (bool whole = false; !whole; ) {
		afresh(can_move, mails);
		whole = run(CUT_KILL, 0, ++at);
		look(at, whole);
		if (!whole)
			ck_assert_msg(run(CUT_KILL, 0, 0), "turn %d: the next pass did not end well", at);
		look(at, true);
		for (int i = 1; i <= mails; i++)
			copies += shared->handled[i] - 1;
	}
	printf("# killed at each of %d turns: %d copies too many\n", at - 1, copies);
	ck_assert_int_gt(at, 3 * 5); /* login, the list, the mails, and putting them away */
	ck_assert(can_move ? !copies : copies > 0);
}

START_TEST(killed_at_every_turn_where_mail_is_moved)
{
	every_turn(true, FEW);
}
END_TEST

START_TEST(killed_at_every_turn_where_mail_is_copied)
{
	every_turn(false, FEW);
}
END_TEST

START_TEST(ended_at_every_step_of_the_disk)
{
	static const enum cut ways[] = { CUT_KILL, CUT_POWER, CUT_TORN };

	for (size_t way = 0; way < ARRAY_LEN(ways); way++) {
		int step = 0;

		for (bool whole = false; !whole; ) {
			afresh(true, FEW);
			whole = run(ways[way], ++step, 0);
			look(step, whole);
			if (!whole)
				ck_assert_msg(run(CUT_KILL, 0, 0), "step %d: the next pass did not end well", step);
			look(step, true);
		}
		printf("# ended at each of %d steps of the disk\n", step - 1);
		ck_assert_int_gt(step, 2 * 8); /* two commits */
	}
}
END_TEST

START_TEST(killed_at_every_turn_with_many)
{
	every_turn(true, MAILS);
}
END_TEST

static int kept_of_all(void)
{
	int kept[MAILS + 1], n = 0;

	count_kept(kept);
	for (int i = 1; i <= shared->mails; i++) {
		ck_assert_int_le(kept[i], 1);
		n += kept[i];
	}
	return n;
}

START_TEST(many_are_put_away_before_all_are_read)
{
	afresh(true, MAILS);
	ck_assert(run(CUT_KILL, 0, 0));
	look(0, true);
	ck_assert_int_eq(shared->moves, 3);
	ck_assert_int_eq(shared->looks, 3);
	ck_assert_int_eq(shared->asked, MAILS);
}
END_TEST

/* Each look makes a server go through all that is left. */
START_TEST(many_that_come_fast_are_put_away_at_once)
{
	afresh(true, MAILS);
	shared->each_ms = 1;
	ck_assert(run(CUT_KILL, 0, 0));
	look(0, true);
	ck_assert_int_eq(shared->moves, 1);
	ck_assert_int_eq(shared->looks, 1);
}
END_TEST

/* What the server had said by then is kept, too, and all of that is put away. */
START_TEST(a_pass_that_is_to_end_fetches_no_more)
{
	afresh(true, MAILS);
	shared->end_at = 10;
	ck_assert(run(CUT_KILL, 0, 0));
	look(0, false);
	int kept = kept_of_all();
	ck_assert_int_ge(kept, 10);
	ck_assert_int_le(kept, 256);
	for (int i = 1; i <= MAILS; i++)
		ck_assert_int_eq(shared->inbox[i], i > kept);
	ck_assert_int_eq(shared->looks, 1);
	ck_assert_int_eq(shared->moves, 1);
	ck_assert_int_eq(shared->asked, 10);
	ck_assert(run(CUT_KILL, 0, 0));
	look(0, true);
}
END_TEST

START_TEST(what_is_not_moved_does_not_stand_in_the_way)
{
	afresh(true, MAILS);
	shared->only_says_so = true;
	ck_assert(run(CUT_KILL, 0, 0));
	ck_assert_int_eq(kept_of_all(), MAILS);
	ck_assert_int_eq(shared->looks, 3);

	afresh(true, MAILS);
	shared->refuses_to_move = true;
	ck_assert(run_so(CUT_KILL, 0, 0) > 0);
	ck_assert_int_eq(kept_of_all(), MAILS);
	ck_assert_int_eq(shared->looks, 2);
	shared->refuses_to_move = false;
	ck_assert(run(CUT_KILL, 0, 0));
	look(0, true);
}
END_TEST

static void setup(void)
{
	struct store *s;
	struct err e = ERR_INIT;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(base, sizeof(base), "%s/base.db", folder);
	snprintf(db, sizeof(db), "%s/a.db", folder);
	ck_assert_msg(!store_open(base, STORE_CREATE | STORE_VOLATILE, &s, &e), "%s", e.text);
	store_close(s);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(shared, MAP_FAILED);
	server = listener_serve(&port, talk);
}

static void teardown(void)
{
	static const char *const names[] = { "a.db", "a.db-acks", "a.db-journal", "a.db-lock", "base.db", "base.db-journal" };

	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char path[sizeof(folder) + 32];

		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	ck_assert_int_eq(rmdir(folder), 0);
}

int main(void)
{
	Suite *suite = suite_create("crash-in");
	TCase *tc = tcase_create("crash-in");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 0);
	tcase_add_test(tc, killed_at_every_turn_where_mail_is_moved);
	tcase_add_test(tc, killed_at_every_turn_where_mail_is_copied);
	tcase_add_test(tc, killed_at_every_turn_with_many);
	tcase_add_test(tc, many_are_put_away_before_all_are_read);
	tcase_add_test(tc, many_that_come_fast_are_put_away_at_once);
	tcase_add_test(tc, a_pass_that_is_to_end_fetches_no_more);
	tcase_add_test(tc, what_is_not_moved_does_not_stand_in_the_way);
	tcase_add_test(tc, ended_at_every_step_of_the_disk);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
