/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum {
	CLAUSE_WORDS = 60, /* looked at in one value */
	NAME_WORDS = 12,
	TEXT_LETTERS = 400, /* of a free field */
};

static void take_paragraph(struct header_reading *h, const char *paragraph)
{
	if (!h->out->paragraph)
		h->out->paragraph = paragraph;
}

/* Who decided, when no body is named: a person or a post before the date. */
static bool take_decider_text(struct header_reading *h, const struct decision *d,
                              const char *value)
{
	if (value_placeholder(value) || value_fit(h->a, LABEL_CONTACT, d->before) == FIT_NO)
		return false;
	if (!h->out->decided_by && *d->before)
		h->out->decided_by = d->before;
	return true;
}

/* Who decided, when and where it stands, in whatever order they are written. */
static bool take_decision(struct header_reading *h, const struct label *label, const char *value,
                          bool sure)
{
	struct decision d = decision_read(h->a, value);
	bool about_date = label->class == LABEL_DECIDED;
	bool dated = d.decided != DAY_NONE;

	if (d.body && !h->out->decided_by && (sure || dated || d.paragraph || !about_date))
		h->out->decided_by = d.body;
	take_paragraph(h, d.paragraph);
	header_learn(&h->out->decided_on, d.decided);
	header_learn(&h->out->revised_on, d.revised);
	if (!d.body && !about_date && (sure || dated))
		take_decider_text(h, &d, value);
	if (dated || (d.body && !about_date))
		return true;
	if (d.broken) {
		h->out->item.decided_ask = true;
		header_ask_broken(h, "beslutsdatum", &d);
		return true;
	}
	if (value_nothing(value))
		return true;
	if (d.placeholder || value_placeholder(value) || (about_date && sure)) {
		h->out->item.decided_ask |= about_date;
		return true;
	}
	return sure;
}

static bool take_past(struct header_reading *h, const struct label *label, const char *what,
                      dayno *fact, const char *value, bool sure)
{
	struct decision d = decision_read(h->a, value);
	dayno last = d.revised > d.decided ? d.revised : d.decided;

	if (last != DAY_NONE) {
		if (last > *fact)
			*fact = last;
		return true;
	}
	if (value_nothing(value))
		return true;
	/* "Reviderad: Vart fjärde år" tells of the future. */
	if (value_fit(h->a, LABEL_RULE, value) == FIT_SURE && !value_placeholder(value)) {
		struct label rule = *label;
		rule.class = LABEL_RULE;
		return header_take_rule(h, &rule, value, sure);
	}
	if (d.broken)
		header_ask_broken(h, what, &d);
	else if (d.placeholder || value_placeholder(value))
		header_ask(h, what, value);
	return sure || d.broken || d.placeholder;
}

/* Where the number ends and something else begins: a paragraph, a date, " / 2". */
static const char *number_alone(struct arena *a, const struct label *label, const char *value)
{
	size_t n = strlen(value);
	const char *sign = strstr(value, "§"), *slash = strstr(value, " / ");
	const char *comma = strpbrk(value, ",;");

	if (sign)
		n = (size_t)(sign - value);
	if (slash && strchr(label->words, '/') && (size_t)(slash - value) < n)
		n = (size_t)(slash - value);
	if (comma && (size_t)(comma - value) < n) {
		const char *rest = comma + 1 + strspn(comma + 1, " ");
		struct words w = words_of(a, rest);
		struct found_date date;
		if (decision_date(&w, 0, &date) || !strpbrk(rest, "0123456789"))
			n = (size_t)(comma - value);
	}
	while (n && strchr(" ,;/(", value[n - 1]))
		n--;
	return arena_dupn(a, value, n);
}

static bool take_registry_no(struct header_reading *h, const struct label *label,
                             const char *value, bool sure)
{
	if (value_nothing(value))
		return true;
	struct decision d = decision_read(h->a, value);
	if (value_placeholder(value) || !strpbrk(value, "0123456789")) {
		if (*value != '[' && !sure)
			return false;
		header_ask(h, "diarienummer", value);
		return true;
	}
	if (value_fit(h->a, LABEL_REGISTRY_NO, number_alone(h->a, label, value)) == FIT_NO)
		return sure;
	if (!sure && !value_registry_no(value) && text_words(value) > 6)
		return false;
	if (!h->out->registry_no)
		h->out->registry_no = number_alone(h->a, label, value);
	if (strstr(value, "§"))
		take_paragraph(h, d.paragraph);
	return true;
}

