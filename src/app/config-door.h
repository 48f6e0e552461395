/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_CONFIG_DOOR_H
#define OVERSYN_SRC_APP_CONFIG_DOOR_H

#include <confuse.h>

#include "app/config.h"

/* What only "out" has. */
#define CONFIG_OUT                                           \
	CFG_STR("sendmail", NULL, CFGF_NODEFAULT),           \
	CFG_INT("per_minute", CONFIG_BY_HOST, CFGF_NONE),    \
	CFG_INT("per_day", CONFIG_BY_HOST, CFGF_NONE),       \
	CFG_INT("connections", CONFIG_CONNECTIONS, CFGF_NONE), \
	CFG_INT("notice_hours", RETRY_NOTICE_H, CFGF_NONE),  \
	CFG_INT("give_up_hours", RETRY_GIVE_UP_H, CFGF_NONE)

enum { CONFIG_BY_HOST = -1 }; /* a limit that is not set: what is known of the host */
enum { CONFIG_CONNECTIONS = 2 }; /* Exchange Online takes three from one mailbox */

/* The sections "out" and "in": their settings, with CFG_END() behind them. */
#define CONFIG_DOOR                                          \
	CFG_STR("transport", "maildir", CFGF_NONE),          \
	CFG_STR("maildir", NULL, CFGF_NODEFAULT),            \
	CFG_STR("host", NULL, CFGF_NODEFAULT),               \
	CFG_INT("port", 0, CFGF_NONE),                       \
	CFG_STR("tls", "implicit", CFGF_NONE),               \
	CFG_STR("ca_file", NULL, CFGF_NODEFAULT),            \
	CFG_STR_LIST("pin", NULL, CFGF_NODEFAULT),           \
	CFG_STR("user", NULL, CFGF_NODEFAULT),               \
	CFG_STR("auth", "auto", CFGF_NONE),                  \
	CFG_STR("password_file", NULL, CFGF_NODEFAULT),      \
	CFG_STR("password_credential", NULL, CFGF_NODEFAULT), \
	CFG_STR_LIST("password_command", NULL, CFGF_NODEFAULT), \
	CFG_STR("token_url", NULL, CFGF_NODEFAULT),          \
	CFG_STR("token_ca_file", NULL, CFGF_NODEFAULT),      \
	CFG_STR("client_id", NULL, CFGF_NODEFAULT),          \
	CFG_STR("scope", NULL, CFGF_NODEFAULT),              \
	CFG_INT("timeout", 30, CFGF_NONE),                   \
	CFG_STR("mailbox", "INBOX", CFGF_NONE),              \
	CFG_STR("handled", "Oversyn-klart", CFGF_NONE),      \
	CFG_END()

/* Has every setting of the doors looked at while the file is read. */
void config_door_watch(cfg_t *cfg);
void config_door_take(struct config *c, cfg_t *sec, struct mail_door *d);
/* And what only "out" has. */
void config_out_take(struct config *c, cfg_t *sec, struct mail_door *d);

/* ---- what every part of the configuration needs ---- */

/* A text in the configuration's arena; NULL: not set, or empty. */
const char *config_str(struct config *c, cfg_t *cfg, const char *name);
/* Checks that report through cfg_error() and return -1. */
int config_one_of(cfg_t *cfg, cfg_opt_t *opt, const char *const *words);
int config_in_range(cfg_t *cfg, cfg_opt_t *opt, long least, long most);

#endif
