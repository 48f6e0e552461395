/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: what is kept of the letters about what bodies decide. */
#include <string.h>

#include "src/app/outward.h"

void outward_inquiry(struct arena *a, const struct plan_item *x, const struct letter *letter,
                        const char *message_id, struct change *c)
{
	struct inquiry q = x->inquiry;
	char day[DATE_TEXT];

	memcpy(q.letter, letter->ref, sizeof(q.letter));
	change_inquiry(c, a, &q);
	change_record(c, a, "inquiry", q.review,
	              arena_fmt(a, "about=%s\nasks=%s\nmeeting=%s\nrole=%s\nletter=%s\nn=%d\ntimes=%d\nmessage_id=%s\n",
	                        q.adjustment ? "minutes" : "decision", inquiry_about_name(q.about), date_text(q.meeting, day),
	                        letter->role, letter->ref, q.n, q.times, message_id));
}

void outward_back(struct arena *a, const struct plan_item *x, const char *message_id,
                     struct change *c)
{
	char day[DATE_TEXT];

	change_review(c, a, &x->review);
	change_record(c, a, "returned-again", x->review.id,
	              arena_fmt(a, "since=%s\nmessage_id=%s\n", date_text(x->told, day), message_id));
}
