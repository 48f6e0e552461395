/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What DESIGN promises of mail out, tried at every step: a pass is killed, or loses its
 * power, before each write of its database and at each turn of its talk with the mail
 * server; then others carry on. The server counts: no mail is lost, and one arrives
 * twice only where the record says that it was uncertain; one for each time the pass
 * ended, at most.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/courier.h"
#include "app/pass.h"
#include "core/apply.h"
#include "store/outbox.h"
#include "tests/app/cut.h"
#include "tests/app/listener.h"
#include "tests/tap.h"

enum { NOW = 1799650800 }; /* 2027-01-11T08:00:00+01:00 */
enum { MAILS_MOST = 20000, BATCH = 500, MOST_NOTES = 1 << 22 /* as the courier has it */ };

static char folder[] = "/tmp/oversyn-crash-XXXXXX";
static char base[sizeof(folder) + 16], db[sizeof(folder) + 16];

/* What the server, the pass and the test share. */
static struct shared {
	int got[MAILS_MOST]; /* how often the server has taken each mail */
	int turns;           /* of the talk, so far */
	int kill_at;         /* before this turn is answered, the pass is killed; 0: never */
	int full_at;         /* at this turn the log of acknowledgements becomes as long as it may be; 0: never */
	pid_t pass;
	int steps;           /* of the disk */
	instant now;         /* a day later in each pass: what took passes with it waits before it goes again */
	bool through_courier;
	bool waits;          /* the pass came to its end, and left some for tomorrow */
	char boot[20];       /* of the machine, which has another after each power cut */
} *shared;
static uint16_t port;
static pid_t server;

/* ---- the server ---- */

/* A place where the pass may die. */
static void turn(void)
{
	char acks[sizeof(db) + 10];

	snprintf(acks, sizeof(acks), "%s-acks", db);
	if (++shared->turns == shared->full_at)
		ck_assert_int_eq(truncate(acks, MOST_NOTES), 0);
	if (shared->turns == shared->kill_at)
		kill(shared->pass, SIGKILL);
}

static bool take(FILE *in, FILE *out)
{
	char line[1000];
	int id = -1, lines = 0;

	fputs("354 go on\r\n", out);
	fflush(out);
	while (fgets(line, sizeof(line), in) && strcmp(line, ".\r\n") != 0) {
		sscanf(line, "Message-ID: <%d@", &id);
		if (lines++ == 1)
			turn(); /* in the middle of the mail */
	}
	if (strcmp(line, ".\r\n") != 0)
		return false;
	turn(); /* the dot has come, the mail is not taken */
	if (id >= 0 && id < MAILS_MOST)
		shared->got[id]++;
	turn(); /* it is taken, and nobody says so */
	fputs("250 2.0.0 taken\r\n", out);
	fflush(out);
	turn(); /* somebody has said so */
	return true;
}

static void talk(int fd)
{
	FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
	char line[1000];

	turn();
	fputs("220 sink\r\n", out);
	fflush(out);
	while (fgets(line, sizeof(line), in)) {
		turn();
		if (!strncmp(line, "DATA", 4)) {
			if (!take(in, out))
				break;
			continue;
		}
		fputs(!strncmp(line, "EHLO", 4) ? "250-sink\r\n250 PIPELINING\r\n" : "250 2.0.0 ok\r\n", out);
		fflush(out);
		if (!strncmp(line, "QUIT", 4))
			break;
	}
	fclose(in);
	fclose(out);
}

/* ---- the pass ---- */

static void copy_file(const char *from, const char *to)
{
	size_t len;
	char *bytes = tap_slurp(from, &len);
	FILE *f = fopen(to, "w");

	ck_assert(f && fwrite(bytes, 1, len, f) == len);
	fclose(f);
	free(bytes);
}

