/* SPDX-License-Identifier: EUPL-1.2 */
/* What a secretary's answer does. */
#include <stdio.h>
#include <string.h>

#include "core/apply.h"
#include "core/plan.h"
#include "tests/core/town.h"
#include "tests/tap.h"

enum { ITEMS = 3 };

static struct arena arena;
static struct registry town;
static struct review reviews[ITEMS];
static struct inquiry inquiries[2 * ITEMS];
static struct letter letter;
static struct trust trust;
static struct reply reply;
static struct apply_input in;
static struct change change;
static struct applied done;

static void meets(const char *day)
{
	struct meeting m = { .body = "SON", .day = town_day(day), .hour = -1, .minute = -1,
	                     .stop = DAY_NONE, .preparation = DAY_NONE, .summons = DAY_NONE,
	                     .adjusted_by = DAY_NONE };

	town.meetings = arena_grow(&town.arena, town.meetings, town.n_meetings, &town.cap_meetings,
	                           sizeof(m));
	town.meetings[town.n_meetings++] = m;
}

/* Who vouches for the secretary's domain; NULL: nobody. */
static void judge(const char *domain)
{
	struct trust_facts f = { .token_found = true, .token_matches = true, .from = in.from,
	                         .auth_domain = domain, .asked = DAY_NONE, .written = DAY_NONE };

	trust = trust_judge(&town, registry_role(&town, "sekr"), in.day, TRUST_AUTHSERV, &f);
}

static void setup(void)
{
	static const char *const ids[ITEMS] = { "A", "B", "C" };
	static const char *const keys[ITEMS] = { "A.1", "B.1", "C.1" };

	arena = (struct arena)ARENA_INIT;
	town_build(&town);
	for (int i = 0; i < ITEMS; i++)
		town_item(&town, ids[i], "sc", "SON", "2026-03-01")->needs_decision = true;
	struct role sekr = { .id = "sekr", .address = "sekr@t.example", .org = "SON",
	                     .kind = ROLE_CHIEF, .from = DAY_NONE, .to = DAY_NONE };
	town.roles = arena_grow(&town.arena, town.roles, town.n_roles, &town.cap_roles,
	                        sizeof(*town.roles));
	town.roles[town.n_roles++] = sekr;
	meets("2026-12-16");
	meets("2027-02-17");
	meets("2027-03-17");
	meets("2027-04-21");
	registry_index(&town);
	for (int i = 0; i < ITEMS; i++)
		reviews[i] = (struct review){
			.id = keys[i], .item = ids[i], .state = REVIEW_AWAITING, .rung = RUNG_INVITE,
			.due = town_day("2027-03-01"), .act_by = town_day("2027-02-15"),
			.opened = town_day("2027-01-04"), .last_notice = town_day("2027-01-04"),
			.extended_until = DAY_NONE, .signed_on = town_day("2027-01-20"), .letter = "GR-1",
			.n = i + 1, .version = plan_version(&arena, registry_item(&town, ids[i])),
		};
	letter = (struct letter){ .ref = "GR-9", .role = "sekr", .body = "SON",
	                          .address = "sekr@t.example", .kind = LETTER_DECISION };
	in = (struct apply_input){
		.registry = &town, .letter = &letter, .reviews = reviews, .n_reviews = ITEMS,
		.inquiries = inquiries, .reply = &reply, .trust = &trust, .from = "sekr@t.example",
		.day = town_day("2027-04-06"), .at = 1807005600,
	};
	judge("t.example");
}

static void teardown(void)
{
	registry_release(&town);
	arena_release(&arena);
}

