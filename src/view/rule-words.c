/* SPDX-License-Identifier: EUPL-1.2 */
/* Rules in words: "vart fjärde år", "six months before the election". */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* The cycles that expressions name. One that a municipality makes up itself
 * is shown by its own name. */
static const struct {
	const char *name, *sv, *en;
} events[] = {
	{ "avtal_slut", "avtalets slut", "the end of the contract" },
	{ "begaran", "en begäran", "a request" },
	{ "bokslut", "bokslutet", "the annual accounts" },
	{ "budget", "budgeten", "the budget" },
	{ "dso_arsrapport", "dataskyddsombudets årsrapport",
	  "the data protection officer's annual report" },
	{ "forandring", "en väsentlig förändring", "a material change" },
	{ "incident", "en incident", "an incident" },
	{ "internkontroll", "uppföljningen av intern kontroll", "the internal control follow-up" },
	{ "internkontrollplan", "internkontrollplanen", "the internal control plan" },
	{ "lagandring", "en lagändring", "a change in the law" },
	{ "ledningens_genomgang", "ledningens genomgång", "the management review" },
	{ "ny_mandatperiod", "den nya mandatperioden", "the new term of office" },
	{ "rsa", "risk- och sårbarhetsanalysen (RSA)", "the risk analysis (RSA)" },
	{ "systembyte", "ett systembyte", "a change of system" },
	{ "val", "valet", "the election" },
};

void view_event(const char *name, enum view_lang lang, struct buf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(events); i++) {
		if (!strcmp(events[i].name, name)) {
			buf_str(out, word(lang, events[i].sv, events[i].en));
			return;
		}
	}
	buf_fmt(out, lang == VIEW_SV ? "händelsen %s" : "the event %s", name);
}

/* Numbers up to twelve are written out. */
static void put_number(int n, enum view_lang lang, bool neuter, struct buf *out)
{
	static const char *const numbers[][2] = {
		{ "en", "one" }, { "två", "two" }, { "tre", "three" }, { "fyra", "four" },
		{ "fem", "five" }, { "sex", "six" }, { "sju", "seven" }, { "åtta", "eight" },
		{ "nio", "nine" }, { "tio", "ten" }, { "elva", "eleven" }, { "tolv", "twelve" },
	};

	if (n == 1 && neuter && lang == VIEW_SV)
		buf_str(out, "ett");
	else if (n >= 1 && n <= (int)ARRAY_LEN(numbers))
		buf_str(out, numbers[n - 1][lang]);
	else
		buf_fmt(out, "%d", n);
}

static const struct {
	const char *one[2], *many[2], *genitive; /* the last Swedish only */
} units[] = {
	[UNIT_DAY] = { { "dag", "day" }, { "dagar", "days" }, "dagars" },
	[UNIT_WEEK] = { { "vecka", "week" }, { "veckor", "weeks" }, "veckors" },
	[UNIT_MONTH] = { { "månad", "month" }, { "månader", "months" }, "månaders" },
	[UNIT_YEAR] = { { "år", "year" }, { "år", "years" }, "års" },
};

void view_span(int n, enum unit_of_time unit, enum view_lang lang, struct buf *out)
{
	put_number(n, lang, unit == UNIT_YEAR, out);
	buf_chr(out, ' ');
	buf_str(out, (n == 1 ? units[unit].one : units[unit].many)[lang]);
}

/* Swedish agrees with the unit: vart fjärde år, var fjärde månad. */
static void put_every(int n, enum unit_of_time unit, enum view_lang lang, struct buf *out)
{
	static const char *const ordinals[][2] = {
		{ "tredje", "third" }, { "fjärde", "fourth" }, { "femte", "fifth" },
		{ "sjätte", "sixth" }, { "sjunde", "seventh" }, { "åttonde", "eighth" },
		{ "nionde", "ninth" }, { "tionde", "tenth" }, { "elfte", "eleventh" },
		{ "tolfte", "twelfth" },
	};
	bool year = unit == UNIT_YEAR;

	const char *one = units[unit].one[lang];

	if (n == 1)
		buf_fmt(out, lang == VIEW_SV ? "varje %s" : "every %s", one);
	else if (n == 2)
		buf_fmt(out, "%s %s",
		        lang == VIEW_EN ? "every second" : year ? "vartannat" : "varannan", one);
	else if (n > 2 && n < 3 + (int)ARRAY_LEN(ordinals))
		buf_fmt(out, "%s %s %s", lang == VIEW_EN ? "every" : year ? "vart" : "var",
		        ordinals[n - 3][lang], one);
	else if (lang == VIEW_SV)
		buf_fmt(out, "med %d %s mellanrum", n, units[unit].genitive);
	else
		buf_fmt(out, "every %d %s", n, units[unit].many[lang]);
}

