/* SPDX-License-Identifier: EUPL-1.2 */
/* All that can become of a mail on its way out, and what a person may do to it. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/ack.h"
#include "core/apply.h"
#include "core/outbox.h"
#include "store/outbox.h"
#include "tests/store/fixture.h"

static void put(struct store *s, int n, const char *kind)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct change c = { .at = NOW };

	change_mail(&c, &a, &(struct outmail){
		.message_id = arena_fmt(&a, "m%d@tallvinge.example", n), .to = "kd@tallvinge.example",
		.kind = kind, .subject = "x", .bytes = "Subject: x\r\n\r\ny", .len = 15, .created = NOW,
	});
	OK(store_apply(s, &c, e));
}

static struct store *with_mails(int n)
{
	struct store *s = open_filled();

	for (int i = 1; i <= n; i++)
		put(s, i, "invitation");
	return s;
}

static size_t claim(struct store *s, struct arena *a, instant now, struct outbox_row **rows)
{
	return claim_mails(s, a, now, 50, NULL, rows);
}

/* "queued accepted …", by number. */
static const char *states(struct store *s, struct arena *a)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct outbox_row *rows;
	size_t n;

	OK(store_outbox_list(s, a, &rows, &n, e));
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? " " : "", rows[i].status);
	return arena_dup(a, b.data);
}

static void result(struct store *s, int64_t id, enum submit_verdict v, instant now)
{
	OK(end_mail(s, id, v, "words", NULL, now, e));
}

static int64_t records(const char *kind)
{
	struct buf sql AUTO(buf_release) = BUF_INIT;

	buf_fmt(&sql, "SELECT count(*) FROM record WHERE kind = '%s'", kind);
	return ask_sql(sql.data);
}

/* What a pass left that was cut off, once it is put right. */
static void left_is(struct store *s, const char *boot, instant now, size_t claimed, size_t taken, size_t uncertain)
{
	struct outbox_left left;

	OK(store_outbox_recover(s, boot, now, &left, e));
	ck_assert_uint_eq(left.claimed, claimed);
	ck_assert_uint_eq(left.taken, taken);
	ck_assert_uint_eq(left.uncertain, uncertain);
}

START_TEST(only_the_first_that_a_killed_pass_left_is_uncertain)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(4);
	struct outbox_row *rows;

	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 4);
	result(s, rows[0].id, SUBMIT_ACCEPTED, NOW);
	left_is(s, "a boot", NOW + 1, 3, 0, 1);
	ck_assert_str_eq(states(s, &a), "accepted uncertain queued queued");
	ck_assert_int_eq(records("mail-uncertain"), 1);
	ck_assert_int_eq(ask_sql("SELECT attempts FROM outbox WHERE id = 2"), 1);
	ck_assert_int_eq(ask_sql("SELECT attempts FROM outbox WHERE id = 3"), 0);
	left_is(s, "a boot", NOW + 2, 0, 0, 0);
	/* it goes at once, and after it took a fourth pass with it, later */
	for (int i = 2; i <= 4; i++) {
		ck_assert_uint_eq(claim(s, &a, NOW + i, &rows), i == 2 ? 3 : 1);
		ck_assert_int_eq(rows[0].id, 2);
		if (i == 2) {
			result(s, 3, SUBMIT_DEFERRED, NOW);
			result(s, 4, SUBMIT_DEFERRED, NOW);
		}
		left_is(s, "a boot", NOW + i, 1, 0, 1);
	}
	ck_assert_uint_eq(claim(s, &a, NOW + 5, &rows), 0);
	ck_assert_uint_eq(claim(s, &a, NOW + 4 + 360, &rows), 3);
	store_close(s);
}
END_TEST

/* As whoever hands mail over notes that the server has taken it. */
static void note(struct store *s, uint32_t batch, int64_t mail, size_t bytes)
{
	unsigned char note[ACK_BYTES];

	ack_encode(&(struct ack){ .batch = batch, .mail = mail }, note);
	ck_assert_int_eq(write(store_acks(s), note, bytes), (ssize_t)bytes);
}

START_TEST(only_whole_notes_of_its_batch_count)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(5);
	struct outbox_row *rows;

	OK(store_lock(s, e));
	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 5);
	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 5); /* the second batch */
	note(s, 1, 1, ACK_BYTES);
	note(s, 2, 2, ACK_BYTES);
	note(s, 2, 4, ACK_BYTES);
	note(s, 2, 5, ACK_BYTES - 1); /* torn, and so is what stands behind it */
	note(s, 2, 5, ACK_BYTES);
	left_is(s, "a boot", NOW + 1, 5, 2, 1);
	ck_assert_str_eq(states(s, &a), "uncertain accepted queued accepted queued");
	/* the log is empty again; after a power cut all of the batch is in doubt */
	ck_assert_uint_eq(claim(s, &a, NOW + 2, &rows), 3);
	left_is(s, "another boot", NOW + 3, 3, 0, 3);
	ck_assert_str_eq(states(s, &a), "uncertain accepted uncertain accepted uncertain");
	store_close(s);
}
END_TEST

