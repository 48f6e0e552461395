/* SPDX-License-Identifier: EUPL-1.2 */
#include "config-door.h"

#include <stdio.h>
#include <string.h>

#include "config-trust.h"

int config_one_of(cfg_t *cfg, cfg_opt_t *opt, const char *const *words)
{
	const char *value = cfg_opt_getnstr(opt, 0);

	for (const char *const *w = words; *w; w++)
		if (value && !strcmp(value, *w))
			return 0;
	char list[128] = "";
	for (const char *const *w = words; *w; w++)
		snprintf(list + strlen(list), sizeof(list) - strlen(list), "%s\"%s\"", *list ? ", " : "", *w);
	cfg_error(cfg, "%s = \"%s\": write one of %s", opt->name, value ? value : "", list);
	return -1;
}

int config_in_range(cfg_t *cfg, cfg_opt_t *opt, long least, long most)
{
	long n = cfg_opt_getnint(opt, 0);

	if (n >= least && n <= most)
		return 0;
	cfg_error(cfg, "%s = %ld: write a number from %ld to %ld", opt->name, n, least, most);
	return -1;
}

const char *config_str(struct config *c, cfg_t *cfg, const char *name)
{
	const char *value = cfg_getstr(cfg, name);

	return value && *value ? arena_dup(&c->arena, value) : NULL;
}

static int check_tls(cfg_t *cfg, cfg_opt_t *opt)
{
	static const char *const words[] = { "implicit", "starttls", "none", NULL };
	return config_one_of(cfg, opt, words);
}

static int check_port(cfg_t *cfg, cfg_opt_t *opt)
{
	return config_in_range(cfg, opt, 0, 65535);
}

static int check_timeout(cfg_t *cfg, cfg_opt_t *opt)
{
	return config_in_range(cfg, opt, 1, 600);
}

static int check_pin(cfg_t *cfg, cfg_opt_t *opt)
{
	struct err e = ERR_INIT;

	for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
		const char *pin = cfg_opt_getnstr(opt, i);

		if (pin && !pin_check(pin, &e))
			continue;
		cfg_error(cfg, "%s: %s", opt->name, e.text);
		return -1;
	}
	return 0;
}

static int check_auth(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *value = cfg_opt_getnstr(opt, 0);
	char list[128] = "";

	if (value && auth_way_of(value) != AUTH_WAY_COUNT)
		return 0;
	for (enum auth_way way = 0; way < AUTH_WAY_COUNT; way++)
		snprintf(list + strlen(list), sizeof(list) - strlen(list), "%s\"%s\"", way ? ", " : "",
		         auth_way_name(way));
	cfg_error(cfg, "auth = \"%s\": write one of %s", value ? value : "", list);
	return -1;
}

static int check_credential(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *value = cfg_opt_getnstr(opt, 0);

	if (value && !strchr(value, '/') && *value != '.')
		return 0;
	cfg_error(cfg, "%s = \"%s\": write the name that LoadCredential gives it, without a folder",
	          opt->name, value ? value : "");
	return -1;
}

static int check_url(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *value = cfg_opt_getnstr(opt, 0);

	if (value && !strncmp(value, "https://", 8) && value[8] && !strpbrk(value, " \t\r\n\"<>\\"))
		return 0;
	cfg_error(cfg, "%s = \"%s\": write an address that begins with https://", opt->name,
	          value ? value : "");
	return -1;
}

static bool set(cfg_t *sec, const char *name)
{
	const char *first = cfg_size(sec, name) ? cfg_getnstr(sec, name, 0) : NULL;

	return first && *first;
}

static int check_limit(cfg_t *cfg, cfg_opt_t *opt)
{
	return cfg_opt_getnint(opt, 0) == CONFIG_BY_HOST ? 0 : config_in_range(cfg, opt, 0, 1000000);
}

static int check_connections(cfg_t *cfg, cfg_opt_t *opt)
{
	return config_in_range(cfg, opt, 1, SENDER_CONNECTIONS_MOST);
}

static int check_hours(cfg_t *cfg, cfg_opt_t *opt)
{
	return config_in_range(cfg, opt, 0, 24 * 60);
}

