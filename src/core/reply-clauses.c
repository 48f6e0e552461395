/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

/* Reads one line into clauses. */
struct scan {
	struct arena *a;
	const char *line; /* the whole line */
	const char *at;
	size_t number;    /* of the line */
	struct token *t;
	size_t n, cap;
	struct clause *out;
	size_t n_out, cap_out;
	size_t from;
	bool comma, dash, strange;
	bool bracket; /* one that adds nothing but that minutes are adjusted is open */
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static uint32_t peek(const char *at)
{
	return text_next(&at);
}

static bool letter(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= 0xC0 && c < 0x530 && c != 0xD7 && c != 0xF7) || (c >= 0x300 && c < 0x370) ||
	       c == 0xFFFD;
}

static bool upper(const char *at)
{
	uint32_t c = peek(at);

	return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
}

/* Signs that say yes or nothing. A thumb down must not be overlooked. */
static bool harmless(uint32_t c)
{
	return c == '*' || c == '_' || c == 0xFE0F || c == 0x1F44D || c == 0x1F44C || c == 0x1F64F ||
	       (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0x1F600 || c == 0x1F601 || c == 0x1F603 || c == 0x1F604 || c == 0x1F60A ||
	       c == 0x1F642 || c == 0x263A || c == 0x2705 || c == 0x2714 || c == 0x2713 || c == 0x2611 ||
	       c == 0x2600 || c == 0x1F31E || c == 0x1F338 || c == 0x2764 || c == 0x2022 || c == 0xB7 ||
	       c == 0x1F389 || c == 0x1F44F || c == 0x1F64C || c == 0x1F973 || c == 0x2728;
}

static void end_clause(struct scan *s, char mark)
{
	if (s->n || s->strange || mark == '?') {
		s->out = arena_grow(s->a, s->out, s->n_out, &s->cap_out, sizeof(*s->out));
		s->out[s->n_out++] = (struct clause){
			.t = s->t, .n = s->n < CLAUSE_WORDS ? s->n : CLAUSE_WORDS, .line = s->number,
			.from = s->from, .to = (size_t)(s->at - s->line), .mark = mark,
			.strange = s->strange || s->n > CLAUSE_WORDS,
		};
	}
	s->t = NULL;
	s->n = s->cap = 0;
	s->comma = s->dash = s->strange = false;
	s->from = (size_t)(s->at - s->line) + strspn(s->at, " ");
}

static void put_token(struct scan *s, const char *from, const char *to)
{
	char *raw = arena_dupn(s->a, from, (size_t)(to - from));
	char *word = text_fold(s->a, raw);

	for (char *quote; (quote = strstr(word, "’")) != NULL;) {
		*quote = '\'';
		memmove(quote + 1, quote + strlen("’"), strlen(quote + strlen("’")) + 1);
	}
	s->t = arena_grow(s->a, s->t, s->n, &s->cap, sizeof(*s->t));
	s->t[s->n++] = (struct token){
		.word = word, .number = vocabulary_find(word), .raw = raw, .at = (size_t)(from - s->line), .end = (size_t)(to - s->line),
		.comma = s->comma, .dash = s->dash, .capital = upper(raw),
	};
	s->comma = s->dash = false;
}

/* Whether the mark at `at` stands inside a word: "15/3", "t.o.m", "15:e". */
static bool inside(const char *at, bool after_digit)
{
	const char *next = at + 1;

	switch (*at) {
	case '/':
		return after_digit && digit(*next);
	case ':':
		return after_digit && (digit(*next) || (strchr("aeAE", *next) && *next && !letter(peek(next + 1))));
	case '.':
		return after_digit ? digit(*next) : letter(peek(next)) && !upper(next);
	case '-':
	case '\'':
	case '@':
	case '+':
		return digit(*next) || letter(peek(next));
	default:
		return false;
	}
}

static void scan_word(struct scan *s)
{
	const char *from = s->at;

	for (bool was_digit = false; *s->at;) {
		const char *next = s->at;
		uint32_t c = text_next(&next);
		bool part = digit(*s->at) || letter(c) || (c == 0x2019 && letter(peek(next))) ||
		            (c == 0x2013 && was_digit && digit(*next)) ||
		            (s->at > from && inside(s->at, was_digit));
		if (!part)
			break;
		was_digit = digit(*s->at);
		s->at = next;
	}
	/* "Barn- och …" */
	if (text_starts(s->at, "- och ") || text_starts(s->at, "- eller ") || text_starts(s->at, "-och "))
		s->at++;
	put_token(s, from, s->at);
}

static bool month_follows(const char *at)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug",
	                                      "sep", "okt", "nov", "dec" };

	at += strspn(at, " ");
	for (size_t i = 0; i < ARRAY_LEN(months); i++)
		if (strncasecmp(at, months[i], 3) == 0)
			return true;
	return false;
}

