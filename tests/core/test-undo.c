/* SPDX-License-Identifier: EUPL-1.2 */
/* ÅNGRA, against a drawer that keeps what a store would. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/apply.h"
#include "core/plan.h"
#include "tests/core/trio.h"
#include "tests/tap.h"

enum { MOST = 32, DAY = 86400 };
#define FIRST 1801468800 /* 2027-02-01T08:00 */
static struct applied done;
static struct change change;

/* Sign-offs as a store keeps them: the newest last. */
static struct {
	struct standing_signoff at[MOST];
	bool withdrawn[MOST];
	size_t n;
} drawer;

static void lay(void)
{
	trio_lay();
	memset(&drawer, 0, sizeof(drawer));
}

static struct review *review_of(const char *id)
{
	for (int i = 0; i < ITEMS; i++)
		if (!strcmp(reviews[i].id, id))
			return &reviews[i];
	ck_abort_msg("no review %s", id);
	return NULL;
}

static struct item *item_of(const char *id)
{
	for (size_t i = 0; i < town.n_items; i++)
		if (!strcmp(town.items[i].id, id))
			return &town.items[i];
	ck_abort_msg("no item %s", id);
	return NULL;
}

/* What a store reads of them: by review, the newest first, without the withdrawn. */
static size_t standing(struct standing_signoff *out)
{
	size_t n = 0;

	for (int i = 0; i < ITEMS; i++)
		for (size_t k = drawer.n; k-- > 0;)
			if (!drawer.withdrawn[k] && !strcmp(drawer.at[k].review, reviews[i].id))
				out[n++] = drawer.at[k];
	return n;
}

/* What a store writes. */
static void keep(int64_t mail)
{
	for (size_t i = 0; i < change.n_withdrawals; i++)
		drawer.withdrawn[change.withdrawals[i].signoff - 1] = true;
	for (size_t i = 0; i < change.n_signoffs; i++) {
		const struct signoff *s = &change.signoffs[i];
		const struct item *item = item_of(review_of(s->review)->item);

		ck_assert_uint_lt(drawer.n, MOST);
		drawer.at[drawer.n] = (struct standing_signoff){
			.id = (int64_t)drawer.n + 1, .mail = mail, .review = s->review, .role = s->role,
			.address = s->address, .verdict = s->verdict, .at = s->at, .before = (int)s->before,
			.before_rung = s->before_rung, .before_act_by = s->before_act_by,
			.before_extended = s->before_extended, .completed = item->reviewed,
			.completed_for = item->reviewed_for,
		};
		drawer.n++;
	}
	for (size_t i = 0; i < change.n_reviews; i++)
		*review_of(change.reviews[i].id) = change.reviews[i];
	for (size_t i = 0; i < change.n_facts; i++) {
		item_of(change.facts[i].item)->reviewed = change.facts[i].reviewed;
		item_of(change.facts[i].item)->reviewed_for = change.facts[i].reviewed_for;
	}
}

static void answer(const char *from, int days, const char *text)
{
	static int64_t mail;
	struct standing_signoff at[MOST];
	struct reply reply;
	struct apply_input in = {
		.registry = &town, .letter = &letter, .reviews = reviews, .n_reviews = ITEMS,
		.standing = at, .n_standing = standing(at), .reply = &reply, .from = from,
		.day = town_day("2027-02-01") + days, .at = FIRST + days * (instant)DAY,
	};
	struct trust_facts f = { .token_found = true, .token_matches = true, .from = from,
		                 .auth_domain = "t.example", .asked = DAY_NONE, .written = DAY_NONE };
	struct trust trust = trust_judge(&town, registry_role(&town, "kd"), in.day, TRUST_AUTHSERV, &f);

	in.trust = &trust;
	reply_read(&arena, text, &(struct reply_context){ .received = in.day }, &reply);
	change = (struct change){ .at = in.at };
	apply_reply(&in, &arena, &change, &done);
	ck_assert_uint_eq(change.n_reviews, change.n_signoffs + change.n_withdrawals);
	ck_assert_uint_eq(change.n_reviews, change.n_records); /* every effect beside its record */
	keep(++mail);
}

/* ---- the table ---- */

static void other_hands(int line, const char *what)
{
	int n = what[strlen(what) - 1] - '1';

	ck_assert_msg(n >= 0 && n < ITEMS, "line %d: %s", line, what);
	for (size_t i = 0; i < drawer.n; i++) {
		bool its = !strcmp(drawer.at[i].review, reviews[n].id);

		drawer.at[i].decided |= its && !strncmp(what, "*decide", 7);
		drawer.at[i].newer |= its && !strncmp(what, "*newer", 6);
	}
	if (!strncmp(what, "*decide", 7))
		reviews[n].state = review_next(reviews[n].state, REVIEW_ON_DECIDE).next;
	else if (!strncmp(what, "*void", 5))
		reviews[n].state = review_next(reviews[n].state, REVIEW_ON_REPLACE).next;
	else if (!strncmp(what, "*change", 7))
		item_of(reviews[n].item)->shown = "as it is now";
}

static void step(int line, char *what)
{
	const char *from = "kd@t.example";
	int days = 0;

	what += strspn(what, " ");
	if (*what == '*') {
		char *end = what + strlen(what);

		while (end[-1] == ' ')
			*--end = '\0';
		other_hands(line, what);
		return;
	}
	if (*what == '+')
		days = (int)strtol(what + 1, &what, 10);
	what += strspn(what, " ");
	if (!strncmp(what, "bkd: ", 5)) {
		from = "bkd@t.example";
		what += 5;
	}
	answer(from, days, town_lines(&arena, what));
}

