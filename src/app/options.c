/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"

enum { OPT_DB = OPT_OWN_END, OPT_CONFIG, OPT_NOW, OPT_LANG, OPT_JSON };

enum { WORD_MOST = 40 /* letters that are compared */, MOST = 100000 /* of days and months */, WAIT_MOST = 3600 /* seconds */ };

static const struct option table[] = {
	{ "db", required_argument, NULL, OPT_DB },
	{ "config", required_argument, NULL, OPT_CONFIG },
	{ "now", required_argument, NULL, OPT_NOW },
	{ "lang", required_argument, NULL, OPT_LANG },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "on", required_argument, NULL, OPT_ON },
	{ "within", required_argument, NULL, OPT_WITHIN },
	{ "dry-run", no_argument, NULL, OPT_DRY_RUN },
	{ "sent", required_argument, NULL, OPT_SENT },
	{ "letter", required_argument, NULL, OPT_LETTER },
	{ "unadjusted", no_argument, NULL, OPT_UNADJUSTED },
	{ "outcome", required_argument, NULL, OPT_OUTCOME },
	{ "registry-no", required_argument, NULL, OPT_REGISTRY_NO },
	{ "months", required_argument, NULL, OPT_MONTHS },
	{ "by", required_argument, NULL, OPT_BY },
	{ "level", no_argument, NULL, OPT_LEVEL },
	{ "apply", no_argument, NULL, OPT_APPLY },
	{ "set", required_argument, NULL, OPT_SET },
	{ "rule", required_argument, NULL, OPT_RULE },
	{ "body", required_argument, NULL, OPT_BODY },
	{ "no-mail", no_argument, NULL, OPT_NO_MAIL },
	{ "wait", required_argument, NULL, OPT_WAIT },
	{ "overwrite", no_argument, NULL, OPT_OVERWRITE },
	{ "outside-meeting", no_argument, NULL, OPT_OUTSIDE_MEETING },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

const char *options_name(int own_option)
{
	size_t i = 0;

	while (table[i].val != own_option)
		i++;
	return table[i].name;
}

const char *options_value(int own_option)
{
	static const char *const values[OPT_OWN_END - OPT_ON] = {
		[OPT_ON - OPT_ON] = "DATE", [OPT_WITHIN - OPT_ON] = "DAYS", [OPT_SENT - OPT_ON] = "FILE",
		[OPT_LETTER - OPT_ON] = "KIND", [OPT_OUTCOME - OPT_ON] = "WORD", [OPT_REGISTRY_NO - OPT_ON] = "NUMBER",
		[OPT_MONTHS - OPT_ON] = "N", [OPT_BY - OPT_ON] = "week|body|role", [OPT_SET - OPT_ON] = "KEY=VALUE",
		[OPT_RULE - OPT_ON] = "ITEM=WORDS", [OPT_BODY - OPT_ON] = "BODY", [OPT_WAIT - OPT_ON] = "SECONDS",
	};
	const char *value = values[own_option - OPT_ON];

	return value ? value : "";
}

/* How many letters differ, are missing or are too many. */
static size_t differing(const char *a, const char *b)
{
	size_t row[WORD_MOST + 1], la = strlen(a), lb = strlen(b);

	if (la > WORD_MOST || lb > WORD_MOST)
		return WORD_MOST;
	for (size_t k = 0; k <= lb; k++)
		row[k] = k;
	for (size_t i = 1; i <= la; i++) {
		size_t slant = row[0];

		row[0] = i;
		for (size_t k = 1; k <= lb; k++) {
			size_t least = slant + (a[i - 1] != b[k - 1]);

			slant = row[k];
			least = row[k] + 1 < least ? row[k] + 1 : least;
			row[k] = row[k - 1] + 1 < least ? row[k - 1] + 1 : least;
		}
	}
	return row[lb];
}

bool options_near(const char *said, const char *meant)
{
	/* dashes as people write them, and as programs make of them */
	const char *bare = said + strspn(said, "-\xe2\x80\x93\x94");
	size_t len = strlen(meant);

	return len > 2 && differing(bare, meant) <= (len < 5 ? 1 : 2);
}

int options_number(const char *text, int most, int *out)
{
	char *end;

	errno = 0;
	long n = strtol(text, &end, 10);
	if (errno || *end || end == text || n < 0 || n > most)
		return -1;
	*out = (int)n;
	return 0;
}

/* "key=value", as often as it is given. */
static int take_pair(struct options *o, const char ***list, size_t *n, size_t *cap,
                     const char *option, const char *arg, struct err *e)
{
	const char *sign = strchr(arg, '=');

	if (!sign || sign == arg)
		return err_set(e, ERR_USAGE, "%s %s: write a name, = and a value", option, arg);
	*list = arena_grow(&o->arena, *list, *n, cap, sizeof(**list));
	(*list)[(*n)++] = arg;
	return 0;
}

static int take_by(struct options *o, const char *arg, struct err *e)
{
	o->by = arg;
	return !strcmp(arg, "week") || !strcmp(arg, "body") || !strcmp(arg, "role") ? 0
	       : err_set(e, ERR_USAGE, "--by %s: week, body or role", arg);
}

static int take_outcome(struct options *o, const char *arg, struct err *e)
{
	static const char *const words[] = { "approved", "revise", "renewed", "repealed" };

	o->outcome = arg;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(arg, words[i]))
			return 0;
	return err_set(e, ERR_USAGE, "--outcome %s: approved, revise, renewed or repealed", arg);
}

