/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/config.h"

#include <confuse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/files.h"
#include "base/buf.h"
#include "base/text.h"
#include "config-door.h"
#include "config-trust.h"
#include "doc/document.h"

enum { CONFIG_LIMIT = 1 << 20 };

/* libconfuse reports through a callback without a context: the first message
 * of the one file that a process reads is kept here. */
static char first_error[512];
static const char *reading; /* the file's name, which sections do not know */

static void PRINTF(2, 0) keep_error(cfg_t *cfg, const char *fmt, va_list ap)
{
	char text[400];

	if (*first_error)
		return;
	vsnprintf(text, sizeof(text), fmt, ap);
	snprintf(first_error, sizeof(first_error), "%s:%d: %s", reading, cfg ? cfg->line : 0, text);
}

static int check_language(cfg_t *cfg, cfg_opt_t *opt)
{
	static const char *const words[] = { "sv", "en", NULL };
	return config_one_of(cfg, opt, words);
}

static int check_bare_yes(cfg_t *cfg, cfg_opt_t *opt)
{
	static const char *const words[] = { "ask", "accept", NULL };
	return config_one_of(cfg, opt, words);
}

static int check_banners(cfg_t *cfg, cfg_opt_t *opt)
{
	for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
		const char *s = cfg_opt_getnstr(opt, i);

		if (s && text_is_utf8(s, strlen(s)) && !text_blank(s))
			continue;
		cfg_error(cfg, "%s: the %u. is empty, or not UTF-8: write the warning as the mail shows it",
		          opt->name, i + 1);
		return -1;
	}
	return 0;
}

static int check_addressing(cfg_t *cfg, cfg_opt_t *opt)
{
	static const char *const words[] = { "plus", "catch-all", "none", NULL };
	return config_one_of(cfg, opt, words);
}

static int renamed_addressing(cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_error(cfg, "%s is called addressing now: write addressing = \"plus\" instead of true, "
	          "addressing = \"none\" instead of false", opt->name);
	return -1;
}

static int check_ceiling(cfg_t *cfg, cfg_opt_t *opt)
{
	return config_in_range(cfg, opt, 1, 1000000);
}

static int check_letters_from(cfg_t *cfg, cfg_opt_t *opt)
{
	return config_in_range(cfg, opt, 0, 23);
}

/* An empty one is none. */
static int check_templates(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *dir = cfg_opt_getnstr(opt, 0);

	if (!dir || !*dir || file_is_dir(dir))
		return 0;
	cfg_error(cfg, "%s: there is no folder %s: write where your own templates lie, or leave the line out",
	          opt->name, dir);
	return -1;
}

static int check_pages(cfg_t *cfg, cfg_opt_t *opt)
{
	return config_in_range(cfg, opt, 1, DOCUMENT_MAX_PAGES);
}

