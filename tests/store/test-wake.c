/* SPDX-License-Identifier: EUPL-1.2 */
/* A pass that looks only at what woke sends what a pass over everything would. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/apply.h"
#include "core/plan.h"
#include "tests/store/fixture.h"
#include "tests/store/wild.h"

static struct import_report report = { .text = BUF_INIT };

/* ---- what wakes what ---- */

/* A report of the second incoming mail, or of the first. */
#define DEFICIENCY(ref, n, item) \
	"INSERT INTO deficiency (ref, year, n, token_hash, mail, outside, received, day, item, state, " \
	"incident, stage, step, due, handed_back, mails) VALUES ('" ref "', 2027, " #n ", printf('%064d', " \
	#n "), " #n ", 0, 1, '2027-01-11', " item ", 'open', 0, 1, '2027-02-01', '2027-02-01', 0, 1)"

/* Each row writes to one table; which of F01 (its parent D01), F02 and R01 (the
 * parent of R02) it must wake. */
static const struct {
	const char *table, *sql, *wakes;
} writes[] = {
	{ "setting", "INSERT INTO setting VALUES ('x', 'y')", "D01 F01 F02 R01 R02" },
	{ "setting", "UPDATE setting SET value = 'z'", "D01 F01 F02 R01 R02" },
	{ "setting", "DELETE FROM setting", "D01 F01 F02 R01 R02" },
	{ "unit", "INSERT INTO unit (id) VALUES ('U')", "D01 F01 F02 R01 R02" },
	{ "unit", "UPDATE unit SET name = 'x'", "D01 F01 F02 R01 R02" },
	{ "unit", "DELETE FROM unit WHERE id = 'ENSAM'", "D01 F01 F02 R01 R02" },
	{ "unit_body", "INSERT INTO unit_body VALUES ('KLF', 9, 'KS')", "D01 F01 F02 R01 R02" },
	{ "unit_body", "UPDATE unit_body SET n = n + 9", "D01 F01 F02 R01 R02" },
	{ "unit_body", "DELETE FROM unit_body", "D01 F01 F02 R01 R02" },
	{ "body", "INSERT INTO body (id, kind) VALUES ('B', 'group')", "D01 F01 F02 R01 R02" },
	{ "body", "UPDATE body SET ceases = '2027-02-01' WHERE id = 'BUN'", "D01 F01 F02 R01 R02" },
	{ "body", "DELETE FROM body WHERE id = 'ENSAM'", "D01 F01 F02 R01 R02" },
	{ "role", "INSERT INTO role (id, kind) VALUES ('r', 'chief')", "D01 F01 F02 R01 R02" },
	{ "role", "UPDATE role SET valid_to = '2027-02-01' WHERE id = 'kd'", "D01 F01 F02 R01 R02" },
	{ "role", "DELETE FROM role WHERE id = 'ensam'", "D01 F01 F02 R01 R02" },
	{ "absence", "INSERT INTO absence VALUES ('kd', '2027-02-01', '2027-02-09', 'x')",
	  "D01 F01 F02 R01 R02" },
	{ "absence", "UPDATE absence SET last = '2027-03-09'", "D01 F01 F02 R01 R02" },
	{ "absence", "DELETE FROM absence", "D01 F01 F02 R01 R02" },
	{ "meeting", "INSERT INTO meeting (body, day, hour, minute) VALUES ('KS', '2027-03-01', 1, 1)",
	  "D01 F01 F02 R01 R02" },
	{ "meeting", "UPDATE meeting SET cancelled = 1", "D01 F01 F02 R01 R02" },
	{ "meeting", "DELETE FROM meeting", "D01 F01 F02 R01 R02" },
	{ "day_off", "INSERT INTO day_off VALUES ('2027-03-01', 0, NULL)", "D01 F01 F02 R01 R02" },
	{ "day_off", "UPDATE day_off SET working = 1", "D01 F01 F02 R01 R02" },
	{ "day_off", "DELETE FROM day_off", "D01 F01 F02 R01 R02" },
	{ "recess", "INSERT INTO recess VALUES ('x', '2027', '2027-03-01', '2027-03-02')",
	  "D01 F01 F02 R01 R02" },
	{ "recess", "UPDATE recess SET last = date(last, '+1 day')", "D01 F01 F02 R01 R02" },
	{ "recess", "DELETE FROM recess", "D01 F01 F02 R01 R02" },
	{ "event", "INSERT INTO event (name, day, item, happened) VALUES ('x', '2027-03-01', '', 0)",
	  "D01 F01 F02 R01 R02" },
	{ "event", "UPDATE event SET happened = 1 WHERE item = ''", "D01 F01 F02 R01 R02" },
	{ "event", "DELETE FROM event WHERE item = ''", "D01 F01 F02 R01 R02" },
	{ "event", "INSERT INTO event (name, day, item, happened) VALUES ('x', '2027-03-01', 'F02', 0)",
	  "F02" },
	{ "event", "INSERT INTO event (name, day, item, happened) VALUES ('x', '2027-03-01', 'D01', 0)",
	  "D01 F01" },
	{ "event", "UPDATE event SET happened = 1 WHERE item = 'T01'", "R01 R02" },
	{ "event", "DELETE FROM event WHERE item = 'T01'", "R01 R02" },
	{ "deficiency", DEFICIENCY("BR-2", 2, "'F02'"), "F02" },
	{ "deficiency", DEFICIENCY("BR-2", 2, "NULL"), "" },
	{ "deficiency", "UPDATE deficiency SET item = 'R01'", "F02 R01 R02" },
	{ "deficiency", "UPDATE deficiency SET stage = 7", "" },
	{ "deficiency", "DELETE FROM deficiency", "F02" },
	{ "exception", "INSERT INTO exception VALUES ('F02', '2027-03-01', 'skip', NULL, 'x')", "F02" },
	{ "exception", "UPDATE exception SET reason = 'y'", "D01 F01" },
	{ "exception", "DELETE FROM exception", "D01 F01" },
	{ "item", "UPDATE item SET completed = '2027-01-09' WHERE id = 'F02'", "F02" },
	{ "item", "UPDATE item SET note = 'x' WHERE id = 'D01'", "D01 F01" },
	{ "item", "UPDATE item SET parent = NULL WHERE id = 'F01'", "D01 F01" },
	{ "item", "UPDATE item SET parent = 'R01' WHERE id = 'F01'", "D01 F01 R01 R02" },
	{ "item", "UPDATE item SET title = 'RUTIN  sju' WHERE id = 'D01'", "D01 F01 F02" },
	{ "item", "UPDATE item SET replaces = 'r02' WHERE id = 'F02'", "F02" },
	{ "item", "UPDATE item SET replaces = 'X; R02, Y' WHERE id = 'F02'", "F02 R01 R02" },
	{ "item", "DELETE FROM item WHERE id = 'R02'", "R01" },
	{ "item", "INSERT INTO item (id, kind, parent, decided_ask, needs_decision, retired, "
	  "name_protected, known_on) VALUES ('X9', 'routine', 'R01', 0, 0, 0, 0, '2027-01-11')",
	  "R01 R02 X9" },
	{ "review", "INSERT INTO review (id, item, state, rung, due, act_by, n) "
	  "VALUES ('F02.1', 'F02', 'open', 'invitation', '2027-03-01', '2027-03-01', 1)", "F02" },
	{ "review", "UPDATE review SET rung = 'reminder'", "F01" },
	{ "review", "DELETE FROM review", "F01" },
	{ "question", "INSERT INTO question (item, letter, n, day, text) "
	  "VALUES ('F02', 'GR-27-0001-AAAA', 2, '2027-01-11', 'x')", "F02" },
	{ "question", "UPDATE question SET day = '2027-01-10'", "R01" },
	{ "question", "DELETE FROM question", "R01" },
};

