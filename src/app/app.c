/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "app/app.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/courier.h"
#include "app/reader.h"
#include "service.h"
#include "src/app/command-line.h"

static void usage(FILE *out)
{
	struct buf commands AUTO(buf_release) = BUF_INIT;

	fputs("oversyn: periodic reviews by mail for Swedish municipalities\n\nusage: oversyn [OPTION…] COMMAND [ARGUMENT…]\n\n", out);
	command_help(&commands);
	fputs(commands.data, out);
	fputs("\noptions\n"
	      "  --db FILE       the database\n"
	      "  --config FILE   the configuration (oversyn.conf(5))\n"
	      "  --now=INSTANT   act as if it were then: 2027-01-11T08:00:00+01:00\n"
	      "  --lang sv|en    language of tables and explanations\n"
	      "  --json          one object per line, for programs\n\n"
	      "exit status: 0 done, 1 something was found, 2 usage, 3 try again, 4 refused for safety\n",
	      out);
}

static int run(const struct options *o, struct err *e)
{
	const struct command *c = command_line(o, e);

	if (!c)
		return -1;
	if (o->json && !command_has_json(c, o))
		fprintf(stderr, "oversyn: %s has no JSON%s: what it prints is text\n", o->command,
		        c->json == JSON_DRY_RUN ? " without --dry-run" : "");
	return c->run(o, e);
}

/* "oversyn due | head": whoever read it has seen enough. */
static bool nobody_reads(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO };

	return poll(&out, 1, 0) == 1 && out.revents & POLLERR;
}

int app_main(int argc, char **argv)
{
	struct options o;
	struct err e = ERR_INIT;
	enum log_level least = LOG_WARNING; /* what a person at a terminal is told */

	if (argc == 2 && !strcmp(argv[1], READER_ARGUMENT))
		return reader_serve(STDIN_FILENO, STDOUT_FILENO);
	if (argc == 2 && !strcmp(argv[1], COURIER_ARGUMENT))
		return courier_serve(STDIN_FILENO);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	log_to(service_log, &least);
	int failed = options_parse(argc, argv, &o, &e);
	if (!failed && (o.help || o.version)) {
		if (o.help)
			usage(stdout);
		else
			puts("oversyn " PACKAGE_VERSION);
	} else if (!failed) {
		failed = run(&o, &e);
	}
	options_release(&o);
	if (!failed && (fflush(stdout) || ferror(stdout)) && !nobody_reads())
		failed = err_set(&e, ERR_OUTSIDE, "standard output cannot be written");
	if (!failed)
		return 0;
	if (*e.text)
		fprintf(stderr, "oversyn: %s\n", e.text);
	return e.kind ? (int)e.kind : ERR_OUTSIDE;
}
