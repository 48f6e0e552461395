/* SPDX-License-Identifier: EUPL-1.2 */
/* What is written goes out while the next is written, and however that ends, each mail
 * ends as it would have. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/letter.h"
#include "net/door.h"
#include "store/outbox.h"
#include "tests/bench/people.h"
#include "tests/tap.h"

enum { LETTERS = 1200, GROUP = 500 };

#define OK(call) do { \
	struct err err_ = ERR_INIT; \
	struct err *e = &err_; \
	ck_assert_msg((call) == 0, "%s:%d: %s", __FILE__, __LINE__, err_.text); \
} while (0)

/* A server that says what the test wants, and when it was asked. */
struct slow_sender {
	struct sender base;
	const struct pass *p;
	const struct submission *m;
	size_t n;
	submitted_fn *told;
	void *ctx;
	int begun, written_at_begin[8], written_at_end[8], at[8]; /* letters; mails of the batch */
	int most_told;                                            /* verdicts given, then silence */
	enum submit_verdict verdict;
	bool busy, full; /* … and no file can grow while the verdicts are given */
};

static void begin(struct sender *base, const struct submission *m, size_t n, submitted_fn *told, void *ctx)
{
	struct slow_sender *s = (struct slow_sender *)base;

	ck_assert(!s->busy);
	ck_assert_int_lt(s->begun, 8);
	s->busy = true;
	s->m = m;
	s->n = n;
	s->told = told;
	s->ctx = ctx;
	s->at[s->begun] = (int)n;
	s->written_at_begin[s->begun] = s->p->report.letters;
}

static void end(struct sender *base)
{
	struct slow_sender *s = (struct slow_sender *)base;
	struct submit_result r = { .verdict = s->verdict, .answer = "said so" };
	int stop = 0;

	struct rlimit files;

	ck_assert(s->busy);
	getrlimit(RLIMIT_FSIZE, &files);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ .rlim_cur = s->full ? 0 : files.rlim_cur, .rlim_max = files.rlim_max });
	s->written_at_end[s->begun++] = s->p->report.letters;
	for (size_t i = 0; i < s->n && !stop && s->most_told > 0; i++, s->most_told--)
		stop = s->told(s->ctx, i, &r);
	setrlimit(RLIMIT_FSIZE, &files);
	s->busy = false;
}

static void nothing(struct sender *s)
{
	(void)s;
}

static const struct sender_ops OPS = { .submit_begin = begin, .submit_end = end, .free = nothing };

static char folder[256], path[288];
static struct config config;
static struct pass pass;
static struct slow_sender slow;

static void start(void)
{
	struct buf text AUTO(buf_release) = BUF_INIT;
	const char *tmp = getenv("TMPDIR");
	struct store *s;

	snprintf(folder, sizeof(folder), "%s/overlap-XXXXXX", tmp ? tmp : P_tmpdir);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/db", folder);
	people_make(path, LETTERS);
	buf_str(&text, "ceiling = 100000\n");
	OK(config_parse("test", &text, path, &config, e));
	OK(store_open(path, STORE_VOLATILE, &s, e));
	slow = (struct slow_sender){ .base.ops = &OPS, .p = &pass, .most_told = LETTERS, .verdict = SUBMIT_ACCEPTED };
	pass = (struct pass){
		.config = &config, .store = s, .simulated = true, .sender = &slow.base, .boot = "this one",
		.today = PEOPLE_TODAY, .now = zone_instant(PEOPLE_TODAY, 8, 0, 0),
	};
	registry_init(&pass.registry);
	pass.key = digest_key_new("secret", strlen("secret"));
	OK(store_lock(s, e));
	OK(store_load_settings(s, &pass.registry, e));
}

static void finish(void)
{
	static const char *const tails[] = { "", "-lock", "-acks", "-journal" };
	char file[300];

	store_close(pass.store);
	digest_key_free(pass.key);
	registry_release(&pass.registry);
	config_release(&config);
	for (size_t i = 0; i < ARRAY_LEN(tails); i++) {
		snprintf(file, sizeof(file), "%s%s", path, tails[i]);
		unlink(file);
	}
	rmdir(folder);
}

