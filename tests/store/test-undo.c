/* SPDX-License-Identifier: EUPL-1.2 */
/* Answers and undos in any order, on a real database: what must hold whatever
 * happens. OVERSYN_SEED repeats a walk that failed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/apply.h"
#include "core/plan.h"
#include "tests/store/fixture.h"

enum { WALKS = 8, STEPS = 90, ITEMS = 3, DAY = 86400 };

static const char *const items[ITEMS] = { "F01", "F02", "R01" };
static struct store *s;
static unsigned dice, first;
static instant now;
static int serial, undone, refused;

static int roll(int n)
{
	dice = dice * 1664525u + 1013904223u;
	return (int)((dice >> 16) % (unsigned)n);
}

static const char *one_text(struct arena *a, const char *sql)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	sqlite3_stmt *st;

	ck_assert_int_eq(sqlite3_prepare_v2(s->db, sql, -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *text = (const char *)sqlite3_column_text(st, 0);

		buf_fmt(&b, "%s ", text ? text : "-");
	}
	sqlite3_finalize(st);
	return arena_dup(a, b.data ? b.data : "");
}

/* What a pass does: asks anew for what nobody is asked about. */
static void open_one(struct arena *a, const struct registry *r)
{
	const char *item = items[roll(ITEMS)];
	struct reviews all;
	struct sample x;

	OK(store_item_reviews(s, a, item, &all, e));
	for (size_t i = 0; i < all.n; i++)
		if (!review_terminal(all.at[i].state))
			return;
	sample_invitation(&x, item, (int)all.n + 1, ++serial);
	x.review.version = plan_version(a, registry_item(r, item));
	x.review.due = x.review.act_by = zone_wall(now).day + 20;
	x.change.at = now;
	OK(store_apply(s, &x.change, e));
}

static int64_t mail_in(struct arena *a, int n)
{
	struct inbox_row m = { .source = "test", .name = arena_fmt(a, "m%d", n), .received = now,
	                       .bytes = "x", .len = 1 };
	struct err said = ERR_INIT;

	ck_assert_int_eq(store_inbox_put(s, &m, 1, &said), 1);
	ck_assert_int_eq(store_inbox_next(s, a, 0, &m, &said), 1);
	return m.id;
}

/* A reply to any letter there has been. */
static void reply_to_one(struct arena *a, const struct registry *r, int n)
{
	static const char *const texts[] = {
		"GODKÄNNS", "GODKÄNNS", "ÄNDRING: nytt namn", "FEL PERSON: Bo", "ÅNGRA", "ÅNGRA", "1 ÅNGRA",
		"ÅNGRA", "Kanske", NULL,
	};
	struct standings standings;
	struct reviews reviews;
	struct letter letter;
	struct applied done;
	struct reply reply;
	struct change c = { .at = now };
	dayno day = zone_wall(now).day;
	char until[DATE_TEXT];

	if (!serial)
		return;
	const char *ref = arena_fmt(a, "GR-27-%04d-AAAA", roll(serial) + 1);
	const char *text = texts[roll(ARRAY_LEN(texts))];
	ck_assert_int_eq(store_letter(s, a, ref, &letter, &(struct err)ERR_INIT), 1);
	OK(store_letter_reviews(s, a, ref, &reviews, e));
	OK(store_signoffs(s, a, &reviews, &standings, e));
	struct trust_facts f = { .token_found = true, .token_matches = true, .from = letter.address,
		                 .auth_domain = "tallvinge.example", .asked = DAY_NONE,
		                 .written = DAY_NONE };
	struct trust trust = trust_judge(r, registry_role(r, "kd"), day, TRUST_AUTHSERV, &f);
	if (!text)
		text = arena_fmt(a, "ANSTÅND: %s", date_text(day + 25, until));
	reply_read(a, text, &(struct reply_context){ .received = day }, &reply);
	struct apply_input in = {
		.registry = r, .letter = &letter, .reviews = reviews.at, .n_reviews = reviews.n,
		.standing = standings.at, .n_standing = standings.n, .reply = &reply, .trust = &trust,
		.from = letter.address, .day = day, .at = now,
	};
	apply_reply(&in, a, &c, &done);
	c.inbox = (struct inbox_done){ .id = mail_in(a, n), .cls = MAIL_REPLY,
		.verdict = reply.verdict, .status = "applied" };
	OK(store_apply(s, &c, e));
	undone += done.undone;
	refused += reply.verdict == VERDICT_UNDO && !done.undone;
}

static void decide_one(struct arena *a, const struct registry *r)
{
	const char *item = items[roll(ITEMS)];
	struct change c = { .at = now };
	struct reviews all;

	OK(store_item_reviews(s, a, item, &all, e));
	if (!all.n)
		return;
	const struct recorded x = {
		.item = registry_item(r, item), .review = &all.at[all.n - 1], .day = zone_wall(now).day,
		.paragraph = "§ 1", .reported_by = "x", .adjusted = true, .outcome = OUTCOME_APPROVED, .at = now,
	};
	if (apply_decision(r, &x, a, &c))
		OK(store_apply(s, &c, e));
}