/* Tables that no due date and no letter of a pass leans on. */
static const char *const silent[] = {
	"meta", "letter", "letter_count", "inbox", "outbox", "notice", "told", "confirmation", "signoff",
	"withdrawal", "decision", "record", "dkim_key", "rsvp", "deficiency_mail",
	"deficiency_told",
};

static struct store *open_asleep(void)
{
	struct store *s = open_filled();
	struct sample x;
	size_t n;

	sample_invitation(&x, "F01", 1, 1);
	OK(store_apply(s, &x.change, e));
	run_sql("INSERT INTO item (id, title, kind, parent, replaces, decided_ask, needs_decision, "
	        "retired, name_protected, known_on) VALUES "
	        "('D01', 'Policy', 'document', NULL, NULL, 0, 0, 0, 0, '2027-01-11'), "
	        "('R02', NULL, 'routine', 'R01', NULL, 0, 0, 0, 0, '2027-01-11'), "
	        "('T01', 'System', 'asset', NULL, NULL, 0, 0, 0, 0, '2027-01-11'); "
	        "UPDATE item SET parent = 'D01' WHERE id = 'F01'; "
	        "UPDATE item SET parent = 'T01' WHERE id = 'R01'; "
	        "UPDATE item SET replaces = 'Rutin sju' WHERE id = 'F02'; "
	        "INSERT INTO unit (id) VALUES ('ENSAM'); INSERT INTO body (id, kind) VALUES ('ENSAM', 'group');"
	        "INSERT INTO role (id, kind) VALUES ('ensam', 'chief'); "
	        "INSERT INTO absence VALUES ('kd', '2027-01-01', '2027-01-09', 'x'); "
	        "INSERT INTO event (name, day, item, happened) VALUES ('avtal_slut', '2027-06-30', 'T01', 0); "
	        "INSERT INTO exception VALUES ('F01', '2027-03-01', 'skip', NULL, 'x'); "
	        "INSERT INTO question (item, letter, n, day, text) "
	        "VALUES ('R01', 'GR-27-0001-AAAA', 2, '2027-01-11', 'x'); "
	        "INSERT INTO inbox (source, uidvalidity, uid, name, sha256, raw, received) VALUES "
	        "('x', 0, 1, '', printf('%064d', 1), x'00', 1), ('x', 0, 2, '', printf('%064d', 2), x'00', 1); "
	        DEFICIENCY("BR-1", 1, "'F02'"));
	OK(store_wake(s, date_of(2027, 1, 11), &n, e));
	ck_assert_uint_eq(n, 6);
	run_sql("UPDATE item SET wake = '2099-01-01'");
	OK(store_wake(s, date_of(2027, 1, 12), &n, e));
	ck_assert_uint_eq(n, 0);
	return s;
}

