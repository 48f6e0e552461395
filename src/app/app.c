/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "app/app.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/courier.h"
#include "app/reader.h"
#include "service.h"

static const struct command {
	const char *name, *args, *does;
	int (*run)(const struct options *o, struct err *e);
} commands[] = {
	{ "demo", "[DIR]", "a year of the model municipality, on local Maildirs", command_demo },
	{ "init", "", "make an empty database", command_init },
	{ "import", "FOLDER | KIND FILE… [--body B] [--overwrite]", "read registers into the database", command_import },
	{ "check", "", "findings on register and templates", command_check },
	{ "header", "FILE", "what a governing document's first page says", command_header },
	{ "due", "[--on D] [--within N]", "when each item is due", command_due },
	{ "why", "ITEM", "how a due date came about", command_why },
	{ "tick", "[--dry-run]", "one pass: read mail, write what is due, send", command_tick },
	{ "run", "", "the daemon: passes when they are to be, and when mail comes", command_run },
	{ "read", "FILE [--sent FILE]", "how a mail would be understood", command_read },
	{ "outbox", "[open|retry|hold|release|cancel]", "mail on its way out", command_outbox },
	{ "inbox", "[open | NO] | settle NO REASON", "mail that came in, and what became of it", command_inbox },
	{ "show", "REF", "a letter, a review or an item, with its record", command_show },
	{ "status", "", "how each committee stands", command_status },
	{ "plan", "[--by week|body|role] [--level]", "the time to come: reviews and letters", command_plan },
	{ "record", "ITEM DATE § [--unadjusted] [--outcome O] [--registry-no NO]", "a committee's decision that came by other ways", command_record },
	{ "record", "answer REF WORDS…", "what somebody who was asked has said by telephone", command_record },
	{ "record", "alive ADDRESS", "an address that exists after all", command_record },
	{ "trigger", "EVENT DATE [ITEM…]", "what happened, or when a cycle falls", command_trigger },
	{ "deficiencies", "", "what employees have reported, and how it stands", command_deficiencies },
	{ "deficiency", "close|mistaken REF REASON", "or: incident REF, concerns REF ITEM", command_deficiency },
	{ "doctor", "[--no-mail] [--wait SECONDS]", "try everything the program depends on", command_doctor },
	{ "backup", "FILE", "a copy of the database, looked through", command_backup },
	{ "restore", "FILE", "put a copy in the database's place", command_restore },
	{ "verify", "[HEAD]", "walk the record's chain, and find a head that was kept", command_verify },
};

static void usage(FILE *out)
{
	fputs("oversyn: periodic reviews by mail for Swedish municipalities\n\nusage: oversyn [OPTION…] COMMAND [ARGUMENT…]\n\n", out);
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		fprintf(out, "  %-12s %-28s %s\n", commands[i].name, commands[i].args, commands[i].does);
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
	if (!o->command)
		return err_set(e, ERR_USAGE, "no command; see oversyn --help");
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (!strcmp(commands[i].name, o->command))
			return commands[i].run(o, e);
	return err_set(e, ERR_USAGE, "there is no command \"%s\"; see oversyn --help", o->command);
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
	if (!failed && (fflush(stdout) || ferror(stdout)))
		failed = err_set(&e, ERR_OUTSIDE, "standard output cannot be written");
	if (!failed)
		return 0;
	if (*e.text)
		fprintf(stderr, "oversyn: %s\n", e.text);
	return e.kind ? (int)e.kind : ERR_OUTSIDE;
}