/* A log that cannot be written: every write to /dev/full says that the disk is full. */
START_TEST(without_room_for_its_notes_no_mail_is_claimed)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(3);
	const struct outbox_claim c = { .most = 50, .boot = "a boot", .window = 1 };
	struct outbox_batch b;
	struct err full = ERR_INIT;

	OK(store_lock(s, e));
	int log = dup(store_acks(s)), dev = open("/dev/full", O_RDWR | O_CLOEXEC);
	ck_assert_int_ge(dup2(dev, store_acks(s)), 0);
	ck_assert_int_eq(store_outbox_turn(s, &a, NULL, 0, &c, NOW, &b, &full), -1);
	ck_assert_msg(full.kind == ERR_OUTSIDE && strstr(full.text, "no room to note"), "%s", full.text);
	ck_assert_uint_eq(b.n, 0);
	ck_assert_str_eq(states(s, &a), "queued queued queued");
	ck_assert_int_eq(ask_sql("SELECT sum(attempts) FROM outbox"), 0);
	/* there is room again */
	ck_assert_int_ge(dup2(log, store_acks(s)), 0);
	OK(store_outbox_turn(s, &a, NULL, 0, &c, NOW, &b, e));
	ck_assert_uint_eq(b.n, 3);
	close(dev);
	close(log);
	store_close(s);
}
END_TEST

/* Room was set aside, or shown to be there, and the log is as empty as before. */
START_TEST(room_for_notes_is_no_note)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(3);
	struct outbox_row *rows;
	struct stat st;

	OK(store_lock(s, e));
	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 3);
	ck_assert_int_eq(fstat(store_acks(s), &st), 0);
	ck_assert_int_eq(st.st_size, 0);
	note(s, 1, 2, ACK_BYTES);
	left_is(s, "a boot", NOW + 1, 3, 1, 1);
	ck_assert_str_eq(states(s, &a), "uncertain accepted queued");
	store_close(s);
}
END_TEST

START_TEST(a_server_that_is_away_stops_the_queue_and_costs_no_mail_a_try)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(3);
	struct outbox_gate gate;
	struct outbox_row *rows;
	instant at = NOW;
	size_t n;

	for (int i = 0; i < 6; i++) {
		ck_assert_uint_eq(claim(s, &a, at, &rows), 3);
		ck_assert_int_eq(rows[0].id, 1);
		result(s, rows[0].id, SUBMIT_BUSY, at);
		ck_assert_str_eq(states(s, &a), "deferred queued queued");
		OK(store_outbox_gate(s, &a, &gate, e));
		ck_assert_int_ge(gate.until - at, i == 0 ? 300 : i == 1 ? 900 : 3600);
		ck_assert_int_lt(gate.until - at, i == 0 ? 360 : i == 1 ? 1080 : 4320);
		ck_assert_str_eq(gate.answer, "words");
		ck_assert_uint_eq(claim(s, &a, gate.until - 1, &rows), 0);
		at = gate.until;
	}
	ck_assert_int_eq(ask_sql("SELECT attempts FROM outbox WHERE id = 3"), 0);
	/* a person need not wait */
	OK(store_outbox_act_all(s, OUTBOX_RETRY, NULL, at - 1, &n, e));
	ck_assert_uint_eq(claim(s, &a, at - 1, &rows), 3);
	/* a word about a mail is word of the server */
	result(s, 1, SUBMIT_BUSY, at);
	OK(store_outbox_act_all(s, OUTBOX_RETRY, NULL, at, &n, e));
	ck_assert_uint_eq(claim(s, &a, at, &rows), 3);
	result(s, 1, SUBMIT_ACCEPTED, at);
	OK(store_outbox_gate(s, &a, &gate, e));
	ck_assert(gate.until == INSTANT_NONE);
	store_close(s);
}
END_TEST

