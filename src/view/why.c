/* SPDX-License-Identifier: EUPL-1.2 */
/* `oversyn why ITEM`: how its dates came about, in sentences. */
#include "core/quorum.h"
#include "internal.h"

void why_say(const struct why *w, const char *sv, const char *en, ...)
{
	va_list ap;

	va_start(ap, en);
	buf_vfmt(w->out, w->lang == VIEW_SV ? sv : en, ap);
	va_end(ap);
}

static const char *how_many(const struct why *w, enum quorum q)
{
	switch (q) {
	case QUORUM_ONE:
		return word(w->lang, "en av dem", "one of them");
	case QUORUM_TWO:
		return word(w->lang, "två av dem", "two of them");
	case QUORUM_NONE:
	case QUORUM_ALL:
		break;
	}
	return word(w->lang, "alla", "all of them");
}

static void say_approvers(const struct why *w)
{
	const struct item *i = w->item;
	const struct role *author = registry_role(w->r, i->author);
	const char *who = quorum_joint(i) ? quorum_awaited(w->r, i, w->today, NULL, 0, w->a) : NULL;

	if (quorum_joint(i))
		why_say(w, "Godkänns av %s: %s.\n", "Approved by %s: %s.\n",
		        how_many(w, i->quorum), who ? clean_line(w->a, who) : "–");
	if (author)
		why_say(w, "Författare är %s (%s), som inte själv godkänner.\n",
		        "Its author is %s (%s), who does not approve it.\n",
		        clean_line(w->a, author->title ? author->title : author->id), author->id);
}

static void say_item(const struct why *w)
{
	const struct item *i = w->item;
	const struct role *role = i->responsible ? registry_role(w->r, i->responsible) : NULL;

	buf_fmt(w->out, "%s", i->id);
	if (i->title)
		buf_fmt(w->out, " %s", clean_line(w->a, i->title));
	why_say(w, " (%s, %s)\n", " (%s, %s)\n",
	        word(w->lang, item_kind_word(i->kind), item_kind_name(i->kind)),
	        i->body ? i->body : "alla");
	if (role && role->title)
		why_say(w, "Ansvarig är %s (%s).", "Responsible is %s (%s).",
		        clean_line(w->a, role->title), role->id);
	else if (i->responsible)
		why_say(w, "Ansvarig är %s, en roll som inte finns i registret.",
		        "Responsible is %s, a role that is not in the register.", i->responsible);
	else
		why_say(w, "Ingen är ansvarig.", "Nobody is responsible.");
	if (i->decided_by)
		why_say(w, " Beslutas av %s.", " Decided by %s.", clean_line(w->a, i->decided_by));
	buf_chr(w->out, '\n');
	say_approvers(w);
}

/* A body that ends hands its affairs on. */
static void say_succession(const struct why *w)
{
	const struct body *body = registry_body(w->r, w->item->body);

	if (!body || !body->successor || body->ceases == DAY_NONE)
		return;
	why_say(w, "%s upphör %s; därefter ligger det hos %s.\n",
	        "%s ends on %s; after that it lies with %s.\n", body->id,
	        view_iso(w->a, body->ceases), body->successor);
}

/* Who answers when the work must be ready, if that is somebody else. */
static void say_holder(const struct why *w)
{
	dayno day = w->due->act_by < w->today ? w->today : w->due->act_by;
	const struct role *named = registry_role(w->r, w->item->responsible);

	if (!named || w->due->act_by == DAY_NONE)
		return;
	const struct role *holder = registry_holder(w->r, w->item, day);
	if (!holder)
		why_say(w, "Ingen innehar rollen %s då.\n", "Nobody holds the role %s then.\n",
		        named->id);
	else if (holder != named)
		why_say(w, "Då svarar %s (%s) i stället.\n", "By then %s (%s) answers for it.\n",
		        clean_line(w->a, holder->title ? holder->title : holder->id), holder->id);
	const struct absence *away = holder ? registry_absence(w->r, holder->id, day) : NULL;
	const struct role *deputy = away ? registry_role(w->r, holder->deputy) : NULL;
	if (!away)
		return;
	why_say(w, "%s är borta %s till %s", "%s is away from %s to %s", holder->id,
	        view_iso(w->a, away->from), view_iso(w->a, away->to));
	if (deputy)
		why_say(w, "; ersättare är %s (%s).\n", "; the deputy is %s (%s).\n",
		        clean_line(w->a, deputy->title ? deputy->title : deputy->id), deputy->id);
	else
		why_say(w, " och har ingen ersättare.\n", " and has no deputy.\n");
}