static void make_base(int mails)
{
	struct store *s;
	struct err e = ERR_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct change c = { .at = NOW };

	unlink(base);
	ck_assert_msg(!store_open(base, STORE_CREATE | STORE_VOLATILE, &s, &e), "%s", e.text);
	for (int i = 0; i < mails; i++) {
		const char *bytes = arena_fmt(&a, "From: a@kommun.example\r\nMessage-ID: <%d@kommun.example>\r\n"
		                              "Subject: x\r\n\r\nHej\r\n", i);
		change_mail(&c, &a, &(struct outmail){
			.message_id = arena_fmt(&a, "%d@kommun.example", i), .to = "eva@kund.example",
			.kind = "invitation", .subject = "x", .bytes = bytes, .len = strlen(bytes),
			.created = NOW,
		});
	}
	ck_assert_msg(!store_apply(s, &c, &e), "%s", e.text);
	store_close(s);
}

/* The sender is in this process, or, as in the program, in another. */
static int open_sender(struct pass *p, const struct server *to, struct err *e)
{
	const struct mail_door door = { .server = *to };
	struct receiver *none;

	if (!shared->through_courier)
		return sender_smtp(to, "kommun.example", &p->sender, e);
	p->courier_notes = true;
	courier_new(store_acks(p->store), &p->courier);
	return courier_open(p->courier, &door, "kommun.example", NULL, &p->sender, &none, e);
}

/* A pass that failed for want of room is followed by another in the same process. */
static int submit(struct pass *p, struct err *e)
{
	if (!pass_submit(p, e))
		return 0;
	*e = (struct err)ERR_INIT;
	cut_room();
	return pass_submit(p, e);
}

static void pass(enum cut how)
{
	const struct config config = { .language = "sv" };
	const struct server to = { .host = "localhost", .port = port, .tls = TLS_NONE, .timeout_s = 60 };
	struct pass p = { .config = &config, .now = shared->now, .boot = shared->boot };
	struct err e = ERR_INIT;

	p.registry.settings.address = "granskning@kommun.example";
	if (store_open(db, 0, &p.store, &e) || store_lock(p.store, &e) || open_sender(&p, &to, &e)
	    || (how == CUT_FULL ? submit(&p, &e) : pass_submit(&p, &e))) {
		printf("# %s\n", e.text);
		_exit(1);
	}
	sender_free(p.sender);
	courier_free(p.courier);
	store_close(p.store);
	_exit(p.report.unsent ? 2 : 0);
}

/* The log of acknowledgements is gone, or torn; the machine is started anew. */
static void lose_power(enum cut how)
{
	static int boots;
	char acks[sizeof(db) + 10];
	struct stat st;

	snprintf(acks, sizeof(acks), "%s-acks", db);
	if (how == CUT_TORN && stat(acks, &st) == 0)
		ck_assert_int_eq(truncate(acks, st.st_size - st.st_size / 3), 0);
	else
		unlink(acks);
	snprintf(shared->boot, sizeof(shared->boot), "boot %d", ++boots);
}

/* One pass in a process of its own, which ends at the step or turn given (0: never).
 * Whether it came to its own end. */
static bool run(enum cut how, int step, int at_turn)
{
	int status;

	shared->steps = shared->turns = 0;
	shared->now += 86400;
	shared->kill_at = at_turn;
	fflush(NULL);
	pid_t pid = fork();
	if (!pid) {
		shared->pass = getpid();
		cut_disk(how, step, &shared->steps);
		pass(how);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status)) {
		ck_assert_int_eq(WTERMSIG(status), SIGKILL);
		if (how != CUT_KILL)
			lose_power(how);
		return shared->waits = false;
	}
	shared->waits = WEXITSTATUS(status) == 2;
	ck_assert_int_eq(WEXITSTATUS(status), shared->waits ? 2 : 0);
	return !shared->waits;
}

static void afresh(void)
{
	char journal[sizeof(db) + 10];

	memset(shared->got, 0, sizeof(shared->got));
	snprintf(journal, sizeof(journal), "%s-journal", db);
	unlink(journal);
	copy_file(base, db);
	snprintf(journal, sizeof(journal), "%s-acks", db);
	unlink(journal);
}