static void who_is_awake(struct buf *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct store *s = open_with(0);

	registry_init(&r);
	OK(store_load_awake(s, date_of(2027, 1, 12), &r, e));
	for (size_t i = 0; i < r.n_items; i++)
		if (!r.items[i].asleep && strcmp(r.items[i].id, "T01") != 0)
			buf_fmt(out, "%s%s", out->len ? " " : "", r.items[i].id);
	registry_release(&r);
	store_close(s);
}

START_TEST(whatever_is_written_wakes_what_it_bears_on)
{
	for (size_t i = 0; i < ARRAY_LEN(writes); i++) {
		struct buf awake AUTO(buf_release) = BUF_INIT;
		struct store *s = open_asleep();
		size_t n;

		run_sql(writes[i].sql);
		OK(store_wake(s, date_of(2027, 1, 12), &n, e));
		store_close(s);
		who_is_awake(&awake);
		ck_assert_msg(!strcmp(awake.len ? awake.data : "", writes[i].wakes), "%s: wakes \"%s\", not \"%s\"",
		              writes[i].sql, awake.len ? awake.data : "", writes[i].wakes);
		unlink(fixture_path());
	}
}
END_TEST

static bool has_row(const char *table, const char *verb)
{
	for (size_t i = 0; i < ARRAY_LEN(writes); i++)
		if (!strcmp(writes[i].table, table) && !strncmp(writes[i].sql, verb, strlen(verb)))
			return true;
	return false;
}

