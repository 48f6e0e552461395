/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "expr-internal.h"

#include "expr-phrases.inc"

/* What a slot holds is written into *f; how many words it takes, 0 when none. */
typedef size_t slot_fn(const struct words *w, size_t i, struct found *f);

static const char *word_at(const struct words *w, size_t i)
{
	return i < w->n ? w->at[i] : "";
}

static bool one_of(const char *word, const char *list)
{
	size_t n = strlen(word);

	for (const char *at = list; n; at++) {
		if (strncmp(at, word, n) == 0 && (!at[n] || strchr("| ?", at[n])))
			return true;
		at += strcspn(at, "| ");
		if (*at != '|')
			return false;
	}
	return false;
}

static size_t slot_number(const struct words *w, size_t i, struct found *f)
{
	f->n = word_number(word_at(w, i));
	return f->n != 0;
}

static size_t slot_ordinal(const struct words *w, size_t i, struct found *f)
{
	f->n = word_ordinal(word_at(w, i));
	return f->n != 0;
}

static size_t slot_second(const struct words *w, size_t i, struct found *f)
{
	f->n = 2;
	return one_of(word_at(w, i), "vartannat|varannan|varannat|vartannan");
}

static size_t slot_unit(const struct words *w, size_t i, struct found *f)
{
	return word_unit(word_at(w, i), &f->scale, &f->unit);
}

static size_t slot_one_unit(const struct words *w, size_t i, struct found *f)
{
	if (f->n == 0)
		f->n = 1;
	return slot_unit(w, i, f);
}

static size_t slot_adverb(const struct words *w, size_t i, struct found *f)
{
	static const struct {
		const char *word;
		int n;
		enum unit_of_time unit;
	} adverbs[] = {
		{ "årligen", 1, UNIT_YEAR },     { "årlig", 1, UNIT_YEAR },
		{ "årsvis", 1, UNIT_YEAR },
		{ "årlige", 1, UNIT_YEAR },      { "halvårsvis", 6, UNIT_MONTH },
		{ "halvårligen", 6, UNIT_MONTH }, { "kvartalsvis", 3, UNIT_MONTH },
		{ "tertialvis", 4, UNIT_MONTH }, { "månadsvis", 1, UNIT_MONTH },
		{ "månatligen", 1, UNIT_MONTH }, { "veckovis", 1, UNIT_WEEK },
	};

	for (size_t k = 0; k < ARRAY_LEN(adverbs); k++) {
		if (strcmp(word_at(w, i), adverbs[k].word) == 0) {
			f->n = adverbs[k].n;
			f->scale = 1;
			f->unit = adverbs[k].unit;
			return 1;
		}
	}
	return 0;
}

static size_t slot_month(const struct words *w, size_t i, struct found *f)
{
	f->month = word_month(word_at(w, i));
	return f->month != 0;
}

static size_t slot_day(const struct words *w, size_t i, struct found *f)
{
	const char *word = word_at(w, i);
	int month = word_month(word_at(w, i + 1));

	f->day = word_ordinal(word);
	if (!f->day && *word >= '0' && *word <= '9')
		f->day = word_number(word);
	return f->day && month && date_valid(2024, month, f->day);
}

static size_t slot_week(const struct words *w, size_t i, struct found *f)
{
	f->week = word_number(word_at(w, i));
	return f->week >= 1 && f->week <= 53;
}

static size_t slot_short_week(const struct words *w, size_t i, struct found *f)
{
	const char *word = word_at(w, i);

	if (*word != 'v' || !word[1])
		return 0;
	word += word[1] == '.' ? 2 : 1;
	f->week = *word >= '0' && *word <= '9' ? word_number(word) : 0;
	return f->week >= 1 && f->week <= 53;
}

static size_t slot_date(const struct words *w, size_t i, struct found *f)
{
	struct found_date date;
	size_t n = words_date(w, i, &date);

	if (!n)
		return 0;
	if (f->day == 0) {
		f->date = date;
		f->day = 1; /* the next date is the second one */
	} else {
		f->date2 = date;
	}
	return n;
}

static size_t slot_year(const struct words *w, size_t i, struct found *f)
{
	f->year = word_year(word_at(w, i));
	return f->year != 0;
}

/* "2019-2022", "2016/2017", "2016/17", "2019 - 2022". */
static size_t slot_years(const struct words *w, size_t i, struct found *f)
{
	const char *word = word_at(w, i);
	char first[5] = "", second[5] = "";
	size_t n = strlen(word);

	if (n == 4 && strcmp(word_at(w, i + 1), "-") == 0) {
		f->year = word_year(word);
		f->year2 = word_year(word_at(w, i + 2));
		return f->year && f->year2 > f->year ? 3 : 0;
	}
	if ((n != 9 && n != 7) || (word[4] != '-' && word[4] != '/'))
		return 0;
	memcpy(first, word, 4);
	memcpy(second, n == 9 ? word + 5 : word, 4);
	if (n == 7) {
		if (word[4] == '-') /* "2026-08" is a month */
			return 0;
		memcpy(second + 2, word + 5, 2);
	}
	f->year = word_year(first);
	f->year2 = word_year(second);
	return f->year && f->year2 > f->year;
}

