/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "header-internal.h"

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

static void learn(dayno *fact, dayno day)
{
	if (*fact == DAY_NONE)
		*fact = day;
}

void header_merge(struct header_reading *h, const struct rules *more)
{
	for (size_t i = 0; i < more->n; i++) {
		const struct rule *rule = &more->at[i];
		if (rule->kind == RULE_END && rule->date != DAY_NONE)
			learn(&h->out->valid_until, rule->date);
		add_once(h, rule);
	}
	learn(&h->out->valid_from, more->facts.valid_from);
	learn(&h->out->decided_on, more->facts.decided);
	learn(&h->out->revised_on, more->facts.revised);
	learn(&h->out->rules.facts.proposed_review_by, more->facts.proposed_review_by);
}

static void ask(struct header_reading *h, const char *what, const char *value)
{
	struct rule rule = {
		.kind = RULE_ASK, .date = DAY_NONE,
		.ask = arena_dup(h->a, what), .text = arena_dup(h->a, value),
	};

	add_once(h, &rule);
}

/* Dashes only: explicitly nothing, which is not unknown. */
static bool nothing(const char *value)
{
	while (*value == '-' || text_starts(value, "–") || text_starts(value, "—"))
		value += *value == '-' ? 1 : strlen("–");
	return !*value;
}

static bool capital(const char *value)
{
	return (*value >= 'A' && *value <= 'Z') ||
	       ((unsigned char)value[0] == 0xC3 && (unsigned char)value[1] < 0xA0);
}

static void ask_broken(struct header_reading *h, const char *what, const char *word)
{
	dayno meant = words_proposal(word);
	char day[DATE_TEXT];
	const char *cut = text_cut(h->a, word, 40);

	if (meant == DAY_NONE)
		ask(h, arena_fmt(h->a, "%s: %s är inget datum", what, cut), word);
	else
		ask(h, arena_fmt(h->a, "%s: %s är inget datum, menas %s?", what, cut,
		                 date_text(meant, day)), word);
}

static void take_paragraph(struct header_reading *h, const char *paragraph)
{
	if (!h->out->paragraph)
		h->out->paragraph = paragraph;
}

/* Who decided, when and where it stands, in whatever order they are written. */
static bool take_decision(struct header_reading *h, const struct label *label, const char *value,
                          bool sure)
{
	struct decision d = decision_read(h->a, value);
	bool about_date = label->class == LABEL_DECIDED;

	if (d.body && !h->out->decided_by)
		h->out->decided_by = d.body;
	take_paragraph(h, d.paragraph);
	learn(&h->out->decided_on, d.decided);
	learn(&h->out->revised_on, d.revised);
	if (d.decided != DAY_NONE || (d.body && !about_date))
		return true;
	if (d.broken) {
		h->out->item.decided_ask = true;
		ask_broken(h, "beslutsdatum", d.broken);
		return true;
	}
	if (nothing(value))
		return true;
	if (d.placeholder || (about_date && sure)) {
		h->out->item.decided_ask |= about_date;
		return true;
	}
	if (!sure)
		return false;
	if (!h->out->decided_by)
		h->out->decided_by = value;
	return true;
}

static bool take_past(struct header_reading *h, const char *what, dayno *fact, const char *value,
                      bool sure)
{
	struct decision d = decision_read(h->a, value);
	dayno last = d.revised > d.decided ? d.revised : d.decided;

	if (last != DAY_NONE) {
		if (last > *fact)
			*fact = last;
		return true;
	}
	if (nothing(value))
		return true;
	if (d.broken)
		ask_broken(h, what, d.broken);
	else if (d.placeholder)
		ask(h, what, value);
	return sure || d.broken || d.placeholder;
}

/* Asked for by the label's name where a form was not filled in. */
static void name_missing(struct header_reading *h, const struct label *label, struct rules *r)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->at[i].kind == RULE_ASK && strcmp(r->at[i].ask, "värde saknas") == 0)
			r->at[i].ask = arena_fmt(h->a, "värde saknas: %s", label->words);
	}
}

static const char *body_in(struct header_reading *h, const char *value)
{
	struct words w = words_of(h->a, value);
	const char *name = NULL;

	for (size_t i = 0; i < w.n && !name; i++)
		name = body_at(h->a, &w, i);
	return name;
}

static bool take_rule(struct header_reading *h, const struct label *label, enum expr_field field,
                      const char *value, bool sure)
{
	struct rules r;

	rules_init(&r);
	expr_read(h->a, value, field, &r);
	if (!rules_understood(&r)) {
		/* "Uppföljning: kommunstyrelsen" tells who, not when. */
		const char *body = label->class == LABEL_RULE ? body_in(h, value) : NULL;
		if (body && r.n == 1) {
			if (!h->out->responsible)
				h->out->responsible = body;
			return true;
		}
		if (!sure)
			return false;
	}
	name_missing(h, label, &r);
	header_merge(h, &r);
	return true;
}

