/* SPDX-License-Identifier: EUPL-1.2 */
/* What each command takes. The manual page says the same; a test compares. */
#include "src/app/command-line.h"

#include <stdint.h>
#include <string.h>

#include "app/commands.h"
#include "base/text.h"

enum { MANY = INT32_MAX, HELP_COLUMN = 44 };

#define OWN(option) OPTION_BIT(OPT_##option)

static const char which_outbox[] = "the outbox is listed, or what of it is open (outbox open), or acted on: "
                                   "retry, hold, release, cancel";
static const char which_inbox[] = "the inbox is listed, or what is still to be decided: inbox open; inbox NO "
                                  "shows one; inbox settle NO says what was done about one";
static const char which_settle[] = "inbox settle NO WHAT WAS DONE: the number that 'oversyn inbox open' shows, "
                                   "and one line about it";
static const char which_case[] = "deficiency close REF REASON, mistaken REF REASON, incident REF, or "
                                 "concerns REF ITEM";

static const struct command commands[] = {
	{ "demo", NULL, "[DIR]", "a year of the model municipality, on local Maildirs",
	  command_demo, 0, 0, 1, JSON_NO, "demo takes one folder" },
	{ "init", NULL, "", "make an empty database", command_init, 0, 0, 0, JSON_NO, NULL },
	{ "import", NULL, "FOLDER | KIND FILE…", "read registers into the database",
	  command_import, OWN(BODY) | OWN(OVERWRITE) | OWN(DRY_RUN), 1, MANY, JSON_DRY_RUN,
	  "import what? A folder, or a kind and its files" },
	{ "check", NULL, "", "findings on register and templates", command_check, 0, 0, 0, JSON_YES, NULL },
	{ "header", NULL, "FILE", "what a governing document's first page says",
	  command_header, OWN(ON), 1, 1, JSON_YES, "header of which file? \"-\" is standard input" },
	{ "due", NULL, "", "when each item is due", command_due, OWN(ON) | OWN(WITHIN), 0, 0, JSON_YES,
	  "due lists all items: 'oversyn why ITEM' tells of one" },
	{ "why", NULL, "ITEM", "how a due date came about", command_why, OWN(ON), 1, 1, JSON_NO,
	  "why which item? Give its id, like S03" },
	{ "tick", NULL, "", "one pass: read mail, write what is due, send",
	  command_tick, OWN(DRY_RUN), 0, 0, JSON_YES, NULL },
	{ "run", NULL, "", "the daemon: passes when they are to be, and when mail comes",
	  command_run, 0, 0, 0, JSON_NO, NULL },
	{ "read", NULL, "FILE", "how a mail would be understood", command_read, OWN(SENT) | OWN(LETTER), 1, 1, JSON_YES,
	  "read which mail? A file, or \"-\" for standard input" },
	{ "outbox", NULL, "", "mail on its way out", command_outbox, 0, 0, 0, JSON_YES, which_outbox },
	{ "outbox", "open", "", "what has not been accepted, and why", command_outbox, 0, 0, 0, JSON_YES, which_outbox },
	{ "outbox", "retry", "[MAIL…]", "try these at once", command_outbox, 0, 0, MANY, JSON_YES, which_outbox },
	{ "outbox", "hold", "[MAIL…]", "keep these, or all mail", command_outbox, 0, 0, MANY, JSON_YES, which_outbox },
	{ "outbox", "release", "[MAIL…]", "let go of what is held", command_outbox, 0, 0, MANY, JSON_YES, which_outbox },
	{ "outbox", "cancel", "MAIL…", "these never go", command_outbox, 0, 1, MANY, JSON_YES,
	  "outbox cancel which mail? A number, a Message-ID or a letter's reference" },
	{ "inbox", NULL, "[NO]", "mail that came in, and what became of it",
	  command_inbox, 0, 0, 1, JSON_YES, which_inbox },
	{ "inbox", "open", "", "what nobody has decided on", command_inbox, 0, 0, 0, JSON_YES, which_inbox },
	{ "inbox", "settle", "NO REASON", "take a mail from that list", command_inbox, 0, 2, MANY, JSON_NO, which_settle },
	{ "show", NULL, "REF", "a letter, a review or an item, with its record", command_show, 0, 1, 1, JSON_NO,
	  "show what? A letter's reference, an item's or a review's id" },
	{ "status", NULL, "", "how each committee stands", command_status, 0, 0, 0, JSON_YES, NULL },
	{ "plan", NULL, "", "the time to come: reviews and letters", command_plan,
	  OWN(MONTHS) | OWN(BY) | OWN(LEVEL) | OWN(APPLY) | OWN(SET) | OWN(RULE), 0, 0, JSON_YES, NULL },
	{ "record", NULL, "ITEM DATE §", "a committee's decision that came by other ways", command_record,
	  OWN(UNADJUSTED) | OWN(OUTCOME) | OWN(REGISTRY_NO) | OWN(OUTSIDE_MEETING), 3, 3, JSON_NO,
	  "record what? An item, the meeting's date and the paragraph: record F01 2027-03-09 \"§ 41\"" },
	{ "record", "answer", "REF WORDS…", "what somebody who was asked has said by telephone",
	  command_record, 0, 2, MANY, JSON_NO,
	  "record answer REF WORDS: the letter's reference, and what they said: "
	  "record answer GR-27-0042-K7QD \"1 GODKÄNNS\"" },
	{ "record", "alive", "ADDRESS", "an address that exists after all", command_record, 0, 1, 1, JSON_NO,
	  "record alive ADDRESS: the address that mail reaches again" },
	{ "trigger", NULL, "EVENT DATE [ITEM…]", "what happened, or when a cycle falls",
	  command_trigger, OWN(DRY_RUN), 2, MANY, JSON_YES,
	  "trigger what? An event, its date, and the items it concerns if not all that name it: "
	  "trigger systembyte 2027-08-24 T005" },
	{ "deficiencies", NULL, "", "what employees have reported, and how it stands",
	  command_deficiencies, 0, 0, 0, JSON_YES, "deficiencies lists them all: 'oversyn show REF' shows one" },
	{ "deficiency", "close", "REF REASON", "end a case", command_deficiency, 0, 2, MANY, JSON_NO,
	  "deficiency close REF REASON: which case, and why?" },
	{ "deficiency", "mistaken", "REF REASON", "end one that was none", command_deficiency, 0, 2, MANY, JSON_NO,
	  "deficiency mistaken REF REASON: which case, and why?" },
	{ "deficiency", "incident", "REF", "it is an incident", command_deficiency, 0, 1, 1, JSON_NO, which_case },
	{ "deficiency", "concerns", "REF ITEM", "what it is about", command_deficiency, 0, 2, MANY, JSON_NO,
	  "deficiency concerns REF ITEM: which case, and which item?" },
	{ "doctor", NULL, "", "try everything the program depends on",
	  command_doctor, OWN(NO_MAIL) | OWN(WAIT), 0, 0, JSON_YES, NULL },
	{ "backup", NULL, "FILE", "a copy of the database, looked through", command_backup, 0, 1, 1, JSON_YES,
	  "backup to which file?" },
	{ "restore", NULL, "FILE", "put a copy in the database's place", command_restore, 0, 1, 1, JSON_YES,
	  "restore which file? One that 'oversyn backup' has written" },
	{ "verify", NULL, "[HEAD]", "walk the record's chain, and find a head that was kept",
	  command_verify, 0, 0, 1, JSON_YES, NULL },
};

