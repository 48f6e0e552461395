/* SPDX-License-Identifier: EUPL-1.2 */
/* Single words: months, weekdays, numbers in figures and letters, units. */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "expr-internal.h"

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *const months[12][4] = {
	{ "januari", "jan" }, { "februari", "feb", "febr" }, { "mars", "mar" },
	{ "april", "apr" },   { "maj" },                     { "juni", "jun" },
	{ "juli", "jul" },    { "augusti", "aug" },          { "september", "sep", "sept" },
	{ "oktober", "okt" }, { "november", "nov" },         { "december", "dec" },
};

int word_month(const char *word)
{
	for (int m = 0; m < 12; m++) {
		for (int i = 0; i < 4 && months[m][i]; i++) {
			if (strcmp(word, months[m][i]) == 0)
				return m + 1;
		}
	}
	return 0;
}

int word_weekday(const char *word)
{
	static const char *const days[7][4] = {
		{ "måndag", "måndagen", "mån" },  { "tisdag", "tisdagen", "tis" },
		{ "onsdag", "onsdagen", "ons" },  { "torsdag", "torsdagen", "tors", "tor" },
		{ "fredag", "fredagen", "fre" },  { "lördag", "lördagen", "lör" },
		{ "söndag", "söndagen", "sön" },
	};

	for (int d = 0; d < 7; d++) {
		for (int i = 0; i < 4 && days[d][i]; i++) {
			if (strcmp(word, days[d][i]) == 0)
				return d + 1;
		}
	}
	return 0;
}

struct number {
	const char *word;
	int n;
};

static int look_up(const struct number *table, size_t rows, const char *word)
{
	for (size_t i = 0; i < rows; i++) {
		if (strcmp(word, table[i].word) == 0)
			return table[i].n;
	}
	return 0;
}

/* "trettio" of "trettiosex" and "trettiosjätte"; *rest is what follows. */
static int tens(const char *word, const char **rest)
{
	static const struct number table[] = {
		{ "tjugo", 20 }, { "trettio", 30 }, { "fyrtio", 40 }, { "femtio", 50 },
		{ "sextio", 60 }, { "sjuttio", 70 }, { "åttio", 80 }, { "nittio", 90 },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (text_starts(word, table[i].word)) {
			*rest = word + strlen(table[i].word);
			return table[i].n;
		}
	}
	return 0;
}

/* At most three digits: more is a year or a registry number. */
static int small_number(const char *word, const char **rest)
{
	int n = 0, digits = 0;

	for (; digit(*word); word++) {
		if (++digits > 3)
			return 0;
		n = n * 10 + (*word - '0');
	}
	*rest = word;
	return n;
}

int word_number(const char *word)
{
	static const struct number numbers[] = {
		{ "en", 1 }, { "ett", 1 }, { "två", 2 }, { "tre", 3 }, { "fyra", 4 },
		{ "fem", 5 }, { "sex", 6 }, { "sju", 7 }, { "åtta", 8 }, { "nio", 9 },
		{ "tio", 10 }, { "elva", 11 }, { "tolv", 12 }, { "tretton", 13 },
		{ "fjorton", 14 }, { "femton", 15 }, { "sexton", 16 }, { "sjutton", 17 },
		{ "arton", 18 }, { "nitton", 19 },
	};
	const char *rest = "";
	int n = small_number(word, &rest);

	if (n)
		return *rest ? 0 : n;
	n = tens(word, &rest);
	if (!n)
		return look_up(numbers, ARRAY_LEN(numbers), word);
	int one = look_up(numbers, 10, rest);
	return !*rest ? n : one && one < 10 ? n + one : 0;
}

int word_ordinal(const char *word)
{
	static const struct number ordinals[] = {
		{ "första", 1 }, { "andra", 2 }, { "tredje", 3 }, { "fjärde", 4 },
		{ "femte", 5 }, { "sjätte", 6 }, { "sjunde", 7 }, { "åttonde", 8 },
		{ "nionde", 9 }, { "annat", 2 }, { "annan", 2 }, { "tionde", 10 },
		{ "elfte", 11 }, { "tolfte", 12 }, { "trettonde", 13 }, { "fjortonde", 14 },
		{ "femtonde", 15 }, { "sextonde", 16 }, { "sjuttonde", 17 }, { "artonde", 18 },
		{ "nittonde", 19 },
	};
	const char *rest = "";
	int n = small_number(word, &rest);

	if (n) {
		rest += *rest == ':';
		return strcmp(rest, "e") == 0 || strcmp(rest, "a") == 0 ? n : 0;
	}
	n = tens(word, &rest);
	if (!n)
		return look_up(ordinals, ARRAY_LEN(ordinals), word);
	int one = look_up(ordinals, 9, rest);
	return strcmp(rest, "nde") == 0 ? n : one ? n + one : 0;
}

bool word_unit(const char *word, int *scale, enum unit_of_time *unit)
{
	static const struct {
		const char *word;
		int scale;
		enum unit_of_time unit;
	} units[] = {
		{ "år", 1, UNIT_YEAR },          { "års", 1, UNIT_YEAR },
		{ "åren", 1, UNIT_YEAR },        { "året", 1, UNIT_YEAR },
		{ "kalenderår", 1, UNIT_YEAR },  { "kalenderåret", 1, UNIT_YEAR },
		{ "verksamhetsår", 1, UNIT_YEAR }, { "verksamhetsåret", 1, UNIT_YEAR },
		{ "räkenskapsår", 1, UNIT_YEAR }, { "budgetår", 1, UNIT_YEAR },
		{ "månad", 1, UNIT_MONTH },      { "månader", 1, UNIT_MONTH },
		{ "månaders", 1, UNIT_MONTH },   { "månads", 1, UNIT_MONTH },
		{ "månaden", 1, UNIT_MONTH },    { "månaderna", 1, UNIT_MONTH },
		{ "mån", 1, UNIT_MONTH },
		{ "mnd", 1, UNIT_MONTH },        { "kalendermånad", 1, UNIT_MONTH },
		{ "vecka", 1, UNIT_WEEK },       { "veckor", 1, UNIT_WEEK },
		{ "veckors", 1, UNIT_WEEK },     { "veckan", 1, UNIT_WEEK },
		{ "dag", 1, UNIT_DAY },
		{ "dagar", 1, UNIT_DAY },        { "dagars", 1, UNIT_DAY },
		{ "dagen", 1, UNIT_DAY },        { "dygn", 1, UNIT_DAY },
		{ "halvår", 6, UNIT_MONTH },     { "halvåret", 6, UNIT_MONTH },
		{ "kvartal", 3, UNIT_MONTH },    { "kvartalet", 3, UNIT_MONTH },
		{ "tertial", 4, UNIT_MONTH },    { "tertialet", 4, UNIT_MONTH },
	};

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		if (strcmp(word, units[i].word) == 0) {
			*scale = units[i].scale;
			*unit = units[i].unit;
			return true;
		}
	}
	return false;
}
