/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum {
	NUMBER_WORDS = 8, /* a registry number has fewer */
	NAME_WORDS = 12,  /* so has the name of a post or a body */
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t dash_bytes(const char *s)
{
	return *s == '-' ? 1 : text_starts(s, "–") || text_starts(s, "—") ? strlen("–") : 0;
}

bool value_nothing(const char *value)
{
	static const char *const words[] = {
		"nej", "inga", "ingen", "inget", "ej aktuellt", "ej aktuell", "ej tillämpligt",
		"inte aktuellt", "n/a", "aldrig", "ej reviderad", "ej reviderat", "nytt dokument",
		"nytt", "icke aktuellt", "ingen tidigare version", "inga ändringar", "ej fastställt",
		"ny", "(-)",
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *folded, *at = value;

	while (*at && (dash_bytes(at) || *at == ' ' || *at == '/'))
		at += *at == ' ' || *at == '/' ? 1 : dash_bytes(at);
	if (!*at)
		return true;
	if (strlen(value) > 40)
		return false;
	folded = text_fold(&a, value);
	size_t n = strlen(folded) - text_ends(folded, ".");
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strlen(words[i]) == n && strncmp(folded, words[i], n) == 0)
			return true;
	}
	return false;
}

/* "åååå", "xx", "nnn": letters that stand for figures. */
static bool form_word(const char *word)
{
	static const char *const words[] = {
		"åååå", "yyyy", "xx", "xxx", "xxxx", "nn", "nnn", "datum", "20xx", "201x", "202x",
		"åååå-mm-dd", "yyyy-mm-dd", "åå-mm-dd", "ååmmdd", "ååååmmdd", "dd", "mm", "????",
		"infoga", "fyll", "klicka", "välj", "anges", "ange", "skriv",
	};

	if (words_placeholder(word))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strcmp(word, words[i]) == 0)
			return true;
	}
	return strstr(word, "xxx") != NULL || strstr(word, "/xx") != NULL ||
	       strstr(word, "20xx") != NULL;
}

bool value_placeholder(const char *value)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	if (strspn(value, "_. ") == strlen(value) || text_starts(value, "…"))
		return true;
	struct words w = words_of(&a, value);
	bool bracket = w.n && (strcmp(w.at[0], "[") == 0 || text_starts(w.at[0], "<"));
	if (bracket && !strpbrk(value, "0123456789"))
		return true;
	for (size_t i = 0; i < w.n && i < NUMBER_WORDS; i++) {
		if (form_word(w.at[i]))
			return true;
	}
	return false;
}

/* The value is a date from its first word to its last. */
static bool date_alone(const struct words *w)
{
	struct found_date date;
	size_t n = decision_date(w, 0, &date);

	return n && n == w->n;
}

/* "SON" in "SON 2024/12": what committees put before their numbers. */
static size_t prefix_letters(const char *s)
{
	size_t n = 0, points = 0;

	while ((s[n] >= 'A' && s[n] <= 'Z') || (s[n] >= 'a' && s[n] <= 'z') ||
	       ((unsigned char)s[n] == 0xC3 && s[n + 1])) {
		n += (unsigned char)s[n] == 0xC3 ? 2 : 1;
		points++;
	}
	return points <= 5 ? n : 0;
}

/* A year or a running number, a sign, a number: "2018/1092", "2020.052", "-2015-0180". */
static const char *year_and_number(const char *s)
{
	size_t first = strspn(s, "0123456789"), second;

	if (first < 1 || first > 5 || !s[first] || !strchr("/:.-", s[first]))
		return NULL;
	second = strspn(s + first + 1, "0123456789");
	return second ? s + first + 1 + second : NULL;
}

bool value_registry_no(const char *value)
{
	size_t letters = prefix_letters(value);
	const char *at = value + letters;

	at += *at && strchr(" -/.:", *at) ? 1 : 0;
	const char *end = year_and_number(at);
	if (!end)
		return false;
	if (!letters) {
		/* "2020.052 KS" has its letters behind; "1-306/2019" has two signs. */
		size_t behind = *end == ' ' ? prefix_letters(end + 1) : 0;
		return (behind && !end[1 + behind]) || (*end == '/' && digit(end[1]));
	}
	if (!text_capital(value))
		return false;
	return strlen(end) <= 24 && strspn(end, "0123456789/:-. nr") == strlen(end);
}

static enum fit fit_date(struct arena *a, const char *value)
{
	struct decision d = decision_read(a, value);

	if (d.decided != DAY_NONE || d.revised != DAY_NONE || d.placeholder || d.broken)
		return text_words(value) <= 2 * NAME_WORDS ? FIT_SURE : FIT_MAY;
	return value_nothing(value) ? FIT_SURE : FIT_NO;
}

static enum fit fit_registry_no(struct arena *a, const char *value)
{
	struct words w = words_of(a, value);

	if (value_registry_no(value) || value_nothing(value) || value_placeholder(value))
		return FIT_SURE;
	if (date_alone(&w) || !strpbrk(value, "0123456789") || w.n > NUMBER_WORDS ||
	    strstr(value, "§"))
		return FIT_NO;
	return FIT_MAY;
}

static enum fit fit_paragraph(const char *value)
{
	const char *at = text_starts(value, "§") ? value + strlen("§") : value;