static int check_program(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *value = cfg_opt_getnstr(opt, 0);

	if (value && *value == '/')
		return 0;
	cfg_error(cfg, "%s = \"%s\": write the program's whole path, without arguments: "
	          "\"/usr/sbin/sendmail\"", opt->name, value ? value : "");
	return -1;
}

/* The ways of a door, and by which of them a server is needed. */
static const struct way {
	const char *word;
	enum transport_kind kind;
	bool out, in, remote;
} WAYS[] = {
	{ "maildir", TRANSPORT_MAILDIR, true, true, false },
	{ "sendmail", TRANSPORT_SENDMAIL, true, false, false },
	{ "smtp", TRANSPORT_SMTP, true, false, true },
	{ "imap", TRANSPORT_IMAP, false, true, true },
};

static const struct way *way_of(const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(WAYS); i++)
		if (!strcmp(WAYS[i].word, word))
			return &WAYS[i];
	return NULL;
}

/* What cannot be together, or not alone; NULL: nothing. */
static const char *contradiction(cfg_t *sec, bool remote)
{
	int secrets = set(sec, "password_file") + set(sec, "password_credential") +
		set(sec, "password_command");
	enum auth_way way = auth_way_of(cfg_getstr(sec, "auth"));

	if (remote && !set(sec, "host"))
		return "host is missing: write the name of the mail server";
	if (secrets > 1)
		return "password_file, password_credential and password_command are three ways to one "
		       "secret: set one of them";
	if (set(sec, "user") && !secrets)
		return "user needs a secret: set password_file, password_credential or password_command";
	if (secrets && !set(sec, "user"))
		return "a secret needs user: whose is it?";
	if (way == AUTH_XOAUTH2 && !set(sec, "user"))
		return "auth = \"XOAUTH2\" needs user: the mailbox that the token opens";
	if (set(sec, "token_url") != set(sec, "client_id"))
		return "token_url and client_id belong together: set both or neither";
	if ((set(sec, "scope") || set(sec, "token_ca_file")) && !set(sec, "token_url"))
		return "scope and token_ca_file have no use without token_url";
	if (set(sec, "token_url") && !set(sec, "user"))
		return "token_url needs user, and the client's secret as password_file, "
		       "password_credential or password_command";
	if (set(sec, "token_url") && way != AUTH_AUTO && way != AUTH_XOAUTH2)
		return "with token_url, auth is \"XOAUTH2\": leave it out";
	return NULL;
}

static int check_door(cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_t *sec = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
	const char *word = cfg_getstr(sec, "transport");
	const struct way *by = way_of(word);
	bool in = !strcmp(opt->name, "in");

	if (!by || !(in ? by->in : by->out)) {
		cfg_error(cfg, "in section \"%s\", transport = \"%s\": mail goes out by \"maildir\", "
		          "\"sendmail\" or \"smtp\" and comes in by \"maildir\" or \"imap\"", opt->name, word);
		return -1;
	}
	const char *wrong = contradiction(sec, by->remote);
	if (!wrong && !in && by->kind != TRANSPORT_SENDMAIL && set(sec, "sendmail"))
		wrong = "sendmail has no use unless transport = \"sendmail\"";
	enum auth_way way = auth_way_of(cfg_getstr(sec, "auth"));
	if (!wrong && in && way != AUTH_AUTO && way != AUTH_XOAUTH2)
		wrong = "over IMAP, auth is \"auto\" (LOGIN) or \"XOAUTH2\"";
	if (wrong)
		cfg_error(cfg, "in section \"%s\": %s", opt->name, wrong);
	return wrong ? -1 : 0;
}