/* A table that somebody adds must be in one list or the other. */
START_TEST(no_table_is_forgotten)
{
	struct store *s = open_with(STORE_CREATE);
	sqlite3_stmt *st;

	ck_assert_int_eq(sqlite3_prepare_v2(s->db, "SELECT name FROM sqlite_schema WHERE type = 'table' "
	                                    "AND name NOT LIKE 'sqlite%'", -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(st, 0);
		bool quiet = false;

		for (size_t i = 0; i < ARRAY_LEN(silent); i++)
			quiet |= !strcmp(silent[i], table);
		ck_assert_msg(quiet || (has_row(table, "INSERT") && has_row(table, "UPDATE")
		                        && has_row(table, "DELETE")),
		              "table %s: say in this test which items a write to it wakes", table);
	}
	sqlite3_finalize(st);
	store_close(s);
}
END_TEST

START_TEST(what_is_written_during_a_look_is_looked_at_again)
{
	struct store *s = open_asleep();
	dayno today = date_of(2027, 1, 12);
	struct look looks[] = { { "F01", today + 30 }, { "F02", today + 30 }, { "R01", today + 30 } };
	size_t n;

	run_sql("UPDATE item SET note = 'x'");
	OK(store_wake(s, today, &n, e));
	ck_assert_uint_eq(n, 6);
	run_sql("UPDATE item SET note = 'y' WHERE id = 'F01'");
	run_sql("UPDATE review SET rung = 'reminder' WHERE item = 'F02'");
	run_sql("INSERT INTO question (item, letter, n, day, text) "
	        "VALUES ('R01', 'GR-27-0001-AAAA', 3, '2027-01-11', 'x')");
	OK(store_sleep(s, today, looks, ARRAY_LEN(looks), e));
	ck_assert_int_eq(ask_sql("SELECT count(*) FROM item WHERE wake > '2027-01-12'"), 1);
	ck_assert_int_eq(ask_sql("SELECT wake > '2027-01-12' FROM item WHERE id = 'F02'"), 1);
	/* A pass that was killed looks again, that day or later. */
	OK(store_wake(s, today, &n, e));
	ck_assert_uint_eq(n, 5);
	OK(store_wake(s, today + 5, &n, e));
	ck_assert_uint_eq(n, 5);
	OK(store_wake(s, today + 30, &n, e));
	ck_assert_uint_eq(n, 6);
	store_close(s);
}
END_TEST

/* ---- a year of passes ---- */

struct year {
	struct store *s;
	struct registry town; /* as the files have it: not indexed */
	dayno today;
	int serial;
	size_t looks, letters;
	const char *last; /* change */
	unsigned seed;
};

static void say_day(struct buf *out, const char *what, dayno day)
{
	char text[DATE_TEXT];

	buf_fmt(out, " %s=%s", what, date_text(day, text));
}

static void put_item(struct buf *out, const struct plan_item *x)
{
	buf_fmt(out, "  %s n=%d rung=%u state=%d opened=%d moved=%d", x->item->id, x->review.n, x->rung,
	        (int)x->review.state, x->opened, x->moved);
	say_day(out, "due", x->review.due);
	say_day(out, "act_by", x->review.act_by);
	say_day(out, "was", x->was);
	for (size_t i = 0; i < x->due.n_reasons; i++) {
		buf_fmt(out, " %d", (int)x->due.reasons[i].rule->kind);
		say_day(out, "r", x->due.reasons[i].due);
		say_day(out, "from", x->due.reasons[i].from);
	}
	for (size_t i = 0; i < x->due.n_ask; i++)
		buf_fmt(out, " ask(%s)", x->due.ask[i]);
	buf_chr(out, '\n');
}

/* Everything that a pass would do about a plan, as text. */
static void put_plan(struct buf *out, const struct plan *p)
{
	for (size_t i = 0; i < p->n_letters; i++) {
		const struct plan_letter *l = &p->letters[i];

		buf_fmt(out, "letter %d \"%s\" %s %s rung=%d moved=%d", (int)l->kind, l->ref, l->holder->id,
		        l->body->id, (int)l->rung, l->moved);
		say_day(out, "act_by", l->act_by);
		say_day(out, "event", l->event_day);
		buf_chr(out, '\n');
		for (size_t k = 0; k < l->n; k++)
			put_item(out, &l->items[k]);
	}
	for (size_t i = 0; i < p->n_superseded; i++)
		buf_fmt(out, "void %s %d\n", p->superseded[i].id, (int)p->superseded[i].state);
	for (size_t i = 0; i < p->n_moved; i++) {
		buf_fmt(out, "moved %s", p->moved[i].id);
		say_day(out, "due", p->moved[i].due);
		say_day(out, "act_by", p->moved[i].act_by);
		buf_chr(out, '\n');
	}
}

static void plan_from(const struct year *y, const struct registry *r, struct arena *a,
                      const struct reviews *reviews, const struct letters *letters,
                      const struct questions *asked, struct plan *plan)
{
	struct plan_input in = {
		.registry = r, .reviews = reviews->at, .n_reviews = reviews->n, .letters = letters->at,
		.n_letters = letters->n, .asked = asked->at, .n_asked = asked->n, .today = y->today,
	};
	plan_pass(&in, a, plan);
}

static void plan_all(struct year *y, struct registry *r, struct arena *a, struct plan *plan)
{
	struct questions asked;
	struct reviews reviews;
	struct letters letters;

	OK(store_load(y->s, r, e));
	OK(store_open_reviews(y->s, a, &reviews, e));
	OK(store_open_letters(y->s, a, &letters, e));
	OK(store_questions(y->s, a, &asked, e));
	plan_from(y, r, a, &reviews, &letters, &asked, plan);
}

static void plan_awake(struct year *y, struct registry *r, struct arena *a, struct plan *plan)
{
	struct questions asked;
	struct reviews reviews;
	struct letters letters;
	size_t awake;

	*plan = (struct plan){ .n_letters = 0 };
	OK(store_wake(y->s, y->today, &awake, e));
	if (!awake)
		return;
	OK(store_load_awake(y->s, y->today, r, e));
	OK(store_awake_reviews(y->s, a, y->today, &reviews, e));
	OK(store_awake_letters(y->s, a, y->today, &letters, e));
	OK(store_awake_questions(y->s, a, y->today, &asked, e));
	plan_from(y, r, a, &reviews, &letters, &asked, plan);
	ck_assert_uint_eq(plan->n_looks, awake);
	y->looks += awake;
}

static void apply_without_letter(struct year *y, struct arena *a, const struct plan *p)
{
	struct change c = { .at = NOW };

	for (size_t i = 0; i < p->n_moved; i++)
		change_review(&c, a, &p->moved[i]);
	for (size_t i = 0; i < p->n_superseded; i++)
		change_review(&c, a, &p->superseded[i]);
	OK(store_apply(y->s, &c, e));
}

static void send(struct year *y, struct arena *a, struct plan_letter *l)
{
	struct change c = { .at = NOW };
	char ref[REF_TEXT];

	memcpy(ref, l->ref, sizeof(ref));
	if (!*ref) {
		struct letter letter = {
			.role = l->holder->id, .body = l->body->id, .address = l->holder->address,
			.opened = y->today, .event_day = l->act_by, .mails = 1,
			.token_hash = arena_fmt(a, "%064d", ++y->serial),
		};
		snprintf(ref, sizeof(ref), "GR-%06d", y->serial);
		memcpy(letter.ref, ref, sizeof(ref));
		change_letter(&c, a, &letter);
	}
	for (size_t i = 0; i < l->n; i++) {
		struct plan_item *x = &l->items[i];
		int before;

		if (l->kind == PLAN_QUESTION) {
			struct question q = { .item = x->item->id, .n = x->review.n, .day = y->today, .text = "?" };
			memcpy(q.letter, ref, sizeof(ref));
			change_question(&c, a, &q);
			continue;
		}
		OK(store_review_ordinal(y->s, x->item->id, &before, e));
		if (x->opened) {
			x->review.id = arena_fmt(a, "%s.%d", x->item->id, before + 1);
			memcpy(x->review.letter, ref, sizeof(ref));
		}
		change_review(&c, a, &x->review);
	}
	OK(store_apply(y->s, &c, e));
	y->letters++;
}

static void settle_down(struct year *y, const struct plan *p, size_t sent)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct look *looks = arena_alloc(&a, (p->n_looks + 1) * sizeof(*looks));
	size_t n = 0;

	for (size_t i = 0; i < p->n_looks; i++)
		if (p->looks[i].letter <= sent) {
			ck_assert_int_gt(p->looks[i].next, y->today);
			looks[n++] = (struct look){ p->looks[i].item->id, p->looks[i].next };
		}
	OK(store_sleep(y->s, y->today, looks, n, e));
}