static size_t slot_blank(const struct words *w, size_t i, struct found *f)
{
	(void)f;
	return words_placeholder(word_at(w, i));
}

static size_t slot_event(const struct words *w, size_t i, struct found *f)
{
	return phrase_event(w, i, &f->event, &f->yearly);
}

static const char decision_words[] =
	"beslut|beslutet|beslutsdatum|beslutsdatumet|fastställande|fastställandet|"
	"antagande|antagandet";
static const char document_words[] =
	"policyn|riktlinjen|riktlinjerna|planen|strategin|programmet|reglementet|styrdokumentet|"
	"huvuddokumentet|överordnat|överordnade|policy|riktlinje|riktlinjer|styrdokument";

static size_t slot_decision(const struct words *w, size_t i, struct found *f)
{
	(void)f;
	return one_of(word_at(w, i), decision_words);
}

static size_t slot_document(const struct words *w, size_t i, struct found *f)
{
	size_t from = i;

	(void)f;
	if (strcmp(word_at(w, i), "den") == 0 || strcmp(word_at(w, i), "det") == 0)
		i++;
	if (!one_of(word_at(w, i), document_words))
		return 0;
	bool above = strncmp(word_at(w, i), "överordna", strlen("överordna")) == 0;
	i++;
	if (above && one_of(word_at(w, i), "styrdokument|dokument|policy|riktlinje|styrdokumentet|"
	                                   "dokumentet"))
		i++;
	return i - from;
}

static const struct {
	const char *name;
	slot_fn *read;
} slots[] = {
	{ "{n}", slot_number },          { "{ord}", slot_ordinal },
	{ "{vartannat}", slot_second },  { "{unit}", slot_unit },
	{ "{unit1}", slot_one_unit },    { "{adverb}", slot_adverb },
	{ "{month}", slot_month },       { "{day}", slot_day },
	{ "{week}", slot_week },         { "{vweek}", slot_short_week },
	{ "{date}", slot_date },         { "{year}", slot_year },
	{ "{years}", slot_years },       { "{blank}", slot_blank },
	{ "{event}", slot_event },       { "{decision}", slot_decision },
	{ "{doc}", slot_document },
};

/* One element of a phrase: a slot, or words either of which will do. */
static size_t element_match(const char *element, const struct words *w, size_t i, struct found *f)
{
	if (*element != '{')
		return i < w->n && one_of(w->at[i], element);
	for (size_t k = 0; k < ARRAY_LEN(slots); k++) {
		size_t n = strlen(slots[k].name);
		if (strncmp(element, slots[k].name, n) == 0)
			return slots[k].read(w, i, f);
	}
	return 0;
}

static bool optional(const char *element)
{
	size_t n = strcspn(element, " ");

	return n && element[n - 1] == '?';
}

/* Where the phrase ends, or 0; an element that may be left out is tried first. */
static size_t words_match(const char *phrase, const struct words *w, size_t i, struct found *f)
{
	if (!*phrase)
		return i;
	size_t n = strcspn(phrase, " ");
	const char *rest = phrase + n + (phrase[n] == ' ');
	struct found tried = *f;
	size_t taken = i < w->n ? element_match(phrase, w, i, &tried) : 0;
	if (taken) {
		size_t end = words_match(rest, w, i + taken, &tried);
		if (end) {
			*f = tried;
			return end;
		}
	}
	return optional(phrase) ? words_match(rest, w, i, f) : 0;
}

size_t phrase_match(const struct words *w, size_t i, struct found *out)
{
	size_t best = i;

	for (size_t k = 0; k < ARRAY_LEN(phrases); k++) {
		struct found f = { .make = phrases[k].make };
		size_t end = words_match(phrases[k].words, w, i, &f);
		if (end > best) {
			best = end;
			*out = f;
		}
	}
	return best - i;
}

static bool in_list(const char *word, const char *const *list, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		if (strcmp(word, list[k]) == 0)
			return true;
	}
	return false;
}

size_t phrase_event(const struct words *w, size_t i, const char **name, bool *yearly)
{
	size_t from = i, best = 0;

	for (;;) {
		for (size_t k = 0; k < ARRAY_LEN(events); k++) {
			struct found f = { .n = 0 };
			size_t end = words_match(events[k].words, w, i, &f);
			if (end > best) {
				best = end;
				*name = events[k].name;
				*yearly = events[k].yearly;
			}
		}
		if (best || i >= w->n || !in_list(w->at[i], modifiers, ARRAY_LEN(modifiers)))
			break;
		i++;
	}
	return best ? best - from : 0;
}

bool phrase_filler(const char *word)
{
	return in_list(word, fillers, ARRAY_LEN(fillers));
}
