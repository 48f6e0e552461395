/* SPDX-License-Identifier: EUPL-1.2 */
#include "loop.h"

#include "core/wakeup.h"

static int sleep_for(instant now, instant next)
{
	return next - now < LOOP_SLEEP_S ? (int)(next - now) : LOOP_SLEEP_S;
}

/* False: it is to end. */
static bool sleep_until(const struct loop_ops *ops, void *ctx, struct wakeup *w)
{
	bool look = false;

	for (;;) {
		w->letters_from = ops->letters_from(ctx);
		instant now = ops->now(ctx), next = wakeup_next(w, now);
		instant breath = w->passed + LOOP_BREATH_S;

		if (look && breath < next)
			next = breath;
		if (now >= next)
			return true;
		enum loop_woken woken = ops->sleep(ctx, sleep_for(now, next), next);
		if (woken == LOOP_END)
			return false;
		look = look || woken == LOOP_LOOK;
	}
}

void loop_run(const struct loop_ops *ops, void *ctx)
{
	struct wakeup w = { .passed = INSTANT_NONE };

	while (sleep_until(ops, ctx, &w)) {
		struct loop_left left = { .retry = INSTANT_NONE };

		w.passed = ops->now(ctx);
		ops->pass(ctx, w.passed, &left);
		w.failures = left.failed ? w.failures + 1 : 0;
		w.left = left.left;
		w.retry = left.retry;
	}
}
