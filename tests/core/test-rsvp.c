/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "core/rsvp.h"
#include "tests/core/town.h"
#include "tests/tap.h"

enum { HOUR = 3600 };

/* "2027-01-12T08:00", Swedish time, or a day's midnight. */
static instant at_time(int line, const char *text)
{
	char day[DATE_TEXT];
	int hour = 0, minute = 0;
	dayno d = DAY_NONE;

	snprintf(day, sizeof(day), "%.10s", text);
	ck_assert_msg(date_parse(day, &d) && (!text[10] || sscanf(text + 10, "T%d:%d", &hour, &minute) == 2),
	              "line %d: no time: %s", line, text);
	return zone_instant(d, hour, minute, 0);
}

/* ---- reschedule.txt ---- */

static const char *stays_name(enum event_stays s)
{
	static const char *const names[] = {
		[STAYS_NOT] = "moves", [STAYS_SAME] = "same", [STAYS_UNCLEAR] = "unclear",
		[STAYS_PAST] = "past", [STAYS_LATE] = "late", [STAYS_DAY_OFF] = "day-off",
		[STAYS_RECESS] = "recess",
	};

	return names[s];
}

static void check_time(int line, char **field, int n)
{
	const struct period recess = { town_day("2027-02-08"), town_day("2027-02-12") };
	const struct workcal cal = { .recess = &recess, .n_recess = 1 };
	const struct letter letter = { .event_day = town_day("2027-02-15") };
	struct rsvp r = { .start = INSTANT_NONE, .end = INSTANT_NONE };
	struct event_time to;
	char got[64] = "-", day[DATE_TEXT];
	bool all_day = strlen(field[0]) == DATE_TEXT - 1;

	ck_assert_msg(n == 4, "line %d: start | end | stays | new time", line);
	if (strcmp(field[0], "-") != 0)
		r.start = at_time(line, field[0]);
	if (strstr(field[1], " all"))
		field[1][DATE_TEXT - 1] = '\0';
	if (strcmp(field[1], "-") != 0 && strcmp(field[1], "day") != 0)
		r.end = at_time(line, field[1]);
	enum event_stays s = event_moves(&cal, town_day("2027-02-15"), event_time_of(&letter), &r, all_day,
	                                 at_time(line, "2027-01-12T08:00"), &to);
	ck_assert_msg(!strcmp(stays_name(s), field[2]), "line %d: gave %s", line, stays_name(s));
	if (s == STAYS_NOT)
		snprintf(got, sizeof(got), "%s %02d.%02d %d", date_text(to.day, day), to.start / 60,
		         to.start % 60, to.minutes);
	ck_assert_msg(!strcmp(got, field[3]), "line %d: gave %s", line, got);
}

START_TEST(an_event_moves_as_its_table_says)
{
	tap_table("tests/cases/reschedule.txt", check_time);
}
END_TEST

/* ---- rsvp.txt ---- */

static struct arena arena;
static struct registry town;
static struct letter letter;
static struct review review;
static struct rsvp before[32]; /* newest first */
static size_t n_before;
static instant now;

static void begin(void)
{
	letter = (struct letter){
		.ref = "GR-1", .role = "kd", .body = "KS", .address = "kd@t.example",
		.event_day = town_day("2027-02-15"),
	};
	review = (struct review){
		.id = "A.1", .item = "A", .state = REVIEW_OPEN, .act_by = town_day("2027-02-15"), .letter = "GR-1",
	};
	n_before = 0;
	now = at_time(0, "2027-01-12T08:00");
}

static const char *after(const char *text, const char *word)
{
	size_t len = strlen(word);

	return !strncmp(text, word, len) && text[len] == ' ' ? arena_dup(&arena, text + len + 1) : NULL;
}

static void take(int line, char *with, struct rsvp *r, struct rsvp_input *in)
{
	const char *v;
	char *save = NULL;

	for (char *w = strtok_r(with, ",", &save); w; w = strtok_r(NULL, ",", &save)) {
		w += *w == ' ';
		if ((v = after(w, "proposes")))
			r->start = at_time(line, v);
		else if ((v = after(w, "stamp")))
			r->stamp = at_time(line, v);
		else if ((v = after(w, "comment")))
			r->comment = v;
		else if ((v = after(w, "to")))
			r->delegated_to = v;
		else if ((v = after(w, "sent-by")))
			r->sent_by = v;
		else if (!strcmp(w, "words"))
			in->words = true;
		else if (!strcmp(w, "damaged"))
			in->damaged = true;
		else if (!strcmp(w, "refuted"))
			in->refuted = true;
		else if (!strcmp(w, "zone"))
			in->unknown_zone = true;
		else if (!strcmp(w, "several"))
			in->attendees = 2;
		else if (!strcmp(w, "closed"))
			review.state = REVIEW_CLOSED;
		else if (!strcmp(w, "no-event"))
			letter.event_day = DAY_NONE;
		else
			ck_assert_msg(!strcmp(w, "-"), "line %d: with what? %s", line, w);
	}
}