static void say_words(const struct why *w)
{
	const struct item *i = w->item;

	if (i->rule_text)
		why_say(w, "Registret säger om uppföljning: »%s«.",
		        "The register says about reviews: \"%s\".", clean_line(w->a, i->rule_text));
	else
		why_say(w, "Registret säger inget om uppföljning.",
		        "The register says nothing about reviews.");
	if (i->validity)
		why_say(w, " Om giltighet: »%s«.", " About validity: \"%s\".",
		        clean_line(w->a, i->validity));
	buf_chr(w->out, '\n');
}

static void say_anchor(const struct why *w)
{
	const char *day = view_iso(w->a, w->due->anchor);

	switch (w->due->anchor_source) {
	case ANCHOR_NONE:
		why_say(w, "Det finns inget att räkna från: varken granskat, reviderat eller "
		        "beslutat.\n",
		        "There is nothing to count from: neither reviewed, revised nor decided.\n");
		break;
	case ANCHOR_REVIEWED:
		why_say(w, "Senast granskat %s; det räknas därifrån.\n",
		        "Last reviewed %s, which is what is counted from.\n", day);
		break;
	case ANCHOR_REVISED:
		why_say(w, "Senast reviderat %s; det räknas därifrån.\n",
		        "Last revised %s, which is what is counted from.\n", day);
		break;
	case ANCHOR_DECIDED:
		why_say(w, "Beslutat %s; det räknas därifrån.\n",
		        "Decided %s, which is what is counted from.\n", day);
		break;
	case ANCHOR_VALID_FROM:
		why_say(w, "Gäller från %s; det räknas därifrån.\n",
		        "Valid from %s, which is what is counted from.\n", day);
		break;
	}
}

static void say_status(const struct why *w)
{
	const struct due *d = w->due;

	switch (d->status) {
	case DUE_OVERDUE:
		if (d->due == w->today - 1)
			why_say(w, "Försenad sedan i går.\n", "Overdue since yesterday.\n");
		else
			why_say(w, "Försenad sedan %s, i dag %d dagar.\n",
			        "Overdue since %s, %d days today.\n",
			        view_iso(w->a, d->due), w->today - d->due);
		break;
	case DUE_SOON:
	case DUE_LATER:
		if (d->due == w->today)
			why_say(w, "Det är i dag.\n", "That is today.\n");
		break;
	case DUE_ASK:
		why_say(w, "Det går inte att bevaka förrän någon har svarat.\n",
		        "It cannot be watched until somebody has answered.\n");
		break;
	case DUE_NONE:
		why_say(w, "Det har ingen frist.\n", "It has no due date.\n");
		break;
	}
}

static void say_asks(const struct why *w)
{
	const struct due *d = w->due;

	for (size_t k = 0; k < d->n_ask; k++)
		why_say(w, "%s%s%s", "%s%s%s",
		        k ? "; " : word(w->lang, "Fråga efter: ", "Ask for: "),
		        clean_line(w->a, d->ask[k]), k + 1 < d->n_ask ? "" : ".\n");
}

void view_why(const struct registry *r, const struct item *i, const struct due *d, dayno today,
              enum view_lang lang, struct buf *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const struct why w = {
		.r = r, .item = i, .due = d, .today = today, .lang = lang, .a = &a, .out = out,
	};

	say_item(&w);
	if (i->retired) {
		if (i->replaced_by)
			why_say(&w, "Det har ersatts av %s och har ingen frist.\n",
			        "It was replaced by %s and has no due date.\n", i->replaced_by);
		else
			why_say(&w, "Det är avvecklat och har ingen frist.\n",
			        "It is retired and has no due date.\n");
		return;
	}
	say_succession(&w);
	say_words(&w);
	say_anchor(&w);
	if (d->loop)
		why_say(&w, "De överordnade objekten pekar på varandra i en ring, så fristen går "
		        "inte att räkna ut: rätta vad som är överordnat vad.\n",
		        "Its parents refer to each other in a loop, so no due date can be "
		        "computed: mend which item is whose parent.\n");
	why_rules(&w);
	say_status(&w);
	say_asks(&w);
	why_act_by(&w);
	say_holder(&w);
}
