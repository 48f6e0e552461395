/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mail out as a pass makes it: letters that are due, to as many people, written into
 * the outbox and, where a server is named, handed over to it, all of it on the disk.
 *
 *	bench-outbound FOLDER LETTERS [PORT]
 *
 * FOLDER gets a database of its own, which must not be there yet; PORT is of an SMTP
 * server on this machine. Prints how many letters, the seconds until they were
 * written, the seconds until they were accepted, and the peak of the memory in KiB.
 * Its own arguments make it the reader and the courier.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/app.h"
#include "app/pass.h"
#include "tests/bench/people.h"
#include "tests/bench/timed.h"

/* In a process of its own: its memory is not the pass's. */
static void make_apart(const char *path, size_t letters)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		people_make(path, letters);
		exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status)
		exit(1);
}

static void configure(const char *database, const char *port, struct config *c)
{
	struct buf text AUTO(buf_release) = BUF_INIT;
	struct err e = ERR_INIT;

	buf_str(&text, "ceiling = 1000000\n");
	if (port)
		buf_fmt(&text, "out {\n\ttransport = \"smtp\"\n\thost = \"localhost\"\n\tport = %s\n"
		        "\ttls = \"none\"\n\tconnections = 4\n}\n", port);
	timed_check(config_parse("bench-outbound", &text, database, c, &e), &e);
	c->fixed_secret = true;
}

/* Without a server there is nothing to start beside the pass: a profiler sees all of it. */
static int open_pass(struct pass *p, const struct config *c, struct store *s, bool hands_over,
                     struct err *e)
{
	uint8_t secret[DIGEST_SIZE];

	if (hands_over)
		return pass_open(p, c, s, true, e);
	*p = (struct pass){ .config = c, .store = s, .simulated = true };
	registry_init(&p->registry);
	memset(secret, 0x5a, sizeof(secret));
	if (store_lock(s, e) || store_secret(s, secret, secret, e))
		return -1;
	p->key = digest_key_new(secret, sizeof(secret));
	return store_load_settings(s, &p->registry, e);
}

static double timed(int (*step)(struct pass *p, struct err *e), struct pass *p)
{
	struct err e = ERR_INIT;
	double begun = timed_now();

	timed_check(step(p, &e), &e);
	return timed_now() - begun;
}

int main(int argc, char **argv)
{
	struct buf path AUTO(buf_release) = BUF_INIT;
	bool hands_over = argc == 4;
	struct err e = ERR_INIT;
	struct config c;
	struct store *s;
	struct pass p;

	if (argc == 2)
		return app_main(argc, argv);
	if (argc != 3 && !hands_over)
		return 2;
	buf_fmt(&path, "%s/outbound.db", argv[1]);
	make_apart(path.data, (size_t)strtoul(argv[2], NULL, 10));
	configure(path.data, hands_over ? argv[3] : NULL, &c);
	timed_check(store_open(path.data, 0, &s, &e), &e);
	timed_check(open_pass(&p, &c, s, hands_over, &e), &e);
	p.today = PEOPLE_TODAY;
	p.now = zone_instant(PEOPLE_TODAY, 8, 0, 0);
	double written = timed(pass_write, &p), accepted = hands_over ? timed(pass_submit, &p) : 0;
	struct pass_report done = p.report;
	pass_close(&p);
	config_release(&c);
	printf("%d %.6f %.6f %ld\n", done.letters, written, accepted, timed_peak());
	return done.letters != atoi(argv[2]) || (hands_over && done.accepted != done.letters);
}
