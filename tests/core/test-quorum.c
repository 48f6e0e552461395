/* SPDX-License-Identifier: EUPL-1.2 */
/* Several approve one item: by table, and by chance. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "core/apply.h"
#include "core/merge.h"
#include "core/plan.h"
#include "core/quorum.h"
#include "tests/tap.h"

enum { MOST = 40, SEATS = 8, HOUR = 3600 };
#define FIRST 1801468800 /* 2027-02-01T08:00 */

static struct arena arena;
static struct registry town;
static struct review parts[SEATS]; /* as a store keeps them */
static size_t n_parts;
static struct standing_signoff drawer[MOST];
static size_t n_drawer;
static enum apply_note note;
static bool asked; /* the last step had a letter to answer */
static int steps;

static void add_role(const char *id, const char *address, const char *alias, const char *deputy)
{
	town.roles = arena_grow(&town.arena, town.roles, town.n_roles, &town.cap_roles,
	                        sizeof(*town.roles));
	town.roles[town.n_roles++] = (struct role){
		.id = id, .title = id, .address = address, .alias = alias, .deputy = deputy, .org = "KS",
		.kind = !strcmp(id, "dso") ? ROLE_OFFICER : ROLE_CHIEF, .from = DAY_NONE,
		.to = !strcmp(id, "old") ? date_of(2026, 12, 31) : DAY_NONE,
		.superior = !strcmp(id, "old") ? "cia" : NULL,
	};
}

static void lay(void)
{
	arena = (struct arena)ARENA_INIT;
	registry_init(&town);
	town.bodies = arena_grow(&town.arena, town.bodies, 0, &town.cap_bodies, sizeof(*town.bodies));
	town.bodies[0] = body_blank();
	town.bodies[0].id = town.bodies[0].name = "KS";
	town.bodies[0].kind = BODY_BOARD;
	town.n_bodies = 1;
	add_role("ann", "ann@t.example", "ann.alias@t.example", "dag");
	add_role("ann2", "ann.alias@t.example", NULL, NULL);
	add_role("bo", "bo@t.example", NULL, "dag");
	add_role("cia", "cia@t.example", NULL, NULL);
	add_role("dag", "dag@t.example", NULL, NULL);
	add_role("dso", "dso@t.example", NULL, NULL);
	add_role("eva", "eva.ek@t.example", NULL, NULL);
	add_role("eva2", "Eva.Ek@annan.example", NULL, NULL);
	add_role("old", "old@t.example", NULL, NULL);
	n_parts = n_drawer = 0;
	steps = 0;
	note = NOTE_NONE;
}

static void clear(void)
{
	registry_release(&town);
	arena_release(&arena);
}

static struct item *open_item(const char *approvers, enum quorum q, const char *author, bool decides)
{
	struct item i = item_blank();
	struct seats seats;

	i.id = i.title = i.shown = "R1";
	i.kind = ITEM_ROUTINE;
	i.body = "KS";
	i.responsible = "bo";
	i.rule_text = "årligen";
	i.decided = date_of(2026, 2, 15);
	i.approvers = approvers;
	i.quorum = q;
	i.author = author;
	i.needs_decision = decides;
	registry_add_item(&town, &i);
	registry_index(&town);
	quorum_seats(&town, &town.items[0], date_of(2027, 2, 1), &arena, &seats);
	for (size_t k = 0; k < seats.n; k++) {
		if (!seats.at[k].role)
			continue;
		struct review *r = &parts[n_parts++];
		*r = (struct review){
			.id = "R1.1", .item = "R1", .state = REVIEW_OPEN, .rung = RUNG_INVITE,
			.due = date_of(2027, 2, 15), .act_by = date_of(2027, 2, 15), .opened = date_of(2027, 1, 4),
			.last_notice = date_of(2027, 1, 4), .extended_until = DAY_NONE, .signed_on = DAY_NONE,
			.n = (int)k + 1, .seat = seats.at[k].id, .version = plan_version(&arena, &town.items[0]),
		};
		snprintf(r->letter, sizeof(r->letter), "GR-%s", r->seat);
	}
	return &town.items[0];
}

