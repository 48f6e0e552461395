/* SPDX-License-Identifier: EUPL-1.2 */
/* The words about items that several approve together. */
#include "src/app/answer.h"

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

const char *answer_joint(const struct pass *p, struct arena *a, const struct applied_item *x)
{
	bool sv = p->lang == VIEW_SV;
	const char *far = arena_fmt(a, sv ? "%d av %d har godkänt" : "%d of %d have approved",
	                            x->approvals, x->need);

	if (!x->awaits)
		return far;
	return arena_fmt(a, sv ? "%s; kvar att svara: %s" : "%s; still to answer: %s", far, x->awaits);
}

const char *answer_joint_note(const struct pass *p, enum apply_note note)
{
	if (note == NOTE_AUTHOR)
		return pick(p, "Du står som författare och kan därför inte godkänna det själv. De andra som "
		               "ska godkänna har fått var sitt mejl.",
		            "You are its author, so you cannot approve it yourself. The others who are to "
		            "approve it have each had a letter.");
	return pick(p, "Ditt godkännande är redan inskrivet. En person räknas bara en gång, så en annan av "
	               "dem som ska godkänna behöver svara.",
	            "Your approval is recorded already. One person counts once, so another of those who "
	            "are to approve it must answer.");
}

static const char *how_many(const struct pass *p, enum quorum q)
{
	switch (q) {
	case QUORUM_ONE:
		return pick(p, "Det räcker att en av er godkänner.", "It is enough that one of you approves.");
	case QUORUM_TWO:
		return pick(p, "Två av er behöver godkänna.", "Two of you must approve.");
	case QUORUM_NONE:
	case QUORUM_ALL:
		break;
	}
	return pick(p, "Alla behöver godkänna.", "All of you must approve.");
}

const char *answer_joint_line(const struct pass *p, struct arena *a, const struct item *item,
                              int n, bool single)
{
	bool sv = p->lang == VIEW_SV;
	const char *who = quorum_awaited(&p->registry, item, p->today, NULL, 0, a);

	if (single)
		return arena_fmt(a, sv ? "Ni är flera som godkänner det här: %s. %s"
		                    : "Several of you approve this: %s. %s", who ? who : "–",
		                 how_many(p, item->quorum));
	return arena_fmt(a, sv ? "Ni är flera som godkänner nr %d: %s. %s"
	                    : "Several of you approve no. %d: %s. %s", n, who ? who : "–",
	                 how_many(p, item->quorum));
}
