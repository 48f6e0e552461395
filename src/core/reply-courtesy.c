/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

static const char *const titles[] = {
#define TITLE(word) word,
#define SMALL(word)
#include "src/core/reply-titles.inc"
#undef TITLE
#undef SMALL
};

static bool is(uint16_t number, int what)
{
	return vocabulary_words[number].is & what;
}

static bool has_digit(const char *word)
{
	return strcspn(word, "0123456789") < strlen(word);
}

/* "anna", "anna-lena", "a" */
static bool first_name(const struct token *t)
{
	char part[32];
	size_t len = strcspn(t->word, "-");

	if (is(t->number, WORD_NAME))
		return true;
	if (!t->word[len] || len >= sizeof(part))
		return false;
	memcpy(part, t->word, len);
	part[len] = '\0';
	return is(vocabulary_find(part), WORD_NAME) && is(vocabulary_find(t->word + len + 1), WORD_NAME);
}

/* "Kompletteras", "Avvaktas": a verb, unless it is somebody we know. */
static bool verb_like(const struct token *t)
{
	const char *word = t->word;

	return (text_ends(word, "as") || text_ends(word, "ats") || text_ends(word, "ade") ||
	        text_ends(word, "ades") || text_ends(word, "erar") || text_ends(word, "era")) &&
	       !first_name(t);
}

static bool could_name(const struct token *t)
{
	return guard_of(t) == GUARD_NONE && !has_digit(t->word) && !guard_approval(t, 1) &&
	       !verb_like(t);
}

/* "lisa ek" as phones write it, but neither "Lisa slutat" nor "lisa slutat". */
static bool small_surname(const struct token *first, const char *word)
{
	static const char *const verbs[] = { "at", "it", "tt", "ar", "er", "or", "de", "te", "as", "es" };

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (text_ends(word, verbs[i]))
			return false;
	return !first->capital && first_name(first);
}

/* "enhetschef", "it-enheten" */
static bool has_title(const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(titles); i++)
		if (text_ends(word, titles[i]))
			return true;
	return false;
}