/* Every review was asked about; where minutes are to be adjusted, also about that. */
static void lay(int line, int i, char c)
{
	struct inquiry q = {
		.review = reviews[i].id, .item = reviews[i].item, .meeting = town_day("2027-03-17"),
		.letter = "GR-9", .address = "sekr@t.example", .n = i + 1, .day = town_day("2027-03-18"),
		.times = 1,
	};

	bool waits = strchr("aokr", c) != NULL;

	ck_assert_msg(strchr("aokrmx", c) != NULL, "line %d: no review is %c before", line, c);
	q.about = c == 'o' || c == 'k' ? INQUIRY_OPTIONS : c == 'r' ? INQUIRY_RENEWAL : INQUIRY_REVIEW;
	q.paragraph = waits ? NULL : "§ 34";
	q.outcome = waits ? OUTCOME_NONE : OUTCOME_APPROVED;
	town.items[i].decided_by = c == 'o' ? "KS" : "SON";
	reviews[i].state = waits ? REVIEW_AWAITING : REVIEW_CLOSED;
	inquiries[in.n_inquiries++] = q;
	q.adjustment = true;
	q.day = DAY_NONE;
	q.times = 0;
	q.outcome = OUTCOME_NONE;
	if (c == 'm')
		inquiries[in.n_inquiries++] = q;
}

static const struct inquiry *inquiry_after(int i, bool adjustment)
{
	const struct inquiry *found = NULL;

	for (size_t k = 0; k < in.n_inquiries; k++)
		if (!strcmp(inquiries[k].review, reviews[i].id) && inquiries[k].adjustment == adjustment)
			found = &inquiries[k];
	for (size_t k = 0; k < change.n_inquiries; k++)
		if (!strcmp(change.inquiries[k].review, reviews[i].id)
		    && change.inquiries[k].adjustment == adjustment)
			found = &change.inquiries[k];
	return found;
}

static char after(int i)
{
	enum review_state s = reviews[i].state;
	const struct inquiry *asked = inquiry_after(i, false), *minutes = inquiry_after(i, true);

	for (size_t k = 0; k < change.n_reviews; k++)
		if (!strcmp(change.reviews[k].id, reviews[i].id))
			s = change.reviews[k].state;
	if (s == REVIEW_CHANGES)
		return 'c';
	if (s == REVIEW_AWAITING)
		return asked->outcome != OUTCOME_NONE ? 'p'
		       : asked->about == INQUIRY_RENEWAL ? 'r'
		       : asked->about == INQUIRY_REVIEW ? 'a' : strcmp(town.items[i].decided_by, "KS") ? 'k' : 'o';
	return !minutes ? 'x' : minutes->outcome == OUTCOME_NONE ? 'm' : 'j';
}

/* What the register learns of it. */
static const char *learned(void)
{
	char day[DATE_TEXT];

	if (!change.n_renewals)
		return "";
	const struct renewal *n = &change.renewals[0];
	if (n->ended != DAY_NONE)
		return arena_fmt(&arena, ", repealed %s", date_text(n->ended, day));
	ck_assert_int_eq(n->due, town_day("2027-03-01"));
	return arena_fmt(&arena, ", renewed %s %s", date_text(n->day, day), n->paragraph);
}

/* "3 approved 2027-03-17 § 34 no": they are all alike. */
static const char *decided(void)
{
	char day[DATE_TEXT];

	if (!change.n_decisions)
		return "-";
	const struct decision *d = &change.decisions[0];
	return arena_fmt(&arena, "%zu %s %s %s %s%s", change.n_decisions, reply_outcome_name(d->outcome),
	                 date_text(d->day, day), d->paragraph, d->adjusted ? "yes" : "no", learned());
}

/* Whatever happened has its record. */
static void check_records(void)
{
	ck_assert_uint_eq(change.n_signoffs, 0);
	ck_assert_uint_ge(change.n_records, change.n_reviews);
	ck_assert_uint_ge(change.n_records, change.n_decisions);
	for (size_t i = 0; i < change.n_decisions; i++) {
		ck_assert_str_eq(change.decisions[i].body, "SON");
		ck_assert_str_eq(change.decisions[i].reported_by, "sekr");
	}
	for (size_t i = 0; i < change.n_facts; i++)
		ck_assert_int_eq(change.facts[i].reviewed, change.decisions[0].day);
}

static int bad;

