/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/wakeup.h"

static instant earlier(instant a, instant b)
{
	return a < b ? a : b;
}

/* The first time after `t` that letters of a day begin. */
static instant next_morning(instant t, int hour)
{
	dayno day = zone_wall(t).day;
	instant today = zone_instant(day, hour, 0, 0);

	return t < today ? today : zone_instant(day + 1, hour, 0, 0);
}

static int failed_wait(int failures)
{
	int wait = WAKEUP_FAILED_S;

	for (int i = 1; i < failures && wait < WAKEUP_FAILED_MOST_S; i++)
		wait *= 2;
	return wait < WAKEUP_FAILED_MOST_S ? wait : WAKEUP_FAILED_MOST_S;
}

instant wakeup_next(const struct wakeup *w, instant now)
{
	/* a clock that was put back is a day that may begin again */
	if (w->passed == INSTANT_NONE || w->passed > now)
		return now;
	instant next = earlier(next_morning(w->passed, w->letters_from), w->passed + WAKEUP_ANY_S);
	if (w->failures)
		next = earlier(next, w->passed + failed_wait(w->failures));
	if (w->left)
		next = earlier(next, w->passed + WAKEUP_LEFT_S);
	/* what could have gone in that pass and did not was one too many for the server */
	if (w->retry != INSTANT_NONE)
		next = earlier(next, w->retry > w->passed ? w->retry : w->passed + WAKEUP_THROTTLE_S);
	return next;
}