/* How many mails are in that state. */
static int in_state(const char *status)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct outbox_row *rows;
	size_t n;
	int found = 0;

	OK(store_outbox_list(pass.store, &a, &rows, &n, e));
	for (size_t i = 0; i < n; i++)
		found += !strcmp(rows[i].status, status);
	return found;
}

START_TEST(a_batch_goes_while_the_next_is_written)
{
	OK(pass_write(&pass, e));
	ck_assert_int_eq(slow.begun, 2);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(slow.at[i], GROUP);
		ck_assert_int_eq(slow.written_at_begin[i], (i + 1) * GROUP);
		ck_assert_int_gt(slow.written_at_end[i], slow.written_at_begin[i]);
	}
	ck_assert_int_eq(in_state("accepted"), 2 * GROUP);
	ck_assert_int_eq(in_state("queued"), LETTERS - 2 * GROUP);
	OK(pass_submit(&pass, e));
	ck_assert_int_eq(in_state("accepted"), LETTERS);
	ck_assert_int_eq(pass.report.accepted, LETTERS);
}
END_TEST

START_TEST(a_server_that_is_away_costs_no_letter)
{
	slow.verdict = SUBMIT_BUSY;
	OK(pass_write(&pass, e));
	ck_assert_int_eq(pass.report.letters, LETTERS);
	ck_assert_int_eq(slow.begun, 1); /* and is not asked again */
	ck_assert_int_eq(in_state("deferred"), 1);
	ck_assert_int_eq(in_state("queued"), LETTERS - 1);
}
END_TEST

/* Three of the first batch were told of, and then no more was said. */
START_TEST(what_was_never_begun_waits_again)
{
	slow.most_told = 3;
	OK(pass_write(&pass, e));
	ck_assert_int_eq(in_state("accepted"), 3);
	ck_assert_int_eq(in_state("queued"), LETTERS - 3);
	ck_assert_int_eq(in_state("sending"), 0);
}
END_TEST

static bool until_the_first_group(void *ctx)
{
	return ((struct pass *)ctx)->report.letters < GROUP + 10;
}

START_TEST(a_pass_that_is_to_end_ends_what_is_on_its_way)
{
	pass.goes_on = until_the_first_group;
	pass.goes_on_ctx = &pass;
	OK(pass_write(&pass, e));
	ck_assert_int_eq(pass.report.letters, GROUP + 10);
	ck_assert_int_eq(slow.begun, 1);
	ck_assert_int_eq(in_state("sending"), 0);
	ck_assert_int_eq(in_state("accepted"), 1); /* after each of which it may stop */
	OK(pass_submit(&pass, e));
	ck_assert_int_eq(slow.begun, 2);
	ck_assert_int_eq(in_state("sending"), 0);
}
END_TEST

START_TEST(a_note_that_cannot_be_written_stops_the_rest)
{
	signal(SIGXFSZ, SIG_IGN);
	slow.full = true;
	OK(pass_write(&pass, e));
	ck_assert_int_eq(slow.begun, 1);
	ck_assert_int_eq(in_state("accepted"), 1);
	ck_assert_int_eq(in_state("queued"), LETTERS - 1);
	slow.full = false;
	OK(pass_submit(&pass, e));
	ck_assert_int_eq(in_state("accepted"), LETTERS);
}
END_TEST

START_TEST(what_the_courier_could_not_note_stops_the_rest)
{
	pass.courier_notes = true; /* which this sender does not do */
	OK(pass_write(&pass, e));
	ck_assert_int_eq(slow.begun, 1);
	ck_assert_int_eq(in_state("accepted"), GROUP);
	ck_assert_int_eq(in_state("queued"), LETTERS - GROUP);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("overlap");
	TCase *tc = tcase_create("overlap");

	tcase_set_timeout(tc, 300);
	tcase_add_checked_fixture(tc, start, finish);
	tcase_add_test(tc, a_batch_goes_while_the_next_is_written);
	tcase_add_test(tc, a_server_that_is_away_costs_no_letter);
	tcase_add_test(tc, what_was_never_begun_waits_again);
	tcase_add_test(tc, a_pass_that_is_to_end_ends_what_is_on_its_way);
	tcase_add_test(tc, a_note_that_cannot_be_written_stops_the_rest);
	tcase_add_test(tc, what_the_courier_could_not_note_stops_the_rest);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
