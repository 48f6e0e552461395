/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "app/commands.h"

int house_open(const struct options *o, unsigned store_flags, struct house *out, struct err *e)
{
	*out = (struct house){ .store = NULL };
	if (config_read(o->config, o->db, &out->config, e))
		return -1;
	if (!store_open(out->config.database, store_flags, &out->store, e))
		return 0;
	config_release(&out->config);
	return -1;
}

void house_close(struct house *h)
{
	if (h->store)
		store_close(h->store);
	config_release(&h->config);
	*h = (struct house){ .store = NULL };
}

int command_init(const struct options *o, struct err *e)
{
	struct registry registry AUTO(registry_release);
	struct house h;

	if (house_open(o, STORE_CREATE, &h, e))
		return -1;
	registry_init(&registry);
	int failed = store_load_settings(h.store, &registry, e);
	if (!failed)
		printf(registry.settings.name ? "%s is up to date\n" : "%s is ready; now: oversyn import FOLDER\n",
		       h.config.database);
	house_close(&h);
	return failed;
}