static void report_row(int line, char **field, int n)
{
	setup();
	ck_assert_msg(n == 6, "line %d: answer | before | after | answer | coordinator | decisions", line);
	for (int i = 0; i < ITEMS; i++)
		lay(line, i, field[1][2 * i]);
	reply_read(&arena, town_lines(&arena, field[0]),
	           &(struct reply_context){ .received = in.day, .letter = LETTER_DECISION }, &reply);
	change = (struct change){ .at = in.at };
	apply_reply(&in, &arena, &change, &done);
	check_records();
	bool right = done.for_coordinator == !strcmp(field[4], "yes")
	             && done.answer == (!strcmp(field[3], "receipt") ? ANSWER_RECEIPT : ANSWER_QUESTION)
	             && !strcmp(decided(), field[5]);
	for (int i = 0; i < ITEMS; i++)
		right &= after(i) == field[2][2 * i];
	if (!right) {
		bad++;
		printf("# line %d: %s: %c %c %c, answer %u, coordinator %d, %s: %s\n", line, field[0], after(0),
		       after(1), after(2), done.answer, done.for_coordinator, decided(),
		       done.reason ? done.reason : "-");
	}
	teardown();
}

START_TEST(reports_do_what_the_table_says)
{
	bad = 0;
	teardown(); /* each row builds its own town */
	tap_table("tests/cases/decisions.txt", report_row);
	ck_assert_int_eq(bad, 0);
	setup();
}
END_TEST

/* What counts is the meeting, not the day that its secretary answers. */
START_TEST(the_next_date_counts_from_the_meeting)
{
	lay(0, 0, 'a');
	in.n_reviews = 1;
	reply_read(&arena, "BESLUT: 2027-03-17 § 34",
	           &(struct reply_context){ .received = in.day, .letter = LETTER_DECISION }, &reply);
	change = (struct change){ .at = in.at };
	apply_reply(&in, &arena, &change, &done);
	ck_assert_uint_eq(change.n_facts, 1);
	ck_assert_int_eq(change.facts[0].reviewed, town_day("2027-03-17"));
	ck_assert_int_eq(done.items[0].next_due, town_day("2028-03-17"));
}
END_TEST

START_TEST(nobody_untrusted_reports_a_decision)
{
	lay(0, 0, 'a');
	trust.token = FACT_NO;
	trust.why_token = "no token";
	reply_read(&arena, "BESLUT: 2027-03-17 § 34",
	           &(struct reply_context){ .received = in.day, .letter = LETTER_DECISION }, &reply);
	change = (struct change){ .at = in.at };
	apply_reply(&in, &arena, &change, &done);
	ck_assert_uint_eq(change.n_decisions + change.n_reviews + change.n_inquiries, 0);
	ck_assert(done.for_coordinator);
}
END_TEST

static void report(const char *text)
{
	reply_read(&arena, text, &(struct reply_context){ .received = in.day, .letter = LETTER_DECISION },
	           &reply);
	change = (struct change){ .at = in.at };
	apply_reply(&in, &arena, &change, &done);
}

/* The minutes are to be adjusted by 31 March, and after 21 April it comes up again. */
START_TEST(what_is_asked_next_is_asked_on_a_day_to_come)
{
	static const struct {
		const char *day, *text, *again;
		dayno recess;
	} rows[] = {
		{ "2027-03-22", "BESLUT: § 34 EJ JUSTERAT", "2027-04-01", 0 },
		{ "2027-04-06", "BESLUT: § 34 EJ JUSTERAT", "2027-04-06", 0 },
		{ "2027-04-10", "BESLUT: § 34 EJ JUSTERAT", "2027-04-12", 0 },
		{ "2027-03-22", "BESLUT: § 34 EJ JUSTERAT", "2027-04-05", 4 },
		{ "2027-03-22", "BORDLAGT", "2027-04-22", 0 },
		{ "2027-04-25", "BORDLAGT", "2027-04-26", 0 },
		{ "2027-04-25", "BORDLAGT: 2027-02-17", "2027-04-26", 0 },
	};
	struct period recess = { town_day("2027-03-30"), town_day("2027-03-30") + rows[_i].recess };
	char again[DATE_TEXT];

	lay(0, 0, 'a');
	in.n_reviews = 1;
	in.day = town_day(rows[_i].day);
	town.rests = &recess;
	town.n_rests = rows[_i].recess != 0;
	report(rows[_i].text);
	ck_assert_msg(!strcmp(date_text(done.items[0].again, again), rows[_i].again), "%s, %s: %s", rows[_i].day,
	              rows[_i].text, again);
	town.n_rests = 0;
	town.rests = NULL;
}
END_TEST

