/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "internal.h"
#include "stream-internal.h"

/* By the clock, where nobody tells. */
static int poll_on(struct receiver *r, int64_t now, struct watch *w)
{
	if (!r->look_at)
		r->look_at = now + RECEIVER_POLL_S * INT64_C(1000);
	w->until = r->look_at;
	if (now < r->look_at)
		return 0;
	r->look_at = 0;
	return 1;
}

int receiver_watch(struct receiver *r, int64_t now, struct watch *w, struct err *e)
{
	*w = (struct watch){ .fd = -1 };
	/* once it is by the clock, it stays so until the next look */
	int look = r->look_at || !r->ops->watch ? 0 : r->ops->watch(r, now, w, e);
	return look || w->fd >= 0 ? look : poll_on(r, now, w);
}

int receiver_wait(struct receiver *r, const struct net_clock *clock, int64_t until,
                  enum waited *out, struct err *e)
{
	clock = net_clock_or(clock);
	for (;;) {
		struct watch w;
		int64_t now = clock->now_ms(clock->ctx);
		int look = receiver_watch(r, now, &w, e);
		if (look < 0)
			return -1;
		*out = look ? WAITED_LOOK : WAITED_TIME_UP;
		if (look || now >= until)
			return 0;
		int64_t at = w.until < until ? w.until : until;
		if (clock->wait(clock->ctx, w.fd, POLLIN, at - now) < 0 && errno != EINTR)
			return err_set(e, ERR_OUTSIDE, "cannot wait for mail: %s", strerror(errno));
	}
}
