/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum {
	TOKENS = 24,       /* no label is longer */
	UNKNOWN_WORDS = 5, /* of a label that only its colon tells */
	LABEL_POINTS = 200, /* code points that a label and its sign may take */
};

static const struct {
	enum label_class class;
	const char *words;
} labels[] = {
#include "labels.inc"
};

/* A word or a sign of the text, folded. */
struct token {
	const char *at;
	size_t n, end; /* end: bytes of the text up to where it ends */
};

struct tokens {
	struct token at[TOKENS];
	size_t n;
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters of Latin scripts: the dashes and quotes of U+2000 on are none. */
static size_t letter_bytes(const char *s)
{
	unsigned char c = (unsigned char)*s;

	if (c >= 'a' && c <= 'z')
		return 1;
	return c >= 0xC3 && c <= 0xC9 && s[1] ? 2 : 0;
}

static size_t word_bytes(const char *s)
{
	size_t n = 0, step;

	if (digit(*s)) {
		while (digit(s[n]))
			n++;
		return n;
	}
	while ((step = letter_bytes(s + n)) != 0)
		n += step;
	return n;
}

/* A sign that may stand within a label: "Fastställd/upprättad (datum, §)". */
static size_t sign_bytes(const char *s)
{
	if (text_starts(s, "§"))
		return strlen("§");
	return *s && strchr("/,()+&", *s) ? 1 : 0;
}

/* Between words; a row of dots leads to the value and is no label's. */
static size_t space_bytes(const char *s)
{
	if (*s == ' ' || *s == '*' || *s == '"')
		return 1;
	if (*s == '.')
		return s[1] == '.' || s[1] == '_' ? 0 : 1;
	return *s == '-' && letter_bytes(s + 1) ? 1 : 0;
}

static bool token_is(const struct tokens *t, size_t i, const char *word)
{
	return i < t->n && t->at[i].n == strlen(word) && strncmp(t->at[i].at, word, t->at[i].n) == 0;
}

static bool tokens_are(const struct tokens *t, size_t i, const char *const *words, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		if (!token_is(t, i + k, words[k]))
			return false;
	}
	return true;
}

/* The many ways of writing "till och med" and "från och med" are one word. */
static void shorten(struct tokens *t)
{
	static const struct {
		const char *words[4], *whole;
		size_t n;
	} ways[] = {
		{ { "till", "och", "med" }, "tom", 3 }, { { "t", "o", "m" }, "tom", 3 },
		{ { "t", "om" }, "tom", 2 },            { { "från", "och", "med" }, "from", 3 },
		{ { "fr", "o", "m" }, "from", 3 },      { { "f", "r", "o", "m" }, "from", 4 },
		{ { "fr", "om" }, "from", 2 },          { { "f", "o", "m" }, "from", 3 },
		{ { "fro", "m" }, "from", 2 },
	};

	for (size_t i = 0; i < t->n; i++) {
		for (size_t k = 0; k < ARRAY_LEN(ways); k++) {
			size_t n = ways[k].n;
			if (!tokens_are(t, i, ways[k].words, n))
				continue;
			t->at[i] = (struct token){
				.at = ways[k].whole, .n = strlen(ways[k].whole),
				.end = t->at[i + n - 1].end,
			};
			memmove(&t->at[i + 1], &t->at[i + n], (t->n - i - n) * sizeof(*t->at));
			t->n -= n - 1;
			break;
		}
	}
}

static struct tokens tokens_of(const char *folded)
{
	struct tokens t = { .n = 0 };
	size_t at = 0, n;

	while (folded[at] && t.n < TOKENS) {
		n = space_bytes(folded + at);
		if (n) {
			at += n;
			continue;
		}
		n = word_bytes(folded + at);
		if (!n)
			n = sign_bytes(folded + at);
		if (!n)
			break;
		t.at[t.n++] = (struct token){ .at = folded + at, .n = n, .end = at + n };
		at += n;
	}
	shorten(&t);
	return t;
}

/* One element of a label: words either of which will do. */
static bool element_fits(const char *element, const struct token *token)
{
	for (const char *at = element;; at++) {
		if (strncmp(at, token->at, token->n) == 0 &&
		    (!at[token->n] || strchr("| ?", at[token->n])))
			return true;
		at += strcspn(at, "| ");
		if (*at != '|')
			return false;
	}
}