static bool take_text(struct header_reading *h, const char **field, const char *what,
                      const char *value, bool sure)
{
	if (value_nothing(value))
		return true;
	if (*value == '[' && value_placeholder(value)) {
		if (what)
			header_ask(h, what, value);
		return true;
	}
	if (value_placeholder(value))
		return sure;
	if (!sure && (!text_capital(value) || text_words(value) > NAME_WORDS))
		return false;
	if (!*field)
		*field = text_cut(h->a, value, TEXT_LETTERS);
	return true;
}

static bool take_paragraph_value(struct header_reading *h, const char *value, bool sure)
{
	struct decision d = decision_read(h->a, value);
	size_t digits = strspn(value, "0123456789");

	if (d.paragraph) {
		take_paragraph(h, d.paragraph);
	} else if (digits && value_fit(h->a, LABEL_PARAGRAPH, value) != FIT_NO) {
		size_t n = strspn(value, "0123456789/");
		take_paragraph(h, arena_fmt(h->a, "§ %.*s", (int)n, value));
	} else if (!value_nothing(value)) {
		return sure;
	}
	if (d.paragraph && d.decided != DAY_NONE)
		header_learn(&h->out->decided_on, d.decided);
	return true;
}

/* Of several who are named the one whose label says most is responsible. */
static int rank_of(enum label_class class)
{
	return class == LABEL_HOLDER ? 4 : class == LABEL_BODY ? 3 : class == LABEL_CONTACT ? 2 : 1;
}

bool header_take_responsible(struct header_reading *h, enum label_class class, const char *value,
                             bool sure)
{
	struct header *o = h->out;
	const char *name = NULL;

	if (value_fit(h->a, class, value) == FIT_NO && (!sure || !text_capital(value) ||
	                                               value_registry_no(value)))
		return sure;
	if (!take_text(h, &name, rank_of(class) > 2 ? "ansvarig" : NULL, value, sure))
		return false;
	if (!name)
		return true;
	const char *folded = text_fold(h->a, name);
	bool post = body_names_post(folded);
	bool body = !post && (class == LABEL_BODY || body_names_organ(folded));
	const char **side = body ? &o->responsible_body : &o->responsible_role;
	if (!*side || (!body && rank_of(class) > h->rank))
		*side = name;
	if (rank_of(class) > h->rank) {
		h->rank = rank_of(class);
		o->responsible = name;
	}
	return true;
}

/* "☐ Policy ☒ Riktlinje": the box that was ticked. */
static const char *ticked(const char *value)
{
	static const char *const boxes[] = { "☒", "☑", "[x]", "[X]" };

	for (size_t i = 0; i < ARRAY_LEN(boxes); i++) {
		const char *at = strstr(value, boxes[i]);
		if (at)
			return at + strlen(boxes[i]) + strspn(at + strlen(boxes[i]), " ");
	}
	return value;
}

static bool take_kind(struct header_reading *h, const char *value, bool sure)
{
	const char *chosen = ticked(value), *kind = kind_of(h->a, chosen);
	const char *text = NULL;

	if (!take_text(h, &text, "dokumenttyp", chosen, sure))
		return false;
	if (text && text_starts(text_fold(h->a, text), "lagstadga") && !h->out->statutory)
		h->out->statutory = text;
	if (text && !h->out->kind)
		h->out->kind = kind ? kind : text_fold(h->a, text);
	return true;
}

