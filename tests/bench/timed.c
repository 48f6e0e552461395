/* SPDX-License-Identifier: EUPL-1.2 */
#include "timed.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double timed_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void timed_check(int failed, const struct err *e)
{
	if (!failed)
		return;
	fprintf(stderr, "%s\n", e->text);
	exit(1);
}

long timed_peak(void)
{
	char line[128];
	long kib = 0;
	FILE *f = fopen("/proc/self/status", "r");

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "VmHWM: %ld", &kib) == 1)
			break;
	if (f)
		fclose(f);
	return kib;
}