static void check(struct arena *a, const char *ended)
{
	const char *word = ended, *end;

	ck_assert_msg(ask_sql("SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM review "
	                      "WHERE state NOT IN ('closed', 'cancelled', 'superseded') "
	                      "GROUP BY item)") <= 1, "seed %u: two open reviews of one item", first);
	/* What the items were reviewed on follows from what stands. */
	const char *kept = one_text(a, "SELECT completed FROM item ORDER BY id");
	const char *follows = one_text(a, "SELECT (SELECT max(coalesce((SELECT d.day FROM decision d "
		"WHERE d.review = r.id), r.signed_on)) FROM review r WHERE r.item = i.id "
		"AND r.state = 'closed') FROM item i ORDER BY id");
	ck_assert_msg(!strcmp(kept, follows), "seed %u: %s, but it follows %s", first, kept, follows);
	ck_assert_msg(!ask_sql("SELECT count(*) FROM review WHERE state = 'closed' AND signed_on IS NULL"),
	              "seed %u: closed, and nobody has signed", first);
	/* What had ended has stayed so, but for what was signed in the last days. */
	for (; *word; word = end + 1) {
		end = strchr(word, ' ');
		const char *id = arena_dupn(a, word, (size_t)(end - word));
		const char *sql = arena_fmt(a, "SELECT state = 'closed' OR (SELECT max(w.at) = %lld "
			"AND %lld - max(o.at) <= 8 * 86400 FROM withdrawal w JOIN signoff o ON o.id = w.signoff "
			"WHERE o.review = review.id AND w.at = %lld) FROM review WHERE id = '%s'",
			(long long)now, (long long)now, (long long)now, id);
		ck_assert_msg(ask_sql(sql) == 1, "seed %u: %s was closed", first, id);
	}
}

static void walk(void)
{
	int64_t rows = 0;
	char head[DIGEST_HEX];

	fixture_start();
	s = open_filled();
	run_sql("UPDATE item SET needs_decision = 1 WHERE id = 'F02'");
	now = NOW;
	serial = 0;
	for (int i = 0; i < STEPS; i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct registry r;

		registry_init(&r);
		OK(store_load(s, &r, e));
		const char *ended = one_text(&a, "SELECT id FROM review WHERE state = 'closed'");
		now += roll(4) * (instant)DAY + 60;
		int what = roll(10);
		if (what < 2)
			open_one(&a, &r);
		else if (what < 9)
			reply_to_one(&a, &r, i);
		else
			decide_one(&a, &r);
		check(&a, ended);
		registry_release(&r);
	}
	OK(store_record_verify(s, &rows, head, e));
	store_close(s);
	fixture_end();
}

START_TEST(whatever_is_answered_and_undone)
{
	const char *given = getenv("OVERSYN_SEED");

	first = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)time(NULL);
	printf("# seed %u\n", first);
	for (int i = 0; i < WALKS; i++, first++) {
		dice = first;
		walk();
	}
	printf("# %d undone, %d refused\n", undone, refused);
	fflush(stdout);
	ck_assert_int_gt(undone, 10); /* or the walks went nowhere */
	ck_assert_int_gt(refused, 10);
}
END_TEST

/* A decision that is told beside the pass is not undone by it. */
START_TEST(a_decision_meanwhile_stops_an_undo)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct err said = ERR_INIT;
	struct sample x;

	fixture_start();
	s = open_filled();
	sample_invitation(&x, "F01", 1, 1);
	struct signoff o = { .review = x.id, .role = "kd", .address = "kd@tallvinge.example",
		.verdict = VERDICT_APPROVE, .token = "yes", .sender = "yes", .domain = "unknown", .at = NOW,
		.before = REVIEW_OPEN, .before_rung = RUNG_INVITE, .before_act_by = x.review.act_by,
		.before_extended = DAY_NONE };
	OK(store_apply(s, &x.change, e));
	x.review.state = REVIEW_CLOSED;
	struct change c = { .at = NOW, .reviews = &x.review, .n_reviews = 1, .signoffs = &o, .n_signoffs = 1 };
	OK(store_apply(s, &c, e));
	struct decision d = { .review = x.id, .body = "KS", .paragraph = "§ 1", .day = date_of(2027, 1, 12) };
	c = (struct change){ .at = NOW, .decisions = &d, .n_decisions = 1 };
	OK(store_apply(s, &c, e));
	struct reviews all = { .at = &x.review, .n = 1 };
	struct standings found;
	OK(store_signoffs(s, &a, &all, &found, e));
	ck_assert_uint_eq(found.n, 1);
	ck_assert(found.at[0].decided && !found.at[0].newer);
	ck_assert_int_eq(found.at[0].before, REVIEW_OPEN);
	ck_assert_int_eq(found.at[0].before_act_by, x.review.act_by);
	x.review.state = REVIEW_OPEN;
	struct withdrawal w = { .signoff = found.at[0].id, .review = x.id };
	c = (struct change){ .at = NOW, .reviews = &x.review, .n_reviews = 1, .withdrawals = &w,
	                     .n_withdrawals = 1 };
	ck_assert_int_eq(store_apply(s, &c, &said), -1);
	ck_assert_ptr_nonnull(strstr(said.text, "decided meanwhile"));
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM withdrawal"), 0);
	run_sql("DELETE FROM decision");
	OK(store_apply(s, &c, e));
	OK(store_signoffs(s, &a, &all, &found, e));
	ck_assert_uint_eq(found.n, 0);
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM signoff"), 1); /* it stays */
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM review WHERE state = 'open'"), 1);
	store_close(s);
	fixture_end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("undo");
	TCase *t = tcase_create("undo");

	tcase_set_timeout(t, 0);
	tcase_add_test(t, whatever_is_answered_and_undone);
	tcase_add_test(t, a_decision_meanwhile_stops_an_undo);
	suite_add_tcase(suite, t);
	return tap_run(suite);
}
