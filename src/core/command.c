/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/command.h"

#include <string.h>

#include "base/attr.h"
#include "base/text.h"

enum { LONGEST_LINE = 200, LONGEST_REF = 64 };

/* Folded; a last "*" stands for one word, what is to be shown or started. */
static const struct {
	enum command_kind kind;
	const char *words;
} table[] = {
#define COMMAND(name, words) { COMMAND_##name, words },
#include "src/core/command.inc"
#undef COMMAND
};

static const char *const greetings[] = { "hej", "hejsan", "god", "hello", "hi", "dear", "tjena" };
static const char *const answers[] = { "sv:", "re:", "vb:", "fw:", "fwd:", "aw:" };

const char *command_name(enum command_kind k)
{
	static const char *const names[] = {
#define X(name, word) [COMMAND_##name] = word,
		COMMANDS(X)
#undef X
	};

	return k < COMMAND_KIND_COUNT ? names[k] : "unknown";
}

/* Without what is written around a word: quotes, and the mark that ends a sentence. */
static char *bare(struct arena *a, const char *line)
{
	static const char *const marks[] = { "\"", "'", "”", "“", "’", ".", "!", ":", ";", ",", "*" };
	char *s = text_tidy(a, line);

	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
			if (*s && text_ends(s, marks[i])) {
				s = text_tidy(a, arena_dupn(a, s, strlen(s) - strlen(marks[i])));
				more = true;
			}
			if (i < 5 && text_starts(s, marks[i])) {
				s = text_tidy(a, s + strlen(marks[i]));
				more = true;
			}
		}
	}
	return s;
}

static bool greets(struct arena *a, const char *line)
{
	const char *s = text_fold(a, bare(a, line));
	size_t len = strcspn(s, " ,!."), spaces = 0;

	for (const char *at = s; *at; at++)
		spaces += *at == ' ';
	for (size_t i = 0; i < ARRAY_LEN(greetings); i++)
		if (strlen(greetings[i]) == len && !strncmp(s, greetings[i], len))
			return spaces <= 2;
	return false;
}

/* The first line that says something; *rest: what stands below it. */
static char *first_line(struct arena *a, const char *text, const char **rest)
{
	*rest = "";
	for (const char *at = text; at && *at;) {
		size_t len = strcspn(at, "\n");
		char *line = arena_dupn(a, at, len);

		at += len + (at[len] == '\n');
		if (text_blank(line) || greets(a, line))
			continue;
		*rest = at;
		return line;
	}
	return NULL;
}

static bool is_answer(struct arena *a, const char *subject)
{
	const char *s = text_fold(a, subject);

	for (size_t i = 0; i < ARRAY_LEN(answers); i++)
		if (text_starts(s, answers[i]))
			return true;
	return false;
}

/* Whether the line is the row's; *ref: the word in its gap. */
static bool matches(const char *words, const char *folded, const char *shown, const char **ref)
{
	const char *gap = strchr(words, '*');
	size_t len = gap ? (size_t)(gap - words) : strlen(words);

	*ref = NULL;
	if (strncmp(folded, words, len) != 0)
		return false;
	if (!gap)
		return !folded[len];
	/* Folding keeps the spaces, so the last word is the same one in both. */
	const char *last = strrchr(shown, ' ');
	if (!folded[len] || strchr(folded + len, ' ') || !last || strlen(last + 1) > LONGEST_REF)
		return false;
	*ref = last + 1;
	return true;
}

static void read_line(struct arena *a, const char *line, struct command *out)
{
	char *shown = bare(a, line);
	bool asks = strlen(shown) > 1 && text_ends(shown, "?");

	if (asks)
		shown = bare(a, arena_dupn(a, shown, strlen(shown) - 1));
	char *folded = text_fold(a, shown);
	out->kind = COMMAND_UNKNOWN;
	out->line = text_cut(a, text_tidy(a, line), LONGEST_LINE);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (!matches(table[i].words, folded, shown, &out->ref))
			continue;
		/* Whether something may be started is no order to start it. */
		if (!asks || table[i].kind != COMMAND_START)
			out->kind = table[i].kind;
		else
			out->ref = NULL;
		return;
	}
}

void command_said(struct arena *a, const char *subject, const char *fresh, struct command *out)
{
	const char *rest;
	char *line = first_line(a, fresh, &rest);

	*out = (struct command){ .kind = COMMAND_UNKNOWN, .rest = "" };
	if (line)
		read_line(a, line, out);
	out->rest = rest;
	if (out->kind != COMMAND_UNKNOWN || text_blank(subject) || is_answer(a, subject))
		return;
	struct command said = { .kind = COMMAND_UNKNOWN, .rest = "" };
	read_line(a, subject, &said);
	if (said.kind != COMMAND_UNKNOWN || !out->line)
		*out = said;
}
