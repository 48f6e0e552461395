/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "expr-internal.h"

#include "expr-same.inc"

/* Room for what one word of a text may become. */
enum { MEANT_MOST = 2 * WORDS_MOST };

struct writing {
	struct arena *a;
	struct words w;
	size_t *origin;
	size_t from; /* the word being rewritten */
};

static void put_word(struct writing *out, const char *word, size_t n)
{
	if (out->w.n == MEANT_MOST) {
		out->w.cut = true;
		return;
	}
	out->origin[out->w.n] = out->from;
	out->w.at[out->w.n++] = word[n] ? arena_dupn(out->a, word, n) : word;
}

static void put_words(struct writing *out, const char *words)
{
	while (*words) {
		size_t n = strcspn(words, " ");
		put_word(out, words, n);
		words += n + (words[n] == ' ');
	}
}

/* How many words of w, from i on, the words are; 0 when they are others. */
static size_t are(const char *words, const struct words *w, size_t i)
{
	size_t from = i;

	while (*words) {
		size_t n = strcspn(words, " ");
		const char *at = words_at(w, i);
		if (strncmp(at, words, n) != 0 || at[n])
			return 0;
		i++;
		words += n + (words[n] == ' ');
	}
	return i - from;
}

static size_t put_same(struct writing *out, const struct words *said, size_t i)
{
	const char *meant = NULL;
	size_t best = 0;

	for (size_t k = 0; k < ARRAY_LEN(same); k++) {
		size_t n = same[k].said[0] == said->at[i][0] ? are(same[k].said, said, i) : 0;
		if (n > best) {
			best = n;
			meant = same[k].meant;
		}
	}
	if (best)
		put_words(out, meant);
	return best;
}

static const char *tail_of(const char *word)
{
	for (size_t k = 0; k < ARRAY_LEN(tails); k++) {
		if (strcmp(word, tails[k].said) == 0)
			return tails[k].meant;
	}
	return NULL;
}

/* "fyraårsintervall" and "4-årsintervall": the number, then what it counts. */
static bool put_compound(struct writing *out, const char *word)
{
	if (!strstr(word, "år") && !strstr(word, "mån") && !strstr(word, "rs"))
		return false;
	for (size_t n = strlen(word); n-- > 1;) {
		const char *tail = tail_of(word + n + (word[n] == '-'));
		if (!tail || (word[n] & 0xC0) == 0x80)
			continue;
		char *number = arena_dupn(out->a, word, n);
		if (!word_number(number))
			continue;
		put_word(out, number, n);
		put_words(out, tail);
		return true;
	}
	return false;
}

/* "fyra (4) år": the number once more, in brackets. */
static bool repeats(const struct words *w, size_t i)
{
	int n = word_number(words_at(w, i + 1)), m = word_ordinal(words_at(w, i + 1));
	const char *before = i ? w->at[i - 1] : "";
	bool same_number = n && (word_number(before) == n || word_ordinal(before) == n);

	return words_is(w, i, ",") && words_is(w, i + 2, ",") &&
	       (same_number || (m && word_ordinal(before) == m));
}

/* "2027 - 03 - 31" is one date. */
static const char *spaced_date(struct arena *a, const struct words *w, size_t i)
{
	for (size_t k = 0; k < 5; k++) {
		const char *word = words_at(w, i + k);
		size_t digits = strspn(word, "0123456789");
		bool right = k % 2 ? strcmp(word, "-") == 0
		                   : !word[digits] && digits == (k ? 2 : 4);
		if (!right)
			return NULL;
	}
	return arena_fmt(a, "%s-%s-%s", w->at[i], w->at[i + 2], w->at[i + 4]);
}

static size_t put_next(struct writing *out, const struct words *said, size_t i)
{
	const char *date = spaced_date(out->a, said, i);

	if (date) {
		put_word(out, date, strlen(date));
		return 5;
	}
	if (repeats(said, i))
		return 3;
	size_t n = put_same(out, said, i);
	if (n)
		return n;
	if (!put_compound(out, said->at[i]))
		put_word(out, said->at[i], strlen(said->at[i]));
	return 1;
}

struct same_words words_same(struct arena *a, const struct words *said)
{
	struct writing out = {
		.a = a,
		.w = { .at = arena_alloc(a, MEANT_MOST * sizeof(*out.w.at)), .cut = said->cut },
		.origin = arena_alloc(a, (MEANT_MOST + 1) * sizeof(*out.origin)),
	};

	while (out.from < said->n)
		out.from += put_next(&out, said, out.from);
	out.origin[out.w.n] = said->n;
	return (struct same_words){ .w = out.w, .origin = out.origin };
}