/* How many have arrived twice; each of them must have been uncertain. */
static int count(int mails, int ends, const char *when)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s;
	struct err e = ERR_INIT;
	char head[DIGEST_HEX];
	int64_t rows;
	int twice = 0;

	ck_assert_msg(!store_open(db, STORE_READ, &s, &e), "%s: %s", when, e.text);
	ck_assert_msg(!store_record_verify(s, &rows, head, &e), "%s: %s", when, e.text);
	for (int i = 0; i < mails; i++) {
		struct record_row *rec;
		size_t n;
		int doubts = 0;

		ck_assert_msg(shared->got[i] > 0, "%s: mail %d is lost", when, i);
		if (shared->got[i] == 1)
			continue;
		ck_assert_int_eq(store_record_list(s, &a, arena_fmt(&a, "%d@kommun.example", i), &rec, &n, &e), 0);
		for (size_t k = 0; k < n; k++)
			doubts += !strcmp(rec[k].kind, "mail-uncertain");
		ck_assert_msg(shared->got[i] - 1 <= doubts, "%s: mail %d came %d times, and was uncertain %d times",
		              when, i, shared->got[i], doubts);
		twice += shared->got[i] - 1;
	}
	ck_assert_msg(twice <= ends, "%s: %d doubles", when, twice);
	store_close(s);
	return twice;
}

/* ---- the tests ---- */

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(base, sizeof(base), "%s/base.db", folder);
	snprintf(db, sizeof(db), "%s/a.db", folder);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(shared, MAP_FAILED);
	strcpy(shared->boot, "boot 0");
	shared->now = NOW;
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

static void every_step(enum cut how, const char *name)
{
	enum { MAILS = 4 };
	/* who is only killed has noted what was taken; a power cut may cost the batch */
	int doubles = 0, step = 0, most = how == CUT_KILL ? 0 : MAILS;
	bool whole = false;
	char when[80];

	make_base(MAILS);
	while (!whole) {
		snprintf(when, sizeof(when), "%s before step %d of the disk", name, ++step);
		afresh();
		whole = run(how, step, 0);
		if (!whole)
			ck_assert_msg(run(CUT_KILL, 0, 0), "%s: the next pass did not end well", when);
		doubles += count(MAILS, whole ? 0 : most, when);
	}
	printf("# %s at each of %d steps of the disk: %d doubles\n", name, step - 1, doubles);
	ck_assert_int_gt(step, 16);
	ck_assert(most ? doubles > 0 : doubles == 0);
}

START_TEST(killed_before_every_write)
{
	every_step(CUT_KILL, "killed");
}
END_TEST

START_TEST(without_power_before_every_write)
{
	every_step(CUT_POWER, "power cut");
}
END_TEST

START_TEST(without_power_and_with_torn_writes)
{
	every_step(CUT_TORN, "power cut, some written");
}
END_TEST

/* What was taken is noted; how the rest ended is not known to the next pass. */
START_TEST(a_disk_that_is_full_doubles_nothing)
{
	enum { MAILS = 4 };
	int steps = 0, doubles = 0;
	char when[80];

	make_base(MAILS);
	do {
		snprintf(when, sizeof(when), "full at step %d of the disk", ++steps);
		afresh();
		ck_assert_msg(run(CUT_FULL, steps, 0), "%s: mail is left", when);
		doubles += count(MAILS, 0, when);
	} while (shared->steps >= steps);
	printf("# full from each of %d steps of the disk on: %d doubles\n", steps - 1, doubles);
	ck_assert_int_gt(steps, 16);
}
END_TEST

static void every_turn(const char *name, int least)
{
	enum { MAILS = 4 };
	int doubles = 0, at = 0;
	bool whole = false;
	char when[80];

	make_base(MAILS);
	while (!whole) {
		snprintf(when, sizeof(when), "killed at turn %d of the talk%s", ++at, name);
		afresh();
		whole = run(CUT_KILL, 0, at);
		if (!whole)
			ck_assert_msg(run(CUT_KILL, 0, 0), "%s: the next pass did not end well", when);
		int twice = count(MAILS, !whole, when);
		ck_assert_msg(twice <= 1, "%s: %d doubles, over one connection", when, twice);
		doubles += twice;
	}
	printf("# killed at each of %d turns of the talk%s: %d doubles\n", at - 1, name, doubles);
	/* only while a mail is on the wire: from its first line until it is noted, in which time
	 * the sink may have read the next envelope */
	ck_assert_int_gt(at, 7 * MAILS);
	ck_assert_int_ge(doubles, least);
	ck_assert_int_le(doubles, 7 * MAILS);
}

