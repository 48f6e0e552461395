/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

#define ANY_OF(x) (1U << LETTER_##x)

static const struct saying sayings[] = {
#define SAY(verdict, letters, flags, pattern) { VERDICT_##verdict, letters, flags, pattern, OUTCOME_NONE },
#define BECAME(what, letters, pattern) { VERDICT_CHANGES, letters, 0, pattern, OUTCOME_##what },
#define PROPOSES(what, pattern) { VERDICT_CHANGES, REVIEWS, SAYS_TEXT, pattern, OUTCOME_##what },
#define CASE(what, flags, pattern) { VERDICT_CHANGES, ANY_OF(DEFICIENCY), flags, pattern, OUTCOME_##what },
#include "src/core/reply-sayings.inc"
#undef SAY
#undef BECAME
#undef PROPOSES
#undef CASE
};

static const struct {
	const char *name, *pattern;
} slots[] = {
#define SLOT(name, pattern) { name, pattern },
#include "src/core/reply-slots.inc"
#undef SLOT
};

enum { MOST_SPELLED = 5, MOST_STEPS = 200000 };

/* What is left of the patterns around the one in hand. */
struct rest {
	const char *at;
	const struct rest *up;
};

struct match {
	const struct token *t;
	size_t n;
	const struct reply_context *ctx; /* NULL: only the longest prefix is wanted */
	bool loose, missed; /* a misspelling was forgiven */
	size_t longest;
	int depth, steps;
	struct found *found;
};

static bool go(struct match *m, const char *at, size_t pos, const struct rest *up);

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
static uint32_t letters(const char *word, size_t len)
{
	uint32_t set = 0;

	for (size_t i = 0; i < len; i++)
		if (word[i] >= 'b' && word[i] <= 'z' && word[i] != 'e' && word[i] != 'o')
			set |= 1U << (word[i] - 'a');
	return set;
}

static bool same(struct match *m, const char *have, const char *want, size_t len)
{
	char a[48], b[48], word[48];

	if (*have == *want && strncmp(have, want, len) == 0 && !have[len])
		return true;
	if (!m->loose || len < 4 || len >= sizeof(word))
		return false;
	/* At most a letter and some "ä" for "ae" between them. */
	size_t longer = strlen(have);
	if (longer > len + MOST_SPELLED || len > longer + MOST_SPELLED)
		return false;
	/* One letter is another: one more in the one set, one more in the other, at most. */
	if (__builtin_popcount(letters(have, longer) ^ letters(want, len)) > 2)
		return false;
	memcpy(word, want, len);
	word[len] = '\0';
	plain(have, a, sizeof(a));
	plain(word, b, sizeof(b));
	if (strcmp(a, b) != 0 && (strlen(b) < 6 || distance(a, b) > 1))
		return false;
	/* "inte" is no slip of another word; asked last, for it costs the most. */
	if (guard_of(have) != GUARD_NONE)
		return false;
	m->missed = true;
	return true;
}

static bool accept(struct match *m, size_t pos, size_t rest)
{
	if (!m->ctx) {
		if (pos > m->longest)
			m->longest = pos;
		return false;
	}
	bool signs = false;
	if (pos < m->n && !courtesy_tail(m->t, pos, m->n, &signs))
		return false;
	m->found->signed_off = signs;
	m->found->rest = rest;
	return true;
}

/* A day that a sign-off may bear: today, or one that has just been. */
static bool is_today(const struct match *m, size_t pos, size_t *used)
{
	enum { LONG_AGO = 31 };
	struct when w;

	if (!m->ctx || !reply_when(m->t + pos, m->n - pos, m->ctx->received, WHEN_PAST, false, &w) || w.doubt)
		return false;
	*used = w.used;
	return w.day <= m->ctx->received && w.day >= m->ctx->received - LONG_AGO;
}

/* One to six words that name a thing: no "I", no approval, none of its guards. */
static bool some_words(struct match *m, const char *next, size_t pos, const struct rest *up)
{
	enum { MOST = 6 };
	bool english = m->found && m->found->saying->flags & SAYS_ENGLISH;

	if (reply_longest(english ? "{Ien}" : "{I}", m->t, pos, m->n))
		return false;
	for (size_t n = 1; n <= MOST && pos + n <= m->n; n++) {
		enum guard g = guard_of(m->t[pos + n - 1].word);
		if ((g != GUARD_NONE && g != GUARD_SENTENCE) || guard_approval(&m->t[pos + n - 1], 1))
			return false;
		if (go(m, next, pos + n, up))
			return true;
	}
	return false;
}

