/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "expr-internal.h"

#include "expr-phrases.inc"
#include "expr-vocabulary.inc"

/* What a slot holds is written into *f; how many words it takes, 0 when none. */
typedef size_t slot_fn(const struct words *w, size_t i, struct found *f);

static bool ends_option(char c)
{
	static const bool ends[1 << 8] = { ['\0'] = true, ['|'] = true, [' '] = true, ['?'] = true, ['*'] = true };

	return ends[(unsigned char)c];
}

/* Is the word on the list "a|b|*c"? The list ends at a space, "?", "*" or NUL. By the
 * letter, for most options differ from it in their first. */
static bool one_of(const char *word, const char *list)
{
	for (const char *at = list, *from = word; *word; at++, from = word) {
		if (*at == '*') {
			size_t length = strlen(word), n = strcspn(++at, "| ?*");
			from += length > n ? length - n : 0;
		}
		const char *option = at;
		while (*from && *from == *at && !ends_option(*at))
			from++, at++;
		if (!*from && ends_option(*at) && at > option)
			return true;
		while (!ends_option(*at))
			at++;
		if (*at != '|')
			return false;
	}
	return false;
}

static size_t slot_number(const struct words *w, size_t i, struct found *f)
{
	f->n = word_number(words_at(w, i));
	return f->n != 0;
}

static size_t slot_ordinal(const struct words *w, size_t i, struct found *f)
{
	f->n = word_ordinal(words_at(w, i));
	return f->n != 0;
}

static size_t slot_second(const struct words *w, size_t i, struct found *f)
{
	f->n = 2;
	return one_of(words_at(w, i), "vartannat|varannan|varannat|vartannan");
}

