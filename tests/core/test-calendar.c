/* SPDX-License-Identifier: EUPL-1.2 */
/* From what a calendar says to meetings of bodies. */
#include <stdlib.h>
#include <string.h>

#include "core/import.h"
#include "core/merge.h"
#include "tests/tap.h"

static struct registry known;
static struct calendar_bodies bodies;
static struct arena arena;

static void read_bodies(void)
{
	struct complaints c = COMPLAINTS_INIT;
	size_t len;
	char *bytes = tap_slurp(tap_path("config/model/namnder.csv"), &len);

	registry_init(&known);
	import_csv(IMPORT_BODIES, "namnder.csv", bytes, len, &known, &c);
	free(bytes);
	/* A body whose name holds what is else no meeting. */
	static const char more[] = "namnd_id;namn;slag\nVB;Valberedningen;utskott\n";
	import_csv(IMPORT_BODIES, "more.csv", more, strlen(more), &known, &c);
	ck_assert_uint_eq(c.n, 0);
	complaints_release(&c);
	registry_settle(&known);
	calendar_bodies(&arena, &known, &bodies);
}

static void forget(void)
{
	registry_release(&known);
	arena_release(&arena);
}

static dayno day(const char *text)
{
	dayno d = DAY_NONE;

	ck_assert(date_parse(text, &d));
	return d;
}

/* ---- whose it is ---- */

static void say(const struct calendar_entry *e, const struct body *fallback, struct buf *out)
{
	struct calendar_sense s = calendar_sense(&bodies, e, fallback);

	switch (s.verdict) {
	case CALENDAR_MEETING:
		buf_fmt(out, "%s%s", s.body->id, s.cancelled ? " cancelled" : "");
		break;
	case CALENDAR_SKIPPED:
		buf_fmt(out, "skipped %s", s.skipped);
		break;
	case CALENDAR_NO_BODY:
		buf_str(out, "none");
		break;
	case CALENDAR_SEVERAL:
		buf_str(out, "several");
		break;
	case CALENDAR_AWAY:
		buf_str(out, "moved");
		break;
	}
}

static const char *or_null(const char *field)
{
	return strcmp(field, "-") ? field : NULL;
}

static void one_title(int line, char **field, int n)
{
	struct buf got AUTO(buf_release) = BUF_INIT;

	ck_assert_int_eq(n, 4);
	const struct calendar_entry e = {
		.summary = or_null(field[0]), .categories = or_null(field[1]),
		.calendar = or_null(field[2]), .original = DAY_NONE,
	};
	say(&e, NULL, &got);
	if (strstr(field[3], "--body")) {
		buf_str(&got, "; --body ");
		say(&e, registry_body(&known, "VN"), &got);
	}
	ck_assert_msg(!strcmp(got.data, field[3]), "line %d: \"%s\" is %s", line, field[0], got.data);
}

START_TEST(bodies_are_found_by_words)
{
	read_bodies();
	tap_table("tests/cases/meeting-bodies.txt", one_title);
	forget();
}
END_TEST

/* ---- what becomes of it ---- */

static struct calendar_entry meeting(const char *uid, const char *on, const char *summary)
{
	return (struct calendar_entry){
		.uid = uid, .original = DAY_NONE, .summary = summary, .day = day(on), .hour = 13,
		.minute = 0, .stamp = INSTANT_NONE, .line = 1,
	};
}

static void add_known(const char *body, const char *on, const char *stop, const char *uid)
{
	known.meetings = arena_grow(&known.arena, known.meetings, known.n_meetings,
	                            &known.cap_meetings, sizeof(*known.meetings));
	known.meetings[known.n_meetings++] = (struct meeting){
		.body = body, .day = day(on), .hour = 9, .minute = 30,
		.stop = stop ? day(stop) : DAY_NONE, .preparation = DAY_NONE, .summons = DAY_NONE,
		.adjusted_by = DAY_NONE, .uid = uid,
	};
	registry_settle(&known);
}

static struct registry into;
static struct complaints complaints;
static struct buf notes;

static void import(struct calendar_entry *entries, size_t n)
{
	struct import_calendar cal = { .file = "m.ics", .read = { .entries = entries, .n_entries = n } };

	registry_init(&into);
	complaints = (struct complaints)COMPLAINTS_INIT;
	notes = (struct buf)BUF_INIT;
	import_calendars(&cal, 1, NULL, &known, &into, &complaints, &notes);
}

