/* SPDX-License-Identifier: EUPL-1.2 */
/* Answers that are held until their sender says that they are theirs. */
#include <string.h>

#include "core/apply.h"
#include "core/plan.h"
#include "tests/core/trio.h"
#include "tests/tap.h"

static struct trust trust;
static struct reply reply;
static struct apply_input in;
static struct change change;
static struct applied done;

static void setup(void)
{
	trio_lay();
	in = (struct apply_input){
		.registry = &town, .letter = &letter, .reviews = reviews, .n_reviews = ITEMS,
		.reply = &reply, .trust = &trust, .from = "kd@t.example",
		.day = town_day("2027-02-01"), .at = 1801468800,
	};
}

static void judge(bool token, bool domain)
{
	struct trust_facts f = { .token_found = token, .token_matches = token, .from = in.from,
	                         .auth_domain = domain ? "t.example" : NULL, .alarm = !domain,
	                         .asked = DAY_NONE, .written = DAY_NONE };

	trust = trust_judge(&town, registry_role(&town, "kd"), in.day, TRUST_AUTHSERV, &f);
}

static void apply(void)
{
	change = (struct change){ .at = in.at };
	apply_reply(&in, &arena, &change, &done);
}

static const struct review *after(int i)
{
	for (size_t k = 0; k < change.n_reviews; k++)
		if (!strcmp(change.reviews[k].id, reviews[i].id))
			return &change.reviews[k];
	return &reviews[i];
}

static bool nothing_recorded(void)
{
	return !change.n_reviews && !change.n_signoffs && !change.n_facts && !change.n_records
	       && !change.n_decisions && !change.n_mails;
}

/* All three, or a confirmation: the answer is held as it was understood, numbers
 * and all, and applied as it was held. */
START_TEST(what_is_held_is_applied_as_it_was_understood)
{
	struct confirmation c = { .token_hash = "hash", .letter = "GR-1", .role = "kd", .mail = 4,
	                          .token = "yes", .sender = "yes", .domain = "no", .direct = "yes" };
	struct answer was[ITEMS];
	size_t n;

	reviews[2].state = REVIEW_CLOSED;
	reply_read(&arena, town_lines(&arena, "1 GODKÄNNS / 2 ÄNDRING: a\\b\tc / 3 GODKÄNNS"),
	           &(struct reply_context){ .received = in.day }, &reply);
	judge(true, false);
	apply();
	ck_assert(nothing_recorded());
	ck_assert_int_eq(done.answer, ANSWER_CONFIRM);
	ck_assert(done.for_coordinator); /* a checked domain that fails may be a forgery */
	ck_assert_uint_eq(done.n, 2);
	c.answers = confirm_write(&arena, apply_held(&in, &done, &arena), done.n);
	struct held *held = confirm_read(&arena, c.answers, &n);
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(held[1].answer.text, done.items[1].text);
	for (size_t i = 0; i < n; i++)
		was[i] = held[i].answer;
	reply = (struct reply){ .verdict = VERDICT_CHANGES, .answers = was, .n_answers = n };
	in.confirmed = &c;
	in.held = held;
	in.n_held = n;
	if (_i == 1)
		reviews[0].version = "another"; /* stale: what was shown is no more */
	if (_i == 2)
		reviews[0].state = REVIEW_CLOSED; /* a race: answered meanwhile */
	if (_i == 3)
		reviews[0].id = "A.2"; /* the next round has the number of the last */
	apply();
	ck_assert_int_eq(after(0)->state, _i == 0 || _i == 2 ? REVIEW_CLOSED : REVIEW_OPEN);
	ck_assert_int_eq(after(1)->state, REVIEW_CHANGES);
	ck_assert_uint_eq(change.n_signoffs, _i ? 1 : 2);
	ck_assert_str_eq(change.signoffs[0].confirmation, "hash");
	ck_assert_ptr_nonnull(strstr(change.records[0].facts, "confirms=inbox-4\nfirst_token=yes\n"
	                                                      "first_sender=yes\nfirst_domain=no\n"));
	if (_i)
		ck_assert_int_eq(done.items[0].note, _i == 2 ? NOTE_ALREADY : NOTE_CHANGED);
}
END_TEST