static char letter_of(const struct review *r)
{
	static const char letters[] = {
		[REVIEW_OPEN] = 'o', [REVIEW_CHANGES] = 'c', [REVIEW_MISDIRECTED] = 'w',
		[REVIEW_AWAITING] = 'a', [REVIEW_CLOSED] = 'x', [REVIEW_SUPERSEDED] = 's',
	};

	return r->extended_until != DAY_NONE && r->state == REVIEW_OPEN ? 'e' : letters[r->state];
}

static const char *notes(void)
{
	static const char *const names[] = {
		[NOTE_NONE] = "ok", [NOTE_NO_ANSWER] = "none", [NOTE_UNDO_LATE] = "late",
		[NOTE_UNDO_DECIDED] = "decided", [NOTE_UNDO_NEWER] = "newer",
		[NOTE_UNDO_CHANGED] = "changed", [NOTE_UNDO_OVERTAKEN] = "overtaken",
		[NOTE_NOT_YOURS] = "not-yours", [NOTE_ALREADY] = "already",
	};
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < done.n; i++)
		buf_fmt(&b, "%s%s", i ? " " : "", names[done.items[i].note] ? names[done.items[i].note] : "?");
	return arena_dup(&arena, b.data ? b.data : "");
}

/* What is open is as it was before anybody answered, but for an extension. */
static bool as_before(const struct review *r)
{
	bool extended = r->extended_until != DAY_NONE;

	return r->state != REVIEW_OPEN
	       || (r->signed_on == DAY_NONE && r->due == town_day("2027-03-01")
	           && r->act_by == town_day(extended ? "2027-03-01" : "2027-02-15")
	           && (extended || r->rung == RUNG_REMIND) && item_of(r->item)->reviewed == DAY_NONE
	           && item_of(r->item)->reviewed_for == DAY_NONE);
}

static int bad;

static void undo_row(int line, char **field, int n)
{
	char got[2 * ITEMS] = "";

	lay();
	ck_assert_msg(n == 4, "line %d: steps | reviews | notes | coordinator", line);
	for (char *at = field[0], *next; at; at = next) {
		next = strstr(at, " > ");
		if (next) {
			*next = '\0';
			next += 3;
		}
		step(line, at);
	}
	bool right = true;
	for (int i = 0; i < ITEMS; i++) {
		got[2 * i] = letter_of(&reviews[i]);
		if (i)
			got[2 * i - 1] = ' ';
		right &= as_before(&reviews[i]);
	}
	right &= !strcmp(got, field[1]) && !strcmp(notes(), field[2])
	         && done.for_coordinator == !strcmp(field[3], "yes") && done.answer == ANSWER_RECEIPT;
	if (!right) {
		bad++;
		printf("# line %d: %s | %s | %s, answer %u\n", line, got, notes(),
		       done.for_coordinator ? "yes" : "no", done.answer);
	}
	trio_clear();
}

START_TEST(answers_are_taken_back_as_the_table_says)
{
	bad = 0;
	tap_table("tests/cases/undo.txt", undo_row);
	fflush(stdout);
	ck_assert_int_eq(bad, 0);
}
END_TEST

START_TEST(a_withdrawal_names_its_sign_off)
{
	lay();
	answer("kd@t.example", 0, "1 GODKÄNNS");
	ck_assert_int_eq(item_of("A")->reviewed, town_day("2027-02-01"));
	answer("kd@t.example", 1, "ÅNGRA");
	ck_assert(done.undone && !done.all_closed);
	ck_assert_str_eq(done.review, "A.1");
	ck_assert_int_eq(done.items[0].undone, VERDICT_APPROVE);
	ck_assert_int_eq(done.items[0].until, town_day("2027-02-15"));
	ck_assert_uint_eq(change.n_withdrawals, 1);
	ck_assert_int_eq(change.withdrawals[0].signoff, 1);
	ck_assert_str_eq(change.records[0].kind, "signoff-withdrawn");
	ck_assert_ptr_nonnull(strstr(change.records[0].facts, "signoff=1\nverdict=approve\nrole=kd\nstate=open\n"));
	trio_clear();
}
END_TEST

START_TEST(who_lost_the_role_takes_nothing_back)
{
	lay();
	answer("kd@t.example", 0, "1 GODKÄNNS");
	town_role(&town, "kd")->to = town_day("2027-02-01");
	answer("kd@t.example", 1, "ÅNGRA");
	ck_assert_uint_eq(change.n_withdrawals, 0);
	ck_assert_int_eq(reviews[0].state, REVIEW_CLOSED);
	trio_clear();
}
END_TEST

/* One that an older program wrote does not say what was before it. */
START_TEST(what_was_not_kept_is_not_guessed)
{
	lay();
	answer("kd@t.example", 0, "1 GODKÄNNS");
	drawer.at[0].before = -1;
	answer("kd@t.example", 1, "ÅNGRA");
	ck_assert_uint_eq(change.n_withdrawals, 0);
	ck_assert(done.for_coordinator);
	trio_clear();
}
END_TEST

int main(void)
{
	Suite *s = suite_create("undo");
	TCase *t = tcase_create("undo");

	tcase_set_timeout(t, 0);
	tcase_add_test(t, answers_are_taken_back_as_the_table_says);
	tcase_add_test(t, a_withdrawal_names_its_sign_off);
	tcase_add_test(t, who_lost_the_role_takes_nothing_back);
	tcase_add_test(t, what_was_not_kept_is_not_guessed);
	suite_add_tcase(s, t);
	return tap_run(s);
}