/* What was put off is asked about in a newer letter, and stands in the old one no more. */
START_TEST(an_answer_to_a_letter_whose_question_has_moved)
{
	static const char *const texts[] = { "BESLUT: 2027-03-17 § 34", "2 BORDLAGT", "Det gick bra" };

	in.n_reviews = 0;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		report(texts[i]);
		ck_assert_int_eq(done.answer, ANSWER_RECEIPT);
		ck_assert_int_eq(done.note, NOTE_ELSEWHERE);
		ck_assert_uint_eq(done.n, 1);
		ck_assert(!done.for_coordinator);
		ck_assert_uint_eq(change.n_decisions + change.n_reviews + change.n_records, 0);
	}
}
END_TEST

/* What binds the others, and what nobody vouches for, is asked about first; then it
 * is what it was, though a later meeting is asked about meanwhile. */
START_TEST(what_is_to_be_confirmed_waits)
{
	static const struct {
		enum body_kind kind;
		const char *domain, *text;
		bool held;
	} rows[] = {
		{ BODY_COMMITTEE, "t.example", "BESLUT: § 34", false },
		{ BODY_COMMITTEE, NULL, "BESLUT: § 34", true },
		{ BODY_COMMITTEE, NULL, "UTGICK", true },
		{ BODY_BOARD, "t.example", "BESLUT: § 34", true },
		{ BODY_BOARD, "t.example", "BORDLAGT: § 34", true },
		{ BODY_COUNCIL, "t.example", "ÅTERREMISS: § 34", true },
	};
	struct confirmation c = { .token_hash = "hash", .mail = 4, .token = "yes", .sender = "yes",
	                          .domain = "no", .direct = "yes" };

	for (size_t i = 0; i < town.n_bodies; i++)
		if (!strcmp(town.bodies[i].id, "SON"))
			town.bodies[i].kind = rows[_i].kind;
	lay(0, 0, 'a');
	judge(rows[_i].domain);
	report(rows[_i].text);
	if (!rows[_i].held) {
		ck_assert_int_eq(done.answer, ANSWER_RECEIPT);
		return;
	}
	ck_assert_int_eq(done.answer, ANSWER_CONFIRM);
	ck_assert_uint_eq(change.n_decisions + change.n_reviews + change.n_inquiries + change.n_records, 0);
	ck_assert_int_eq(done.items[0].decided, town_day("2027-03-17"));
	in.held = apply_held(&in, &done, &arena);
	in.n_held = done.n;
	in.confirmed = &c;
	struct answer was = in.held[0].answer;
	reply = (struct reply){ .verdict = VERDICT_DECISION, .answers = &was, .n_answers = 1 };
	inquiries[in.n_inquiries] = inquiries[0];
	inquiries[in.n_inquiries++].meeting = town_day("2027-04-21");
	change = (struct change){ .at = in.at };
	apply_reply(&in, &arena, &change, &done);
	ck_assert_int_eq(done.answer, ANSWER_RECEIPT);
	ck_assert_uint_gt(change.n_records, 0);
	ck_assert_ptr_nonnull(strstr(change.records[0].facts, "date=2027-03-17\n"));
	ck_assert_ptr_nonnull(strstr(change.records[0].facts, "confirms=inbox-4\n"));
	/* The next round got the same number: what was said is not about it. */
	reviews[0].id = "A.2";
	inquiries[0].review = inquiries[1].review = "A.2";
	change = (struct change){ .at = in.at };
	apply_reply(&in, &arena, &change, &done);
	ck_assert_uint_eq(change.n_records, 0);
}
END_TEST