/* Taking an answer back is confirmed like giving one, and takes back no other. */
START_TEST(an_undoing_is_held_too)
{
	const struct standing_signoff given = {
		.id = 7, .mail = 3, .review = "A.1", .role = "kd", .address = "kd@t.example",
		.verdict = VERDICT_APPROVE, .at = in.at, .before = REVIEW_OPEN, .before_rung = RUNG_REMIND,
		.before_act_by = reviews[0].act_by, .before_extended = DAY_NONE, .completed = DAY_NONE,
		.completed_for = DAY_NONE,
	};
	struct confirmation c = { .token_hash = "hash", .mail = 4, .token = "yes", .sender = "yes",
	                          .domain = "no", .direct = "yes", .asked = in.at + (_i ? -1 : 1) };
	size_t n;

	reviews[0].state = REVIEW_CLOSED;
	in.standing = &given;
	in.n_standing = 1;
	reply_read(&arena, "ÅNGRA", &(struct reply_context){ .received = in.day }, &reply);
	judge(true, false);
	apply();
	ck_assert(nothing_recorded() && !change.n_withdrawals);
	ck_assert_int_eq(done.answer, ANSWER_CONFIRM);
	ck_assert(!done.undone);
	in.held = confirm_read(&arena, confirm_write(&arena, apply_held(&in, &done, &arena), done.n), &n);
	in.n_held = n;
	in.confirmed = &c;
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(in.held[0].answer.verdict, VERDICT_UNDO);
	struct answer was = in.held[0].answer;
	reply = (struct reply){ .verdict = VERDICT_UNDO, .answers = &was, .n_answers = 1 };
	apply();
	ck_assert_uint_eq(change.n_withdrawals, _i ? 0 : 1); /* 1: given after it was asked about */
	ck_assert_int_eq(after(0)->state, _i ? REVIEW_CLOSED : REVIEW_OPEN);
}
END_TEST

START_TEST(texts_that_were_not_held_are_not_read)
{
	static const char *const texts[] = {
		"1", "1\t", "1\tA.1\tv\tapprove\t-\t-\t-\t-\t-\t0\t", "1\tA.1\tv\tapprove\t-\t-\t-\t-\t-\t0\n",
		"0\tA.1\tv\tapprove\t-\t-\t-\t-\t-\t0\t\n", "1\tA.1\tv\tgrant\t-\t-\t-\t-\t-\t0\t\n",
		"1\tA.1\tv\tapprove\t2027-02-31\t-\t-\t-\t-\t0\t\n",
		"1\tA.1\tv\tdecision\t-\t2027-02-31\t-\t-\t-\t0\t\n",
		"1\tA.1\tv\tdecision\t-\t-\t-\t-\tgranted\t0\t\n",
		"1\tA.1\tv\tdecision\t-\t-\t-\t-\t-\t3\t\n", "\n",
	};
	size_t n = 7;

	ck_assert_ptr_null(confirm_read(&arena, texts[_i], &n));
	ck_assert_uint_eq(n, 0);
	ck_assert_ptr_nonnull(confirm_read(&arena, "1\tA.1\tv\tapprove\t-\t-\t-\t-\t-\t0\t\n", &n));
	ck_assert_uint_eq(n, 1);
}
END_TEST

