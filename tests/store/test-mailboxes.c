/* SPDX-License-Identifier: EUPL-1.2 */
/* Mail out and in: every mail goes until it is accepted, with the same bytes;
 * what came in is kept once and handled once. */
#include <string.h>

#include "store/outbox.h"
#include "tests/store/fixture.h"

static struct store *with_mails(int n)
{
	static const char *const items[] = { "F01", "F02", "R01" };
	struct store *s = open_filled();

	for (int i = 0; i < n; i++) {
		struct sample x;

		sample_invitation(&x, items[i], 1, i + 1);
		OK(store_apply(s, &x.change, e));
	}
	return s;
}

static size_t claim(struct store *s, struct arena *a, instant now, struct outbox_row **rows)
{
	return claim_mails(s, a, now, 10, NULL, rows);
}

static const char *status_of(struct store *s, struct arena *a, size_t i)
{
	struct outbox_row *rows;
	size_t n;

	OK(store_outbox_list(s, a, &rows, &n, e));
	ck_assert_uint_lt(i, n);
	ck_assert_ptr_null(rows[i].bytes);
	return rows[i].status;
}

START_TEST(a_mail_goes_until_it_is_accepted)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(3);
	struct outbox_row *rows;
	size_t n;

	n = claim_mails(s, &a, NOW, 2, NULL, &rows);
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(rows[0].message_id, "m1@tallvinge.example");
	ck_assert_str_eq(rows[0].status, "sending");
	ck_assert_int_eq(rows[0].attempts, 1);
	ck_assert_uint_eq(rows[0].len, 16);
	ck_assert_mem_eq(rows[0].bytes, "Subject: x\r\n\r\n\0y", 16);
	OK(end_mail(s, rows[0].id, SUBMIT_ACCEPTED, "250 ok", NULL, NOW, e));
	OK(end_mail(s, rows[1].id, SUBMIT_FAILED, "550 5.1.1", NULL, NOW, e));
	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 1);
	ck_assert_str_eq(rows[0].message_id, "m3@tallvinge.example");
	OK(end_mail(s, rows[0].id, SUBMIT_DEFERRED, "451 later", NULL, NOW, e));
	ck_assert_uint_eq(claim(s, &a, retry_at(NOW, 1, rows[0].id) - 1, &rows), 0);
	ck_assert_uint_eq(claim(s, &a, retry_at(NOW, 1, rows[0].id), &rows), 1);
	ck_assert_int_eq(rows[0].attempts, 2);
	ck_assert_str_eq(rows[0].answer, "451 later");
	ck_assert_str_eq(status_of(s, &a, 0), "accepted");
	ck_assert_str_eq(status_of(s, &a, 1), "failed");
	struct record_row *rec;
	OK(store_record_list(s, &a, "GR-27-0001-AAAA", &rec, &n, e));
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(rec[1].kind, "mail-accepted");
	store_close(s);
}
END_TEST

START_TEST(what_a_killed_pass_left_goes_again_with_the_same_bytes)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(1);
	struct outbox_row *first, *again;
	struct outbox_left left;

	ck_assert_uint_eq(claim(s, &a, NOW, &first), 1);
	store_close(s);
	s = open_with(STORE_VOLATILE);
	OK(store_outbox_recover(s, "a boot", NOW + 60, &left, e));
	ck_assert_uint_eq(claim(s, &a, NOW + 60, &again), 1);
	ck_assert_str_eq(again[0].message_id, first[0].message_id);
	ck_assert_mem_eq(again[0].bytes, first[0].bytes, first[0].len);
	ck_assert_int_eq(again[0].attempts, 2);
	OK(end_mail(s, again[0].id, SUBMIT_UNCERTAIN, NULL, NULL, NOW, e));
	ck_assert_str_eq(status_of(s, &a, 0), "uncertain");
	ck_assert_uint_eq(claim(s, &a, retry_at(NOW, 2, again[0].id), &again), 1);
	OK(end_mail(s, again[0].id, SUBMIT_ACCEPTED, NULL, NULL, NOW, e));
	struct err twice = ERR_INIT;
	ck_assert_int_eq(end_mail(s, again[0].id, SUBMIT_DEFERRED, NULL, NULL, NOW, &twice), -1);
	ck_assert_str_eq(status_of(s, &a, 0), "accepted");
	ck_assert_uint_eq(claim(s, &a, NOW + 999999, &again), 0);
	store_close(s);
}
END_TEST

