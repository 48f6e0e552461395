/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mail in as a pass takes it: fetched, kept, read in the reader, understood, applied
 * and answered, all of it on the disk.
 *
 *	bench-ingest CONFIG DATABASE NOW MAILS
 *
 * NOW in seconds since 1970. Prints how many mails, the seconds until they were kept
 * and put away, the seconds in all, and the peak of the memory in KiB, of this
 * process or a child of its. Its own arguments make it the reader and the courier.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "app/app.h"
#include "app/pass.h"
#include "tests/bench/timed.h"

/* A profiler is itself what /proc/self/exe leads to, though it says that we are: the
 * reader is to be us, and runs outside it. */
int execve(const char *path, char *const argv[], char *const env[])
{
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[len > 0 ? len : 0] = '\0';
	return (int)syscall(SYS_execve, len > 0 ? self : path, argv, env);
}

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	struct config c;
	struct rusage children;
	struct store *s;
	struct pass p;

	if (argc == 2)
		return app_main(argc, argv);
	if (argc != 5)
		return 2;
	timed_check(config_read(argv[1], argv[2], &c, &e), &e);
	timed_check(store_open(argv[2], 0, &s, &e), &e);
	timed_check(pass_open(&p, &c, s, true, &e), &e);
	p.now = strtoll(argv[3], NULL, 10);
	p.today = zone_wall(p.now).day;
	double begun = timed_now();
	timed_check(pass_fetch(&p, &e), &e);
	double kept = timed_now();
	timed_check(pass_read(&p, &e), &e);
	double done = timed_now();
	struct pass_report r = p.report;
	pass_close(&p);
	config_release(&c);
	long own = timed_peak();
	getrusage(RUSAGE_CHILDREN, &children);
	printf("%d %.6f %.6f %ld\n", r.fetched, kept - begun, done - begun,
	       own > children.ru_maxrss ? own : children.ru_maxrss);
	fprintf(stderr, "signed %d, answered %d, kept %d, for the coordinator %d\n", r.signed_off,
	        r.answered, r.kept, r.coordinator);
	return r.fetched != atoi(argv[4]);
}