START_TEST(a_held_outbox_keeps_what_is_written_later_but_not_word_of_it)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(2);
	struct outbox_gate gate;
	struct outbox_row *rows;
	struct change told = { .at = NOW };
	size_t n;

	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 2);
	result(s, 1, SUBMIT_HELD, NOW);
	ck_assert_str_eq(states(s, &a), "held held");
	put(s, 3, "invitation");
	put(s, 4, "outbox");
	change_outbox(&told, &a)->hold_told = true;
	OK(store_apply(s, &told, e));
	ck_assert_uint_eq(claim(s, &a, NOW + 9, &rows), 1);
	ck_assert_str_eq(rows[0].kind, "outbox");
	ck_assert_str_eq(states(s, &a), "held held held sending");
	result(s, 4, SUBMIT_HELD, NOW + 9); /* it is refused like the others, and tried again */
	ck_assert_str_eq(states(s, &a), "held held held deferred");
	ck_assert_uint_eq(claim(s, &a, NOW + 9 + 360, &rows), 1);
	result(s, 4, SUBMIT_ACCEPTED, NOW + 400);
	OK(store_outbox_gate(s, &a, &gate, e));
	ck_assert(gate.held && gate.told);
	ck_assert_int_eq(gate.held_since, NOW);
	ck_assert_str_eq(gate.reason, "words");
	ck_assert_int_eq(gate.held_mails, 3);
	ck_assert_int_eq(gate.waiting, 3);
	ck_assert_int_eq(records("outbox-held"), 1);
	OK(store_outbox_act_all(s, OUTBOX_RELEASE, NULL, NOW + 500, &n, e));
	ck_assert_uint_eq(n, 3);
	ck_assert_uint_eq(claim(s, &a, NOW + 500, &rows), 3);
	store_close(s);
}
END_TEST

START_TEST(the_throttle_counts_what_was_tried)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(9);
	struct throttle t = { .per_minute = 3, .per_day = 5 };
	struct outbox_row *rows;
	size_t n;

	n = claim_mails(s, &a, NOW, 50, &t, &rows);
	ck_assert_uint_eq(n, 3);
	result(s, 1, SUBMIT_ACCEPTED, NOW);
	result(s, 2, SUBMIT_FAILED, NOW);
	result(s, 3, SUBMIT_DEFERRED, NOW);
	n = claim_mails(s, &a, NOW + 59, 50, &t, &rows);
	ck_assert_uint_eq(n, 0);
	n = claim_mails(s, &a, NOW + 60, 50, &t, &rows);
	ck_assert_uint_eq(n, 2);
	result(s, rows[0].id, SUBMIT_ACCEPTED, NOW + 60);
	result(s, rows[1].id, SUBMIT_ACCEPTED, NOW + 60);
	n = claim_mails(s, &a, NOW + 86399, 50, &t, &rows);
	ck_assert_uint_eq(n, 0);
	n = claim_mails(s, &a, NOW + 86400, 50, &t, &rows);
	ck_assert_uint_eq(n, 3);
	store_close(s);
}
END_TEST

START_TEST(patience_ends_and_begins_anew_when_a_person_asks)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(1);
	struct retry_policy p = { .notice_h = 4, .give_up_h = 10 };
	int64_t id = 1;
	struct outbox_row *rows;
	instant late = NOW + 10 * 3600;

	ck_assert_uint_eq(claim(s, &a, late - 1, &rows), 1);
	OK(end_mail(s, 1, SUBMIT_DEFERRED, "450 later", &p, late - 1, e));
	ck_assert_str_eq(states(s, &a), "deferred");
	ck_assert_uint_eq(claim(s, &a, late + 1000, &rows), 1);
	OK(end_mail(s, 1, SUBMIT_UNCERTAIN, "no answer", &p, late + 1000, e));
	ck_assert_str_eq(states(s, &a), "failed");
	ck_assert_int_eq(ask_sql("SELECT answer = 'given up after 10 hours; the last answer: no answer' FROM outbox"), 1);
	OK(store_outbox_act(s, OUTBOX_RETRY, &id, 1, late + 2000, e));
	ck_assert_uint_eq(claim(s, &a, late + 2000, &rows), 1);
	OK(end_mail(s, 1, SUBMIT_DEFERRED, "450 later", &p, late + 2000, e));
	ck_assert_str_eq(states(s, &a), "deferred");
	/* a server that is away says nothing of the mail: it is not given up for that */
	ck_assert_uint_eq(claim(s, &a, late * 2, &rows), 1);
	OK(end_mail(s, 1, SUBMIT_BUSY, "no answer", &p, late * 2, e));
	ck_assert_str_eq(states(s, &a), "deferred");
	store_close(s);
}
END_TEST

