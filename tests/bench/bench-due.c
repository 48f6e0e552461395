/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How long it takes to compute due dates. run-due.py runs it beside others.
 *
 *	bench-due registers TOWNS ITEMS MEETINGS   invented registers, one after another
 *	bench-due rules COUNT RULES DATES          plain rules; writes them, and their dates
 *
 * Prints one line: how many dates, the seconds for reading the rules' words
 * and for the dates, and the most memory that was held at once, in KiB.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/due.h"
#include "tests/bench/synthetic.h"
#include "tests/bench/timed.h"

enum { BATCH = 1000 }; /* items between two resets of the arena */

static void report(size_t n, double words, double dates)
{
	printf("%zu %.6f %.6f %ld\n", n, words, dates, timed_peak());
}

/* Something that depends on every date, so that none can be left out. */
static uint32_t compute_all(const struct registry *r, dayno today)
{
	struct arena a = ARENA_INIT;
	uint32_t sum = 0;

	for (size_t i = 0; i < r->n_items; i++) {
		struct due due;
		due_compute(r, &r->items[i], today, &a, &due);
		sum = sum * 31 + (uint32_t)due.due + (uint32_t)due.act_by;
		if (i % BATCH == BATCH - 1)
			arena_release(&a);
	}
	arena_release(&a);
	return sum;
}

static int registers(size_t towns, size_t items, size_t meetings)
{
	double words = 0, dates = 0;
	uint32_t sum = 0;

	for (size_t t = 0; t < towns; t++) {
		struct synthetic wish = { .seed = (uint32_t)t + 1, .items = items, .meetings = meetings };
		struct registry r;

		registry_init(&r);
		synthetic_town(&r, &wish);
		double begun = timed_now();
		registry_index(&r);
		double indexed = timed_now();
		sum += compute_all(&r, date_of(2027, 1, 11));
		dates += timed_now() - indexed;
		words += indexed - begun;
		registry_release(&r);
	}
	fprintf(stderr, "checksum %08x\n", sum);
	report(towns * items, words, dates);
	return 0;
}

static int write_rules(const char *path, const struct plain_rule *p, size_t n)
{
	FILE *f = fopen(path, "w");
	char anchor[DATE_TEXT], after[DATE_TEXT];

	if (!f)
		return -1;
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%s %s %s %d\n", p[i].recur, date_text(p[i].anchor, anchor),
		        date_text(p[i].after, after), p[i].same);
	return fclose(f);
}

static int write_dates(const char *path, const dayno *day, size_t n)
{
	FILE *f = fopen(path, "w");
	char text[DATE_TEXT];

	if (!f)
		return -1;
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%s\n", date_text(day[i], text));
	return fclose(f);
}

/* An item for each rule: what peers do in one step is here the whole of a due
 * date, with its reason, its status and the day the work must be ready. */
static struct item *items_of(struct arena *a, const struct plain_rule *p, size_t n)
{
	struct item *items = arena_alloc(a, n * sizeof(*items));

	for (size_t i = 0; i < n; i++) {
		items[i] = item_blank();
		items[i].id = "I";
		items[i].reviewed = p[i].anchor;
		rules_add(a, &items[i].rules, p[i].rule);
	}
	return items;
}

static int rules(size_t n, const char *rules_path, const char *dates_path)
{
	enum { TIMES = 20 };
	struct arena kept AUTO(arena_release) = ARENA_INIT;
	struct registry r AUTO(registry_release);
	struct plain_rule *p = arena_alloc(&kept, n * sizeof(*p));
	dayno *day = arena_alloc(&kept, n * sizeof(*day));
	uint32_t seed = 20270111;

	registry_init(&r);
	registry_index(&r);
	for (size_t i = 0; i < n; i++)
		synthetic_rule(&seed, &p[i]);
	const struct item *items = items_of(&kept, p, n);
	double begun = timed_now();
	for (int k = 0; k < TIMES; k++) {
		struct arena a = ARENA_INIT;
		for (size_t i = 0; i < n; i++) {
			struct due due;
			due_compute(&r, &items[i], date_of(2027, 1, 11), &a, &due);
			day[i] = due.due;
			if (i % BATCH == BATCH - 1)
				arena_release(&a);
		}
		arena_release(&a);
	}
	report(n * TIMES, 0, timed_now() - begun);
	return write_rules(rules_path, p, n) || write_dates(dates_path, day, n);
}

static size_t number(const char *text)
{
	return (size_t)strtoul(text, NULL, 10);
}

int main(int argc, char **argv)
{
	if (argc == 5 && !strcmp(argv[1], "registers"))
		return registers(number(argv[2]), number(argv[3]), number(argv[4]));
	if (argc == 5 && !strcmp(argv[1], "rules")) {
		if (!rules(number(argv[2]), argv[3], argv[4]))
			return 0;
		perror("bench-due");
		return 1;
	}
	fputs("usage: bench-due registers TOWNS ITEMS MEETINGS\n"
	      "       bench-due rules COUNT RULES DATES\n", stderr);
	return 2;
}
