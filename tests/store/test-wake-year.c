/* SPDX-License-Identifier: EUPL-1.2 */
/* Years of random changes: a pass over what woke does what one over everything would. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/apply.h"
#include "core/plan.h"
#include "store/rests.h"
#include "tests/store/fixture.h"
#include "tests/store/shared.h"
#include "tests/store/wild.h"
#include "store/brakes.h"

static struct import_report report = { .text = BUF_INIT };

struct year {
	struct store *s;
	struct registry town; /* as the files have it: not indexed */
	dayno today;
	int serial;
	size_t copies; /* to the data protection officer */
	size_t joint;  /* letters to one of several approvers */
	size_t looks, letters, of_kind[PLAN_NEW_CHAIR + 1];
	size_t asked[2]; /* of secretaries: about decisions, about minutes */
	size_t put, reminded; /* documents, before their body; what a body sent back */
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
	buf_fmt(out, "  %s %s n=%d rung=%u state=%d opened=%d moved=%d", x->item->id,
	        x->review.seat ? x->review.seat : "", x->review.n, x->rung, (int)x->review.state, x->opened,
	        x->moved);
	if (x->inquiry.review) {
		buf_fmt(out, " %s \"%s\" n=%d times=%d", x->inquiry.review, x->inquiry.letter,
		        x->inquiry.n, x->inquiry.times);
		say_day(out, "meeting", x->inquiry.meeting);
	}
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

		buf_fmt(out, "letter %d \"%s\" %s %s rung=%d moved=%d asked=%d", (int)l->kind, l->ref,
		        l->holder->id, l->body->id, (int)l->rung, l->moved, l->asked);
		say_day(out, "act_by", l->act_by);
		say_day(out, "event", l->event_day);
		buf_chr(out, '\n');
		for (size_t k = 0; k < l->n; k++)
			put_item(out, &l->items[k]);
	}
	for (size_t i = 0; i < p->n_chairs; i++)
		buf_fmt(out, "chair %s \"%s\" %zu\n", p->chairs[i].body->id, p->chairs[i].role,
		        p->chairs[i].letter);
	for (size_t i = 0; i < p->n_superseded; i++)
		buf_fmt(out, "void %s %d\n", p->superseded[i].id, (int)p->superseded[i].state);
	for (size_t i = 0; i < p->n_moved; i++) {
		buf_fmt(out, "moved %s", p->moved[i].id);
		say_day(out, "due", p->moved[i].due);
		say_day(out, "act_by", p->moved[i].act_by);
		buf_chr(out, '\n');
	}
}

/* For some days a mail about a review waits. */
static void some_wait(const struct year *y, const struct reviews *all, struct arena *a, struct plan_input *in)
{
	struct unsent *u = arena_alloc(a, (all->n + 1) * sizeof(*u));

	in->unsent = u;
	for (size_t i = 0; i < all->n; i++)
		if ((strlen(all->at[i].id) + (size_t)all->at[i].due + (size_t)y->today / 5) % 6 == 0)
			u[in->n_unsent++] = (struct unsent){ all->at[i].id, all->at[i].seat ? all->at[i].seat : "" };
}

static void plan_from(const struct year *y, const struct registry *r, struct arena *a,
                      const struct reviews *reviews, const struct letters *letters,
                      const struct questions *asked, const struct inquiries *inquiries,
                      const struct rests *rests, struct plan *plan)
{
	struct plan_input in = {
		.registry = r, .reviews = reviews->at, .n_reviews = reviews->n, .letters = letters->at,
		.n_letters = letters->n, .asked = asked->at, .n_asked = asked->n,
		.inquiries = inquiries->at, .n_inquiries = inquiries->n, .rests = rests->at,
		.n_rests = rests->n, .today = y->today,
	};
	some_wait(y, reviews, a, &in);
	plan_pass(&in, a, plan);
}