/* What a label that means several things means with this value. */
static enum label_class meant(struct header_reading *h, enum label_class class, const char *value)
{
	if (class == LABEL_DATE)
		return h->last == LABEL_DECIDER || h->last == LABEL_DECIDED ? LABEL_DECIDED
		       : h->last == LABEL_REVISED || h->last == LABEL_REVIEWED ? h->last
		                                                               : LABEL_IGNORED;
	if (class == LABEL_UPDATED)
		return h->web || strstr(value, "kl") || strchr(value, ':') ? LABEL_IGNORED : LABEL_REVISED;
	if (class != LABEL_REVISION)
		return class;
	if (value_fit(h->a, LABEL_REVISED, value) == FIT_SURE && !value_placeholder(value))
		return LABEL_REVISED;
	return value_fit(h->a, LABEL_RULE, value) == FIT_SURE ? LABEL_RULE : LABEL_IGNORED;
}

static bool take_one(struct header_reading *h, const struct label *label, const char *value,
                     bool sure)
{
	struct header *o = h->out;

	switch (label->class) {
	case LABEL_TITLE:
		return take_text(h, &o->title, "titel", value, sure);
	case LABEL_KIND:
		return take_kind(h, value, sure);
	case LABEL_DECIDER:
	case LABEL_DECIDED:
		return take_decision(h, label, value, sure);
	case LABEL_PARAGRAPH:
		return take_paragraph_value(h, value, sure);
	case LABEL_REGISTRY_NO:
		return take_registry_no(h, label, value, sure);
	case LABEL_VALID_FROM:
	case LABEL_VALID_UNTIL:
	case LABEL_VALIDITY:
	case LABEL_RULE:
	case LABEL_DEADLINE:
		return header_take_rule(h, label, value, sure);
	case LABEL_REVIEWED:
		return take_past(h, label, "datum för senaste granskning", &o->reviewed_on, value, sure);
	case LABEL_REVISED:
	case LABEL_HISTORY:
		return take_past(h, label, "revideringsdatum", &o->revised_on, value, sure);
	case LABEL_BODY:
	case LABEL_HOLDER:
	case LABEL_CONTACT:
		return header_take_responsible(h, label->class, value, sure);
	case LABEL_REPLACES:
		return take_text(h, &o->replaces, "vilket dokument som ersätts", value, sure);
	case LABEL_PARENT:
		return take_text(h, &o->parent, "överordnat dokument", value, sure);
	case LABEL_RELATED:
		return take_text(h, &o->related, NULL, value, sure);
	case LABEL_STATUTORY:
		return take_text(h, &o->statutory, NULL, value, sure);
	case LABEL_REVISION:
	case LABEL_DATE:
	case LABEL_UPDATED:
	case LABEL_SCOPE:
	case LABEL_IGNORED:
	case LABEL_UNKNOWN:
		break;
	}
	return sure;
}

/* Classes whose values are a date, a § or a body: words after them are others'. */
static bool terse(enum label_class class)
{
	return class == LABEL_DECIDER || class == LABEL_DECIDED || class == LABEL_REVISED ||
	       class == LABEL_REVIEWED || class == LABEL_REGISTRY_NO || class == LABEL_PARAGRAPH ||
	       class == LABEL_HISTORY;
}

/* Whose values have clauses at all: names of documents are left whole. */
static bool has_clauses(enum label_class class)
{
	return terse(class) || class == LABEL_RULE || class == LABEL_DEADLINE ||
	       class == LABEL_HOLDER || class == LABEL_BODY || class == LABEL_VALID_FROM ||
	       class == LABEL_VALID_UNTIL || class == LABEL_VALIDITY;
}