static cfg_t *new_parser(void)
{
	cfg_opt_t out[] = {
		CONFIG_OUT,
		CONFIG_DOOR,
	};
	cfg_opt_t in[] = {
		CONFIG_DOOR,
	};
	cfg_opt_t trust[] = {
		CONFIG_TRUST,
	};
	cfg_opt_t top[] = {
		CFG_STR("database", NULL, CFGF_NODEFAULT),
		CFG_STR("templates", NULL, CFGF_NODEFAULT),
		CFG_STR("language", "sv", CFGF_NONE),
		CFG_STR("helo", NULL, CFGF_NODEFAULT),
		CFG_STR("addressing", "plus", CFGF_NONE),
		CFG_STR("plus_addresses", NULL, CFGF_NODEFAULT),
		CFG_INT("letters_from", 7, CFGF_NONE),
		CFG_INT("ceiling", 500, CFGF_NONE),
		CFG_INT("document_pages", DOCUMENT_PAGES, CFGF_NONE),
		CFG_STR("bare_yes", "ask", CFGF_NONE),
		CFG_STR_LIST("banners", NULL, CFGF_NODEFAULT),
		CFG_SEC("out", out, CFGF_NONE),
		CFG_SEC("in", in, CFGF_NONE),
		CFG_SEC("trust", trust, CFGF_NONE),
		CFG_END(),
	};
	cfg_t *cfg = cfg_init(top, CFGF_NONE);

	if (!cfg)
		abort();
/* libconfuse's type for the callback lacks the attribute that ours has. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-format-attribute"
	cfg_set_error_function(cfg, keep_error);
#pragma GCC diagnostic pop
	cfg_set_validate_func(cfg, "language", check_language);
	cfg_set_validate_func(cfg, "templates", check_templates);
	cfg_set_validate_func(cfg, "letters_from", check_letters_from);
	cfg_set_validate_func(cfg, "ceiling", check_ceiling);
	cfg_set_validate_func(cfg, "document_pages", check_pages);
	cfg_set_validate_func(cfg, "bare_yes", check_bare_yes);
	cfg_set_validate_func(cfg, "banners", check_banners);
	cfg_set_validate_func(cfg, "trust", config_trust_check);
	cfg_set_validate_func(cfg, "addressing", check_addressing);
	cfg_set_validate_func(cfg, "plus_addresses", renamed_addressing);
	config_door_watch(cfg);
	return cfg;
}

static enum addressing addressing_of(const char *word)
{
	return !strcmp(word, "none") ? ADDRESSING_NONE
	       : !strcmp(word, "catch-all") ? ADDRESSING_CATCH_ALL : ADDRESSING_PLUS;
}

static void take(struct config *c, cfg_t *cfg, const char *database)
{
	c->database = database ? arena_dup(&c->arena, database) : config_str(c, cfg, "database");
	if (!c->database)
		c->database = LOCALSTATEDIR "/lib/oversyn/oversyn.db";
	c->templates = config_str(c, cfg, "templates");
	c->language = config_str(c, cfg, "language");
	c->helo = config_str(c, cfg, "helo");
	c->addressing = addressing_of(cfg_getstr(cfg, "addressing"));
	c->letters_from = (int)cfg_getint(cfg, "letters_from");
	c->ceiling = (int)cfg_getint(cfg, "ceiling");
	c->document_pages = (int)cfg_getint(cfg, "document_pages");
	c->bare_yes = !strcmp(cfg_getstr(cfg, "bare_yes"), "accept");
	c->banners = config_list(c, cfg, "banners", &c->n_banners);
	config_trust_take(c, cfg_getsec(cfg, "trust"));
	config_door_take(c, cfg_getsec(cfg, "out"), &c->out);
	config_out_take(c, cfg_getsec(cfg, "out"), &c->out);
	config_door_take(c, cfg_getsec(cfg, "in"), &c->in);
	if (!c->out.maildir)
		c->out.maildir = arena_fmt(&c->arena, "%s-mail/out", c->database);
	if (!c->in.maildir)
		c->in.maildir = arena_fmt(&c->arena, "%s-mail/in", c->database);
}

static char *blank_until(char *at, const char *end)
{
	while (*at && strncmp(at, end, strlen(end))) {
		if (*at != '\n')
			*at = ' ';
		at++;
	}
	for (size_t i = 0; *at && *at != '\n' && i < strlen(end); i++)
		*at++ = ' ';
	return at;
}

/* libconfuse counts the lines of comments more than once, so it gets none. */
static void blank_comments(char *text)
{
	for (char *at = text, quote = '\0'; *at;) {
		bool word = at > text && !strchr(" \t\r\n;{}=", at[-1]);

		if (quote) {
			if (*at == '\\' && at[1])
				at++;
			else if (*at == quote)
				quote = '\0';
			at++;
		} else if (*at == '#' || (!word && text_starts(at, "//"))) {
			at = blank_until(at, "\n");
		} else if (!word && text_starts(at, "/*")) {
			at[0] = at[1] = ' ';
			at = blank_until(at, "*/");
		} else {
			quote = *at == '"' || *at == '\'' ? *at : '\0';
			at++;
		}
	}
}

/* The line of a backslash outside quotes, which libconfuse would print and step
 * over; 0: there is none. */
static int stray_backslash(const char *text)
{
	int line = 1;

	for (char quote = '\0'; *text; text++) {
		line += *text == '\n';
		if (*text == '\\' && !quote)
			return line;
		if (*text == '\\' && text[1])
			line += *++text == '\n';
		else if (quote ? *text == quote : *text == '"' || *text == '\'')
			quote = quote ? '\0' : *text;
	}
	return 0;
}

static int parse(cfg_t *cfg, const char *name, struct buf *text, struct err *e)
{
	first_error[0] = '\0';
	reading = name;
	if (strlen(text->data) != text->len)
		return err_set(e, ERR_USAGE, "%s: this is no text: it holds a zero byte", name);
	blank_comments(text->data);
	int line = stray_backslash(text->data);
	if (line)
		return err_set(e, ERR_USAGE, "%s:%d: a backslash may only stand in a text in double quotes",
		               name, line);
	if (cfg_parse_buf(cfg, text->data) == CFG_SUCCESS)
		return 0;
	return err_set(e, ERR_USAGE, "%s", *first_error ? first_error
	                                                : "the configuration cannot be read");
}

int config_parse(const char *name, struct buf *text, const char *database, struct config *out,
                 struct err *e)
{
	cfg_t *cfg = new_parser();

	*out = (struct config){ .arena = ARENA_INIT };
	out->file = arena_dup(&out->arena, name);
	int failed = parse(cfg, name, text, e);
	if (!failed) {
		take(out, cfg, database);
		out->letters = arena_alloc(&out->arena, sizeof(*out->letters));
	}
	cfg_free(cfg);
	if (failed)
		config_release(out);
	return failed ? -1 : 0;
}

int config_read(const char *file, const char *database, struct config *out, struct err *e)
{
	static const char standard[] = SYSCONFDIR "/oversyn/oversyn.conf";
	struct buf text AUTO(buf_release) = BUF_INIT;

	if (!file && access(standard, R_OK) == 0)
		file = standard;
	if (file && file_read(file, CONFIG_LIMIT, &text, e))
		return -1;
	return config_parse(file ? file : "configuration", &text, database, out, e);
}

void config_release(struct config *c)
{
	if (c->letters)
		arena_release(&c->letters->arena);
	arena_release(&c->arena);
}