static size_t slot_unit(const struct words *w, size_t i, struct found *f)
{
	return word_unit(words_at(w, i), &f->scale, &f->unit);
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
		const char *words;
		int n;
		enum unit_of_time unit;
	} adverbs[] = {
		{ "årligen|årlig|årliga|årligt|årlige|årsvis|årsvisa", 1, UNIT_YEAR },
		{ "halvårsvis|halvårligen|halvårsvisa|halvårlig", 6, UNIT_MONTH },
		{ "kvartalsvis|kvartalsvisa|kvartalvis", 3, UNIT_MONTH },
		{ "tertialvis|tertialsvis|tertialvisa", 4, UNIT_MONTH },
		{ "månadsvis|månatligen|månatlig|månatliga|månadsvisa", 1, UNIT_MONTH },
		{ "veckovis|veckovisa", 1, UNIT_WEEK },
		{ "dagligen|daglig|dagliga", 1, UNIT_DAY },
	};

	for (size_t k = 0; k < ARRAY_LEN(adverbs); k++) {
		if (one_of(words_at(w, i), adverbs[k].words)) {
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
	f->month = word_month(words_at(w, i));
	return f->month != 0;
}

/* "1 mars", "1:a mars", "31/12". */
static size_t slot_day(const struct words *w, size_t i, struct found *f)
{
	const char *word = words_at(w, i), *slash = strchr(word, '/');
	size_t n = strcspn(word, "/");

	f->day = word_ordinal(word);
	if (!f->day && *word >= '0' && *word <= '9')
		f->day = word_number(word);
	f->month = word_month(words_at(w, i + 1));
	if (f->day)
		return f->month && date_valid(2024, f->month, f->day) ? 2 : 0;
	char day[3] = "";
	if (!slash || n == 0 || n > 2)
		return 0;
	memcpy(day, word, n);
	f->day = word_number(day);
	f->month = word_number(slash[1] == '0' ? slash + 2 : slash + 1);
	return f->day && f->month && date_valid(2024, f->month, f->day);
}

static size_t slot_period(const struct words *w, size_t i, struct found *f)
{
	int first;

	return words_period(w, i, &first, &f->month);
}

static size_t slot_week(const struct words *w, size_t i, struct found *f)
{
	f->week = word_number(words_at(w, i));
	return f->week >= 1 && f->week <= 53;
}

static size_t slot_short_week(const struct words *w, size_t i, struct found *f)
{
	const char *word = words_at(w, i);

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
	f->year = word_year(words_at(w, i));
	return f->year != 0;
}

/* "2019-2022", "2016/2017", "2016/17", "2019 - 2022". */
static size_t slot_years(const struct words *w, size_t i, struct found *f)
{
	const char *word = words_at(w, i);
	char first[5] = "", second[5] = "";
	size_t n = strlen(word);

	if (n == 4 && (words_is(w, i + 1, "-") || words_is(w, i + 1, "till"))) {
		f->year = word_year(word);
		f->year2 = word_year(words_at(w, i + 2));
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
	return words_placeholder(words_at(w, i));
}

static size_t slot_any(const struct words *w, size_t i, struct found *f)
{
	(void)f;
	return i < w->n && !strpbrk(w->at[i], ",.;?[]") && !words_placeholder(w->at[i]);
}

static size_t slot_event(const struct words *w, size_t i, struct found *f)
{
	return phrase_event(w, i, &f->event, &f->yearly);
}

static size_t slot_happens(const struct words *w, size_t i, struct found *f)
{
	const char *word = words_at(w, i);

	(void)f;
	if (one_of(word, "träder|trätt|träda") && words_is(w, i + 1, "i") &&
	    words_is(w, i + 2, "kraft"))
		return 3;
	if (one_of(word, "är|har|ska|har") && one_of(words_at(w, i + 1), happening))
		return 2;
	if (one_of(word, "är|blivit") && one_of(words_at(w, i + 1), "klar|klart|genomförd|genomfört|"
	                                        "beslutad|beslutat|fastställd|antagen|färdig"))
		return 2;
	return one_of(word, happening);
}

static size_t slot_review(const struct words *w, size_t i, struct found *f)
{
	(void)f;
	return word_of_kind(words_at(w, i), WORD_REVIEW);
}

static size_t slot_change(const struct words *w, size_t i, struct found *f)
{
	return slot_review(w, i, f) || one_of(words_at(w, i), CHANGES);
}

/* "barn- och utbildningsnämnden", "kommunstyrelsens arbetsutskott", "den ansvariga chefen" */
static size_t slot_body(const struct words *w, size_t i, struct found *f)
{
	size_t from = i;

	(void)f;
	while (one_of(words_at(w, i), "den|det|en|ett|respektive|ansvarig|ansvariga|berörd|berörda|"
	                              "varje|utsedd|utsedda|kommunens|nämndens|förvaltningens"))
		i++;
	if (i < w->n && text_ends(w->at[i], "-") && words_is(w, i + 1, "och") &&
	    one_of(words_at(w, i + 2), bodies))
		return i + 3 - from;
	const char *word = words_at(w, i);
	if (one_of(word, "kommunstyrelsens|nämndens|ks|kf:s|ks:s|kommunfullmäktiges|fullmäktiges") &&
	    one_of(words_at(w, i + 1), bodies))
		return i + 2 - from;
	if (one_of(word, bodies))
		return i + 1 - from;
	return i > from && one_of(w->at[i - 1], bodies) ? i - from : 0;
}

static const char decision_words[] =
	"beslut|beslutet|beslutsdatum|beslutsdatumet|beslutsdagen|beslutsdag|beslutstillfället|"
	"beslutstidpunkten|fastställande|fastställandet|fastställelse|fastställelsen|"
	"fastställelsedatum|fastställandedatum|antagande|antagandet|antagandedatum|antagningsdatum|"
	"antagandedatumet|antagandedagen|datum|datumet|dagen|tidpunkten|kf-beslut|kf-beslutet|"
	"fullmäktigebeslut|fullmäktigebeslutet";

/* "det senaste beslutet", "datum för antagandet", "den antogs", "kommunfullmäktiges beslut" */
static size_t slot_decision(const struct words *w, size_t i, struct found *f)
{
	size_t from = i;

	while (one_of(words_at(w, i), "den|det|senaste|sista|dess|kf:s|kommunfullmäktiges|fullmäktiges|"
	                              "nämndens|kommunstyrelsens|styrelsens|politiskt|formellt|att"))
		i++;
	if (one_of(words_at(w, i), "datum|datumet|dagen|tidpunkten")) {
		if (!words_is(w, i + 1, "för"))
			return 0;
		size_t n = slot_decision(w, i + 2, f);
		return n ? i + 2 + n - from : 0;
	}
	if (one_of(words_at(w, i), decision_words))
		return i + 1 - from;
	if (one_of(words_at(w, i), documents))
		i++;
	return one_of(words_at(w, i), "antogs|antagits|antas|fastställdes|fastställts|beslutades|"
	                              "beslutats|fastställs")
	               ? i + 1 - from
	               : 0;
}

static const char above_words[] = "överordnat|överordnade|överordnad|ovanliggande";

/* "överordnat styrdokument" */
static size_t slot_above(const struct words *w, size_t i, struct found *f)
{
	size_t from = i;

	(void)f;
	i += one_of(words_at(w, i), "den|det|dess|sitt|sin");
	if (!one_of(words_at(w, i), above_words))
		return 0;
	i++;
	i += one_of(words_at(w, i), documents);
	return i - from;
}

static size_t slot_document(const struct words *w, size_t i, struct found *f)
{
	size_t n = slot_above(w, i, f), the = one_of(words_at(w, i), "den|det|ny|nytt|nya");

	if (n)
		return n;
	return one_of(words_at(w, i + the), parents) ? the + 1 : 0;
}

/* "policyns" */
static size_t slot_documents(const struct words *w, size_t i, struct found *f)
{
	(void)f;
	return one_of(words_at(w, i), "*policyns|*riktlinjens|*riktlinjernas|planens|strategins|"
	                              "programmets|reglementets|styrdokumentets|huvuddokumentets|"
	                              "policydokumentets");
}

static const struct {
	const char *name;
	slot_fn *read;
} slots[] = {
	{ "n}", slot_number },          { "ord}", slot_ordinal },
	{ "vartannat}", slot_second },  { "unit}", slot_unit },
	{ "unit1}", slot_one_unit },    { "adverb}", slot_adverb },
	{ "month}", slot_month },       { "day}", slot_day },
	{ "period}", slot_period },     { "week}", slot_week },
	{ "vweek}", slot_short_week },  { "date}", slot_date },
	{ "year}", slot_year },         { "years}", slot_years },
	{ "blank}", slot_blank },       { "any}", slot_any },
	{ "event}", slot_event },       { "happens}", slot_happens },
	{ "review}", slot_review },     { "change}", slot_change },
	{ "body}", slot_body },         { "decision}", slot_decision },
	{ "above}", slot_above },       { "doc}", slot_document },
	{ "docs}", slot_documents },
};

/* One element of a phrase: a slot, or words either of which will do. */
static size_t element_match(const char *element, const struct words *w, size_t i, struct found *f)
{
	if (*element != '{')
		return one_of(w->at[i], element);
	for (size_t k = 0; k < ARRAY_LEN(slots); k++) {
		if (text_starts(element + 1, slots[k].name))
			return slots[k].read(w, i, f);
	}
	return 0;
}

/* Where the phrase ends, or 0; an element that may be left out is tried first. */
static size_t words_match(const char *phrase, const struct words *w, size_t i, struct found *f)
{
	if (!*phrase)
		return i;
	size_t n = strcspn(phrase, " ");
	const char *rest = phrase + n + (phrase[n] == ' ');
	bool again = phrase[n - 1] == '*', optional = again || phrase[n - 1] == '?';
	struct found tried = *f;
	size_t taken = i < w->n ? element_match(phrase, w, i, &tried) : 0;
	if (taken) {
		size_t end = words_match(again ? phrase : rest, w, i + taken, &tried);
		if (end) {
			*f = tried;
			return end;
		}
	}
	return optional ? words_match(rest, w, i, f) : 0;
}

size_t phrase_match(const struct words *w, size_t i, struct found *out)
{
	size_t best = i;

	for (size_t k = 0; k < ARRAY_LEN(phrases) && i < w->n; k++) {
		bool weak = phrases[k].words[0] == '~';
		struct found f = { .make = phrases[k].make, .weak = weak };
		size_t end = words_match(phrases[k].words + weak, w, i, &f);
		if (end > best) {
			best = end;
			*out = f;
		}
	}
	return best - i;
}

const char *expr_event_name(size_t i)
{
	return i < ARRAY_LEN(events) ? events[i].name : NULL;
}

size_t phrase_event(const struct words *w, size_t i, const char **name, bool *yearly)
{
	size_t from = i, best = 0;

	for (; i < w->n; i++) {
		for (size_t k = 0; k < ARRAY_LEN(events); k++) {
			struct found f = { .n = 0 };
			size_t end = words_match(events[k].words, w, i, &f);
			if (end > best) {
				best = end;
				*name = events[k].name;
				*yearly = events[k].yearly;
			}
		}
		if (best || !one_of(w->at[i], modifiers))
			break;
	}
	return best ? best - from : 0;
}

bool word_of_kind(const char *word, enum kind_of_word kind)
{
	if (one_of(word, kinds[kind]))
		return true;
	if (kind == WORD_FILLER)
		return one_of(word, bodies) || one_of(word, documents);
	return kind == WORD_TIME && (strpbrk(word, "0123456789") || word_month(word) ||
	                             word_weekday(word) || word_ordinal(word));
}