/* Every state × every act: what it makes of the mail, or that it is refused. */
START_TEST(what_a_person_may_do_hangs_on_the_state)
{
	static const struct {
		const char *state, *retry, *hold, *release, *cancel;
	} rows[] = {
		{ "queued", "queued", "held", NULL, "cancelled" },
		{ "sending", NULL, NULL, NULL, NULL },
		{ "accepted", NULL, NULL, NULL, NULL },
		{ "deferred", "queued", "held", NULL, "cancelled" },
		{ "held", NULL, NULL, "queued", "cancelled" },
		{ "failed", "queued", NULL, NULL, NULL },
		{ "uncertain", "queued", "held", NULL, "cancelled" },
		{ "cancelled", NULL, NULL, NULL, NULL },
	};
	struct store *s = with_mails(2);
	struct arena a AUTO(arena_release) = ARENA_INIT;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *becomes[] = { rows[i].retry, rows[i].hold, rows[i].release, rows[i].cancel };
		for (enum outbox_act act = OUTBOX_RETRY; act <= OUTBOX_CANCEL; act++) {
			struct buf sql AUTO(buf_release) = BUF_INIT;
			struct err e = ERR_INIT;
			int64_t ids[] = { 2 };

			buf_fmt(&sql, "UPDATE outbox SET status = '%s' WHERE id = 2", rows[i].state);
			run_sql(sql.data);
			int rc = store_outbox_act(s, act, ids, 1, NOW, &e);
			const char *want = becomes[act] ? becomes[act] : rows[i].state;
			ck_assert_msg((rc == 0) == (becomes[act] != NULL), "%s %s: %s", outbox_act_name(act),
			              rows[i].state, e.text);
			ck_assert_msg(rc == 0 || e.kind == ERR_SAFETY, "%s", e.text);
			ck_assert_str_eq(states(s, &a), arena_fmt(&a, "queued %s", want));
		}
	}
	store_close(s);
}
END_TEST

START_TEST(acts_are_done_to_all_named_or_to_none)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(3);
	struct err bad = ERR_INIT;
	int64_t some[] = { 1, 2 }, wrong[] = { 3, 99 }, gone[] = { 3, 1 };
	struct outbox_row *rows;
	size_t n;

	OK(store_outbox_act(s, OUTBOX_CANCEL, some, 2, NOW, e));
	ck_assert_str_eq(states(s, &a), "cancelled cancelled queued");
	ck_assert_int_eq(store_outbox_act(s, OUTBOX_CANCEL, wrong, 2, NOW, &bad), -1);
	ck_assert_int_eq((int)bad.kind, ERR_USAGE);
	bad = (struct err)ERR_INIT;
	ck_assert_int_eq(store_outbox_act(s, OUTBOX_HOLD, gone, 2, NOW, &bad), -1);
	ck_assert_int_eq((int)bad.kind, ERR_SAFETY);
	ck_assert_str_eq(states(s, &a), "cancelled cancelled queued");
	ck_assert_int_eq(records("mail-cancelled"), 2);
	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 1);
	result(s, 3, SUBMIT_DEFERRED, NOW);
	OK(store_outbox_act_all(s, OUTBOX_HOLD, "by hand", NOW, &n, e));
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(store_outbox_act(s, OUTBOX_RELEASE, &wrong[0], 1, NOW, &bad), -1);
	bad = (struct err)ERR_INIT;
	ck_assert_int_eq(store_outbox_act_all(s, OUTBOX_CANCEL, NULL, NOW, &n, &bad), -1);
	OK(store_outbox_act_all(s, OUTBOX_RELEASE, NULL, NOW, &n, e));
	ck_assert_str_eq(states(s, &a), "cancelled cancelled queued");
	store_close(s);
}
END_TEST

START_TEST(news_are_told_once)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(3);
	struct change c = { .at = NOW };
	struct outbox_news news;
	struct outbox_row *rows;
	instant last;

	claim(s, &a, NOW, &rows);
	result(s, 1, SUBMIT_DEFERRED, NOW);
	result(s, 2, SUBMIT_FAILED, NOW);
	result(s, 3, SUBMIT_ACCEPTED, NOW);
	OK(store_outbox_news(s, &a, NOW - 1, &news, e));
	ck_assert_uint_eq(news.n_late, 0);
	ck_assert_uint_eq(news.n_failed, 1);
	OK(store_outbox_news(s, &a, INSTANT_NONE, &news, e));
	ck_assert_uint_eq(news.n_late, 0);
	OK(store_outbox_news(s, &a, NOW, &news, e));
	ck_assert_uint_eq(news.n_late, 1);
	ck_assert_int_eq(news.late[0].id, 1);
	change_mail_told(&c, &a, 1, false);
	change_mail_told(&c, &a, 2, true);
	OK(store_apply(s, &c, e));
	OK(store_outbox_news(s, &a, NOW + 99999, &news, e));
	ck_assert_uint_eq(news.n_late + news.n_failed, 0);
	/* late, and told so; then it fails: that is news */
	claim(s, &a, NOW + 9999, &rows);
	result(s, 1, SUBMIT_FAILED, NOW + 9999);
	OK(store_outbox_news(s, &a, NOW + 99999, &news, e));
	ck_assert_uint_eq(news.n_failed, 1);
	OK(store_outbox_last_word(s, &last, e));
	ck_assert(last == INSTANT_NONE);
	store_close(s);
}
END_TEST

