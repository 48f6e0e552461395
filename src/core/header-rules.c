/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum { ASKED_LETTERS = 40 }; /* of a value shown in a question */

static const char not_understood[] = "vad som menas med";

bool rules_understood(const struct rules *r)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->at[i].kind == RULE_ASK && text_starts(r->at[i].ask, not_understood))
			return false;
	}
	return true;
}

static bool same_rule(const struct rule *a, const struct rule *b)
{
	struct buf x AUTO(buf_release) = BUF_INIT, y AUTO(buf_release) = BUF_INIT;

	rule_format(a, &x);
	rule_format(b, &y);
	return strcmp(x.data, y.data) == 0;
}

static void add_once(struct header_reading *h, const struct rule *rule)
{
	for (size_t i = 0; i < h->out->rules.n; i++) {
		if (same_rule(&h->out->rules.at[i], rule))
			return;
	}
	rules_add(h->a, &h->out->rules, *rule);
}

void header_learn(dayno *fact, dayno day)
{
	if (*fact == DAY_NONE)
		*fact = day;
}

void header_merge(struct header_reading *h, const struct rules *more)
{
	for (size_t i = 0; i < more->n; i++) {
		const struct rule *rule = &more->at[i];
		if (rule->kind == RULE_END && rule->date != DAY_NONE)
			header_learn(&h->out->valid_until, rule->date);
		add_once(h, rule);
	}
	header_learn(&h->out->valid_from, more->facts.valid_from);
	header_learn(&h->out->decided_on, more->facts.decided);
	header_learn(&h->out->revised_on, more->facts.revised);
	header_learn(&h->out->rules.facts.proposed_review_by, more->facts.proposed_review_by);
}

void header_ask(struct header_reading *h, const char *what, const char *value)
{
	struct rule rule = {
		.kind = RULE_ASK, .date = DAY_NONE,
		.ask = arena_dup(h->a, what), .text = arena_dup(h->a, value),
	};

	add_once(h, &rule);
}

void header_ask_broken(struct header_reading *h, const char *what, const struct decision *d)
{
	char day[DATE_TEXT];
	const char *cut = text_cut(h->a, d->broken, ASKED_LETTERS);

	if (d->proposal == DAY_NONE)
		header_ask(h, arena_fmt(h->a, "%s: %s är inget datum", what, cut), d->broken);
	else
		header_ask(h, arena_fmt(h->a, "%s: %s är inget datum, menas %s?", what, cut,
		                        date_text(d->proposal, day)), d->broken);
}

/* Asked for by the label's name where a form was not filled in. */
static void name_missing(struct header_reading *h, const struct label *label, struct rules *r)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->at[i].kind == RULE_ASK && strcmp(r->at[i].ask, "värde saknas") == 0)
			r->at[i].ask = arena_fmt(h->a, "värde saknas: %s", label->words);
	}
}

/* "Revidering: KF 2021-05-05 § 45" has happened; a date alone is a deadline. */
static bool past_decision(struct header_reading *h, const char *value)
{
	struct decision d = decision_read(h->a, value);
	struct label label = { .class = LABEL_REVISED, .words = "reviderad", .value = value };

	if ((d.decided == DAY_NONE && d.revised == DAY_NONE) || (!d.paragraph && !d.body))
		return false;
	return header_take(h, &label, value, true);
}

/* "Gällande", "Utkast": the state of the document, and no time. */
static bool state_word(const char *folded)
{
	static const char *const words[] = {
		"gällande", "antagen", "antaget", "beslutad", "beslutat", "fastställd", "fastställt",
		"aktuell", "aktuellt", "godkänd", "godkänt", "giltig", "giltigt", "publicerad",
		"utkast", "förslag", "remiss", "arbetsmaterial", "under revidering", "under beredning",
		"upphävd", "upphävt", "i kraft", "klar", "slutgiltig", "aktiv",
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strcmp(folded, words[i]) == 0)
			return true;
	}
	return false;
}

/* A value that tells no time, but something else that is known. */
static bool takes_other(struct header_reading *h, const struct label *label,
                        enum expr_field field, const char *value, const struct rules *r)
{
	const char *folded = text_fold(h->a, value);
	bool validity = label->class == LABEL_VALIDITY;

	if (validity && (state_word(folded) || (text_starts(label->words, "gäller") &&
	                                        !strpbrk(value, "0123456789["))))
		return true;
	/* "Uppföljning: kommunstyrelsen" tells who, not when. */
	if (field == EXPR_REVIEW && r->n == 1 && body_in(h->a, value) && text_words(value) < 8)
		return header_take_responsible(h, LABEL_RULE, value, true);
	return false;
}

static bool take_expression(struct header_reading *h, const struct label *label,
                            enum expr_field field, const char *value, bool sure)
{
	struct rules r;

	rules_init(&r);
	expr_read(h->a, value_spaced(h->a, value), field, &r);
	if (!rules_understood(&r)) {
		if (field == EXPR_REVIEW && past_decision(h, value))
			return true;
		if (takes_other(h, label, field, value, &r))
			return true;
		if (!sure)
			return false;
	} else if (field == EXPR_REVIEW && strstr(value, "§") && past_decision(h, value)) {
		return true;
	}
	name_missing(h, label, &r);
	header_merge(h, &r);
	return true;
}

/* "den 1 januari 2027", "2027-01-01 tills vidare", "När beslutet vunnit laga kraft". */
static bool take_from(struct header_reading *h, const struct label *label, const char *value,
                      bool sure)
{
	struct words w = words_of(h->a, value);
	struct decision d;
	struct found_date date;
	struct rules r;

	rules_init(&r);
	expr_read(h->a, value_spaced(h->a, arena_fmt(h->a, "från och med %s", value)),
	          EXPR_VALIDITY, &r);
	if (rules_understood(&r)) {
		name_missing(h, label, &r);
		header_merge(h, &r);
		return true;
	}
	size_t at = w.n && strcmp(w.at[0], "[") == 0;
	if (decision_date(&w, at, &date)) {
		header_learn(&h->out->valid_from, date.first);
		return true;
	}
	d = decision_read(h->a, value);
	if (d.broken)
		header_ask_broken(h, "datum för ikraftträdande", &d);
	return sure || d.broken;
}

/* "Status: Antaget, 2019-11-05, § 330" is a decision under another label. */
static bool take_validity(struct header_reading *h, const struct label *label, const char *value,
                          bool sure)
{
	struct label inner;

	if (label_known(h->a, value, &inner) && inner.class != LABEL_VALIDITY) {
		const char *rest = inner.value + strspn(inner.value, ", ");
		if (*rest)
			return header_take(h, &inner, rest, sure);
	}
	/* "Planen gäller läsåret: 2026/2027": the label has the word that tells. */
	if (strstr(label->words, "läsår") && *value >= '0' && *value <= '9')
		value = arena_fmt(h->a, "läsåret %s", value);
	return take_expression(h, label, EXPR_VALIDITY, value, sure);
}

bool header_take_rule(struct header_reading *h, const struct label *label, const char *value,
                      bool sure)
{
	if (label->class == LABEL_VALID_FROM)
		return take_from(h, label, value, sure);
	if (label->class == LABEL_VALIDITY)
		return take_validity(h, label, value, sure);
	enum expr_field field = label->class == LABEL_VALID_UNTIL ? EXPR_UNTIL
	                        : label->class == LABEL_DEADLINE  ? EXPR_DEADLINE : EXPR_REVIEW;
	return take_expression(h, label, field, value, sure);
}
