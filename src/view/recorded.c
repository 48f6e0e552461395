/* SPDX-License-Identifier: EUPL-1.2 */
/* What is recorded in English, codes and reasons, for those who read Swedish. */
#include <string.h>

#include "internal.h"

static const struct {
	const char *code, *word;
} codes[] = {
#define C(code, word) { code, word },
#include "code-words.inc"
#undef C
};

struct saying {
	const char *en, *sv;
};

static const struct saying reasons[] = {
#define R(en, sv) { en, sv },
#include "reason-words.inc"
#undef R
};

static const struct saying imports[] = {
#define M(en, sv) { en, sv },
#include "import-words.inc"
#undef M
};

static const struct saying kept[] = {
#define W(en, sv) { en, sv },
#include "register-words.inc"
#undef W
};

enum { MOST_PARTS = 4 }; /* that a '*' stands for in one reason */

const char *view_code(const char *code, enum view_lang lang)
{
	for (size_t i = 0; code && lang == VIEW_SV && i < ARRAY_LEN(codes); i++)
		if (!strcmp(codes[i].code, code))
			return codes[i].word;
	return code;
}

/* Whether the text is as the pattern; then what each '*' stands for. */
static bool fits(struct arena *a, const char *pattern, const char *text, const char *part[MOST_PARTS])
{
	size_t n = strcspn(pattern, "*");

	if (strncmp(pattern, text, n) != 0)
		return false;
	for (size_t i = 0; i < MOST_PARTS && pattern[n]; i++) {
		pattern += n + 1;
		text += n;
		n = strcspn(pattern, "*");
		const char *next = arena_dupn(a, pattern, n);
		size_t left = strlen(text);
		const char *end = pattern[n] ? strstr(text, next) : left < n ? NULL : text + left - n;
		if (!end || strncmp(end, next, n) != 0)
			return false;
		part[i] = arena_dupn(a, text, (size_t)(end - text));
		text = end;
	}
	return !strcmp(pattern, text);
}

/* In Swedish; NULL: no saying of the table fits. Those that begin with a '*' fit much, and
 * are only tried where `any`. */
static const char *swedish(struct arena *a, const struct saying *of, size_t n, const char *text, bool any)
{
	const char *part[MOST_PARTS] = { "", "", "", "" };
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		if ((!any && of[i].en[0] == '*') || !fits(a, of[i].en, text, part))
			continue;
		for (const char *at = of[i].sv; *at; at++) {
			const char *inner = *at == '*' ? swedish(a, of, n, part[k], true) : NULL;

			if (*at != '*')
				buf_chr(&out, *at);
			else
				buf_str(&out, inner ? inner : part[k]);
			k += *at == '*';
		}
		return arena_dup(a, out.data);
	}
	return NULL;
}

const char *view_reason(struct arena *a, const char *reason, enum view_lang lang)
{
	const char *said = reason && lang == VIEW_SV ? swedish(a, reasons, ARRAY_LEN(reasons), reason, true) : NULL;

	return said ? said : reason;
}

/* ---- what an import says, line by line ---- */

static const char *kept_word(struct arena *a, const char *word)
{
	const char *said = swedish(a, kept, ARRAY_LEN(kept), word, false);

	return said ? said : word;
}

/* "~ role kd: title, address" */
static void put_row(struct arena *a, const char *line, struct buf *out)
{
	size_t kind = strcspn(line + 2, " ");
	const char *moved = ": moved to ";

	buf_fmt(out, "%.2s%s", line, kept_word(a, arena_dupn(a, line + 2, kind)));
	line += 2 + kind;
	const char *columns = strstr(line, ": ");
	if (columns)
		buf_add(out, line, (size_t)(columns - line));
	else
		buf_str(out, line);
	if (columns && !strncmp(columns, moved, strlen(moved))) {
		buf_fmt(out, ": flyttat till %s", columns + strlen(moved));
		return;
	}
	for (const char *at = columns; at && *at;) {
		size_t n = strcspn(at + 2, ",");

		buf_fmt(out, "%.2s%s", at, kept_word(a, arena_dupn(a, at + 2, n)));
		at += 2 + n;
	}
}

/* A line, or what follows the place that it begins with: "roller.csv:12:5: ". */
static void put_line(struct arena *a, const char *line, struct buf *out)
{
	const char *place = strstr(line, ": "), *said = swedish(a, imports, ARRAY_LEN(imports), line, false);

	if (!said && (!strncmp(line, "+ ", 2) || !strncmp(line, "~ ", 2))) {
		put_row(a, line, out);
		return;
	}
	if (!said && place && (said = swedish(a, imports, ARRAY_LEN(imports), place + 2, true)))
		buf_add(out, line, (size_t)(place + 2 - line));
	if (!said)
		said = swedish(a, imports, ARRAY_LEN(imports), line, true);
	buf_str(out, said ? said : line);
}

void view_import(const char *lines, enum view_lang lang, struct buf *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	if (lang != VIEW_SV) {
		buf_str(out, lines);
		return;
	}
	while (*lines) {
		size_t n = strcspn(lines, "\n");

		put_line(&a, arena_dupn(&a, lines, n), out);
		lines += n;
		if (*lines)
			buf_chr(out, *lines++);
	}
}
