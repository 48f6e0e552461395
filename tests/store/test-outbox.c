/* SPDX-License-Identifier: EUPL-1.2 */
/* All that can become of a mail on its way out, and what a person may do to it. */
#include <string.h>

#include "core/apply.h"
#include "core/outbox.h"
#include "store/outbox.h"
#include "tests/store/mails.h"

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
	ck_assert_uint_eq(n, 3);
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

static const char *unsent(struct store *s, struct arena *a)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct unsents u;

	OK(store_unsent(s, a, &u, e));
	for (size_t i = 0; i < u.n; i++)
		buf_fmt(&b, "%s%s %s", i ? ", " : "", u.at[i].review, u.at[i].seat);
	return b.len ? arena_dup(a, b.data) : "";
}

/* An invitation to a review, one to an approver's part of another, an escalation of each. */
static struct store *with_notices(struct arena *a)
{
	struct store *s = open_filled();
	struct sample x;

	for (int i = 1; i <= 2; i++) {
		sample_invitation(&x, i == 1 ? "F01" : "F02", 1, i);
		x.review.seat = x.notice.seat = i == 2 ? "kd" : NULL;
		OK(store_apply(s, &x.change, e));
	}
	for (int i = 3; i <= 4; i++) {
		sample_invitation(&x, "R01", 1, i);
		struct told t = { .review = i == 3 ? "F01.1" : "F02.1", .seat = i == 3 ? NULL : "kd",
			.whom = TOLD_SUPERIOR, .rung = RUNG_ESCALATE, .n = 1, .day = date_of(2027, 1, 11),
			.message_id = x.message_id };
		memcpy(t.letter, x.letter.ref, sizeof(t.letter));
		x.change.n_reviews = x.change.n_notices = 0;
		change_told(&x.change, a, &t);
		OK(store_apply(s, &x.change, e));
	}
	return s;
}

START_TEST(a_review_waits_for_its_mails_and_counts_from_the_day_they_left)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_notices(&a);
	instant later = NOW + 3 * 86400;
	struct outbox_row *rows;

	ck_assert_str_eq(unsent(s, &a), "F01.1 , F02.1 kd");
	run_sql("UPDATE item SET wake = '2027-02-01'");
	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 4);
	result(s, 1, SUBMIT_ACCEPTED, NOW);
	result(s, 2, SUBMIT_ACCEPTED, NOW + 3600);
	ck_assert_str_eq(unsent(s, &a), "F01.1 , F02.1 kd"); /* sending */
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM item WHERE wake < '2027-02-01'"), 0);
	result(s, 3, SUBMIT_UNCERTAIN, NOW);
	result(s, 4, SUBMIT_HELD, NOW);
	ck_assert_str_eq(unsent(s, &a), "F01.1 , F02.1 kd"); /* held */
	run_sql("UPDATE outbox SET status = 'sending' WHERE id > 2; DELETE FROM outbox_hold");
	result(s, 3, SUBMIT_ACCEPTED, later);
	ck_assert_str_eq(unsent(s, &a), "F02.1 kd");
	ck_assert_int_eq(ask_sql("SELECT last_notice = '2027-01-14' FROM review WHERE id = 'F01.1'"), 1);
	ck_assert_int_eq(ask_sql("SELECT last_notice = '2027-01-11' FROM seat"), 1);
	result(s, 4, SUBMIT_ACCEPTED, later);
	ck_assert_str_eq(unsent(s, &a), "");
	ck_assert_int_eq(ask_sql("SELECT last_notice = '2027-01-14' FROM seat"), 1);
	/* they are looked at again */
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM item WHERE wake < '2027-02-01'"), 2);
	store_close(s);
}
END_TEST

START_TEST(a_notice_that_left_late_or_never)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_notices(&a);
	struct outbox_row *rows;

	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 4);
	result(s, 1, SUBMIT_ACCEPTED, NOW + 86400);
	result(s, 2, SUBMIT_ACCEPTED, NOW + 86400);
	ck_assert_int_eq(ask_sql("SELECT last_notice = '2027-01-12' FROM review WHERE id = 'F01.1'"), 1);
	ck_assert_int_eq(ask_sql("SELECT last_notice = '2027-01-12' FROM seat"), 1);
	result(s, 3, SUBMIT_FAILED, NOW + 2 * 86400);
	run_sql("UPDATE outbox SET status = 'cancelled' WHERE id = 4");
	ck_assert_str_eq(unsent(s, &a), "");
	ck_assert_int_eq(ask_sql("SELECT last_notice = '2027-01-12' FROM review WHERE id = 'F01.1'"), 1);
	store_close(s);
}
END_TEST

/* A month ahead, a server was away, a mail was put off, one was written, and three were tried. */
START_TEST(a_clock_that_was_ahead_stops_no_mail)
{
	enum { MONTH = 32 * 86400 };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(4);
	struct throttle t = { .per_minute = 3, .per_day = 5 };
	struct outbox_gate gate;
	struct outbox_row *rows;
	instant next;

	ck_assert_uint_eq(claim(s, &a, NOW + MONTH, &rows), 4);
	result(s, 1, SUBMIT_ACCEPTED, NOW + MONTH);
	result(s, 2, SUBMIT_DEFERRED, NOW + MONTH);
	result(s, 3, SUBMIT_BUSY, NOW + MONTH);
	run_sql("UPDATE outbox SET next_try = next_try + 2764800, since = since + 2764800 WHERE id = 4");
	/* the clock is put right */
	ck_assert_uint_eq(claim_mails(s, &a, NOW + 60, 50, &t, &rows), 3);
	OK(store_outbox_gate(s, &a, &gate, e));
	ck_assert_int_eq(gate.until, NOW + 60);
	ck_assert_int_eq(ask_sql("SELECT max(since) FROM outbox WHERE status = 'sending'"), NOW + 60);
	OK(store_outbox_next(s, &next, e));
	ck_assert_int_eq(next, NOW + 60);
	/* what is put off as far as can be is not */
	result(s, 2, SUBMIT_DEFERRED, NOW + 60);
	result(s, 3, SUBMIT_ACCEPTED, NOW + 60);
	result(s, 4, SUBMIT_ACCEPTED, NOW + 60);
	run_sql("UPDATE outbox SET next_try = 1799650860 + 240 * 72 WHERE id = 2");
	ck_assert_uint_eq(claim(s, &a, NOW + 60, &rows), 0);
	ck_assert_uint_eq(claim(s, &a, NOW + 59, &rows), 1);
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
	put_mail(s, 3, "invitation");
	put_mail(s, 4, "outbox");
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
	/* it was tried once in all that time, and is tried as often as any */
	for (int tries = 2; tries <= RETRY_LEAST_TRIES; tries++) {
		ck_assert_str_eq(states(s, &a), "deferred");
		late += RETRY_LONGEST_S;
		ck_assert_uint_eq(claim(s, &a, late, &rows), 1);
		ck_assert_int_eq(rows[0].attempts, tries);
		OK(end_mail(s, 1, tries < RETRY_LEAST_TRIES ? SUBMIT_DEFERRED : SUBMIT_UNCERTAIN, "no answer", &p, late, e));
	}
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
	tcase_add_test(tc, a_server_that_is_away_stops_the_queue_and_costs_no_mail_a_try);
	tcase_add_test(tc, a_clock_that_was_ahead_stops_no_mail);
	tcase_add_test(tc, a_held_outbox_keeps_what_is_written_later_but_not_word_of_it);
	tcase_add_test(tc, a_review_waits_for_its_mails_and_counts_from_the_day_they_left);
	tcase_add_test(tc, a_notice_that_left_late_or_never);
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