START_TEST(a_fault_of_our_own_holds_the_queue_until_released)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(3);
	struct outbox_row *rows;
	size_t n;

	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 3);
	OK(end_mail(s, rows[0].id, SUBMIT_ACCEPTED, NULL, NULL, NOW, e));
	OK(end_mail(s, rows[1].id, SUBMIT_HELD, "535 5.7.3", NULL, NOW, e));
	ck_assert_str_eq(status_of(s, &a, 0), "accepted");
	ck_assert_str_eq(status_of(s, &a, 1), "held");
	ck_assert_str_eq(status_of(s, &a, 2), "held");
	ck_assert_uint_eq(claim(s, &a, NOW + 999999, &rows), 0);
	OK(store_outbox_act_all(s, OUTBOX_RELEASE, NULL, NOW, &n, e));
	ck_assert_uint_eq(n, 2);
	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 2);
	OK(store_outbox_act_all(s, OUTBOX_RELEASE, NULL, NOW, &n, e));
	ck_assert_uint_eq(n, 0);
	store_close(s);
}
END_TEST

START_TEST(a_mail_is_found_by_letter_message_id_or_number_and_never_changed)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(2);
	struct outbox_row *rows;
	size_t n;
	static const char *const keys[] = { "GR-27-0002-AAAA", "m2@tallvinge.example", "2" };

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		OK(store_letter_mails(s, &a, keys[i], &rows, &n, e));
		ck_assert_uint_eq(n, 1);
		ck_assert_str_eq(rows[0].message_id, "m2@tallvinge.example");
		ck_assert_uint_eq(rows[0].len, 16);
	}
	ck_assert_int_ne(sqlite3_exec(s->db, "UPDATE outbox_bytes SET bytes = x'00'", NULL, NULL, NULL), 0);
	struct sample x;
	sample_invitation(&x, "R01", 1, 9);
	x.mail.message_id = x.notice.message_id = "m2@tallvinge.example";
	struct err e = ERR_INIT;
	ck_assert_int_eq(store_apply(s, &x.change, &e), -1);
	store_close(s);
}
END_TEST

static int put(struct store *s, const char *name, uint32_t uid, const char *bytes)
{
	struct inbox_row m = { .source = "maildir:INBOX", .uid = uid, .uidvalidity = uid ? 7 : 0,
		.name = name, .received = NOW, .bytes = bytes, .len = strlen(bytes) };
	struct err e = ERR_INIT;

	return store_inbox_put(s, &m, 1, &e);
}

START_TEST(only_the_same_bytes_at_the_same_place_are_one_mail)
{
	struct store *s = open_filled();

	ck_assert_int_eq(put(s, "a", 0, "Message-ID: <x>\r\n\r\n1"), 1);
	ck_assert_int_eq(put(s, "a", 0, "Message-ID: <x>\r\n\r\n1"), 0);
	ck_assert_int_eq(put(s, "b", 0, "Message-ID: <x>\r\n\r\n1"), 1);
	ck_assert_int_eq(put(s, "a", 0, "Message-ID: <x>\r\n\r\n2"), 1);
	ck_assert_int_eq(put(s, NULL, 1, "Message-ID: <x>\r\n\r\n1"), 1);
	ck_assert_int_eq(put(s, NULL, 1, "Message-ID: <x>\r\n\r\n1"), 0);
	ck_assert_int_eq(put(s, NULL, 2, "Message-ID: <x>\r\n\r\n1"), 1);
	ck_assert_int_eq(put(s, NULL, 3, ""), 1);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM record WHERE kind = 'inbox-kept'"), 6);
	ck_assert_int_ne(sqlite3_exec(s->db, "UPDATE inbox_bytes SET raw = x'00'", NULL, NULL, NULL), 0);
	store_close(s);
}
END_TEST

static void verify(struct store *s, const char *wrong)
{
	struct err e = ERR_INIT;
	char head[DIGEST_HEX];
	int64_t rows;
	int failed = store_record_verify(s, &rows, head, &e);

	ck_assert_msg(!failed == !wrong, "%s", e.text);
	if (wrong)
		ck_assert_msg(e.kind == ERR_FOUND && strstr(e.text, wrong), "%s", e.text);
}

