/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "expr-internal.h"

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A byte of a letter: ASCII, or any byte of a longer UTF-8 sequence. */
static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c & 0x80);
}

struct sign {
	const char *from, *to;
};

/* Signs that mean the same to a reader, and those that stand by themselves. */
static const struct sign signs[] = {
	{ "–", "-" }, { "—", "-" }, { "−", "-" }, { "‐", "-" }, { "‑", "-" },
	{ "”", "" }, { "“", "" }, { "„", "" }, { "’", "" }, { "\"", "" }, { "'", "" },
	{ "*", "" },
	{ "»", "" }, { "«", "" },
	{ "(", " , " }, { ")", " , " }, { ",", " , " }, { ";", " , " }, { "!", " , " },
	{ "?", " , " }, { "•", " , " }, { "[", " [ " }, { "]", " ] " },
};

static size_t put_sign(struct buf *out, const char *at)
{
	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		if (text_starts(at, signs[i].from)) {
			buf_str(out, signs[i].to);
			return strlen(signs[i].from);
		}
	}
	return 0;
}

/* "2016maj" is two words, "4e" and "2:a" are one. */
static bool splits_here(const char *at)
{
	bool swedish = (unsigned char)at[1] == 0xC3; /* å, ä, ö; a dash is no letter */

	return digit(at[0]) && ((at[1] >= 'a' && at[1] <= 'z') || swedish) && letter(at[2]);
}

static char *spaced(struct arena *a, const char *folded)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (const char *at = folded; *at;) {
		size_t taken = put_sign(&out, at);
		char before = at > folded ? at[-1] : ' ', after = at[1];
		if (taken) {
			at += taken;
			continue;
		}
		if (*at == '/' && letter(before) && letter(after))
			buf_str(&out, " per ");
		else if ((*at == '.' || *at == ':') && !letter(after) && !digit(after))
			buf_str(&out, *at == ':' ? " , " : " ");
		else
			buf_chr(&out, *at);
		if (splits_here(at))
			buf_chr(&out, ' ');
		at++;
	}
	return arena_dup(a, out.data);
}

static const char *const halves[][3] = {
	{ "mandat", "period", "mandatperiod" },
	{ "mandat", "perioden", "mandatperioden" },
	{ "mandat", "periodens", "mandatperiodens" },
	{ "till", "svidare", "tillsvidare" },
	{ "tills", "vidare", "tillsvidare" },
	{ "till", "vidare", "tillsvidare" },
	{ "halv", "år", "halvår" },
	{ "halvårs", "vis", "halvårsvis" },
	{ "kvartals", "vis", "kvartalsvis" },
	{ "vart", "annat", "vartannat" },
	{ "var", "annan", "varannan" },
	{ "system", "byte", "systembyte" },
	{ "lag", "ändring", "lagändring" },
	{ "t", "v", "t.v" },
};

/* Särskrivning: two words that should be one are read as one. */
static const char *joined(const char *first, const char *second)
{
	for (size_t i = 0; i < ARRAY_LEN(halves); i++) {
		if (strcmp(first, halves[i][0]) == 0 && strcmp(second, halves[i][1]) == 0)
			return halves[i][2];
	}
	return NULL;
}

static void add_word(struct words *w, const char *word)
{
	const char *whole = w->n ? joined(w->at[w->n - 1], word) : NULL;

	if (whole)
		w->at[w->n - 1] = whole;
	else if (w->n < WORDS_MOST)
		w->at[w->n++] = word;
	else
		w->cut = true;
}

struct words words_of(struct arena *a, const char *text)
{
	struct words w = { .at = arena_alloc(a, WORDS_MOST * sizeof(*w.at)) };
	char *at = spaced(a, text_fold(a, text));

	while (*at) {
		while (*at == ' ')
			at++;
		if (!*at || w.cut)
			break;
		char *word = at;
		while (*at && *at != ' ')
			at++;
		if (*at)
			*at++ = '\0';
		add_word(&w, word);
	}
	return w;
}