static void keep(const struct change *c)
{
	for (size_t i = 0; i < c->n_withdrawals; i++)
		for (size_t k = 0; k < n_drawer; k++)
			if (drawer[k].id == c->withdrawals[i].signoff) {
				memmove(&drawer[k], &drawer[k + 1], (n_drawer - k - 1) * sizeof(*drawer));
				n_drawer--;
				break;
			}
	for (size_t i = 0; i < c->n_signoffs; i++) {
		const struct signoff *s = &c->signoffs[i];

		ck_assert_uint_lt(n_drawer, MOST);
		memmove(&drawer[1], drawer, n_drawer++ * sizeof(*drawer)); /* the newest first */
		drawer[0] = (struct standing_signoff){
			.id = steps * 10 + (int)i, .mail = steps, .review = s->review, .role = s->role,
			.address = s->address, .seat = s->seat, .verdict = s->verdict, .at = s->at,
			.before = (int)s->before, .before_rung = s->before_rung,
			.before_act_by = s->before_act_by, .before_extended = s->before_extended,
			.completed = DAY_NONE, .completed_for = DAY_NONE,
		};
	}
	for (size_t i = 0; i < c->n_reviews; i++)
		for (size_t k = 0; k < n_parts; k++) {
			if (!strcmp(parts[k].seat, c->reviews[i].seat))
				parts[k] = c->reviews[i];
			parts[k].state = c->reviews[i].state;
			parts[k].signed_on = c->reviews[i].signed_on;
			parts[k].extended_until = c->reviews[i].extended_until;
		}
}

static struct review *part_of(const char *seat)
{
	for (size_t i = 0; i < n_parts; i++)
		if (!strcmp(parts[i].seat, seat))
			return &parts[i];
	return NULL;
}

static void answer(const char *who, const char *seat, const char *text)
{
	const char *from = registry_role(&town, who)->address;
	struct review *row = part_of(seat);
	struct letter letter = { .role = seat, .body = "KS", .address = from };
	struct applied done;
	struct reply reply;
	struct change change = { .at = FIRST + ++steps * (instant)HOUR };

	asked = row != NULL;
	if (!row)
		return;
	memcpy(letter.ref, row->letter, sizeof(letter.ref));
	struct trust_facts f = { .token_found = true, .token_matches = true, .from = from,
		                 .auth_domain = strchr(from, '@') + 1, .asked = DAY_NONE, .written = DAY_NONE };
	dayno today = date_of(2027, 2, 1);
	struct trust trust = trust_judge(&town, plan_answers(&town, &town.items[0], row, today), today,
	                                 TRUST_AUTHSERV, &f);
	/* Somebody else's letter, but one of theirs: judged as if it had another item. */
	trust.sender = FACT_YES;
	trust.as = trust.as ? trust.as : registry_role(&town, who);
	trust.identified = trust.trusted = true;
	struct apply_input in = {
		.registry = &town, .letter = &letter, .reviews = row, .n_reviews = 1, .beside = parts,
		.n_beside = n_parts, .standing = drawer, .n_standing = n_drawer, .reply = &reply,
		.trust = &trust, .from = from, .day = today, .at = change.at,
	};
	reply_read(&arena, text, &(struct reply_context){ .received = today }, &reply);
	apply_reply(&in, &arena, &change, &done);
	note = done.n ? done.items[0].note : NOTE_NOT_CLEAR;
	/* Every effect beside its record, and how far it has come. */
	ck_assert_uint_ge(change.n_records, 2 * (change.n_signoffs + change.n_withdrawals));
	keep(&change);
}

static struct voices_of {
	struct voice at[MOST];
	size_t n;
} voices(void)
{
	struct voices_of v = { .n = 0 };

	for (size_t i = 0; i < n_drawer; i++)
		v.at[v.n++] = (struct voice){ drawer[i].seat, drawer[i].address, drawer[i].verdict };
	return v;
}

/* ---- the table ---- */

static void step(int line, char *what)
{
	char who[16], seat[16];
	int skip = 0;

	what += strspn(what, " ");
	if (sscanf(what, "%15[a-z0-9] for %15[a-z0-9]: %n", who, seat, &skip) < 2 || !skip) {
		skip = 0;
		ck_assert_msg(sscanf(what, "%15[a-z0-9]: %n", who, &skip) == 1 && skip, "line %d: %s", line,
		              what);
		memcpy(seat, who, sizeof(seat));
	}
	ck_assert_msg(registry_role(&town, who) != NULL, "line %d: no role %s", line, who);
	answer(arena_dup(&arena, who), arena_dup(&arena, seat), arena_dup(&arena, what + skip));
}

static const char *note_name(void)
{
	static const char *const names[] = {
		[NOTE_NONE] = "ok", [NOTE_AUTHOR] = "author", [NOTE_COUNTED] = "counted",
		[NOTE_ALREADY] = "already", [NOTE_NOT_YOURS] = "not-yours", [NOTE_NO_ANSWER] = "none",
		[NOTE_TOO_LATE] = "too-late", [NOTE_NOT_CLEAR] = "unclear",
	};

	if (!steps)
		return "-";
	if (!asked)
		return "not-asked";
	return (size_t)note < ARRAY_LEN(names) && names[note] ? names[note] : "?";
}

