/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_APP_CONFIG_TRUST_H
#define OVERSYN_SRC_APP_CONFIG_TRUST_H

#include <confuse.h>

#include "app/config.h"

/* The section "trust": its settings, with CFG_END() behind them. */
#define CONFIG_TRUST                                    \
	CFG_STR("profile", NULL, CFGF_NODEFAULT),       \
	CFG_STR("authserv_id", NULL, CFGF_NODEFAULT),   \
	CFG_STR("tenant", NULL, CFGF_NODEFAULT),        \
	CFG_STR_LIST("domains", NULL, CFGF_NODEFAULT),  \
	CFG_STR("resolver", NULL, CFGF_NODEFAULT),      \
	CFG_END()

/* Refuses what cannot be, and settings that contradict each other. */
int config_trust_check(cfg_t *cfg, cfg_opt_t *opt);
void config_trust_take(struct config *c, cfg_t *sec);
/* A list's texts, in the configuration's arena. */
const char *const *config_list(struct config *c, cfg_t *cfg, const char *name, size_t *n);

#endif
