/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/outbox.h"

struct outbox_change *change_outbox(struct change *c, struct arena *a)
{
	if (!c->outbox) {
		c->outbox = arena_alloc(a, sizeof(*c->outbox));
		*c->outbox = (struct outbox_change){ .n_told = 0 };
	}
	return c->outbox;
}

void change_mail_told(struct change *c, struct arena *a, int64_t id, bool failed)
{
	struct outbox_change *o = change_outbox(c, a);

	o->told = arena_grow(a, o->told, o->n_told, &o->cap_told, sizeof(*o->told));
	o->told[o->n_told++] = (struct mail_told){ id, failed };
}

void change_bounced(struct change *c, struct arena *a, int64_t id, const char *said, bool told)
{
	struct outbox_change *o = change_outbox(c, a);

	o->bounced = arena_grow(a, o->bounced, o->n_bounced, &o->cap_bounced, sizeof(*o->bounced));
	o->bounced[o->n_bounced++] = (struct mail_bounced){ id, said, told };
}