static void check_row(int line, char **field, int n)
{
	char far[16];

	ck_assert_msg(n == 9, "line %d: nine columns, not %d", line, n);
	lay();
	int q = quorum_by_name(field[1]);
	ck_assert_msg(q > 0, "line %d: no quorum: %s", line, field[1]);
	const struct item *item = open_item(field[0], (enum quorum)q, strcmp(field[2], "-") ? field[2] : NULL,
	                                    !strcmp(field[3], "yes"));
	for (char *at = field[4], *end; at && *at && strcmp(at, "-") != 0; at = end) {
		end = strstr(at, " > ");
		if (end) {
			*end = '\0';
			end += 3;
		}
		step(line, at);
	}
	struct voices_of v = voices();
	struct tally t = quorum_count(&town, item, date_of(2027, 2, 1), v.at, v.n);
	const char *left = quorum_awaited(&town, item, date_of(2027, 2, 1), v.at, v.n, &arena);
	snprintf(far, sizeof(far), "%d/%d", t.approvals, t.need);
	ck_assert_msg(!strcmp(review_state_name(parts[0].state), field[5]), "line %d: it is %s", line,
	              review_state_name(parts[0].state));
	ck_assert_msg(!strcmp(far, field[6]), "line %d: %s", line, far);
	ck_assert_msg(!strcmp(note_name(), field[7]), "line %d: %s", line, note_name());
	ck_assert_msg(!strcmp(left ? left : "-", field[8]), "line %d: awaits %s", line, left ? left : "-");
	ck_assert_msg((parts[0].state == REVIEW_CLOSED || parts[0].state == REVIEW_AWAITING) == t.met,
	              "line %d: met and not done, or done and not met", line);
	clear();
}

START_TEST(several_approve_as_the_table_says)
{
	tap_table("tests/cases/quorum.txt", check_row);
}
END_TEST

/* ---- by chance ---- */

static const char *const lists[] = {
	"ann bo", "ann bo cia", "ann ann2 bo", "bo cia dag", "ann dag", "eva eva2 cia", "old cia bo",
	"ann bo cia dag", "dso ann bo",
};
static const char *const everybody[] = { "ann", "ann2", "bo", "cia", "dag", "eva", "eva2" };
/* Who they are, counted by hand. */
static const int person[] = { 0, 0, 1, 2, 3, 4, 4 };
static const char *const replies[] = { "GODKÄNNS", "GODKÄNNS", "GODKÄNNS", "ÄNDRING: nytt namn", "ÅNGRA",
	                               "FEL PERSON: Bo", "ANSTÅND: 2027-02-20", "Vad menas?",
	                               "Godkänns om vi byter namn", "Ja" };

static int person_at(const char *address)
{
	for (size_t i = 0; i < ARRAY_LEN(everybody); i++)
		if (!strcmp(registry_role(&town, everybody[i])->address, address))
			return person[i];
	ck_abort_msg("nobody at %s", address);
	return -1;
}

/* Persons whose approval is the last word of some seat; -1: somebody objects. */
static int approvers(const char *author)
{
	bool approves[5] = { false };
	int n = 0;

	for (size_t p = 0; p < n_parts; p++)
		for (size_t i = 0; i < n_drawer; i++) {
			enum verdict v = drawer[i].verdict;

			if (strcmp(drawer[i].seat, parts[p].seat) != 0
			    || (v != VERDICT_APPROVE && v != VERDICT_CHANGES && v != VERDICT_REJECT))
				continue;
			if (v != VERDICT_APPROVE)
				return -1;
			int who = person_at(drawer[i].address);
			ck_assert(!author || who != person_at(registry_role(&town, author)->address));
			n += !approves[who];
			approves[who] = true;
			break;
		}
	return n;
}

static int wanted(const struct item *item)
{
	bool there[5] = { false };
	int n = 0;

	if (item->quorum != QUORUM_ALL)
		return item->quorum == QUORUM_TWO ? 2 : 1;
	for (size_t p = 0; p < n_parts; p++) {
		const struct role *role = quorum_acting(&town, parts[p].seat, date_of(2027, 2, 1));
		int who = person_at(role->address);

		n += !there[who];
		there[who] = true;
	}
	return n + (strstr(item->approvers, "dso") != NULL);
}