#undef OWN

/* ---- what was meant ---- */

/* Its option that the word may have been meant as; 0: none. */
static int near_option(unsigned takes, const char *word)
{
	for (int opt = OPT_ON; opt < OPT_OWN_END; opt++)
		if (takes & OPTION_BIT(opt) && options_near(word, options_name(opt)))
			return opt;
	return 0;
}

static const char *near_sub(const char *name, const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (commands[i].sub && !strcmp(commands[i].name, name) && options_near(word, commands[i].sub))
			return commands[i].sub;
	return NULL;
}

/* ---- refusals ---- */

static void write_usage(const struct command *c, struct buf *out)
{
	buf_str(out, c->name);
	if (c->sub)
		buf_fmt(out, " %s", c->sub);
	if (*c->words)
		buf_fmt(out, " %s", c->words);
	for (int opt = OPT_ON; opt < OPT_OWN_END; opt++)
		if (c->takes & OPTION_BIT(opt))
			buf_fmt(out, " [--%s%s%s]", options_name(opt), *options_value(opt) ? " " : "", options_value(opt));
}

static const struct command *no_command(const struct options *o, struct err *e)
{
	if (!o->command) {
		(void)err_set(e, ERR_USAGE, "no command; see oversyn --help");
		return NULL;
	}
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (options_near(o->command, commands[i].name)) {
			(void)err_set(e, ERR_USAGE, "there is no command \"%s\": did you mean %s? See oversyn --help",
			              o->command, commands[i].name);
			return NULL;
		}
	(void)err_set(e, ERR_USAGE, "there is no command \"%s\"; see oversyn --help", o->command);
	return NULL;
}

