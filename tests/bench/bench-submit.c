/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How fast our sender hands mail over, with nothing stored.
 *
 *	bench-submit PORT CA LETTERS BYTES CONNECTIONS
 *
 * To localhost: with TLS from the first byte where CA names a file, in the clear where
 * it is "-". Prints the line of letter_report(); the time is all of it, logins too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/transport.h"
#include "tests/bench/letters.h"
#include "tests/bench/timed.h"

static size_t accepted;

static int count(void *ctx, size_t i, const struct submit_result *r)
{
	(void)ctx;
	(void)i;
	if (r->verdict == SUBMIT_ACCEPTED)
		accepted++;
	else
		fprintf(stderr, "bench-submit: %s\n", r->answer);
	return r->verdict != SUBMIT_ACCEPTED;
}

int main(int argc, char **argv)
{
	struct buf letter = BUF_INIT;
	struct err e = ERR_INIT;
	struct sender *s;

	if (argc != 6) {
		fprintf(stderr, "usage: bench-submit PORT CA LETTERS BYTES CONNECTIONS\n");
		return 2;
	}
	bool tls = strcmp(argv[2], "-") != 0;
	struct server to = { .host = "localhost", .port = (uint16_t)atoi(argv[1]),
		.tls = tls ? TLS_IMPLICIT : TLS_NONE, .ca_file = tls ? argv[2] : NULL,
		.connections = atoi(argv[5]) };
	size_t n = strtoul(argv[3], NULL, 10);
	double begun = timed_now();
	letter_write(&letter, strtoul(argv[4], NULL, 10));
	struct submission *m = calloc(n + 1, sizeof(*m));
	for (size_t i = 0; i < n; i++)
		m[i] = (struct submission){ .from = LETTER_FROM, .to = LETTER_TO, .bytes = letter.data,
			.len = letter.len, .message_id = "<bench@kommun.example>" };
	if (sender_smtp(&to, "bench.example", &s, &e)) {
		fprintf(stderr, "bench-submit: %s\n", e.text);
		return 1;
	}
	double sent = timed_now();
	sender_submit_many(s, m, n, count, NULL);
	double done = timed_now();
	sender_free(s);
	letter_report(accepted, sent - begun, done - sent);
	free(m);
	buf_release(&letter);
	return accepted == n ? 0 : 1;
}
