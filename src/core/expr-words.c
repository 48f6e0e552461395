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
	{ "(", " , " }, { ")", " , " }, { ",", " , " }, { "!", " , " }, { "•", " , " },
	{ "[", " [ " }, { "]", " ] " }, { "<", " [ " }, { ">", " ] " },
	{ "{", " [ " }, { "}", " ] " },
	{ ";", " ; " }, { "?", " ? " }, { "…", " … " },
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

/* A word that is cut short and may be followed by more of the same sentence. */
static bool abbreviated(const char *word, size_t n)
{
	static const char *const short_words[] = {
		"bl.a", "ca", "d.v.s", "dec", "dvs", "dnr", "e.d", "ev", "exkl", "f.o.m", "feb",
		"febr", "fr.o.m", "ggr", "ggn", "inkl", "jan", "jul", "jun", "kap", "kl",
		"kv", "kvart",
		"m.fl", "m.m", "mar", "max", "min", "mån", "nov", "nr", "okt", "osv", "o.s.v",
		"p.g.a", "pga", "resp", "rev", "s.k", "sen", "sep", "sept", "st", "t.ex",
		"t.o.m",
		"t.v", "tom", "fom", "tert", "tel", "v.b", "vb", "apr", "aug", "åtm",
	};
	size_t digits = 0;

	while (digits < n && digit(word[digits]))
		digits++;
	if (n <= 2 && (digits == n || n == 1))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(short_words); i++) {
		if (strlen(short_words[i]) == n && strncmp(word, short_words[i], n) == 0)
			return true;
	}
	return false;
}

/* A stop after a word ends the sentence, unless the word is cut short by it. */
static void put_stop(struct buf *out, const char *folded, const char *at)
{
	const char *word = at;

	while (word > folded && word[-1] != ' ' && word[-1] != '(')
		word--;
	buf_str(out, word == at || abbreviated(word, (size_t)(at - word)) ? " " : " . ");
}

/* "2024-01-01-2027-12-31", once its dash was a long one: two dates. */
static bool dash_between_dates(const char *folded, const char *at)
{
	const char *from = at;

	while (from > folded && (digit(from[-1]) || from[-1] == '-'))
		from--;
	return *at == '-' && at - from == 10 && from[4] == '-' && from[7] == '-' && digit(at[1]);
}

/* One character that is no sign of its own; how many bytes it takes. */
static size_t put_char(struct buf *out, const char *folded, const char *at)
{
	char before = at > folded ? at[-1] : ' ', after = at[1];

	if (*at == '.' && after == '.') {
		size_t n = strspn(at, ".");
		buf_str(out, " … ");
		return n;
	}
	if (*at == '/' && letter(after) && (letter(before) || digit(before)))
		buf_str(out, " / ");
	else if (*at == ':' && !letter(after) && !digit(after))
		buf_str(out, " , ");
	else if (*at == '.' && !letter(after) && !digit(after))
		put_stop(out, folded, at);
	else if (dash_between_dates(folded, at))
		buf_str(out, " - ");
	else
		buf_chr(out, *at);
	if (splits_here(at))
		buf_chr(out, ' ');
	return 1;
}

/* "2,5 år" is one number; "1,2,3" and "2024,2025" are several. */
static bool decimal_comma(const char *folded, const char *at)
{
	const char *from = at;

	if (*at != ',')
		return false;
	while (from > folded && digit(from[-1]))
		from--;
	return at > from && at - from <= 2 && (from == folded || from[-1] == ' ')
	       && digit(at[1]) && (at[2] == ' ' || !at[2]);
}

static char *spaced(struct arena *a, const char *folded)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (const char *at = folded; *at;) {
		size_t taken = decimal_comma(folded, at) ? 0 : put_sign(&out, at);
		at += taken ? taken : put_char(&out, folded, at);
	}
	return arena_dup(a, out.data);
}

static void add_word(struct words *w, const char *word)
{
	if (w->n < WORDS_MOST)
		w->at[w->n++] = word;
	else
		w->cut = true;
}

struct words words_sentences(struct arena *a, const char *text)
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

struct words words_of(struct arena *a, const char *text)
{
	struct words all = words_sentences(a, text), w = { .at = all.at, .cut = all.cut };

	for (size_t i = 0; i < all.n; i++) {
		const char *word = all.at[i];
		if (strcmp(word, ";") == 0 || strcmp(word, "?") == 0)
			word = ",";
		if (strcmp(word, ".") != 0)
			w.at[w.n++] = word;
	}
	return w;
}

char *words_join(struct arena *a, const struct words *w, size_t from, size_t to)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (size_t i = from; i < to && i < w->n; i++) {
		if (out.len && !strchr(",.;?", w->at[i][0]))
			buf_chr(&out, ' ');
		buf_str(&out, w->at[i]);
	}
	return arena_dup(a, out.data);
}

const char *words_at(const struct words *w, size_t i)
{
	return i < w->n ? w->at[i] : "";
}

bool words_is(const struct words *w, size_t i, const char *word)
{
	return strcmp(words_at(w, i), word) == 0;
}