/* Where the label ends among the tokens, or 0; what may be left out is tried first. */
static size_t label_end(const char *label, const struct tokens *t, size_t i)
{
	if (!*label)
		return i;
	size_t n = strcspn(label, " ");
	const char *rest = label + n + (label[n] == ' ');
	if (i < t->n && element_fits(label, &t->at[i])) {
		size_t end = label_end(rest, t, i + 1);
		if (end)
			return end;
	}
	return label[n - 1] == '?' && i ? label_end(rest, t, i) : 0;
}

static size_t longest(const struct tokens *t, size_t from, enum label_class *class)
{
	size_t best = 0;

	for (size_t k = 0; k < ARRAY_LEN(labels); k++) {
		if (from >= t->n || !element_fits(labels[k].words, &t->at[from]))
			continue;
		const char *rest = labels[k].words + strcspn(labels[k].words, " ");
		size_t end = label_end(rest + (*rest == ' '), t, from + 1);
		if (end > best) {
			best = end;
			*class = labels[k].class;
		}
	}
	return best;
}

static bool token_in(const struct tokens *t, size_t i, const char *const *list, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		if (token_is(t, i, list[k]))
			return true;
	}
	return false;
}

/* "dokumentets", "denna policy ska", "planen är": what may stand before a label. */
static size_t subject_end(const struct tokens *t)
{
	static const char *const pointers[] = { "denna", "detta", "dessa" };
	static const char *const genitives[] = {
		"dokumentets", "styrdokumentets", "policyns", "riktlinjens", "planens", "rutinens",
		"reglementets", "programmets", "strategins", "riktlinjernas",
	};
	static const char *const verbs[] = { "är", "har", "ska", "skall", "bör", "har", "senast" };
	size_t i = 0;

	if (token_in(t, 0, genitives, ARRAY_LEN(genitives)))
		return 1;
	i += token_in(t, 0, pointers, ARRAY_LEN(pointers));
	if (i >= t->n || !document_noun(t->at[i].at, t->at[i].n))
		return 0;
	i++;
	while (i < t->n && token_in(t, i, verbs, ARRAY_LEN(verbs)) && !token_is(t, i, "senast"))
		i++;
	return i;
}

static bool joins(const struct tokens *t, size_t i)
{
	static const char *const signs[] = { "/", ",", "+", "&", "och", "samt", "eller", "(" };

	return token_in(t, i, signs, ARRAY_LEN(signs));
}

/* Words that say more of a label, not of its value. */
static bool tail_word(const struct tokens *t, size_t i)
{
	static const char *const words[] = {
		"datum", "datumet", "den", "när", "§", "paragraf", "paragrafnr", "paragrafnummer",
		"nummer", "nr", "av", "vem", "instans", "beslutsinstans", "organ", "beslutsorgan",
		"beslutsdatum", "dag", "diarienummer", "diarienr", "dnr", "version", "versionsnummer",
		"dokumentnr", "dokumentnummer", "utgåva", "kontakt", "kontaktperson", "funktion",
		"roll", "titel", "befattning", "namn", "nämnd", "förvaltning", "enhet", "avdelning",
		"processägare", "upprättad", "reviderad", "reviderat", "senast", "revidering",
		"uppdatering", "översyn", "uppföljning", "utvärdering", "revideras", "år", "månad",
		"giltighet", "åååå", "mm", "dd", "ev", "eventuell", "ägare", "tjänsteman",
		"tjänsteperson", "ansvarig", "beslutad", "antagen", "fastställd", "beslut", "beslutande",
		"ärendenummer", "telefon", "e", "post", "kf", "ks", "tid", "klockslag", "dokumentid",
		"dokumentet", "dokumentets", "dokument", "styrdokument", "styrdokumentet", "planen",
		"policyn", "rutinen", "riktlinjen", "riktlinjerna", "detta", "denna", "protokoll",
		"årtal", "intervall", "typ", "aktualitetsprövning", "gäller", "tillsvidare",
	};

	if (token_is(t, i, "§") && i + 1 < t->n && digit(*t->at[i + 1].at))
		return false;
	if (i + 1 < t->n && (token_is(t, i, "kf") || token_is(t, i, "ks")))
		return joins(t, i + 1) || token_is(t, i + 1, ")");
	return token_in(t, i, words, ARRAY_LEN(words));
}

/* "(datum och av vem)": closes what a bracket opened, or stays at `from`. */
static size_t bracket_end(const struct tokens *t, size_t from)
{
	size_t i = from + 1;

	while (i < t->n && (joins(t, i) || tail_word(t, i)))
		i++;
	return i > from + 1 && token_is(t, i, ")") ? i + 1 : from;
}