/* "… § 92, gäller från 2024-07-01": a clause that is another field's. */
static bool clause_at(struct arena *a, enum label_class class, const char *value,
                      const char *at, struct label *clause)
{
	bool after_stop = strchr(".;(", at[-2]) != NULL;

	if (!terse(class) && !after_stop)
		return false;
	if (!label_known(a, at, clause) || !*clause->value || at == value)
		return false;
	switch (clause->class) {
	case LABEL_VALID_FROM:
	case LABEL_VALID_UNTIL:
	case LABEL_VALIDITY:
	case LABEL_RULE:
	case LABEL_DEADLINE:
	case LABEL_REVISED:
	case LABEL_REVIEWED:
		return clause->sign || value_fit(a, clause->class, clause->value) == FIT_SURE;
	case LABEL_REGISTRY_NO:
		return value_fit(a, clause->class, clause->value) != FIT_NO;
	case LABEL_HOLDER:
	case LABEL_BODY:
		return after_stop && value_fit(a, clause->class, clause->value) != FIT_NO;
	case LABEL_DECIDER:
	case LABEL_DECIDED:
		return class != LABEL_DECIDER && class != LABEL_DECIDED && after_stop &&
		       value_fit(a, clause->class, clause->value) == FIT_SURE;
	case LABEL_REPLACES:
		return true;
	case LABEL_TITLE:
	case LABEL_KIND:
	case LABEL_PARAGRAPH:
	case LABEL_REVISION:
	case LABEL_HISTORY:
	case LABEL_DATE:
	case LABEL_UPDATED:
	case LABEL_CONTACT:
	case LABEL_PARENT:
	case LABEL_RELATED:
	case LABEL_STATUTORY:
	case LABEL_SCOPE:
	case LABEL_IGNORED:
	case LABEL_UNKNOWN:
		break;
	}
	return false;
}

static const char *next_word(const char *at)
{
	at += strcspn(at, " ");
	return at + strspn(at, " ");
}

/* Bytes of the value before its first clause; the clause, when there is one. */
static size_t clause_from(struct arena *a, enum label_class class, const char *value,
                          struct label *clause)
{
	const char *at = next_word(value);

	for (size_t words = 0; *at && words < CLAUSE_WORDS; at = next_word(at), words++) {
		if (clause_at(a, class, value, at, clause))
			return (size_t)(at - value);
	}
	return strlen(value);
}

static const char *clipped(struct arena *a, const char *value, size_t n)
{
	static const char *const ends[] = { " och", " samt", " att", " som", " (" };
	const char *text;

	while (n && strchr(" ,;(", value[n - 1]))
		n--;
	text = arena_dupn(a, value, n);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		if (text_ends(text, ends[i]))
			return arena_dupn(a, text, n - strlen(ends[i]));
	}
	return text;
}

/* `sure` when a sign or a place of its own tells that this is the value. */
bool header_take(struct header_reading *h, const struct label *label, const char *value, bool sure)
{
	struct label mine = *label, clause = { .class = LABEL_UNKNOWN };
	size_t all = strlen(value), n = all;

	mine.class = meant(h, label->class, value);
	if (has_clauses(mine.class))
		n = clause_from(h->a, mine.class, value, &clause);
	if (!take_one(h, &mine, n < all ? clipped(h->a, value, n) : value, sure))
		return false;
	if (mine.class != LABEL_PARAGRAPH && mine.class != LABEL_REGISTRY_NO)
		h->last = mine.class;
	if (n < all)
		header_take(h, &clause, clause.value, clause.sign || clause.class == LABEL_REPLACES);
	return true;
}

void header_unknown(struct header_reading *h, const struct label *label)
{
	h->last = label->class == LABEL_DATE ? h->last : label->class;
	switch (label->class) {
	case LABEL_DECIDED:
		h->out->item.decided_ask = h->out->decided_on == DAY_NONE;
		break;
	case LABEL_REGISTRY_NO:
		header_ask(h, "diarienummer", NULL);
		break;
	case LABEL_RULE:
	case LABEL_DEADLINE:
	case LABEL_VALIDITY:
	case LABEL_VALID_UNTIL:
		header_ask(h, arena_fmt(h->a, "värde saknas: %s", label->words), NULL);
		break;
	case LABEL_TITLE:
	case LABEL_KIND:
	case LABEL_DECIDER:
	case LABEL_PARAGRAPH:
	case LABEL_VALID_FROM:
	case LABEL_REVIEWED:
	case LABEL_REVISED:
	case LABEL_REVISION:
	case LABEL_HISTORY:
	case LABEL_DATE:
	case LABEL_UPDATED:
	case LABEL_BODY:
	case LABEL_HOLDER:
	case LABEL_CONTACT:
	case LABEL_REPLACES:
	case LABEL_PARENT:
	case LABEL_RELATED:
	case LABEL_STATUTORY:
	case LABEL_SCOPE:
	case LABEL_IGNORED:
	case LABEL_UNKNOWN:
		break;
	}
}