static int take_months(struct options *o, const char *arg, struct err *e)
{
	return !options_number(arg, MOST, &o->months) && o->months >= 1 && o->months <= FORECAST_MOST_MONTHS
	       ? 0 : err_set(e, ERR_USAGE, "--months %s: write a number from 1 to %d", arg,
	                     FORECAST_MOST_MONTHS);
}

static int take_own(struct options *o, int opt, const char *arg, struct err *e)
{
	switch (opt) {
	case OPT_ON:
		return date_parse(arg, &o->on) ? 0
		       : err_set(e, ERR_USAGE, "--on %s: write a date like 2027-01-11", arg);
	case OPT_WITHIN:
		return !options_number(arg, MOST, &o->within) ? 0
		       : err_set(e, ERR_USAGE, "--within %s: write a number of days", arg);
	case OPT_DRY_RUN:
		o->dry_run = true;
		return 0;
	case OPT_SENT:
		o->sent = arg;
		return 0;
	case OPT_LETTER:
		o->letter = arg;
		return 0;
	case OPT_BODY:
		o->body = arg;
		return 0;
	case OPT_OVERWRITE:
		o->overwrite = true;
		return 0;
	case OPT_UNADJUSTED:
		o->unadjusted = true;
		return 0;
	case OPT_OUTSIDE_MEETING:
		o->outside_meeting = true;
		return 0;
	case OPT_OUTCOME:
		return take_outcome(o, arg, e);
	case OPT_REGISTRY_NO:
		o->registry_no = arg;
		return 0;
	case OPT_MONTHS:
		return take_months(o, arg, e);
	case OPT_BY:
		return take_by(o, arg, e);
	case OPT_LEVEL:
		o->level = true;
		return 0;
	case OPT_APPLY:
		o->apply = true;
		return 0;
	case OPT_SET:
		return take_pair(o, &o->set, &o->n_set, &o->cap_set, "--set", arg, e);
	case OPT_RULE:
		return take_pair(o, &o->rule, &o->n_rule, &o->cap_rule, "--rule", arg, e);
	case OPT_NO_MAIL:
		o->no_mail = true;
		return 0;
	case OPT_WAIT:
		return !options_number(arg, WAIT_MOST, &o->wait) ? 0
		       : err_set(e, ERR_USAGE, "--wait %s: write a number of seconds, at most %d", arg, WAIT_MOST);
	default:
		return -1;
	}
}

static int take(struct options *o, int opt, const char *arg, struct err *e)
{
	switch (opt) {
	case OPT_DB:
		o->db = arg;
		return 0;
	case OPT_CONFIG:
		o->config = arg;
		return 0;
	case OPT_NOW:
		o->now_given = true;
		return zone_parse(arg, &o->now) ? 0
		       : err_set(e, ERR_USAGE, "--now %s: write it like 2027-01-11T08:00:00+01:00", arg);
	case OPT_LANG:
		o->lang = !strcmp(arg, "en") ? VIEW_EN : VIEW_SV;
		return !strcmp(arg, "en") || !strcmp(arg, "sv") ? 0
		       : err_set(e, ERR_USAGE, "--lang %s: sv or en", arg);
	case OPT_JSON:
		o->json = true;
		return 0;
	case 'h':
		o->help = true;
		return 0;
	case 'V':
		o->version = true;
		return 0;
	default:
		return take_own(o, opt, arg, e);
	}
}

static int refuse(int opt, const char *command, char **argv, struct err *e)
{
	const char *what = argv[optind - 1], *to = command ? command : "", *colon = command ? ": " : "";

	if (opt == ':')
		return err_set(e, ERR_USAGE, "%s%s%s needs a value; see oversyn --help", to, colon, what);
	for (const struct option *known = table; known->name; known++)
		if (options_near(what, known->name))
			return err_set(e, ERR_USAGE, "%s%sunknown option %s: did you mean --%s?", to, colon, what, known->name);
	return err_set(e, ERR_USAGE, "%s%sunknown option %s; see oversyn --help", to, colon, what);
}

int options_parse(int argc, char **argv, struct options *out, struct err *e)
{
	*out = (struct options){
		.arena = ARENA_INIT,
		.now = (instant)time(NULL), /* the one look at the clock */
		.lang = VIEW_EN,
		.on = DAY_NONE,
		.within = -1,
		.wait = -1,
	};
	optind = 0; /* GNU: also forget an earlier parse */
	opterr = 0;
	for (int opt; (opt = getopt_long(argc, argv, "+:hV", table, NULL)) != -1 || optind < argc;) {
		if (opt == -1) { /* a word between options, or all that follows "--" */
			bool ended = optind > 1 && !strcmp(argv[optind - 1], "--");
			do {
				if (!out->command) {
					out->command = argv[optind++];
					continue;
				}
				out->args = arena_grow(&out->arena, out->args, out->n_args, &out->cap_args,
				                       sizeof(*out->args));
				out->args[out->n_args++] = argv[optind++];
			} while (ended && optind < argc);
			continue;
		}
		if (opt == '?' || opt == ':')
			return refuse(opt, out->command, argv, e);
		if (opt >= OPT_ON && opt < OPT_OWN_END)
			out->given |= OPTION_BIT(opt);
		if (take(out, opt, optarg, e))
			return -1;
	}
	return 0;
}

void options_release(struct options *o)
{
	arena_release(&o->arena);
}

const char *options_rest(const struct options *o, size_t from, struct arena *a)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (size_t i = from; i < o->n_args; i++)
		buf_fmt(&b, "%s%s", i > from ? " " : "", o->args[i]);
	return b.len ? text_tidy(a, b.data) : NULL;
}