void config_door_watch(cfg_t *cfg)
{
	static const struct {
		const char *name;
		cfg_validate_callback_t check;
	} CHECKS[] = {
		{ "tls", check_tls },
		{ "port", check_port },
		{ "timeout", check_timeout },
		{ "pin", check_pin },
		{ "auth", check_auth },
		{ "password_credential", check_credential },
		{ "token_url", check_url },
	};

	cfg_set_validate_func(cfg, "out", check_door);
	cfg_set_validate_func(cfg, "in", check_door);
	cfg_set_validate_func(cfg, "out|sendmail", check_program);
	cfg_set_validate_func(cfg, "out|per_minute", check_limit);
	cfg_set_validate_func(cfg, "out|per_day", check_limit);
	cfg_set_validate_func(cfg, "out|connections", check_connections);
	cfg_set_validate_func(cfg, "out|notice_hours", check_hours);
	cfg_set_validate_func(cfg, "out|give_up_hours", check_hours);

	for (size_t i = 0; i < 2 * ARRAY_LEN(CHECKS); i++) {
		char name[64];

		snprintf(name, sizeof(name), "%s|%s", i % 2 ? "in" : "out", CHECKS[i / 2].name);
		cfg_set_validate_func(cfg, name, CHECKS[i / 2].check);
	}
}

/* What a server's pin is to net: all of them, with spaces between. */
static const char *joined(struct config *c, cfg_t *sec, const char *name)
{
	size_t n;
	const char *const *list = config_list(c, sec, name, &n), *text = NULL;

	for (size_t i = 0; i < n; i++)
		text = text ? arena_fmt(&c->arena, "%s %s", text, list[i]) : list[i];
	return text;
}

static enum tls_mode tls_of(const char *word)
{
	return !strcmp(word, "starttls") ? TLS_STARTTLS : !strcmp(word, "none") ? TLS_NONE : TLS_IMPLICIT;
}

/* What exec wants; NULL: nothing is set. */
static const char *const *command(struct config *c, cfg_t *sec)
{
	size_t n;
	const char *const *list = config_list(c, sec, "password_command", &n);

	return n ? list : NULL; /* config_list() leaves room for the NULL, and it is there */
}

void config_door_take(struct config *c, cfg_t *sec, struct mail_door *d)
{
	const char *scope = config_str(c, sec, "scope");
	const struct way *by = way_of(cfg_getstr(sec, "transport"));

	*d = (struct mail_door){
		.kind = by ? by->kind : TRANSPORT_MAILDIR,
		.maildir = config_str(c, sec, "maildir"),
		.password_file = config_str(c, sec, "password_file"),
		.password_credential = config_str(c, sec, "password_credential"),
		.password_command = command(c, sec),
		.mailbox = config_str(c, sec, "mailbox"),
		.handled = config_str(c, sec, "handled"),
		.server = {
			.host = config_str(c, sec, "host"),
			.port = (uint16_t)cfg_getint(sec, "port"),
			.tls = tls_of(cfg_getstr(sec, "tls")),
			.ca_file = config_str(c, sec, "ca_file"),
			.pin = joined(c, sec, "pin"),
			.user = config_str(c, sec, "user"),
			.auth = auth_way_of(cfg_getstr(sec, "auth")),
			.token_url = config_str(c, sec, "token_url"),
			.token_ca_file = config_str(c, sec, "token_ca_file"),
			.client_id = config_str(c, sec, "client_id"),
			.scope = scope ? scope : "https://outlook.office365.com/.default",
			.timeout_s = (int)cfg_getint(sec, "timeout"),
		},
	};
	if (d->server.token_url)
		d->server.auth = AUTH_XOAUTH2;
}

static int limit(cfg_t *sec, const char *name, int by_host)
{
	long set = cfg_getint(sec, name);

	return set == CONFIG_BY_HOST ? by_host : (int)set;
}

void config_out_take(struct config *c, cfg_t *sec, struct mail_door *d)
{
	struct throttle known = throttle_of_host(d->kind == TRANSPORT_SMTP ? d->server.host : NULL);

	d->sendmail = config_str(c, sec, "sendmail");
	if (!d->sendmail)
		d->sendmail = "/usr/sbin/sendmail";
	d->throttle.per_minute = limit(sec, "per_minute", known.per_minute);
	d->throttle.per_day = limit(sec, "per_day", known.per_day);
	d->server.connections = (int)cfg_getint(sec, "connections");
	d->patience.notice_h = (int)cfg_getint(sec, "notice_hours");
	d->patience.give_up_h = (int)cfg_getint(sec, "give_up_hours");
}