/* Whether the word stands in the local part of the address. */
static bool in_address(const char *word, const char *from)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	char *local = from ? text_ascii(&a, arena_dupn(&a, from, strcspn(from, "@"))) : NULL;
	char *ascii = text_ascii(&a, word);

	for (char *c = ascii; *c; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
	for (char *c = local; c && *c; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
	return local && strlen(ascii) > 2 && strstr(local, ascii);
}

/* "BERGSTRÖM", but not "BORTTAGEN": what all is in capitals is no name by them. */
static bool surname(const char *word)
{
	static const char *const ends[] = { "sson", "berg", "bergh", "ström", "lund", "gren", "qvist", "kvist",
	                                    "strand", "dahl", "borg", "fors", "holm", "stedt", "lind", "blom",
	                                    "bäck", "löf", "feldt", "skog", "hult", "mark" };

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (text_ends(word, ends[i]))
			return true;
	return false;
}

/* Three letters or more, and no small one among them. */
static bool loud(const char *raw)
{
	size_t letters = 0;

	for (; *raw; letters++) {
		uint32_t c = text_next(&raw);
		if ((c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF))
			return false;
	}
	return letters > 2;
}

static bool initials(const char *word)
{
	size_t letters = 0;

	while (*word && text_next(&word))
		letters++;
	return letters <= 2;
}

/* Whether more than its capital says that the word is a name, or stands by one. */
static bool borne_out(const struct token *t, const char *from)
{
	return first_name(t) || initials(t->word) || has_title(t->word) || in_address(t->word, from);
}

/* At most `most` words, each of which could be a name: a capital letter, or a lower
 * case first name with at most one word after it. */
static bool names_only(const struct token *t, size_t at, size_t n, size_t most, const char *from)
{
	if (n - at > most)
		return false;
	for (size_t i = at; i < n; i++) {
		if (strcmp(t[i].word, "/") == 0)
			continue;
		bool sign = borne_out(&t[i], from) || is(t[i].number, WORD_SMALL) ||
		            (t[i].capital && (!loud(t[i].raw) || surname(t[i].word))) ||
		            (i > at && small_surname(&t[i - 1], t[i].word));
		if (!could_name(&t[i]) || !sign)
			return false;
	}
	return true;
}

/* "/Anna", "/hälsningar Eva": behind a slash stand other choices, too. */
static bool slash_names(const struct token *t, size_t at, size_t n, const char *from)
{
	bool borne = false;
	size_t signs = reply_longest(PATTERNS_SIGNOFF, t, at, n);

	if (signs)
		return names_only(t, at + signs, n, 4, from);
	for (size_t i = at; i < n; i++)
		borne = borne || (strcmp(t[i].word, "/") != 0 && borne_out(&t[i], from));
	return borne && names_only(t, at, n, 4, from);
}

size_t courtesy_greeting(const struct clause *c)
{
	size_t len = reply_longest(PATTERNS_GREETING, c->t, 0, c->n), end = len;

	/* "Hej Anna Andersson," – a name, then a comma or the end */
	for (size_t more = 0; len && more <= 3 && len + more <= c->n; more++) {
		if (more && !could_name(&c->t[len + more - 1]))
			break;
		if (len + more == c->n || c->t[len + more].comma) {
			end = len + more;
			break;
		}
		if (more && first_name(&c->t[len + more - 1]))
			end = len + more;
	}
	/* "Tack för påminnelsen, godkänns" */
	size_t thanks = end < c->n ? reply_longest(PATTERNS_COURTESY, c->t, end, c->n) : 0;
	return thanks && end + thanks < c->n && c->t[end + thanks].comma ? end + thanks : end;
}

/* "Godkänns Eva" – but "Godkänner Eva" may tell who does, and "Godkänt Eva" whom. */
static bool lone_name(const struct token *verb, const struct token *t, const char *from)
{
	bool passive = strcmp(verb->word, "godkänns") == 0 || strcmp(verb->word, "godkännes") == 0;

	return passive && could_name(t) && t->capital && (first_name(t) || in_address(t->word, from));
}

bool courtesy_tail(const struct token *t, size_t at, size_t n, const char *from, bool *signs)
{
	*signs = false;
	while (at < n) {
		if (strcmp(t[at].word, "/") == 0) {
			*signs = true;
			return at + 1 < n && slash_names(t, at + 1, n, from);
		}
		size_t len = reply_longest(PATTERNS_COURTESY, t, at, n);
		if (len) {
			at += len;
			continue;
		}
		len = reply_longest(PATTERNS_SIGNOFF, t, at, n);
		if (len) {
			*signs = true;
			return names_only(t, at + len, n, 5, from);
		}
		*signs = true;
		if (at && at + 1 == n && lone_name(&t[at - 1], &t[at], from))
			return true;
		/* "Godkänns, Anna" and "Tack! Anna" */
		return (t[at].comma || at > 0) && first_name(&t[at]) && names_only(t, at, n, 3, from) &&
		       (t[at].comma || reply_longest(PATTERNS_COURTESY, t, at - 1, at) > 0);
	}
	return true;
}

bool courtesy_bare_name(const struct clause *c, const char *from)
{
	if (!c->n || c->strange || c->mark == '?' || c->n > 4)
		return false;
	return (first_name(&c->t[0]) || in_address(c->t[0].word, from)) && could_name(&c->t[0]) &&
	       names_only(c->t, 1, c->n, 3, from);
}

bool courtesy_names(const struct token *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (could_name(&t[i]) && (t[i].capital || first_name(&t[i]) || has_title(t[i].word) || strchr(t[i].word, '@')))
			return true;
	return false;
}

/* "T020", "R01": the number of an item, which no signature has. */
static bool item_number(const char *word)
{
	size_t letters = strcspn(word, "0123456789"), digits = strspn(word + letters, "0123456789");

	return letters && letters <= 4 && digits >= 2 && digits <= 4 && !word[letters + digits] &&
	       !strpbrk(word, "-.@/");
}

static bool names_somebody(const struct token *t, const char *from)
{
	return first_name(t) || has_title(t->word) || in_address(t->word, from) || strchr(t->word, '@');
}

/* `somebody`: another word of the line names one. */
static bool signature_word(const struct token *t, size_t i, size_t n, bool first, bool somebody)
{
	const char *word = t[i].word;

	if (guard_of(&t[i]) != GUARD_NONE)
		return is(t[i].number, WORD_SMALL);
	if (guard_approval(&t[i], 1) || item_number(word))
		return false;
	if (strpbrk(word, "@") || text_starts(word, "www.") || text_starts(word, "http") || has_digit(word) ||
	    is(t[i].number, WORD_SMALL) || first_name(&t[i]) || has_title(word))
		return true;
	if (strlen(word) < 2)
		return true;
	/* Words in capitals alone may say anything. */
	return t[i].capital && !verb_like(&t[i]) && (n > 1 || first) &&
	       (somebody || !loud(t[i].raw) || surname(word));
}

bool courtesy_signature(struct arena *a, const char *line, const char *from, bool first)
{
	struct line one = { .text = text_tidy(a, line) };
	struct lines l = { .at = &one, .n = 1 };
	size_t n, words = 0;
	struct clause *c = reply_clauses(a, &l, &n);
	bool signs;

	if (strlen(one.text) > 160 || strpbrk(one.text, "?\"") || strncasecmp(one.text, "p.s", 3) == 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (courtesy_tail(c[i].t, 0, c[i].n, from, &signs))
			continue;
		if (c[i].mark == '!')
			return false;
		words += c[i].n;
		bool somebody = false;
		for (size_t j = 0; j < c[i].n; j++)
			somebody = somebody || names_somebody(&c[i].t[j], from);
		for (size_t j = 0; j < c[i].n; j++)
			if (strcmp(c[i].t[j].word, ":") != 0 && strcmp(c[i].t[j].word, "/") != 0 &&
			    !signature_word(c[i].t, j, c[i].n, first, somebody))
				return false;
	}
	return words <= 14;
}
