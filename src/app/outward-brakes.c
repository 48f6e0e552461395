/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: when nothing is sent, and what the coordinator hears beside the letters. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "core/deficiency.h"
#include "src/app/matters.h"
#include "src/app/outward.h"
#include "store/brakes.h"

/* ---- the brake ---- */

static int foreseen(const struct plan *plan)
{
	int n = 0;

	for (size_t i = 0; i < plan->n_letters; i++)
		n += plan->letters[i].foreseen;
	return n;
}

static int stop(struct pass *p, struct arena *a, int wanted, int expected, const struct brake *b,
                struct err *e)
{
	struct change c = { .at = p->now };
	struct letter_words w = { .single = wanted == 1 };
	struct brake on = brake_after(b, p->today, true, wanted, 0);
	const struct role *to = coordinator_of(p);
	struct letter letter;

	c.brake = &on;
	log_event(LOG_ERROR, "sending-stopped", "letters=%d foreseen=%d", wanted, expected);
	if (to) {
		if (coordinator_letter(p, a, to, &letter, e))
			return -1;
		letter_common_words(p, a, &letter, registry_body(&p->registry, letter.body), to, &w);
		w.count = arena_fmt(a, "%d", wanted);
		w.left = arena_fmt(a, "%d", expected);
		w.from_long = letter_day_long(p, a, p->today);
		if (coordinator_write(p, a, to, "stopped", &letter, &w, &c, e))
			return -1;
	}
	return store_apply(p->store, &c, e);
}

int outward_stops(struct pass *p, struct arena *a, const struct plan *plan, const struct brake *b,
                  struct err *e)
{
	int wanted = (int)plan->n_letters, expected = foreseen(plan);

	if (!brake_stops(&p->registry.settings, b, wanted, expected))
		return 0;
	p->report.stopped = wanted;
	/* The coordinator knows already. */
	if (b->state == BRAKE_ON)
		return 1;
	return stop(p, a, wanted, expected, b, e) ? -1 : 1;
}

int outward_passed(struct pass *p, struct arena *a, const struct brake *b, int wanted, int sent,
                   struct err *e)
{
	struct change c = { .at = p->now };
	struct brake next = brake_after(b, p->today, false, wanted, sent);

	if (next.passed == b->passed && next.state == b->state && next.wanted == b->wanted)
		return 0;
	c.brake = &next;
	if (b->passed == DAY_NONE && wanted > p->registry.settings.storm_letters)
		change_matter(&c, a, &(struct matter){
			.kind = MATTER_FIRST, .key = "first", .day = p->today, .text = arena_fmt(a, "%d", wanted),
		});
	return store_apply(p->store, &c, e);
}

void outward_preview_brake(const struct pass *p, const struct plan *plan, const struct brake *b,
                           bool json, struct buf *out)
{
	int wanted = (int)plan->n_letters, expected = foreseen(plan);

	if (!brake_stops(&p->registry.settings, b, wanted, expected))
		return;
	if (json) {
		struct json *j = json_new();

		json_int(j, "stopped", wanted);
		json_int(j, "foreseen", expected);
		json_write(j, out);
	} else {
		buf_fmt(out, "stopped        %d letters, of which %d were to be foreseen: none would be sent until "
		        "`oversyn outbox release`\n", wanted, expected);
	}
}

/* ---- what the coordinator hears ---- */

void outward_escalated(const struct pass *p, struct arena *a, const struct plan_letter *l,
                       const struct plan_item *x, struct change *c)
{
	const struct role *coordinator = deficiency_coordinator(&p->registry, p->today);
	char day[DATE_TEXT];

	/* Who has got the letter knows. */
	if (coordinator && trust_same_address(coordinator->address, l->holder->address))
		return;
	change_matter(c, a, &(struct matter){
		.kind = MATTER_ESCALATED, .day = p->today, .item = x->item->id,
		.key = arena_fmt(a, "%s %s", x->review.id, rung_name(x->rung)),
		.role = x->holder ? x->holder->id : NULL, .other = l->holder->id,
		.text = arena_dup(a, date_text(x->review.act_by, day)),
	});
}

/* Another role in force at the same address is a successor; so is one that the
 * register names now. */
static bool vacant(const struct pass *p, const struct plan_item *x, const struct role *now)
{
	const struct role *before = x->before;

	return before && !before->dead && !role_valid(before, p->today) && x->item->responsible
	       && !strcmp(x->item->responsible, before->id)
	       && !trust_same_address(before->address, now->address);
}

/* The letter is to an address, which may have several roles: the item has its own. */
void outward_handed(const struct pass *p, struct arena *a, const struct plan_item *x,
                    const char *message_id, struct change *c)
{
	const char *before = x->item->held_by, *now = x->holder->id;
	char day[DATE_TEXT];

	change_holding(c, a, &(struct holding){
		.what = HELD_ITEM, .id = x->item->id, .role = now, .since = p->today,
	});
	change_record(c, a, "handed-over", x->item->id,
	              arena_fmt(a, "from=%s\nto=%s\nmessage_id=%s\n", before, now, message_id));
	if (!vacant(p, x, x->holder))
		return;
	change_matter(c, a, &(struct matter){
		.kind = MATTER_VACANT, .day = p->today, .role = before, .other = now,
		.key = arena_fmt(a, "%s %s %s", before, now, date_text(p->today, day)),
	});
}

void outward_chaired(const struct pass *p, struct arena *a, const struct body *body, const char *role,
                     struct change *c)
{
	change_holding(c, a, &(struct holding){ .what = HELD_CHAIR, .id = body->id, .role = role,
	                                       .since = body->chaired_by ? p->today : DAY_NONE });
	if (body->chaired_by) /* else it is only known now */
		change_record(c, a, "chaired", body->id, arena_fmt(a, "by=%s\n", role));
}

/* A role that has ended, with nobody who answers in its place. What a dead address
 * leaves behind is told with that. */
static void add_orphan(const struct pass *p, struct arena *a, const struct item *item,
                       struct change *c)
{
	const struct role *role = registry_role(&p->registry, item->responsible);
	char day[DATE_TEXT];

	if (!role || role->dead || role->to == DAY_NONE || role->to >= p->today)
		return;
	change_matter(c, a, &(struct matter){
		.kind = MATTER_VACANT, .day = p->today, .role = role->id,
		.key = arena_fmt(a, "%s nobody %s", role->id, date_text(role->to, day)),
	});
}

void outward_settled(const struct pass *p, struct arena *a, const struct plan *plan,
                     struct change *c)
{
	for (size_t i = 0; i < plan->n_chairs; i++)
		if (!plan->chairs[i].letter)
			outward_chaired(p, a, plan->chairs[i].body, plan->chairs[i].role, c);
	for (size_t i = 0; i < plan->n_orphans; i++)
		add_orphan(p, a, plan->orphans[i], c);
	for (size_t i = 0; i < plan->n_capped; i++)
		change_matter(c, a, &(struct matter){
			.kind = MATTER_CAPPED, .day = p->today, .key = plan->capped[i].review,
			.item = plan->capped[i].item->id, .role = plan->capped[i].holder->id,
		});
}
