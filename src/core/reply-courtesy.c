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

/* "Kompletteras", "Ogranskat": a verb, unless it is somebody we know. */
static bool verb_like(const struct token *t)
{
	const char *word = t->word;

	return (text_ends(word, "as") || text_ends(word, "ats") || text_ends(word, "ade") ||
	        text_ends(word, "ades") || text_ends(word, "at") || text_ends(word, "erar") || text_ends(word, "era")) &&
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
	return !first->capital && first_name(first) && vocabulary_find(word) == WORD_UNKNOWN;
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
	if (local && strlen(ascii) > 2)
		return strstr(local, ascii) != NULL;
	/* "ek" of "lisa.ek@", but not of "erik@" */
	for (const char *part = local ? from : NULL; part; part = *part == '.' ? part + 1 : NULL) {
		size_t len = strcspn(part, ".@");

		if (len == strlen(ascii) && strncasecmp(part, ascii, len) == 0)
			return true;
		part += len;
	}
	return false;
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

bool token_loud(const struct token *t)
{
	const char *raw = t->raw;
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
	bool letters = initials(t->word) && (t->capital || t->number == WORD_UNKNOWN);

	return first_name(t) || letters || has_title(t->word) || in_address(t->word, from);
}

/* "Bo för Anna": who writes it does so for somebody else. "Chef för IT" does not. */
static bool on_behalf(const struct token *t, size_t i, size_t n)
{
	static const char *const words[] = { "för", "for", "genom", "åt" };
	bool small = false;

	for (size_t k = 0; k < ARRAY_LEN(words); k++)
		small = small || strcmp(t[i].word, words[k]) == 0;
	return small && i && !has_title(t[i - 1].word)
	       && (first_name(&t[i - 1]) || (i + 1 < n && first_name(&t[i + 1])));
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
		            (t[i].capital && (!token_loud(&t[i]) || surname(t[i].word))) ||
		            (i > at && small_surname(&t[i - 1], t[i].word));
		if (!could_name(&t[i]) || !sign || on_behalf(t, i, n))
			return false;
	}
	return true;
}

/* Whether the word plainly goes on a name that no sign-off stands before. `vouched`: the
 * name is the sender's own, so that a title may follow. */
static bool goes_on_name(const struct token *t, bool vouched, const char *from)
{
	bool title = has_title(t->word), known = t->number != WORD_UNKNOWN;

	if (!could_name(t))
		return false;
	if (in_address(t->word, from))
		return true;
	if (vouched && (title ? t->comma || t->capital : is(t->number, WORD_SMALL)))
		return true;
	return t->capital && !t->comma && !title && !is(t->number, WORD_ALSO) && (!known || first_name(t))
	       && (!token_loud(t) || surname(t->word) || first_name(t));
}

/* Words that are plainly a name though no sign-off stands before them: a first name and what is
 * written as one, and no word that could say something. "lisa", but neither "tom maj",
 * "Lisa ansvarig" nor "lisa ut". The sender's address bears its own name out. */
static bool plain_name(const struct token *t, size_t at, size_t n, const char *from)
{
	enum { MOST = 4 };
	const struct token *first = &t[at];
	bool vouched = in_address(first->word, from), alone = n - at == 1;

	if (n - at > MOST || !could_name(first) || (!vouched && !first_name(first)))
		return false;
	if (!vouched && (alone ? is(first->number, WORD_ALSO) : !first->capital))
		return false;
	for (size_t i = at + 1; i < n; i++) {
		bool and = (strcmp(t[i].word, "och") == 0 || strcmp(t[i].word, "and") == 0) && i + 1 < n;

		if (and && vouched && t[i + 1].capital && first_name(&t[i + 1]))
			i++; /* "Anna och Bo" */
		else if (!goes_on_name(&t[i], vouched, from) || on_behalf(t, i, n))
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
	for (size_t i = at; i < n; i++) {
		borne = borne || (strcmp(t[i].word, "/") != 0 && borne_out(&t[i], from));
		if (is(t[i].number, WORD_ALSO) && !t[i].capital && !in_address(t[i].word, from))
			return false; /* "/maj" */
	}
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

	return passive && t->capital && plain_name(t, 0, 1, from);
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
		return (t[at].comma || at > 0) && plain_name(t, at, n, from) &&
		       (t[at].comma || reply_longest(PATTERNS_COURTESY, t, at - 1, at) > 0);
	}
	return true;
}

bool courtesy_bare_name(const struct clause *c, const char *from)
{
	return c->n && !c->strange && c->mark != '?' && plain_name(c->t, 0, c->n, from);
}

bool courtesy_named(const struct clause *c)
{
	for (size_t at = 0; at < c->n; at++)
		if (reply_longest(PATTERNS_SIGNOFF, c->t, at, c->n) == c->n - at)
			return false;
	return c->n > 0;
}

