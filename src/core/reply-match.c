/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/attr.h"
#include "src/core/reply-internal.h"

#define ANY_OF(x) (1U << LETTER_##x)

static const struct saying sayings[] = {
#define SAY(verdict, letters, flags, pattern) { VERDICT_##verdict, letters, flags, OUTCOME_NONE },
#define BECAME(what, letters, pattern) { VERDICT_CHANGES, letters, 0, OUTCOME_##what },
#define PROPOSES(what, pattern) { VERDICT_CHANGES, REVIEWS, SAYS_TEXT, OUTCOME_##what },
#define CASE(what, flags, pattern) { VERDICT_CHANGES, ANY_OF(DEFICIENCY), flags, OUTCOME_##what },
#include "src/core/reply-sayings.inc"
#undef SAY
#undef BECAME
#undef PROPOSES
#undef CASE
};

/* No reply comes near it: what it takes to read a pattern has its bound in the pattern. */
enum { MOST_STEPS = 200000 };

/* How far a sentence may be a misspelling of another: short ones only. */
enum { LONGEST_LOOSE = 8 };

/* What is left of the patterns around the one in hand. */
struct rest {
	const uint16_t *at;
	const struct rest *up;
};

struct match {
	const struct token *t;
	size_t n;
	const struct reply_context *ctx; /* NULL: no saying but a pattern is looked for */
	bool whole;          /* … that is all the words; else the longest prefix */
	bool missed;         /* a misspelling was forgiven */
	struct slips *slips; /* what each word may be a misspelling of; NULL: none is forgiven */
	size_t longest;
	int steps;
	struct found *found;
};

static bool go(struct match *m, const uint16_t *at, size_t pos, const struct rest *up);

static const struct slips *slips_of(struct match *m, size_t pos)
{
	if (!m->slips[pos].known)
		vocabulary_slips(m->t[pos].word, m->t[pos].number, &m->slips[pos]);
	return &m->slips[pos];
}

/* Whether the pattern can begin with the word at `pos`, or the words end there. */
static bool may_begin(struct match *m, size_t pattern, size_t pos)
{
	uint16_t word = pos < m->n ? m->t[pos].number : WORD_UNKNOWN;
	const uint16_t *set = m->slips && pos < m->n ? slips_of(m, pos)->begins
	                                             : vocabulary_begins[vocabulary_words[word].begins];

	return set[pattern / 16] >> pattern % 16 & 1;
}

static bool same(struct match *m, size_t pos, size_t word)
{
	if (m->t[pos].number == word)
		return true;
	if (!m->slips || !(slips_of(m, pos)->words[word / 32] >> word % 32 & 1))
		return false;
	m->missed = true;
	return true;
}

static bool accept(struct match *m, size_t pos, size_t rest)
{
	if (!m->ctx) {
		if (pos > m->longest)
			m->longest = pos;
		return m->whole && pos == m->n;
	}
	bool signs = false;
	if (pos < m->n && !courtesy_tail(m->t, pos, m->n, m->ctx->from, &signs))
		return false;
	m->found->signed_off = signs;
	m->found->rest = rest;
	return true;
}

/* A day that a sign-off may bear: when it was written, today or the day before. Any other may
 * be of what is signed, or of when it shall count from. */
static bool is_today(const struct match *m, size_t pos, size_t *used)
{
	struct when w;

	if (!m->ctx || !reply_when(m->t + pos, m->n - pos, m->ctx->received, WHEN_PAST, false, &w) || w.doubt)
		return false;
	*used = w.used;
	return w.day <= m->ctx->received && w.day >= m->ctx->received - 1;
}

/* One to six words that name a thing: no "I", no approval, none of its guards. */
static bool some_words(struct match *m, const uint16_t *next, size_t pos, const struct rest *up)
{
	enum { MOST = 6 };
	bool english = m->found && m->found->saying->flags & SAYS_ENGLISH;

	if (reply_longest(english ? PATTERNS_I_EN : PATTERNS_I, m->t, pos, m->n))
		return false;
	for (size_t n = 1; n <= MOST && pos + n <= m->n; n++) {
		enum guard g = guard_of(&m->t[pos + n - 1]);
		if ((g != GUARD_NONE && g != GUARD_SENTENCE) || guard_approval(&m->t[pos + n - 1], 1))
			return false;
		if (go(m, next, pos + n, up))
			return true;
	}
	return false;
}

static bool some_day(struct match *m, bool past, const uint16_t *next, size_t pos, const struct rest *up)
{
	bool english = m->found && m->found->saying->flags & SAYS_ENGLISH;
	struct when w;

	if (!m->ctx || !reply_when(m->t + pos, m->n - pos, m->ctx->received,
	                           past ? WHEN_PAST : WHEN_COMING, english, &w))
		return false;
	m->found->when = w;
	return go(m, next, pos + w.used, up);
}

