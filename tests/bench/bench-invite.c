/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Invitations written:
 *
 *	bench-invite ours|libical TIMES
 *	bench-invite --version
 *
 * Prints how many, the bytes of one, the seconds, and the peak of the memory in KiB.
 * Both write the same, and libical must read both as the same, or it fails.
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "tests/cal/libical-invite.h"
#include "tests/bench/timed.h"

static struct invite sample(int n)
{
	return (struct invite){
		.uid = "gr-7f3a9c52e1b84d0f-2027@granskning.tallvinge.example",
		.sequence = n % 7, .stamp = 1799046900 + n, .created = 1799046900,
		.day = date_of(2027, 3, 15) + n % 300, .hour = 9, .minutes = 60,
		.summary = "Granska Rutin för hantering av informationssäkerhetsincidenter",
		.description = "Du behöver granska Rutin för hantering av incidenter senast fredagen den "
			"5 mars 2027.\nSvara på mejlet; att tacka ja räknas inte som ett godkännande.",
		.organizer_name = "Tallvinge kommun", .organizer = "oversyn@tallvinge.example",
		.attendee_name = "Åsa Öberg", .attendee = "asa.oberg@tallvinge.example", .language = "sv",
	};
}

static void write_one(bool ours, int n, struct buf *out)
{
	struct invite i = sample(n);
	struct err e = ERR_INIT;

	if (!ours) {
		libical_invite(&i, false, out);
	} else if (invite_request(&i, out, &e)) {
		fprintf(stderr, "bench-invite: %s\n", e.text);
		exit(1);
	}
}

static bool same(int n)
{
	struct buf ours AUTO(buf_release) = BUF_INIT, theirs AUTO(buf_release) = BUF_INIT;

	write_one(true, n, &ours);
	write_one(false, n, &theirs);
	return libical_same(ours.data, theirs.data);
}

int main(int argc, char **argv)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct rusage used;

	if (argc == 2 && !strcmp(argv[1], "--version")) {
		puts(ICAL_VERSION);
		return 0;
	}
	if (argc != 3)
		return 2;
	int times = atoi(argv[2]);
	bool ours = !strcmp(argv[1], "ours");
	for (int n = 0; n < 50; n++)
		if (!same(n)) {
			fprintf(stderr, "bench-invite: libical reads another invitation\n");
			return 1;
		}
	double begun = timed_now();
	for (int n = 0; n < times; n++) {
		buf_clear(&b);
		write_one(ours, n, &b);
	}
	double took = timed_now() - begun;
	getrusage(RUSAGE_SELF, &used);
	printf("%d %zu %.6f %ld\n", times, b.len, took, used.ru_maxrss);
	return 0;
}