static void plan_all(struct year *y, struct registry *r, struct arena *a, struct plan *plan)
{
	struct inquiries inquiries;
	struct rests rests;
	struct questions asked;
	struct reviews reviews;
	struct letters letters;

	OK(store_load(y->s, r, e));
	OK(store_open_reviews(y->s, a, &reviews, e));
	OK(store_open_letters(y->s, a, &letters, e));
	OK(store_questions(y->s, a, &asked, e));
	OK(store_inquiries(y->s, a, &inquiries, e));
	OK(store_rests(y->s, a, &rests, e));
	plan_from(y, r, a, &reviews, &letters, &asked, &inquiries, &rests, plan);
}

static void plan_awake(struct year *y, struct registry *r, struct arena *a, struct plan *plan)
{
	struct inquiries inquiries;
	struct rests rests;
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
	OK(store_awake_inquiries(y->s, a, y->today, &inquiries, e));
	OK(store_awake_rests(y->s, a, y->today, &rests, e));
	plan_from(y, r, a, &reviews, &letters, &asked, &inquiries, &rests, plan);
	ck_assert_uint_eq(plan->n_looks, awake);
	y->looks += awake;
}

static void hold(struct change *c, struct arena *a, enum held_what what, const char *id,
                 const char *role, dayno since)
{
	change_holding(c, a, &(struct holding){ .what = what, .id = id, .role = role, .since = since });
}

static void apply_without_letter(struct year *y, struct arena *a, const struct plan *p)
{
	struct change c = { .at = NOW };

	for (size_t i = 0; i < p->n_moved; i++)
		change_review(&c, a, &p->moved[i]);
	for (size_t i = 0; i < p->n_superseded; i++)
		change_review(&c, a, &p->superseded[i]);
	for (size_t i = 0; i < p->n_chairs; i++)
		if (!p->chairs[i].letter)
			hold(&c, a, HELD_CHAIR, p->chairs[i].body->id, p->chairs[i].role,
			     p->chairs[i].body->chaired_by ? y->today : DAY_NONE);
	OK(store_apply(y->s, &c, e));
}

static bool is_open(struct year *y, struct arena *a, const char *item)
{
	struct reviews all;

	OK(store_item_reviews(y->s, a, item, &all, e));
	return all.n && !review_terminal(all.at[all.n - 1].state);
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
			.kind = l->kind == PLAN_COPY ? LETTER_COPY
			        : plan_to_secretary(l->kind) ? LETTER_DECISION : LETTER_REVIEW,
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
		if (plan_to_secretary(l->kind)) {
			memcpy(x->inquiry.letter, ref, sizeof(ref));
			change_inquiry(&c, a, &x->inquiry);
			y->asked[l->kind == PLAN_ADJUSTED]++;
			y->put += l->kind == PLAN_REVISION;
			continue;
		}
		if (l->kind == PLAN_COPY) {
			memcpy(x->review.copy, ref, sizeof(ref));
			y->copies++;
		}
		y->reminded += l->kind == PLAN_BACK;
		if (l->kind == PLAN_HAND_OVER)
			hold(&c, a, HELD_ITEM, x->item->id, x->holder->id, y->today);
		if (l->kind == PLAN_NEW_CHAIR || (l->kind == PLAN_HAND_OVER && !x->opened))
			continue;
		OK(store_review_ordinal(y->s, x->item->id, &before, e));
		y->joint += x->opened && x->review.seat;
		if (x->opened) {
			bool joins = x->review.seat && is_open(y, a, x->item->id);

			x->review.id = arena_fmt(a, "%s.%d", x->item->id, joins ? before : before + 1);
			memcpy(x->review.letter, ref, sizeof(ref));
		}
		change_review(&c, a, &x->review);
	}
	if (l->kind == PLAN_NEW_CHAIR)
		hold(&c, a, HELD_CHAIR, l->body->id, l->holder->id, y->today);
	OK(store_apply(y->s, &c, e));
	y->letters++;
	y->of_kind[l->kind]++;
}