char *words_join(struct arena *a, const struct words *w, size_t from, size_t to)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (size_t i = from; i < to && i < w->n; i++) {
		if (out.len && strcmp(w->at[i], ",") != 0)
			buf_chr(&out, ' ');
		buf_str(&out, w->at[i]);
	}
	return arena_dup(a, out.data);
}

static const char *const months[12][3] = {
	{ "januari", "jan", NULL }, { "februari", "feb", "febr" }, { "mars", "mar", NULL },
	{ "april", "apr", NULL },   { "maj", NULL, NULL },         { "juni", "jun", NULL },
	{ "juli", "jul", NULL },    { "augusti", "aug", NULL },
	{ "september", "sep", "sept" },
	{ "oktober", "okt", NULL }, { "november", "nov", NULL },   { "december", "dec", NULL },
};

int word_month(const char *word)
{
	for (int m = 0; m < 12; m++) {
		for (int i = 0; i < 3 && months[m][i]; i++) {
			if (strcmp(word, months[m][i]) == 0)
				return m + 1;
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
		{ "fem", 5 },
		{ "sex", 6 }, { "sju", 7 }, { "åtta", 8 }, { "nio", 9 }, { "tio", 10 },
		{ "elva", 11 }, { "tolv", 12 }, { "femton", 15 }, { "arton", 18 },
		{ "tjugo", 20 },
		{ "tjugofyra", 24 }, { "trettio", 30 }, { "trettiosex", 36 },
		{ "fyrtioåtta", 48 },
	};
	const char *rest = "";
	int n = small_number(word, &rest);

	return n && !*rest ? n : look_up(numbers, ARRAY_LEN(numbers), word);
}

int word_ordinal(const char *word)
{
	static const struct number ordinals[] = {
		{ "första", 1 }, { "andra", 2 }, { "annat", 2 }, { "annan", 2 },
		{ "tredje", 3 },
		{ "fjärde", 4 }, { "femte", 5 }, { "sjätte", 6 }, { "sjunde", 7 },
		{ "åttonde", 8 },
		{ "nionde", 9 }, { "tionde", 10 }, { "tolfte", 12 }, { "artonde", 18 },
		{ "tjugofjärde", 24 },
	};
	const char *rest = "";
	int n = small_number(word, &rest);

	if (n) {
		rest += *rest == ':';
		return strcmp(rest, "e") == 0 || strcmp(rest, "a") == 0 ? n : 0;
	}
	return look_up(ordinals, ARRAY_LEN(ordinals), word);
}

bool word_unit(const char *word, int *scale, enum unit_of_time *unit)
{
	static const struct {
		const char *word;
		int scale;
		enum unit_of_time unit;
	} units[] = {
		{ "år", 1, UNIT_YEAR },       { "års", 1, UNIT_YEAR },
		{ "åren", 1, UNIT_YEAR },     { "året", 1, UNIT_YEAR },
		{ "kalenderår", 1, UNIT_YEAR },
		{ "månad", 1, UNIT_MONTH },   { "månader", 1, UNIT_MONTH },
		{ "månaders", 1, UNIT_MONTH }, { "månaden", 1, UNIT_MONTH },
		{ "mån", 1, UNIT_MONTH },     { "vecka", 1, UNIT_WEEK },
		{ "veckor", 1, UNIT_WEEK },   { "veckors", 1, UNIT_WEEK },
		{ "veckan", 1, UNIT_WEEK },   { "dag", 1, UNIT_DAY },
		{ "dagar", 1, UNIT_DAY },     { "dagars", 1, UNIT_DAY },
		{ "halvår", 6, UNIT_MONTH },  { "halvåret", 6, UNIT_MONTH },
		{ "kvartal", 3, UNIT_MONTH }, { "kvartalet", 3, UNIT_MONTH },
		{ "tertial", 4, UNIT_MONTH }, { "tertialet", 4, UNIT_MONTH },
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
