/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The same dates by libical's recurrence iterator.
 *
 *	peer-ical RULES DATES
 *
 * Prints how many, 0, the seconds without reading and writing, and the memory,
 * as bench-due does; "peer-ical --version" the library's version.
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { LONGEST = 256 };

struct asked {
	struct icalrecurrencetype rule;
	struct icaltimetype from, after, found;
};

/* Not from icaltime_null_date(): its hours are −1, and dates come out wrong. */
static struct icaltimetype day_of(int y, int m, int d)
{
	return (struct icaltimetype){ .year = y, .month = m, .day = d, .is_date = 1 };
}

static struct asked *read_rules(const char *path, size_t *n)
{
	FILE *f = fopen(path, "r");
	struct asked *all = NULL;
	char line[LONGEST], rule[LONGEST];
	size_t cap = 0;
	int a[3], b[3];

	*n = 0;
	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%255s %d-%d-%d %d-%d-%d", rule, &a[0], &a[1], &a[2], &b[0], &b[1],
		           &b[2]) != 7)
			continue;
		if (*n == cap) {
			cap = cap ? cap * 2 : 1024;
			all = realloc(all, cap * sizeof(*all));
			if (!all)
				abort();
		}
		all[*n].rule = icalrecurrencetype_from_string(rule);
		all[*n].from = day_of(a[0], a[1], a[2]);
		all[(*n)++].after = day_of(b[0], b[1], b[2]);
	}
	if (f)
		fclose(f);
	return all;
}

static void find(struct asked *q)
{
	icalrecur_iterator *it = icalrecur_iterator_new(q->rule, q->from);

	q->found = icaltime_null_time();
	if (!it)
		return;
	/* Else it would walk all the way from the beginning. */
	if (icaltime_compare(q->after, q->from) > 0)
		icalrecur_iterator_set_start(it, q->after);
	do
		q->found = icalrecur_iterator_next(it);
	while (!icaltime_is_null_time(q->found) && icaltime_compare(q->found, q->after) <= 0);
	icalrecur_iterator_free(it);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct rusage use;
	size_t n;

	if (argc == 2 && !strcmp(argv[1], "--version")) {
		puts(ICAL_VERSION);
		return 0;
	}
	if (argc != 3) {
		fputs("usage: peer-ical RULES DATES\n", stderr);
		return 2;
	}
	struct asked *all = read_rules(argv[1], &n);
	FILE *out = fopen(argv[2], "w");
	if (!n || !out) {
		fputs("peer-ical: no rules, or nowhere to write\n", stderr);
		return 1;
	}
	double begun = now();
	for (size_t i = 0; i < n; i++)
		find(&all[i]);
	double took = now() - begun;
	for (size_t i = 0; i < n; i++)
		fprintf(out, "%04d-%02d-%02d\n", all[i].found.year, all[i].found.month,
		        all[i].found.day);
	getrusage(RUSAGE_SELF, &use);
	printf("%zu 0 %.6f %ld\n", n, took, use.ru_maxrss);
	free(all);
	return fclose(out) ? 1 : 0;
}