	at += strspn(at, "§ ");
	size_t n = strspn(at, "0123456789");
	if (n && n <= 4 && at[n] != '-' && (!at[n] || at > value || at[n] == '/'))
		return FIT_SURE;
	return value_nothing(value) || value_placeholder(value) ? FIT_SURE : FIT_NO;
}

static enum fit fit_rule(struct arena *a, enum expr_field field, const char *value)
{
	struct rules r;

	if (text_words(value) > 4 * NUMBER_WORDS)
		return FIT_NO;
	rules_init(&r);
	expr_read(a, value_spaced(a, value), field, &r);
	if (!r.n && r.facts.valid_from == DAY_NONE)
		return FIT_NO;
	return rules_understood(&r) ? FIT_SURE : FIT_NO;
}

/* A name: no date, no number of anything, no rule. */
static enum fit fit_name(struct arena *a, const char *value)
{
	const char *folded = text_fold(a, value);

	if (value_nothing(value) || value_placeholder(value))
		return FIT_SURE;
	if (digit(*value) || *value == '[' || strstr(value, "§") || value_registry_no(value))
		return FIT_NO;
	if (text_words(value) <= NAME_WORDS && (body_names_organ(folded) || body_names_post(folded)))
		return FIT_SURE;
	if (text_ends(value, ".") && text_words(value) > NAME_WORDS / 2)
		return FIT_NO;
	/* "Vart fjärde år" has slipped from the field beside it. */
	if (fit_rule(a, EXPR_REVIEW, value) == FIT_SURE)
		return FIT_NO;
	return text_capital(value) && text_words(value) <= NAME_WORDS ? FIT_MAY : FIT_NO;
}

static enum fit fit_decider(struct arena *a, const char *value)
{
	struct decision d = decision_read(a, value);

	if (d.body && text_words(value) <= 2 * NAME_WORDS)
		return FIT_SURE;
	if (d.decided != DAY_NONE || d.paragraph)
		return FIT_MAY;
	return fit_name(a, value);
}

static enum fit fit_text(struct arena *a, const char *value)
{
	struct words w = words_of(a, value);

	if (value_nothing(value) || value_placeholder(value))
		return FIT_MAY;
	return date_alone(&w) || value_registry_no(value) || text_starts(value, "§") ? FIT_NO : FIT_MAY;
}

static enum fit fit_validity(struct arena *a, const char *value)
{
	struct label inner;

	if (fit_rule(a, EXPR_VALIDITY, value) == FIT_SURE)
		return FIT_SURE;
	return label_known(a, value, &inner) ? FIT_MAY : FIT_NO;
}

enum fit value_fit(struct arena *a, enum label_class class, const char *value)
{
	switch (class) {
	case LABEL_TITLE:
	case LABEL_REPLACES:
	case LABEL_PARENT:
	case LABEL_RELATED:
	case LABEL_STATUTORY:
		return fit_text(a, value);
	case LABEL_KIND:
		return kind_of(a, value) ? FIT_SURE : fit_text(a, value);
	case LABEL_DECIDER:
		return fit_decider(a, value);
	case LABEL_DECIDED:
	case LABEL_DATE:
	case LABEL_REVIEWED:
	case LABEL_REVISED:
	case LABEL_UPDATED:
	case LABEL_HISTORY:
	case LABEL_VALID_FROM:
		return fit_date(a, value);
	case LABEL_PARAGRAPH:
		return fit_paragraph(value);
	case LABEL_REGISTRY_NO:
		return fit_registry_no(a, value);
	case LABEL_VALID_UNTIL:
		return fit_rule(a, EXPR_UNTIL, value);
	case LABEL_VALIDITY:
		return fit_validity(a, value);
	case LABEL_RULE:
		if (fit_rule(a, EXPR_REVIEW, value) == FIT_SURE)
			return FIT_SURE;
		return body_in(a, value) && text_words(value) <= NAME_WORDS ? FIT_MAY : FIT_NO;
	case LABEL_DEADLINE:
		return fit_rule(a, EXPR_DEADLINE, value);
	case LABEL_BODY:
	case LABEL_HOLDER:
	case LABEL_CONTACT:
		return fit_name(a, value);
	case LABEL_REVISION:
	case LABEL_SCOPE:
	case LABEL_IGNORED:
	case LABEL_UNKNOWN:
		break;
	}
	return FIT_MAY;
}

/* "2024-01-01–2027-12-31", "2024-01-01 / 2027-12-31", "2024-01-01-2027-12-31". */
const char *value_spaced(struct arena *a, const char *value)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; value[i];) {
		bool digits = i >= 3 && digit(value[i - 1]);
		size_t dash = dash_bytes(value + i);
		bool long_dash = dash > 1 && digits;
		/* After ten characters of a date a hyphen begins another one. */
		bool after_date = dash == 1 && i >= 10 && digits && value[i - 3] == '-' &&
		                  value[i - 6] == '-' && digit(value[i + 1]);
		bool slash = text_starts(value + i, " / ") && digits && digit(value[i + 3]);
		if (slash) {
			buf_str(&out, " - ");
			i += 3;
		} else if (long_dash || after_date) {
			buf_str(&out, " - ");
			i += dash;
		} else {
			buf_chr(&out, value[i++]);
		}
	}
	return arena_dup(a, out.data);
}
