/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a pass costs that finds nothing to do, and one that finds a hundred items
 * awake, in registers of different sizes. run-tick.py runs it.
 *
 *	bench-tick make FILE ITEMS     a database of so many items, all asleep
 *	bench-tick idle FILE TIMES     microseconds for asking what is awake
 *	bench-tick busy FILE TIMES     the same, with 100 awake that are loaded, planned
 *	                               and put to sleep again
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/plan.h"
#include "store/store.h"
#include "tests/bench/synthetic.h"

enum { TODAY = 20829 /* 2027-01-11 */, FAR = TODAY + 400, AWAKE = 100 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void check(int failed, const struct err *e)
{
	if (!failed)
		return;
	fprintf(stderr, "bench-tick: %s\n", e->text);
	exit(1);
}

static void put_to_sleep(struct store *s, struct registry *r, size_t n, dayno day)
{
	struct look *looks = calloc(n + 1, sizeof(*looks));
	struct err e = ERR_INIT;

	for (size_t i = 0; i < n; i++)
		looks[i] = (struct look){ .item = r->items[i].id, .next = day };
	check(store_sleep(s, TODAY, looks, n, &e), &e);
	free(looks);
}

static void make(const char *path, size_t items)
{
	struct synthetic wish = { .seed = 1, .items = items, .meetings = 100 };
	struct import_report report = { .text = BUF_INIT };
	struct err e = ERR_INIT;
	struct registry r;
	struct store *s;
	size_t awake;

	check(store_open(path, STORE_CREATE | STORE_VOLATILE, &s, &e), &e);
	registry_init(&r);
	synthetic_town(&r, &wish);
	registry_settle(&r);
	check(store_import(s, &r, (instant)TODAY * 86400, &report, &e), &e);
	check(store_wake(s, TODAY, &awake, &e), &e);
	put_to_sleep(s, &r, r.n_items, FAR);
	buf_release(&report.text);
	registry_release(&r);
	store_close(s);
}

static void idle(const char *path, int times)
{
	struct err e = ERR_INIT;
	struct store *s;
	size_t awake = 0;

	check(store_open(path, STORE_VOLATILE, &s, &e), &e);
	double begun = now();
	for (int i = 0; i < times; i++)
		check(store_wake(s, TODAY, &awake, &e), &e);
	printf("%.3f %zu\n", (now() - begun) / times, awake);
	store_close(s);
}

static void one_busy_pass(struct store *s)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct err e = ERR_INIT;
	struct reviews reviews;
	struct letters letters;
	struct questions asked;
	struct registry r;
	struct plan plan;
	size_t awake;

	registry_init(&r);
	check(store_wake(s, FAR, &awake, &e) || store_load_awake(s, FAR, &r, &e) ||
	      store_awake_reviews(s, &a, FAR, &reviews, &e) ||
	      store_awake_letters(s, &a, FAR, &letters, &e) ||
	      store_awake_questions(s, &a, FAR, &asked, &e), &e);
	struct plan_input in = {
		.registry = &r, .reviews = reviews.at, .n_reviews = reviews.n, .letters = letters.at,
		.n_letters = letters.n, .asked = asked.at, .n_asked = asked.n, .today = FAR,
	};
	plan_pass(&in, &a, &plan);
	struct look *looks = arena_alloc(&a, (plan.n_looks + 1) * sizeof(*looks));
	for (size_t i = 0; i < plan.n_looks; i++)
		looks[i] = (struct look){ .item = plan.looks[i].item->id, .next = FAR };
	check(store_sleep(s, FAR, looks, plan.n_looks, &e), &e);
	registry_release(&r);
}

/* The first hundred wake the day before the others do. */
static void busy(const char *path, int times)
{
	struct err e = ERR_INIT;
	struct registry r;
	struct store *s;
	size_t awake;

	check(store_open(path, STORE_VOLATILE, &s, &e), &e);
	registry_init(&r);
	check(store_wake(s, FAR, &awake, &e) || store_load_awake(s, FAR, &r, &e), &e);
	struct look *looks = calloc(r.n_items + 1, sizeof(*looks));
	for (size_t i = 0; i < r.n_items; i++)
		looks[i] = (struct look){ .item = r.items[i].id, .next = i < AWAKE ? FAR : FAR + 400 };
	check(store_sleep(s, FAR, looks, r.n_items, &e), &e);
	free(looks);
	registry_release(&r);
	double begun = now();
	for (int i = 0; i < times; i++)
		one_busy_pass(s);
	printf("%.3f %d\n", (now() - begun) / times, AWAKE);
	store_close(s);
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "make"))
		make(argv[2], (size_t)strtoul(argv[3], NULL, 10));
	else if (argc == 4 && !strcmp(argv[1], "idle"))
		idle(argv[2], atoi(argv[3]));
	else if (argc == 4 && !strcmp(argv[1], "busy"))
		busy(argv[2], atoi(argv[3]));
	else
		return 2;
	return 0;
}