/* Every field of an answer comes back as it was. */
START_TEST(all_that_was_said_is_held)
{
	static const struct answer said[] = {
		{ .n = 1, .verdict = VERDICT_DECISION, .until = DAY_NONE, .date = 20000, .paragraph = "§ 34",
		  .outcome = OUTCOME_APPROVED, .adjusted = ADJUSTED_YES, .option = "A" },
		{ .n = 12, .verdict = VERDICT_DECISION, .until = DAY_NONE, .date = DAY_NONE,
		  .outcome = OUTCOME_TABLED, .adjusted = ADJUSTED_NOT_YET, .text = "-\n\t\\" },
		{ .n = 3, .verdict = VERDICT_EXTENSION, .until = 20100, .date = DAY_NONE, .text = "tack" },
	};
	struct held h[ARRAY_LEN(said)];
	size_t n;

	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		h[i] = (struct held){ .review = "A.1", .version = "v", .answer = said[i] };
	const struct held *back = confirm_read(&arena, confirm_write(&arena, h, ARRAY_LEN(h)), &n);
	ck_assert_uint_eq(n, ARRAY_LEN(said));
	for (size_t i = 0; i < n; i++) {
		const struct answer *x = &back[i].answer;

		ck_assert_int_eq(x->n, said[i].n);
		ck_assert_int_eq(x->verdict, said[i].verdict);
		ck_assert_int_eq(x->until, said[i].until);
		ck_assert_int_eq(x->date, said[i].date);
		ck_assert_int_eq(x->outcome, said[i].outcome);
		ck_assert_int_eq(x->adjusted, said[i].adjusted);
		ck_assert_pstr_eq(x->paragraph, said[i].paragraph);
		ck_assert_pstr_eq(x->option, said[i].option);
		ck_assert_pstr_eq(x->text, said[i].text);
	}
}
END_TEST

/* Every state of a confirmation meets every answer. */
START_TEST(a_confirmation_is_answered_once)
{
	static const struct {
		const char *text;
		enum confirm_step step;
	} says[] = {
		{ "JA", CONFIRM_APPLY }, { "Ja, tack", CONFIRM_APPLY }, { "GODKÄNNS", CONFIRM_APPLY },
		{ "YES", CONFIRM_APPLY }, { "JA\n\nMvh\nAnna", CONFIRM_APPLY },
		{ "NEJ", CONFIRM_DROP }, { "NO", CONFIRM_DROP }, { "GODKÄNNS INTE", CONFIRM_DROP },
		{ "", CONFIRM_AGAIN }, { "Kanske", CONFIRM_AGAIN }, { "JA?", CONFIRM_AGAIN },
		{ "JA men inte tvåan", CONFIRM_AGAIN }, { "1 JA", CONFIRM_AGAIN },
		{ "1 GODKÄNNS", CONFIRM_AGAIN }, { "ÄNDRING: ny ägare", CONFIRM_AGAIN },
		{ "JA\nNEJ", CONFIRM_AGAIN }, { "FEL PERSON", CONFIRM_AGAIN },
	};
	const struct reply_context ctx = { .received = in.day, .letter = LETTER_CONFIRM };

	for (size_t i = 0; i < ARRAY_LEN(says); i++)
		for (int state = 0; state < CONFIRM_STATE_COUNT; state++)
			for (int k = 0; k < 4; k++) {
				const struct confirmation c = { .state = (enum confirm_state)state,
				                                .expires = 100 };
				bool same = k % 2;
				instant at = k < 2 ? 100 : 101;
				enum confirm_step want = !same ? CONFIRM_STRANGER
					: state != CONFIRM_ASKED ? CONFIRM_USED
					: at > 100 ? CONFIRM_EXPIRED : says[i].step;

				reply_read(&arena, says[i].text, &ctx, &reply);
				enum confirm_step got = confirm_next(&c, same, at, &reply);
				ck_assert_msg(got == want, "\"%s\": %s, not %s", says[i].text,
				              confirm_step_name(got), confirm_step_name(want));
			}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("confirm");
	TCase *t = tcase_create("confirm");

	tcase_add_checked_fixture(t, setup, trio_clear);
	tcase_set_timeout(t, 0); /* however busy the machine */
	tcase_add_loop_test(t, what_is_held_is_applied_as_it_was_understood, 0, 4);
	tcase_add_loop_test(t, an_undoing_is_held_too, 0, 2);
	tcase_add_loop_test(t, texts_that_were_not_held_are_not_read, 0, 11);
	tcase_add_test(t, all_that_was_said_is_held);
	tcase_add_test(t, a_confirmation_is_answered_once);
	suite_add_tcase(s, t);
	return tap_run(s);
}
