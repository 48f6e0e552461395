/* SPDX-License-Identifier: EUPL-1.2 */
/* Reasons that are not in the item's words, and what was decided about single
 * occurrences. */
#include <string.h>

#include "internal.h"

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

const struct event *why_event(const struct why *w, const struct reason *s)
{
	const struct item *i = w->item;

	for (size_t k = 0; s->from != DAY_NONE && k < w->r->n_events; k++) {
		const struct event *e = &w->r->events[k];

		if (e->day == s->from && strcmp(e->name, s->rule->event) == 0 &&
		    (!e->item || same(e->item, i->id) || same(e->item, i->link) ||
		     same(e->item, i->parent)))
			return e;
	}
	return NULL;
}

void why_happened(const struct why *w, const struct reason *s, const struct event *e)
{
	if (e->item && strcmp(e->item, w->item->id) != 0)
		why_say(w, " inträffade %s för %s som det hör till, och det ska ses över inom %d dagar",
		        " happened on %s to %s which it belongs to, and it is reviewed within %d days",
		        view_iso(w->a, s->from), e->item, s->due - s->from);
	else
		why_say(w, " inträffade %s och det ska ses över inom %d dagar",
		        " happened on %s and it is reviewed within %d days",
		        view_iso(w->a, s->from), s->due - s->from);
}

static void say_event(const struct why *w, const struct reason *s)
{
	const struct event *e = why_event(w, s);

	view_event(s->rule->event, w->lang, w->out);
	if (e && e->happened)
		why_happened(w, s, e);
	else if (e && e->item && strcmp(e->item, w->item->id) != 0)
		why_say(w, " för %s, som det hör till, infaller då",
		        " of %s, which it belongs to, is due then", e->item);
	else
		why_say(w, " för just detta infaller då", " of this very item is due then");
}

static void say_contract(const struct why *w, const struct reason *s)
{
	const struct event *e = why_event(w, s);
	bool other = e && e->item && strcmp(e->item, w->item->id) != 0;

	if (s->from == s->due)
		why_say(w, other ? "avtalet för det som det hör till går ut då" : "avtalet går ut då",
		        other ? "the contract of what it belongs to ends then" : "its contract ends then");
	else
		why_say(w, other ? "avtalet för det som det hör till går ut %s" : "avtalet går ut %s",
		        other ? "the contract of what it belongs to ends on %s" : "its contract ends on %s",
		        view_iso(w->a, s->from));
}

static void say_deficiencies(const struct why *w, const struct reason *s)
{
	int count = w->r->settings.deficiency_count;

	if (count == 1)
		why_say(w, "en brist har rapporterats %s och det ska ses över inom %d dagar",
		        "a deficiency was reported on %s and it is reviewed within %d days",
		        view_iso(w->a, s->from), s->due - s->from);
	else
		why_say(w, "%d brister har rapporterats sedan senaste granskningen, den sista av dem "
		        "%s, och det ska ses över inom %d dagar",
		        "%d deficiencies were reported since the last review, the last of them on %s, "
		        "and it is reviewed within %d days",
		        count, view_iso(w->a, s->from), s->due - s->from);
}

static void say_cascade(const struct why *w, const struct reason *s)
{
	const struct item *i = w->item;

	if (i->link && strcmp(i->link, s->parent->id) != 0)
		why_say(w, "%s har ersatts av %s, beslutat %s", "%s was replaced by %s, decided %s",
		        i->link, s->parent->id, view_iso(w->a, s->from));
	else
		why_say(w, "%s reviderades %s", "%s was revised on %s", s->parent->id,
		        view_iso(w->a, s->from));
	why_say(w, " och det underordnade ses över i tur och ordning, det här som nummer %d",
	        " and what is below it is reviewed one by one, this one as number %d",
	        i->nth_child + 1);
}

const char *view_implied_words(struct arena *a, const struct reason *s, enum view_lang lang)
{
	struct buf name AUTO(buf_release) = BUF_INIT;
	const char *day = view_iso(a, s->from);

	switch (s->source) {
	case REASON_OWN:
	case REASON_DEFAULT:
		break;
	case REASON_EVENT:
		view_event(s->rule->event, lang, &name);
		return arena_fmt(a, "%s %s", name.data, day);
	case REASON_CONTRACT:
		return arena_fmt(a, "%s %s", word(lang, "avtalet går ut", "its contract ends on"), day);
	case REASON_DEFICIENCIES:
		return arena_fmt(a, "%s %s", word(lang, "rapporterade brister, den senaste",
		                                  "reported deficiencies, the latest on"), day);
	case REASON_CASCADE:
		return arena_fmt(a, "%s %s", word(lang, "det som det hör till ändrades",
		                                  "what it belongs to was changed on"), day);
	}
	return NULL;
}

bool why_implied(const struct why *w, const struct reason *s)
{
	switch (s->source) {
	case REASON_OWN:
	case REASON_DEFAULT:
		return false;
	case REASON_EVENT:
		say_event(w, s);
		break;
	case REASON_CONTRACT:
		say_contract(w, s);
		break;
	case REASON_DEFICIENCIES:
		say_deficiencies(w, s);
		break;
	case REASON_CASCADE:
		say_cascade(w, s);
		break;
	}
	return true;
}

void why_occurrence(const struct why *w, const struct reason *s)
{
	if (s->from_planned)
		why_say(w, "Senaste granskningen var sen, men kommunen har valt att det inte flyttar "
		        "rytmen: det räknas från %s, som den var planerad till.\n",
		        "The last review was late, but the municipality has chosen that this does not "
		        "shift the rhythm: it is counted from %s, which it was planned for.\n",
		        view_iso(w->a, s->from));
	if (s->skipped)
		why_say(w, "Tillfället %s är överhoppat: %s.\n", "The occasion of %s is skipped: %s.\n",
		        view_iso(w->a, s->skipped->day), clean_line(w->a, s->skipped->reason));
	if (s->moved)
		why_say(w, "Tillfället %s är flyttat till %s: %s.\n",
		        "The occasion of %s is moved to %s: %s.\n", view_iso(w->a, s->moved->day),
		        view_iso(w->a, s->moved->to), clean_line(w->a, s->moved->reason));
}