unsigned reply_names(size_t group)
{
	static const unsigned names[] = {
		[PATTERNS_ONE] = NAMES_ONE, [PATTERNS_ONE_EN] = NAMES_ONE, [PATTERNS_LIST] = NAMES_ONE,
		[PATTERNS_NOUN] = NAMES_ONE, [PATTERNS_NOUN_EN] = NAMES_ONE, [PATTERNS_BOTH] = NAMES_BOTH,
		[PATTERNS_BOTH_EN] = NAMES_BOTH, [PATTERNS_KIND] = NAMES_KIND, [PATTERNS_KIND_EN] = NAMES_KIND,
		[PATTERNS_INVENTORY] = NAMES_INVENTORY, [PATTERNS_REGISTER] = NAMES_REGISTER,
		[PATTERNS_ROUTINE] = NAMES_ROUTINE,
	};

	return group < ARRAY_LEN(names) ? names[group] : 0;
}

/* Any row of a slot or of another group. What fits at last has said what it names. */
static bool any_of(struct match *m, size_t group, const uint16_t *next, size_t pos, const struct rest *up)
{
	struct rest after = { .at = next, .up = up };

	for (size_t p = vocabulary_groups[group]; p < vocabulary_groups[group + 1]; p++)
		if (may_begin(m, p, pos) && go(m, vocabulary_codes + vocabulary_patterns[p], pos, &after)) {
			m->found->names |= reply_names(group);
			return true;
		}
	return false;
}

/* One word, comma or slot of a pattern. */
static bool element(struct match *m, unsigned code, const uint16_t *next, size_t pos,
                    const struct rest *up)
{
	size_t used;

	if (code >= CODE_WORD)
		return pos < m->n && same(m, pos, code - CODE_WORD) && go(m, next, pos + 1, up);
	if (code >= CODE_GROUP)
		return any_of(m, code - CODE_GROUP, next, pos, up);
	switch ((enum pattern_code)code) {
	case CODE_COMMA:
		return pos < m->n && m->t[pos].comma && go(m, next, pos, up);
	case CODE_WHEN:
	case CODE_PAST:
		return some_day(m, code == CODE_PAST, next, pos, up);
	case CODE_TODAY:
		return is_today(m, pos, &used) && go(m, next, pos + used, up);
	case CODE_NUMBERS:
		used = m->ctx ? reply_numbers(m->t + pos, m->n - pos, &m->found->numbers) : 0;
		return used && go(m, next, pos + used, up);
	case CODE_WHO:
		if (pos == m->n || !m->ctx)
			return false;
		m->found->who = true;
		return accept(m, m->n, pos);
	case CODE_SOME:
		return some_words(m, next, pos, up);
	case CODE_REST:
		return m->ctx && accept(m, m->n, pos);
	case CODE_GROUP:
	case CODE_WORD:
		break;
	}
	return false;
}

/* Whether the rest of the pattern fits from `pos` to the end. */
static bool go(struct match *m, const uint16_t *at, size_t pos, const struct rest *up)
{
	if (m->steps++ > MOST_STEPS)
		return false;
	if (!*at)
		return up ? go(m, up->at, pos, up->up) : accept(m, pos, m->n);
	bool optional = *at & 1, missed = m->missed;
	const uint16_t *next = at + 1 + *at / 2;
	for (const uint16_t *code = at + 1; code < next; code++) {
		if (element(m, *code, next, pos, up))
			return true;
		m->missed = missed;
	}
	return optional && go(m, next, pos, up);
}

size_t reply_longest(enum pattern_group group, const struct token *t, size_t at, size_t n)
{
	static const uint16_t end = 0;
	struct match m = { .t = t, .n = n };

	any_of(&m, group, &end, at, NULL);
	return m.longest > at ? m.longest - at : 0;
}

bool reply_whole(enum pattern_group group, const struct token *t, size_t n, unsigned *names)
{
	static const uint16_t end = 0;
	struct found f = { .names = 0 };
	struct match m = { .t = t, .n = n, .whole = true, .found = &f };

	if (!n || !any_of(&m, group, &end, 0, NULL))
		return false;
	*names |= f.names;
	return true;
}

bool reply_find(const struct clause *c, const struct reply_context *ctx, bool loose,
                struct found *out)
{
	struct slips slips[LONGEST_LOOSE];

	if (loose && c->n > LONGEST_LOOSE)
		return false;
	for (size_t i = 0; loose && i < c->n; i++)
		slips[i].known = false;
	for (size_t i = 0; i < ARRAY_LEN(sayings); i++) {
		struct match m = { .t = c->t, .n = c->n, .ctx = ctx, .slips = loose ? slips : NULL, .found = out };
		if (!(sayings[i].letters & (1U << ctx->letter)) || !may_begin(&m, i, 0))
			continue;
		*out = (struct found){ .saying = &sayings[i], .when = { .day = DAY_NONE }, .rest = c->n };
		if (go(&m, vocabulary_codes + vocabulary_patterns[i], 0, NULL)) {
			out->loose = m.missed;
			return true;
		}
	}
	return false;
}