/* "Status: Antaget, 2019-11-05, § 330" is a decision under another label. */
static bool take_validity(struct header_reading *h, const struct label *label, const char *value,
                          bool sure)
{
	struct label inner;

	if (label_read(h->a, value, &inner) && inner.class != LABEL_VALIDITY) {
		const char *rest = inner.value + strspn(inner.value, ", ");
		if (*rest)
			return header_take(h, &inner, rest, sure);
	}
	return take_rule(h, label, EXPR_VALIDITY, value, sure);
}

static bool take_registry_no(struct header_reading *h, const char *value, bool sure)
{
	if (nothing(value))
		return true;
	if (!strpbrk(value, "0123456789")) {
		if (*value != '[' && !sure)
			return false;
		ask(h, "diarienummer", value);
		return true;
	}
	if (!h->out->registry_no)
		h->out->registry_no = value;
	return true;
}

static bool take_text(struct header_reading *h, const char **field, const char *what,
                      const char *value, bool sure)
{
	if (nothing(value))
		return true;
	if (*value == '[') {
		ask(h, what, value);
		return true;
	}
	if (!sure && !capital(value))
		return false;
	if (!*field)
		*field = value;
	return true;
}

static bool take_paragraph_value(struct header_reading *h, const char *value)
{
	const char *number = text_starts(value, "§") ? value + strlen("§") : value;

	number += strspn(number, " ");
	if (*number < '0' || *number > '9')
		return false;
	take_paragraph(h, arena_fmt(h->a, "§ %s", number));
	return true;
}

/* `sure` when a sign or a place of its own tells that this is the value. */
bool header_take(struct header_reading *h, const struct label *label, const char *value, bool sure)
{
	struct header *o = h->out;

	switch (label->class) {
	case LABEL_TITLE:
		return sure && take_text(h, &o->title, "titel", value, sure);
	case LABEL_KIND:
		return sure && take_text(h, &o->kind, "dokumenttyp", value, sure);
	case LABEL_DECIDER:
	case LABEL_DECIDED:
		return take_decision(h, label, value, sure);
	case LABEL_PARAGRAPH:
		return take_paragraph_value(h, value);
	case LABEL_REGISTRY_NO:
		return take_registry_no(h, value, sure);
	case LABEL_VALID_FROM:
		return take_rule(h, label, EXPR_VALIDITY,
		                 arena_fmt(h->a, "från och med %s", value), sure);
	case LABEL_VALID_UNTIL:
		return take_rule(h, label, EXPR_UNTIL, value, sure);
	case LABEL_VALIDITY:
		return take_validity(h, label, value, sure);
	case LABEL_RULE:
		return take_rule(h, label, EXPR_REVIEW, value, sure);
	case LABEL_DEADLINE:
		return take_rule(h, label, EXPR_DEADLINE, value, sure);
	case LABEL_REVIEWED:
		return take_past(h, "datum för senaste granskning", &o->reviewed_on, value, sure);
	case LABEL_REVISED:
		return take_past(h, "revideringsdatum", &o->revised_on, value, sure);
	case LABEL_BODY:
	case LABEL_HOLDER:
		return take_text(h, &o->responsible, "ansvarig", value, sure);
	case LABEL_REPLACES:
		return take_text(h, &o->replaces, "vilket dokument som ersätts", value, sure);
	case LABEL_IGNORED:
		break;
	}
	return sure;
}

void header_unknown(struct header_reading *h, const struct label *label)
{
	switch (label->class) {
	case LABEL_DECIDED:
		h->out->item.decided_ask = h->out->decided_on == DAY_NONE;
		break;
	case LABEL_REGISTRY_NO:
		ask(h, "diarienummer", NULL);
		break;
	case LABEL_RULE:
	case LABEL_DEADLINE:
	case LABEL_VALIDITY:
	case LABEL_VALID_UNTIL:
		ask(h, arena_fmt(h->a, "värde saknas: %s", label->words), NULL);
		break;
	case LABEL_TITLE:
	case LABEL_KIND:
	case LABEL_DECIDER:
	case LABEL_PARAGRAPH:
	case LABEL_VALID_FROM:
	case LABEL_REVIEWED:
	case LABEL_REVISED:
	case LABEL_BODY:
	case LABEL_HOLDER:
	case LABEL_REPLACES:
	case LABEL_IGNORED:
		break;
	}
}