static bool links(const struct tokens *t, size_t i)
{
	static const char *const words[] = { "för", "av", "om", "på", "till" };

	return token_in(t, i, words, ARRAY_LEN(words));
}

/* "/datum", "och paragraf", "av dokumentet": how far the label goes on. */
static size_t tail_end(const struct tokens *t, size_t i)
{
	size_t next;

	for (;; i = next) {
		next = i;
		if (token_is(t, i, "(")) {
			next = bracket_end(t, i);
		} else if (joins(t, i) || links(t, i)) {
			while (next < t->n && (joins(t, next) || links(t, next)))
				next++;
			if (!tail_word(t, next))
				next = i;
			while (tail_word(t, next))
				next++;
		} else if (token_is(t, i, "datum") || token_is(t, i, "dag")) {
			next++;
		}
		if (next == i)
			return i;
	}
}

static size_t dash_bytes(const char *s)
{
	return *s == '-' ? 1 : text_starts(s, "–") || text_starts(s, "—") ? strlen("–") : 0;
}

/* Past the colon, the row of dots, the dash; whether there was such a sign. */
static size_t skip_sign(const char *s, bool *sign)
{
	size_t at = 0;

	*sign = false;
	while (s[at] && strchr(" .:;=_*", s[at])) {
		*sign |= strchr(":;=", s[at]) != NULL || (s[at] == '.' && s[at + 1] == '.') ||
		         (s[at] == '_' && s[at + 1] == '_');
		at++;
	}
	while (text_starts(s + at, "…")) {
		*sign = true;
		at += strlen("…");
	}
	size_t dash = dash_bytes(s + at);
	if (dash && at && s[at - 1] == ' ' && s[at + dash] == ' ' && s[at + dash + 1]) {
		*sign = true;
		at += dash + 1;
	}
	return at + strspn(s + at, " ");
}

/* A value that begins like the label's own words is none of its: "Ansvarig för
 * IT-drift: Bo". What the colon ends is another label then. */
static bool colon_later(const struct tokens *t, size_t i, const char *folded)
{
	if (!links(t, i) && !token_is(t, i, "enligt") && !token_is(t, i, "i"))
		return false;
	const char *rest = folded + t->at[t->n - 1].end;
	return t->n < TOKENS && t->n - i <= UNKNOWN_WORDS && *rest == ':';
}

static bool by_its_colon(struct arena *a, const char *tidy, const char *folded,
                         const struct tokens *t)
{
	size_t end = t->n ? t->at[t->n - 1].end : 0;

	if (!t->n || t->n > UNKNOWN_WORDS || folded[end] != ':' || !text_capital(tidy))
		return false;
	if (folded[end + 1] && folded[end + 1] != ' ')
		return false;
	for (size_t i = 0; i < t->n; i++) {
		if (digit(*t->at[i].at))
			return false;
	}
	return !kind_of(a, arena_dupn(a, folded, end));
}

static void fill(struct arena *a, const char *tidy, const char *folded, size_t end,
                 struct label *out)
{
	out->words = arena_dupn(a, folded, end);
	const char *value = tidy + text_bytes(tidy, text_width(out->words));
	out->value = value + skip_sign(value, &out->sign);
}

/* The beginning of the text, folded: a label is never longer. */
static const char *beginning(struct arena *a, const char *tidy)
{
	return text_fold(a, arena_dupn(a, tidy, text_bytes(tidy, LABEL_POINTS)));
}

bool label_known(struct arena *a, const char *tidy, struct label *out)
{
	const char *folded = beginning(a, tidy);
	struct tokens t = tokens_of(folded);
	enum label_class class = LABEL_UNKNOWN;
	size_t subject = subject_end(&t), end = longest(&t, 0, &class);

	if (!end && subject)
		end = longest(&t, subject, &class);
	if (!end || class == LABEL_UNKNOWN)
		return false;
	end = tail_end(&t, end);
	out->class = class;
	fill(a, tidy, folded, t.at[end - 1].end, out);
	return out->sign || !colon_later(&t, end, folded);
}

bool label_read(struct arena *a, const char *tidy, struct label *out)
{
	if (label_known(a, tidy, out))
		return true;
	const char *folded = beginning(a, tidy);
	struct tokens t = tokens_of(folded);
	if (!by_its_colon(a, tidy, folded, &t))
		return false;
	out->class = LABEL_UNKNOWN;
	fill(a, tidy, folded, t.at[t.n - 1].end, out);
	return true;
}