/* One pass; now and then one that is killed or stopped by its ceiling. */
static void pass(struct year *y)
{
	struct buf all AUTO(buf_release) = BUF_INIT, some AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry whole, part;
	struct plan plan, full;
	char day[DATE_TEXT];

	registry_init(&whole);
	registry_init(&part);
	plan_all(y, &whole, &a, &full);
	plan_awake(y, &part, &a, &plan);
	put_plan(&all, &full);
	put_plan(&some, &plan);
	const char *want = all.len ? all.data : "", *got = some.len ? some.data : "";
	ck_assert_msg(!strcmp(want, got), "SEED=%u %s, last change: %s\nlooking at everything:\n%s"
	              "looking at what woke:\n%s", y->seed, date_text(y->today, day), y->last, want, got);
	size_t sent = rand() % 8 ? plan.n_letters : plan.n_letters / 2;
	apply_without_letter(y, &a, &plan);
	for (size_t i = 0; i < sent; i++)
		send(y, &a, &plan.letters[i]);
	if (rand() % 16)
		settle_down(y, &plan, sent);
	registry_release(&whole);
	registry_release(&part);
}

static void answer(struct year *y, struct arena *a, struct review *r)
{
	struct change c = { .at = NOW };

	switch (rand() % 8) {
	case 0:
	case 1:
	case 2:
		r->state = REVIEW_CLOSED;
		r->signed_on = y->today;
		c.facts = arena_alloc(a, sizeof(*c.facts));
		c.facts[c.n_facts++] = (struct item_fact){ .item = r->item, .reviewed = y->today,
		                                           .reviewed_for = r->due };
		break;
	case 3:
		r->state = REVIEW_AWAITING;
		r->signed_on = y->today;
		break;
	case 4:
		r->act_by = r->extended_until = y->today + 1 + rand() % 30;
		r->rung = RUNG_INVITE;
		break;
	case 5:
		r->state = REVIEW_CHANGES;
		break;
	case 6:
		r->state = REVIEW_MISDIRECTED;
		break;
	default:
		r->state = REVIEW_OPEN;
	}
	change_review(&c, a, r);
	OK(store_apply(y->s, &c, e));
}