static void settle_down(struct year *y, const struct plan *p, size_t sent)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct look *looks = arena_alloc(&a, (p->n_looks + 1) * sizeof(*looks));
	size_t n = 0;

	for (size_t i = 0; i < p->n_looks; i++)
		if (p->looks[i].letter <= sent) {
			ck_assert_int_gt(p->looks[i].next, y->today);
			looks[n++] = (struct look){ p->looks[i].item->id, p->looks[i].next, p->looks[i].holder };
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
		r->state = REVIEW_CLOSED;
		r->signed_on = y->today;
		c.facts = arena_alloc(a, sizeof(*c.facts));
		c.facts[c.n_facts++] = (struct item_fact){ .item = r->item, .reviewed = y->today,
		                                           .reviewed_for = r->due };
		break;
	case 2:
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
		c.signoffs = arena_alloc(a, sizeof(*c.signoffs));
		c.signoffs[c.n_signoffs++] = (struct signoff){
			.review = r->id, .role = y->town.roles[0].id, .address = "x@t.example", .verdict = VERDICT_CHANGES,
			.version = "", .token = "yes", .sender = "yes", .domain = "yes",
			.at = zone_instant(y->today, 10, 0, 0), .before = REVIEW_OPEN,
		};
		break;
	case 6:
		r->state = r->seat ? REVIEW_OPEN : REVIEW_MISDIRECTED;
		r->said = VERDICT_WRONG_PERSON;
		break;
	default:
		r->state = REVIEW_OPEN;
		r->said = rand() % 2 ? VERDICT_APPROVE : VERDICT_NONE;
	}
	change_review(&c, a, r);
	OK(store_apply(y->s, &c, e));
}

static void answers(struct year *y)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reviews open;

	const char *last = "";

	OK(store_open_reviews(y->s, &a, &open, e));
	for (size_t i = 0; i < open.n; i++)
		if (strcmp(open.at[i].id, last) != 0
		    && rand() % (open.at[i].state == REVIEW_AWAITING ? 200 : 20) == 0) {
			last = open.at[i].id; /* one of several approvers a day */
			answer(y, &a, &open.at[i]);
		}
}

/* What a secretary reports, or a coordinator. */
static void report_one(struct year *y, struct arena *a, const struct inquiry *asked)
{
	static const enum reply_outcome said[] = { OUTCOME_APPROVED, OUTCOME_TABLED, OUTCOME_WITHDRAWN, OUTCOME_REVISE, OUTCOME_ENDED,
	                                           OUTCOME_REFERRED_BACK };
	struct change c = { .at = NOW };
	struct inquiry q = *asked;
	struct reviews of_item;
	struct registry r;

	registry_init(&r);
	OK(store_load(y->s, &r, e));
	OK(store_item_reviews(y->s, a, q.item, &of_item, e));
	q.outcome = said[rand() % (int)ARRAY_LEN(said)];
	for (size_t i = 0; i < of_item.n && !q.adjustment; i++) {
		struct review *v = &of_item.at[i];

		if (strcmp(v->id, q.review) != 0 || v->state != REVIEW_AWAITING)
			continue;
		bool ends = q.outcome == OUTCOME_APPROVED || q.outcome == OUTCOME_ENDED || q.outcome == OUTCOME_REVISE;
		const struct recorded x = {
			.item = registry_item(&r, v->item), .review = v, .inquiries = &q, .n_inquiries = 1,
			.day = q.meeting, .paragraph = "§ 1", .reported_by = "sekr", .adjusted = rand() % 2,
			.outcome = q.outcome, .renews = q.about == INQUIRY_RENEWAL && q.outcome == OUTCOME_APPROVED,
			.at = NOW,
		};
		if (ends && !apply_decision(&r, &x, a, &c))
			q.outcome = OUTCOME_TABLED;
		if (q.outcome == OUTCOME_REFERRED_BACK) {
			v->state = REVIEW_CHANGES;
			v->signed_on = DAY_NONE;
			change_review(&c, a, v);
			c.decisions = arena_alloc(a, sizeof(*c.decisions));
			c.decisions[c.n_decisions++] = (struct decision){
				.review = v->id, .body = y->town.bodies[0].id, .paragraph = "§ 2", .reported_by = "sekr",
				.day = q.meeting, .outcome = OUTCOME_REFERRED_BACK,
			};
		}
	}
	change_inquiry(&c, a, &q);
	OK(store_apply(y->s, &c, e));
	registry_release(&r);
}