static void put_yearly(const struct rule *r, enum view_lang lang, struct buf *out)
{
	if (!r->month) {
		buf_fmt(out, lang == VIEW_SV ? "varje år vecka %d" : "every year in week %d",
		        r->week);
		return;
	}
	buf_str(out, word(lang, "varje år senast den ", "every year by "));
	/* 2028 is a leap year, so that 29 February has words too. */
	if (date_valid(2028, r->month, r->day))
		view_date_short(date_of(2028, r->month, r->day), lang, out);
}

static void put_event(const struct rule *r, enum view_lang lang, struct buf *out)
{
	if (r->n) {
		view_span(abs(r->n), r->unit, lang, out);
		buf_str(out, r->n < 0 ? word(lang, " före ", " before ")
		                      : word(lang, " efter ", " after "));
	} else {
		buf_str(out, word(lang, "i samband med ", "in connection with "));
	}
	view_event(r->event, lang, out);
}

static void put_maxgap(const struct rule *r, enum view_lang lang, struct buf *out)
{
	buf_str(out, word(lang, "vid behov, med högst ", "on demand, at most "));
	view_span(r->n, r->unit, lang, out);
	buf_str(out, word(lang, " emellan", " apart"));
}

static void put_dated(const struct rule *r, const char *before, enum view_lang lang,
                      struct buf *out)
{
	char day[DATE_TEXT];

	buf_str(out, before);
	if (r->date != DAY_NONE) {
		buf_str(out, date_text(r->date, day));
		return;
	}
	view_span(r->n, r->unit, lang, out); /* END decided+n */
	buf_str(out, word(lang, " efter beslutet", " after the decision"));
}

void view_rule(const struct rule *r, enum view_lang lang, struct buf *out)
{
	switch (r->kind) {
	case RULE_EVERY:
		put_every(r->n, r->unit, lang, out);
		if (r->from_decided)
			buf_str(out, word(lang, " från beslutet", " from the decision"));
		break;
	case RULE_YEARLY:
		put_yearly(r, lang, out);
		break;
	case RULE_TERM_ONCE:
		buf_str(out, word(lang, "en gång per mandatperiod", "once a term of office"));
		break;
	case RULE_TERM_START:
		buf_str(out, word(lang, "under mandatperiodens första år",
		                  "in the first year of each term of office"));
		break;
	case RULE_TERM_END:
		buf_str(out, word(lang, "före mandatperiodens slut",
		                  "before the term of office ends"));
		break;
	case RULE_EVENT:
		put_event(r, lang, out);
		break;
	case RULE_MAXGAP:
		put_maxgap(r, lang, out);
		break;
	case RULE_REVIEW_BY:
		put_dated(r, word(lang, "ses över senast ", "to be reviewed by "), lang, out);
		break;
	case RULE_END:
		put_dated(r, word(lang, "gäller till och med ", "valid until "), lang, out);
		break;
	case RULE_WITH_PARENT:
		buf_str(out, word(lang, "tillsammans med det överordnade objektet",
		                  "together with its parent"));
		break;
	case RULE_OPEN:
		buf_str(out, word(lang, "tills vidare", "until further notice"));
		break;
	case RULE_ON_DEMAND:
		buf_str(out, word(lang, "vid behov", "on demand"));
		break;
	case RULE_ASK:
		buf_str(out, word(lang, "fråga efter ", "ask for "));
		buf_str(out, r->ask ? r->ask : word(lang, "regeln", "the rule"));
		break;
	case RULE_NONE:
	case RULE_KIND_COUNT:
		buf_str(out, word(lang, "ingen uppföljning", "no review"));
		break;
	}
}