/* Who does take it, since it may be the command that was mistaken. */
static int refuse_option(const struct command *c, int opt, struct err *e)
{
	struct buf takers AUTO(buf_release) = BUF_INIT, usage AUTO(buf_release) = BUF_INIT;
	const char *last = "";

	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (commands[i].takes & OPTION_BIT(opt) && strcmp(last, commands[i].name) != 0) {
			last = commands[i].name;
			buf_fmt(&takers, "%s%s", takers.len ? ", " : "", last);
		}
	write_usage(c, &usage);
	return err_set(e, ERR_USAGE, "%s%s%s does not take --%s, and nothing was done; it is written: %s. "
	               "--%s goes with %s", c->name, c->sub ? " " : "", c->sub ? c->sub : "", options_name(opt),
	               usage.data, options_name(opt), takers.data);
}

static int refuse_word(const struct command *c, const char *word, struct err *e)
{
	struct buf usage AUTO(buf_release) = BUF_INIT;
	const char *sub = c->sub ? NULL : near_sub(c->name, word);
	int opt = near_option(c->takes, word);

	write_usage(c, &usage);
	if (opt)
		return err_set(e, ERR_USAGE, "%s %s: did you mean --%s? Nothing was done", c->name, word, options_name(opt));
	if (sub)
		return err_set(e, ERR_USAGE, "%s %s: did you mean %s %s? Nothing was done", c->name, word, c->name, sub);
	if (c->ask)
		return err_set(e, ERR_USAGE, "\"%s\" is one word too many, and nothing was done: %s", word, c->ask);
	return err_set(e, ERR_USAGE, "\"%s\" is one word too many, and nothing was done; it is written: %s",
	               word, usage.data);
}

static bool is_meant(const struct command *c, const struct options *o)
{
	return !strcmp(c->name, o->command) && (!c->sub || (o->n_args && !strcmp(c->sub, o->args[0])));
}

/* The one with the most of its names. */
static const struct command *find(const struct options *o)
{
	const struct command *found = NULL;

	for (size_t i = 0; o->command && i < ARRAY_LEN(commands); i++)
		if (is_meant(&commands[i], o) && (!found || commands[i].sub))
			found = &commands[i];
	return found;
}

/* A command of which each kind has its own first word. */
static bool known_by_sub(const struct options *o, struct err *e)
{
	for (size_t i = 0; o->command && i < ARRAY_LEN(commands); i++) {
		const char *sub = strcmp(commands[i].name, o->command) != 0 ? NULL : commands[i].sub;

		if (!sub)
			continue;
		const char *near = o->n_args ? near_sub(o->command, o->args[0]) : NULL;
		(void)(near ? err_set(e, ERR_USAGE, "%s %s: did you mean %s %s? Nothing was done", o->command, o->args[0],
		                      o->command, near)
		            : err_set(e, ERR_USAGE, "%s", which_case));
		return true;
	}
	return false;
}

const struct command *command_line(const struct options *o, struct err *e)
{
	const struct command *c = find(o);

	if (!c)
		return known_by_sub(o, e) ? NULL : no_command(o, e);
	size_t names = c->sub ? 1 : 0, n = o->n_args - names;
	for (int opt = OPT_ON; opt < OPT_OWN_END; opt++)
		if (o->given & OPTION_BIT(opt) && !(c->takes & OPTION_BIT(opt))) {
			(void)refuse_option(c, opt, e);
			return NULL;
		}
	if (n > c->most) {
		(void)refuse_word(c, o->args[names + c->most], e);
		return NULL;
	}
	if (n < c->least) {
		(void)err_set(e, ERR_USAGE, "%s", c->ask);
		return NULL;
	}
	return c;
}

bool command_has_json(const struct command *c, const struct options *o)
{
	return c->json == JSON_YES || (c->json == JSON_DRY_RUN && o->dry_run);
}

void command_help(struct buf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		struct buf usage AUTO(buf_release) = BUF_INIT;

		write_usage(&commands[i], &usage);
		size_t width = text_width(usage.data);
		buf_fmt(out, "  %s", usage.data);
		if (width >= HELP_COLUMN) {
			buf_chr(out, '\n');
			buf_chr(out, ' ');
			buf_chr(out, ' ');
			width = 0;
		}
		buf_fmt(out, "%*s %s\n", (int)(HELP_COLUMN - width), "", commands[i].does);
	}
}