static bool fill(struct match *m, const char *name, size_t len, const char *next, size_t pos,
                 const struct rest *up)
{
	bool english = m->found && m->found->saying && m->found->saying->flags & SAYS_ENGLISH;
	size_t used;

	if (len == 3 && !memcmp(name, "who", 3))
		return pos < m->n && m->ctx && accept(m, m->n, pos);
	if (len == 4 && !memcmp(name, "rest", 4))
		return m->ctx && accept(m, m->n, pos);
	if (len == 4 && !memcmp(name, "some", 4))
		return some_words(m, next, pos, up);
	if (len == 1 && *name == 'n') {
		used = m->ctx ? reply_numbers(m->t + pos, m->n - pos, &m->found->numbers) : 0;
		return used && go(m, next, pos + used, up);
	}
	if (len == 5 && !memcmp(name, "today", 5))
		return is_today(m, pos, &used) && go(m, next, pos + used, up);
	bool past = len == 4 && !memcmp(name, "past", 4);
	if (past || (len == 4 && !memcmp(name, "when", 4))) {
		struct when w;
		if (!m->ctx || !reply_when(m->t + pos, m->n - pos, m->ctx->received,
		                           past ? WHEN_PAST : WHEN_COMING, english, &w))
			return false;
		m->found->when = w;
		return go(m, next, pos + w.used, up);
	}
	struct rest after = { .at = next, .up = up };
	for (size_t i = 0; i < ARRAY_LEN(slots); i++)
		if (*slots[i].name == *name && !strncmp(slots[i].name, name, len) && !slots[i].name[len] &&
		    go(m, slots[i].pattern, pos, &after))
			return true;
	return false;
}

/* One word, "," or {slot} of a pattern. */
static bool element(struct match *m, const char *what, size_t len, const char *next, size_t pos,
                    const struct rest *up)
{
	if (*what == '{')
		return fill(m, what + 1, len - 2, next, pos, up);
	if (*what == ',')
		return pos < m->n && m->t[pos].comma && go(m, next, pos, up);
	return pos < m->n && same(m, m->t[pos].word, what, len) && go(m, next, pos + 1, up);
}

/* Whether the rest of the pattern fits from `pos` to the end. */
static bool go(struct match *m, const char *at, size_t pos, const struct rest *up)
{
	if (m->steps++ > MOST_STEPS)
		return false;
	at += strspn(at, " ");
	if (!*at)
		return up ? go(m, up->at, pos, up->up) : accept(m, pos, m->n);
	size_t len = strcspn(at, " ");
	const char *next = at + len;
	bool optional = at[len - 1] == '?', missed = m->missed;
	if (optional)
		len--;
	for (const char *alt = at; alt < at + len;) {
		const char *bar = memchr(alt, '|', (size_t)(at + len - alt));
		const char *end = bar ? bar : at + len;
		if (element(m, alt, (size_t)(end - alt), next, pos, up))
			return true;
		m->missed = missed;
		alt = end + 1;
	}
	return optional && go(m, next, pos, up);
}

size_t reply_longest(const char *pattern, const struct token *t, size_t at, size_t n)
{
	struct match m = { .t = t, .n = n };

	go(&m, pattern, at, NULL);
	return m.longest > at ? m.longest - at : 0;
}

bool reply_find(const struct clause *c, const struct reply_context *ctx, bool loose,
                struct found *out)
{
	/* How far a sentence may be a misspelling of another: short ones only. */
	enum { LONGEST_LOOSE = 8 };

	if (loose && c->n > LONGEST_LOOSE)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(sayings); i++) {
		struct match m = { .t = c->t, .n = c->n, .ctx = ctx, .loose = loose, .found = out };
		if (!(sayings[i].letters & (1U << ctx->letter)))
			continue;
		*out = (struct found){ .saying = &sayings[i], .when = { .day = DAY_NONE }, .rest = c->n };
		if (go(&m, sayings[i].pattern, 0, NULL)) {
			out->loose = m.missed;
			return true;
		}
	}
	return false;
}
