/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The daemon's loop on a clock that is not the machine's: days go by in a moment, with
 * sleeps, steps of the clock and mail at random. SEED and DAYS may be set.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/wakeup.h"
#include "src/app/loop.h"
#include "tests/tap.h"

enum { MORNING = 7, MOST_DAYS = 4000 };

struct world {
	instant now, end;
	dayno first;
	bool suspends, steps, fails, mail;
	unsigned int seed;
	int passes, sleeps, stepped_back;
	bool written[MOST_DAYS]; /* days with a pass that writes letters */
	bool awake[MOST_DAYS];   /* a minute at least of the time when it should have */
	instant last_pass;
};

static int one_of(struct world *w, int n)
{
	return rand_r(&w->seed) % n;
}

static instant now(void *ctx)
{
	return ((struct world *)ctx)->now;
}

static int letters_from(void *ctx)
{
	(void)ctx;
	return MORNING;
}

static void pass(void *ctx, instant at, struct loop_left *out)
{
	struct world *w = ctx;
	struct wall wall = zone_wall(at);
	dayno day = wall.day - w->first;

	ck_assert(day >= 0 && day < MOST_DAYS);
	if (wall.hour >= MORNING)
		w->written[day] = true;
	w->passes++;
	w->last_pass = at;
	w->now += one_of(w, 5);
	out->failed = w->fails && one_of(w, 3) == 0;
	out->left = one_of(w, 50) == 0;
	if (one_of(w, 10) == 0)
		out->retry = at + one_of(w, 20000) - 100;
}

static enum loop_woken nap(void *ctx, int seconds, instant next)
{
	struct world *w = ctx;
	instant before = w->now;
	struct wall wall;

	ck_assert(seconds >= 1 && seconds <= LOOP_SLEEP_S);
	ck_assert(next > w->now);
	w->sleeps++;
	if (w->mail && one_of(w, 200) == 0) {
		w->now += one_of(w, seconds + 1);
		return LOOP_LOOK;
	}
	w->now += seconds;
	if (w->suspends && one_of(w, 2000) == 0)
		w->now += one_of(w, 3 * 86400);
	if (w->steps && one_of(w, 3000) == 0) {
		int step = one_of(w, 4 * 3600) - 2 * 3600;

		w->now += step;
		w->stepped_back += step < 0;
	}
	wall = zone_wall(w->now);
	/* awake over a minute's end: by then a pass must have been */
	if (wall.hour >= MORNING && wall.day == zone_wall(before).day && wall.day >= w->first
	    && zone_wall(before).hour >= MORNING)
		w->awake[wall.day - w->first] = true;
	return w->now >= w->end ? LOOP_END : LOOP_TIME;
}

static void live(struct world *w, const char *from, int days)
{
	static const struct loop_ops ops = {
		.now = now, .letters_from = letters_from, .pass = pass, .sleep = nap,
	};

	ck_assert(zone_parse(from, &w->now));
	w->first = zone_wall(w->now).day - 1; /* the clock may be put back over midnight */
	w->end = w->now + (instant)days * 86400;
	w->seed = getenv("SEED") ? (unsigned int)atoi(getenv("SEED")) : 1;
	loop_run(&ops, w);
	for (int i = 0; i < days; i++)
		ck_assert_msg(!w->awake[i] || w->written[i], "day %d: it was awake, and wrote no letters", i);
	printf("# %d passes, %d sleeps in %d days\n", w->passes, w->sleeps, days);
}

START_TEST(quiet_days_cost_little)
{
	static struct world w;

	live(&w, "2027-01-11T08:00:00+01:00", 10);
	ck_assert_int_ge(w.passes, 10 * 24);
	ck_assert_int_le(w.passes, 10 * (24 + 40)); /* with what its passes left */
	ck_assert_int_le(w.sleeps, 10 * 24 * 70);
}
END_TEST

START_TEST(a_machine_that_sleeps)
{
	static struct world w = { .suspends = true, .fails = true };

	live(&w, "2027-01-11T08:00:00+01:00", 10);
}
END_TEST

START_TEST(a_clock_that_is_set)
{
	static struct world w = { .suspends = true, .steps = true, .mail = true };

	live(&w, "2027-01-11T08:00:00+01:00", 10);
}
END_TEST

/* Nights of 23 and 25 hours, leap days, ten times the clock of a year. */
START_TEST(years_of_everything)
{
	static struct world w = { .suspends = true, .steps = true, .mail = true, .fails = true };

	live(&w, "2027-01-11T08:00:00+01:00", getenv("DAYS") ? atoi(getenv("DAYS")) : 900);
	ck_assert_int_gt(w.stepped_back, 10);
}
END_TEST

/* However often there is something to see, there is a breath between passes. */
static enum loop_woken always_look(void *ctx, int seconds, instant next)
{
	struct world *w = ctx;

	(void)next;
	w->sleeps++;
	ck_assert_int_ge(seconds, 1);
	if (w->now - w->last_pass >= LOOP_BREATH_S)
		ck_abort_msg("it breathes too long");
	w->now++;
	return w->now >= w->end ? LOOP_END : LOOP_LOOK;
}

static void quick_pass(void *ctx, instant at, struct loop_left *out)
{
	struct world *w = ctx;

	(void)out;
	w->passes++;
	w->last_pass = at;
}

START_TEST(a_flood_of_mail)
{
	static const struct loop_ops ops = {
		.now = now, .letters_from = letters_from, .pass = quick_pass, .sleep = always_look,
	};
	struct world w = { .now = 1799650800, .end = 1799650800 + 600 };

	loop_run(&ops, &w);
	ck_assert_int_ge(w.passes, 600 / LOOP_BREATH_S - 1);
	ck_assert_int_le(w.passes, 600 / LOOP_BREATH_S + 1);
}
END_TEST

/* The configuration is read anew in a sleep, at noon of the first day. */
static int letters_earlier(void *ctx)
{
	struct world *w = ctx;
	struct wall wall = zone_wall(w->now);

	return wall.day == w->first && wall.hour < 12 ? MORNING : MORNING - 2;
}

static void pass_at_the_hour(void *ctx, instant at, struct loop_left *out)
{
	struct world *w = ctx;
	struct wall wall = zone_wall(at);

	(void)out;
	if (wall.hour == MORNING - 2 && !wall.minute && !wall.second)
		w->written[wall.day - w->first] = true;
}

static enum loop_woken only_sleep(void *ctx, int seconds, instant next)
{
	struct world *w = ctx;

	(void)next;
	w->now += seconds;
	return w->now >= w->end ? LOOP_END : LOOP_TIME;
}

START_TEST(another_hour_counts_from_the_next_day)
{
	static const struct loop_ops ops = {
		.now = now, .letters_from = letters_earlier, .pass = pass_at_the_hour, .sleep = only_sleep,
	};
	static struct world w;

	ck_assert(zone_parse("2027-01-11T08:10:00+01:00", &w.now));
	w.first = zone_wall(w.now).day;
	w.end = w.now + 2 * 86400;
	loop_run(&ops, &w);
	ck_assert(w.written[1] && w.written[2]);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("app/loop");
	TCase *t = tcase_create("loop");
	suite_add_tcase(s, t);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, quiet_days_cost_little);
	tcase_add_test(t, a_machine_that_sleeps);
	tcase_add_test(t, a_clock_that_is_set);
	tcase_add_test(t, years_of_everything);
	tcase_add_test(t, a_flood_of_mail);
	tcase_add_test(t, another_hour_counts_from_the_next_day);
	return tap_run(s);
}
