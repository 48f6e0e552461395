/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_OUTBOX_H
#define OVERSYN_CORE_OUTBOX_H

#include "core/change.h"

/* Of a mail that went out: what the coordinator is now told of it, or how it came back. */
struct mail_told {
	int64_t id;
	bool failed; /* else that it is late */
};
struct mail_bounced {
	int64_t id;
	const char *said; /* by the server that sent it back; NULL */
	bool told; /* the coordinator hears of it in another way */
};

/* A review about which a mail has been written that has not left: it waits, is held, or is
 * on its way. */
struct unsent {
	const char *review, *seat; /* "" where it has but one holder */
};

/* What a change does to mails that went out. */
struct outbox_change {
	struct mail_told *told;
	size_t n_told, cap_told;
	struct mail_bounced *bounced;
	size_t n_bounced, cap_bounced;
	bool hold_told; /* the coordinator is told that the outbox is held */
};

/* The change's, made in the arena when first asked for. */
struct outbox_change *change_outbox(struct change *c, struct arena *a);
void change_mail_told(struct change *c, struct arena *a, int64_t id, bool failed);
void change_bounced(struct change *c, struct arena *a, int64_t id, const char *said, bool told);

#endif