static void remember(const struct rsvp *r, const struct rsvp_judged *j)
{
	ck_assert_uint_lt(n_before, ARRAY_LEN(before));
	memmove(before + 1, before, n_before++ * sizeof(*before));
	before[0] = *r;
	now += HOUR;
	if (r->outcome != RSVP_DID_MOVED)
		return;
	letter.event_day = j->to.day;
	letter.event_start = j->to.start;
	letter.event_minutes = j->to.minutes;
	letter.sequence++;
}

static void check_answer(int line, char **field, int n)
{
	struct rsvp r = { .start = INSTANT_NONE, .end = INSTANT_NONE };
	struct rsvp_judged j;

	ck_assert_msg(n == 8, "line %d: new or then | attendee | sender | said | sequence | with | who | outcome",
	              line);
	if (!strcmp(field[0], "new"))
		begin();
	const char *from = strcmp(field[2], "-") != 0 ? field[2] : strcmp(field[1], "-") != 0 ? field[1] : NULL;
	struct rsvp_input in = {
		.registry = &town, .letter = &letter, .reviews = &review, .n_reviews = 1, .before = before,
		.n_before = n_before, .from = from, .attendees = 1,
	};
	char *space = strchr(field[3], ' ');
	*space = '\0';
	r.attendee = strcmp(field[1], "-") != 0 ? arena_dup(&arena, field[1]) : from ? arena_dup(&arena, from) : NULL;
	r.method = arena_dup(&arena, field[3]);
	r.partstat = strcmp(space + 1, "-") != 0 ? arena_dup(&arena, space + 1) : NULL;
	r.sequence = atoi(field[4]);
	r.stamp = r.at = now;
	take(line, field[5], &r, &in);
	rsvp_judge(&in, &arena, &r, &j);
	ck_assert_msg(!strcmp(rsvp_who_name(r.who), field[6]), "line %d: is %s", line, rsvp_who_name(r.who));
	const char *got = arena_fmt(&arena, "%s%s", rsvp_outcome_name(r.outcome), j.for_coordinator ? " !" : "");
	ck_assert_msg(!strcmp(got, field[7]), "line %d: gave %s (%s)", line, got, j.reason);
	ck_assert_msg(j.reason && *j.reason, "line %d: says not why", line);
	ck_assert_msg(r.stamp <= r.at && r.sequence >= 0 && r.sequence <= letter.sequence, "line %d: silences", line);
	remember(&r, &j);
}

START_TEST(an_answer_leads_to_what_its_table_says)
{
	town_build(&town);
	town_item(&town, "A", "kd", "KS", "2026-02-15");
	registry_index(&town);
	tap_table("tests/cases/rsvp.txt", check_answer);
	registry_release(&town);
	arena_release(&arena);
}
END_TEST

START_TEST(every_name_is_found_again)
{
	for (int i = 0; i < RSVP_WHO_COUNT; i++)
		ck_assert_int_eq(rsvp_who_by_name(rsvp_who_name((enum rsvp_who)i)), i);
	for (int i = 0; i < RSVP_OUTCOME_COUNT; i++)
		ck_assert_int_eq(rsvp_outcome_by_name(rsvp_outcome_name((enum rsvp_outcome)i)), i);
	ck_assert_int_eq(rsvp_who_by_name("hubba"), -1);
	ck_assert_int_eq(rsvp_outcome_by_name(NULL), -1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rsvp");
	TCase *tc = tcase_create("rsvp");

	tcase_set_timeout(tc, 0);
	tcase_add_test(tc, an_event_moves_as_its_table_says);
	tcase_add_test(tc, an_answer_leads_to_what_its_table_says);
	tcase_add_test(tc, every_name_is_found_again);
	suite_add_tcase(suite, tc);
	return tap_run(suite);
}
