/* SPDX-License-Identifier: EUPL-1.2 */
#include "config-trust.h"

#include <string.h>

#include "base/attr.h"
#include "net/dns.h"

static const char *const profiles[AUTH_PROFILES] = {
	[AUTH_NONE] = "none",
	[AUTH_AUTHSERV] = "authserv",
	[AUTH_DKIM] = "dkim",
	[AUTH_M365] = "m365",
};

static const char *text(cfg_t *sec, const char *name)
{
	const char *value = cfg_getstr(sec, name);

	return value && *value ? value : NULL;
}

/* An id without a profile says which it is. AUTH_PROFILES: there is no such. */
static enum auth_profile profile_of(cfg_t *sec)
{
	const char *word = text(sec, "profile");

	if (!word)
		return text(sec, "authserv_id") ? AUTH_AUTHSERV : AUTH_NONE;
	for (int i = 0; i < AUTH_PROFILES; i++)
		if (!strcmp(profiles[i], word))
			return (enum auth_profile)i;
	return AUTH_PROFILES;
}

/* What is wrong with the settings together, or NULL. */
static const char *contradiction(cfg_t *sec, enum auth_profile p)
{
	bool domains = cfg_size(sec, "domains") > 0;

	if (text(sec, "authserv_id") && p != AUTH_AUTHSERV)
		return "authserv_id is of no use with this profile: leave it out, or write profile = \"authserv\"";
	if (!text(sec, "authserv_id") && p == AUTH_AUTHSERV)
		return "profile = \"authserv\" needs authserv_id: the name your mail server writes first in "
		       "Authentication-Results";
	if (text(sec, "tenant") && p != AUTH_M365)
		return "tenant is of no use with this profile: leave it out, or write profile = \"m365\"";
	if (text(sec, "tenant") && !domains)
		return "tenant needs domains: the mail domains of your tenant";
	if (domains && p != AUTH_M365 && p != AUTH_DKIM)
		return "domains is of no use with this profile: leave it out, or write profile = \"dkim\" or \"m365\"";
	if (text(sec, "resolver") && p != AUTH_DKIM)
		return "resolver is of no use with this profile: leave it out, or write profile = \"dkim\"";
	return NULL;
}

static bool is_domain(const char *s)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";

	return s && strspn(s, letters) == strlen(s) && strchr(s, '.') && *s != '.' && s[strlen(s) - 1] != '.';
}

int config_trust_check(cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_t *sec = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
	enum auth_profile p = profile_of(sec);
	const char *resolver = text(sec, "resolver"), *tenant = text(sec, "tenant");

	if (p == AUTH_PROFILES) {
		cfg_error(cfg, "profile = \"%s\": write one of \"authserv\", \"dkim\", \"m365\", \"none\"",
		          text(sec, "profile"));
		return -1;
	}
	for (unsigned i = 0; i < cfg_size(sec, "domains"); i++)
		if (!is_domain(cfg_getnstr(sec, "domains", i))) {
			cfg_error(cfg, "domains: \"%s\" is no mail domain, like kommun.se", cfg_getnstr(sec, "domains", i));
			return -1;
		}
	for (const char *c = text(sec, "authserv_id"); c && *c; c++)
		if (*c <= ' ' || *c > '~' || strchr("\"();\\", *c)) {
			cfg_error(cfg, "authserv_id = \"%s\": write one word, like mail.kommun.se", text(sec, "authserv_id"));
			return -1;
		}
	if (tenant && !is_domain(tenant)) {
		cfg_error(cfg, "tenant = \"%s\": write how the names of your tenant's hosts end, like "
		          "eurprd01.prod.outlook.com", tenant);
		return -1;
	}
	if (resolver && !dns_is_resolver(resolver)) {
		cfg_error(cfg, "resolver = \"%s\": write an IPv4 address, or one with a port: \"127.0.0.1:53\"",
		          resolver);
		return -1;
	}
	const char *wrong = contradiction(sec, p);
	if (wrong)
		cfg_error(cfg, "%s", wrong);
	return wrong ? -1 : 0;
}

const char *const *config_list(struct config *c, cfg_t *cfg, const char *name, size_t *n)
{
	unsigned size = cfg_size(cfg, name);
	const char **list = arena_alloc(&c->arena, (size + 1) * sizeof(*list));

	*n = 0;
	for (unsigned i = 0; i < size; i++) {
		const char *value = cfg_getnstr(cfg, name, i);
		if (value && *value)
			list[(*n)++] = arena_dup(&c->arena, value);
	}
	return list;
}

void config_trust_take(struct config *c, cfg_t *sec)
{
	c->profile = profile_of(sec);
	c->authserv_id = arena_dup(&c->arena, text(sec, "authserv_id"));
	c->tenant = arena_dup(&c->arena, text(sec, "tenant"));
	c->resolver = arena_dup(&c->arena, text(sec, "resolver"));
	c->domains = config_list(c, sec, "domains", &c->n_domains);
}

void config_known(const struct config *c, struct mail_known *out)
{
	*out = (struct mail_known){
		.received = INSTANT_NONE,
		.profile = c->profile,
		.authserv = c->authserv_id,
		.tenant = c->tenant,
		.domains = c->domains,
		.n_domains = c->n_domains,
		.banners = c->banners,
		.n_banners = c->n_banners,
	};
}