static void answers(struct year *y)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reviews open;

	OK(store_open_reviews(y->s, &a, &open, e));
	for (size_t i = 0; i < open.n; i++)
		if (rand() % 20 == 0)
			answer(y, &a, &open.at[i]);
}

static void import(struct year *y)
{
	buf_clear(&report.text);
	OK(store_import(y->s, &y->town, zone_instant(y->today, 7, 0, 0), &report, e));
}

static void live_a_year(unsigned seed)
{
	struct year y = { .today = date_of(2027, 1, 4), .last = "none", .seed = seed };
	size_t days = 0;

	srand(seed);
	y.s = open_with(STORE_CREATE | STORE_VOLATILE);
	wild_build(&y.town, y.today);
	import(&y);
	for (dayno end = y.today + 400; y.today < end; y.today++, days++) {
		if (rand() % 6 == 0) {
			y.last = wild_change(&y.town, y.today);
			import(&y);
		}
		if (rand() % 3 == 0)
			answers(&y);
		if (rand() % 8)
			pass(&y);
		if (rand() % 8 == 0)
			pass(&y);
	}
	ck_assert_uint_gt(y.letters, 30);
	/* Some changes wake everything; even so most of a year is slept through. */
	ck_assert_uint_lt(y.looks, days * y.town.n_items / 2);
	registry_release(&y.town);
	store_close(y.s);
	unlink(fixture_path());
}

START_TEST(looking_at_what_woke_is_enough)
{
	unsigned first = getenv("SEED") ? (unsigned)atoi(getenv("SEED")) : (unsigned)time(NULL);
	int years = getenv("YEARS") ? atoi(getenv("YEARS")) : 3;

	printf("# seed %u\n", first);
	for (int i = 0; i < years; i++)
		live_a_year(first + (unsigned)i);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("wake");
	TCase *tc = tcase_create("wake");

	tcase_set_timeout(tc, 0);
	tcase_add_checked_fixture(tc, fixture_start, fixture_end);
	tcase_add_test(tc, whatever_is_written_wakes_what_it_bears_on);
	tcase_add_test(tc, no_table_is_forgotten);
	tcase_add_test(tc, what_is_written_during_a_look_is_looked_at_again);
	tcase_add_test(tc, looking_at_what_woke_is_enough);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