START_TEST(too_few_never_are_enough)
{
	srand(5);
	for (int round = 0; round < 4000; round++) {
		lay();
		const char *author = rand() % 4 ? NULL : everybody[rand() % (int)ARRAY_LEN(everybody)];
		const struct item *item = open_item(lists[rand() % (int)ARRAY_LEN(lists)],
		                                    (enum quorum)(QUORUM_ONE + rand() % 3), author, rand() % 2);
		bool answered = false;

		for (int k = rand() % 9; n_parts && k > 0; k--) {
			const char *reply = replies[rand() % (int)ARRAY_LEN(replies)];
			size_t had = n_drawer;

			answer(everybody[rand() % (int)ARRAY_LEN(everybody)], parts[(size_t)rand() % n_parts].seat,
			       reply);
			answered |= n_drawer > had;
			enum review_state s = parts[0].state;
			int n = approvers(author);
			ck_assert_msg(s != REVIEW_CLOSED && s != REVIEW_AWAITING ? true : n >= wanted(item),
			              "round %d: %s is %s by %d of %d", round, item->approvers,
			              review_state_name(s), n, wanted(item));
			ck_assert_int_eq(s == REVIEW_CHANGES, n < 0);
			for (size_t p = 1; p < n_parts; p++) {
				ck_assert_int_eq(parts[p].state, s);
				ck_assert_int_eq(parts[p].act_by, parts[0].act_by);
			}
		}
		if (!answered && n_parts)
			ck_assert_int_eq(parts[0].state, REVIEW_OPEN);
		clear();
	}
}
END_TEST

/* The same answers, one from each seat, in another order. */
static enum review_state in_order(unsigned list, enum quorum q, const size_t *order, size_t n,
                                  const char *const *said, int *approvals)
{
	lay();
	const struct item *item = open_item(lists[list], q, NULL, false);

	/* Once it is enough nobody's answer is waited for. */
	for (size_t k = 0; k < n && parts[0].state != REVIEW_CLOSED; k++) {
		const struct review *r = &parts[order[k] % n_parts];

		answer(quorum_acting(&town, r->seat, date_of(2027, 2, 1))->id, r->seat, said[order[k]]);
	}
	struct voices_of v = voices();
	*approvals = quorum_count(&town, item, date_of(2027, 2, 1), v.at, v.n).approvals;
	enum review_state s = parts[0].state;
	clear();
	return s;
}

START_TEST(the_order_does_not_matter)
{
	srand(6);
	for (int round = 0; round < 2000; round++) {
		unsigned list = (unsigned)rand() % 2; /* of two and of three */
		size_t n = list + 2, order[3] = { 0, 1, 2 };
		const char *said[3];
		int a, b;

		for (size_t i = 0; i < n; i++)
			said[i] = rand() % 3 ? "GODKÄNNS" : "ÄNDRING: nytt namn";
		enum review_state first = in_order(list, QUORUM_ALL, order, n, said, &a);
		size_t i = (size_t)rand() % n, k = (size_t)rand() % n, x = order[i];
		order[i] = order[k];
		order[k] = x;
		enum review_state second = in_order(list, QUORUM_ALL, order, n, said, &b);
		ck_assert_int_eq(first, second);
		ck_assert_int_eq(a, b);
	}
}
END_TEST

/* Even if a store said that they had approved. */
START_TEST(authors_do_not_count)
{
	const struct voice said[] = { { "bo", "ann.alias@t.example", VERDICT_APPROVE },
		                      { "cia", "cia@t.example", VERDICT_APPROVE } };

	lay();
	const struct item *item = open_item("bo cia", QUORUM_TWO, "ann", false);
	struct tally t = quorum_count(&town, item, date_of(2027, 2, 1), said, 2);
	ck_assert_int_eq(t.approvals, 1);
	ck_assert(!t.met);
	clear();
}
END_TEST

START_TEST(one_person_is_known_by_any_of_their_addresses)
{
	lay();
	registry_index(&town);
	ck_assert(quorum_same_person(&town, "ann@t.example", "ANN@T.EXAMPLE"));
	ck_assert(quorum_same_person(&town, "ann@t.example", "ann.alias@t.example"));
	ck_assert(quorum_same_person(&town, "eva.ek@t.example", "eva.ek@annan.example"));
	ck_assert(!quorum_same_person(&town, "bo@t.example", "bo@annan.example")); /* no name: a post */
	ck_assert(!quorum_same_person(&town, "ann@t.example", "bo@t.example"));
	ck_assert(!quorum_same_person(&town, "ann@t.example", NULL));
	clear();
}
END_TEST

int main(void)
{
	Suite *s = suite_create("quorum");
	TCase *tc = tcase_create("quorum");

	tcase_set_timeout(tc, 0);
	tcase_add_test(tc, several_approve_as_the_table_says);
	tcase_add_test(tc, too_few_never_are_enough);
	tcase_add_test(tc, the_order_does_not_matter);
	tcase_add_test(tc, authors_do_not_count);
	tcase_add_test(tc, one_person_is_known_by_any_of_their_addresses);
	suite_add_tcase(s, tc);
	return tap_run(s);
}