static bool by_hand(const struct review *r, dayno day, const char *paragraph, bool adjusted, instant at,
                    struct change *c)
{
	const struct recorded x = {
		.item = registry_item(&town, r->item), .review = r, .day = day, .paragraph = paragraph,
		.reported_by = "coordinator", .adjusted = adjusted, .outcome = OUTCOME_APPROVED, .at = at,
	};

	return apply_decision(&town, &x, &arena, c);
}

/* A number belongs to what is decided anew, and is kept while that is confirmed. */
START_TEST(a_renewal_may_have_a_new_registry_number)
{
	lay(0, 0, "ro"[_i]);
	in.n_reviews = 1;
	judge(NULL);
	report(_i ? "BESLUT: A § 34\nDIARIENUMMER: KS 2027/9" : "BESLUT: § 34\nDIARIENUMMER: KS 2027/9");
	ck_assert_int_eq(done.answer, ANSWER_CONFIRM);
	struct held *h = apply_held(&in, &done, &arena);
	size_t n;
	h = confirm_read(&arena, confirm_write(&arena, h, done.n), &n);
	ck_assert_uint_eq(n, 1);
	if (_i) {
		ck_assert_ptr_null(h[0].answer.registry_no);
		ck_assert_str_eq(h[0].answer.option, "A");
		return;
	}
	ck_assert_str_eq(h[0].answer.registry_no, "KS 2027/9");
	judge("t.example");
	report("BESLUT: § 34\nDIARIENUMMER: KS 2027/9");
	ck_assert_str_eq(change.renewals[0].registry_no, "KS 2027/9");
	report("BESLUT: § 34");
	ck_assert_ptr_null(change.renewals[0].registry_no);
}
END_TEST

/* By telephone: there is no letter yet in which to ask for the adjustment. */
START_TEST(what_the_coordinator_enters_is_asked_about_too)
{
	change = (struct change){ .at = in.at };
	ck_assert(by_hand(&reviews[0], town_day("2027-03-17"), "§ 34", false, in.at, &change));
	ck_assert_uint_eq(change.n_inquiries, 1);
	ck_assert(change.inquiries[0].adjustment);
	ck_assert_str_eq(change.inquiries[0].letter, "");
	ck_assert_int_eq(change.decisions[0].outcome, OUTCOME_APPROVED);
	change = (struct change){ .at = in.at };
	ck_assert(by_hand(&reviews[1], town_day("2027-03-17"), "§ 34", true, in.at, &change));
	ck_assert_uint_eq(change.n_inquiries, 0);
	reviews[2].state = REVIEW_OPEN;
	ck_assert(!by_hand(&reviews[2], town_day("2027-03-17"), "§ 34", true, in.at, &change));
}
END_TEST