bool courtesy_own_name(const struct token *t, size_t n, const char *from)
{
	for (size_t i = 0; i < n; i++)
		if (!in_address(t[i].word, from))
			return false;
	return n > 0;
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

/* "2 Kalle Ek", "Nr 3": an item's number and perhaps what is said of it, but "123 45 Tallvinge". */
static bool numbered(const struct clause *c)
{
	struct numbers ns;
	size_t skip = reply_numbers(c->t, c->n, &ns);

	return skip && (skip == c->n || !has_digit(c->t[skip].word));
}

/* "Tfn:", "M:", "https:" and "Kontorstid: 08:00-16:30", but not "Elevregistret: Lisa Ek". */
static bool labels(const struct token *t, size_t colon, size_t n)
{
	const struct token *label = &t[colon - 1];
	bool numbers = colon + 1 < n && strlen(t[colon + 1].word) > 2;

	for (size_t i = colon + 1; i < n; i++)
		numbers = numbers && has_digit(t[i].word);
	return numbers || is(label->number, WORD_SMALL) || initials(label->word) || text_starts(label->word, "http");
}

/* "Rutinen", "Elevregistret": what a letter is about, and no name. */
static bool thing(const struct token *t)
{
	static const char *const ends[] = { "registret", "rutinen", "förteckningen", "listan", "systemet", "policyn" };

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (text_ends(t->word, ends[i]))
			return true;
	return reply_longest(PATTERNS_NOUN, t, 0, 1) > 0;
}

/* `somebody`: another word of the line names one. */
static bool signature_word(const struct token *t, size_t i, size_t n, bool first, bool somebody)
{
	const char *word = t[i].word;

	if (guard_of(&t[i]) != GUARD_NONE)
		return is(t[i].number, WORD_SMALL);
	if (guard_approval(&t[i], 1) || item_number(word) || on_behalf(t, i, n) || thing(&t[i]))
		return false;
	if (strcmp(word, ":") == 0)
		return i && labels(t, i, n);
	if (strpbrk(word, "@") || text_starts(word, "www.") || text_starts(word, "http") || has_digit(word) ||
	    is(t[i].number, WORD_SMALL) || first_name(&t[i]) || has_title(word))
		return true;
	if (strlen(word) < 2)
		return true;
	/* Words in capitals alone may say anything. */
	return t[i].capital && !verb_like(&t[i]) && (n > 1 || first || surname(word)) &&
	       (somebody || !token_loud(&t[i]) || surname(word));
}

bool courtesy_signature(struct arena *a, const char *line, const char *from, bool first)
{
	struct line one = { .text = text_tidy(a, line) };
	struct lines l = { .at = &one, .n = 1 };
	size_t n, words = 0;
	struct clause *c = reply_clauses(a, &l, &n);
	bool signs;

	if (strlen(one.text) > 160 || strpbrk(one.text, "?\"") || strncasecmp(one.text, "p.s", 3) == 0 ||
	    strncasecmp(one.text, "e.u", 3) == 0 || strncasecmp(one.text, "e u ", 4) == 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (courtesy_tail(c[i].t, 0, c[i].n, from, &signs))
			continue;
		if (c[i].mark == '!' || numbered(&c[i]))
			return false;
		words += c[i].n;
		bool somebody = false;
		for (size_t j = 0; j < c[i].n; j++)
			somebody = somebody || names_somebody(&c[i].t[j], from);
		for (size_t j = 0; j < c[i].n; j++)
			if (strcmp(c[i].t[j].word, "/") != 0 &&
			    !signature_word(c[i].t, j, c[i].n, first, somebody))
				return false;
	}
	return words <= 14;
}

/* "Nr 2", "T020", and "2 Kalle", but neither "123 45 Tallvinge" nor "08-123 45". */
static bool numbers_item(const struct token *t, size_t i, size_t n)
{
	struct numbers numbers;
	size_t used = reply_numbers(t + i, n - i, &numbers);
	bool labelled = used && !has_digit(t[i].word);

	return item_number(t[i].word) || labelled ||
	       (!i && used && used < n && strlen(t->word) <= 2 && !has_digit(t[used].word));
}

bool reply_could_change(const char *text)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct lines l;
	size_t n;

	reply_lines(&a, text, &l);
	struct clause *c = reply_clauses(&a, &l, &n);
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < c[i].n; j++) {
			const struct token *t = &c[i].t[j];
			bool guarded = guard_of(t) != GUARD_NONE && !is(t->number, WORD_SMALL);

			if (guarded || guard_approval(t, 1) || verb_like(t) || numbers_item(c[i].t, j, c[i].n))
				return true;
		}
	}
	return l.too_many || strchr(text, '?') != NULL;
}
