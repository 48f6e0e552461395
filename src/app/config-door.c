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

static int check_transport(cfg_t *cfg, cfg_opt_t *opt)
{
	static const char *const words[] = { "maildir", "smtp", "imap", NULL };
	return config_one_of(cfg, opt, words);
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

void config_door_watch(cfg_t *cfg)
{
	static const struct {
		const char *name;
		cfg_validate_callback_t check;
	} CHECKS[] = {
		{ "transport", check_transport },
		{ "tls", check_tls },
		{ "port", check_port },
		{ "timeout", check_timeout },
		{ "pin", check_pin },
	};

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

int config_door_take(struct config *c, cfg_t *sec, const char *name, enum transport_kind remote,
                     struct mail_door *d, struct err *e)
{
	const char *word = cfg_getstr(sec, "transport");
	bool maildir = !strcmp(word, "maildir");

	if (!maildir && strcmp(word, remote == TRANSPORT_SMTP ? "smtp" : "imap"))
		return err_set(e, ERR_USAGE, "%s: in section \"%s\", transport = \"%s\": mail goes out by "
		               "\"maildir\" or \"smtp\" and comes in by \"maildir\" or \"imap\"",
		               c->file, name, word);
	*d = (struct mail_door){
		.kind = maildir ? TRANSPORT_MAILDIR : remote,
		.maildir = config_str(c, sec, "maildir"),
		.password_file = config_str(c, sec, "password_file"),
		.mailbox = config_str(c, sec, "mailbox"),
		.handled = config_str(c, sec, "handled"),
		.server = {
			.host = config_str(c, sec, "host"),
			.port = (uint16_t)cfg_getint(sec, "port"),
			.tls = tls_of(cfg_getstr(sec, "tls")),
			.ca_file = config_str(c, sec, "ca_file"),
			.pin = joined(c, sec, "pin"),
			.user = config_str(c, sec, "user"),
			.timeout_s = (int)cfg_getint(sec, "timeout"),
		},
	};
	if (!maildir && !d->server.host)
		return err_set(e, ERR_USAGE, "%s: section \"%s\" needs host = \"…\": the name of the mail server",
		               c->file, name);
	if (d->server.user && !d->password_file)
		return err_set(e, ERR_USAGE, "%s: section \"%s\" has user but no password_file",
		               c->file, name);
	return 0;
}
