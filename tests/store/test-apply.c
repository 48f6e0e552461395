/* SPDX-License-Identifier: EUPL-1.2 */
/* A change happens whole or not at all, also when the process is killed at
 * any statement of it; and the record shows whoever touched it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/record.h"
#include "tests/store/fixture.h"

static void fails(struct store *s, const struct change *c, const char *says)
{
	struct err e = ERR_INIT;

	ck_assert_int_eq(store_apply(s, c, &e), -1);
	ck_assert_int_eq(e.kind, ERR_SAFETY);
	ck_assert_msg(strstr(e.text, says) != NULL, "%s", e.text);
}

static int64_t chain(struct store *s)
{
	char head[DIGEST_HEX];
	int64_t rows;

	OK(store_record_verify(s, &rows, head, e));
	return rows;
}

START_TEST(a_change_comes_back_as_it_went_in)
{
	struct store *s = open_filled();
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct sample x;
	struct reviews found;
	struct letter l;
	int n;

	sample_invitation(&x, "F01", 1, 7);
	OK(store_apply(s, &x.change, e));
	OK(store_open_reviews(s, &a, &found, e));
	ck_assert_uint_eq(found.n, 1);
	ck_assert_str_eq(found.at[0].id, "F01.1");
	ck_assert_int_eq(found.at[0].state, REVIEW_OPEN);
	ck_assert_int_eq(found.at[0].rung, RUNG_INVITE);
	ck_assert_int_eq(found.at[0].act_by, date_of(2027, 2, 22));
	ck_assert_int_eq(found.at[0].signed_on, DAY_NONE);
	ck_assert_str_eq(found.at[0].letter, x.letter.ref);
	OK(store_letter_reviews(s, &a, x.letter.ref, &found, e));
	ck_assert_uint_eq(found.n, 1);
	ck_assert_int_eq(store_letter_by_token(s, &a, x.token, &l, &(struct err)ERR_INIT), 1);
	ck_assert_str_eq(l.ref, x.letter.ref);
	ck_assert_int_eq(l.event_day, date_of(2027, 2, 22));
	ck_assert_int_eq(store_letter(s, &a, "GR-none", &l, &(struct err)ERR_INIT), 0);
	OK(store_letter_serial(s, 2027, &n, e));
	ck_assert_int_eq(n, 1);
	OK(store_letter_serial(s, 2026, &n, e));
	ck_assert_int_eq(n, 0);
	OK(store_review_ordinal(s, "F01", &n, e));
	ck_assert_int_eq(n, 1);
	struct letters letters;
	OK(store_open_letters(s, &a, &letters, e));
	ck_assert_uint_eq(letters.n, 1);
	x.review.state = REVIEW_CLOSED;
	x.change = (struct change){ .at = NOW, .reviews = &x.review, .n_reviews = 1 };
	OK(store_apply(s, &x.change, e));
	OK(store_open_reviews(s, &a, &found, e));
	ck_assert_uint_eq(found.n, 0);
	OK(store_open_letters(s, &a, &letters, e));
	ck_assert_uint_eq(letters.n, 0);
	OK(store_item_reviews(s, &a, "F01", &found, e));
	ck_assert_int_eq(found.at[0].state, REVIEW_CLOSED);
	/* A pass that read it before it was closed cannot open it again. */
	x.review.state = REVIEW_OPEN;
	fails(s, &x.change, "has ended meanwhile");
	store_close(s);
}
END_TEST

START_TEST(questions_are_kept)
{
	struct store *s = open_filled();
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct sample x;
	struct questions found;

	sample_invitation(&x, "F01", 1, 1);
	struct question q = { .item = "R01", .n = 2, .day = date_of(2027, 1, 11), .text = "Datum?" };
	strcpy(q.letter, x.letter.ref);
	x.change.questions = &q;
	x.change.n_questions = 1;
	OK(store_apply(s, &x.change, e));
	OK(store_questions(s, &a, &found, e));
	ck_assert_uint_eq(found.n, 1);
	OK(store_letter_questions(s, &a, x.letter.ref, &found, e));
	ck_assert_uint_eq(found.n, 1);
	ck_assert_str_eq(found.at[0].item, "R01");
	ck_assert_str_eq(found.at[0].text, "Datum?");
	ck_assert_int_eq(found.at[0].n, 2);
	OK(store_letter_questions(s, &a, "GR-none", &found, e));
	ck_assert_uint_eq(found.n, 0);
	store_close(s);
}
END_TEST

