/* SPDX-License-Identifier: EUPL-1.2 */
/* What each rule gave, in sentences. */
#include <string.h>

#include "internal.h"

static void say_rule(const struct why *w, const struct rule *r)
{
	struct buf text AUTO(buf_release) = BUF_INIT;

	view_rule(r, w->lang, &text);
	buf_str(w->out, clean_line(w->a, text.data));
}

static void say_event(const struct why *w, const struct rule *r)
{
	view_event(r->event, w->lang, w->out);
}

/* Nothing to count from is left out: the date speaks for itself. */
static void say_from(const struct why *w, const struct reason *s)
{
	if (s->from != DAY_NONE)
		why_say(w, ", räknat från %s", ", counted from %s", view_iso(w->a, s->from));
}

static void because_event(const struct why *w, const struct reason *s)
{
	const struct rule *r = s->rule;
	const struct event *e = why_event(w, s);

	if (r->n) {
		why_say(w, "det ska ses över ", "it is reviewed ");
		say_rule(w, r);
		if (s->from != DAY_NONE)
			buf_fmt(w->out, " (%s)", view_iso(w->a, s->from));
		return;
	}
	say_event(w, r);
	if (e && e->happened)
		why_happened(w, s, e);
	else
		why_say(w, " infaller då", " is due then");
}

static void because_parent(const struct why *w, const struct reason *s)
{
	if (s->parent)
		why_say(w, "det ses över tillsammans med %s (%s), som förfaller då",
		        "it is reviewed together with %s (%s), which is due then", s->parent->id,
		        s->parent->title ? clean_line(w->a, s->parent->title) : "–");
	else
		why_say(w, "det överordnade objektet förfaller då", "its parent is due then");
}

/* The clause after "Förfaller … därför att" and "Due … because". */
static void say_because(const struct why *w, const struct reason *s)
{
	if (why_implied(w, s))
		return;
	switch (s->rule->kind) {
	case RULE_EVERY:
	case RULE_MAXGAP:
		why_say(w, "det ska ses över ", "it is reviewed ");
		say_rule(w, s->rule);
		say_from(w, s);
		break;
	case RULE_TERM_ONCE:
		why_say(w, "det ska ses över en gång per mandatperiod, och perioden slutar då",
		        "it is reviewed once a term of office, and the term ends then");
		break;
	case RULE_TERM_START:
		why_say(w, "det ska ses över under mandatperiodens första år, som slutar då",
		        "it is reviewed in the first year of the term of office, which ends then");
		break;
	case RULE_TERM_END:
		why_say(w, "mandatperioden slutar då", "the term of office ends then");
		break;
	case RULE_EVENT:
		because_event(w, s);
		break;
	case RULE_REVIEW_BY:
		why_say(w, "det ska ses över senast då", "it is to be reviewed by then");
		break;
	case RULE_END:
		why_say(w, "giltigheten går ut då och en förnyelse måste beslutas dessförinnan",
		        "its validity ends then and a renewal must be decided before");
		break;
	case RULE_WITH_PARENT:
		because_parent(w, s);
		break;
	case RULE_YEARLY:
	case RULE_OPEN:
	case RULE_ON_DEMAND:
	case RULE_ASK:
	case RULE_NONE:
	case RULE_KIND_COUNT:
		why_say(w, "det ska ses över ", "it is reviewed ");
		say_rule(w, s->rule);
		break;
	}
}

/* What a review must come after to meet a deadline. */
static dayno last_decision(const struct item *i)
{
	return i->revised > i->decided ? i->revised : i->decided;
}

/* "det senaste beslutet (2024-06-17)" */
static const char *decision_words(const struct why *w)
{
	const struct item *i = w->item;

	return arena_fmt(w->a, "%s (%s)",
	                 i->revised > i->decided ? word(w->lang, "den senaste revideringen", "the last revision")
	                                         : word(w->lang, "det senaste beslutet", "the last decision"),
	                 view_iso(w->a, last_decision(i)));
}

/* A deadline that still stands, though there has been a review. */
static void say_uncounted(const struct why *w, const struct reason *s)
{
	const struct item *i = w->item;

	if (s->rule->kind != RULE_REVIEW_BY || s->due == DAY_NONE || i->reviewed == DAY_NONE
	    || i->reviewed > last_decision(i))
		return;
	why_say(w, "Granskningen %s räknas inte, för den gjordes inte efter %s.\n",
	        "The review of %s does not count, since it was not made after %s.\n",
	        view_iso(w->a, i->reviewed), decision_words(w));
}

/* A deadline that a review has met, or that was lifted. */
static void say_met(const struct why *w, const struct reason *s)
{
	const struct item *i = w->item;

	why_say(w, "Fristen %s ", "The deadline of %s ", view_iso(w->a, s->rule->date));
	if (s->skipped)
		why_say(w, "gäller inte längre", "holds no more");
	else
		why_say(w, "är uppfylld av granskningen %s", "was met by the review of %s",
		        view_iso(w->a, i->reviewed));
	if (!s->skipped && last_decision(i) != DAY_NONE)
		why_say(w, ", som gjordes efter %s", ", which was made after %s", decision_words(w));
	why_say(w, ": en ny regel behövs", ": a new rule is needed");
}

