/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "net/transport.h"
#include "tests/tap.h"

static char dir[64];

static int drop(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

static void make_dir(void)
{
	strcpy(dir, "/tmp/test-maildir-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void drop_dir(void)
{
	nftw(dir, drop, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *below(const char *rest)
{
	static char path[4][512];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", dir, rest);
	return path[turn];
}

static int count(const char *rest)
{
	DIR *d = opendir(below(rest));
	int n = 0;

	for (struct dirent *one; d && (one = readdir(d)); )
		n += one->d_name[0] != '.';
	if (d)
		closedir(d);
	return d ? n : -1;
}

static void put(const char *rest, const char *text, time_t when)
{
	FILE *f = fopen(below(rest), "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	struct timespec both[2] = { { .tv_sec = when }, { .tv_sec = when } };
	utimensat(AT_FDCWD, below(rest), both, 0);
}

static enum submit_verdict send_one(struct sender *s, const char *to, const char *id)
{
	struct submit_result got;

	sender_submit(s, "oversyn@tallvinge.example", to, "A: b\r\n\r\nhej\r\n", 13, id, &got);
	ck_assert_msg(got.answer[0] && !strpbrk(got.answer, "\r\n"), "no line: %s", got.answer);
	return got.verdict;
}

struct seen {
	int n, stop_at, enough_at;
	bool cut;
	size_t len;
	char names[512], source[256];
	int64_t last;
};

static int note(void *ctx, const struct fetched *m, struct err *e)
{
	struct seen *s = ctx;

	s->n++;
	s->cut = m->cut;
	s->len = m->len;
	s->last = m->received;
	snprintf(s->source, sizeof(s->source), "%s", m->source);
	strncat(s->names, m->name, 100);
	strcat(s->names, " ");
	return s->n == s->stop_at ? err_set(e, ERR_FOUND, "enough") : s->n == s->enough_at;
}

START_TEST(delivers_once)
{
	struct err e = ERR_INIT;
	struct sender *s;

	ck_assert_int_eq(sender_maildir(below("a/b"), false, &s, &e), 0);
	ck_assert_int_eq(send_one(s, "chef@tallvinge.example", "<1@x>"), SUBMIT_ACCEPTED);
	ck_assert_int_eq(count("a/b/new"), 1);
	/* the same letter again, as after a crash */
	ck_assert_int_eq(send_one(s, "chef@tallvinge.example", "<1@x>"), SUBMIT_ACCEPTED);
	ck_assert_int_eq(count("a/b/new"), 1);
	ck_assert_int_eq(send_one(s, "chef@tallvinge.example", "<2@x>"), SUBMIT_ACCEPTED);
	ck_assert_int_eq(send_one(s, "vd@tallvinge.example", "<1@x>"), SUBMIT_ACCEPTED);
	ck_assert_int_eq(count("a/b/new"), 3);
	ck_assert_int_eq(count("a/b/tmp"), 0);
	sender_free(s);
}
END_TEST

/* A mail program has moved it to cur/ and set flags: still not sent twice. */
START_TEST(read_is_delivered)
{
	struct err e = ERR_INIT;
	struct sender *s;
	char from[512] = "", to[600];

	ck_assert_int_eq(sender_maildir(dir, false, &s, &e), 0);
	send_one(s, "chef@tallvinge.example", "<1@x>");
	DIR *d = opendir(below("new"));
	for (struct dirent *one; (one = readdir(d)); )
		if (one->d_name[0] != '.') {
			snprintf(from, sizeof(from), "%s", one->d_name);
			snprintf(to, sizeof(to), "%s/cur/%s:2,RS", dir, one->d_name);
		}
	closedir(d);
	char was[600];
	snprintf(was, sizeof(was), "%s/new/%s", dir, from);
	ck_assert_int_eq(rename(was, to), 0);
	ck_assert_int_eq(send_one(s, "chef@tallvinge.example", "<1@x>"), SUBMIT_ACCEPTED);
	ck_assert_int_eq(count("new"), 0);
	sender_free(s);
}
END_TEST

START_TEST(per_recipient)
{
	struct err e = ERR_INIT;
	struct sender *s;

	ck_assert_int_eq(sender_maildir(dir, true, &s, &e), 0);
	ck_assert_int_eq(send_one(s, "chef@tallvinge.example", "<1@x>"), SUBMIT_ACCEPTED);
	ck_assert_int_eq(count("chef@tallvinge.example/new"), 1);
	ck_assert_int_eq(send_one(s, "/etc/x@tallvinge.example", "<1@x>"), SUBMIT_ACCEPTED);
	ck_assert_int_eq(count("%2Fetc%2Fx@tallvinge.example/new"), 1);
	ck_assert_int_eq(send_one(s, "../up@tallvinge.example", "<1@x>"), SUBMIT_FAILED);
	ck_assert_int_eq(send_one(s, "a@x.test\r\nb@y.test", "<1@x>"), SUBMIT_FAILED);
	sender_free(s);
}
END_TEST

/* A file where the folder should be: held for a person, nothing lost. */
START_TEST(no_folder)
{
	struct err e = ERR_INIT;
	struct sender *s;

	put("plain", "x", 1);
	ck_assert_int_eq(sender_maildir(below("plain"), false, &s, &e), -1);
	ck_assert_ptr_nonnull(strstr(e.text, "plain"));
	ck_assert_int_eq(sender_maildir(below("plain"), true, &s, &e), 0);
	ck_assert_int_eq(send_one(s, "chef@tallvinge.example", "<1@x>"), SUBMIT_HELD);
	sender_free(s);
}
END_TEST

START_TEST(fetches_oldest_first)
{
	struct err e = ERR_INIT;
	struct receiver *r;
	struct seen seen = { 0 };

	ck_assert_int_eq(receiver_maildir(dir, &r, &e), 0);
	put("new/c", "3", 300);
	put("cur/b:2,S", "2", 200);
	put("new/a", "1", 200);
	put("new/.hidden", "x", 1);
	ck_assert_int_eq(mkfifo(below("new/pipe"), 0600), 0);
	ck_assert_int_eq(receiver_fetch(r, 100, note, &seen, &e), 0);
	ck_assert_str_eq(seen.names, "a b c ");
	ck_assert_int_eq(seen.last, 300);
	ck_assert_int_eq(strncmp(seen.source, "maildir:/", 9), 0);
	seen = (struct seen){ .stop_at = 2 };
	ck_assert_int_eq(receiver_fetch(r, 100, note, &seen, &e), -1);
	ck_assert_str_eq(e.text, "enough");
	ck_assert_int_eq(seen.n, 2);
	seen = (struct seen){ .enough_at = 2 };
	ck_assert_int_eq(receiver_fetch(r, 100, note, &seen, &e), 0);
	ck_assert_str_eq(seen.names, "a b ");
	receiver_free(r);
}
END_TEST

START_TEST(cuts_the_large)
{
	struct err e = ERR_INIT;
	struct receiver *r;

	ck_assert_int_eq(receiver_maildir(dir, &r, &e), 0);
	put("new/a", "0123456789", 1);
	for (size_t limit = 0; limit < 12; limit++) {
		struct seen seen = { 0 };
		ck_assert_int_eq(receiver_fetch(r, limit, note, &seen, &e), 0);
		ck_assert_int_eq(seen.cut, limit < 10);
		ck_assert_uint_eq(seen.len, limit < 10 ? limit : 10);
	}
	receiver_free(r);
}
END_TEST

START_TEST(done_moves_and_never_deletes)
{
	struct err e = ERR_INIT;
	struct receiver *r;
	struct seen seen = { 0 };

	ck_assert_int_eq(receiver_maildir(dir, &r, &e), 0);
	put("new/a", "one", 1);
	put("cur/a:2,RS", "another", 2);
	put("cur/b:2,", "b", 3);
	ck_assert_int_eq(receiver_done(r, 0, 0, "a", &e), 0);
	ck_assert_int_eq(access(below(".Oversyn-klart/cur/a:2,S"), F_OK), 0);
	ck_assert_int_eq(receiver_done(r, 0, 0, "a", &e), 0);
	ck_assert_int_eq(count(".Oversyn-klart/cur"), 2);
	ck_assert_int_eq(receiver_done(r, 0, 0, "a", &e), 0);
	ck_assert_int_eq(receiver_done(r, 0, 0, "b", &e), 0);
	ck_assert_int_eq(receiver_done(r, 0, 0, "gone", &e), 0);
	ck_assert_int_eq(count(".Oversyn-klart/cur"), 3);
	ck_assert_int_eq(receiver_fetch(r, 100, note, &seen, &e), 0);
	ck_assert_int_eq(seen.n, 0);
	ck_assert_int_eq(receiver_done(r, 0, 0, "../new/a", &e), -1);
	ck_assert_int_eq(receiver_done(r, 0, 0, ".hidden", &e), -1);
	ck_assert_int_eq(receiver_done(r, 0, 0, NULL, &e), -1);
	receiver_free(r);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("maildir");
	TCase *t = tcase_create("maildir");

	tcase_add_checked_fixture(t, make_dir, drop_dir);
	tcase_add_test(t, delivers_once);
	tcase_add_test(t, read_is_delivered);
	tcase_add_test(t, per_recipient);
	tcase_add_test(t, no_folder);
	tcase_add_test(t, fetches_oldest_first);
	tcase_add_test(t, cuts_the_large);
	tcase_add_test(t, done_moves_and_never_deletes);
	suite_add_tcase(s, t);
	return tap_run(s);
}
