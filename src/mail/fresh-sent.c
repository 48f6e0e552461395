/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "src/mail/internal.h"

/*
 * Taking away what we ourselves sent: the one defence against an answer that
 * is nothing but our own letter, unquoted (Outlook, Send pressed at once).
 * Words are compared, not lines: programs wrap anew what they quote, turn
 * table rows into one line for each cell, put the address behind every link
 * and lose bold and bars on the way.
 */
enum { SENT_WORDS = 40000, LONG_LINE = 40, A_LETTER = 200 };

/* The address that a program wrote out behind a link or a picture, or NULL. */
static const char *after_link(const char *at)
{
	const char *end = NULL;

	if (*at != '<' && *at != '(' && *at != '[')
		return NULL;
	if (text_starts(at, "<http") || text_starts(at, "<mailto:"))
		end = strchr(at, '>');
	else if (text_starts(at, "(http") || text_starts(at, "(mailto:"))
		end = strchr(at, ')');
	else if (text_starts(at, "[cid:") || text_starts(at, "[image:"))
		end = strchr(at, ']');
	return end ? end + 1 : NULL;
}

static bool in_word(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
	return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) &&
	       c != 0xFFFD && !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFE00 && c <= 0xFE0F) && c < 0x1F000;
}

/* What people set beside a line to say something of it: arrows, crosses, hands, faces. The
 * dots and squares of lists are programs'. */
static bool is_sign(uint32_t c)
{
	return c == '?' || c == '!' || (c >= 0x2190 && c <= 0x21FF) ||
	       (c >= 0x2300 && c <= 0x23FF) || (c >= 0x2600 && c <= 0x27BF) ||
	       (c >= 0x2B00 && c <= 0x2BFF) || (c >= 0x1F000 && c <= 0x1FAFF);
}

/* Reads the word that comes next, or where `signs` the sign; false: there is none. */
static bool next_word(const char **folded, bool signs, struct fresh_word *out)
{
	const char *at = *folded;

	*out = (struct fresh_word){ .hash = 0 };
	while (*at) {
		if ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9')) { /* most of them */
			out->hash = (out->hash ^ (unsigned char)*at++) * 1099511628211U;
			out->bytes++;
			continue;
		}
		const char *skip = after_link(at), *next = at;
		uint32_t c = skip ? ' ' : text_next(&next);
		if (in_word(c)) {
			out->hash = (out->hash ^ c) * 1099511628211U; /* FNV-1a */
			out->bytes += (size_t)(next - at);
		} else if (out->bytes) {
			break;
		} else if (signs && is_sign(c)) {
			out->hash = c;
			out->bytes = 1;
			at = next;
			break;
		} else {
			out->after_odd = out->after_odd || c > 0xFF;
		}
		at = skip ? skip : next;
	}
	*folded = at;
	return out->bytes > 0;
}

static void add_words(struct arena *a, const char *folded, size_t line, bool signs, struct fresh_words *out)
{
	struct fresh_word word;

	while (next_word(&folded, signs, &word)) {
		word.line = line;
		out->at = arena_grow(a, out->at, out->n, &out->cap, sizeof(*out->at));
		out->at[out->n++] = word;
	}
}

void fresh_words(struct arena *a, const char *folded, size_t line, struct fresh_words *out)
{
	add_words(a, folded, line, false, out);
}

void fresh_words_and_signs(struct arena *a, const char *folded, size_t line, struct fresh_words *out)
{
	add_words(a, folded, line, true, out);
}

static size_t row(uint64_t hash)
{
	return (hash ^ hash >> 32) % FRESH_ROWS;
}