/* A document, by telephone: what was asked about it is asked on from there. */
START_TEST(the_coordinator_enters_what_became_of_a_document)
{
	static const struct {
		enum review_state before, after;
		enum inquiry_about asked; /* of its meeting before; REVIEW: it was not */
		bool revised;             /* a mandate was given then */
		enum reply_outcome outcome;
		bool renews, done, renewed, repealed;
	} rows[] = {
		{ REVIEW_AWAITING, REVIEW_CLOSED, INQUIRY_REVIEW, false, OUTCOME_APPROVED, false, true, false, false },
		{ REVIEW_AWAITING, REVIEW_CHANGES, INQUIRY_REVIEW, false, OUTCOME_REVISE, false, true, false, false },
		{ REVIEW_AWAITING, REVIEW_CHANGES, INQUIRY_OPTIONS, false, OUTCOME_REVISE, false, true, false, false },
		{ REVIEW_AWAITING, REVIEW_CLOSED, INQUIRY_OPTIONS, true, OUTCOME_APPROVED, false, true, true, false },
		{ REVIEW_AWAITING, REVIEW_AWAITING, INQUIRY_OPTIONS, true, OUTCOME_REVISE, false, false, false, false },
		{ REVIEW_AWAITING, REVIEW_CLOSED, INQUIRY_REVIEW, false, OUTCOME_APPROVED, true, true, true, false },
		{ REVIEW_AWAITING, REVIEW_CLOSED, INQUIRY_REVIEW, false, OUTCOME_ENDED, false, true, false, true },
		{ REVIEW_OPEN, REVIEW_OPEN, INQUIRY_REVIEW, false, OUTCOME_APPROVED, true, true, true, false },
		{ REVIEW_OPEN, REVIEW_OPEN, INQUIRY_REVIEW, false, OUTCOME_ENDED, false, true, false, true },
		{ REVIEW_CLOSED, REVIEW_CLOSED, INQUIRY_REVIEW, false, OUTCOME_APPROVED, true, true, true, false },
		{ REVIEW_OPEN, REVIEW_OPEN, INQUIRY_REVIEW, false, OUTCOME_REVISE, false, false, false, false },
		{ REVIEW_CLOSED, REVIEW_CLOSED, INQUIRY_REVIEW, false, OUTCOME_APPROVED, false, false, false, false },
	};

	town.items[0].kind = ITEM_DOCUMENT;
	town.items[0].decided_by = "KS";
	if (rows[_i].asked != INQUIRY_REVIEW || rows[_i].revised) {
		lay(0, 0, 'o');
		inquiries[0].outcome = rows[_i].revised ? OUTCOME_REVISE : OUTCOME_NONE;
	}
	reviews[0].state = rows[_i].before;
	const struct recorded x = {
		.item = &town.items[0], .review = &reviews[0], .inquiries = inquiries,
		.n_inquiries = in.n_inquiries, .day = town_day("2027-03-17"), .paragraph = "§ 34",
		.registry_no = "KS 2027/9", .reported_by = "coordinator", .adjusted = true,
		.outcome = rows[_i].outcome, .renews = rows[_i].renews, .at = in.at,
	};
	change = (struct change){ .at = in.at };
	ck_assert_int_eq(apply_decision(&town, &x, &arena, &change), rows[_i].done);
	ck_assert_int_eq(change.n_reviews ? change.reviews[0].state : reviews[0].state, rows[_i].after);
	ck_assert_int_eq(change.n_records > 0, rows[_i].done);
	ck_assert_uint_eq(change.n_renewals, rows[_i].renewed || rows[_i].repealed);
	if (rows[_i].renewed) {
		ck_assert_int_eq(change.renewals[0].day, x.day);
		ck_assert_str_eq(change.renewals[0].registry_no, "KS 2027/9");
	}
	if (rows[_i].repealed)
		ck_assert_int_eq(change.renewals[0].ended, x.day);
	if (rows[_i].after == REVIEW_CHANGES) {
		ck_assert_uint_eq(change.n_inquiries, 1);
		ck_assert_int_eq(change.inquiries[0].outcome, OUTCOME_REVISE);
		ck_assert_int_eq(change.inquiries[0].about, INQUIRY_OPTIONS);
		ck_assert_str_eq(change.inquiries[0].letter, rows[_i].asked == INQUIRY_REVIEW ? "" : "GR-9");
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("decision");
	TCase *t = tcase_create("decision");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, reports_do_what_the_table_says);
	tcase_add_test(t, the_next_date_counts_from_the_meeting);
	tcase_add_loop_test(t, what_is_asked_next_is_asked_on_a_day_to_come, 0, 7);
	tcase_add_test(t, nobody_untrusted_reports_a_decision);
	tcase_add_test(t, an_answer_to_a_letter_whose_question_has_moved);
	tcase_add_loop_test(t, what_is_to_be_confirmed_waits, 0, 6);
	tcase_add_loop_test(t, a_renewal_may_have_a_new_registry_number, 0, 2);
	tcase_add_test(t, what_the_coordinator_enters_is_asked_about_too);
	tcase_add_loop_test(t, the_coordinator_enters_what_became_of_a_document, 0, 12);
	suite_add_tcase(s, t);
	return tap_run(s);
}