static void done(void)
{
	registry_release(&into);
	complaints_release(&complaints);
	buf_release(&notes);
	forget();
}

static const struct meeting *at(const char *body, const char *on)
{
	const struct meeting *found = NULL;

	for (size_t i = 0; i < into.n_meetings; i++)
		if (!strcmp(into.meetings[i].body, body) && into.meetings[i].day == day(on)) {
			ck_assert_ptr_null(found);
			found = &into.meetings[i];
		}
	return found;
}

START_TEST(the_latest_version_counts)
{
	struct calendar_entry e[] = {
		meeting("a", "2027-02-02", "KS"), meeting("a", "2027-02-01", "KS"),
		meeting("b", "2027-03-01", "KS"), meeting("b", "2027-03-02", "KS"),
	};

	read_bodies();
	e[0].sequence = 1;
	e[3].stamp = 1;
	import(e, ARRAY_LEN(e));
	ck_assert_uint_eq(into.n_meetings, 2);
	ck_assert_ptr_nonnull(at("KS", "2027-02-02"));
	ck_assert_ptr_nonnull(at("KS", "2027-03-02"));
	done();
}
END_TEST

START_TEST(one_of_a_series_that_moves_leaves_its_day)
{
	struct calendar_entry e[] = {
		meeting("s", "2027-02-02", "KS"), meeting("s", "2027-02-11", "KS"),
	};

	read_bodies();
	e[0].original = day("2027-02-02");
	e[1].original = day("2027-02-09");
	import(e, ARRAY_LEN(e));
	ck_assert_uint_eq(into.n_meetings, 3);
	ck_assert_str_eq(at("KS", "2027-02-02")->uid, "s#2027-02-02");
	ck_assert_str_eq(at("KS", "2027-02-11")->uid, "s#2027-02-09");
	ck_assert(!at("KS", "2027-02-11")->cancelled);
	ck_assert(at("KS", "2027-02-09")->cancelled);
	ck_assert_ptr_null(at("KS", "2027-02-09")->uid);
	done();
}
END_TEST

START_TEST(a_meeting_that_is_held_counts_before_one_that_is_not)
{
	struct calendar_entry e[] = {
		meeting("a", "2027-02-02", "Inställt: KS"), meeting("b", "2027-02-02", "KS"),
		meeting("c", "2027-02-02", "KS"),
	};

	read_bodies();
	e[2].hour = 8;
	import(e, ARRAY_LEN(e));
	ck_assert_uint_eq(into.n_meetings, 1);
	ck_assert(!into.meetings[0].cancelled);
	ck_assert_int_eq(into.meetings[0].hour, 8);
	done();
}
END_TEST

/* A calendar knows nothing of stop days: a table's stay. */
START_TEST(what_a_table_said_of_the_day_stays)
{
	struct calendar_entry e[] = {
		meeting("a", "2027-02-02", "KS"), meeting("b", "2027-03-02", "KS"),
	};

	read_bodies();
	add_known("KS", "2027-02-02", "2027-01-12", NULL);
	add_known("KS", "2027-03-02", NULL, NULL);
	e[1].hour = e[1].minute = -1;
	import(e, ARRAY_LEN(e));
	ck_assert_int_eq(at("KS", "2027-02-02")->stop, day("2027-01-12"));
	ck_assert_int_eq(at("KS", "2027-02-02")->hour, 13);
	ck_assert_int_eq(at("KS", "2027-03-02")->hour, 9);
	ck_assert_int_eq(at("KS", "2027-03-02")->minute, 30);
	done();
}
END_TEST

START_TEST(stored_meetings_that_are_missing_are_told_of)
{
	struct calendar_entry e[] = {
		meeting("a", "2027-02-02", "KS"), meeting("b", "2027-06-02", "KS"),
		meeting("c", "2027-06-09", "Beredning KS"), meeting("m", "2027-04-20", "KS"),
	};

	read_bodies();
	add_known("KS", "2027-01-12", NULL, NULL); /* before the calendar */
	add_known("KS", "2027-03-09", NULL, NULL);
	add_known("KS", "2027-04-13", NULL, "m"); /* moved */
	add_known("KS", "2027-07-01", NULL, NULL); /* after it */
	add_known("KF", "2027-03-09", NULL, NULL); /* another body's */
	import(e, ARRAY_LEN(e));
	ck_assert_str_eq(notes.data,
	                 "m.ics: 3 meetings, 0 cancelled, 1 skipped (beredning 1)\n"
	                 "? meeting KS 2027-03-09: not in the calendar, still counted: mark it inställt\n");
	done();
}
END_TEST