void fresh_know_sent(struct arena *a, const char *sent, struct fresh_sent *out)
{
	struct fresh_words *words = &out->words;
	struct fresh_lines s;

	*out = (struct fresh_sent){ .next = NULL };
	if (!sent)
		return;
	fresh_split(a, sent, &s);
	for (size_t i = 0; i < s.n && words->n < SENT_WORDS; i++)
		fresh_words_and_signs(a, s.folded[i], i, words);
	out->next = arena_alloc(a, (words->n + 1) * sizeof(*out->next));
	for (size_t p = words->n; p > 0; p--) { /* backwards, so that each row goes forwards */
		out->next[p] = out->first[row(words->at[p - 1].hash)];
		out->first[row(words->at[p - 1].hash)] = (uint32_t)p;
	}
}

size_t fresh_find_run(const struct fresh_words *got, size_t i, const struct fresh_sent *sent, size_t from,
                      size_t *at)
{
	const struct fresh_words *words = &sent->words;
	size_t best = 0;

	for (size_t p = sent->first[row(got->at[i].hash)]; p > 0; p = sent->next[p]) {
		size_t n = 0;
		while (p > from && i + n < got->n && p + n <= words->n &&
		       words->at[p + n - 1].hash == got->at[i + n].hash)
			n++;
		if (n > best) {
			best = n;
			*at = p - 1;
		}
	}
	return best;
}

/* Where the run of equal words from i and p ends in `got`, cut back to the end
 * of a line. */
static size_t run_end(const struct fresh_words *got, size_t i, const struct fresh_words *sent,
                      size_t p)
{
	size_t n = 0;

	while (i + n < got->n && p + n < sent->n && got->at[i + n].hash == sent->at[p + n].hash)
		n++;
	if (i + n < got->n)
		while (n && got->at[i + n - 1].line == got->at[i + n].line)
			n--;
	return i + n;
}

/*
 * One short line ("GODKÄNNS") may be an answer copied from our choices; a long
 * one, or several in our order, are our letter.
 */
static bool surely_ours(const struct fresh_words *got, size_t i, size_t end,
                        const struct fresh_words *sent, size_t p)
{
	bool from_start = p == 0 || sent->at[p - 1].line != sent->at[p].line;
	size_t bytes = 0, lines = 0;

	for (size_t k = i; k < end; k++) {
		bytes += got->at[k].bytes + 1;
		lines += k == i || got->at[k].line != got->at[k - 1].line;
	}
	return bytes > LONG_LINE || lines >= (from_start ? 2U : 3U);
}

static size_t longest_run(const struct fresh_words *got, size_t i, const struct fresh_sent *sent)
{
	size_t best = i;

	for (size_t p = sent->first[row(got->at[i].hash)]; p > 0; p = sent->next[p]) {
		size_t end = run_end(got, i, &sent->words, p - 1);
		if (end > best && surely_ours(got, i, end, &sent->words, p - 1))
			best = end;
	}
	return best;
}

const char *fresh_subtract(struct arena *a, const struct fresh_lines *l, size_t n,
                           const struct fresh_sent *sent, bool *keep)
{
	struct fresh_words got = { .at = NULL };
	size_t ours = 0, left = 0;

	if (!sent->words.n)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (keep[i])
			fresh_words_and_signs(a, l->folded[i], i, &got);
	for (size_t i = 0; i < got.n;) {
		size_t end = longest_run(&got, i, sent);
		for (size_t j = i; j < end; j++) {
			keep[got.at[j].line] = false;
			ours += got.at[j].bytes + 1;
		}
		if (end == i) { /* on to the next line */
			while (++end < got.n && got.at[end].line == got.at[i].line)
				continue;
			left++;
		}
		i = end;
	}
	/* Rules and bars between lines of ours are ours too. */
	bool gone = false;
	for (size_t i = 0, k = 0; i < n; i++) {
		while (k < got.n && got.at[k].line < i)
			k++;
		if (k < got.n && got.at[k].line == i)
			gone = !keep[i];
		else if (gone && *l->folded[i])
			keep[i] = false;
	}
	/* What a program quotes is a letter, and no row of it. */
	return ours && left && ours < A_LETTER ? "a part of our letter is copied into the answer" : NULL;
}