static void say_end(const struct why *w, const struct reason *s)
{
	if (s->source == REASON_DEFAULT)
		why_say(w, " (kommunens val för detta slag, inte objektets egna ord).\n",
		        " (the municipality's choice for this kind, not the item's own words).\n");
	else
		buf_str(w->out, ".\n");
	say_uncounted(w, s);
	why_occurrence(w, s);
}

static void say_winner(const struct why *w, const struct reason *s)
{
	why_say(w, "Förfaller %s därför att ", "Due %s because ", view_iso(w->a, w->due->due));
	say_because(w, s);
	say_end(w, s);
}

/* Only what the words of the rule need to be understood. */
static void say_origin(const struct why *w, const struct reason *s)
{
	enum rule_kind kind = s->rule->kind;

	if (s->parent)
		buf_fmt(w->out, " (%s)", s->parent->id);
	else if (s->from == DAY_NONE || s->from == s->due)
		return;
	else if (kind == RULE_EVERY || kind == RULE_MAXGAP)
		why_say(w, " från %s", " from %s", view_iso(w->a, s->from));
	else if (kind == RULE_EVENT)
		buf_fmt(w->out, " (%s)", view_iso(w->a, s->from));
}

/* A rule with a date that came later than the winner's. */
static void say_other(const struct why *w, const struct reason *s)
{
	size_t start = w->out->len;
	bool implied = why_implied(w, s);

	if (!implied)
		say_rule(w, s->rule);
	view_capital(w->out, start);
	if (!implied)
		say_origin(w, s);
	if (s->due == w->due->due)
		why_say(w, implied ? ": det ger samma dag" : " ger samma dag",
		        implied ? ": it gives the same day" : " gives the same day");
	else
		why_say(w, implied ? ": det skulle ge %s" : " skulle ge %s",
		        implied ? ": it would be %s" : " would be %s", view_iso(w->a, s->due));
	say_end(w, s);
}

static const char *why_no_date(const struct why *w, const struct reason *s)
{
	const struct rule *r = s->rule;

	switch (r->kind) {
	case RULE_EVERY:
	case RULE_MAXGAP:
		return word(w->lang, "ger inget datum utan något att räkna från",
		            "gives no date without something to count from");
	case RULE_EVENT:
		return word(w->lang, "ger inget datum: inget är känt för händelsen",
		            "gives no date: none is known for the event");
	case RULE_END:
		if (r->date == DAY_NONE)
			return word(w->lang, "ger inget datum: beslutet är inte daterat",
			            "gives no date: the decision has none");
		return word(w->lang, "är uppfyllt av ett senare beslut",
		            "was met by a later decision");
	case RULE_WITH_PARENT:
		if (!s->parent)
			return word(w->lang, "ger inget datum: registret har inget överordnat",
			            "gives no date: the register names no parent");
		return word(w->lang, "ger inget datum: det överordnade har inget",
		            "gives no date: the parent has none");
	case RULE_OPEN:
		return word(w->lang, "säger hur länge det gäller, inte när det ska ses över",
		            "says how long it is valid, not when it is reviewed");
	case RULE_NONE:
		return word(w->lang, "behövs, enligt registret", "is needed, says the register");
	case RULE_YEARLY:
	case RULE_TERM_ONCE:
	case RULE_TERM_START:
	case RULE_TERM_END:
	case RULE_REVIEW_BY:
	case RULE_ON_DEMAND:
	case RULE_ASK:
	case RULE_KIND_COUNT:
		break;
	}
	return word(w->lang, "ger inget datum", "gives no date");
}

static void say_dateless(const struct why *w, const struct reason *s)
{
	size_t start = w->out->len;

	if (s->rule->kind == RULE_ASK) {
		/* What to ask for is said once, for the item as a whole. */
		if (s->rule->text)
			why_say(w, "»%s« går inte att räkna på",
			        "Nothing can be computed from \"%s\"",
			        clean_line(w->a, s->rule->text));
		else
			why_say(w, "En uppgift saknas", "A fact is missing");
	} else if (s->rule->kind == RULE_REVIEW_BY) {
		say_met(w, s);
	} else {
		say_rule(w, s->rule);
		view_capital(w->out, start);
		if (s->parent)
			buf_fmt(w->out, " (%s)", s->parent->id);
		buf_fmt(w->out, " %s", why_no_date(w, s));
	}
	say_end(w, s);
}

void why_rules(const struct why *w)
{
	const struct due *d = w->due;
	const struct reason *winner = NULL;

	for (size_t k = 0; k < d->n_reasons && !winner; k++)
		if (d->reasons[k].wins)
			winner = &d->reasons[k];
	if (winner)
		say_winner(w, winner);
	else if (d->due != DAY_NONE)
		why_say(w, "Förfaller %s.\n", "Due %s.\n", view_iso(w->a, d->due));
	for (size_t k = 0; k < d->n_reasons; k++) {
		const struct reason *s = &d->reasons[k];

		if (s == winner)
			continue;
		if (s->due == DAY_NONE)
			say_dateless(w, s);
		else
			say_other(w, s);
	}
}