/* By somebody who can write the file, and knows it. */
static void tamper(struct store *s, const char *sql)
{
	ck_assert_int_eq(sqlite3_exec(s->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

START_TEST(what_the_record_tells_of_is_there_byte_for_byte)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = with_mails(1);
	struct outbox_row *rows;

	ck_assert_int_eq(put(s, "one", 1, "Subject: ett\r\n\r\nGODK\303\204NNS\r\n"), 1);
	ck_assert_uint_eq(claim(s, &a, NOW, &rows), 1);
	OK(end_mail(s, rows[0].id, SUBMIT_ACCEPTED, NULL, NULL, NOW, e));
	verify(s, NULL);
	tamper(s, "DROP TRIGGER inbox_keeps_bytes; DROP TRIGGER outbox_keeps_bytes;"
	          "UPDATE inbox_bytes SET raw = CAST(raw || x'20' AS BLOB)");
	verify(s, "the bytes of inbox-1 were changed");
	tamper(s, "UPDATE inbox_bytes SET raw = substr(raw, 1, length(raw) - 1)");
	verify(s, NULL);
	tamper(s, "UPDATE outbox_bytes SET bytes = x'00'");
	verify(s, "were changed");
	tamper(s, "DELETE FROM outbox_bytes");
	verify(s, "are gone");
	store_close(s);
}
END_TEST

START_TEST(an_incoming_mail_is_handled_once)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = open_filled();
	struct inbox_row m, *all;
	struct err e1 = ERR_INIT;
	struct sample x;
	size_t n;
	struct answer_counts answers;
	int withheld;

	ck_assert_int_eq(put(s, "a", 0, "GODKÄNNS"), 1);
	ck_assert_int_eq(put(s, "b", 0, "Hej"), 1);
	ck_assert_int_eq(store_inbox_next(s, &a, 0, &m, &e1), 1);
	ck_assert_str_eq(m.name, "a");
	ck_assert_mem_eq(m.bytes, "GODKÄNNS", m.len);
	ck_assert_uint_eq(strlen(m.sha256), 64);
	sample_invitation(&x, "F01", 1, 1);
	x.mail.to = "KD@tallvinge.example";
	x.mail.kind = "receipt";
	x.change.inbox = (struct inbox_done){ .id = m.id, .cls = MAIL_REPLY,
		.verdict = VERDICT_APPROVE, .review = "F01.1", .status = "applied",
		.message_id = "m@x.example", .sender = "kd@tallvinge.example", .withheld = "all" };
	OK(store_apply(s, &x.change, e));
	sample_invitation(&x, "F02", 1, 2);
	x.change.inbox = (struct inbox_done){ .id = m.id, .status = "applied" };
	ck_assert_int_eq(store_apply(s, &x.change, &e1), -1);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM review"), 1);
	struct answer_keys keys = { .sender = "kd@tallvinge.example", .since = NOW,
		.letter = "GR-27-0001-AAAA", .message_id = "m@x.example" };
	OK(store_answer_counts(s, &keys, &answers, e));
	ck_assert_int_eq(answers.sender, 1);
	ck_assert_int_eq(answers.all, 1);
	ck_assert_int_eq(answers.message, 1);
	ck_assert_int_eq(answers.letter, 0); /* a receipt is no question back */
	keys = (struct answer_keys){ .sender = "kd@tallvinge.example", .since = NOW + 1 };
	OK(store_answer_counts(s, &keys, &answers, e));
	ck_assert_int_eq(answers.sender + answers.all + answers.message + answers.letter, 0);
	OK(store_withheld_since(s, "all", NOW, &withheld, e));
	ck_assert_int_eq(withheld, 1);
	OK(store_withheld_since(s, "all", NOW + 1, &withheld, e));
	ck_assert_int_eq(withheld, 0);
	ck_assert_int_eq(store_inbox_same(s, &a, "m@x.example", &m, &e1), 1);
	ck_assert_str_eq(m.sender, "kd@tallvinge.example");
	ck_assert_int_eq(store_inbox_same(s, &a, "other@x.example", &m, &e1), 0);
	ck_assert_int_eq(store_inbox_next(s, &a, 0, &m, &e1), 1);
	ck_assert_str_eq(m.name, "b");
	OK(store_inbox_list(s, &a, false, &all, &n, e));
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(all[0].status, "applied");
	ck_assert_str_eq(all[0].class_name, "reply");
	ck_assert_str_eq(all[0].verdict, "approve");
	ck_assert_str_eq(all[1].status, "new");
	store_close(s);
}
END_TEST

static int handled(void)
{
	return (int)ask_sql("SELECT count(*) FROM inbox WHERE status <> 'new'");
}

/* Each is a transaction of its own within the one commit. */
START_TEST(what_is_handled_together_fails_alone)
{
	struct store *s = open_filled();
	struct err e1 = ERR_INIT;
	struct change done = { .at = NOW, .inbox = { .id = 1, .cls = MAIL_OTHER, .verdict = VERDICT_NONE,
		.status = "kept", .reason = "x" } };

	ck_assert_int_eq(put(s, "a", 0, "("), 1);
	ck_assert_int_eq(put(s, "b", 0, "("), 1);
	ck_assert_int_eq(put(s, "c", 0, "("), 1);
	OK(store_group_begin(s, STORE_PARTS, e));
	OK(store_apply(s, &done, e));
	ck_assert_int_eq(store_apply(s, &done, &e1), -1); /* the second time */
	done.inbox.id = 2;
	OK(store_apply(s, &done, e));
	ck_assert_int_eq(handled(), 0); /* nobody else sees it yet */
	OK(store_group_end(s, e));
	ck_assert_int_eq(handled(), 2);
	OK(store_group_begin(s, STORE_PARTS, e));
	done.inbox.id = 3;
	OK(store_apply(s, &done, e));
	store_close(s); /* as a process that ends does */
	ck_assert_int_eq(handled(), 2);
}
END_TEST

static int answer(struct store *s, const char *item, int n, int64_t mail, struct err *why)
{
	struct sample x;

	sample_invitation(&x, item, 1, n);
	x.change.inbox = (struct inbox_done){ .id = mail, .cls = MAIL_REPLY,
		.verdict = VERDICT_APPROVE, .status = "applied" };
	return store_apply(s, &x.change, why);
}

static int answers_since(struct store *s, instant since)
{
	struct answer_keys keys = { .sender = "nobody@x.example", .since = since };
	struct answer_counts n;

	OK(store_answer_counts(s, &keys, &n, e));
	return n.all;
}

START_TEST(a_days_answers_are_counted_as_they_are_written)
{
	struct store *s = open_filled();
	struct err e1 = ERR_INIT;

	ck_assert_int_eq(put(s, "a", 0, "("), 1);
	ck_assert_int_eq(put(s, "b", 0, "("), 1);
	ck_assert_int_eq(put(s, "c", 0, "("), 1);
	OK(store_group_begin(s, STORE_PARTS, e));
	ck_assert_int_eq(answers_since(s, NOW), 0);
	OK(answer(s, "F01", 1, 1, e));
	ck_assert_int_eq(answers_since(s, NOW), 1);
	ck_assert_int_eq(answer(s, "F02", 2, 1, &e1), -1); /* after its mail was written */
	ck_assert_int_eq(answers_since(s, NOW), 1);
	ck_assert_int_eq(answers_since(s, NOW + 1), 0);
	ck_assert_int_eq(answers_since(s, NOW), 1);
	OK(store_group_end(s, e));
	struct store *other = open_with(STORE_VOLATILE);
	OK(answer(other, "F02", 2, 2, e));
	store_close(other);
	OK(store_group_begin(s, STORE_WHOLE, e));
	ck_assert_int_eq(answers_since(s, NOW), 2);
	OK(answer(s, "R01", 3, 3, e));
	ck_assert_int_eq(answers_since(s, NOW), 3);
	ck_assert_int_eq(answer(s, "R01", 3, 3, &e1), -1);
	ck_assert_int_eq(store_group_end(s, &e1), -1); /* undone whole */
	OK(store_group_begin(s, STORE_PARTS, e));
	ck_assert_int_eq(answers_since(s, NOW), 2);
	OK(store_group_end(s, e));
	store_close(s);
}
END_TEST

START_TEST(a_mail_that_kills_readers_is_set_aside)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct store *s = open_filled();
	struct inbox_row m;
	struct err gone = ERR_INIT;
	int crashes;

	ck_assert_int_eq(put(s, "bad", 0, "("), 1);
	for (int i = 1; i <= 3; i++) {
		ck_assert_int_eq(store_inbox_next(s, &a, 0, &m, &gone), 1);
		OK(store_inbox_crashed(s, m.id, NOW, &crashes, e));
		ck_assert_int_eq(crashes, i);
	}
	ck_assert_int_eq(store_inbox_next(s, &a, 0, &m, &gone), 0);
	ck_assert_int_eq(store_inbox_crashed(s, m.id, NOW, &crashes, &gone), -1);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM record WHERE kind = 'inbox-poison'"), 1);
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mailboxes");
	TCase *t = tcase_create("mailboxes");

	tcase_add_checked_fixture(t, fixture_start, fixture_end);
	tcase_add_test(t, a_mail_goes_until_it_is_accepted);
	tcase_add_test(t, what_a_killed_pass_left_goes_again_with_the_same_bytes);
	tcase_add_test(t, a_fault_of_our_own_holds_the_queue_until_released);
	tcase_add_test(t, a_mail_is_found_by_letter_message_id_or_number_and_never_changed);
	tcase_add_test(t, only_the_same_bytes_at_the_same_place_are_one_mail);
	tcase_add_test(t, what_the_record_tells_of_is_there_byte_for_byte);
	tcase_add_test(t, an_incoming_mail_is_handled_once);
	tcase_add_test(t, what_is_handled_together_fails_alone);
	tcase_add_test(t, a_days_answers_are_counted_as_they_are_written);
	tcase_add_test(t, a_mail_that_kills_readers_is_set_aside);
	suite_add_tcase(s, t);
	return tap_run(s);
}