START_TEST(killed_at_every_turn_of_the_talk)
{
	every_turn("", 4);
}
END_TEST

/* What was taken is noted by whoever talks to the server, and that one ends with the pass. */
START_TEST(killed_at_every_turn_of_the_courier)
{
	shared->through_courier = true;
	/* it may hear the answer yet, and note it, before it ends */
	every_turn(" of the courier", 0);
}
END_TEST

/* Once a note cannot be written nothing goes on but what is on the wire; what was taken is
 * committed, and more is noted only in a log that was emptied. */
START_TEST(killed_where_the_courier_cannot_note)
{
	enum { MAILS = 12, WINDOW = 2 };
	int doubles = 0, at = 0;
	bool whole = false;
	char when[80];

	shared->through_courier = true;
	make_base(MAILS);
	while (!whole) {
		snprintf(when, sizeof(when), "killed at turn %d, the log being full from turn 12 on", ++at);
		afresh();
		shared->full_at = 12;
		whole = run(CUT_KILL, 0, at);
		shared->full_at = 0;
		if (!whole)
			ck_assert_msg(run(CUT_KILL, 0, 0), "%s: the next pass did not end well", when);
		doubles += count(MAILS, whole ? 0 : WINDOW, when);
	}
	printf("# killed at each of %d turns, one note being lost: %d doubles\n", at - 1, doubles);
}
END_TEST

/* Many mails, and a pass that hardly ever comes to its end. MAILS in the environment:
 * how many. */
START_TEST(killed_again_and_again)
{
	static const enum cut ways[] = { CUT_KILL, CUT_POWER, CUT_TORN };
	const char *wish = getenv("MAILS");
	unsigned int luck = 4711;
	int kills = 0, cuts = 0, mails = wish ? atoi(wish) : 300;

	ck_assert(mails > 0 && mails <= MAILS_MOST);
	make_base(mails);
	afresh();
	for (bool whole = false; !whole;) {
		luck = luck * 1103515245u + 12345u;
		int far = 60 + (int)(luck >> 16) % 400;
		enum cut how = luck >> 8 & 3 ? CUT_KILL : ways[(luck >> 12) % 3];
		/* now and then at a step of the disk, of which a batch has few */
		whole = luck >> 8 & 3 ? run(how, 0, far) : run(how, 1 + far % 20, 0);
		kills += !whole && !shared->waits && how == CUT_KILL;
		cuts += !whole && !shared->waits && how != CUT_KILL;
	}
	int doubles = count(mails, kills + cuts * (mails < BATCH ? mails : BATCH), "in the end");
	printf("# %d mails, killed %d times, %d power cuts: %d doubles\n", mails, kills, cuts, doubles);
	ck_assert_int_gt(kills + cuts, 5);
}
END_TEST

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], COURIER_ARGUMENT))
		return courier_serve(STDIN_FILENO);

	Suite *suite = suite_create("crash");
	TCase *tc = tcase_create("crash");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 0);
	tcase_add_test(tc, killed_before_every_write);
	tcase_add_test(tc, without_power_before_every_write);
	tcase_add_test(tc, without_power_and_with_torn_writes);
	tcase_add_test(tc, a_disk_that_is_full_doubles_nothing);
	tcase_add_test(tc, killed_at_every_turn_of_the_talk);
	tcase_add_test(tc, killed_at_every_turn_of_the_courier);
	tcase_add_test(tc, killed_where_the_courier_cannot_note);
	tcase_add_test(tc, killed_again_and_again);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
