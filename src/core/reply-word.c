/* SPDX-License-Identifier: EUPL-1.2 */
/* A word of a reply among those of the vocabulary: which it is, and which it may be a
 * misspelling of. */
#include <string.h>

#include "base/text.h"
#include "src/core/reply-internal.h"

uint16_t vocabulary_find(const char *folded)
{
	size_t from = WORD_UNKNOWN + 1, to = vocabulary_size;

	while (from < to) {
		size_t middle = (from + to) / 2;
		int order = strcmp(folded, vocabulary_words[middle].text);
		if (!order)
			return (uint16_t)middle;
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return WORD_UNKNOWN;
}

/* How many single letters differ, 2 for more than one. */
static int distance(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	size_t la = strlen(a), lb = strlen(b);
	while (la && lb && a[la - 1] == b[lb - 1])
		la--, lb--;
	if (la == 2 && lb == 2 && a[0] == b[1] && a[1] == b[0])
		return 1;
	return la > 2 || lb > 2 ? 2 : la <= 1 && lb <= 1 ? (la || lb) : 2;
}

/* "ä" and "ae" as "a": how a word looks to those who have no Swedish keys. */
static void plain(const char *word, char *out, size_t size)
{
	size_t n = 0;

	while (*word && n + 1 < size) {
		uint32_t c = text_next(&word);
		if (c == 0xE4 || c == 0xE5 || c == 0xE6)
			c = 'a';
		else if (c == 0xF6 || c == 0xF8)
			c = 'o';
		else if (c > 0x7F)
			c = '#';
		else if ((c == 'e' || c == 'a') && n && ((c == 'e' && (out[n - 1] == 'a' || out[n - 1] == 'o')) ||
		                                         (c == 'a' && out[n - 1] == 'a')))
			continue;
		out[n++] = (char)c;
	}
	out[n] = '\0';
}

/* Which letters stand in a word, of those that plain() leaves alone. */
static uint32_t letters(const char *word)
{
	uint32_t set = 0;

	for (; *word; word++)
		if (*word >= 'b' && *word <= 'z' && *word != 'e' && *word != 'o')
			set |= 1U << (*word - 'a');
	return set;
}

static bool more_than_two(uint32_t set)
{
	set &= set - 1;
	set &= set - 1;
	return set != 0;
}

/* Whether `have` may be a slip of `want`; a[] is `have` as plain() has it. */
static bool slip(const char *have, const char *a, const char *want)
{
	/* At most a letter and some "ä" for "ae" between them. */
	enum { MOST_SPELLED = 5, SHORTEST = 4 };
	char b[48] = "";
	size_t longer = strlen(have), len = strlen(want);

	if (len < SHORTEST || len >= sizeof(b) || longer > len + MOST_SPELLED || len > longer + MOST_SPELLED)
		return false;
	plain(want, b, sizeof(b));
	return strcmp(a, b) == 0 || (strlen(b) >= 6 && distance(a, b) <= 1);
}

void vocabulary_slips(const char *folded, uint16_t number, struct slips *out)
{
	uint32_t set = letters(folded);
	char a[48] = "";

	*out = (struct slips){ .known = true };
	memcpy(out->begins, vocabulary_begins[vocabulary_words[number].begins], sizeof(out->begins));
	/* "inte" is no slip of another word. */
	if (vocabulary_words[number].guard != GUARD_NONE)
		return;
	plain(folded, a, sizeof(a));
	for (size_t i = 0; i < vocabulary_spelled; i++) {
		/* One letter is another: one more in the one set, one more in the other, at most. */
		if (more_than_two(set ^ vocabulary_spellings[i].letters))
			continue;
		size_t other = vocabulary_spellings[i].word;
		if (!slip(folded, a, vocabulary_words[other].text))
			continue;
		out->words[other / 32] |= 1U << other % 32;
		for (size_t k = 0; k < PATTERN_SETS; k++)
			out->begins[k] |= vocabulary_begins[vocabulary_words[other].begins][k];
	}
}

bool word_among(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}