START_TEST(a_confirmation_is_answered_once)
{
	static const char hash[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	struct store *s = open_filled();
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct err none = ERR_INIT;
	struct sample x;
	struct confirmation c = {
		.token_hash = hash, .role = "kd", .address = "kd@k.example", .from = "kd@k.example",
		.token = "yes", .sender = "yes", .domain = "unknown", .direct = "yes",
		.answers = "1\tF01.1\tv\tapprove\t-\t\n", .asked = NOW, .expires = NOW + 7, .mails = 1,
		.state = CONFIRM_ASKED, .ended = INSTANT_NONE,
	}, got;
	const struct inbox_row in = { .source = "x", .name = "n", .received = NOW, .bytes = "a", .len = 1 };

	ck_assert_int_eq(store_inbox_put(s, &in, 1, &none), 1);
	c.mail = ask_sql("SELECT id FROM inbox");
	sample_invitation(&x, "F01", 1, 1);
	strcpy(c.letter, x.letter.ref);
	x.change.confirmations = &c;
	x.change.n_confirmations = 1;
	x.change.inbox = (struct inbox_done){ .id = c.mail, .status = "answered",
	                                      .message_id = "m@k.example" };
	ck_assert_int_eq(store_confirmation(s, &a, hash, &got, &none), 0);
	OK(store_apply(s, &x.change, e));
	ck_assert_int_eq(store_confirmation(s, &a, hash, &got, &none), 1);
	ck_assert_str_eq(got.letter, x.letter.ref);
	ck_assert_str_eq(got.answers, c.answers);
	ck_assert_str_eq(got.domain, "unknown");
	ck_assert(got.expires == c.expires && got.state == CONFIRM_ASKED && got.mails == 1);
	struct change step = { .at = NOW, .confirmations = &c, .n_confirmations = 1 };
	c.mails = 2; /* asked once more */
	OK(store_apply(s, &step, e));
	c.state = CONFIRM_CONFIRMED;
	c.ended = NOW + 1;
	c.ended_by = c.mail;
	OK(store_apply(s, &step, e));
	ck_assert_int_eq(store_confirmation(s, &a, hash, &got, &none), 1);
	ck_assert(got.state == CONFIRM_CONFIRMED && got.ended == NOW + 1 && got.ended_by == c.mail);
	c.state = CONFIRM_DROPPED;
	fails(s, &step, "answered meanwhile");
	c.mails = 1;
	fails(s, &step, "answered meanwhile");
	store_close(s);
}
END_TEST

START_TEST(nothing_of_a_refused_change_is_kept)
{
	struct store *s = open_filled();
	struct sample x;
	int64_t rows = chain(s);

	sample_invitation(&x, "F01", 1, 1);
	struct decision d = { .review = "F99.1", .body = "KS", .day = date_of(2027, 2, 2) };
	x.change.decisions = &d;
	x.change.n_decisions = 1;
	fails(s, &x.change, "F99.1");
	ck_assert_int_eq(ask_sql("SELECT (SELECT count(*) FROM review) + (SELECT count(*) FROM "
	                         "letter) + (SELECT count(*) FROM outbox)"), 0);
	x.change.n_decisions = 0;
	x.change.inbox.id = 99;
	x.change.inbox.status = "applied";
	x.change.n_mails = x.change.n_notices = 0;
	fails(s, &x.change, "handled already");
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM review"), 0);
	ck_assert_int_eq(chain(s), rows);
	store_close(s);
}
END_TEST

START_TEST(an_item_has_one_open_review_and_a_review_one_letter)
{
	struct store *s = open_filled();
	struct sample first, second;

	sample_invitation(&first, "F01", 1, 1);
	OK(store_apply(s, &first.change, e));
	sample_invitation(&second, "F01", 2, 2);
	fails(s, &second.change, "F01.2");

	/* One change may end a review and open the next, in either order. */
	struct review both[2] = { second.review, first.review };
	both[1].state = REVIEW_SUPERSEDED;
	second.change.reviews = both;
	second.change.n_reviews = 2;
	OK(store_apply(s, &second.change, e));

	struct review moved = second.review;
	strcpy(moved.letter, first.letter.ref);
	moved.n = 5;
	struct change c = { .at = NOW, .reviews = &moved, .n_reviews = 1 };
	fails(s, &c, "keeps its letter");
	moved = second.review;
	moved.item = "F02";
	fails(s, &c, "one item");
	struct letter taken = second.letter;
	strcpy(taken.ref, first.letter.ref);
	c = (struct change){ .at = NOW, .letters = &taken, .n_letters = 1 };
	fails(s, &c, "");
	store_close(s);
}
END_TEST

/* ---- kill -9 ---- */

static int countdown; /* of the child: the statement that kills it */

static int die_in_time(unsigned what, void *ctx, void *stmt, void *sql)
{
	(void)what;
	(void)ctx;
	(void)stmt;
	(void)sql;
	if (--countdown == 0)
		raise(SIGKILL);
	return 0;
}

static void child_applies(int die_at)
{
	struct err e = ERR_INIT;
	struct sample x;
	struct store *s;

	if (store_open(fixture_path(), 0, &s, &e))
		_exit(2);
	sample_invitation(&x, "F01", 1, 1);
	struct item_fact fact = { .item = "F01", .reviewed = date_of(2027, 1, 11) };
	x.change.facts = &fact;
	x.change.n_facts = 1;
	countdown = die_at;
	/* ROW and PROFILE too: in the middle and at the end of a statement. */
	sqlite3_trace_v2(s->db, SQLITE_TRACE_STMT | SQLITE_TRACE_ROW | SQLITE_TRACE_PROFILE,
	                 die_in_time, NULL);
	_exit(store_apply(s, &x.change, &e) ? 3 : 0);
}

/* How much of the change is there: 0 nothing, 7 all. */
static int64_t present(void)
{
	return ask_sql("SELECT (SELECT count(*) FROM letter) + (SELECT count(*) FROM review) + "
	               "(SELECT count(*) FROM outbox) + (SELECT count(*) FROM notice) + "
	               "(SELECT count(*) FROM item WHERE completed IS NOT NULL) + "
	               "(SELECT count(*) FROM record WHERE kind <> 'import')");
}

START_TEST(killed_at_any_statement_it_is_before_or_after)
{
	int before = 0, after = 0, status = 0;

	store_close(open_filled());
	for (int at = 1; at < 1000; at++) {
		pid_t child = fork();
		if (child == 0)
			child_applies(at);
		waitpid(child, &status, 0);
		bool killed = WIFSIGNALED(status);
		ck_assert_msg(killed || WEXITSTATUS(status) == 0, "status %d", status);
		struct store *s = open_with(0);
		chain(s);
		store_close(s);
		int64_t there = present();
		ck_assert_msg(there == 0 || there == 7, "killed at %d: %d of 7", at, (int)there);
		if (there) {
			after++;
			break;
		}
		ck_assert(killed);
		before++;
	}
	ck_assert_int_gt(before, 15);
	ck_assert_int_eq(after, 1);
}
END_TEST

/* ---- the record ---- */

/* Computed by hand, as include/store/record.h says (see the Python there). */
START_TEST(the_hash_is_as_documented)
{
	char hash[DIGEST_HEX];

	record_hash(1, 1799650800, "import", "register", "added=3\nord=ÅÄÖ\n", RECORD_GENESIS, hash);
	ck_assert_str_eq(hash, "6d66282dfbc291c640f28a499de9f4f354b6291282515b836b69fc4c046b195d");
}
END_TEST

static void tampered(struct store *s, const char *sql, const char *says)
{
	struct err e = ERR_INIT;
	char head[DIGEST_HEX];
	int64_t rows;

	run_sql("DROP TRIGGER IF EXISTS record_is_not_changed; "
	        "DROP TRIGGER IF EXISTS record_is_not_deleted; "
	        "CREATE TABLE IF NOT EXISTS kept AS SELECT * FROM record;");
	run_sql(sql);
	ck_assert_int_eq(store_record_verify(s, &rows, head, &e), -1);
	ck_assert_int_eq(e.kind, ERR_FOUND);
	ck_assert_msg(strstr(e.text, says) != NULL, "%s", e.text);
	run_sql("DELETE FROM record; INSERT INTO record SELECT * FROM kept;");
	chain(s);
}

START_TEST(the_record_shows_who_touched_it)
{
	struct store *s = open_filled();
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct record_row *rows;
	struct sample x;
	size_t n;

	sample_invitation(&x, "F01", 1, 1);
	OK(store_apply(s, &x.change, e));
	ck_assert_int_eq(chain(s), 3);
	OK(store_record_list(s, &a, "F01.1", &rows, &n, e));
	ck_assert_uint_eq(n, 1);
	ck_assert_str_eq(rows[0].kind, "review-opened");
	OK(store_record_list(s, &a, NULL, &rows, &n, e));
	ck_assert_uint_eq(n, 3);
	tampered(s, "UPDATE record SET facts = 'x' WHERE seq = 2", "row 2");
	tampered(s, "UPDATE record SET at = at + 1 WHERE seq = 1", "row 1");
	tampered(s, "UPDATE record SET prev = hash WHERE seq = 3", "row 3");
	tampered(s, "UPDATE record SET hash = prev WHERE seq = 3", "row 3");
	tampered(s, "DELETE FROM record WHERE seq = 2", "row 2 is missing");
	tampered(s, "UPDATE record SET subject = 'letter', kind = 'import' WHERE seq = 2", "row 2");
	store_close(s);
}
END_TEST

START_TEST(the_record_is_append_only)
{
	struct store *s = open_filled();

	ck_assert_int_ne(sqlite3_exec(s->db, "UPDATE record SET at = 1", NULL, NULL, NULL), 0);
	ck_assert_int_ne(sqlite3_exec(s->db, "DELETE FROM record", NULL, NULL, NULL), 0);
	ck_assert_int_eq(chain(s), 1);
	store_close(s);
}
END_TEST

/* ---- counting ---- */

START_TEST(counts_are_per_body)
{
	struct store *s = open_filled();
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct body_counts *c;
	struct sample x, y;
	size_t n;

	sample_invitation(&x, "F01", 1, 1);
	struct signoff o = { .review = "F01.1", .role = "kd", .address = "kd@tallvinge.example",
		.verdict = VERDICT_APPROVE, .token = "yes", .sender = "yes", .domain = "unknown",
		.at = NOW };
	x.review.state = REVIEW_AWAITING;
	x.review.signed_on = date_of(2027, 1, 12);
	x.change.signoffs = &o;
	x.change.n_signoffs = 1;
	OK(store_apply(s, &x.change, e));
	sample_invitation(&y, "R01", 1, 2);
	y.notice.rung = RUNG_OVERDUE;
	y.review.extended_until = date_of(2027, 4, 1);
	OK(store_apply(s, &y.change, e));
	OK(store_body_counts(s, &a, &c, &n, e));
	ck_assert_uint_eq(n, 3);
	ck_assert_str_eq(c[0].body, "BUN");
	ck_assert_int_eq(c[0].invited, 0);
	ck_assert_str_eq(c[1].body, "KS");
	ck_assert_int_eq(c[1].invited, 1);
	ck_assert_int_eq(c[1].signed_off, 1);
	ck_assert_int_eq(c[1].awaiting, 1);
	ck_assert_int_eq(c[1].open, 0);
	ck_assert_int_eq(c[1].overdue_sent, 0);
	ck_assert_str_eq(c[2].body, "alla");
	ck_assert_int_eq(c[2].open, 1);
	ck_assert_int_eq(c[2].overdue_sent, 1);
	ck_assert_int_eq(c[2].extended, 1);
	ck_assert_int_eq(c[2].decided + c[2].changes + c[2].wrong_person + c[2].signed_off, 0);
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("apply");
	TCase *t = tcase_create("apply");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, fixture_start, fixture_end);
	tcase_add_test(t, a_change_comes_back_as_it_went_in);
	tcase_add_test(t, questions_are_kept);
	tcase_add_test(t, a_confirmation_is_answered_once);
	tcase_add_test(t, nothing_of_a_refused_change_is_kept);
	tcase_add_test(t, an_item_has_one_open_review_and_a_review_one_letter);
	tcase_add_test(t, killed_at_any_statement_it_is_before_or_after);
	tcase_add_test(t, the_hash_is_as_documented);
	tcase_add_test(t, the_record_shows_who_touched_it);
	tcase_add_test(t, the_record_is_append_only);
	tcase_add_test(t, counts_are_per_body);
	suite_add_tcase(s, t);
	return tap_run(s);
}
