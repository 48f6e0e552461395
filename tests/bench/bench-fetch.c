/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A whole mailbox by our own receiver, and nothing done with it:
 *
 *	bench-fetch PORT USER PASSWORD MAILS [CA]
 *
 * With CA over TLS. The mailbox is opened and read once to warm up, the server too, and
 * once more with the clock running, as the daemon reads one that it has open: those beside
 * it do the same. Prints how many mails, bytes per mail, the seconds, and the peak of the
 * memory in KiB.
 */
#include <stdio.h>
#include <stdlib.h>

#include "net/transport.h"
#include "tests/bench/timed.h"

struct count {
	size_t mails;
	uint64_t bytes;
};

static int count(void *ctx, const struct fetched *m, struct err *e)
{
	struct count *c = ctx;

	(void)e;
	c->mails++;
	c->bytes += m->len;
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 5) {
		fprintf(stderr, "usage: bench-fetch PORT USER PASSWORD MAILS [CA]\n");
		return 2;
	}
	struct server s = {
		.host = "localhost", .port = (uint16_t)atoi(argv[1]), .user = argv[2], .password = argv[3],
		.tls = argc > 5 ? TLS_IMPLICIT : TLS_NONE, .ca_file = argc > 5 ? argv[5] : NULL,
	};
	struct count c = { 0 };
	struct receiver *r;
	struct err e = ERR_INIT;

	timed_check(receiver_imap(&s, "INBOX", "Handled", &r, &e) || receiver_fetch(r, 25 << 20, count, &c, &e), &e);
	c = (struct count){ 0 };
	double begun = timed_now();
	timed_check(receiver_fetch(r, 25 << 20, count, &c, &e), &e);
	double took = timed_now() - begun;
	receiver_free(r);
	printf("%zu %.0f %.6f %ld\n", c.mails, (double)c.bytes / (double)(c.mails ? c.mails : 1), took, timed_peak());
	return c.mails != (size_t)atol(argv[4]);
}