/* A dot that ends no sentence: after an abbreviation or an item's number. */
static bool silent_dot(const struct scan *s)
{
	static const char *const words[] = {
		"v", "kl", "nr", "tfn", "tel", "ev", "bl.a", "t.o.m", "tom", "f.d", "st", "ca", "m.v.h", "jan",
		"feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dec", "mån", "tis", "ons",
		"tors", "fre", "lör", "sön", "dr", "p.g.a", "d.v.s", "resp", "enl", "inkl", "exkl", "par", "alt",
		"no", "oct", "mån", "dnr", "fr.o.m",
	};

	bool week = s->n && strcmp(s->t[s->n - 1].word, "v") == 0 && digit(s->at[1]); /* "v.12" */
	if (!s->n || (s->at[1] != ' ' && !week))
		return s->n == 1 && digit(*s->t[0].word) && strspn(s->t[0].word, "0123456789") == strlen(s->t[0].word)
		       && s->at[1] && s->at[1] != '.';
	const char *last = s->t[s->n - 1].word;
	if (strspn(last, "0123456789") == strlen(last))
		return s->n == 1 || month_follows(s->at + 1);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(last, words[i]) == 0)
			return true;
	return false;
}

/* A smiley that smiles; how many bytes it takes. */
static size_t smiley(const char *at)
{
	return text_starts(at, ":-)") ? 3 : text_starts(at, ":)") ? 2 : 0;
}

static void scan_stop(struct scan *s)
{
	char mark = *s->at;
	size_t dots = strspn(s->at, ".");

	if (mark == '.' && dots == 1 && silent_dot(s)) {
		s->at++;
		s->comma = true;
		return;
	}
	s->at += strspn(s->at, ".!?;…");
	const char *end = s->at;
	for (const char *c = end; c > s->line && strchr(".!?;", c[-1]); c--)
		if (c[-1] == '?')
			mark = '?';
	if (dots > 1 && mark != '?')
		mark = '~';
	end_clause(s, mark);
}

