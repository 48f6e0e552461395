/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "guard.h"

#include <string.h>
#include <strings.h>

static bool greeting_word(const char *s, const char **rest)
{
	static const char *const WORD[] = { "* OK", "* PREAUTH" };

	for (size_t i = 0; i < sizeof(WORD) / sizeof(WORD[0]); i++) {
		size_t n = strlen(WORD[i]);
		if (strncasecmp(s, WORD[i], n) == 0 && strchr(" \r\n", s[n])) {
			*rest = s + n;
			return true;
		}
	}
	return false;
}

/* "[CAPABILITY IMAP4rev1 …]" and nothing cleverer. */
static bool greeting_code_ok(const char *code)
{
	size_t n = strlen("[CAPABILITY ");

	if (strncasecmp(code, "[CAPABILITY ", n) != 0)
		return false;
	size_t len = strcspn(code + n, "]\r\n()\"{}");
	return code[n + len] == ']';
}

static const char *check_greeting(const struct guard *g)
{
	const char *rest;

	if (strncasecmp(g->head, "* BYE", 5) == 0) /* libetpan would leak it */
		return "it turns us away";
	if (!greeting_word(g->head, &rest))
		return "its greeting is not that of a mail server";
	rest += strspn(rest, " ");
	if (*rest == '[' && !greeting_code_ok(rest))
		return "its greeting holds a code that has no place there";
	return NULL;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '$' ||
		c == '_';
}

/* libetpan walks a list that is not there when the first of these flags is none. */
static bool flags_ok(const char *line)
{
	size_t n = strlen("PERMANENTFLAGS");
	const char *at = strcasestr(line, "PERMANENTFLAGS");

	if (!at || !memchr(line, '[', (size_t)(at - line)))
		return true; /* it stands in no code, or not in one that is looked at */
	if (at[n] != ' ' || at[n + 1] != '(')
		return false;
	at += n + 2;
	return *at == ')' || is_letter(*at) || (*at == '\\' && (is_letter(at[1]) || at[1] == '*'));
}

static bool is_fetch(const char *head)
{
	if (head[0] != '*' || head[1] != ' ')
		return false;
	const char *at = head + 2 + strspn(head + 2, "0123456789");
	return at > head + 2 && strncasecmp(at, " FETCH (", 8) == 0;
}

/* A line that ends with {123} announces so many bytes; UINT64_MAX: too many. */
static bool announces(const struct guard *g, uint64_t *size)
{
	size_t n = g->tail_len;

	if (n && g->tail[n - 1] == '\r')
		n--;
	if (!n || g->tail[n - 1] != '}')
		return false;
	size_t from = --n;
	while (from && g->tail[from - 1] >= '0' && g->tail[from - 1] <= '9')
		from--;
	if (from == 0) { /* more digits than we keep */
		*size = UINT64_MAX;
		return true;
	}
	if (from == n || g->tail[from - 1] != '{')
		return false;
	*size = 0;
	for (size_t i = from; i < n; i++)
		*size = i - from > 17 ? UINT64_MAX : *size * 10 + (uint64_t)(g->tail[i] - '0');
	return true;
}

static void next_answer(struct guard *g)
{
	g->fetch = false;
	g->parens = 0;
}

static void next_line(struct guard *g)
{
	g->line = 0;
	g->tail_len = 0;
	memset(g->head, 0, sizeof(g->head));
}

static const char *end_of_line(struct guard *g, uint64_t most)
{
	const char *fault = NULL;
	bool first = !g->greeted;

	g->greeted = true;
	if (first && g->imap)
		fault = check_greeting(g);
	else if (g->imap && !g->fetch && g->head[0] == '+' && strchr(g->head, '['))
		fault = "it asks to go on with a code that has no place there";
	else if (g->imap && !g->fetch && !flags_ok(g->head))
		fault = "the first of the flags that it keeps is none";
	if (fault)
		return fault;
	if (g->imap && !g->fetch)
		news_line(&g->news, g->head);
	g->fetch = g->fetch || is_fetch(g->head);
	uint64_t size;
	if (g->imap && announces(g, &size)) {
		if (!g->fetch)
			return "it announces a literal where none was asked for";
		if (size > most)
			return "it announces more bytes than were asked for";
		g->literal = size;
	} else {
		next_answer(g);
	}
	next_line(g);
	return NULL;
}

static void remember(struct guard *g, char c)
{
	if (g->line < GUARD_HEAD - 1)
		g->head[g->line] = c;
	if (g->tail_len == sizeof(g->tail)) {
		memmove(g->tail, g->tail + 1, sizeof(g->tail) - 1);
		g->tail_len--;
	}
	g->tail[g->tail_len++] = c;
	g->line++;
}

const char *guard_check(struct guard *g, const char *bytes, size_t len, uint64_t most)
{
	for (size_t i = 0; i < len; i++) {
		char c = bytes[i];
		if (g->literal) {
			uint64_t skip = len - i < g->literal ? len - i : g->literal;
			g->literal -= skip;
			i += (size_t)skip - 1;
			continue;
		}
		if (!g->greeted && !g->line)
			g->imap = !(c >= '0' && c <= '9');
		if (c == '\n') {
			const char *fault = end_of_line(g, most);
			if (fault)
				return fault;
			continue;
		}
		if (!c)
			return "a NUL stands in one of its lines";
		/* All are counted, closed or not: where a quoted string ends
		 * is a matter of opinion, and our answers have under ten. */
		if (c == '(' && g->imap && ++g->parens > GUARD_PARENS_MAX)
			return "its answer is nested too deeply";
		remember(g, c);
		if (g->line > GUARD_LINE_MAX)
			return "one of its lines does not end";
	}
	return NULL;
}