START_TEST(complaints_name_the_event_once)
{
	struct calendar_entry e[] = {
		meeting("a", "2027-02-02", "Fika"), meeting("a", "2027-02-09", "Fika"),
		meeting("b", "2027-02-09", "Beredning"), meeting("c", "2027-02-09", "KS"),
		meeting("d", "2027-02-09", "KS och KF"), meeting("e", "2027-02-09", "KS flyttat till maj"),
	};

	read_bodies();
	e[0].original = e[0].day;
	e[1].original = e[1].day;
	e[2].line = 9;
	e[2].fault = "is not to be seen: it is skipped";
	e[3].line = 12;
	e[3].fault = "mend it";
	e[4].line = 20;
	e[5].line = 30;
	import(e, ARRAY_LEN(e));
	ck_assert_uint_eq(complaints.n, 4);
	ck_assert_str_eq(complaints.text.data,
	                 "m.ics:1: \"Fika\": names no body of the register: say which body with --body, "
	                 "or export only meetings\n"
	                 "m.ics:12: \"KS\": mend it\n"
	                 "m.ics:20: \"KS och KF\": names several bodies: say which body with --body, or "
	                 "name one in the title\n"
	                 "m.ics:30: \"KS flyttat till maj\": says that it is moved to another day: move "
	                 "the meeting itself, or begin the title with Inställt\n");
	ck_assert_uint_eq(into.n_meetings, 0);
	done();
}
END_TEST

/* As in the store: one meeting a day, and a moved one has left its old day. */
START_TEST(registers_merge_as_the_store_does)
{
	struct calendar_entry e[] = {
		meeting("m", "2027-04-20", "KS"), meeting("n", "2027-05-04", "Inställt: KS"),
	};
	struct registry after;

	read_bodies();
	add_known("KS", "2027-04-13", NULL, "m");
	add_known("KS", "2027-05-04", NULL, NULL);
	add_known("KS", "2027-06-01", NULL, NULL);
	import(e, ARRAY_LEN(e));
	registry_init(&after);
	registry_merge(&after, &known);
	registry_merge(&after, &into);
	registry_settle(&after);
	ck_assert_uint_eq(after.n_meetings, 4);
	ck_assert(after.meetings[0].cancelled);
	ck_assert_ptr_null(after.meetings[0].uid);
	ck_assert(!after.meetings[1].cancelled);
	ck_assert(after.meetings[2].cancelled);
	ck_assert(!after.meetings[3].cancelled);
	registry_release(&after);
	done();
}
END_TEST

START_TEST(files_are_calendars_by_their_end)
{
	ck_assert_int_eq(import_kind_by_file("sammantraden-ks.ics"), IMPORT_MEETINGS);
	ck_assert_int_eq(import_kind_by_file("x/sammantraden.ICS"), IMPORT_MEETINGS);
	ck_assert_int_eq(import_kind_by_file("sammantraden2027.ics"), -1);
	ck_assert_int_eq(import_kind_by_file("roller.ics"), -1);
	ck_assert(import_is_calendar("KS 2027.ics"));
	ck_assert(!import_is_calendar("ics"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("calendar");
	TCase *c = tcase_create("calendar");

	tcase_add_test(c, bodies_are_found_by_words);
	tcase_add_test(c, the_latest_version_counts);
	tcase_add_test(c, one_of_a_series_that_moves_leaves_its_day);
	tcase_add_test(c, a_meeting_that_is_held_counts_before_one_that_is_not);
	tcase_add_test(c, what_a_table_said_of_the_day_stays);
	tcase_add_test(c, stored_meetings_that_are_missing_are_told_of);
	tcase_add_test(c, complaints_name_the_event_once);
	tcase_add_test(c, registers_merge_as_the_store_does);
	tcase_add_test(c, files_are_calendars_by_their_end);
	suite_add_tcase(s, c);
	return tap_run(s);
}