static void reports(struct year *y)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct inquiries asked;

	OK(store_inquiries(y->s, &a, &asked, e));
	for (size_t i = 0; i < asked.n; i++)
		if (asked.at[i].times && asked.at[i].outcome == OUTCOME_NONE && rand() % 4 == 0)
			report_one(y, &a, &asked.at[i]);
}

/* A mail comes back from somebody's address, or reaches it again. */
static const char *bounce(struct year *y)
{
	const char *address = y->town.roles[rand() % (int)y->town.n_roles].address;
	struct change c = { .at = NOW };
	struct dead_address dead = { .address = address, .day = y->today, .source = "inbox-1" };

	if (!address)
		return y->last;
	if (rand() % 3) {
		OK(store_address_alive(y->s, address, NOW, e) < 0);
		return "address alive";
	}
	c.dead = &dead;
	c.n_dead = 1;
	OK(store_apply(y->s, &c, e));
	return "address dead";
}

static void import(struct year *y)
{
	buf_clear(&report.text);
	OK(store_import(y->s, &y->town, zone_instant(y->today, 7, 0, 0), &report, e));
}

static size_t written, handed, chaired; /* letters of all the years */

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
		if (rand() % 20 == 0)
			y.last = bounce(&y);
		if (rand() % 3 == 0)
			answers(&y);
		if (rand() % 3 == 0)
			reports(&y);
		if (rand() % 8)
			pass(&y);
		if (rand() % 8 == 0)
			pass(&y);
		if (days % 100 == 99)
			letters_stand_on_what_they_share(y.s, y.serial);
	}
	printf("# %zu letters to one of several approvers\n", y.joint);
	printf("# secretaries were asked about %zu decisions, %zu of them documents that were put before, and the "
	       "minutes of %zu; %zu reminders of what was sent back; %zu copies\n", y.asked[0], y.put, y.asked[1],
	       y.reminded, y.copies);
	written += y.letters;
	handed += y.of_kind[PLAN_HAND_OVER];
	chaired += y.of_kind[PLAN_NEW_CHAIR];
	/* Some changes wake everything; even so most of a year is slept through. */
	ck_assert_uint_lt(y.looks, days * y.town.n_items / 2);
	registry_release(&y.town);
	store_close(y.s);
	unlink(fixture_path());
}

/* Years in which something once slept too long, and then others, or a SEED's own. */
static const unsigned slept[] = { 1795765729 };

START_TEST(looking_at_what_woke_is_enough)
{
	unsigned first = getenv("SEED") ? (unsigned)atoi(getenv("SEED")) : (unsigned)time(NULL);
	int years = getenv("YEARS") ? atoi(getenv("YEARS")) : 3;
	int known = getenv("SEED") ? 0 : (int)ARRAY_LEN(slept);

	printf("# seed %u\n", first);
	for (int i = 0; i < years; i++)
		live_a_year(i < known ? slept[i] : first + (unsigned)i);
	printf("# %zu letters handed over, %zu to chairs\n", handed, chaired);
	ck_assert_uint_gt(written, 30u * (unsigned)years);
	ck_assert_uint_gt(handed, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("wake-year");
	TCase *tc = tcase_create("wake-year");

	tcase_set_timeout(tc, 0);
	tcase_add_checked_fixture(tc, fixture_start, fixture_end);
	tcase_add_test(tc, looking_at_what_woke_is_enough);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