/* "(omedelbar justering)": whether the bracket says of the minutes what may stand without it. */
static bool of_minutes(struct scan *s, const char *at)
{
	static const char *const words[] = { "omedelbar", "omedelbart", "justering", "justerat", "justerad",
	                                     "justerades", "justeras", "ej", "inte", "ojusterat", "ojusterad" };
	size_t len = strcspn(at, ")");
	bool said = false;
	char *inside = text_fold(s->a, arena_dupn(s->a, at, len)), *save, *word;

	if (!at[len] || !*inside)
		return false;
	for (word = strtok_r(inside, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		bool known = said && digit(*word); /* the day */
		for (size_t i = 0; i < ARRAY_LEN(words); i++)
			known = known || strcmp(word, words[i]) == 0;
		if (!known)
			return false;
		said = true;
	}
	return true;
}

static void scan_sign(struct scan *s)
{
	const char *from = s->at;
	uint32_t c = text_next(&s->at);
	size_t smile = smiley(from);

	if (smile) {
		s->at = from + smile;
	} else if (c == 0x2026) { /* … */
		end_clause(s, strchr(s->at, '?') == s->at ? '?' : '~');
	} else if (c == ',' || c == '-' || c == 0x2013 || c == 0x2014) {
		s->comma = true;
		s->dash = c != ',';
	} else if ((c == '(' && of_minutes(s, s->at)) || (c == ')' && s->bracket)) {
		s->bracket = c == '(';
		s->comma = true;
	} else if (c == ')' && s->n == 1 && digit(*s->t[0].word)) {
		s->comma = true; /* "1) Godkänns" */
	} else if (c == '/') {
		s->at = from + strspn(from, "/");
		put_token(s, s->at - 1, s->at);
	} else if ((c == '&' || c == '+') && s->n && digit(s->t[s->n - 1].word[0])) {
		put_token(s, from, s->at); /* "1 & 3" */
	} else if (c == '#' && digit(*s->at)) {
		s->comma = s->comma || s->n; /* "#1" */
	} else if (c == ':' || c == 0xA7) {
		put_token(s, from, s->at);
	} else if (!harmless(c)) {
		s->strange = true;
	}
}

static void scan_line(struct scan *s, const struct line *line)
{
	s->line = s->at = line->text;
	s->from = 0;
	s->strange = line->hidden || *line->text == '>';
	while (*s->at) {
		if (*s->at == ' ')
			s->at++;
		else if (digit(*s->at) || letter(peek(s->at)))
			scan_word(s);
		else if (strchr(".!?;", *s->at))
			scan_stop(s);
		else
			scan_sign(s);
	}
	end_clause(s, '\0');
}

/* "1 godkänns, 2 avslås": where the next numbered answer begins; 0: nowhere. */
static size_t next_numbered(const struct clause *c)
{
	struct numbers ns;
	size_t i = reply_numbers(c->t, c->n, &ns);

	if (!i || i == c->n)
		return 0;
	enum reply_outcome what = reply_decided(c->t[i].word);
	bool decides = what != OUTCOME_NONE && what != OUTCOME_ENDED, text = false;
	for (i++; i < c->n; i++) {
		if (c->t[i].word[0] == ':')
			text = true;
		if (text && !decides)
			return 0;
		size_t more = reply_numbers(c->t + i, c->n - i, &ns);
		/* "1 BESLUT: 2027-01-11 § 14, 2 UTGICK", but no "17 mars" */
		if (text && more && i + more < c->n && reply_decided(c->t[i + more].word) == OUTCOME_NONE
		    && strcmp(c->t[i + more].word, "§") != 0)
			continue;
		if (more && i + more < c->n && (c->t[i].comma || strcmp(c->t[i].word, "och") == 0 ||
		                                reply_numbers_end(c->t[i - 1].word)))
			return i;
	}
	return 0;
}

struct clause *reply_clauses(struct arena *a, const struct lines *l, size_t *n)
{
	struct scan s = { .a = a };

	for (size_t i = 0; i < l->n; i++) {
		s.number = i;
		scan_line(&s, &l->at[i]);
		for (size_t cut; s.n_out && s.out[s.n_out - 1].line == i &&
		                 (cut = next_numbered(&s.out[s.n_out - 1])) != 0;) {
			struct clause *c = &s.out[s.n_out - 1], rest = clause_without(c, cut);

			c->n = cut;
			c->to = rest.from;
			c->mark = ';';
			s.out = arena_grow(a, s.out, s.n_out, &s.cap_out, sizeof(*s.out));
			s.out[s.n_out++] = rest;
		}
	}
	*n = s.n_out;
	return s.out;
}

struct clause clause_without(const struct clause *c, size_t skip)
{
	struct clause rest = *c;

	if (!skip) /* a clause of signs alone has no words at all */
		return rest;
	rest.t += skip;
	rest.n -= skip;
	if (rest.n)
		rest.from = rest.t[0].at;
	return rest;
}

char *clause_text(struct arena *a, const struct lines *l, const struct clause *c)
{
	return text_tidy(a, arena_dupn(a, l->at[c->line].text + c->from, c->to - c->from));
}