START_TEST(a_mail_that_comes_back_has_failed)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(3);
	struct change c = { .at = NOW };
	struct outbox_news news;
	struct outbox_row *rows;
	int64_t id = 3;

	claim(s, &a, NOW, &rows);
	result(s, 1, SUBMIT_ACCEPTED, NOW);
	result(s, 2, SUBMIT_UNCERTAIN, NOW);
	result(s, 3, SUBMIT_DEFERRED, NOW);
	OK(store_outbox_act(s, OUTBOX_CANCEL, &id, 1, NOW, e));
	change_bounced(&c, &a, 1, "550 5.1.1 nobody", true);
	change_bounced(&c, &a, 2, NULL, false);
	change_bounced(&c, &a, 3, NULL, false);
	change_bounced(&c, &a, 99, NULL, false);
	OK(store_apply(s, &c, e));
	OK(store_apply(s, &c, e)); /* the report came twice */
	ck_assert_str_eq(states(s, &a), "failed failed cancelled");
	ck_assert_int_eq(records("mail-bounced"), 2);
	ck_assert_int_eq(ask_sql("SELECT answer = 'came back: 550 5.1.1 nobody' FROM outbox WHERE id = 1"), 1);
	ck_assert_uint_eq(claim(s, &a, NOW + 999999, &rows), 0);
	OK(store_outbox_news(s, &a, NOW, &news, e));
	ck_assert_uint_eq(news.n_failed, 1); /* of the other the coordinator hears elsewhere */
	ck_assert_int_eq(news.failed[0].id, 2);
	store_close(s);
}
END_TEST

/* A database of the schema before. */
START_TEST(what_was_on_its_way_before_stays_on_its_way)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct outbox_news news;
	struct outbox_gate gate;

	make_older("_outbox.sql");
	run_sql("INSERT INTO outbox (message_id, address, kind, subject, bytes, status, answer, created, "
	        "next_try) VALUES ('1@x', 'a@x.example', 'receipt', 's', x'41', 'accepted', '250', 10, 10), "
	        "('2@x', 'a@x.example', 'receipt', 's', x'42', 'held', '535 no', 20, 20), "
	        "('3@x', 'a@x.example', 'receipt', 's', x'43', 'failed', '550', 30, 30)");
	struct store *s = open_with(0);
	ck_assert_str_eq(states(s, &a), "accepted held failed");
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM outbox JOIN outbox_bytes USING (id) WHERE since = created AND length(bytes) = 1"), 3);
	OK(store_outbox_gate(s, &a, &gate, e));
	ck_assert(gate.held && !gate.told);
	ck_assert_str_eq(gate.reason, "535 no");
	OK(store_outbox_news(s, &a, NOW, &news, e));
	ck_assert_uint_eq(news.n_failed + news.n_late, 0);
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("outbox");
	TCase *tc = tcase_create("outbox");

	tcase_add_checked_fixture(tc, fixture_start, fixture_end);
	tcase_add_test(tc, only_the_first_that_a_killed_pass_left_is_uncertain);
	tcase_add_test(tc, only_whole_notes_of_its_batch_count);
	tcase_add_test(tc, without_room_for_its_notes_no_mail_is_claimed);
	tcase_add_test(tc, room_for_notes_is_no_note);
	tcase_add_test(tc, a_server_that_is_away_stops_the_queue_and_costs_no_mail_a_try);
	tcase_add_test(tc, a_held_outbox_keeps_what_is_written_later_but_not_word_of_it);
	tcase_add_test(tc, the_throttle_counts_what_was_tried);
	tcase_add_test(tc, patience_ends_and_begins_anew_when_a_person_asks);
	tcase_add_test(tc, what_a_person_may_do_hangs_on_the_state);
	tcase_add_test(tc, acts_are_done_to_all_named_or_to_none);
	tcase_add_test(tc, news_are_told_once);
	tcase_add_test(tc, a_mail_that_comes_back_has_failed);
	tcase_add_test(tc, what_was_on_its_way_before_stays_on_its_way);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
